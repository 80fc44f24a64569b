//! A story page as a whole: one pass that collects its head, its script state and its comments.

use std::ops::Range;
use std::panic::resume_unwind;
use std::thread;

use memchr::memmem;

use super::head::{Head, HeadSink};
use super::state::State;
use super::tree::{Tree, TreeSink};
use crate::site::markup_scan::{self, Sink, Tag};

/// The parts of a story page.
#[derive(Clone, Debug, Default)]
pub(super) struct StoryPage<'a> {
    /// The head of the story.
    pub(super) head: Head,
    /// The state that its scripts set up.
    pub(super) state: State,
    /// The comments in its markup.
    pub(super) tree: Tree<'a>,
}

impl StoryPage<'_> {
    /// Whether it is a page with a discussion, or the start of one; a list of stories is none.
    pub(super) fn is_discussion(&self) -> bool {
        self.tree.listing || self.state.discussion.is_some() || !self.state.facts.is_empty()
    }
}

/// Reads a page, however damaged or cut.
pub(super) fn read(source: &str) -> StoryPage<'_> {
    by_halves(source).unwrap_or_else(|| {
        let mut sink = PageSink::new(source);
        sink.scan(0..source.len());
        sink.finish()
    })
}

/// Reads the start of a page. Its scripts know all comments: what they say of those in the start is read.
pub(super) fn read_start(source: &str) -> StoryPage<'_> {
    let mut sink = PageSink::new(source);
    sink.scan(0..source.len());
    sink.end_script(source.len());
    let tree = sink.tree.finish();
    let (mut state, cids) = (State::default(), tree.cids());
    for script in sink.scripts {
        state.read_of(script, &|cid| cids.contains(&cid));
    }
    StoryPage { head: sink.head.finish(), state, tree }
}

/// Reads a page with many comments, the second half of them on another thread; `None` where the page must be read in one:
/// where anything but the list of comments is open between the halves, or both say something of one thing.
fn by_halves(source: &str) -> Option<StoryPage<'_>> {
    const LARGE: usize = 1 << 19;
    let first = comment_from(source, 0).filter(|first| source.len() - first > LARGE)?;
    let middle = comment_from(source, first + (source.len() - first) / 2)?;
    let mut sink = PageSink::new(source);
    if !sink.scan(0..first) {
        return None;
    }
    let (head, tree) = (sink.head.clone(), TreeSink::new(source));
    let mut rest = PageSink { head: head.clone(), tree, scripts: Vec::new(), script: None };
    let is_whole = thread::scope(|scope| {
        let scan_rest = || {
            rest.scan(middle..source.len());
        };
        let other = thread::Builder::new().spawn_scoped(scope, scan_rest).ok()?;
        let is_whole = sink.scan(first..middle);
        other.join().unwrap_or_else(|panic| resume_unwind(panic));
        Some(is_whole)
    })?;
    if !is_whole || !sink.head.has_found(&head) {
        return None;
    }
    let PageSink { tree, mut scripts, .. } = sink;
    scripts.append(&mut rest.scripts);
    Some(PageSink { tree: tree.append(rest.tree)?, scripts, ..rest }.finish())
}

/// The place of the first comment behind a place.
fn comment_from(source: &str, from: usize) -> Option<usize> {
    const COMMENT: &str = "<li id=\"tree_";
    let mut places = memmem::find_iter(source.as_bytes().get(from..)?, COMMENT).map(|found| from + found);
    places.find(|found| {
        let id = source.get(found + COMMENT.len()..).and_then(|rest| rest.split('"').next());
        id.is_some_and(|id| id.parse::<u64>().is_ok())
    })
}

struct PageSink<'a> {
    head: HeadSink<'a>,
    tree: TreeSink<'a>,
    /// The scripts that set up state.
    scripts: Vec<&'a str>,
    /// The byte behind the tag of the script that is open.
    script: Option<usize>,
}

impl<'a> PageSink<'a> {
    fn new(source: &'a str) -> Self {
        let (head, tree) = (HeadSink::new(source), TreeSink::new(source));
        Self { head, tree, scripts: Vec::new(), script: None }
    }

    /// Reads a part of the page; whether it ends before a comment, and nothing but lists is open there.
    fn scan(&mut self, part: Range<usize>) -> bool {
        let end = part.end;
        let ends_between_tokens = markup_scan::scan_part(self.tree.source(), part, self);
        let is_in_part = self.script.is_some() || !self.head.is_between_parts();
        end < self.tree.source().len() && ends_between_tokens && !is_in_part && self.tree.ends_before_comment(end)
    }

    fn end_script(&mut self, at: usize) {
        let script = self.script.take().and_then(|start| self.tree.source().get(start..at));
        self.scripts.extend(script.filter(|script| script.contains("D2.")));
    }

    fn finish(mut self) -> StoryPage<'a> {
        self.end_script(self.tree.source().len());
        let mut state = State::default();
        for script in self.scripts {
            state.read(script);
        }
        StoryPage { head: self.head.finish(), state, tree: self.tree.finish() }
    }
}

impl Sink for PageSink<'_> {
    fn open(&mut self, tag: &Tag, at: Range<usize>) {
        if tag.name == "script" {
            self.script = Some(at.end);
        }
        self.head.open(tag, at.clone());
        self.tree.open(tag, at);
    }

    fn close(&mut self, name: &str, at: Range<usize>) {
        if name == "script" {
            self.end_script(at.start);
        }
        self.head.close(name, at.clone());
        self.tree.close(name, at);
    }

    fn text(&mut self, text: &str) {
        if self.script.is_none() {
            self.head.text(text);
            self.tree.text(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page with comments in branches of three.
    fn page(count: u64) -> String {
        let mut page = "<title>A - Slashdot</title><span id=title-9>A</span><ul id=\"commentlisting\">".to_owned();
        for cid in 1..=count {
            let end = ["</li></ul></li></ul></li>", "<ul id=commtree_X>", "<ul>"][cid as usize % 3];
            let comment = "<li id=\"tree_X\"><div id=comment_X><a id=comment_link_X>S</a><span class=by>by <a \
                href=\"//slashdot.org/~n\">n</a></span><div id=comment_body_X>One <p>two</div></div>";
            page += &(comment.to_owned() + end).replace('X', &cid.to_string());
        }
        page + "</ul><div class=commentBox>has been archived</div><script>D2.discussion_id(7);</script>"
    }

    #[test]
    fn halves_make_the_whole_and_what_is_odd_between_them_is_read_in_one() {
        let page = page(4500);
        let first = comment_from(&page, 0).expect("a comment");
        let middle = comment_from(&page, first + (page.len() - first) / 2).expect("a comment");
        let (before, behind) = page.split_at(middle);
        let cases = [
            ("", true),
            ("</ul></ul></ul></ul>", true),
            ("<ul><ul id=commtree_5><ul>", true),
            ("<div id=comment_body_5>cut", true),
            ("<div id=comment_sig_5><p>cut", true),
            ("<span id=title-8>B</span>", true),
            ("<span id=comment_otherdetails_5>", false),
            ("<!-- ", false),
            ("<script>", false),
            ("<script>D2.", false),
            ("<title>", false),
            ("</", false),
            ("<b title='", false),
            ("<h1 class=story>", false),
            ("<link rel=canonical href=x>", false),
        ];
        for (odd, is_divided) in cases {
            let source = [before, odd, behind].concat();
            let mut sink = PageSink::new(&source);
            sink.scan(0..source.len());
            let whole = format!("{:?}", sink.finish());
            assert_eq!(format!("{:?}", read(&source)), whole, "{odd}");
            assert_eq!(by_halves(&source).is_some(), is_divided, "{odd}");
        }
        let twice = page.clone() + "<li id=\"tree_1\"><div id=comment_body_1>again</div>";
        assert!(by_halves(&twice).is_none());
    }
}
