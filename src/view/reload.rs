//! Reloads: a newer state of the same thread; folds, place and jumps carry over by comment id.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Place, Row, ThreadView};
use crate::model::Thread;

impl ThreadView {
    /// Takes the first state that a reload brings: what is not in the thread so far counts as new from now on, and so does
    /// what has risen over the threshold since. Further states of the same load are for [`ThreadView::replace`].
    pub fn reload(&mut self, thread: Arc<Thread>) {
        self.take(thread, true);
    }

    /// Takes a newer state of the same thread. Place, folds, jumps and matches carry over by comment id; those of comments
    /// that are not in it are kept for a state that has them again.
    pub fn replace(&mut self, thread: Arc<Thread>) {
        self.take(thread, false);
    }

    fn take(&mut self, thread: Arc<Thread>, is_reload: bool) {
        let places: HashMap<&str, u32> = thread.iter().map(|comment| (comment.id(), comment.index())).collect();
        self.overrides.carry(&self.thread, &places);
        if let Some(aside) = &mut self.aside {
            aside.carry(&self.thread, &places);
        }
        let home = self.carry_home(&places);
        let near = |jump: &Place| Place { row: carry_near(&self.thread, &places, jump.row), ..*jump };
        self.jumps = self.jumps.iter().map(near).collect();
        let same = |&index: &u32| self.thread.get(index).and_then(|comment| places.get(comment.id()).copied());
        let matches = self.results.matches.iter().filter_map(same).collect();
        drop(places);
        self.home.row = home;
        let old = std::mem::replace(&mut self.thread, thread);
        self.set_matches(matches);
        self.select(|selection| {
            if is_reload {
                selection.seen.get_or_insert_default().add(&old);
            }
        });
    }

    fn carry_home(&mut self, places: &HashMap<&str, u32>) -> Row {
        if let Some((row, id)) = &self.absent_home {
            if let Some(&place) = places.get(id.as_str()) {
                let row = row.with_comment(place);
                self.absent_home = None;
                return row;
            }
        } else if let Some(comment) = self.home.row.comment().and_then(|index| self.thread.get(index))
            && !places.contains_key(comment.id())
        {
            self.absent_home = Some((self.home.row, comment.id().to_owned()));
        }
        carry_near(&self.thread, places, self.home.row)
    }
}

/// The row in a newer state of the thread; where it is missing, its parent, else the row after, else the row before.
fn carry_near(old: &Thread, places: &HashMap<&str, u32>, row: Row) -> Row {
    let Some(index) = row.comment() else { return row };
    let carry = |index: u32| old.get(index).and_then(|comment| places.get(comment.id()).copied());
    if let Some(place) = carry(index) {
        return row.with_comment(place);
    }
    let mut near = old.ancestors(index).chain(index + 1..old.len()).chain((0..index).rev());
    near.find_map(carry).map_or(Row::Story, Row::Comment)
}
