//! What changes the rows: thresholds, folds and a newer thread. Each holds the reader's place.

use std::collections::HashMap;
use std::sync::Arc;

use super::bar::distribution;
use super::place::Absent;
use super::{Bucket, Geometry, Hand, Look, Opened, Place, Row, Scale, Shape, Thresholds, View};
use crate::model::Thread;

impl View {
    /// A look at a thread, from its top, everything left to the thresholds.
    pub fn new(thread: Arc<Thread>, thresholds: Thresholds, geometry: Geometry) -> Self {
        let hands = vec![Hand::default(); thread.len() as usize];
        let shape = Shape::automatic(&thread, thresholds);
        let place = Place { row: Row::Story, y: 0 };
        let scale = scale_of(&thread);
        let distribution = distribution(&thread, scale);
        let (home, absent, jumps) = (place, Absent::default(), Vec::new());
        Self { thread, thresholds, hands, shape, place, home, absent, geometry, scale, distribution, jumps, jump: 0 }
    }

    /// The thread.
    pub fn thread(&self) -> &Arc<Thread> {
        &self.thread
    }

    /// The thresholds in force.
    pub fn thresholds(&self) -> Thresholds {
        self.thresholds
    }

    /// The rows and looks.
    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    /// Where the reader is.
    pub fn place(&self) -> Place {
        self.place
    }

    /// The room on the screen.
    pub fn geometry(&self) -> Geometry {
        self.geometry
    }

    /// The reader's hand on the comment at `index`.
    pub fn hand(&self, index: u32) -> Hand {
        self.hands.get(index as usize).copied().unwrap_or_default()
    }

    /// The steps that this thread's thresholds take.
    pub fn scale(&self) -> Scale {
        self.scale
    }

    /// How many comments have which score; empty where no comment has one.
    pub fn distribution(&self) -> &[Bucket] {
        &self.distribution
    }

    /// Sets the thresholds; what was folded or opened by hand stays.
    pub fn set_thresholds(&mut self, thresholds: Thresholds) {
        self.thresholds = thresholds;
        self.reshape();
    }

    /// Enter: shows more of the row where there is more, else folds it. On a count of hidden comments: shows them.
    pub fn toggle(&mut self) -> bool {
        match self.place.row {
            Row::Comment(_) => self.open() || self.fold(),
            Row::Marker(_) | Row::Rest => self.open(),
            Row::Story | Row::Foot => false,
        }
    }

    /// Shows more of the row: unfolds it, or shows in full what takes one line. `false` if all of it is shown.
    pub fn open(&mut self) -> bool {
        match self.place.row {
            Row::Comment(index) if self.shape.is_folded(index) => self.set_folded(index, false),
            Row::Comment(index) if self.shape.look(index) != Look::Full => self.set_opened(index, Opened::Full),
            Row::Marker(owner) => self.show_hidden(Some(owner)),
            Row::Rest => self.show_hidden(None),
            _ => return false,
        }
        true
    }

    /// Folds the row's comment. `false` if it is no comment, folded already, or one row that has nothing inside.
    pub fn fold(&mut self) -> bool {
        let Row::Comment(index) = self.place.row else { return false };
        let inside = self.thread.after(index) > index + 1 || self.shape.look(index) == Look::Full;
        let folds = inside && !self.shape.is_folded(index);
        if folds {
            self.set_folded(index, true);
        }
        folds
    }

    /// Folds the row's whole thread from its top-level comment, which takes the row's place; unfolds it if that is folded.
    pub fn fold_thread(&mut self) -> bool {
        let Some(index) = self.place.row.comment() else { return false };
        let top = self.thread.ancestors(index).last().unwrap_or(index);
        let folded = !self.shape.is_folded(top) || index != top;
        if index != top {
            self.remember();
            self.place.row = Row::Comment(top);
        }
        self.set_folded(top, folded);
        true
    }

    /// Folds every comment.
    pub fn fold_all(&mut self) {
        self.hands.iter_mut().for_each(|hand| hand.folded = true);
        self.reshape();
    }

    /// Shows every comment in full, the hidden ones too.
    pub fn open_all(&mut self) {
        self.hands.fill(Hand { opened: Some(Opened::Full), folded: false });
        self.reshape();
    }

    /// Folds what is deeper than `levels` levels and unfolds the rest; the top level is level 1.
    pub fn fold_below(&mut self, levels: u32) {
        for (hand, comment) in self.hands.iter_mut().zip(self.thread.iter()) {
            hand.folded = comment.depth() >= levels;
        }
        self.reshape();
    }

    /// Leaves everything to the thresholds again.
    pub fn automatic(&mut self) {
        self.hands.fill(Hand::default());
        self.absent.hands.clear();
        self.reshape();
    }

    /// Folds this one and goes on to what follows its replies.
    pub fn fold_and_next(&mut self) -> bool {
        let Some(index) = self.place.row.comment() else { return self.down() };
        let after = self.thread.after(index);
        self.go_to_comment(index);
        self.set_folded(index, true);
        let next = self.shape.position(Row::Comment(after)).unwrap_or_else(|near| near);
        self.go_row(self.row_at(next))
    }

    /// Opens the way to a comment and goes there: unfolds what is above it and shows it in full.
    pub fn reveal(&mut self, index: u32) -> bool {
        let folded: Vec<u32> = self.thread.ancestors(index).filter(|&above| self.shape.is_folded(above)).collect();
        for above in folded.into_iter().chain([index]) {
            self.hands[above as usize].folded = false;
        }
        if self.shape.look(index) != Look::Full {
            self.hands[index as usize].opened = Some(Opened::Full);
        }
        self.reshape();
        let moved = self.jump_to(Row::Comment(index));
        self.arrive();
        moved
    }

    /// Takes a newer state of the same thread. Place, folds and jumps carry over by comment id; those of comments that are
    /// not in it are kept for a state that has them again.
    pub fn replace(&mut self, thread: Arc<Thread>) {
        let places: HashMap<&str, u32> = thread.iter().map(|comment| (comment.id(), comment.index())).collect();
        let hands = self.carry_hands(&places);
        let home = self.carry_home(&places);
        let near = |jump: &Place| Place { row: carry_near(&self.thread, &places, jump.row), ..*jump };
        self.jumps = self.jumps.iter().map(near).collect();
        drop(places);
        self.home.row = home;
        self.scale = scale_of(&thread);
        self.distribution = distribution(&thread, self.scale);
        (self.hands, self.thread) = (hands, thread);
        self.reshape();
    }

    fn carry_hands(&mut self, places: &HashMap<&str, u32>) -> Vec<Hand> {
        let mut hands = vec![Hand::default(); places.len()];
        let mut carry = |id: &str, hand: Hand| {
            let place = places.get(id).and_then(|&place| hands.get_mut(place as usize));
            place.map(|place| *place = hand).is_some()
        };
        self.absent.hands.retain(|id, hand| !carry(id, *hand));
        for (comment, hand) in self.thread.iter().zip(&self.hands).filter(|(_, hand)| **hand != Hand::default()) {
            if !carry(comment.id(), *hand) {
                self.absent.hands.insert(comment.id().to_owned(), *hand);
            }
        }
        hands
    }

    fn carry_home(&mut self, places: &HashMap<&str, u32>) -> Row {
        if let Some((row, id)) = &self.absent.home {
            if let Some(&place) = places.get(id.as_str()) {
                let row = row.with_comment(place);
                self.absent.home = None;
                return row;
            }
        } else if let Some(comment) = self.home.row.comment().and_then(|index| self.thread.get(index))
            && !places.contains_key(comment.id())
        {
            self.absent.home = Some((self.home.row, comment.id().to_owned()));
        }
        carry_near(&self.thread, places, self.home.row)
    }

    /// Shows the hidden comments that were counted onto `owner`, one line each, and goes to the first of them.
    fn show_hidden(&mut self, owner: Option<u32>) {
        let (mut index, end) = owner.map_or((0, self.thread.len()), |owner| (owner + 1, self.thread.after(owner)));
        let mut first = None;
        self.remember();
        while index < end {
            if self.shape.look(index) != Look::Hidden {
                index += 1;
                continue;
            }
            let after = self.thread.after(index);
            if self.thread.parent(index) == owner {
                first = first.or(Some(index));
                self.hands[index as usize..after as usize].fill(Hand { opened: Some(Opened::Line), folded: false });
            }
            index = after;
        }
        self.place.row = first.map_or(self.place.row, Row::Comment);
        self.reshape_here();
    }

    fn set_folded(&mut self, index: u32, folded: bool) {
        self.hands[index as usize].folded = folded;
        self.reshape_here();
    }

    fn set_opened(&mut self, index: u32, opened: Opened) {
        self.hands[index as usize].opened = Some(opened);
        self.reshape_here();
    }

    /// What the reader does to the row that the place is on counts as a move to it.
    fn reshape_here(&mut self) {
        self.arrive();
        self.reshape();
        self.arrive();
    }

    fn reshape(&mut self) {
        self.shape.rebuild(&self.thread, self.thresholds, &self.hands);
        self.settle();
    }
}

/// The row in a newer state of the thread; where it is gone, what it answers, else what follows, else what was before it.
fn carry_near(old: &Thread, places: &HashMap<&str, u32>, row: Row) -> Row {
    let Some(index) = row.comment() else { return row };
    let carry = |index: u32| old.get(index).and_then(|comment| places.get(comment.id()).copied());
    if let Some(place) = carry(index) {
        return row.with_comment(place);
    }
    let mut near = old.ancestors(index).chain(index + 1..old.len()).chain((0..index).rev());
    near.find_map(carry).map_or(Row::Story, Row::Comment)
}

fn scale_of(thread: &Thread) -> Scale {
    let scores = (0..thread.len()).filter_map(|index| thread.score(index));
    Scale::new(thread.story().score_range, scores)
}
