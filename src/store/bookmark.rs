//! Bookmarks of stories and comments.

use rusqlite::{Row, params};

use super::thread::{ENTRY, Head, ThreadKey, entry, number_of, upsert};
use super::{Result, Store};
use crate::markup::clean_line;
use crate::model::Entry;

/// A bookmark of a story, or of a comment of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoredBookmark {
    /// The story.
    pub entry: Entry,
    /// The id of the comment; `None` for the story itself.
    pub comment: Option<String>,
    /// The address of the comment or story; may be empty.
    pub url: String,
    /// The author of the comment or story; may be empty.
    pub author: String,
    /// The first words of the comment; empty for a story.
    pub words: String,
    /// The time at which it was made.
    pub made_at: i64,
}

impl Store {
    /// Makes a bookmark, in place of one of the same comment or story.
    ///
    /// # Errors
    /// It is not made.
    pub fn put_bookmark(&mut self, bookmark: &StoredBookmark) -> Result<()> {
        let StoredBookmark { entry, comment, url, author, words, made_at } = bookmark;
        let change = self.change()?;
        let thread = upsert(&change, &Head::of_entry(entry))?;
        let sql = "INSERT OR REPLACE INTO bookmark (thread, comment, url, author, words, made_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let comment = comment.as_deref().unwrap_or_default();
        change.execute(sql, params![thread, comment, url, author, words, made_at])?;
        Ok(change.commit()?)
    }

    /// Takes a bookmark away; `false` where there was none.
    ///
    /// # Errors
    /// It is still there.
    pub fn remove_bookmark(&mut self, key: &ThreadKey, comment: Option<&str>) -> Result<bool> {
        let change = self.change()?;
        let Some(thread) = number_of(&change, key)? else { return Ok(false) };
        let sql = "DELETE FROM bookmark WHERE thread = ?1 AND comment = ?2";
        let count = change.execute(sql, params![thread, comment.unwrap_or_default()])?;
        change.commit()?;
        Ok(count > 0)
    }

    /// Every bookmark, the last one first.
    ///
    /// # Errors
    /// They could not be read.
    pub fn bookmarks(&self) -> Result<Vec<StoredBookmark>> {
        let sql = format!(
            "SELECT {ENTRY}, comment, bookmark.url, bookmark.author, words, made_at
            FROM bookmark JOIN thread ON number = bookmark.thread ORDER BY made_at DESC, number DESC, comment"
        );
        let mut query = self.db.prepare(&sql)?;
        let bookmarks = query.query_map([], bookmark)?;
        Ok(bookmarks.collect::<rusqlite::Result<_>>()?)
    }
}

fn bookmark(row: &Row<'_>) -> rusqlite::Result<StoredBookmark> {
    let line = |column| row.get::<_, String>(column).map(|text| clean_line(&text));
    Ok(StoredBookmark {
        entry: entry(row)?,
        comment: Some(line(9)?).filter(|comment| !comment.is_empty()),
        url: line(10)?,
        author: line(11)?,
        words: line(12)?,
        made_at: row.get(13)?,
    })
}
