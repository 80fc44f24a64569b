//! Elements whose inside is text, whatever it looks like: where that ends.

use memchr::memchr2;

use super::decode::Place;

/// An element whose inside is text, by the rules for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RawText {
    /// Ends with its own end tag; references in it count (`title`).
    WithReferences(&'static str),
    /// Ends with its own end tag (`style`).
    Plain(&'static str),
    /// Ends with its own end tag, unless that stands in a comment of HTML behind a start tag of its own.
    Script,
    /// Never ends.
    Endless,
}

impl RawText {
    /// The rules for what is in an element; `None` for tags.
    pub(super) fn of(name: &str) -> Option<Self> {
        Some(match name {
            "title" => Self::WithReferences("title"),
            "textarea" => Self::WithReferences("textarea"),
            "style" => Self::Plain("style"),
            "iframe" => Self::Plain("iframe"),
            "xmp" => Self::Plain("xmp"),
            "noembed" => Self::Plain("noembed"),
            "noframe" => Self::Plain("noframe"),
            "noscript" => Self::Plain("noscript"),
            "script" => Self::Script,
            "plaintext" => Self::Endless,
            _ => return None,
        })
    }

    /// The kind of place that its text is.
    pub(super) fn place(self) -> Place {
        match self {
            Self::WithReferences(_) => Place::RawTextWithReferences,
            Self::Plain(_) | Self::Script | Self::Endless => Place::RawText,
        }
    }

    /// The start of the end tag of the text that begins at `start`, or the end of the source.
    pub(super) fn end(self, source: &str, start: usize) -> usize {
        match self {
            Self::WithReferences(name) | Self::Plain(name) => end_tag(source, start, name),
            Self::Script => end_of_script(source, start),
            Self::Endless => source.len(),
        }
    }
}

fn end_tag(source: &str, start: usize, name: &str) -> usize {
    let bytes = source.as_bytes();
    let mut from = start;
    while let Some(found) = memchr::memchr(b'<', bytes.get(from..).unwrap_or_default()) {
        from += found;
        if is_tag(bytes, from + 1, b"/", name) {
            return from;
        }
        from += 1;
    }
    source.len()
}

/// How much of a comment in a script is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Comment {
    Closed,
    Open,
    /// Open, and in it a script.
    WithScript,
}

fn end_of_script(source: &str, start: usize) -> usize {
    const NAME: &str = "script";
    let bytes = source.as_bytes();
    let (mut comment, mut from) = (Comment::Closed, start);
    while let Some(found) = memchr2(b'<', b'>', bytes.get(from..).unwrap_or_default()) {
        from += found;
        if bytes.get(from) == Some(&b'>') {
            if bytes.get(start..from).is_some_and(|before| before.ends_with(b"--")) {
                comment = Comment::Closed;
            }
        } else if is_tag(bytes, from + 1, b"/", NAME) {
            if comment != Comment::WithScript {
                return from;
            }
            comment = Comment::Open;
        } else if comment == Comment::Closed && bytes.get(from..).is_some_and(|rest| rest.starts_with(b"<!--")) {
            comment = Comment::Open;
        } else if comment == Comment::Open && is_tag(bytes, from + 1, b"", NAME) {
            comment = Comment::WithScript;
        }
        from += 1;
    }
    source.len()
}

/// Whether a tag of a name stands behind a `<`.
fn is_tag(bytes: &[u8], at: usize, slash: &[u8], name: &str) -> bool {
    let Some(rest) = bytes.get(at..).and_then(|rest| rest.strip_prefix(slash)) else { return false };
    let is_named = rest.get(..name.len()).is_some_and(|own| own.eq_ignore_ascii_case(name.as_bytes()));
    is_named && matches!(rest.get(name.len()), Some(b' ' | b'\n' | b'\t' | b'\r' | b'\x0c' | b'/' | b'>'))
}
