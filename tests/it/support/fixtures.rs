//! The project's own answers and pages, of every site.

use std::fs;
use std::path::{Path, PathBuf};

/// Every file of the fixtures of sites, with its place in their folder.
pub(crate) fn all() -> Vec<(String, Vec<u8>)> {
    within(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures"))
}

/// Every file of a folder and those in it, with its place there.
pub(crate) fn within(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<PathBuf> = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).expect("a folder of fixtures") {
            let path = entry.expect("an entry of a folder").path();
            if path.is_dir() { &mut folders } else { &mut files }.push(path);
        }
    }
    files.sort();
    let name = |path: &Path| path.strip_prefix(folder).expect("within the folder").display().to_string();
    files.iter().map(|path| (name(path), fs::read(path).expect("a file"))).collect()
}
