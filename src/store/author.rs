//! Notes on authors: who is followed or muted on each site, and the tags that the reader gave.

use rusqlite::{Row, params};

use super::{Result, Store};
use crate::markup::clean_line;

/// The reader's note on an author. A name is one person on each site, in the letters that the site writes.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct StoredAuthor {
    /// The site's short name.
    pub site: String,
    /// The name there.
    pub name: String,
    /// Whether the author is followed.
    pub is_followed: bool,
    /// Whether the author is muted.
    pub is_muted: bool,
    /// Words that stand beside the name; empty for none.
    pub tag: String,
}

impl Store {
    /// Makes this the note on an author; one that says nothing is none.
    ///
    /// # Errors
    /// The note stays as it was.
    pub fn put_author(&mut self, author: &StoredAuthor) -> Result<()> {
        let StoredAuthor { site, name, is_followed, is_muted, tag } = author;
        let change = self.change()?;
        if *is_followed || *is_muted || !tag.is_empty() {
            let sql =
                "INSERT OR REPLACE INTO author (site, name, is_followed, is_muted, tag) VALUES (?1, ?2, ?3, ?4, ?5)";
            change.execute(sql, params![site, name, is_followed, is_muted, tag])?;
        } else {
            change.execute("DELETE FROM author WHERE site = ?1 AND name = ?2", [site, name])?;
        }
        Ok(change.commit()?)
    }

    /// Every author with a note, by site and name.
    ///
    /// # Errors
    /// They could not be read.
    pub fn authors(&self) -> Result<Vec<StoredAuthor>> {
        let read = |row: &Row<'_>| {
            let line = |column| row.get::<_, String>(column).map(|text| clean_line(&text));
            let (is_followed, is_muted) = (row.get(2)?, row.get(3)?);
            Ok(StoredAuthor { site: line(0)?, name: line(1)?, is_followed, is_muted, tag: line(4)? })
        };
        let mut query = self.db.prepare("SELECT site, name, is_followed, is_muted, tag FROM author")?;
        let authors = query.query_map([], read)?;
        Ok(authors.collect::<rusqlite::Result<_>>()?)
    }
}
