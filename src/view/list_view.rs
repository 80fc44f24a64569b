//! The view of a list of stories: filter, selected story, and scroll position.

use std::collections::HashSet;

use super::list_memory::{HiddenRead, Key, ListMemory, key};
use super::list_order::{ChosenOrder, ListOrder};
use super::list_rules::{hidden_words, muted_words};
use super::query::StoryFacts;
use super::{AuthorNote, Authors, ListRules, Query};
use crate::model::{Entry, Heading, Listing};

/// The lines of a story in a list beside a thread.
const BESIDE: usize = 2;
/// So many stories before the end, the next page is wanted.
const NEAR_END: usize = 5;

/// A story of a list and the row that it stands on.
#[derive(Clone, Debug)]
pub struct ListPlace(Key, usize);

/// A list of stories with the reader's place in it.
#[derive(Clone, Debug, Default)]
pub struct ListView {
    heading: Heading,
    entries: Vec<Entry>,
    notes: Vec<String>,
    next: Option<String>,
    /// Whether the next page could not be loaded, and is not to be requested again automatically.
    is_held: bool,
    /// The number of entries of the pages before the one that is loading.
    base: usize,
    /// The number of entries of the pages that are here; those behind them were on further pages before the list was loaded again.
    fresh: usize,
    filter: Option<Query>,
    pub(super) order: ChosenOrder,
    rules: ListRules,
    authors: Authors,
    /// The stories that were here before the list was loaded again; `None` before that.
    earlier: Option<HashSet<Key>>,
    /// The stories that were not, and came with the first page.
    new: HashSet<Key>,
    /// The story that was chosen before the filter was set, until the reader moves.
    before: Option<ListPlace>,
    pub(super) memory: ListMemory,
    pub(super) read: HiddenRead,
    /// Whether it is one of the reader's own, in which nobody is muted.
    is_own: bool,
    /// The entries that rules and filter leave, by index, in the order that the reader chose.
    shown: Vec<usize>,
    /// The number of entries that the filter leaves, and a rule hides.
    hidden: usize,
    /// The number of those that nothing hides but a mute.
    muted: usize,
    /// The chosen one's place among those that show.
    chosen: usize,
    /// The place of the first one on the screen.
    first: usize,
    pub(super) size: (usize, usize),
    /// Whether it stands beside a thread.
    is_beside: bool,
}

impl ListView {
    /// An empty list under these rules, on a screen with room for so many columns and lines.
    pub fn new(size: (usize, usize), rules: ListRules) -> Self {
        Self { rules, size, ..Self::default() }
    }

    /// The list's heading.
    pub fn heading(&self) -> &Heading {
        &self.heading
    }

    /// All stories, whatever the filter.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Notes on what was damaged or missing, a sentence each.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The query that a story must meet to show.
    pub fn filter(&self) -> Option<&Query> {
        self.filter.as_ref()
    }

    /// The numbers of stories that a rule hides, that are hidden as read, and those of muted authors, in words; `None` for
    /// none.
    pub fn hidden_words(&self) -> Option<String> {
        let read = self.entries.iter().filter(|entry| self.read.stories.contains(&key(entry))).count();
        let read = (read > 0).then(|| format!("{read} read {} hidden", if read == 1 { "one" } else { "ones" }));
        let words: Vec<String> =
            hidden_words(self.hidden).into_iter().chain(read).chain(muted_words(self.muted)).collect();
        (!words.is_empty()).then(|| words.join(", "))
    }

    /// Whether a rule sets a story apart.
    pub fn is_highlighted(&self, entry: &Entry) -> bool {
        self.rules.highlight.as_ref().is_some_and(|query| query.is_met(&self.facts(entry)))
    }

    /// The stories that show.
    pub fn shown(&self) -> impl Iterator<Item = &Entry> {
        self.shown.iter().filter_map(|&index| self.entries.get(index))
    }

    /// The number of stories that show.
    pub fn len(&self) -> usize {
        self.shown.len()
    }

    /// Whether no story shows.
    pub fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }

    /// The place of the chosen story among those that show, from 0.
    pub fn chosen(&self) -> usize {
        self.chosen
    }

    /// The number of stories above the screen.
    pub fn above(&self) -> usize {
        self.first
    }

    /// The chosen story.
    pub fn entry(&self) -> Option<&Entry> {
        self.shown_entry(self.chosen)
    }

    /// The address of the chosen story's discussion.
    pub fn address(&self) -> Option<&str> {
        self.entry().map(|entry| entry.url.as_str()).filter(|url| !url.is_empty())
    }

    /// The next page's name for the loader, once the reader is near the end of the loaded stories, or among those of before.
    pub fn wants_more(&self) -> Option<&str> {
        let seen = self.chosen.max(self.first + self.rows().saturating_sub(1));
        let loaded = self.shown.iter().filter(|index| **index < self.fresh).count();
        let is_near = self.filter.is_none() && seen + NEAR_END >= loaded;
        self.next.as_deref().filter(|_| is_near && !self.is_held)
    }

    /// Whether the site has more stories than are here.
    pub fn has_more(&self) -> bool {
        self.next.is_some()
    }

    /// Stops requesting the next page automatically, after it could not be loaded, or starts that again.
    pub fn hold(&mut self, is_held: bool) {
        self.is_held = is_held;
    }

    /// Takes the first page, or a further one, as far as it is here. The chosen story stays chosen, and on its line, as
    /// long as the list has it: where it is loaded again, stories of further pages stay behind until those are here.
    pub fn take(&mut self, listing: &Listing, is_further: bool) {
        // What is sorted in among the others moves nobody.
        let mark = if is_further { self.place() } else { self.mark() };
        let base = if is_further { self.base } else { 0 };
        if !is_further {
            self.notes.clear();
        }
        self.heading = listing.heading.clone();
        let has_further = is_further || listing.next.is_some();
        let before = self.entries.split_off(base);
        if let Some(earlier) = self.earlier.as_ref().filter(|_| !is_further) {
            self.new = listing.entries.iter().map(key).filter(|key| !earlier.contains(key)).collect();
        }
        let mut known: HashSet<Key> = self.entries.iter().map(key).collect();
        // A story that moved to this page while the one before was read is there already.
        self.entries.extend(listing.entries.iter().filter(|entry| known.insert(key(entry))).cloned());
        self.fresh = self.entries.len();
        self.entries.extend(before.into_iter().filter(|entry| has_further && known.insert(key(entry))));
        self.notes.extend(listing.notes.iter().filter(|note| !self.notes.contains(note)).cloned().collect::<Vec<_>>());
        self.next.clone_from(&listing.next);
        (self.base, self.is_held) = (base, false);
        if !is_further {
            self.order.new.clear();
        }
        self.count_new();
        self.sift();
        self.restore(mark);
    }

    /// The list is about to be loaded again from its first page.
    pub fn begin_reload(&mut self) {
        self.earlier = Some(self.entries.iter().map(key).collect());
        self.read.told.clear();
    }

    /// The page that was loading is complete. Where all of it is hidden, or it is sorted in among the others, the next one waits
    /// until the reader goes on.
    pub fn close_page(&mut self) {
        let page = self.entries.get(self.base..self.fresh).unwrap_or_default();
        let is_hidden = !page.is_empty() && page.iter().all(|entry| self.is_hidden(entry));
        self.is_held |= is_hidden || self.order.order != ListOrder::Site;
        self.base = self.fresh;
    }

    /// The load of a page has brought all of it. Behind the last page stories of before are no more.
    pub fn drop_vanished(&mut self) {
        if self.next.is_none() && self.fresh < self.entries.len() {
            self.change_hidden(|list| list.entries.truncate(list.fresh));
        }
    }

    /// Leaves only stories that meet a query, or all.
    pub fn set_filter(&mut self, filter: Option<Query>) {
        self.change_hidden(|list| list.filter = filter);
    }

    /// Sets the reader's notes on authors.
    pub fn set_authors(&mut self, authors: &Authors) {
        if self.authors != *authors {
            self.change_hidden(|list| list.authors = authors.clone());
        }
    }

    /// The reader's note on the author of a story.
    pub fn author_note(&self, entry: &Entry) -> Option<&AuthorNote> {
        self.authors.note(&entry.site, &entry.author)
    }

    /// Makes it one of the reader's own, in which nobody is muted.
    pub fn be_own(&mut self) {
        self.is_own = true;
    }

    fn is_muted(&self, entry: &Entry) -> bool {
        !self.is_own && self.authors.hide_story(entry, self.filter.as_ref())
    }

    /// Another size of the screen, in columns and lines.
    pub fn resize(&mut self, size: (usize, usize)) {
        (self.size, self.is_beside) = (size, false);
        self.settle();
    }

    /// The room beside a thread, in columns and lines: there each story takes a line for its title and one for its facts.
    pub fn stand_beside(&mut self, size: (usize, usize)) {
        (self.size, self.is_beside) = (size, true);
        self.settle();
    }

    /// Whether it stands beside a thread.
    pub fn is_beside(&self) -> bool {
        self.is_beside
    }

    /// Goes by so many stories, down if positive; whether that led anywhere.
    pub fn go(&mut self, by: isize) -> bool {
        let last = self.shown.len().saturating_sub(1);
        self.choose(self.chosen.saturating_add_signed(by).min(last))
    }

    /// Goes by so many halves of a screen, down if positive.
    pub fn page(&mut self, halves: isize) -> bool {
        let before = (self.chosen, self.first);
        let half = isize::try_from(self.rows().div_ceil(2).max(1)).unwrap_or(1);
        self.first = self.first.saturating_add_signed(half * halves);
        self.go(half * halves);
        (self.chosen, self.first) != before
    }

    /// Goes to the first story.
    pub fn top(&mut self) -> bool {
        self.choose(0)
    }

    /// Goes to the last story that is here.
    pub fn bottom(&mut self) -> bool {
        self.choose(self.shown.len().saturating_sub(1))
    }

    /// Chooses the story on a line of the list, counted from its first; `None` where there is no story, else whether it
    /// was chosen already.
    pub fn select_line(&mut self, line: usize) -> Option<bool> {
        let place = self.first + line / self.entry_lines();
        let is_there = place < self.shown.len();
        is_there.then(|| !self.choose(place))
    }

    /// Lines from one story to the next.
    pub fn entry_lines(&self) -> usize {
        self.text_lines() + self.rules.density.lines(self.size).1
    }

    /// Lines that one story fills.
    pub fn text_lines(&self) -> usize {
        if self.is_beside { BESIDE } else { self.rules.density.lines(self.size).0 }
    }

    /// The stories on the screen: the line of each, its rank from 1, and itself.
    pub fn screen(&self) -> impl Iterator<Item = (usize, usize, &Entry)> {
        let (height, lines) = (self.entry_lines(), self.size.1);
        let shown = self.shown.iter().skip(self.first).enumerate();
        let entries = shown.filter_map(move |(row, &index)| Some((row * height, index + 1, self.entries.get(index)?)));
        // The last one shows as far as there are lines.
        entries.take_while(move |(line, ..)| *line == 0 || *line < lines)
    }

    /// The line of the chosen story; `None` where it is above the screen.
    pub fn chosen_line(&self) -> Option<usize> {
        self.chosen.checked_sub(self.first).map(|row| row * self.entry_lines())
    }

    /// Stories that the screen has room for; behind the last one no empty line is needed.
    fn rows(&self) -> usize {
        let empty = self.entry_lines() - self.text_lines();
        ((self.size.1 + empty) / self.entry_lines()).max(1)
    }

    /// Scrolls by lines of stories without taking another one, unless the chosen one leaves the screen.
    pub fn scroll(&mut self, stories: isize) -> bool {
        let before = (self.chosen, self.first);
        let (rows, last) = (self.rows(), self.last_first());
        self.first = self.first.saturating_add_signed(stories).min(last);
        self.chosen = self.chosen.clamp(self.first, self.first + rows - 1);
        self.settle();
        if self.chosen != before.0 {
            self.before = None;
        }
        (self.chosen, self.first) != before
    }

    /// Scrolls by lines of stories past the chosen one, which stays what it is.
    pub fn scroll_past(&mut self, stories: isize) {
        self.first = self.first.saturating_add_signed(stories).min(self.last_first());
    }

    /// The last place that can stand at the top of a full screen.
    fn last_first(&self) -> usize {
        self.shown.len().saturating_sub(self.rows())
    }

    /// The story at a place among those that show.
    pub(super) fn shown_entry(&self, place: usize) -> Option<&Entry> {
        self.shown.get(place).and_then(|&index| self.entries.get(index))
    }

    /// Hides the stories that were opened so far and have no new comments, or none; and those of which that is told for the first
    /// time.
    pub fn set_hides_read(&mut self, hides: bool) {
        let mut stories = if hides { self.memory.visited.clone() } else { HashSet::new() };
        for entry in self.entries.iter().filter(|entry| self.new_comments(entry).is_some()) {
            stories.remove(&key(entry));
        }
        self.change_hidden(|list| list.read = HiddenRead { hides, stories, ..std::mem::take(&mut list.read) });
    }

    /// Changes what is hidden; the chosen story stays where it can. Where it goes, the next one that stays is chosen, and it
    /// again once it is back, if the reader has not moved.
    pub(super) fn change_hidden(&mut self, change: impl FnOnce(&mut Self)) {
        let mark = self.before.take().or_else(|| self.place());
        let nearest = self.nearest();
        change(self);
        self.sift();
        self.restore_or(mark, &nearest);
    }

    /// The stories that show, by index, from the chosen one on, and then those before it.
    fn nearest(&self) -> Vec<usize> {
        let (before, from) = self.shown.split_at(self.chosen.min(self.shown.len()));
        from.iter().chain(before.iter().rev()).copied().collect()
    }

    /// Returns to a story; where it does not show, to the first of these that does, on its row, until it shows again.
    fn restore_or(&mut self, mark: Option<ListPlace>, nearest: &[usize]) {
        let row = mark.as_ref().map_or(0, |place| place.1);
        let is_gone = mark.as_ref().is_some_and(|place| self.position(place).is_none());
        let shown: HashSet<usize> = self.shown.iter().copied().collect();
        let next = nearest.iter().filter(|_| is_gone).find(|index| shown.contains(index));
        let next = next.and_then(|index| self.entries.get(*index)).map(|entry| ListPlace(key(entry), row));
        self.restore(next.or_else(|| mark.clone()));
        self.before = mark.filter(|_| is_gone);
    }

    /// Where a story stands among those that show.
    fn position(&self, ListPlace(id, _): &ListPlace) -> Option<usize> {
        self.shown.iter().position(|&index| self.entries.get(index).is_some_and(|entry| key(entry) == *id))
    }

    /// Chooses the story with the number that stands before it or, where that one does not show, the next one that does; its
    /// number, or `None` where there is none.
    pub fn choose_number(&mut self, number: usize) -> Option<usize> {
        let shown = self.shown.iter().enumerate().filter(|(_, index)| **index + 1 >= number);
        let place = shown.min_by_key(|(_, index)| **index)?.0;
        self.choose(place);
        self.shown.get(place).map(|&index| index + 1)
    }

    /// The chosen story and the row that it stands on.
    pub fn place(&self) -> Option<ListPlace> {
        self.entry().map(|entry| ListPlace(key(entry), self.chosen.saturating_sub(self.first)))
    }

    /// Chooses a story and puts it on the row where it stood, if it shows.
    pub fn return_to(&mut self, to: &ListPlace) {
        if let Some(place) = self.position(to) {
            (self.chosen, self.first) = (place, place.saturating_sub(to.1));
        }
        self.settle();
    }

    pub(super) fn choose(&mut self, place: usize) -> bool {
        let before = (self.chosen, self.first);
        self.chosen = place;
        self.before = None;
        self.settle();
        (self.chosen, self.first) != before
    }

    /// Keeps the chosen story among those that show and on the screen, and the screen full.
    fn settle(&mut self) {
        self.chosen = self.chosen.min(self.shown.len().saturating_sub(1));
        let rows = self.rows();
        let last = self.last_first();
        self.first = self.first.clamp((self.chosen + 1).saturating_sub(rows), self.chosen).min(last);
    }

    fn sift(&mut self) {
        let meets = |entry: &Entry| self.filter.as_ref().is_none_or(|query| query.is_met(&self.facts(entry)));
        let is_unread = |entry: &Entry| !self.read.stories.contains(&key(entry));
        let meeting = self.entries.iter().enumerate().filter(|(_, entry)| meets(entry) && is_unread(entry));
        let (hidden, others): (Vec<_>, Vec<_>) = meeting.partition(|(_, entry)| self.is_hidden(entry));
        let (muted, shown): (Vec<_>, Vec<_>) = others.into_iter().partition(|(_, entry)| self.is_muted(entry));
        let mut shown: Vec<usize> = shown.into_iter().map(|(index, _)| index).collect();
        self.order.sort(&mut shown, &self.entries);
        (self.hidden, self.muted, self.shown) = (hidden.len(), muted.len(), shown);
    }

    fn is_hidden(&self, entry: &Entry) -> bool {
        self.rules.hide.as_ref().is_some_and(|query| query.is_met(&self.facts(entry)))
    }

    fn facts<'a>(&self, entry: &'a Entry) -> StoryFacts<'a> {
        let is_followed = self.author_note(entry).is_some_and(AuthorNote::is_followed);
        let is_new = self.new.contains(&key(entry)) || self.new_comments(entry).is_some();
        StoryFacts { entry, is_new, is_read: self.is_visited(entry), is_followed }
    }

    /// The same for who has moved: somebody who has not looks at the top, whatever comes there.
    fn mark(&self) -> Option<ListPlace> {
        self.place().filter(|_| self.chosen > 0 || self.first > 0)
    }

    fn restore(&mut self, mark: Option<ListPlace>) {
        // What the reader has scrolled to past the chosen story stays before them.
        let is_past = self.chosen < self.first || self.chosen >= self.first + self.rows();
        let scrolled_to = Some(self.first).filter(|_| is_past);
        match mark {
            Some(place) => self.return_to(&place),
            None => self.settle(),
        }
        self.first = scrolled_to.map_or(self.first, |first| first.min(self.last_first()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(id: usize) -> Entry {
        Entry { site: "hn".to_owned(), id: id.to_string(), title: format!("Story {id}"), ..Entry::default() }
    }

    fn page(ids: impl IntoIterator<Item = usize>, next: Option<&str>) -> Listing {
        let entries = ids.into_iter().map(entry).collect();
        Listing { entries, next: next.map(str::to_owned), ..Listing::default() }
    }

    fn query(text: &str) -> Query {
        Query::for_stories(text).expect(text)
    }

    fn list_view(count: usize) -> ListView {
        let mut list_view = ListView::new((80, 20), ListRules::default());
        list_view.take(&page(0..count, None), false);
        list_view
    }

    fn chosen(list_view: &ListView) -> (&str, usize) {
        (list_view.entry().map_or("", |entry| entry.id.as_str()), list_view.chosen_line().unwrap_or_default())
    }

    #[test]
    fn moving_scrolls_only_at_the_edges() {
        let mut list_view = list_view(30);
        assert!(!list_view.go(-1));
        assert!(list_view.go(9));
        assert_eq!(chosen(&list_view), ("9", 18));
        assert!(list_view.go(1));
        assert_eq!(chosen(&list_view), ("10", 18));
        assert!(list_view.page(2));
        assert_eq!(chosen(&list_view), ("20", 18));
        assert!(list_view.bottom());
        assert_eq!(chosen(&list_view), ("29", 18));
        assert!(!list_view.go(1) && list_view.top());
        assert_eq!(chosen(&list_view), ("0", 0));
    }

    #[test]
    fn arrivals_leave_the_chosen_story_on_its_line() {
        let mut list_view = list_view(30);
        list_view.go(12);
        let before = chosen(&list_view).1;
        list_view.take(&page([40, 41, 42].into_iter().chain(0..30), None), false);
        assert_eq!(chosen(&list_view), ("12", before));
        list_view.take(&page([1, 2, 3], None), false);
        assert_eq!(list_view.len(), 3);
        assert!(list_view.entry().is_some());
    }

    #[test]
    fn who_has_not_moved_stays_at_the_top() {
        let mut list_view = list_view(5);
        list_view.take(&page([9, 0, 1, 2], None), false);
        assert_eq!(chosen(&list_view), ("9", 0));
    }

    #[test]
    fn further_pages_are_put_behind_without_doubles() {
        let mut list_view = ListView::new((80, 20), ListRules::default());
        list_view.take(&page(0..30, Some("2")), false);
        assert_eq!(list_view.wants_more(), None);
        list_view.go(26);
        assert_eq!(list_view.wants_more(), Some("2"));
        list_view.close_page();
        list_view.take(&page(29..32, Some("3")), true);
        list_view.take(&page(29..40, Some("3")), true);
        assert_eq!((list_view.len(), chosen(&list_view).0), (40, "26"));
        list_view.set_filter(Some(query("story 39")));
        assert_eq!((list_view.len(), chosen(&list_view), list_view.wants_more()), (1, ("39", 0), None));
    }

    #[test]
    fn a_list_of_several_pages_is_loaded_again_page_by_page_around_the_reader() {
        let mut list_view = ListView::new((80, 20), ListRules::default());
        list_view.take(&page(0..30, Some("2")), false);
        list_view.close_page();
        list_view.take(&page(30..60, Some("3")), true);
        list_view.close_page();
        list_view.go(45);
        let before = chosen(&list_view).1;
        list_view.begin_reload();
        // A story has come, and each page ends a story earlier. There are no doubles, and nobody is moved.
        for (number, (ids, next)) in
            [([100].into_iter().chain(0..29).collect(), "2"), ((29..59).collect::<Vec<_>>(), "3")]
                .into_iter()
                .enumerate()
        {
            list_view.take(&page(ids, Some(next)), number > 0);
            assert_eq!((list_view.len(), chosen(&list_view)), (61, ("45", before)));
            list_view.drop_vanished();
            list_view.close_page();
            // A page that the reader has not come near is not wanted.
            assert_eq!(list_view.wants_more(), Some("2").filter(|_| number == 0));
        }
        list_view.bottom();
        assert_eq!(list_view.wants_more(), Some("3"));
        // Behind the last page stories of before are no more; the one above is chosen.
        list_view.take(&page(70..71, None), true);
        assert_eq!((list_view.len(), chosen(&list_view).0), (62, "59"));
        list_view.drop_vanished();
        list_view.close_page();
        assert_eq!((list_view.len(), chosen(&list_view).0, list_view.wants_more()), (61, "70", None));
        // A list of one page has no more than that.
        list_view.begin_reload();
        list_view.take(&page(0..3, None), false);
        assert_eq!(list_view.len(), 3);
    }

    #[test]
    fn a_filter_keeps_the_chosen_story_where_it_can() {
        let mut list_view = list_view(30);
        list_view.go(25);
        list_view.set_filter(Some(query("story 2")));
        assert_eq!(chosen(&list_view).0, "25");
        list_view.set_filter(Some(query("Story 1")));
        assert_eq!(list_view.len(), 12);
        list_view.set_filter(Some(query("STORY")));
        assert!(list_view.is_empty() && list_view.entry().is_none());
        list_view.set_filter(None);
        assert_eq!((list_view.len(), chosen(&list_view).0), (30, "25"), "nobody moved");
        list_view.set_filter(Some(query("story 1")));
        list_view.top();
        list_view.set_filter(None);
        assert_eq!(chosen(&list_view).0, "1", "the reader moved");
    }

    #[test]
    fn lines_choose_stories() {
        let mut list_view = list_view(3);
        assert_eq!(list_view.select_line(3), Some(false));
        assert_eq!(list_view.select_line(2), Some(true));
        assert_eq!(list_view.select_line(6), None);
    }
}
