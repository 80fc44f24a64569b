//! The list of a comment's links: the lines of each, and the keys that it takes.

use unicode_width::UnicodeWidthStr;

use super::prompt_line::{end_within, start_within};
use super::span::{Glyph, LEAST_WORDS, Span, Tone, WIDEST};
use super::{App, Code, Command, GlobalCommand, Key, KeyHint, ThreadCommand};
use crate::model::Text;
use crate::view::{punycode, wrap};

/// Columns of a link's mark and number.
const LINK_NUMBER: usize = 4;
/// The fewest columns of the end of an address that is shortened.
const LEAST_END: usize = 8;

impl App {
    /// The link that a line of a list of links is of.
    pub(super) fn link_at_line(&self, links: &[String], chosen: usize, line: usize) -> usize {
        let rows = self.link_lines(links, chosen, chosen, self.overlay_room().word_columns().min(WIDEST)).len();
        if line <= chosen { line } else { line.saturating_sub(rows.saturating_sub(1)).max(chosen) }
    }

    /// The keys that a list of links takes. There digits choose and Esc closes, whatever else they are bound to.
    pub(super) fn link_keys(&self) -> Vec<KeyHint> {
        let is_own = |key: &Key| matches!(key.code, Code::Char('0'..='9') | Code::Esc);
        let key = |command: Command| self.keys.keys(command).find(|key| !is_own(key));
        let says = [(ThreadCommand::Toggle.into(), "opens"), (GlobalCommand::CopyLink.into(), "copies")];
        says.into_iter().filter_map(|(command, does)| Some(self.key_hint(key(command)?, does))).collect()
    }

    /// The lines of the link at a place: the chosen one whole, on as many lines as it takes, any other on one line,
    /// shortened in its middle.
    pub(super) fn link_lines(&self, links: &[String], at: usize, chosen: usize, width: usize) -> Vec<Vec<Span>> {
        let Some(address) = links.get(at) else { return Vec::new() };
        let room = width.saturating_sub(LINK_NUMBER).max(LEAST_WORDS);
        let punycode = punycode(address).map(|host| Span::Words(format!(" ({host})"), Tone::Warning));
        let parts: Vec<String> = if at == chosen {
            wrap(Text::unmarked(address.as_str()).borrow(), room)
                .iter()
                .map(|line| line.of(address).to_owned())
                .collect()
        } else {
            vec![shortened(address, room, &self.own_words("…"))]
        };
        let first = vec![Span::To(1), Span::Words(format!("{:>2} ", at + 1), Tone::Key)];
        let mark = (at == chosen).then_some(Span::Glyph(Glyph::Here));
        let beginnings = std::iter::once(mark.into_iter().chain(first).collect()).chain(std::iter::repeat(Vec::new()));
        let row = |(beginning, part): (Vec<Span>, String)| {
            beginning.into_iter().chain([Span::To(LINK_NUMBER), Span::Link(part, address.clone())]).collect::<Vec<_>>()
        };
        let mut rows: Vec<_> = beginnings.zip(parts).map(row).collect();
        if let Some(last) = rows.last_mut() {
            last.extend(punycode);
        }
        rows
    }
}

/// An address in so many columns, cut in its middle by a sign: the host whole where that leaves room for the end.
fn shortened(link: &str, room: usize, cut: &str) -> String {
    if link.width() <= room {
        return link.to_owned();
    }
    // Where the host would be cut, the usual scheme says least.
    let link =
        link.strip_prefix("https://").filter(|_| host_end(link) >= room.saturating_sub(1 + LEAST_END)).unwrap_or(link);
    let (host, half, most) = (host_end(link), room / 2, room.saturating_sub(1 + LEAST_END));
    let before = start_within(link, if host < most { half.max(host + 1) } else { half });
    let after = end_within(link, room.saturating_sub(before.width() + 1));
    format!("{before}{cut}{after}")
}

/// The byte at which the host of an address ends.
fn host_end(link: &str) -> usize {
    let start = link.find("://").map_or(0, |at| at + 3);
    let rest = link.get(start..).unwrap_or_default();
    rest.find(['/', '?', '#']).map_or(link.len(), |at| start + at)
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn addresses_are_cut_in_their_middle() {
        for (link, room, cut) in [
            ("https://north.example/a", 30, "https://north.example/a"),
            ("https://north.example/lamps/2026/the-one", 36, "https://north.example/…/2026/the-one"),
            ("https://north.example/lamps/2026/the-other", 36, "https://north.example/…026/the-other"),
            ("https://a.very.long.host.of.the.north.example/x", 20, "a.very.lon…example/x"),
            ("mailto:someone@north.example", 20, "mailto:som…h.example"),
        ] {
            assert!(cut.chars().count() <= room, "{cut}");
            assert_eq!(shortened(link, room, "…"), cut);
            assert_eq!(shortened(link, room, "~"), cut.replace('…', "~"));
        }
    }
}
