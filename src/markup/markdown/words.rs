//! Runs of text → HTML: bare addresses, raised words, and the tags that a writer typed.

use super::dialect::{COVERED, UNCOVERED};

/// The tags of HTML that people type where none are allowed.
const TAGS: [&str; 62] = [
    "a",
    "abbr",
    "article",
    "aside",
    "b",
    "big",
    "blockquote",
    "body",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "figure",
    "font",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "script",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "table",
    "td",
    "tr",
    "u",
    "ul",
];

/// References that Reddit's editor leaves in a text that was escaped twice.
const JUNK: [&str; 3] = ["&#x200B;", "&#x200b;", "&nbsp;"];

/// Writes text so that it is read as text.
pub(super) fn escape(text: &str, out: &mut String) {
    const SIGNS: [char; 6] = ['&', '<', '>', '"', '\u{1}', '\u{2}'];
    for piece in text.split_inclusive(SIGNS) {
        let words = piece.trim_end_matches(SIGNS);
        out.push_str(words);
        out.push_str(match piece.get(words.len()..) {
            Some("&") => "&amp;",
            Some("<") => "&lt;",
            Some(">") => "&gt;",
            Some("\"") => "&quot;",
            Some(COVERED) => "<span class=spoiler>",
            Some(UNCOVERED) => "</span>",
            _ => "",
        });
    }
}

/// Writes text with its bare addresses as links.
pub(super) fn linked(text: &str, out: &mut String) {
    let text =
        JUNK.iter().fold(lowered(text), |text, junk| if text.contains(junk) { text.replace(junk, " ") } else { text });
    let mut rest = text.as_str();
    let mut last = None;
    while let Some(at) = rest.find("http") {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        last = before.chars().next_back().or(last);
        let length = if last.is_some_and(char::is_alphanumeric) { 0 } else { address(from) };
        let (shown, after) = from.split_at_checked(length.max("http".len())).unwrap_or((from, ""));
        escape(before, out);
        if length > 0 {
            out.push_str("<a href=\"");
            escape(shown, out);
            out.push_str("\">");
            escape(shown, out);
            out.push_str("</a><wbr>");
        } else {
            escape(shown, out);
        }
        last = shown.chars().next_back();
        rest = after;
    }
    escape(rest, out);
}

/// The length of the bare address at the start, in bytes; 0 for none. Punctuation at its end belongs to the sentence.
fn address(text: &str) -> usize {
    let Some(rest) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else { return 0 };
    if !rest.starts_with(char::is_alphanumeric) {
        return 0;
    }
    let end = text.find(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '|' | '`'));
    let whole = text.get(..end.unwrap_or(text.len())).unwrap_or_default();
    let count = |sign: u8| whole.bytes().filter(|&byte| byte == sign).count();
    let mut unopened = count(b')').saturating_sub(count(b'('));
    let is_over = |c: char| {
        let is_closing = c == ')' && unopened > 0;
        unopened -= usize::from(is_closing);
        is_closing || ".,;:!?'*_~]}…’”".contains(c)
    };
    whole.trim_end_matches(is_over).len()
}

/// Raised words (`x^2^`) with the one sign that everybody reads.
fn lowered(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, from)) = rest.split_once('^') {
        out.push_str(before);
        out.push('^');
        let word = from.trim_start_matches(char::is_alphanumeric);
        let (raised, _) = from.split_at_checked(from.len() - word.len()).unwrap_or((from, ""));
        let behind =
            word.strip_prefix('^').filter(|behind| !behind.starts_with(|c: char| c.is_alphanumeric() || c == '^'));
        out.push_str(raised);
        rest = behind.filter(|_| !raised.is_empty()).unwrap_or(word);
    }
    out + rest
}

/// A writer's HTML without the tags of HTML and comments; a line break stays one.
pub(super) fn kept_html(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, from)) = rest.split_once('<') {
        push_text(before, &mut out);
        let end = if from.starts_with("!--") { "-->" } else { ">" };
        let Some((tag, after)) = from.split_once(end) else {
            rest = from;
            out.push_str("&lt;");
            break;
        };
        match name(tag).to_ascii_lowercase().as_str() {
            "br" => out.push_str("<br>"),
            name if tag.starts_with(['!', '?']) || TAGS.contains(&name) => {}
            _ => {
                out.push_str("&lt;");
                push_text(tag, &mut out);
                out.push_str("&gt;");
            }
        }
        rest = after;
    }
    push_text(rest, &mut out);
    out
}

fn name(tag: &str) -> &str {
    let tag = tag.strip_prefix('/').unwrap_or(tag);
    tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default()
}

/// Writes text whose references are still to be undone.
fn push_text(text: &str, out: &mut String) {
    out.push_str(&text.replace('<', "&lt;").replace('>', "&gt;"));
}
