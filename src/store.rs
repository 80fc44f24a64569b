//! The store: threads, visits, bookmarks, history and notes on authors, in one `SQLite` file.
//!
//! Plain functions over one connection. The store has no thread of its own, but for one that unpacks a large thread while it
//! is read, and reads no clock: it is called where waiting does no harm, with the time as a parameter, in seconds since 1970
//! UTC. Several programs may have the same file open.
//!
//! - [`Store::put_thread`] and [`Store::put_list`] keep what was loaded last, in lurker's own form, compressed.
//! - [`Store::begin_visit`] returns a [`Memory`] of the last visit, [`Store::note_visit`] keeps what was read so far, and
//!   [`Store::end_visit`] makes all that is there seen. [`Store::take_back_visit`] undoes that, and
//!   [`Store::put_back_visit`] undoes this.
//! - Bookmarks, threads that are saved, what was read, notes on authors and settings stay until they are cleared; the texts of threads
//!   go when the file is larger than its limit, those first that were not read for longest.
//!
//! A thread takes about half as many bytes as its text, and more where that is short. One comment of 127 bytes takes 358: 222
//! packed (the text alone would be 97), 54 for address, title and names, 82 for numbers, indices and room in pages. Two of 752
//! take 819: 600, 54 and 165. Pages of 4 KiB instead of 2 would make that 716, but what ten of 3886 bytes take 4096 and not 2560.
//!
//! What is read passes the same cleaning as a file of lurker's own form.

mod address;
mod author;
mod bookmark;
mod bound;
mod dictionary;
mod error;
mod file;
mod history;
mod list;
mod marks;
mod memory;
mod pack;
mod schema;
mod setting;
mod taken_back;
#[cfg(test)]
mod tests;
mod thread;
mod typed;
mod visit;

pub use author::StoredAuthor;
pub use bookmark::StoredBookmark;
pub use bound::{Clear, Contents};
pub use error::{StoreError, Trouble};
pub use file::{FILE_NAME, SetAside};
pub use history::StoredStory;
pub use list::{ListPage, StoredList};
pub use marks::{CommentMark, Marks, Scoring};
pub use memory::{EntryMemory, Memory};
pub use thread::{LoadedThread, StoredThread, ThreadKey};
pub use visit::{Visit, VisitId, VisitNote};

pub use crate::site::Validators;
pub use crate::view::ReadingState;

use self::taken_back::TakenBack;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, Transaction, TransactionBehavior};

/// The longest wait for another program that writes to the file.
const BUSY: Duration = Duration::from_secs(4);

/// The result of a function of the store.
pub type Result<T> = std::result::Result<T, StoreError>;

/// An open store.
#[derive(Debug)]
pub struct Store {
    db: Connection,
    path: PathBuf,
    /// The size of the file, in bytes, from which on texts of threads are thrown out.
    max_bytes: u64,
    /// The visits that this program has taken back, the last one last.
    taken_back: Vec<TakenBack>,
}

impl Store {
    /// Opens the store in a folder, and makes both where there are none. A damaged file is set aside, under the name that
    /// is returned too, and a new one made.
    ///
    /// # Errors
    /// The folder or the file cannot be written, the file is of a newer lurker or of another program, or another program
    /// keeps it busy.
    pub fn open(folder: &Path, max_bytes: u64, now: i64) -> Result<(Self, Option<SetAside>)> {
        let _lock = file::prepare(folder)?;
        let path = folder.join(FILE_NAME);
        match Self::connect(&path, max_bytes) {
            Err(error) if error.trouble == Trouble::Damaged => {
                let aside = file::set_aside(&path, now)?;
                Ok((Self::connect(&path, max_bytes)?, Some(aside)))
            }
            outcome => Ok((outcome?, None)),
        }
    }

    /// Opens the store after one of its functions has found it damaged, which takes as long as reading all of it: if that
    /// is so, and no other program has done it meanwhile, the file is set aside and a new one made.
    ///
    /// # Errors
    /// As for [`Store::open`].
    pub fn reopen(self, now: i64) -> Result<(Self, Option<SetAside>)> {
        let Self { db, path, max_bytes, .. } = self;
        drop(db);
        let folder = path.parent().unwrap_or(Path::new("."));
        let lock = file::prepare(folder)?;
        let opened = Self::connect(&path, max_bytes).and_then(|store| store.check().map(|()| store));
        match opened {
            Err(error) if error.trouble == Trouble::Damaged => {
                let aside = file::set_aside(&path, now)?;
                drop(lock);
                Self::open(folder, max_bytes, now).map(|(store, _)| (store, Some(aside)))
            }
            opened => Ok((opened?, None)),
        }
    }

    fn connect(path: &Path, max_bytes: u64) -> Result<Self> {
        let mut db = Connection::open(path)?;
        db.busy_timeout(BUSY)?;
        schema::prepare(&mut db)?;
        Ok(Self { db, path: path.to_owned(), max_bytes, taken_back: Vec::new() })
    }

    /// Reads the whole file, to see whether it is damaged.
    ///
    /// # Errors
    /// It is.
    pub fn check(&self) -> Result<()> {
        let says: String = self.db.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        if says == "ok" { Ok(()) } else { Err(StoreError::new(Trouble::Damaged, says)) }
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Begins a change, which is made as a whole or not at all.
    fn change(&mut self) -> Result<Transaction<'_>> {
        Ok(self.db.transaction_with_behavior(TransactionBehavior::Immediate)?)
    }
}
