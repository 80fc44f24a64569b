//! The store's file and folder: their modes, the lock that opening takes, and a damaged file set aside.

use std::fs;
use std::fs::{DirBuilder, File, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use super::{Result, StoreError, Trouble};

/// The name of the file within the store's folder.
pub const FILE_NAME: &str = "store.sqlite";

/// Endings of the files that `SQLite` keeps beside its own.
const BESIDE: [&str; 2] = ["-wal", "-shm"];

/// A damaged file that was set aside, by its new name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside(pub PathBuf);

/// Makes the folder and an empty file, for the user alone, and keeps other lurkers from opening or setting aside the file
/// until the lock is dropped.
pub(super) fn prepare(folder: &Path) -> Result<File> {
    if !folder.is_dir() {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    let lock = lock(folder)?;
    let path = folder.join(FILE_NAME);
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error.into()),
        Err(_) => keep_private(&path)?,
        Ok(_) => {}
    }
    Ok(lock)
}

/// Takes rights of others away.
fn keep_private(path: &Path) -> Result<()> {
    let mode = fs::metadata(path)?.permissions().mode();
    if mode & 0o077 != 0 {
        fs::set_permissions(path, Permissions::from_mode(mode & 0o700))?;
    }
    Ok(())
}

fn lock(folder: &Path) -> Result<File> {
    const LONGEST: Duration = Duration::from_secs(4);
    let (lock, begun) = (File::open(folder)?, Instant::now());
    while let Err(error) = lock.try_lock() {
        match error {
            fs::TryLockError::WouldBlock if begun.elapsed() < LONGEST => thread::sleep(Duration::from_millis(5)),
            fs::TryLockError::WouldBlock => return Err(StoreError::new(Trouble::Busy, "its folder is locked")),
            fs::TryLockError::Error(error) => return Err(error.into()),
        }
    }
    Ok(lock)
}

/// Gives a damaged file a name of its own, together with those beside it. The folder must be locked.
pub(super) fn set_aside(path: &Path, now: i64) -> Result<SetAside> {
    let named = |number: u32| path.with_file_name(format!("store-damaged-{now}-{number}.sqlite"));
    let aside = (1..1000).map(named).find(|aside| !aside.exists()).unwrap_or_else(|| named(0));
    fs::rename(path, &aside)?;
    for ending in BESIDE {
        match fs::rename(beside(path, ending), beside(&aside, ending)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    Ok(SetAside(aside))
}

/// The file of this ending beside `SQLite`'s own.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// The bytes of the file and of those beside it.
pub(super) fn size(path: &Path) -> u64 {
    let others = BESIDE.map(|ending| beside(path, ending));
    let sizes =
        std::iter::once(path).chain(others.iter().map(PathBuf::as_path)).filter_map(|path| fs::metadata(path).ok());
    sizes.map(|file| file.len()).sum()
}
