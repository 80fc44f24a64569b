//! Threads: their rows, and their contents as they were last loaded.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::pack::{Unpacking, pack};
use super::{Result, Store, StoreError, Trouble, address, bound};
use crate::markup::clean_line;
use crate::model::{Entry, Story, Thread, story_key};
use crate::print;
use crate::site::{Validators, info, saved};
use crate::view::Selection;

/// A thread by its site and the key of its story.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ThreadKey {
    /// The site's short name.
    pub site: String,
    /// See [`story_key`].
    pub id: String,
}

impl ThreadKey {
    /// The thread of a story.
    pub fn of(story: &Story) -> Self {
        Self { site: story.site.clone(), id: story_key(&story.id, &story.url) }
    }

    /// The thread of a story in a list.
    pub fn of_entry(entry: &Entry) -> Self {
        Self { site: entry.site.clone(), id: story_key(&entry.id, &entry.url) }
    }
}

/// A thread that has been loaded, to be stored.
#[derive(Clone, Debug)]
pub struct LoadedThread<'a> {
    /// The thread in the site's order.
    pub thread: &'a Thread,
    /// The address by which it was loaded.
    pub address: &'a str,
    /// Of the answer, where the whole thread came in one.
    pub validators: Validators,
    /// The time of the load.
    pub loaded_at: i64,
}

/// A thread as it was last loaded.
#[derive(Clone, Debug)]
pub struct StoredThread {
    /// The thread in the site's order.
    pub thread: Thread,
    /// The time of the load.
    pub loaded_at: i64,
    /// Of the answer, where the whole thread came in one.
    pub validators: Validators,
}

impl Store {
    /// Stores a thread in place of what was stored of it. Other threads are thrown out where that makes the file too large.
    ///
    /// # Errors
    /// Nothing is stored.
    pub fn put_thread(&mut self, loaded: &LoadedThread<'_>) -> Result<()> {
        let LoadedThread { thread, address, validators, loaded_at } = loaded;
        let data = pack(&json(thread)?)?;
        let max_bytes = self.max_bytes;
        let change = self.change()?;
        let number = upsert(&change, &Head::of(thread.story(), Some(thread.known_comments())))?;
        for address in [address, thread.story().url.as_str()].into_iter().filter(|address| !address.is_empty()) {
            address::put(&change, address, number)?;
        }
        let sql = "INSERT INTO content (thread, loaded_at, etag, modified, data) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (thread) DO UPDATE SET loaded_at = excluded.loaded_at, etag = excluded.etag,
            modified = excluded.modified, data = excluded.data";
        change.execute(sql, params![number, loaded_at, validators.etag, validators.modified, data])?;
        bound::evict(&change, max_bytes)?;
        change.commit()?;
        self.shrink();
        Ok(())
    }

    /// Notes that a stored thread is still as it was; `false` where it is not stored.
    ///
    /// # Errors
    /// It could not be noted.
    pub fn confirm_thread(&mut self, key: &ThreadKey, at: i64) -> Result<bool> {
        let change = self.change()?;
        let sql =
            "UPDATE content SET loaded_at = ?3 WHERE thread = (SELECT number FROM thread WHERE site = ?1 AND id = ?2)";
        let count = change.execute(sql, params![key.site, key.id, at])?;
        change.commit()?;
        Ok(count > 0)
    }

    /// The thread that was stored.
    ///
    /// # Errors
    /// It could not be read; where its own bytes are damaged, they are thrown away.
    pub fn thread(&mut self, key: &ThreadKey) -> Result<Option<StoredThread>> {
        let Some(number) = number_of(&self.db, key)? else { return Ok(None) };
        self.read_thread(number)
    }

    /// The thread that was stored under an address by which it was loaded before, or that of a bookmarked comment.
    ///
    /// # Errors
    /// As for [`Store::thread`].
    pub fn thread_at(&mut self, address: &str) -> Result<Option<StoredThread>> {
        let number = match address::find(&self.db, address)? {
            None => address::of_bookmark(&self.db, address)?,
            found => found,
        };
        number.map_or(Ok(None), |number| self.read_thread(number))
    }

    fn read_thread(&mut self, number: i64) -> Result<Option<StoredThread>> {
        let sql = "SELECT loaded_at, etag, modified, data FROM content WHERE thread = ?1";
        let read = |row: &Row<'_>| {
            let validators = Validators { etag: row.get(1)?, modified: row.get(2)? };
            Ok((row.get(0)?, validators, row.get::<_, Vec<u8>>(3)?))
        };
        let found = self.db.query_row(sql, [number], read).optional()?;
        let Some((loaded_at, validators, data)) = found else { return Ok(None) };
        match from_packed(&data) {
            Ok(thread) => Ok(Some(StoredThread { thread, loaded_at, validators })),
            Err(error) => {
                self.db.execute("DELETE FROM content WHERE thread = ?1", [number])?;
                Err(StoreError::new(Trouble::Part, error.says))
            }
        }
    }

    /// Keeps a thread that is stored until it is cleared; `false` where it is not stored.
    ///
    /// # Errors
    /// It could not be noted.
    pub fn save(&mut self, key: &ThreadKey, at: i64) -> Result<bool> {
        let change = self.change()?;
        let sql = "UPDATE thread SET is_saved = 1, saved_at = iif(is_saved, saved_at, ?3)
            WHERE site = ?1 AND id = ?2 AND number IN (SELECT thread FROM content)";
        let count = change.execute(sql, params![key.site, key.id, at])?;
        change.commit()?;
        Ok(count > 0)
    }

    /// Keeps a thread that is stored until it is cleared, or where it is kept so no longer; whether it is kept so now, and
    /// `None` where it is not stored. What was read of it stays in the history.
    ///
    /// # Errors
    /// All is as before.
    pub fn toggle_saved(&mut self, key: &ThreadKey, at: i64) -> Result<Option<bool>> {
        let change = self.change()?;
        let sql = "UPDATE thread SET is_saved = NOT is_saved, saved_at = iif(is_saved, NULL, ?3)
            WHERE site = ?1 AND id = ?2 AND number IN (SELECT thread FROM content) RETURNING is_saved";
        let is_saved = change.query_row(sql, params![key.site, key.id, at], |row| row.get(0)).optional()?;
        change.commit()?;
        Ok(is_saved)
    }
}

fn json(thread: &Thread) -> Result<Vec<u8>> {
    let mut json = Vec::new();
    print::json(thread, &Selection::default(), &mut json)?;
    Ok(json)
}

/// Unpacks a thread while it is read: of a large one, on the thread that finds its comments.
fn from_packed(data: &[u8]) -> Result<Thread> {
    let mut json = Unpacking::of(data)?;
    let thread = saved::read_own(&mut json);
    json.finish()?;
    thread.map_err(|error| StoreError::new(Trouble::Damaged, error.to_string()))
}

/// The head of a thread, of a story or an entry.
pub(super) struct Head<'a> {
    key: ThreadKey,
    url: &'a str,
    title: &'a str,
    link: &'a str,
    author: &'a str,
    posted_at: Option<i64>,
    score: Option<i32>,
    comments: Option<u32>,
}

impl<'a> Head<'a> {
    pub(super) fn of(story: &'a Story, comments: Option<u32>) -> Self {
        let Story { url, title, link, author, posted_at, score, .. } = story;
        let (posted_at, score) = (*posted_at, *score);
        Self { key: ThreadKey::of(story), url, title, link, author, posted_at, score, comments }
    }

    pub(super) fn of_entry(entry: &'a Entry) -> Self {
        let Entry { url, title, link, author, posted_at, score, comments, .. } = entry;
        let (posted_at, score, comments) = (*posted_at, *score, *comments);
        Self { key: ThreadKey::of_entry(entry), url, title, link, author, posted_at, score, comments }
    }
}

/// Brings the row of a thread up to date, or makes it; returns its number.
pub(super) fn upsert(db: &Connection, head: &Head<'_>) -> Result<i64> {
    let Head { key, url, title, link, author, posted_at, score, comments } = head;
    let sql = "INSERT INTO thread (site, id, url, title, link, author, posted_at, score, comments)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        ON CONFLICT (site, id) DO UPDATE SET
            url = iif(excluded.url = '', url, excluded.url),
            title = iif(excluded.title = '', title, excluded.title),
            link = iif(excluded.link = '', link, excluded.link),
            author = iif(excluded.author = '', author, excluded.author),
            posted_at = coalesce(excluded.posted_at, posted_at),
            score = coalesce(excluded.score, score),
            comments = coalesce(excluded.comments, comments)
        RETURNING number";
    let values = params![key.site, key.id, url, title, link, author, posted_at, score, comments];
    Ok(db.query_row(sql, values, |row| row.get(0))?)
}

/// The number of a thread's row.
pub(super) fn number_of(db: &Connection, key: &ThreadKey) -> Result<Option<i64>> {
    let sql = "SELECT number FROM thread WHERE site = ?1 AND id = ?2";
    Ok(db.query_row(sql, [&key.site, &key.id], |row| row.get(0)).optional()?)
}

/// The columns that [`entry`] reads.
pub(super) const ENTRY: &str = "site, id, title, thread.url, link, thread.author, posted_at, score, thread.comments";

/// A thread's row as a story of a list, from the first columns.
pub(super) fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    let line = |column| row.get::<_, String>(column).map(|text| clean_line(&text));
    let site = line(0)?;
    Ok(Entry {
        score_kind: info(&site).map(|info| info.scoring.kind.of_story()).unwrap_or_default(),
        site,
        id: line(1)?,
        title: line(2)?,
        url: line(3)?,
        link: line(4)?,
        author: line(5)?,
        posted_at: row.get(6)?,
        score: row.get(7)?,
        comments: row.get(8)?,
        ..Entry::default()
    })
}
