//! Lists of stories as they were last loaded, page by page.

use rusqlite::{OptionalExtension, Row, params};

use super::pack::{pack, unpack};
use super::{Result, Store, StoreError, Trouble, bound};
use crate::model::Listing;
use crate::print;
use crate::site::{Content, Validators, saved};

/// The most pages of lists that are kept.
const MOST: u32 = 300;

/// A page of a list that has been loaded, to be stored.
#[derive(Clone, Debug)]
pub struct ListPage<'a> {
    /// The target that opens the list.
    pub target: &'a str,
    /// The loader's name for the page; `None` for the first.
    pub page: Option<&'a str>,
    /// The page.
    pub listing: &'a Listing,
    /// Of the answer, where the whole page came in one.
    pub validators: Validators,
    /// The time of the load.
    pub loaded_at: i64,
    /// Seconds for which it need not be asked for again.
    pub fresh_for: i64,
}

/// A page of a list as it was last loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredList {
    /// The page. Its heading has site, title and address; tabs and target are the loader's to know.
    pub listing: Listing,
    /// The time of the load.
    pub loaded_at: i64,
    /// Seconds for which it need not be asked for again.
    pub fresh_for: i64,
    /// Of the answer, where the whole page came in one.
    pub validators: Validators,
}

impl Store {
    /// Stores a page of a list in place of what was stored of it.
    ///
    /// # Errors
    /// Nothing is stored.
    pub fn put_list(&mut self, list: &ListPage<'_>) -> Result<()> {
        let ListPage { target, page, listing, validators, loaded_at, fresh_for } = list;
        let mut json = Vec::new();
        print::stories_json(listing, &mut json)?;
        let (data, page, max_bytes) = (pack(&json)?, page.unwrap_or_default(), self.max_bytes);
        let change = self.change()?;
        let sql = "INSERT OR REPLACE INTO list (target, page, loaded_at, etag, modified, fresh_for, next, data)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        let Validators { etag, modified } = validators;
        change.execute(sql, params![target, page, loaded_at, etag, modified, fresh_for, listing.next, data])?;
        let sql = "DELETE FROM list WHERE rowid NOT IN (SELECT rowid FROM list ORDER BY loaded_at DESC LIMIT ?1)";
        change.execute(sql, [MOST])?;
        bound::evict(&change, max_bytes)?;
        change.commit()?;
        self.shrink();
        Ok(())
    }

    /// Notes that a stored page is still as it was; `false` where it is not stored.
    ///
    /// # Errors
    /// It could not be noted.
    pub fn confirm_list(&mut self, target: &str, page: Option<&str>, at: i64) -> Result<bool> {
        let change = self.change()?;
        let sql = "UPDATE list SET loaded_at = ?3 WHERE target = ?1 AND page = ?2";
        let count = change.execute(sql, params![target, page.unwrap_or_default(), at])?;
        change.commit()?;
        Ok(count > 0)
    }

    /// The page of a list that was stored.
    ///
    /// # Errors
    /// It could not be read; where its own bytes are damaged, they are thrown away.
    pub fn list(&mut self, target: &str, page: Option<&str>) -> Result<Option<StoredList>> {
        let page = page.unwrap_or_default();
        let sql = "SELECT loaded_at, etag, modified, fresh_for, next, data FROM list WHERE target = ?1 AND page = ?2";
        let read = |row: &Row<'_>| {
            let validators = Validators { etag: row.get(1)?, modified: row.get(2)? };
            Ok((row.get(0)?, validators, row.get(3)?, row.get(4)?, row.get::<_, Vec<u8>>(5)?))
        };
        let found = self.db.query_row(sql, [target, page], read).optional()?;
        let Some((loaded_at, validators, fresh_for, next, data)) = found else { return Ok(None) };
        match unpack(&data).and_then(|json| from_json(&json)) {
            Ok(listing) => {
                Ok(Some(StoredList { listing: Listing { next, ..listing }, loaded_at, fresh_for, validators }))
            }
            Err(error) => {
                self.db.execute("DELETE FROM list WHERE target = ?1 AND page = ?2", [target, page])?;
                Err(StoreError::new(Trouble::Part, error.says))
            }
        }
    }
}

fn from_json(json: &[u8]) -> Result<Listing> {
    match saved::read(json, None) {
        Ok(Content::List(listing)) => Ok(*listing),
        Ok(Content::Thread(_)) => Err(StoreError::new(Trouble::Damaged, "a thread in place of a list")),
        Err(error) => Err(StoreError::new(Trouble::Damaged, error.to_string())),
    }
}
