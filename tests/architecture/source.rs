//! A source as the rules read it: without its tests, and with comments and quoted texts told from code.

#![expect(clippy::string_slice, reason = "every place is that of a sign or of a whole word")]

use std::ops::Range;

/// One file of `src`, read.
pub(crate) struct Source {
    /// Its path under `src`: `view/bar.rs`.
    pub(crate) name: String,
    /// Its text without tests.
    pub(crate) production: String,
    /// The same with comments and the insides of quotes blanked: what the compiler takes for names and signs.
    pub(crate) code: String,
    /// The same with comments blanked and quoted texts kept.
    pub(crate) uncommented: String,
}

impl Source {
    pub(crate) fn read(name: &str, whole: &str) -> Self {
        let production = without_tests(whole);
        let code = blanked(&production, &[Kind::Comment, Kind::Quoted]);
        let uncommented = blanked(&production, &[Kind::Comment]);
        Self { name: name.to_owned(), production, code, uncommented }
    }

    pub(crate) fn first_line(&self) -> &str {
        self.production.lines().next().unwrap_or_default()
    }
}

/// What is not code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Comment,
    /// The inside of a string, of a byte string or of a character, raw or with escapes.
    Quoted,
}

/// The text with what is of these kinds replaced by spaces, byte by byte; lines stay where they are.
fn blanked(text: &str, kinds: &[Kind]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for (kind, range) in pieces(text) {
        if kinds.contains(&kind) {
            bytes[range].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
        }
    }
    String::from_utf8(bytes).expect("whole characters are blanked")
}

/// Comments and insides of quotes, in their order.
fn pieces(text: &str) -> Vec<(Kind, Range<usize>)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &text[at..];
        at = if rest.starts_with("//") {
            piece(&mut found, Kind::Comment, at, at + rest.find('\n').unwrap_or(rest.len()), 0)
        } else if rest.starts_with("/*") {
            piece(&mut found, Kind::Comment, at, at + block_comment(rest), 0)
        } else if let Some(inside) = rest.strip_prefix('"') {
            piece(&mut found, Kind::Quoted, at + 1, at + 1 + escaped(inside, '"'), 1)
        } else if let Some(inside) = character(rest) {
            piece(&mut found, Kind::Quoted, at + 1, at + 1 + inside, 1)
        } else if is_word(bytes[at]) {
            let end = at + rest.bytes().take_while(|byte| is_word(*byte)).count();
            match raw(&text[at..end], &text[end..]) {
                Some((hashes, inside)) => {
                    let start = end + hashes + 1;
                    piece(&mut found, Kind::Quoted, start, start + inside, 1 + hashes)
                }
                None => end,
            }
        } else {
            at + rest.chars().next().map_or(1, char::len_utf8)
        };
    }
    found
}

/// Notes a piece, and says where the text goes on: `closing` bytes behind it.
fn piece(found: &mut Vec<(Kind, Range<usize>)>, kind: Kind, start: usize, end: usize, closing: usize) -> usize {
    found.push((kind, start..end));
    end + closing
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

/// The length of a block comment, with those inside it.
fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        let step = match rest.as_bytes().get(at..at + 2) {
            Some(b"/*") => 1,
            Some(b"*/") => -1,
            _ => 0,
        };
        depth += step;
        at += if step == 0 { 1 } else { 2 };
        if depth == 0 {
            break;
        }
    }
    at
}

/// The length of what stands before the closing quote, where `\` takes the meaning from the character behind it.
fn escaped(inside: &str, quote: char) -> usize {
    let mut is_escaped = false;
    let end = inside.find(|c| {
        let closes = c == quote && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        closes
    });
    end.unwrap_or(inside.len())
}

/// The length of the inside of a character in quotes; a lifetime is none.
fn character(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('\'')?;
    let mut chars = inside.char_indices();
    let (_, first) = chars.next()?;
    if first == '\\' {
        return Some(escaped(inside, '\''));
    }
    chars.next().filter(|(_, second)| *second == '\'').map(|(end, _)| end)
}

/// The hashes of a raw string that begins with this word, and the length of its inside.
fn raw(word: &str, rest: &str) -> Option<(usize, usize)> {
    let hashes = rest.bytes().take_while(|byte| *byte == b'#').count();
    let inside = rest.get(hashes..)?.strip_prefix('"').filter(|_| ["r", "br", "cr"].contains(&word))?;
    let close = format!("\"{}", "#".repeat(hashes));
    Some((hashes, inside.find(&close).unwrap_or(inside.len())))
}

/// The text without the items that are compiled for tests alone, and without the lines that they stood on.
fn without_tests(whole: &str) -> String {
    const ATTRIBUTE: &str = "#[cfg(test)]";
    let code = blanked(whole, &[Kind::Comment, Kind::Quoted]);
    if code.contains("#![cfg(test)]") {
        return String::new();
    }
    let (mut kept, mut from) = (String::new(), 0);
    while let Some(found) = code[from..].find(ATTRIBUTE).map(|at| from + at) {
        let line = code[..found].rfind('\n').map_or(0, |end| end + 1);
        let end = found + ATTRIBUTE.len() + item(&code[found + ATTRIBUTE.len()..]);
        let is_alone = code[line..found].trim().is_empty() && code[end..].starts_with('\n');
        kept.push_str(&whole[from..if is_alone { line.max(from) } else { found }]);
        from = if is_alone { end + 1 } else { end };
    }
    kept + &whole[from..]
}

/// The length of the item, or of the statement with a path from `crate`, that the code begins with, its other attributes
/// included.
fn item(code: &str) -> usize {
    let mut start = code.len() - code.trim_start().len();
    while code[start..].starts_with("#[") {
        start += closed(&code[start + 1..]) + 1;
        start += code[start..].len() - code[start..].trim_start().len();
    }
    let visible = code[start..].strip_prefix("pub").map_or(&code[start..], str::trim_start);
    let head = if visible.starts_with('(') { &visible[closed(visible)..] } else { visible };
    let mut words = head.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
    let before = ["unsafe", "async", "extern"];
    let word = words.find(|word| !before.contains(word)).unwrap_or_default();
    let has_body = ["mod", "fn", "impl", "struct", "enum", "trait", "macro_rules"].contains(&word)
        || (word == "const" && words.next() == Some("fn"));
    assert!(
        has_body || ["use", "const", "static", "type", "crate"].contains(&word),
        "a test item begins with {word:?}"
    );
    start + end_of_item(&code[start..], has_body)
}

/// The length of an item, up to its `;`, or to the `}` of its body.
fn end_of_item(code: &str, has_body: bool) -> usize {
    let mut at = 0;
    while let Some(found) = code[at..].find(['(', '[', '{', ';']).map(|found| at + found) {
        match code.as_bytes()[found] {
            b';' => return found + 1,
            b'{' if has_body => return found + closed(&code[found..]),
            _ => at = found + closed(&code[found..]),
        }
    }
    code.len()
}

/// The length of what the code begins with, a bracket, up to the one that closes it.
pub(crate) fn closed(code: &str) -> usize {
    let mut depth = 0;
    let close = code.find(|c| {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
        depth == 0
    });
    close.map_or(code.len(), |at| at + 1)
}
