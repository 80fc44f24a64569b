//! Every captured text goes through `html`, and nothing of its markup is left. The texts are other people's and stay in
//! the corpus, outside the project.

use crate::support::corpus::folder;
use std::fs;

use lurker::markup::{clean, html, plain, to_plain};
use serde_json::Value;

/// The texts under these keys, wherever in the captured files of a site they are.
fn texts(site: &str, keys: &[&str]) -> Vec<String> {
    let files = fs::read_dir(folder().join(site)).expect("the folder of a site");
    let mut texts = Vec::new();
    for file in files {
        let source = fs::read_to_string(file.expect("a file of the folder").path()).expect("text");
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

#[test]
#[ignore = "needs the captured answers: set LURKER_CORPUS to their folder"]
fn hacker_news_texts() {
    for text in texts("hackernews", &["text", "comment_text", "story_text"]) {
        check(&text);
    }
}

/// Cut at every character in a release build (`cargo test --release`), else at some.
#[test]
#[ignore = "needs the captured answers: set LURKER_CORPUS to their folder"]
fn texts_cut_anywhere() {
    let step = if cfg!(debug_assertions) { 97 } else { 1 };
    for text in texts("hackernews", &["text"]).iter().chain(&texts("lobsters", &["comment"])) {
        for (at, _) in text.char_indices().step_by(step) {
            let cut = html(text.get(..at).expect("a character begins there"));
            assert_eq!(clean(&cut.plain), cut.plain);
        }
    }
}

#[test]
#[ignore = "needs the captured answers: set LURKER_CORPUS to their folder"]
fn lobsters_texts() {
    for text in texts("lobsters", &["comment", "description"]) {
        check(&text);
    }
}

#[test]
#[ignore = "needs the captured answers: set LURKER_CORPUS to their folder"]
fn discourse_texts() {
    for text in texts("discourse", &["cooked"]) {
        check(&text);
    }
}
