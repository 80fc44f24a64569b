//! Errors of the store, told apart by what can be done about them.

use std::fmt;
use std::io;

use rusqlite::{ErrorCode, ffi};

/// The reason why something could not be stored or read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The file is damaged, or is none of `SQLite`'s.
    Damaged,
    /// A part of it was damaged, and is thrown away; the rest is whole.
    Part,
    /// A newer lurker has made it.
    Newer,
    /// The disk is full, or the file may not grow.
    Full,
    /// The file or its folder cannot be written.
    ReadOnly,
    /// Another program keeps it busy.
    Busy,
    /// Something else.
    Other,
}

/// An error of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreError {
    /// The reason.
    pub trouble: Trouble,
    /// The words of the system or of `SQLite`.
    pub says: String,
}

impl StoreError {
    pub(super) fn new(trouble: Trouble, says: impl Into<String>) -> Self {
        Self { trouble, says: says.into() }
    }
}

/// The rest of a sentence that begins with the store: `is damaged`.
impl fmt::Display for StoreError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.trouble {
            Trouble::Damaged => write!(formatter, "is damaged ({})", self.says),
            Trouble::Part => write!(formatter, "had a damaged part, which is thrown away ({})", self.says),
            Trouble::Newer => write!(formatter, "was made by a newer lurker ({}) and is left alone", self.says),
            Trouble::Full => formatter.write_str("could not be written, for there is no room left"),
            Trouble::ReadOnly => write!(formatter, "could not be written ({})", self.says),
            Trouble::Busy => formatter.write_str("is kept busy by another program"),
            Trouble::Other => write!(formatter, "could not be used ({})", self.says),
        }
    }
}

impl std::error::Error for StoreError {}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let trouble = match &error {
            rusqlite::Error::SqliteFailure(failure, _) => trouble(*failure),
            // A column that holds something else than was put there.
            rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::Utf8Error(..) => Trouble::Damaged,
            _ => Trouble::Other,
        };
        Self::new(trouble, error.to_string())
    }
}

fn trouble(failure: ffi::Error) -> Trouble {
    // A limit on the size of files is told as a failed write, to the file itself or to the one that is shared in memory.
    let is_write = matches!(failure.extended_code, ffi::SQLITE_IOERR_WRITE | ffi::SQLITE_IOERR_SHMSIZE);
    match failure.code {
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Trouble::Damaged,
        ErrorCode::DiskFull => Trouble::Full,
        ErrorCode::SystemIoFailure if is_write => Trouble::Full,
        ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied => Trouble::ReadOnly,
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed => Trouble::Busy,
        _ => Trouble::Other,
    }
}

impl From<io::Error> for StoreError {
    fn from(error: io::Error) -> Self {
        let trouble = match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => Trouble::Full,
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::NotADirectory => {
                Trouble::ReadOnly
            }
            _ => Trouble::Other,
        };
        Self::new(trouble, error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_failed_write_is_told_as_a_lack_of_room() {
        for (code, trouble) in [
            (ffi::SQLITE_FULL, Trouble::Full),
            (ffi::SQLITE_IOERR_WRITE, Trouble::Full),
            (ffi::SQLITE_IOERR_READ, Trouble::Other),
            (ffi::SQLITE_IOERR_NOMEM, Trouble::Other),
            (ffi::SQLITE_CORRUPT, Trouble::Damaged),
        ] {
            let error = rusqlite::Error::SqliteFailure(ffi::Error::new(code), None);
            assert_eq!(StoreError::from(error).trouble, trouble, "{code}");
        }
    }
}
