//! Saved answers: Algolia's tree of an item, the hits of a search within one story, Firebase's items line by line.

mod list;

use std::collections::BTreeSet;

use super::discussion::Discussion;
use super::post::{Kind, Post};
use super::{algolia, firebase};
use crate::markup::clean_line;
use crate::model::{Advice, Thread, not_here};
use crate::site::LoadError;
use crate::site::Sample;
use crate::site::json::{Document, Value};

pub use list::{looks_like_list, read_saved_list};

/// Whether a file holds answers of Hacker News's services that are a discussion.
pub fn looks_like(file: &Sample<'_>) -> bool {
    let is_algolia = file.names_all(&["created_at_i"]) && file.names_any(&["children", "hits"]);
    let is_firebase = file.names_all(&["id", "time", "type"])
        && file.names_any(&["by", "deleted", "dead"])
        && file.names_any(&["kids", "parent", "descendants", "score"]);
    (is_algolia || is_firebase) && !looks_like_list(file)
}

/// Reads a saved answer, without the network. Damage leaves a note, not an error, where anything came before it.
///
/// # Errors
/// The file holds no discussion, or more than one; the text says what it holds.
pub fn read_saved(file: &Sample<'_>) -> Result<Thread, LoadError> {
    let document = file.document();
    let root = document.root();
    let mut saved = Saved::default();
    if root.get("hits").is_list() {
        saved.take_hits(root.get("hits"))?;
    } else if root.get("children").is_list() || !root.get("created_at_i").is_null() {
        saved.take_tree(root);
    } else {
        saved.take_items(file);
    }
    if saved.lines_damaged == 0 && !saved.is_by_line {
        saved.notes.extend(document.damage_note());
    }
    saved.thread().map_err(|error| records(root).unwrap_or(error))
}

/// Reads the comments that are whole in the start of a saved tree of Algolia's or of Firebase's items, one a line; `None` for
/// fewer than fill a screen, and where an item's own text stands behind the answers to it.
pub fn begin_saved(start: &Sample<'_>) -> Option<Thread> {
    const FEWEST: u32 = 20;
    let mut saved = Saved::default();
    let root = start.document().root();
    if root.get("children").is_list() {
        saved.take_start_of_tree(root)?;
    } else if root.get("time").integer().is_some() {
        let lines = start.bytes().rsplitn(2, |&byte| byte == b'\n').nth(1)?;
        Document::read(lines).roots().for_each(|item| saved.take_item(item));
    }
    let thread = saved.thread().ok()?;
    (thread.len() >= FEWEST).then_some(thread)
}

/// The error for a list of objects that are not items; `None` if it has none.
fn records(root: Value<'_>) -> Option<LoadError> {
    let first = root.items().find(|record| record.is_object() && algolia::id_of(record.get("id")).is_none())?;
    let fields: Vec<String> = first.pairs().take(5).map(|(name, _)| clean_line(&name)).collect();
    let (count, fields) = (root.items().count(), fields.join(", "));
    let says = format!("are {count} records of {fields}, and not one answer of Hacker News");
    Some(LoadError::other("these", says).advise(Advice::Other("save one of them alone".to_owned())))
}

#[derive(Default)]
struct Saved<'a> {
    discussion: Discussion<'a>,
    head: Option<u64>,
    notes: Vec<String>,
    is_by_line: bool,
    lines_damaged: usize,
}

impl<'a> Saved<'a> {
    fn take_tree(&mut self, root: Value<'a>) {
        let posts = algolia::tree(root, None);
        self.head = posts.first().map(|post| post.id);
        self.discussion.fill_with(posts);
    }

    /// Takes a tree that is cut anywhere; `None` where items name what is their own behind their answers.
    fn take_start_of_tree(&mut self, root: Value<'a>) -> Option<()> {
        root.get("title").text()?;
        let mut posts = algolia::tree(root, None);
        // The last item in the order of the file is the one that is cut.
        posts.pop()?;
        self.head = Some(posts.first()?.id);
        self.discussion.fill_with(posts);
        Some(())
    }

    /// Takes the hits of a search, if they are of one story.
    fn take_hits(&mut self, hits: Value<'a>) -> Result<(), LoadError> {
        let mut posts = algolia::hits(hits);
        posts.sort_by_key(|post| (post.posted_at, post.id));
        let comments = || posts.iter().filter(|post| post.kind == Kind::Comment);
        let stories: BTreeSet<Option<u64>> = comments().map(|post| post.story).collect();
        let (1, Some(Some(story))) = (stories.len(), stories.first()) else {
            return Err(LoadError::other(
                "these",
                "are search results of Hacker News, and not the comments of one story",
            ));
        };
        self.head = Some(*story);
        let text = |key: &str| hits.items().map(|hit| hit.get(key)).find(|value| value.text().is_some());
        self.discussion.fill(Post {
            id: *story,
            kind: Kind::Story,
            title: text("story_title").and_then(algolia::line).unwrap_or_default(),
            link: text("story_url").map(Value::address).unwrap_or_default(),
            ..Post::default()
        });
        posts.into_iter().filter(|post| post.kind == Kind::Comment || post.id == *story).for_each(|post| {
            self.discussion.fill(post);
        });
        Ok(())
    }

    /// Takes Firebase's items: one, a list, or one behind the other; where those are damaged, line by line, so that
    /// damage costs only the line that it is in.
    fn take_items(&mut self, file: &Sample<'_>) {
        let document = file.document();
        if document.damage().is_none() {
            let root = document.root();
            std::iter::once(root).chain(root.items()).for_each(|item| self.take_item(item));
            return;
        }
        self.is_by_line = true;
        if document.damage_of_series().is_none() {
            document.roots().for_each(|item| self.take_item(item));
            return;
        }
        for line in file.bytes().split(|&byte| byte == b'\n').filter(|line| !line.trim_ascii().is_empty()) {
            let document = Document::read(line);
            self.lines_damaged += usize::from(document.damage().is_some());
            self.take_item(document.root());
        }
        if self.lines_damaged > 0 {
            self.notes.push(format!("Damaged lines of the file: {}", self.lines_damaged));
        }
    }

    fn take_item(&mut self, item: Value<'_>) {
        if let Some(post) = firebase::read(item, None) {
            self.discussion.take(post);
        }
    }

    fn thread(mut self) -> Result<Thread, LoadError> {
        let posts = self.discussion.posts();
        let mut stories = posts.iter().filter(|post| post.kind == Kind::Story);
        let story = stories.next().map(|post| post.id);
        if stories.next().is_some() {
            return Err(LoadError::other("these", "are several stories of Hacker News, and not one discussion"));
        }
        let first = || posts.first().and_then(|post| self.discussion.top_of(post.id));
        let Some(head) = story.or(self.head).or_else(first) else {
            return Err(LoadError::other("it", "holds no item of Hacker News"));
        };
        let stated = self.discussion.get(head).and_then(|post| post.descendants).unwrap_or_default();
        let missing = stated.saturating_sub(self.discussion.live());
        if missing > 2 {
            self.notes.push(not_here(missing as usize, stated as usize, "comment", "in the file"));
        }
        Ok(self.discussion.thread(head, self.notes))
    }
}
