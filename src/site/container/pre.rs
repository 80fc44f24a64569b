//! JSON in the page that a browser shows it in, and saves it as: a `pre` with nothing before it.

use std::ops::Range;

use super::Inner;
use crate::site::markup_scan::{Sink, Tag, scan};

/// The `pre` stands within this many bytes.
const START: usize = 4096;

/// The JSON in such a page; `None` where it is none.
pub(super) fn read(bytes: &[u8]) -> Option<Inner> {
    let start = String::from_utf8_lossy(bytes.get(..START).unwrap_or(bytes)).to_ascii_lowercase();
    let (_, behind) = start.split_once("<pre").filter(|_| start.trim_start().starts_with('<'))?;
    let json = behind.split_once('>')?.1.trim_start();
    if !json.starts_with(['{', '[']) {
        return None;
    }
    let mut reader = Reader::default();
    scan(&String::from_utf8_lossy(bytes), &mut reader);
    (!reader.has_more).then(|| Inner { bytes: reader.json.into_bytes(), ..Inner::default() })
}

#[derive(Default)]
struct Reader {
    json: String,
    is_pre: bool,
    /// Whether we are in an element whose text no page shows.
    hidden: u32,
    /// Whether the page has other text.
    has_more: bool,
}

fn is_hidden(name: &str) -> bool {
    matches!(name, "head" | "title" | "style" | "script")
}

impl Sink for Reader {
    fn open(&mut self, tag: &Tag, _: Range<usize>) {
        self.is_pre |= tag.name == "pre";
        self.hidden += u32::from(is_hidden(&tag.name));
    }

    fn close(&mut self, name: &str, _: Range<usize>) {
        self.is_pre &= name != "pre";
        self.hidden = self.hidden.saturating_sub(u32::from(is_hidden(name)));
    }

    fn text(&mut self, text: &str) {
        if self.is_pre {
            self.json.push_str(text);
        } else {
            self.has_more |= self.hidden == 0 && !text.trim().is_empty();
        }
    }
}
