//! A discussion as far as it has come, from the page and every answer since, and the thread that it makes.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::address::{self, SlashdotAddress};
use super::ajax::Update;
use super::comment::{ANONYMOUS_UID, Body, DUMMY_POINTS, Fact, Shown};
use super::head::Head;
use super::page::StoryPage;
use super::{INFO, errors, state, time};
use crate::model::{Builder, Draft, Flags, State, Story, Text, Thread, counted, counted_of, is_or_are};
use crate::site::grammar::origin_of;
use crate::site::{LoadError, both_cores, status};

/// A discussion on its way.
#[derive(Clone, Debug, Default)]
pub(super) struct Discussion<'a> {
    head: Head,
    url: String,
    sid: Option<String>,
    number: Option<u64>,
    posted_at: Option<i64>,
    thresholds: (Option<i32>, Option<i32>),
    entries: BTreeMap<u64, KnownComment<'a>>,
    /// The comments that the server takes as seen: the page's own list, and those that came since.
    seen: BTreeSet<u64>,
    /// The comments that an answer has brought.
    answered: BTreeSet<u64>,
    more: Option<i64>,
    rejected: u32,
    notes: Vec<String>,
}

fn text_of<'c>((_, entry): &(&u64, &'c KnownComment<'_>)) -> Option<Cow<'c, Text>> {
    entry.shown.body.as_ref().map(Body::text)
}

/// One comment: what is shown of it, and what the script state says.
#[derive(Clone, Debug, Default)]
struct KnownComment<'a> {
    shown: Shown<'a>,
    fact: Fact,
}

impl<'a> Discussion<'a> {
    /// Reads a page, which came from `own`.
    pub(super) fn from_page(page: StoryPage<'a>, own: &str) -> Self {
        let StoryPage { head, state, tree } = page;
        let address =
            head.addresses.iter().map(String::as_str).chain([own]).find_map(|url| address::parse(url, Some(own)));
        let sid = address.as_ref().and_then(SlashdotAddress::sid);
        let (hide, full) = INFO.scoring.thresholds;
        let linked = tree.comments.iter().find_map(|(_, shown)| shown.discussion);
        let mut discussion = Self {
            url: address.map_or_else(|| own.to_owned(), |address| address.url),
            number: state.discussion.or(linked),
            posted_at: head.posted_at(sid.as_deref().unwrap_or_default()),
            thresholds: (state.threshold.or(hide), state.full_from.or(full)),
            seen: state.seen.as_deref().map(state::unpack).unwrap_or_default(),
            more: state.more,
            sid,
            head,
            ..Self::default()
        };
        discussion.take_page(state, tree.comments);
        if tree.cut {
            discussion.note("The page is cut off in the middle of a comment");
        }
        discussion
    }

    /// Reads the start of a saved page. Its scripts know all comments, of which those count that are in the start.
    pub(super) fn from_start(mut page: StoryPage<'a>) -> Self {
        let StoryPage { state, tree, .. } = &mut page;
        // Nothing is asked of the server.
        state.seen = None;
        let cids = tree.cids();
        let is_here = |cid: &u64| cids.contains(cid);
        state.facts.retain(|cid, _| is_here(cid));
        for cids in [&mut state.roots, &mut state.hidden, &mut state.undated, &mut state.abbreviated] {
            cids.retain(is_here);
        }
        Self::from_page(page, "")
    }

    /// The same with every body read, which needs the page no longer.
    pub(super) fn read_bodies(self) -> Discussion<'static> {
        let entries: Vec<_> = self.entries.iter().collect();
        let texts = both_cores::map(&entries, |entry| text_of(entry).map(Cow::into_owned));
        let entries = self.entries.into_iter().zip(texts);
        let read =
            |KnownComment { shown, fact }: KnownComment, text| KnownComment { shown: shown.with_text(text), fact };
        Discussion { entries: entries.map(|((cid, entry), text)| (cid, read(entry, text))).collect(), ..self }
    }

    /// A discussion of which only the number is known.
    pub(super) fn from_number(number: u64, url: &str) -> Self {
        let head = Head { title: format!("Slashdot discussion {number}"), ..Head::default() };
        let thresholds = INFO.scoring.thresholds;
        Self { head, url: url.to_owned(), number: Some(number), thresholds, ..Self::default() }
    }

    fn take_page(&mut self, state: state::State, comments: Vec<(u64, Shown<'a>)>) {
        let known = |shown| KnownComment { shown, fact: Fact::default() };
        self.entries = comments.into_iter().map(|(cid, shown)| (cid, known(shown))).collect();
        for (cid, fact) in state.facts {
            self.entries.entry(cid).or_default().fact = fact;
        }
        for cid in state.roots.into_iter().chain(state.hidden).chain(state.undated) {
            self.entries.entry(cid).or_default();
        }
        for cid in state.abbreviated {
            self.entries.entry(cid).or_default().shown.cut = true;
        }
        if self.seen.is_empty() {
            self.seen.extend(self.entries.keys());
        }
    }

    /// Takes an answer; gives the comments that it brings: those that no answer brought before, also when the page had
    /// them whole, and those that now have something to read that they had not.
    pub(super) fn take(&mut self, update: Update) -> BTreeSet<u64> {
        let mut news = BTreeSet::new();
        for (cid, fact) in update.facts {
            let is_new = !self.entries.contains_key(&cid);
            let entry = self.entries.entry(cid).or_default();
            if is_new || entry.parent().is_none() && fact.parent.is_some() {
                news.insert(cid);
            }
            entry.fact = Fact {
                parent: fact.parent.or(entry.fact.parent),
                uid: fact.uid.or(entry.fact.uid),
                points: fact.points.or(entry.fact.points),
                subject: fact.subject.or(entry.fact.subject.take()),
            };
        }
        for (cid, shown) in update.shown {
            let filled = self.entries.entry(cid).or_default().shown.fill(shown);
            if self.answered.insert(cid) || filled {
                news.insert(cid);
            }
            self.seen.insert(cid);
        }
        self.more = update.more.or(self.more);
        self.head.stated = update.total.or(self.head.stated);
        self.rejected += update.rejected;
        news
    }

    /// Adds a sentence on what went wrong.
    pub(super) fn note(&mut self, note: &str) {
        self.notes.push(note.to_owned());
    }

    /// The discussion's number, without which nothing more can be requested.
    pub(super) fn number(&self) -> Option<u64> {
        self.number
    }

    /// The number of comments, as the site states it.
    pub(super) fn stated(&self) -> Option<u32> {
        self.head.stated
    }

    /// The number of comments loaded with a body.
    pub(super) fn loaded(&self) -> u32 {
        self.entries.values().filter(|entry| entry.shown.has_body()).count() as u32
    }

    /// The comments that are known of, but lack text, date or place; a dummy can never be loaded.
    pub(super) fn lacking(&self) -> Vec<u64> {
        let known = self.entries.iter().filter(|(_, entry)| !entry.is_whole() && !entry.is_dummy());
        let unknown = self.seen.iter().filter(|cid| !self.entries.contains_key(cid));
        known.map(|(cid, _)| cid).chain(unknown).copied().collect()
    }

    /// Whether there are comments that are not even listed.
    pub(super) fn has_unlisted(&self) -> bool {
        match self.stated() {
            Some(stated) => stated > self.listed(),
            None => self.more.is_some_and(|more| more > 0),
        }
    }

    /// The comments seen, in the form in which the server takes them.
    pub(super) fn packed_seen(&self) -> String {
        state::pack(&self.seen)
    }

    /// Whether no comment is known of.
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The error for a discussion that is loaded and still empty, unless it has no comments.
    pub(super) fn is_hollow(&self) -> Option<LoadError> {
        match (self.stated(), self.number) {
            _ if !self.is_empty() => None,
            (Some(stated), _) => Some(status::no_comments(INFO.title, stated, Vec::new())).filter(|_| stated > 0),
            (None, Some(number)) if self.sid.is_none() => Some(errors::no_comments(number)),
            (None, _) => None,
        }
    }

    fn listed(&self) -> u32 {
        self.entries.values().filter(|entry| !entry.is_dummy()).count() as u32
    }

    /// The thread as it is now. Once nothing more will come, what is missing is noted.
    pub(super) fn thread(&self, done: bool) -> Thread {
        let address = self.address_of_comments();
        let entries: Vec<_> = self.entries.iter().collect();
        let mut builder = Builder::with_room(entries.len(), entries.iter().map(|(_, entry)| entry.room()).sum());
        both_cores::for_each(&entries, text_of, |(cid, entry), text| {
            self.push(**cid, entry, (&address, text.as_deref()), &mut builder);
        });
        for note in &self.notes {
            builder.note(note.as_str());
        }
        if done {
            self.note_what_is_missing(&mut builder);
        }
        builder.finish(self.story())
    }

    /// Adds a comment with its text, whose address is that of all with its number behind it.
    fn push(&self, cid: u64, entry: &KnownComment, (address, text): (&str, Option<&Text>), builder: &mut Builder) {
        let KnownComment { shown, fact } = entry;
        let id = cid.to_string();
        let url = if address.is_empty() { String::new() } else { format!("{address}{id}") };
        let uid = shown.uid.or(fact.uid);
        let parent = entry.parent().filter(|&parent| parent > 0).map(|parent| parent.to_string());
        let author = shown.author.as_deref();
        builder.push(&Draft {
            id: &id,
            parent: parent.as_deref(),
            author,
            author_id: &uid.map(|uid| uid.to_string()).unwrap_or_default(),
            label: &shown.label,
            subject: fact.subject.as_deref().unwrap_or(&shown.subject),
            url: &url,
            score: entry.score(),
            posted_at: shown.stamp.and_then(|stamp| stamp.resolve(self.reference())),
            state: if shown.body.is_some() { State::Live } else { State::Missing },
            flags: Flags {
                op: author.is_some_and(|author| author == self.head.author),
                anonymous: uid == Some(ANONYMOUS_UID) || author == Some("Anonymous Coward"),
                ..shown.flags
            },
            body: text.map(Text::borrow).unwrap_or_default(),
        });
    }

    /// The address of a comment up to its number; empty where there is none.
    fn address_of_comments(&self) -> String {
        match self.number {
            Some(number) => {
                let origin = origin_of(&self.url).unwrap_or_else(|| "https://slashdot.org".to_owned());
                format!("{origin}/comments.pl?sid={number}&cid=")
            }
            None if self.url.is_empty() => String::new(),
            None => format!("{}#", self.url),
        }
    }

    /// The time from which dates without a year are counted.
    fn reference(&self) -> Option<i64> {
        self.posted_at.or_else(|| time::day_of_sid(self.sid.as_deref()?))
    }

    fn note_what_is_missing(&self, builder: &mut Builder) {
        let real = || self.entries.values().filter(|entry| !entry.is_dummy());
        let listed = self.listed();
        let all = self.stated().unwrap_or_default().max(listed);
        let of_all = |part: usize| counted_of(part, all as usize, "comment");
        let without =
            |is_line| real().filter(|entry| entry.shown.body.is_none() && entry.shown.is_line == is_line).count();
        let missing = (all - listed) as usize + without(false);
        if missing > 0 {
            builder.note(format!("{} could not be loaded", of_all(missing)));
        }
        let lines = without(true);
        if lines > 0 {
            builder.note(format!("{} {} one line of the page, without a text", of_all(lines), is_or_are(lines)));
        }
        let cut = real().filter(|entry| entry.shown.body.is_some() && entry.shown.cut).count();
        if cut > 0 {
            builder.note(format!("{} {} cut short", of_all(cut), is_or_are(cut)));
        }
        let lost = real().filter(|entry| entry.parent().is_none()).count();
        if lost > 0 {
            builder.note(format!("{} came without a place; shown at the top level", of_all(lost)));
        }
        if self.rejected > 0 {
            let verb = if self.rejected == 1 { "was" } else { "were" };
            builder.note(format!(
                "{} of another discussion, or of none, {verb} left out",
                counted(self.rejected, "piece")
            ));
        }
    }

    fn story(&self) -> Story {
        let Head { title, author, department, link, text, archived, fortune, .. } = self.head.clone();
        Story {
            id: self.sid.clone().or(self.number.map(|number| number.to_string())).unwrap_or_default(),
            url: self.url.clone(),
            title,
            author,
            posted_at: self.posted_at,
            link,
            text,
            thresholds: self.thresholds,
            department,
            archived,
            fortune,
            stated_comments: self.stated(),
            ..INFO.story()
        }
    }
}

impl KnownComment<'_> {
    /// The comment that it stands under, 0 at the top level; the scripts know better than the markup.
    fn parent(&self) -> Option<u64> {
        self.fact.parent.or(self.shown.parent)
    }

    /// Whether it is complete: body, date and parent are known.
    fn is_whole(&self) -> bool {
        self.shown.is_whole() && self.parent().is_some()
    }

    /// Whether it is a parent that the site never sends.
    fn is_dummy(&self) -> bool {
        self.fact.points == Some(DUMMY_POINTS) && self.shown.body.is_none()
    }

    /// About as many bytes as its texts take in a thread, or more.
    fn room(&self) -> usize {
        /// The name, the number, the label and the address.
        const LINES: usize = 128;
        self.shown.body.as_ref().map_or(0, Body::room) + self.shown.subject.len() + LINES
    }

    fn score(&self) -> Option<i32> {
        let points = self.fact.points.filter(|&points| points != DUMMY_POINTS);
        self.shown.score.or(points.and_then(|points| i32::try_from(points).ok()))
    }
}
