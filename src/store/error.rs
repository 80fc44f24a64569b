//! Errors of the store, told apart by what can be done about them.

use std::fmt;
use std::io;

use rusqlite::ErrorCode;

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
            rusqlite::Error::SqliteFailure(failure, _) => trouble(failure.code),
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

fn trouble(code: ErrorCode) -> Trouble {
    match code {
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Trouble::Damaged,
        // A limit on the size of files is told as a failed write.
        ErrorCode::DiskFull | ErrorCode::SystemIoFailure => Trouble::Full,
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
