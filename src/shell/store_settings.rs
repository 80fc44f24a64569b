//! The settings of the store: its folder, its limit, and whether there is one.

use std::env;
use std::path::PathBuf;

use crate::store::{FILE_NAME, SetAside, Store, StoreError};

/// The settings of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreSettings {
    /// Whether anything is remembered; if not, nothing is written.
    pub is_enabled: bool,
    /// The size of the file, in bytes, from which on texts of threads are thrown out.
    pub max_bytes: u64,
    /// Its folder; `None` where the user has none.
    pub folder: Option<PathBuf>,
}

/// The use of the store by loads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StorePolicy {
    /// What is fresh is not asked for; what is not is shown until the answer is here.
    #[default]
    Usual,
    /// Nothing is asked for.
    Offline,
    /// All is asked for, whatever is stored.
    Refresh,
}

impl Default for StoreSettings {
    /// A store in the folder that `LURKER_DATA` names, else in `lurker` in the user's data folder.
    fn default() -> Self {
        Self { is_enabled: true, max_bytes: 512 << 20, folder: usual_folder() }
    }
}

impl StoreSettings {
    /// Opens the store; `None` where there is to be none.
    ///
    /// # Errors
    /// As for [`Store::open`].
    pub fn open(&self, now: i64) -> Option<Result<(Store, Option<SetAside>), StoreError>> {
        let folder = self.folder.as_ref().filter(|_| self.is_enabled)?;
        Some(Store::open(folder, self.max_bytes, now))
    }

    /// Whether something may be remembered, so that there is a reason to open the store.
    pub fn has_file(&self) -> bool {
        self.is_enabled && self.folder.as_ref().is_some_and(|folder| folder.join(FILE_NAME).exists())
    }
}

/// `lurker` in the user's data folder, after the XDG Base Directory Specification.
fn usual_folder() -> Option<PathBuf> {
    let folder = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let data = || {
        let data = folder("XDG_DATA_HOME").filter(|path| path.is_absolute());
        data.or_else(|| folder("HOME").map(|home| home.join(".local/share"))).map(|data| data.join("lurker"))
    };
    folder("LURKER_DATA").or_else(data)
}
