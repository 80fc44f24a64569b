//! History: the threads that were visited, the last one first; and those that are saved or bookmarked.

use rusqlite::{Params, Row};

use super::thread::{ENTRY, entry};
use super::{Result, Store};
use crate::model::Entry;

/// A story that is remembered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredStory {
    /// The story as when it was last seen.
    pub entry: Entry,
    /// The time of what it is listed for: of the last visit; of the bookmark, or else of the last load.
    pub at: i64,
    /// Whether the story itself is bookmarked.
    pub is_bookmarked: bool,
    /// Whether the thread is kept until it is cleared.
    pub is_saved: bool,
}

impl Store {
    /// The threads that were visited, the last one first, at most so many.
    ///
    /// # Errors
    /// They could not be read.
    pub fn history(&self, most: u32) -> Result<Vec<StoredStory>> {
        let sql = format!(
            "SELECT {ENTRY}, max(coalesce(left_at, opened_at)) AS at, made_at IS NOT NULL, is_saved
            FROM visit JOIN thread ON thread.number = visit.thread
            LEFT JOIN bookmark ON bookmark.thread = thread.number AND comment = ''
            GROUP BY thread.number ORDER BY at DESC, thread.number DESC LIMIT ?1"
        );
        self.stories(&sql, [most])
    }

    /// The threads that are saved, or of which the story is bookmarked, the last one first.
    ///
    /// # Errors
    /// They could not be read.
    pub fn saved(&self) -> Result<Vec<StoredStory>> {
        let sql = format!(
            "SELECT {ENTRY}, coalesce(made_at, saved_at, loaded_at) AS at, made_at IS NOT NULL, is_saved
            FROM thread LEFT JOIN content ON content.thread = thread.number
            LEFT JOIN bookmark ON bookmark.thread = thread.number AND comment = ''
            WHERE is_saved AND loaded_at IS NOT NULL OR made_at IS NOT NULL ORDER BY at DESC, thread.number DESC"
        );
        self.stories(&sql, [])
    }

    fn stories(&self, sql: &str, values: impl Params) -> Result<Vec<StoredStory>> {
        let read = |row: &Row<'_>| {
            Ok(StoredStory { entry: entry(row)?, at: row.get(9)?, is_bookmarked: row.get(10)?, is_saved: row.get(11)? })
        };
        let mut query = self.db.prepare(sql)?;
        let stories = query.query_map(values, read)?;
        Ok(stories.collect::<rusqlite::Result<_>>()?)
    }
}
