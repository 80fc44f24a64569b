//! Source → text: references undone, line ends made one, and what a zero byte becomes.
//!
//! The references that most texts have are read here. Where another one stands, html5gum reads the rest of the text: it has
//! the table of all names, and knows what is taken for one without a semicolon.

use std::borrow::Cow;
use std::convert::Infallible;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, State, Tokenizer};
use memchr::{memchr2, memchr3};

/// The place that a text stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Between tags.
    Text,
    /// Between tags, with `</>` in it, which is nothing.
    TextWithEmptyEnds,
    /// In an element whose inside is text with references.
    RawTextWithReferences,
    /// In an element whose inside is text.
    RawText,
    /// The value of an attribute, with the quotes around it.
    Value { quote: Option<u8> },
}

/// References by name.
const NAMED: [(&str, char); 6] =
    [("amp;", '&'), ("quot;", '"'), ("lt;", '<'), ("gt;", '>'), ("nbsp;", '\u{a0}'), ("apos;", '\'')];

/// The text of a source.
pub(super) fn decode(source: &str, place: Place) -> Cow<'_, str> {
    if place == Place::TextWithEmptyEnds {
        return Cow::Owned(by_html5gum(source, place));
    }
    let next = |from: usize| {
        let rest = source.as_bytes().get(from..).unwrap_or_default();
        let found = if place == Place::RawText { memchr2(b'\r', 0, rest) } else { memchr3(b'&', b'\r', 0, rest) };
        found.map(|found| from + found)
    };
    let Some(mut found) = next(0) else { return Cow::Borrowed(source) };
    let (mut text, mut copied) = (String::with_capacity(source.len()), 0);
    loop {
        text.push_str(source.get(copied..found).unwrap_or_default());
        let rest = source.get(found..).unwrap_or_default();
        let (character, length) = match rest.as_bytes() {
            [b'\r', b'\n', ..] => ('\n', 2),
            [b'\r', ..] => ('\n', 1),
            [0, ..] => (if place == Place::Text { '\0' } else { char::REPLACEMENT_CHARACTER }, 1),
            _ => {
                let Some(undone) = reference(rest) else {
                    text.push_str(&by_html5gum(rest, place));
                    return Cow::Owned(text);
                };
                undone
            }
        };
        text.push(character);
        copied = found + length;
        let Some(after) = next(copied) else { break };
        found = after;
    }
    text.push_str(source.get(copied..).unwrap_or_default());
    Cow::Owned(text)
}

/// The character of the reference at the start of a source, and the length of the reference; `None` where only the full
/// rules tell. A `&` before a sign that begins no reference is itself.
fn reference(source: &str) -> Option<(char, usize)> {
    let name = source.strip_prefix('&')?;
    if let Some(number) = name.strip_prefix('#') {
        return numeric(number).map(|(character, length)| (character, "&#".len() + length));
    }
    if !name.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return Some(('&', 1));
    }
    let known = NAMED.iter().find(|(known, _)| name.starts_with(known))?;
    Some((known.1, "&".len() + known.0.len()))
}

/// The character of a number with its semicolon, where it is that of the number itself, and the length of both.
fn numeric(source: &str) -> Option<(char, usize)> {
    const MOST: usize = 8;
    let end = source.bytes().take(MOST).position(|byte| byte == b';')?;
    let number = source.get(..end)?;
    let (digits, radix) = number.strip_prefix(['x', 'X']).map_or((number, 10), |digits| (digits, 16));
    // The standard's parser knows no signs.
    let is_number = digits.starts_with(|first: char| first.is_ascii_hexdigit());
    let code = u32::from_str_radix(digits, radix).ok().filter(|_| is_number)?;
    let character = char::from_u32(code).filter(|_| !matches!(code, 0 | 0x80..=0x9f))?;
    Some((character, end + 1))
}

/// The text of a source by the full rules.
fn by_html5gum(source: &str, place: Place) -> String {
    let mut text = String::new();
    let emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| {
        if let CallbackEvent::String { value } | CallbackEvent::AttributeValue { value } = event {
            text.push_str(&String::from_utf8_lossy(value));
        }
        None::<Infallible>
    });
    let tag;
    let source = if let Place::Value { quote } = place {
        let quote = quote.map(char::from).map(String::from).unwrap_or_default();
        tag = format!("<a b={quote}{source}{quote}>");
        &tag
    } else {
        source
    };
    let mut tokenizer = Tokenizer::new_with_emitter(source, emitter);
    if place == Place::RawTextWithReferences {
        tokenizer.set_state(State::RcData);
    }
    let Ok(()) = tokenizer.finish();
    text
}
