//! A story page as a whole: one pass that collects its head, its script state and its comments.

use std::ops::Range;

use super::head::{Head, HeadSink};
use super::state::State;
use super::tree::{Tree, TreeSink};
use crate::site::markup_scan::{self, Sink, Tag};

/// The parts of a story page.
#[derive(Clone, Debug, Default)]
pub(super) struct StoryPage {
    /// The head of the story.
    pub(super) head: Head,
    /// The state that its scripts set up.
    pub(super) state: State,
    /// The comments in its markup.
    pub(super) tree: Tree,
}

impl StoryPage {
    /// Whether it is a page with a discussion, or the start of one; a list of stories is none.
    pub(super) fn is_discussion(&self) -> bool {
        self.tree.listing || self.state.discussion.is_some() || !self.state.facts.is_empty()
    }
}

/// Reads a page, however damaged or cut.
pub(super) fn read(source: &str) -> StoryPage {
    let mut sink =
        PageSink { head: HeadSink::new(source), tree: TreeSink::new(source), state: State::default(), script: None };
    markup_scan::scan(source, &mut sink);
    sink.end_script();
    StoryPage { head: sink.head.finish(), state: sink.state, tree: sink.tree.finish() }
}

struct PageSink<'a> {
    head: HeadSink<'a>,
    tree: TreeSink<'a>,
    state: State,
    /// The text of the script that is open.
    script: Option<String>,
}

impl PageSink<'_> {
    fn end_script(&mut self) {
        if let Some(script) = self.script.take() {
            self.state.read(&script);
        }
    }
}

impl Sink for PageSink<'_> {
    fn open(&mut self, tag: &Tag, at: Range<usize>) {
        if tag.name == "script" {
            self.script = Some(String::new());
        }
        self.head.open(tag, at.clone());
        self.tree.open(tag, at);
    }

    fn close(&mut self, name: &str, at: Range<usize>) {
        if name == "script" {
            self.end_script();
        }
        self.head.close(name, at.clone());
        self.tree.close(name, at);
    }

    fn text(&mut self, text: &str) {
        if let Some(script) = &mut self.script {
            script.push_str(text);
            return;
        }
        self.head.text(text);
        self.tree.text(text);
    }
}
