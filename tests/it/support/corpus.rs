//! The corpus of captured answers, which is no part of the project: tests that read it are ignored unless asked for.

use std::env;
use std::fs;
use std::path::PathBuf;

/// The folder of the corpus, which `LURKER_CORPUS` names.
pub(crate) fn folder() -> PathBuf {
    env::var_os("LURKER_CORPUS").map(PathBuf::from).expect("LURKER_CORPUS names the folder of the captured answers")
}

/// A file of the corpus, by its place in it: `lobsters/hottest-2025-02.json`.
pub(crate) fn corpus(name: &str) -> Vec<u8> {
    fs::read(folder().join(name)).expect(name)
}
