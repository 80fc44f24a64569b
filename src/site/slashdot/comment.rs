//! One comment as a page or an answer shows it, and how two showings of it become one.

use std::borrow::Cow;

use super::time::Stamp;
use crate::markup;
use crate::model::{Flags, Mark, MarkKind, Text};

/// The uid of everyone who posts without a name.
pub(super) const ANONYMOUS_UID: i64 = 666;

/// The points of a parent that the site never sends; it only holds its replies.
pub(super) const DUMMY_POINTS: i64 = -2;

/// A comment as the markup has it; all but a body that is not read yet is clean.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Shown<'a> {
    /// The comment that it is nested under; 0 at the top level. Only a page nests.
    pub(super) parent: Option<u64>,
    /// The discussion that its links name.
    pub(super) discussion: Option<u64>,
    /// The subject, which is a mere `Re:` in a reply that kept the default.
    pub(super) subject: String,
    /// The score.
    pub(super) score: Option<i32>,
    /// The moderators' label.
    pub(super) label: String,
    /// The author's name.
    pub(super) author: Option<String>,
    /// The author's number.
    pub(super) uid: Option<i64>,
    /// Whether the author pays for the site, keeps a journal, names a homepage.
    pub(super) flags: Flags,
    /// The time of posting.
    pub(super) stamp: Option<Stamp>,
    /// Its text, with its signature.
    pub(super) body: Option<Body<'a>>,
    /// Whether the body is known to be cut.
    pub(super) cut: bool,
    /// Whether the page shows a line in place of a text.
    pub(super) is_line: bool,
}

/// The text of a comment. Of a page that is here to its end bodies are read when the thread is made, a few at a time: so
/// their texts are never in memory twice.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Body<'a> {
    /// HTML, with that of the signature.
    Source { body: &'a str, signature: Option<&'a str> },
    /// A clean text.
    Read(Text),
}

impl Body<'_> {
    /// The text, with the signature.
    pub(super) fn text(&self) -> Cow<'_, Text> {
        match self {
            Self::Source { body, signature } => {
                let signature = signature.map(markup::html).unwrap_or_default();
                Cow::Owned(with_signature(markup::html(body), &signature))
            }
            Self::Read(text) => Cow::Borrowed(text),
        }
    }

    /// The bytes that the text takes, or a few more.
    pub(super) fn room(&self) -> usize {
        match self {
            Self::Source { body, signature } => body.len() + signature.map_or(0, str::len),
            Self::Read(text) => text.plain.len() + text.links.iter().map(String::len).sum::<usize>(),
        }
    }
}

impl Shown<'_> {
    /// Whether it is complete: the whole body and the date are here.
    pub(super) fn is_whole(&self) -> bool {
        self.has_body() && self.stamp.is_some()
    }

    /// Whether the whole body is here.
    pub(super) fn has_body(&self) -> bool {
        self.body.is_some() && !self.cut
    }

    /// Takes from another showing what it knows better; says whether that brought anything to read.
    ///
    /// A whole comment stays as it is. A body that is cut never replaces one that is not.
    pub(super) fn fill(&mut self, other: Self) -> bool {
        if self.is_whole() {
            return false;
        }
        let before = (self.body.is_some(), self.has_body(), self.stamp.is_some());
        if other.body.is_some() && (other.has_body() || !self.has_body()) {
            self.body = other.body;
            self.cut = other.cut;
        }
        if !other.subject.is_empty() {
            self.subject = other.subject;
        }
        if other.author.is_some() {
            self.author = other.author;
            self.flags.subscriber = other.flags.subscriber;
        }
        if other.score.is_some() {
            self.score = other.score;
            self.label = other.label;
        }
        self.parent = self.parent.or(other.parent);
        self.uid = other.uid.or(self.uid);
        self.stamp = other.stamp.or(self.stamp);
        self.flags.journal |= other.flags.journal;
        self.flags.homepage |= other.flags.homepage;
        before != (self.body.is_some(), self.has_body(), self.stamp.is_some())
    }

    /// The same, with this text in place of its own.
    pub(super) fn with_text(self, text: Option<Text>) -> Shown<'static> {
        Shown { body: text.map(Body::Read), ..self }
    }
}

/// A comment as the script state has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Fact {
    /// The comment that it is shown under; 0 at the top level.
    pub(super) parent: Option<u64>,
    /// The author's number.
    pub(super) uid: Option<i64>,
    /// The score; −2 for a dummy.
    pub(super) points: Option<i64>,
    /// The subject of a reply that kept the default one. Clean.
    pub(super) subject: Option<String>,
}

/// `Insightful` and 4 from ` (Score:4, Insightful)`; a score of `?` is unknown.
pub(super) fn score(text: &str) -> (Option<i32>, String) {
    let Some((_, rest)) = text.split_once("Score:") else { return (None, String::new()) };
    let inner = rest.split(')').next().unwrap_or_default();
    let (number, label) = inner.split_once(',').unwrap_or((inner, ""));
    (number.trim().parse().ok(), markup::clean_line(label))
}

/// A name and the number that stands after it in brackets, if one does: `Nick Name ( 537200 )`.
pub(super) fn name_and_uid(text: &str) -> (String, Option<i64>) {
    let parts = text.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    match parts.and_then(|(name, number)| Some((name.trim_end(), uid(number)?))) {
        Some((name, number)) => (name.to_owned(), Some(number)),
        None => (text.to_owned(), None),
    }
}

/// An author's number.
pub(super) fn uid(text: &str) -> Option<i64> {
    text.trim().parse().ok()
}

/// The body's text with the signature as its last paragraph, which starts with `--` as in mail, unless it does by itself.
pub(super) fn with_signature(body: Text, signature: &Text) -> Text {
    if signature.plain.is_empty() {
        return body;
    }
    let Text { mut plain, mut marks, mut links } = body;
    plain.push_str(if plain.is_empty() { "" } else { "\n\n" });
    plain.push_str(if signature.plain.starts_with("--") { "" } else { "-- " });
    let shift = plain.len() as u32;
    let renumber = links.len() as u32;
    plain.push_str(&signature.plain);
    marks.extend(signature.marks.iter().map(|mark| Mark {
        start: mark.start + shift,
        end: mark.end + shift,
        kind: match mark.kind {
            MarkKind::Link(number) => MarkKind::Link(number + renumber),
            kind => kind,
        },
    }));
    links.extend(signature.links.iter().cloned());
    Text { plain, marks, links }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_scores() {
        for (text, expected) in [
            (" (Score:5, Insightful)", (Some(5), "Insightful")),
            ("(Score: -1 , Troll)", (Some(-1), "Troll")),
            ("(Score:2)", (Some(2), "")),
            ("(Score:?)", (None, "")),
            ("(Score:", (None, "")),
            ("", (None, "")),
        ] {
            let (number, label) = score(text);
            assert_eq!((number, label.as_str()), expected, "{text}");
        }
    }

    #[test]
    fn a_signature_is_the_last_paragraph() {
        let link = |number, end| Mark { start: 0, end, kind: MarkKind::Link(number) };
        let body = Text { plain: "Body".into(), marks: vec![link(0, 4)], links: vec!["a".into()] };
        let signature = Text { plain: "Me".into(), marks: vec![link(0, 2)], links: vec!["b".into()] };
        let both = with_signature(body, &signature);
        assert_eq!(both.plain, "Body\n\n-- Me");
        assert_eq!(both.marks.last(), Some(&Mark { start: 9, end: 11, kind: MarkKind::Link(1) }));
        assert_eq!(both.links, ["a", "b"]);
        assert_eq!(with_signature(Text::default(), &signature).plain, "-- Me");
        assert_eq!(with_signature(Text::default(), &Text::unmarked("--\nMe")).plain, "--\nMe");
    }

    #[test]
    fn a_cut_body_never_replaces_a_whole_one() {
        let shown = |body: &str, cut| Shown { body: Some(Body::Read(Text::unmarked(body))), cut, ..Shown::default() };
        let mut kept = shown("whole", false);
        assert!(!kept.fill(shown("wh", true)));
        assert_eq!(kept.body, Some(Body::Read(Text::unmarked("whole"))));
        let mut filled = shown("wh", true);
        assert!(filled.fill(shown("whole", false)));
        assert!(filled.has_body());
    }
}
