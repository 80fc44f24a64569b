//! A tolerant reader of JavaScript literals, and of the `D2.name(…)` calls that hold them; nothing is evaluated.

use std::borrow::Cow;

use memchr::memchr2;

/// The value of a literal. A part that is not understood is `Null`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Literal<'s> {
    /// `null`, `undefined`, an unknown word, or what was nested too deep.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, without its fraction.
    Number(i64),
    /// A string, its escapes undone. Not clean yet.
    Text(Cow<'s, str>),
    /// `[…]`
    List(Vec<Literal<'s>>),
    /// `{…}`, its pairs in their order.
    Object(Vec<(Cow<'s, str>, Literal<'s>)>),
}

impl<'s> Literal<'s> {
    /// The value under `key`, or `Null`.
    pub(super) fn get(&self, key: &str) -> &Literal<'s> {
        const NULL: &Literal<'static> = &Literal::Null;
        self.pairs().iter().find(|(name, _)| name == key).map_or(NULL, |(_, value)| value)
    }

    /// The pairs of an object; nothing for anything else.
    pub(super) fn pairs(&self) -> &[(Cow<'s, str>, Literal<'s>)] {
        if let Self::Object(pairs) = self { pairs } else { &[] }
    }

    /// The items of a list; nothing for anything else.
    pub(super) fn items(&self) -> &[Literal<'s>] {
        if let Self::List(items) = self { items } else { &[] }
    }

    /// A string's text.
    pub(super) fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// A number, also one that is written as a string.
    pub(super) fn number(&self) -> Option<i64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(text) => text.trim().parse().ok(),
            _ => None,
        }
    }
}

/// A literal as far as it could be read.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Parsed<'s> {
    /// Its value.
    pub(super) value: Literal<'s>,
    /// The byte after it.
    pub(super) end: usize,
    /// Whether it came to its proper end.
    pub(super) whole: bool,
}

/// Reads the literal at byte `at` of `source`. Linear in what it reads; a closer that is missing is supplied.
///
/// A number that touches the end of the source may have been cut, so it is read as `Null`.
pub(super) fn parse(source: &str, at: usize) -> Parsed<'_> {
    Reader::of(source, at, None).read()
}

/// What a call `D2.name(argument)` says.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part<'s> {
    /// A pair of the object that is its first argument.
    Pair(Cow<'s, str>, Literal<'s>),
    /// Its first argument, of an object without the pairs, and whether that came to its proper end.
    Argument(Literal<'s>, bool),
}

/// Reads the calls `D2.name(…)` of a script in their order, and gives each part away with the call's name as it comes: an
/// object with a pair for each of many comments is never in memory whole. A call within a string argument of another is none.
///
/// A pair of brackets under a key that nobody wants is passed over, and not given away.
pub(super) fn read_calls<'s>(script: &'s str, wants: &dyn Fn(&str) -> bool, take: &mut impl FnMut(&'s str, Part<'s>)) {
    let mut at = 0;
    while let Some((name, argument_at)) = next_call(script, at) {
        let mut take_pair = |key, value| take(name, Part::Pair(key, value));
        let pairs = Pairs { wants, take: &mut take_pair };
        let Parsed { value, end, whole } = Reader::of(script, argument_at, Some(pairs)).read();
        take(name, Part::Argument(value, whole));
        at = end;
    }
}

/// The name of the next call from a byte on, and where its arguments begin.
fn next_call(script: &str, at: usize) -> Option<(&str, usize)> {
    let mut at = at;
    loop {
        let name_at = at + script.get(at..)?.find("D2.")? + "D2.".len();
        let rest = script.get(name_at..)?;
        let name = rest.get(..rest.bytes().take_while(|&byte| is_word(byte)).count())?;
        at = name_at + name.len();
        if script.as_bytes().get(at) == Some(&b'(') {
            return Some((name, at + 1));
        }
    }
}

/// Deeper containers than this are read as `Null`; the site's own go to 4.
const MAX_DEPTH: usize = 32;

/// Whether a byte counts where a container is skipped: a bracket, or a quote.
const COUNTS: [bool; 256] = {
    let mut counts = [false; 256];
    let mut place = 0;
    while let Some((byte, _)) = b"{}[]\"'".split_at(place).1.split_first() {
        counts[*byte as usize] = true;
        place += 1;
    }
    counts
};

/// A container that is not closed yet.
enum Open<'s> {
    List(Vec<Literal<'s>>),
    Object(Vec<(Cow<'s, str>, Literal<'s>)>, Option<Cow<'s, str>>),
}

impl<'s> Open<'s> {
    fn close(self) -> Literal<'s> {
        match self {
            Self::List(items) => Literal::List(items),
            Self::Object(pairs, _) => Literal::Object(pairs),
        }
    }

    fn take(&mut self, value: Literal<'s>) {
        match self {
            Self::List(items) => items.push(value),
            Self::Object(pairs, key) => {
                if let Some(key) = key.take() {
                    pairs.push((key, value));
                }
            }
        }
    }
}

/// Takes the pairs of an outermost object, which are then not kept.
struct Pairs<'s, 't> {
    wants: &'t dyn Fn(&str) -> bool,
    take: &'t mut dyn FnMut(Cow<'s, str>, Literal<'s>),
}

struct Reader<'s, 't> {
    source: &'s str,
    at: usize,
    stack: Vec<Open<'s>>,
    pairs: Option<Pairs<'s, 't>>,
    /// Whether the source ended within a string.
    cut: bool,
}

impl<'s, 't> Reader<'s, 't> {
    fn of(source: &'s str, at: usize, pairs: Option<Pairs<'s, 't>>) -> Self {
        #[cfg(test)]
        crate::site::parse_count::add(source.len() - at);
        Self { source, at, stack: Vec::new(), pairs, cut: false }
    }

    fn read(mut self) -> Parsed<'s> {
        loop {
            self.skip_blank();
            let Some(byte) = self.peek() else { return self.cut_off() };
            let done = match byte {
                b')' | b';' => return self.cut_off(),
                b'{' | b'[' => self.open(byte),
                b'}' | b']' => self.close(),
                b',' => self.comma(),
                b'"' | b'\'' => self.string(byte),
                _ if is_word(byte) || matches!(byte, b'-' | b'+' | b'.') => self.word(),
                _ => self.skip_one(),
            };
            if let Some(value) = done {
                return Parsed { value, end: self.at, whole: !self.cut };
            }
        }
    }

    fn peek(&self) -> Option<u8> {
        self.source.as_bytes().get(self.at).copied()
    }

    fn rest(&self) -> &'s str {
        self.source.get(self.at..).unwrap_or_default()
    }

    /// The end came too early: closes what is open.
    fn cut_off(mut self) -> Parsed<'s> {
        let mut value = Literal::Null;
        while let Some(open) = self.stack.pop() {
            value = self.place(open.close()).unwrap_or_default();
        }
        Parsed { value, end: self.at, whole: false }
    }

    /// Gives a value to the container that is open, or back when there is none.
    fn place(&mut self, value: Literal<'s>) -> Option<Literal<'s>> {
        match (self.stack.as_mut_slice(), &mut self.pairs) {
            ([], _) => return Some(value),
            ([Open::Object(_, key)], Some(pairs)) => {
                if let Some(key) = key.take() {
                    (pairs.take)(key, value);
                }
            }
            ([.., open], _) => open.take(value),
        }
        None
    }

    /// Takes a scalar: as a key where an object waits for one, else as a value.
    fn take(&mut self, raw: Cow<'s, str>, value: impl FnOnce(Cow<'s, str>) -> Literal<'s>) -> Option<Literal<'s>> {
        if let Some(Open::Object(_, key @ None)) = self.stack.last_mut() {
            *key = Some(raw);
            return None;
        }
        self.place(value(raw))
    }

    fn open(&mut self, byte: u8) -> Option<Literal<'s>> {
        if self.stack.len() == MAX_DEPTH {
            self.skip_nested();
            return self.place(Literal::Null);
        }
        if let ([Open::Object(_, key)], Some(pairs)) = (self.stack.as_mut_slice(), &self.pairs)
            && key.take_if(|key| !(pairs.wants)(key)).is_some()
        {
            self.skip_nested();
            return None;
        }
        self.at += 1;
        self.stack.push(if byte == b'{' { Open::Object(Vec::new(), None) } else { Open::List(Vec::new()) });
        None
    }

    fn close(&mut self) -> Option<Literal<'s>> {
        self.at += 1;
        let value = self.stack.pop().map_or(Literal::Null, Open::close);
        self.place(value)
    }

    fn comma(&mut self) -> Option<Literal<'s>> {
        if self.stack.is_empty() {
            return Some(Literal::Null);
        }
        self.at += 1;
        if let Some(Open::Object(_, key)) = self.stack.last_mut() {
            *key = None;
        }
        None
    }

    fn skip_one(&mut self) -> Option<Literal<'s>> {
        self.at += self.rest().chars().next().map_or(1, char::len_utf8);
        None
    }

    /// Skips a container by counting brackets.
    fn skip_nested(&mut self) {
        let mut depth = 0_usize;
        loop {
            let rest = self.source.as_bytes().get(self.at..).unwrap_or_default();
            self.at += rest.iter().position(|&byte| COUNTS[usize::from(byte)]).unwrap_or(rest.len());
            match self.peek() {
                Some(quote @ (b'"' | b'\'')) => {
                    self.read_string(quote);
                    continue;
                }
                Some(b'{' | b'[') => depth += 1,
                Some(_) => depth -= 1,
                None => return,
            }
            self.at += 1;
            if depth == 0 {
                return;
            }
        }
    }

    fn skip_blank(&mut self) {
        let spaces = self.source.as_bytes().get(self.at..).unwrap_or_default().iter().take_while(|byte| **byte == b' ');
        self.at += spaces.count();
        // Most often that is all.
        if self.peek().is_some_and(|byte| byte.is_ascii_graphic() && byte != b'/') {
            return;
        }
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start();
            let blank = rest.len() - trimmed.len();
            let comment = if trimmed.starts_with("//") {
                trimmed.find('\n').unwrap_or(trimmed.len())
            } else if trimmed.starts_with("/*") {
                trimmed.find("*/").map_or(trimmed.len(), |end| end + 2)
            } else {
                0
            };
            self.at += blank + comment;
            if comment == 0 {
                return;
            }
        }
    }

    fn word(&mut self) -> Option<Literal<'s>> {
        let signs = usize::from(matches!(self.peek(), Some(b'-' | b'+')));
        let rest = self.rest();
        let len = rest.bytes().skip(signs).take_while(|&byte| is_word(byte) || byte == b'.').count() + signs;
        let word = rest.get(..len.max(1)).unwrap_or_default();
        self.at += word.len();
        let cut = self.at == self.source.len();
        self.take(Cow::Borrowed(word), |word| match &*word {
            "true" => Literal::Bool(true),
            "false" => Literal::Bool(false),
            _ if cut => Literal::Null,
            word => number(word).map_or(Literal::Null, Literal::Number),
        })
    }

    fn string(&mut self, quote: u8) -> Option<Literal<'s>> {
        let text = self.read_string(quote);
        self.take(text, Literal::Text)
    }

    /// Reads the string that starts here, to the end of everything if its closing quote never comes.
    fn read_string(&mut self, quote: u8) -> Cow<'s, str> {
        self.at += 1;
        let mut text = Cow::Borrowed("");
        loop {
            let rest = self.rest();
            let run = memchr2(quote, b'\\', rest.as_bytes()).unwrap_or(rest.len());
            text += rest.get(..run).unwrap_or_default();
            let stop = rest.as_bytes().get(run).copied();
            self.at += run + 1;
            match stop {
                None => {
                    self.at = self.source.len();
                    self.cut = true;
                    return text;
                }
                Some(b'\\') => text.to_mut().extend(self.escape()),
                Some(_) => return text,
            }
        }
    }

    /// The character that an escape stands for; the place is after the backslash.
    fn escape(&mut self) -> Option<char> {
        let kind = self.rest().chars().next()?;
        self.at += kind.len_utf8();
        match kind {
            'n' => Some('\n'),
            't' => Some('\t'),
            'r' => Some('\r'),
            'b' => Some('\u{8}'),
            'f' => Some('\u{c}'),
            'v' => Some('\u{b}'),
            '0' => Some('\0'),
            '\n' => None,
            'x' => Some(self.hex(2).and_then(char::from_u32).unwrap_or('x')),
            'u' => Some(self.unicode().unwrap_or(char::REPLACEMENT_CHARACTER)),
            other => Some(other),
        }
    }

    /// The character after `\u`: one unit, or the two of a surrogate pair.
    fn unicode(&mut self) -> Option<char> {
        let first = self.hex(4)?;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first);
        }
        let back = self.at;
        if self.rest().starts_with("\\u") {
            self.at += 2;
            if let Some(second @ 0xdc00..0xe000) = self.hex(4) {
                return char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00));
            }
        }
        self.at = back;
        None
    }

    fn hex(&mut self, digits: usize) -> Option<u32> {
        let text = self.rest().get(..digits)?;
        let number = text.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u32::from_str_radix(text, 16).ok())?;
        self.at += digits;
        number
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$'
}

/// A decimal number without its fraction.
fn number(word: &str) -> Option<i64> {
    let whole = word.split_once('.').map_or(word, |(whole, _)| whole);
    whole.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> Literal<'_> {
        parse(source, 0).value
    }

    fn text(text: &str) -> Literal<'_> {
        Literal::Text(text.into())
    }

    fn object<'s>(pairs: &[(&'s str, Literal<'s>)]) -> Literal<'s> {
        Literal::Object(pairs.iter().map(|(key, value)| ((*key).into(), value.clone())).collect())
    }

    #[test]
    fn reads_what_scripts_hold() {
        let n = Literal::Number;
        for (source, expected) in [
            ("{}", object(&[])),
            ("[1, -2,3.9,\t+4 ,]", Literal::List(vec![n(1), n(-2), n(3), n(4)])),
            (
                "{ a: 1, 22: 'b', \"-1\": [], }",
                object(&[("a", n(1)), ("22", text("b")), ("-1", Literal::List(vec![]))]),
            ),
            ("[true,false,null,undefined,NaN,window.x]", {
                let mut items = vec![Literal::Bool(true), Literal::Bool(false)];
                items.resize(6, Literal::Null);
                Literal::List(items)
            }),
            (r#"'a\n\t\'\"\\\/\x41\u00e9\q'"#, text("a\n\t'\"\\/A\u{e9}q")),
            (r#""\ud83d\ude00 \ud83d! \ude00 \u12""#, text("\u{1f600} \u{fffd}! \u{fffd} \u{fffd}12")),
            ("// one\n /* two */ [/* 3 */ 4]", Literal::List(vec![n(4)])),
            ("'unclosed", text("unclosed")),
            (
                "{a: {b: [1, {c: 'd",
                object(&[("a", object(&[("b", Literal::List(vec![n(1), object(&[("c", text("d"))])]))]))]),
            ),
            ("{a: 1, b: 2); more()", object(&[("a", n(1)), ("b", n(2))])),
            ("{a b: 1}", object(&[("a", Literal::Null)])),
            ("{a, b: 1}", object(&[("b", n(1))])),
            ("[12, 34", Literal::List(vec![n(12), Literal::Null])),
            ("]", Literal::Null),
            ("", Literal::Null),
        ] {
            assert_eq!(read(source), expected, "{source}");
        }
    }

    #[test]
    fn deep_nesting_is_skipped_not_followed() {
        let deep = format!("[{}1{}, 'after']", "[{a:".repeat(100_000), "}]".repeat(100_000));
        assert_eq!(read(&deep).items().last(), Some(&text("after")));
        assert!(!parse(&"[".repeat(1_000_000), 0).whole);
    }

    #[test]
    fn finds_calls_and_not_what_strings_say() {
        let script = r#"D2.x()[1] = 2; D2.s("D2.evil(1) \") )"); D2.l([1,2]) // D2.c(9);
            D2.word; D2.two({ a: ")", b: [{ "}": ']' }], }, 3); D2.cut("abc"#;
        let mut parts = Vec::new();
        read_calls(script, &|key| key != "b", &mut |name, part| parts.push((name, part)));
        let list = Literal::List(vec![Literal::Number(1), Literal::Number(2)]);
        let argument = Part::Argument;
        assert_eq!(
            parts,
            [
                ("x", argument(Literal::Null, false)),
                ("s", argument(text("D2.evil(1) \") )"), true)),
                ("l", argument(list, true)),
                ("c", argument(Literal::Number(9), true)),
                ("two", Part::Pair("a".into(), text(")"))),
                ("two", argument(object(&[]), true)),
                ("cut", argument(text("abc"), false)),
            ]
        );
    }
}
