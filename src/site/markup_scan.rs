//! One streaming pass over the tags and texts of HTML or XML, with their places in the source.

use std::ops::Range;

pub(in crate::site) use crate::markup::Tag;
use crate::markup::{Syntax, Token, Tokens};

/// Takes what a pass comes by. Comments and doctypes are left out.
pub(in crate::site) trait Sink {
    /// A start tag, and where it stands.
    fn open(&mut self, tag: &Tag, at: Range<usize>);
    /// An end tag, and where it stands.
    fn close(&mut self, name: &str, at: Range<usize>);
    /// A text, entities undone. The text of a script is one.
    fn text(&mut self, text: &str);
}

/// Passes over HTML, which may be damaged or cut in any way.
pub(in crate::site) fn scan(source: &str, sink: &mut impl Sink) {
    pass(source, sink, Syntax::Html);
}

/// Passes over a part of HTML, which must begin at a place between two tokens; whether it ends at one too.
pub(in crate::site) fn scan_part(source: &str, part: Range<usize>, sink: &mut impl Sink) -> bool {
    pass_part(source, part, sink, Syntax::Html)
}

/// Passes over XML, which may be damaged or cut in any way and has no CDATA. What HTML reads by rules of its own (the
/// inside of a `title`, a `script`) is read as everything else, and a tag may close itself; entities are HTML's.
pub(in crate::site) fn scan_xml(source: &str, sink: &mut impl Sink) {
    pass(source, sink, Syntax::Xml);
}

fn pass(source: &str, sink: &mut impl Sink, syntax: Syntax) {
    pass_part(source, 0..source.len(), sink, syntax);
}

fn pass_part(source: &str, part: Range<usize>, sink: &mut impl Sink, syntax: Syntax) -> bool {
    #[cfg(test)]
    crate::site::parse_count::add(part.len());
    let source = source.get(..part.end).unwrap_or(source);
    let mut tokens = Tokens::new(source, syntax).with_clean_values().starting_at(part.start);
    while let Some(token) = tokens.next() {
        match token {
            Token::Text(text) => sink.text(&text),
            Token::Start(tag, at) => {
                sink.open(tag, at.clone());
                if tag.closes_itself && syntax == Syntax::Xml {
                    sink.close(&tag.name, at);
                }
            }
            Token::End(name, at) => sink.close(name, at),
        }
    }
    tokens.ends_between_tokens()
}

/// The elements of interest that are open, innermost last: each knows when the tag that closes it comes.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::site) struct Regions<K> {
    open: Vec<Region<K>>,
}

impl<K> Default for Regions<K> {
    fn default() -> Self {
        Self { open: Vec::new() }
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Region<K> {
    kind: K,
    name: String,
    depth: u32,
}

impl<K: Copy> Regions<K> {
    /// Regions nest 6 deep on the site; more than this only a stranger makes, and those are not entered.
    const MAX: usize = 16;

    /// A start tag: it counts for all open regions, and opens one of its own if it has a kind.
    pub(in crate::site) fn enter(&mut self, name: &str, kind: Option<K>) {
        for region in self.open.iter_mut().filter(|region| region.name == name) {
            region.depth += 1;
        }
        if let Some(kind) = kind.filter(|_| self.open.len() < Self::MAX) {
            self.open.push(Region { kind, name: name.to_owned(), depth: 1 });
        }
    }

    /// An end tag: gives back the regions that it closes, innermost first.
    pub(in crate::site) fn leave(&mut self, name: &str) -> Vec<K> {
        let mut closed = None;
        for (place, region) in self.open.iter_mut().enumerate().filter(|(_, region)| region.name == name) {
            region.depth -= 1;
            if region.depth == 0 && closed.is_none() {
                closed = Some(place);
            }
        }
        closed.map_or_else(Vec::new, |place| self.close_from(place))
    }

    /// Closes everything.
    pub(in crate::site) fn leave_all(&mut self) -> Vec<K> {
        self.close_from(0)
    }

    /// The innermost region.
    pub(in crate::site) fn inner(&self) -> Option<K> {
        self.open.last().map(|region| region.kind)
    }

    /// Whether a region of a kind is open.
    pub(in crate::site) fn any(&self, is: impl Fn(K) -> bool) -> bool {
        self.open.iter().any(|region| is(region.kind))
    }

    fn close_from(&mut self, place: usize) -> Vec<K> {
        self.open.drain(place..).rev().map(|region| region.kind).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Log(String);

    impl Sink for Log {
        fn open(&mut self, tag: &Tag, at: Range<usize>) {
            self.0.extend(["<", &tag.name, " ", tag.get("id"), &format!(" {at:?}>")]);
        }
        fn close(&mut self, name: &str, at: Range<usize>) {
            self.0.extend(["</", name, &format!(" {at:?}>")]);
        }
        fn text(&mut self, text: &str) {
            self.0 += text;
        }
    }

    #[test]
    fn places_are_bytes_of_the_source() {
        let source = "é\r\n<!-- <b id=no> --><B id='a&amp;b' id=c>x &lt; y</B ><script>1 < \"</p>\"</script><p";
        let mut log = Log::default();
        scan(source, &mut log);
        let place = |part: &str| source.find(part).map(|at| at..at + part.len());
        for part in ["<B id='a&amp;b' id=c>", "</B >"] {
            assert!(log.0.contains(&format!("{:?}>", place(part).expect("in the source"))), "{}", log.0);
        }
        assert!(log.0.contains("<b a&b") && log.0.contains("x < y") && log.0.contains("1 < \"</p>\""), "{}", log.0);
    }

    #[test]
    fn regions_end_with_their_own_tag() {
        let mut regions = Regions::default();
        regions.enter("div", Some('a'));
        regions.enter("div", None);
        regions.enter("span", Some('b'));
        assert!(regions.leave("a").is_empty() && regions.leave("div").is_empty());
        assert_eq!(regions.inner(), Some('b'));
        assert_eq!(regions.leave("div"), ['b', 'a']);
        assert_eq!(regions.inner(), None);
    }
}
