//! The planted bugs: whether each still fits the code that it is for.

use std::fs;
use std::path::Path;

/// The places of a patch: the file, and the lines that the patch takes for its own, one string a hunk.
fn places(patch: &str) -> Vec<(&str, String)> {
    let (mut places, mut file) = (Vec::new(), None);
    for line in patch.lines() {
        if let Some(path) = line.strip_prefix("--- ") {
            file = path.strip_prefix("a/");
        } else if line.starts_with("@@ ") {
            places.extend(file.map(|file| (file, String::new())));
        } else if let Some((_, lines)) = places.last_mut().filter(|_| line.starts_with([' ', '-'])) {
            lines.push_str(line.get(1..).unwrap_or_default());
            lines.push('\n');
        } else if line.starts_with("diff ") {
            file = None;
        }
    }
    places
}

#[test]
fn each_planted_bug_fits_the_code() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = fs::read_dir(root.join("fuzz/planted")).expect("a folder").map(|entry| entry.expect("a file").path());
    let patches: Vec<_> = files.filter(|path| path.extension().is_some_and(|end| end == "patch")).collect();
    assert!(patches.len() > 30, "{patches:?}");
    for path in patches {
        let patch = fs::read_to_string(&path).expect("a patch");
        let places = places(&patch);
        assert!(!places.is_empty(), "{}", path.display());
        for (file, lines) in places {
            let code = fs::read_to_string(root.join(file)).unwrap_or_default();
            assert!(code.contains(&lines), "{} fits {file} no longer:\n{lines}", path.display());
        }
    }
}
