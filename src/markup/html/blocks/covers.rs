//! Words that are covered, checked or raised, as elements and their classes say.

use super::{Blocks, Element};
use crate::markup::html::lines::Format;
use crate::markup::tokens::Tag;
use crate::markup::writer::{Block, Gap, MAX_DEPTH};

/// Classes that say that words are covered until a reader asks for them: Reddit's, and those of forums before and after
/// their script.
const SPOILERS: [&str; 3] = ["md-spoiler-text", "spoiler", "spoiled"];

/// The most brackets around raised words that are raised again.
const MAX_RAISED: usize = 4;

/// Whether what is in an element is covered.
pub(super) fn is_spoiler(tag: &Tag) -> bool {
    SPOILERS.iter().any(|class| tag.has_class(class))
}

impl Blocks<'_> {
    pub(super) fn checkbox(&mut self, is_checked: bool) {
        self.lines.text(if is_checked { "[x] " } else { "[ ] " });
    }

    pub(super) fn start_span(&mut self, tag: &Tag) {
        let covers = is_spoiler(tag);
        self.spans.push(covers);
        if tag.has_class("chcklst-box") {
            self.checkbox(tag.has_class("checked"));
        }
        // Only a style sets it apart from the number before it.
        if tag.has_class("info-label") {
            self.lines.text(" ");
        }
        if covers {
            self.lines.text("(spoiler: ");
            self.lines.open_format(Format::Spoiler);
        }
    }

    pub(super) fn end_span(&mut self) {
        if self.spans.pop() == Some(true) {
            self.lines.close_format(Format::Spoiler);
            self.lines.append(")");
        }
    }

    /// Raised words come behind a sign, and more than one word in brackets; the number of a note has its own. Each pair of
    /// brackets costs a look at all words between them, so there are few around each other.
    pub(super) fn start_raised(&mut self, tag: &Tag) {
        let is_note = tag.has_class("footnote-ref");
        if !is_note {
            self.lines.append("^");
        }
        let is_bracketed = !is_note && self.raised.len() < MAX_RAISED;
        self.raised.push(self.lines.place().filter(|_| is_bracketed));
    }

    pub(super) fn end_raised(&mut self) {
        if let Some(Some(place)) = self.raised.pop() {
            self.lines.bracket(place);
        }
    }

    /// Behind the summary of details begins what it covers.
    pub(super) fn end_summary(&mut self) {
        self.lines.close_format(Format::Strong);
        let is_in_details = self.elements.last().is_some_and(|element| element.name == "details");
        if is_in_details && self.elements.len() < MAX_DEPTH {
            self.lines.divide(Gap::Paragraph);
            self.cover("details");
        }
    }

    /// Opens a quote whose content is covered, in an element of this name.
    pub(super) fn cover(&mut self, name: &str) {
        self.lines.open(Block::Quote);
        self.lines.open_format(Format::Spoiler);
        self.elements.push(Element { name: name.to_owned(), writes: true, number: None, covers: true });
    }

    pub(super) fn start_spoiler(&mut self, tag: &Tag) {
        self.lines.divide(Gap::Paragraph);
        if self.elements.len() >= MAX_DEPTH {
            self.untracked += 1;
            return;
        }
        self.lines.open_format(Format::Strong);
        self.lines.text("spoiler");
        self.lines.close_format(Format::Strong);
        self.lines.divide(Gap::Paragraph);
        self.cover(&tag.name);
    }
}
