//! The builder of threads: takes comments in any order by parent id, and copes with orphans, duplicates and cycles.

use std::borrow::Cow;
use std::sync::Arc;

use super::counted;
use super::id_index::IdIndex;
use super::line::one_line;
use super::preorder::{arrange, is_preorder, places, preorder, tree};
use super::text::Span;
use super::thread::{CommentRecord, ROOT, Texts};
use super::words::count_words;
use super::{Flags, Mark, SearchedText, State, Story, TextRef, Thread};

/// Times that have a date in the years 0 to 9999, in seconds since 1970 UTC: those that RFC 3339 can write, in any zone.
const DATED: std::ops::RangeInclusive<i64> = -62_167_132_800..=253_402_207_200;

/// A comment on its way into a thread. All text must be clean (see `markup::clean`) already.
#[derive(Clone, Copy, Debug, Default)]
pub struct Draft<'a> {
    /// The site's own id; where it is empty the builder makes one up.
    pub id: &'a str,
    /// The id of the comment that it answers; `None` at the top level.
    pub parent: Option<&'a str>,
    /// The author's name; `None` when deleted or unknown.
    pub author: Option<&'a str>,
    /// The author's number or id on the site, or empty.
    pub author_id: &'a str,
    /// The moderators' label, or empty.
    pub label: &'a str,
    /// Its subject line, or empty.
    pub subject: &'a str,
    /// Its own address.
    pub url: &'a str,
    /// Its score, if known.
    pub score: Option<i32>,
    /// The time of posting, in seconds since 1970 UTC.
    pub posted_at: Option<i64>,
    /// Its state on the site.
    pub state: State,
    /// Facts about its author.
    pub flags: Flags,
    /// Its text.
    pub body: TextRef<'a>,
}

/// Collects comments and puts them in preorder.
///
/// Every text but a body becomes one line, and a time without a date of four digits counts as unknown, so that a thread can
/// be written and read again as it is. Siblings keep the order in which they came. A comment whose parent never came stands
/// at the top level; of two with one id the first stays; a cycle is cut at its first comment. Each of these leaves a note
/// in the thread. Nothing here recurses, so depth is bounded by memory alone.
#[derive(Clone, Debug, Default)]
pub struct Builder {
    records: Vec<CommentRecord>,
    /// Words in the body of each comment.
    words: Vec<u32>,
    parents: Vec<ParentLink>,
    places: IdIndex,
    ids: String,
    buffer: String,
    searched: Vec<SearchedText>,
    marks: Vec<Mark>,
    links: Vec<Span>,
    notes: Vec<String>,
    /// Comments whose id had come before.
    twice: usize,
    overflow: usize,
}

/// What a comment answers, as far as that is known.
#[derive(Clone, Copy, Debug)]
enum ParentLink {
    Story,
    /// The comment at this place.
    Comment(u32),
    /// A comment with this id, which has not come yet.
    Awaited(Span),
}

impl Builder {
    /// A builder with nothing in it.
    pub fn new() -> Self {
        Self::default()
    }

    /// A builder with room for this many comments, and this many bytes of their texts together. Room that stays empty takes
    /// no memory, while room that is made on the way does until the next.
    pub fn with_room(comments: usize, bytes: usize) -> Self {
        Self {
            records: Vec::with_capacity(comments),
            words: Vec::with_capacity(comments),
            parents: Vec::with_capacity(comments),
            searched: Vec::with_capacity(comments),
            buffer: String::with_capacity(bytes.min(u32::MAX as usize)),
            ..Self::default()
        }
    }

    /// Makes room for this many comments in all, whose texts are about as long as those so far. The number may be wrong, or a
    /// lie: room that cannot be had or is not needed costs nothing.
    pub fn make_room(&mut self, comments: usize) {
        const MOST_BYTES: usize = 1 << 26;
        let here = self.records.len();
        let more = comments.saturating_sub(here).min(MOST_BYTES / size_of::<CommentRecord>());
        let more_bytes = |text: &String| (text.len() / here.max(1)).saturating_mul(more).min(MOST_BYTES);
        // What cannot be had now may be had comment by comment.
        _ = self.records.try_reserve(more);
        _ = self.words.try_reserve(more);
        _ = self.parents.try_reserve(more);
        _ = self.searched.try_reserve(more);
        _ = self.ids.try_reserve(more_bytes(&self.ids));
        _ = self.buffer.try_reserve(more_bytes(&self.buffer));
    }

    /// The number of comments taken, duplicates included.
    pub fn len(&self) -> usize {
        self.records.len() + self.twice
    }

    /// The number of comments taken, but for those whose text could not be loaded.
    pub fn loaded(&self) -> usize {
        self.records.iter().filter(|record| record.state != State::Missing).count()
    }

    /// Whether no comment has been taken.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Adds a sentence on what was damaged or missing in the source.
    pub fn note(&mut self, note: impl Into<String>) {
        self.notes.push(one_line(&note.into()).into_owned());
    }

    /// Takes one comment. Past 4 GiB of text in all, comments are counted in a note instead of taken.
    pub fn push(&mut self, draft: &Draft<'_>) {
        let is_full = |text: &str, more: usize| text.len() + more + (1 << 20) > u32::MAX as usize;
        if is_full(&self.buffer, draft.body.plain.len()) || is_full(&self.ids, draft.id.len()) {
            self.overflow += 1;
            return;
        }
        let mut id = one_line(draft.id);
        if id.is_empty() {
            id = Cow::Owned(format!("#{}", self.len() + 1));
        }
        let place = self.records.len() as u32;
        if !self.places.insert(&id, place, |place| self.records[place as usize].id.of(&self.ids)) {
            self.twice += 1;
            return;
        }
        let id = put(&mut self.ids, &id);
        let parent = draft.parent.map_or(ParentLink::Story, |parent| self.link(&one_line(parent), id));
        let searched = SearchedText {
            author: self.store_line(draft.author.unwrap_or_default()).start,
            subject: self.store_line(draft.subject).start,
            body: put(&mut self.buffer, draft.body.plain).start,
            end: self.buffer.len() as u32,
        };
        self.searched.push(searched);
        let record = CommentRecord {
            score: draft.score,
            posted_at: draft.posted_at.filter(|time| DATED.contains(time)),
            state: draft.state,
            flags: draft.flags,
            lacks_author: draft.author.is_none(),
            text: place,
            id,
            author_id: self.store_line(draft.author_id),
            label: self.store_line(draft.label),
            url: self.store_line(draft.url),
            marks: Span { start: self.marks.len() as u32, len: draft.body.marks.len() as u32 },
            links: Span { start: self.links.len() as u32, len: draft.body.link_count() },
        };
        self.marks.extend_from_slice(draft.body.marks);
        for link in draft.body.links() {
            let span = self.store_line(link);
            self.links.push(span);
        }
        self.records.push(record);
        self.words.push(count_words(draft.body.plain));
        self.parents.push(parent);
    }

    /// Puts what came into preorder. Takes time in proportion to what came, whatever its shape.
    pub fn finish(mut self, story: Story) -> Thread {
        let missing = (self.records.len() - self.loaded()) as u32;
        let mut parents = self.resolve();
        let cycles = cut_cycles(&mut parents);
        if cycles > 0 {
            self.notes.push(format!(
                "{}, comments answer each other in a circle; cut at the first",
                counted(cycles as u64, "time")
            ));
        }
        if self.overflow > 0 {
            self.notes.push(format!("{} left out: more than 4 GiB of text", count(self.overflow)));
        }
        let Self { mut records, mut words, ids, buffer, searched, marks, links, notes, .. } = self;
        let (tree, by_text) = if is_preorder(&parents) {
            (tree(parents), Vec::new())
        } else {
            let order = preorder(&parents);
            records = order.iter().map(|&index| records[index as usize]).collect();
            words = order.iter().map(|&index| words[index as usize]).collect();
            // Texts stand as they came.
            (arrange(&order, &parents), places(&order))
        };
        let texts = Arc::new(Texts { ids, buffer, searched, marks, links });
        let story = normal_story(story);
        Thread { story, tree, records, words, texts, notes, missing, is_flat: false, by_text }
    }

    fn store_line(&mut self, text: &str) -> Span {
        put(&mut self.buffer, &one_line(text))
    }

    /// Links a comment to the one that it answers, whose id this is; its own id is entered already.
    fn link(&mut self, parent: &str, own_id: Span) -> ParentLink {
        let id_at = |place: u32| self.records.get(place as usize).map_or(own_id, |record| record.id).of(&self.ids);
        match self.places.get(parent, id_at) {
            Some(parent) => ParentLink::Comment(parent),
            None => ParentLink::Awaited(put(&mut self.ids, parent)),
        }
    }

    /// The place of each comment's parent.
    fn resolve(&mut self) -> Vec<u32> {
        let (places, records, ids) = (&self.places, &self.records, &self.ids);
        let id_at = |place: u32| records[place as usize].id.of(ids);
        let mut orphans = 0;
        let parent = |link: &ParentLink| match *link {
            ParentLink::Story => ROOT,
            ParentLink::Comment(place) => place,
            ParentLink::Awaited(id) => places.get(id.of(ids), id_at).unwrap_or_else(|| {
                orphans += 1;
                ROOT
            }),
        };
        let parents = self.parents.iter().map(parent).collect();
        if self.twice > 0 {
            self.notes.push(format!("{} came twice; the first of each is kept", count(self.twice)));
        }
        if orphans > 0 {
            let they = if orphans == 1 { "it answers" } else { "they answer" };
            self.notes.push(format!("{} without the one that {they}; at the top level", count(orphans)));
        }
        parents
    }
}

fn normal_story(mut story: Story) -> Story {
    story.posted_at = story.posted_at.filter(|time| DATED.contains(time));
    let Story { site, id, url, title, author, link, department, text, .. } = &mut story;
    let lines = [site, id, url, title, author, link, department].into_iter();
    for line in lines.chain(&mut text.links) {
        if let Cow::Owned(one) = one_line(line) {
            *line = one;
        }
    }
    story
}

/// Puts a text behind those that are there.
fn put(buffer: &mut String, text: &str) -> Span {
    let start = buffer.len() as u32;
    buffer.push_str(text);
    Span { start, len: text.len() as u32 }
}

fn count(comments: usize) -> String {
    counted(comments as u64, "comment")
}

/// Puts the first comment of every cycle at the top level; says how many there were.
fn cut_cycles(parents: &mut [u32]) -> usize {
    if (0..).zip(parents.iter()).all(|(index, &parent)| parent < index || parent == ROOT) {
        return 0;
    }
    let mut cycles = 0;
    // By which walk up the tree each comment was met first; 0 for none.
    let mut met = vec![0_u32; parents.len()];
    for (start, walk) in (0..parents.len() as u32).zip(1..) {
        let mut at = start;
        while at != ROOT && met[at as usize] == 0 {
            met[at as usize] = walk;
            at = parents[at as usize];
        }
        if at != ROOT && met[at as usize] == walk {
            let first = first_of_cycle(at, parents);
            parents[first as usize] = ROOT;
            cycles += 1;
        }
    }
    cycles
}

/// The comment that came first on the cycle that `on` is part of.
fn first_of_cycle(on: u32, parents: &[u32]) -> u32 {
    let above = |&index: &u32| Some(parents[index as usize]).filter(|&above| above != on);
    std::iter::successors(Some(on), above).min().unwrap_or(on)
}
