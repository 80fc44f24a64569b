//! Every text of an answer goes through `html`, and nothing of its markup is left: those of the project's own answers, and
//! captured ones, which are other people's and stay in the corpus, outside the project.

use crate::support::corpus::folder;
use std::fs;
use std::path::{Path, PathBuf};

use lurker::markup::{clean, html, plain, to_plain};
use serde_json::Value;

const HACKER_NEWS: &[&str] = &["text", "comment_text", "story_text"];
const LOBSTERS: &[&str] = &["comment", "description"];
const DISCOURSE: &[&str] = &["cooked"];

/// The folder of the project's own answers.
fn own() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// The texts under these keys, wherever in the files of a site they are.
fn texts(folder: &Path, site: &str, keys: &[&str]) -> Vec<String> {
    let files = fs::read_dir(folder.join(site)).expect("the folder of a site");
    let mut texts = Vec::new();
    let paths = files.map(|file| file.expect("a file of the folder").path());
    for path in paths.filter(|path| path.extension().is_none_or(|extension| extension != "html")) {
        let source = fs::read_to_string(path).expect("text");
        let stream = serde_json::Deserializer::from_str(&source).into_iter::<Value>();
        for value in stream {
            collect(&value.expect("JSON"), keys, &mut texts);
        }
    }
    assert!(!texts.is_empty(), "{site}");
    texts
}

fn collect(value: &Value, keys: &[&str], texts: &mut Vec<String>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect(value, keys, texts)),
        Value::Object(fields) => {
            for (key, value) in fields {
                match value {
                    Value::String(text) if keys.contains(&key.as_str()) => texts.push(text.clone()),
                    _ => collect(value, keys, texts),
                }
            }
        }
        _ => {}
    }
}

fn check(source: &str) {
    let text = html(source);
    let plain_text = &text.plain;
    if !source.contains("&lt;") {
        for tag in ["<p>", "<a ", "</"] {
            assert!(!plain_text.contains(tag), "{tag} in {plain_text:?}");
        }
    }
    if !source.contains("&amp;") {
        for entity in ["&#x", "&quot;", "&gt;", "&lt;", "&amp;"] {
            assert!(!plain_text.contains(entity), "{entity} in {plain_text:?}");
        }
    }
    assert!(!plain_text.contains(|c: char| c.is_control() && c != '\n'), "{plain_text:?}");
    assert_eq!(clean(plain_text), *plain_text);
    assert_eq!(plain_text.trim(), plain_text);
    let form = to_plain(text.borrow());
    assert_eq!(to_plain(plain(&form).borrow()), form);
}

fn check_all(folder: &Path, site: &str, keys: &[&str]) {
    for text in texts(folder, site, keys) {
        check(&text);
    }
}

/// Cuts each text at every so many characters.
fn check_cut(texts: &[String], step: usize) {
    for text in texts {
        for (at, _) in text.char_indices().step_by(step) {
            let cut = html(text.get(..at).expect("a character begins there"));
            assert_eq!(clean(&cut.plain), cut.plain);
        }
    }
}

#[test]
fn own_texts() {
    for (site, keys) in [("hackernews", HACKER_NEWS), ("lobsters", LOBSTERS), ("discourse", DISCOURSE)] {
        check_all(&own(), site, keys);
        check_cut(&texts(&own(), site, keys), 1);
    }
}

#[test]
#[ignore = "needs the captured answers: set LURKER_CORPUS to their folder"]
fn hacker_news_texts() {
    check_all(&folder(), "hackernews", HACKER_NEWS);
}

/// Cut at every character in a release build (`cargo test --release`), else at some.
#[test]
#[ignore = "needs the captured answers: set LURKER_CORPUS to their folder"]
fn texts_cut_anywhere() {
    let step = if cfg!(debug_assertions) { 97 } else { 1 };
    check_cut(&texts(&folder(), "hackernews", &["text"]), step);
    check_cut(&texts(&folder(), "lobsters", &["comment"]), step);
}

#[test]
#[ignore = "needs the captured answers: set LURKER_CORPUS to their folder"]
fn lobsters_texts() {
    check_all(&folder(), "lobsters", LOBSTERS);
}

#[test]
#[ignore = "needs the captured answers: set LURKER_CORPUS to their folder"]
fn discourse_texts() {
    check_all(&folder(), "discourse", DISCOURSE);
}
