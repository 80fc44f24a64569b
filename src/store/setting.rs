//! Settings that the reader changes in the program, and that hold in later runs.

use rusqlite::{OptionalExtension, params};

use super::{Result, Store};

/// The name of the setting that hides what was read.
const HIDES_READ: &str = "hides_read";

impl Store {
    /// Keeps whether lists hide the stories that were read.
    ///
    /// # Errors
    /// It stays as it was.
    pub fn put_hides_read(&mut self, hides: bool) -> Result<()> {
        let change = self.change()?;
        change.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?1, ?2)", params![HIDES_READ, hides])?;
        Ok(change.commit()?)
    }

    /// Whether lists hide the stories that were read.
    ///
    /// # Errors
    /// It could not be read.
    pub fn hides_read(&self) -> Result<bool> {
        let sql = "SELECT value FROM setting WHERE name = ?1";
        let found = self.db.query_row(sql, [HIDES_READ], |row| row.get(0)).optional()?;
        Ok(found.unwrap_or_default())
    }
}
