//! The corpus of captured answers, where it is there.

use std::path::Path;

/// A file of the corpus, by its place in it: `lobsters/hottest-2025-02.json`.
#[expect(clippy::print_stdout, reason = "a test that is skipped says so")]
pub(crate) fn corpus(name: &str) -> Option<Vec<u8>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus").join(name);
    let bytes = std::fs::read(&path).ok();
    if bytes.is_none() {
        println!("skipped: {} is not here", path.display());
    }
    bytes
}
