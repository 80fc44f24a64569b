//! The size of the store: its contents in numbers, its limit, and clearing it.

use rusqlite::{Connection, Row, params};

use super::{Result, Store, file};

/// The most pages without content that are kept for what is stored next.
const MOST_FREE: u32 = 256;

/// What the store holds, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    /// Bytes of the file and of those that `SQLite` keeps beside it.
    pub bytes: u64,
    /// Bytes of the file that are in use.
    pub used: u64,
    /// Threads that are stored.
    pub threads: u32,
    /// Threads that are saved: they stay until they are cleared.
    pub saved: u32,
    /// Pages of lists.
    pub lists: u32,
    /// Threads of which read comments, folds and place are remembered.
    pub memories: u32,
    /// Visits.
    pub visits: u32,
    /// Bookmarks of stories and comments.
    pub bookmarks: u32,
    /// Authors who are followed, muted or tagged.
    pub authors: u32,
    /// Texts that were typed into prompts.
    pub typed: u32,
    /// The time of the oldest load that is stored.
    pub oldest: Option<i64>,
}

/// What is to be cleared. Each kind on its own; of those with a time, only what is from before `before`, if that is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "four kinds of things, each cleared on its own")]
pub struct Clear {
    /// Threads and lists as they were loaded.
    pub threads: bool,
    /// Threads that are saved.
    pub saved: bool,
    /// Visits, what was seen and read in them, folds and places, and what was typed.
    pub history: bool,
    /// Bookmarks, who is followed, muted or tagged, and settings. These two have no time, and stay where one is given.
    pub bookmarks_and_authors: bool,
    /// The time before which things are cleared; `None` for all.
    pub before: Option<i64>,
}

impl Store {
    /// The contents in numbers.
    ///
    /// # Errors
    /// They could not be counted.
    pub fn contents(&self) -> Result<Contents> {
        let sql = "SELECT (SELECT count(*) FROM content), (SELECT count(*) FROM thread WHERE is_saved),
            (SELECT count(*) FROM list), (SELECT count(*) FROM memory), (SELECT count(*) FROM visit),
            (SELECT count(*) FROM bookmark), (SELECT count(*) FROM author), (SELECT count(*) FROM typed),
            (SELECT min(loaded_at) FROM content)";
        let used = used(&self.db)?;
        let read = |row: &Row<'_>| {
            Ok(Contents {
                used,
                bytes: file::size(&self.path),
                threads: row.get(0)?,
                saved: row.get(1)?,
                lists: row.get(2)?,
                memories: row.get(3)?,
                visits: row.get(4)?,
                bookmarks: row.get(5)?,
                authors: row.get(6)?,
                typed: row.get(7)?,
                oldest: row.get(8)?,
            })
        };
        Ok(self.db.query_row(sql, [], read)?)
    }

    /// Clears what is named, and gives its room back to the disk. No trace of it stays in the file.
    ///
    /// # Errors
    /// Nothing is cleared; or it is, but its room could not be given back, and traces of it are still in the file.
    pub fn clear(&mut self, clear: Clear) -> Result<()> {
        let before = clear.before.unwrap_or(i64::MAX);
        let change = self.change()?;
        if clear.threads {
            let sql =
                "DELETE FROM content WHERE loaded_at < ?1 AND thread IN (SELECT number FROM thread WHERE NOT is_saved)";
            change.execute(sql, [before])?;
            change.execute("DELETE FROM list WHERE loaded_at < ?1", [before])?;
        }
        if clear.saved {
            let sql =
                "DELETE FROM content WHERE loaded_at < ?1 AND thread IN (SELECT number FROM thread WHERE is_saved)";
            change.execute(sql, [before])?;
            change.execute_batch(
                "UPDATE thread SET is_saved = 0, saved_at = NULL WHERE number NOT IN (SELECT thread FROM content)",
            )?;
        }
        if clear.history {
            change.execute("DELETE FROM visit WHERE coalesce(left_at, opened_at) < ?1", [before])?;
            change.execute("DELETE FROM memory WHERE thread NOT IN (SELECT thread FROM visit)", [])?;
            change.execute("DELETE FROM typed WHERE typed_at < ?1", [before])?;
        }
        if clear.bookmarks_and_authors {
            change.execute("DELETE FROM bookmark WHERE made_at < ?1", [before])?;
            change.execute("DELETE FROM author WHERE ?1", [clear.before.is_none()])?;
            change.execute("DELETE FROM setting WHERE ?1", [clear.before.is_none()])?;
        }
        forget_unused(&change)?;
        change.commit()?;
        Ok(self.db.execute_batch("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)")?)
    }

    /// Gives the room of what was thrown out back to the disk. Where that fails, a later call does it: the change that has
    /// thrown it out is made.
    pub(super) fn shrink(&self) {
        let free = self.db.pragma_query_value(None, "freelist_count", |row| row.get::<_, u32>(0));
        if free.is_ok_and(|free| free > MOST_FREE) {
            // Each row that is read frees one page.
            let _ = self.db.pragma_query(None, "incremental_vacuum", |_| Ok(()));
        }
    }
}

/// Removes the rows of threads of which nothing is remembered.
fn forget_unused(db: &Connection) -> Result<()> {
    let sql = "DELETE FROM thread WHERE NOT is_saved
        AND number NOT IN (SELECT thread FROM content) AND number NOT IN (SELECT thread FROM memory)
        AND number NOT IN (SELECT thread FROM visit) AND number NOT IN (SELECT thread FROM bookmark)";
    db.execute(sql, [])?;
    Ok(())
}

/// Throws out the contents of threads that are not saved, those first that were not read for longest, until no more than so
/// many bytes of the file are in use.
pub(super) fn evict(db: &Connection, max_bytes: u64) -> Result<()> {
    while used(db)? > max_bytes {
        let sql = "DELETE FROM content WHERE thread = (
            SELECT content.thread FROM content JOIN thread ON number = content.thread
            LEFT JOIN memory ON memory.thread = number WHERE NOT is_saved
            ORDER BY max(coalesce(left_at, loaded_at), loaded_at), number LIMIT 1)";
        if db.execute(sql, params![])? == 0 {
            break;
        }
    }
    Ok(())
}

/// Bytes of the file that are in use.
fn used(db: &Connection) -> Result<u64> {
    let number = |name| db.pragma_query_value(None, name, |row| row.get::<_, u32>(0)).map(u64::from);
    Ok((number("page_count")? - number("freelist_count")?) * number("page_size")?)
}
