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
    thread: i64,
    visit: i64,
    visit_row: Vec<Value>,
    memory_row: Option<Vec<Value>>,
}

impl TakenBack {
    /// Reads the rows of a visit that is about to be taken back.
    pub(super) fn read(db: &Connection, thread: i64, visit: i64) -> Result<Self> {
        let visit_row = row(db, "SELECT * FROM visit WHERE number = ?1", visit)?.unwrap_or_default();
        let memory_row = row(db, "SELECT * FROM memory WHERE thread = ?1", thread)?;
        Ok(Self { thread, visit, visit_row, memory_row })
    }

    /// Whether the thread was visited since.
    fn is_overtaken(&self, db: &Connection) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM visit WHERE thread = ?1 AND number >= ?2)";
        Ok(db.query_row(sql, [self.thread, self.visit], |row| row.get(0))?)
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
        let Some(last) = self.taken_back.iter().rposition(|taken| taken.thread == thread) else { return Ok(false) };
        let is_possible = !self.taken_back[last].is_overtaken(&change)?;
        if is_possible {
            self.taken_back[last].write(&change)?;
            change.commit()?;
        }
        self.taken_back.remove(last);
        Ok(is_possible)
    }
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
