//! A text of lurker's own JSON, its links and marks, which another program may have made in any way.

use std::cmp::Reverse;
use std::ops::Range;

use super::LeftOut;
use crate::markup::{clean, clean_line, plain_into};
use crate::model::{Mark, MarkKind, Text};
use crate::site::json::Value;

/// The most blocks around one place; a text that lurker has read has fewer.
const MAX_BLOCKS: usize = 64;

/// The most bytes of an address that is looked for in a text.
const LONGEST: usize = 2048;

/// The schemes of addresses that lurker opens.
const SCHEMES: [&str; 3] = ["http://", "https://", "mailto:"];

/// A text as it stands in the file.
#[derive(Clone, Copy, Default)]
pub(super) struct TextIn<'t> {
    plain: Option<Value<'t>>,
    verbatim: Option<Value<'t>>,
    links: Option<Value<'t>>,
    marks: Option<Value<'t>>,
}

impl<'t> TextIn<'t> {
    /// Takes a value if its key is one of a text's.
    pub(super) fn take(&mut self, key: &str, value: Value<'t>) -> bool {
        let field = match key {
            "text" => &mut self.plain,
            "verbatim" => &mut self.verbatim,
            "links" => &mut self.links,
            "marks" => &mut self.marks,
            _ => return false,
        };
        *field = Some(value);
        true
    }

    /// Reads it over what `text` held.
    pub(super) fn read(self, text: &mut Text, left_out: &mut LeftOut) {
        let mut words = |value| left_out.typed(value, Value::words).unwrap_or_default();
        match (self.verbatim, self.plain) {
            (Some(verbatim), _) => *text = Text::unmarked(clean(&words(verbatim)).trim_matches('\n')),
            (None, Some(plain)) => plain_into(&words(plain), text),
            (None, None) => plain_into("", text),
        }
        let numbers = read_links(self.links, text, left_out);
        match self.marks {
            Some(marks) => self.read_marks(marks, &numbers, text, left_out),
            None => mark_links(text),
        }
    }

    fn read_marks(self, marks: Value<'t>, links: &[Option<u32>], text: &mut Text, left_out: &mut LeftOut) {
        let breaks = LineBreaks::of(&text.plain);
        for value in left_out.items(marks) {
            match mark(value, links).filter(|mark| self.has(mark.kind)).and_then(|mark| placed(mark, text, &breaks)) {
                Some(mark) => text.marks.push(mark),
                None => left_out.marks += 1,
            }
        }
        text.marks.sort_by_key(|mark| (mark.start, Reverse(mark.end)));
        let all = text.marks.len();
        let mut fitting = Fitting::default();
        text.marks.retain(|mark| fitting.takes(mark));
        left_out.marks += (all - text.marks.len()) as u32;
    }

    /// Whether a mark of this kind stands in the list of marks: blocks are read from the plain form, if there is no other.
    fn has(self, kind: MarkKind) -> bool {
        self.verbatim.is_some() || !kind.is_block()
    }
}

/// Reads the addresses, and gives for each that the file names its number among those that are kept.
fn read_links(links: Option<Value<'_>>, text: &mut Text, left_out: &mut LeftOut) -> Vec<Option<u32>> {
    text.links.clear();
    let mut numbers = Vec::new();
    for link in links.into_iter().flat_map(|links| left_out.items(links)).collect::<Vec<_>>() {
        let address = link.text().map(|link| clean_line(&link)).filter(|link| can_be_opened(link));
        numbers.push(address.is_some().then_some(text.links.len() as u32));
        left_out.links += u32::from(address.is_none());
        text.links.extend(address);
    }
    numbers
}

/// Whether an address is of a scheme that lurker opens.
pub(super) fn can_be_opened(address: &str) -> bool {
    let starts = |scheme: &&str| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    SCHEMES.iter().any(starts)
}

/// Reads a mark: its kind, first byte, byte after the last, and for a link its number in the file.
fn mark(mark: Value<'_>, links: &[Option<u32>]) -> Option<Mark> {
    let mut items = mark.items();
    let name = items.next()?.text()?;
    let (start, end) = (items.next()?.count()?, items.next()?.count()?);
    let mut plain = MarkKind::BLOCKS.iter().chain(&MarkKind::INLINE);
    let kind = match items.next() {
        Some(link) if name == "link" => MarkKind::Link((*links.get(link.count()? as usize)?)?),
        Some(_) => return None,
        None => plain.find(|(_, known)| *known == name).map(|(kind, _)| *kind)?,
    };
    Some(Mark { start, end, kind })
}

/// The mark without the line breaks at its ends; `None` where it does not lie in the text, or goes over the end of a line and
/// is none of whole lines.
fn placed(mark: Mark, text: &Text, breaks: &LineBreaks) -> Option<Mark> {
    text.plain.get(mark.start as usize..mark.end as usize)?;
    let start = breaks.behind(mark.start).min(mark.end);
    let end = breaks.before(mark.end).max(start);
    let fits = start < end && (mark.kind.is_block() || !breaks.lie_within(start..end));
    fits.then_some(Mark { start, end, kind: mark.kind })
}

/// The line breaks of a text, so that no mark needs a look at all that it covers.
struct LineBreaks {
    /// The bytes that are one, in order.
    places: Vec<u32>,
    /// For each, the first byte and the byte behind the last one of all that follow each other there.
    runs: Vec<Range<u32>>,
}

impl LineBreaks {
    fn of(plain: &str) -> Self {
        let places: Vec<u32> = memchr::memchr_iter(b'\n', plain.as_bytes()).map(|place| place as u32).collect();
        let runs = places.chunk_by(|one, next| one + 1 == *next);
        let runs = runs.flat_map(|run| run.iter().map(|_| run[0]..run[0] + run.len() as u32)).collect();
        Self { places, runs }
    }

    /// The line breaks around a byte that is one.
    fn run_at(&self, place: u32) -> Option<&Range<u32>> {
        self.places.binary_search(&place).ok().and_then(|at| self.runs.get(at))
    }

    /// The first byte from a place on that is no line break.
    fn behind(&self, place: u32) -> u32 {
        self.run_at(place).map_or(place, |run| run.end)
    }

    /// The place behind the last byte before another one that is no line break.
    fn before(&self, place: u32) -> u32 {
        place.checked_sub(1).and_then(|last| self.run_at(last)).map_or(place, |run| run.start)
    }

    fn lie_within(&self, bytes: Range<u32>) -> bool {
        let first = self.places.partition_point(|&place| place < bytes.start);
        self.places.get(first).is_some_and(|&place| place < bytes.end)
    }
}

/// Tells which of a text's marks fit those before them: blocks within blocks, and of each other kind one at a place. So
/// there are never more marks around a place than there are kinds of them and blocks.
#[derive(Default)]
struct Fitting {
    /// The ends of the blocks around the place.
    blocks: Vec<u32>,
    /// The end of the last mark of each other kind.
    inline: Vec<(MarkKind, u32)>,
}

impl Fitting {
    fn takes(&mut self, mark: &Mark) -> bool {
        if mark.kind.is_block() {
            self.blocks.retain(|&end| end > mark.start);
            let fits = self.blocks.len() < MAX_BLOCKS && self.blocks.last().is_none_or(|&end| mark.end <= end);
            self.blocks.extend(fits.then_some(mark.end));
            return fits;
        }
        // Links are one kind, whatever their numbers.
        let kind = if let MarkKind::Link(_) = mark.kind { MarkKind::Link(0) } else { mark.kind };
        match self.inline.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, end)) if *end > mark.start => return false,
            Some((_, end)) => *end = mark.end,
            None => self.inline.push((kind, mark.end)),
        }
        true
    }
}

/// Marks links that stand in a text as they are: a file that another program made may name its links and mark none.
fn mark_links(text: &mut Text) {
    if text.links.is_empty() {
        return;
    }
    let mut links: Vec<(&str, u32)> = text.links.iter().map(String::as_str).zip(0..).collect();
    links.sort_unstable();
    links.dedup_by_key(|(link, _)| *link);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = next_address(&text.plain, at) {
        let end = text.plain.floor_char_boundary(start + LONGEST);
        let rest = text.plain.get(start..end).unwrap_or_default();
        let word = rest.split(char::is_whitespace).next().unwrap_or_default();
        let link = longest_start(&links, word);
        at = start + link.map_or(word.len(), |(link, _)| link.len());
        found.extend(link.map(|(_, number)| Mark {
            start: start as u32,
            end: at as u32,
            kind: MarkKind::Link(number),
        }));
    }
    if !found.is_empty() {
        text.marks.extend(found);
        text.marks.sort_by_key(|mark| (mark.start, Reverse(mark.end)));
    }
}

/// The place from `at` on where an address begins.
fn next_address(text: &str, at: usize) -> Option<usize> {
    let mut rest = text.get(at..)?;
    let mut start = at;
    loop {
        let next = rest.find(['h', 'm', 'H', 'M'])?;
        let from = rest.get(next..)?;
        if can_be_opened(from) {
            return Some(start + next);
        }
        start += next + 1;
        rest = from.get(1..)?;
    }
}

/// The longest of the sorted links that the word starts with. It is looked for a few times only: of links that begin alike
/// there are few in one text.
fn longest_start<'l>(links: &[(&'l str, u32)], word: &str) -> Option<(&'l str, u32)> {
    const TRIES: usize = 16;
    let mut word = word;
    for _ in 0..TRIES {
        let after = links.partition_point(|(link, _)| *link <= word);
        let (link, number) = *links.get(after.checked_sub(1)?)?;
        if word.starts_with(link) {
            return Some((link, number));
        }
        let alike = link.bytes().zip(word.bytes()).take_while(|(one, other)| one == other).count();
        let alike = word.floor_char_boundary(alike);
        word = word.get(..alike)?;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `placed` makes of a mark, by a look at all that it covers.
    fn plainly_placed(Range { start, end }: Range<u32>, plain: &str) -> Option<Range<u32>> {
        let marked = plain.get(start as usize..end as usize)?;
        let kept = marked.trim_matches('\n');
        let start = start + (marked.len() - marked.trim_start_matches('\n').len()) as u32;
        (!kept.is_empty() && !kept.contains('\n')).then_some(start..start + kept.len() as u32)
    }

    #[test]
    fn marks_are_placed_as_by_a_look_at_all_that_they_cover() {
        for plain in ["", "\n", "\n\n\n", "a", "ab\ncd", "\n\na\n\n\nbé\n", "é\n\né", "a\nb\nc\n\n"] {
            let text = Text::unmarked(plain);
            let breaks = LineBreaks::of(plain);
            for (start, end) in (0..10).flat_map(|start| (0..10).map(move |end| (start, end))) {
                let mark = Mark { start, end, kind: MarkKind::Strong };
                let own = placed(mark, &text, &breaks).map(|mark| mark.start..mark.end);
                assert_eq!(own, plainly_placed(start..end, plain), "{plain:?} {start}..{end}");
            }
        }
    }
}
