//! Putting a list in another order, in which the reader stays on their story.

use super::list_memory::key;
use super::{ListOrder, ListView};
use crate::model::Entry;

impl ListView {
    /// The order of the stories.
    pub fn order(&self) -> ListOrder {
        self.order.order
    }

    /// Puts the stories in another order; the chosen one stays on its line. The end of such a list is not where the next page
    /// goes on: that is loaded once the reader goes past the end, and not because they are near it.
    pub fn set_order(&mut self, order: ListOrder) {
        self.change_hidden(|list| {
            list.order.order = order;
            list.order.new.clear();
            list.count_new();
            list.hold(order != ListOrder::Site);
        });
    }

    /// Notes how many comments of each story are new, where that is not noted yet.
    pub(super) fn count_new(&mut self) {
        let known = |entry: &Entry| Some((key(entry), self.new_comments(entry)?));
        let new: Vec<_> = self.entries().iter().filter_map(known).collect();
        for (story, count) in new {
            self.order.new.entry(story).or_insert(count);
        }
    }

    /// Puts the stories in order by new comments once these are known.
    pub(super) fn sort_by_new(&mut self) {
        if self.order.order == ListOrder::New {
            let before = self.order.new.len();
            self.count_new();
            if self.order.new.len() > before {
                self.change_hidden(|_| {});
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::model::Listing;
    use crate::view::list_memory::Key;
    use crate::view::{LastVisit, ListRules, Query, StoryMemory};

    /// A number that looks like none, from a seed that goes on.
    fn random(seed: &mut u64, below: i32) -> i32 {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i32::try_from(*seed >> 33).unwrap_or_default() % below
    }

    fn entry(id: usize, seed: &mut u64) -> Entry {
        let mut number = || Some(random(seed, 9)).filter(|number| *number > 0);
        let (score, comments, posted_at) = (number(), number(), number());
        Entry {
            site: "hn".to_owned(),
            id: id.to_string(),
            title: format!("Story {}", id % 3),
            score: score.map(|score| score - 4),
            comments: comments.map(i32::unsigned_abs),
            posted_at: posted_at.map(i64::from),
            ..Entry::default()
        }
    }

    fn memory(entry: &Entry, seed: &mut u64) -> (Entry, StoryMemory) {
        let comments = random(seed, 9).unsigned_abs();
        let last_visit = comments.checked_sub(3).map(|comments| LastVisit { comments });
        (entry.clone(), StoryMemory { last_visit, stored: None })
    }

    /// The ids in an order, found by looking for the next best one again and again.
    fn model(entries: &[Entry], new: &HashMap<Key, u32>, order: ListOrder, title: Option<&str>) -> Vec<String> {
        let number = |entry: &Entry| match order {
            ListOrder::Site => None,
            ListOrder::Points => entry.score.map(i64::from),
            ListOrder::Comments => entry.comments.map(i64::from),
            ListOrder::Newest => entry.posted_at,
            ListOrder::New => new.get(&key(entry)).copied().map(i64::from),
        };
        let mut left: Vec<&Entry> =
            entries.iter().filter(|entry| title.is_none_or(|title| entry.title == title)).collect();
        let mut ids = Vec::new();
        while !left.is_empty() {
            let mut best = 0;
            for (place, entry) in left.iter().enumerate() {
                if number(entry).unwrap_or(i64::MIN) > number(left[best]).unwrap_or(i64::MIN) {
                    best = place;
                }
            }
            ids.push(left.remove(best).id.clone());
        }
        ids
    }

    #[test]
    fn a_list_is_in_its_order_whatever_comes_and_the_reader_stays_on_their_story() {
        let mut seed = 7;
        for round in 0..120 {
            let mut list = ListView::new((80, 12), ListRules::default());
            let (mut all, mut order, mut filter) = (Vec::<Entry>::new(), ListOrder::Site, None::<String>);
            let mut new = HashMap::new();
            for step in 0..40 {
                let before = list.entry().cloned();
                let line = list.chosen_line();
                let is_at_top = list.chosen() == 0 && line == Some(0);
                let (mut stays, mut is_on_line) = (true, true);
                match random(&mut seed, 6) {
                    0 => {
                        let page: Vec<Entry> = (0..5).map(|id| entry(all.len() + id, &mut seed)).collect();
                        // The first page of a list that nobody has moved in is seen from its top.
                        stays = !all.is_empty();
                        all.extend(page.clone());
                        list.take(&Listing { entries: page, ..Listing::default() }, true);
                        list.close_page();
                    }
                    1 => {
                        let place = random(&mut seed, 5).unsigned_abs() as usize;
                        order = ListOrder::NAMES[place].0;
                        list.set_order(order);
                        new = all.iter().filter_map(|it| Some((key(it), list.new_comments(it)?))).collect();
                    }
                    2 => {
                        filter = (random(&mut seed, 2) > 0).then(|| format!("Story {}", random(&mut seed, 3)));
                        let query = filter.as_ref().map(|title| format!("title:\"{title}\""));
                        list.set_filter(query.map(|query| Query::for_stories(&query).expect("a query")));
                        (stays, is_on_line) = (false, false);
                    }
                    3 => {
                        let told: Vec<_> = all.iter().map(|it| memory(it, &mut seed)).collect();
                        list.remember(&told);
                        if order == ListOrder::New {
                            for it in &all {
                                if let Some(count) = list.new_comments(it) {
                                    new.entry(key(it)).or_insert(count);
                                }
                            }
                        }
                    }
                    4 => {
                        list.go(random(&mut seed, 9) as isize - 4);
                        stays = false;
                    }
                    _ => {
                        list.scroll(random(&mut seed, 5) as isize - 2);
                        stays = false;
                    }
                }
                let shown: Vec<String> = list.shown().map(|it| it.id.clone()).collect();
                let wanted = model(&all, &new, order, filter.as_deref());
                assert_eq!(shown, wanted, "round {round}, step {step}, {order:?}, {filter:?}");
                let is_there = before.as_ref().is_some_and(|before| shown.contains(&before.id));
                if stays && is_there {
                    assert_eq!(list.entry(), before.as_ref(), "round {round}, step {step}");
                }
                // Near the ends there may be nothing to stand above it.
                let is_free = list.chosen() >= 6 && list.chosen() + 6 < shown.len();
                if stays && is_there && is_on_line && is_free && !is_at_top {
                    assert_eq!(list.chosen_line(), line, "round {round}, step {step}");
                }
                for (place, it) in list.shown().cloned().collect::<Vec<_>>().iter().enumerate().step_by(4) {
                    let number = all.iter().position(|other| other == it).expect("a story") + 1;
                    let mut list = list.clone();
                    assert_eq!((list.choose_number(number), list.chosen()), (Some(number), place));
                }
            }
        }
    }
}
