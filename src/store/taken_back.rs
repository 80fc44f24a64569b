//! Visits that were taken back, kept for the life of the program so that this can be undone.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params_from_iter};

use super::thread::{ThreadKey, number_of};
use super::{Result, Store};

/// The most visits that are kept.
const MOST: usize = 100;

/// A visit that was taken back, and what was remembered of the thread before that, as the rows of their tables.
#[derive(Clone, Debug)]
pub(super) struct TakenBack {
    key: ThreadKey,
    thread: i64,
    /// The number of the thread's last visit then, which may have come after the one that was taken back, and shown nothing more.
    newest: i64,
    visit_row: Vec<Value>,
    memory_row: Option<Vec<Value>>,
    /// What was remembered once it was taken back.
    memory_left: Option<Vec<Value>>,
}

impl TakenBack {
    /// Reads the rows of a visit that is about to be taken back.
    pub(super) fn read(db: &Connection, key: &ThreadKey, thread: i64, visit: i64) -> Result<Self> {
        let visit_row = row(db, "SELECT * FROM visit WHERE number = ?1", visit)?.unwrap_or_default();
        let memory_row = memory_row(db, thread)?;
        Ok(Self { key: key.clone(), thread, newest: newest(db, thread)?, visit_row, memory_row, memory_left: None })
    }

    /// Notes what is remembered of the thread now that it is taken back.
    pub(super) fn left(self, db: &Connection) -> Result<Self> {
        Ok(Self { memory_left: memory_row(db, self.thread)?, ..self })
    }

    /// Whether the thread was visited since, or a visit that was under way has gone on.
    fn is_overtaken(&self, db: &Connection) -> Result<bool> {
        Ok(newest(db, self.thread)? > self.newest || memory_row(db, self.thread)? != self.memory_left)
    }

    /// Whether it was one of this thread. The number of a thread that was cleared may be given out again.
    fn is_of(&self, key: &ThreadKey, thread: i64) -> bool {
        self.thread == thread && self.key == *key
    }

    fn write(&self, change: &Transaction<'_>) -> Result<()> {
        put(change, "visit", &self.visit_row)?;
        self.memory_row.as_ref().map_or(Ok(()), |row| put(change, "memory", row))
    }
}

impl Store {
    /// Keeps what a visit that was taken back had left.
    pub(super) fn keep_taken_back(&mut self, taken: TakenBack) {
        self.taken_back.push(taken);
        let surplus = self.taken_back.len().saturating_sub(MOST);
        self.taken_back.drain(..surplus);
    }

    /// Undoes that this program has taken a visit of a thread back, the last one first: what was read, new, folded and where
    /// the reader was is as it was before. `false` where there is none, or the thread was visited since.
    ///
    /// # Errors
    /// Nothing is undone.
    pub fn put_back_visit(&mut self, key: &ThreadKey) -> Result<bool> {
        let change = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let Some(thread) = number_of(&change, key)? else { return Ok(false) };
        let Some(last) = self.taken_back.iter().rposition(|taken| taken.is_of(key, thread)) else { return Ok(false) };
        let is_possible = !self.taken_back[last].is_overtaken(&change)?;
        if is_possible {
            self.taken_back[last].write(&change)?;
            change.commit()?;
        }
        self.taken_back.remove(last);
        Ok(is_possible)
    }
}

/// The number of a thread's last visit; 0 where it has none.
fn newest(db: &Connection, thread: i64) -> Result<i64> {
    let sql = "SELECT coalesce(max(number), 0) FROM visit WHERE thread = ?1";
    Ok(db.query_row(sql, [thread], |row| row.get(0))?)
}

fn memory_row(db: &Connection, thread: i64) -> Result<Option<Vec<Value>>> {
    row(db, "SELECT * FROM memory WHERE thread = ?1", thread)
}

fn row(db: &Connection, sql: &str, number: i64) -> Result<Option<Vec<Value>>> {
    let mut query = db.prepare(sql)?;
    let columns = query.column_count();
    Ok(query.query_row([number], |row| (0..columns).map(|column| row.get(column)).collect()).optional()?)
}

fn put(change: &Transaction<'_>, table: &str, row: &[Value]) -> Result<()> {
    let places = vec!["?"; row.len()].join(", ");
    change.execute(&format!("INSERT OR REPLACE INTO {table} VALUES ({places})"), params_from_iter(row))?;
    Ok(())
}
