//! Typed history: what the reader has typed into each prompt.

use rusqlite::params;

use super::{Result, Store};
use crate::markup::clean_line;

/// The most texts that are kept of a prompt.
const MOST: u32 = 500;

impl Store {
    /// Keeps a text that was typed into the prompt of this name.
    ///
    /// # Errors
    /// It is not kept.
    pub fn put_typed(&mut self, prompt: &str, text: &str, at: i64) -> Result<()> {
        let change = self.change()?;
        let sql = "INSERT OR REPLACE INTO typed (prompt, text, typed_at) VALUES (?1, ?2, ?3)";
        change.execute(sql, params![prompt, text, at])?;
        let sql = "DELETE FROM typed WHERE prompt = ?1 AND text NOT IN
            (SELECT text FROM typed WHERE prompt = ?1 ORDER BY typed_at DESC, text LIMIT ?2)";
        change.execute(sql, params![prompt, MOST])?;
        Ok(change.commit()?)
    }

    /// The texts that were typed into a prompt, the last one first.
    ///
    /// # Errors
    /// They could not be read.
    pub fn typed(&self, prompt: &str) -> Result<Vec<String>> {
        let mut query = self.db.prepare("SELECT text FROM typed WHERE prompt = ?1 ORDER BY typed_at DESC, text")?;
        let texts = query.query_map([prompt], |row| row.get::<_, String>(0).map(|text| clean_line(&text)))?;
        Ok(texts.collect::<rusqlite::Result<_>>()?)
    }
}
