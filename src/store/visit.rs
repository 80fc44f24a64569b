//! Visits: from opening a thread to leaving it.

use std::collections::HashSet;
use std::sync::Arc;

use rusqlite::{OptionalExtension, Transaction, params};

use super::marks::{Marks, Scoring};
use super::memory::{self, Memory};
use super::taken_back::TakenBack;
use super::thread::{Head, ThreadKey, number_of, upsert};
use super::{Result, Store, StoreError, Trouble};
use crate::model::{Comment, Story, Thread};
use crate::view::{OrderedThread, ReadingState};

/// A visit by its number in the file and the time at which it began: where a damaged file was replaced meanwhile, another
/// visit may have the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VisitId {
    number: i64,
    opened_at: i64,
}

/// A visit that has begun.
#[derive(Clone, Debug)]
pub struct Visit {
    /// By this it is noted and ended.
    pub id: VisitId,
    /// All that is remembered of the thread.
    pub memory: Memory,
    /// Whether marks on comments were damaged, so that they are lost.
    pub has_lost_marks: bool,
}

/// The state of a visit.
#[derive(Clone, Debug)]
pub struct VisitNote {
    /// The thread, in the site's order.
    pub thread: Arc<Thread>,
    /// Whether each comment has stood on the screen, in the thread's order.
    pub is_read: Vec<bool>,
    /// Folds, thresholds, order and place.
    pub state: ReadingState,
}

impl VisitNote {
    /// The note on a thread that may be shown in another order; `is_read` takes the index there.
    pub fn new(thread: &OrderedThread, is_read: impl Fn(u32) -> bool, state: ReadingState) -> Self {
        let (site, shown) = (Arc::clone(thread.site()), thread.thread());
        let is_read = if Arc::ptr_eq(&site, shown) {
            (0..site.len()).map(is_read).collect()
        } else {
            let read: HashSet<&str> =
                shown.iter().filter(|comment| is_read(comment.index())).map(Comment::id).collect();
            site.iter().map(|comment| read.contains(comment.id())).collect()
        };
        Self { thread: site, is_read, state }
    }
}

impl Store {
    /// Begins a visit of a thread.
    ///
    /// # Errors
    /// Nothing has begun.
    pub fn begin_visit(&mut self, story: &Story, at: i64) -> Result<Visit> {
        let change = self.change()?;
        let thread = upsert(&change, &Head::of(story, None))?;
        let (memory, has_lost_marks) = memory::read(&change, thread)?;
        // The last one stays until it is known whether this one changes anything.
        change.execute(
            "UPDATE visit SET can_be_taken_back = 0, before_marks = NULL WHERE thread = ?1 AND can_be_taken_back
                AND number < (SELECT max(number) FROM visit WHERE thread = ?1 AND can_be_taken_back)",
            [thread],
        )?;
        let sql = "INSERT INTO visit (thread, opened_at, can_be_taken_back, before_left_at, before_comments,
                before_scoring, before_marks)
            SELECT number, ?2, 1, left_at, memory.comments, scoring, marks
            FROM thread LEFT JOIN memory ON memory.thread = number WHERE number = ?1";
        change.execute(sql, params![thread, at])?;
        let id = VisitId { number: change.last_insert_rowid(), opened_at: at };
        change.commit()?;
        Ok(Visit { id, memory, has_lost_marks })
    }

    /// Keeps what was read so far, and the state of the reader; what is new stays so.
    ///
    /// # Errors
    /// Nothing is kept.
    pub fn note_visit(&mut self, visit: VisitId, note: &VisitNote) -> Result<()> {
        self.keep_visit(visit, note, None)
    }

    /// Ends a visit: all that is there is seen.
    ///
    /// # Errors
    /// Nothing is kept.
    pub fn end_visit(&mut self, visit: VisitId, note: &VisitNote, at: i64) -> Result<()> {
        self.keep_visit(visit, note, Some(at))
    }

    fn keep_visit(&mut self, visit: VisitId, note: &VisitNote, left_at: Option<i64>) -> Result<()> {
        let VisitNote { thread, is_read, state } = note;
        let marks = Marks::of(thread, is_read, left_at.is_some());
        let scoring = left_at.map(|_| Scoring::of(thread));
        let change = self.change()?;
        let row = thread_of(&change, visit)?;
        let (mut memory, _) = memory::read(&change, row)?;
        if let Some(scoring) = scoring {
            if memory.scoring != Some(scoring) {
                memory.marks.forget_scores();
            }
            memory = Memory { left_at, comments: thread.known_comments(), scoring: Some(scoring), ..memory };
            change.execute("UPDATE visit SET left_at = ?2 WHERE number = ?1", params![visit.number, left_at])?;
        }
        memory.marks.add(marks);
        memory.state = state.clone();
        memory::write(&change, row, &memory)?;
        if left_at.is_some() {
            settle_taking_back(&change, row, visit.number, &memory.marks)?;
        }
        Ok(change.commit()?)
    }

    /// Takes back the last visit of a thread that has changed something: it is new and unread again what it was before.
    /// `false` where there was none, or the last one was taken back already.
    ///
    /// # Errors
    /// Nothing is taken back.
    pub fn take_back_visit(&mut self, key: &ThreadKey) -> Result<bool> {
        let change = self.change()?;
        let Some(thread) = number_of(&change, key)? else { return Ok(false) };
        let sql = "SELECT number, before_marks IS NULL FROM visit WHERE thread = ?1 AND can_be_taken_back
            ORDER BY number DESC LIMIT 1";
        let last = change.query_row(sql, [thread], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        let Some((number, was_first)): Option<(i64, bool)> = last else { return Ok(false) };
        let taken = TakenBack::read(&change, key, thread, number)?;
        restore(&change, thread, number, was_first)?;
        change.execute("DELETE FROM visit WHERE number = ?1", [number])?;
        let taken = taken.left(&change)?;
        change.commit()?;
        self.keep_taken_back(taken);
        Ok(true)
    }
}

fn thread_of(change: &Transaction<'_>, VisitId { number, opened_at }: VisitId) -> Result<i64> {
    let sql = "SELECT thread FROM visit WHERE number = ?1 AND opened_at = ?2";
    let found = change.query_row(sql, [number, opened_at], |row| row.get(0)).optional()?;
    found.ok_or_else(|| StoreError::new(Trouble::Other, "the visit was taken back or cleared meanwhile"))
}

/// Settles which visit of a thread can be taken back once one has ended that left these marks: that one, or, where it showed
/// nothing that had not been seen and read, the one before it. A second look must not stand in the way of taking back the
/// first.
fn settle_taking_back(change: &Transaction<'_>, thread: i64, visit: i64, marks: &Marks) -> Result<()> {
    let sql = "SELECT before_marks FROM visit WHERE number = ?1";
    let before: Option<Vec<u8>> = change.query_row(sql, [visit], |row| row.get(0))?;
    let before = before.and_then(|packed| Marks::unpacked(&packed).ok());
    let has_changed = before.is_none_or(|before| before.extent() != marks.extent());
    let settled = if has_changed {
        "number < ?2"
    } else {
        "number = ?2 AND EXISTS (SELECT 1 FROM visit AS earlier
            WHERE earlier.thread = ?1 AND earlier.number < ?2 AND earlier.can_be_taken_back)"
    };
    let sql = format!(
        "UPDATE visit SET can_be_taken_back = 0, before_marks = NULL WHERE thread = ?1 AND can_be_taken_back AND {settled}"
    );
    change.execute(&sql, [thread, visit])?;
    Ok(())
}

/// Brings back the memory before a visit.
fn restore(change: &Transaction<'_>, thread: i64, visit: i64, was_first: bool) -> Result<()> {
    if was_first {
        change.execute("DELETE FROM memory WHERE thread = ?1", [thread])?;
        return Ok(());
    }
    let sql = "UPDATE memory SET left_at = before_left_at, comments = before_comments, scoring = before_scoring,
            marks = before_marks
        FROM visit WHERE visit.number = ?2 AND memory.thread = ?1";
    change.execute(sql, [thread, visit])?;
    Ok(())
}
