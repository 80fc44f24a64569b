//! Parse errors of TOML files, with the file, the line and the key.

use std::ops::Range;

/// A parse error as one line: the file, the line in it, the message and the key on that line.
pub(super) fn parse_error(file: &str, text: &str, error: &toml::de::Error) -> String {
    let line = error.span().map_or(1, |span| line_of(text, &span));
    let says = error.message().lines().collect::<Vec<_>>().join(" ");
    format!("{file}, line {line}: {says}{}", key_on_line(text, line))
}

/// The line, counted from 1, on which a span of a text begins.
pub(super) fn line_of(text: &str, span: &Range<usize>) -> usize {
    text.bytes().take(span.start).filter(|byte| *byte == b'\n').count() + 1
}

/// The key that stands on a line, in brackets behind a space; empty where there is none.
fn key_on_line(text: &str, line: usize) -> String {
    let key = text.lines().nth(line.saturating_sub(1)).and_then(|line| line.split_once('=')).map(|(key, _)| key.trim());
    key.filter(|key| !key.is_empty()).map_or_else(String::new, |key| format!(" (at {key})"))
}
