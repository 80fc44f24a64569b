//! Bodies of comments: HTML, Markdown and plain text are cleaned, wrapped and printed, and nothing is lost.

use std::sync::LazyLock;

use lurker::markup::{clean, clean_line, html, markdown, plain};
use lurker::model::Text;
use lurker::print::{self, TextOptions};
use lurker::site::{Content, saved};
use lurker::view::{Selection, Thresholds};
use regex::Regex;
use serde_json::Value;

use super::documents::{UNPACKED, assert_clean, fixtures, text_shape};
use super::engine::shape;
use crate::markup_walk::missing;
use crate::support::texts::{check, check_plain_form};
use crate::thread_format::{check_round, of_one};
use crate::{safe_markdown, wrap};

/// The texts under these keys in the JSON of the fixtures.
fn texts_of(keys: &[&str]) -> Vec<Vec<u8>> {
    let (mut found, mut open) = (Vec::new(), Vec::new());
    for bytes in fixtures(&["*.json", "*.jsonl"]) {
        open.extend(serde_json::Deserializer::from_slice(&bytes).into_iter::<Value>().map_while(Result::ok));
        while let Some(value) = open.pop() {
            match value {
                Value::Array(values) => open.extend(values),
                Value::Object(fields) => {
                    for (key, value) in fields {
                        match value {
                            Value::String(text) if keys.contains(&key.as_str()) => found.push(text.into_bytes()),
                            value => open.push(value),
                        }
                    }
                }
                _ => {}
            }
        }
    }
    found.sort();
    found.dedup();
    found.retain(|text| !text.is_empty());
    found
}

pub(super) fn html_seeds() -> Vec<Vec<u8>> {
    let seeds = texts_of(&["cooked", "body_html", "comment", "text", "comment_text"]);
    assert!(seeds.len() > 20, "{}", seeds.len());
    seeds
}

pub(super) fn markdown_seeds() -> Vec<Vec<u8>> {
    const OWN: [&str; 6] = [
        "One *two* **three** `four` ~~five~~\n\n> six\n> > seven\n\n- eight\n  - nine\n\n1. ten\n2. eleven\n",
        "| a | b |\n|---|:-:|\n| c | d |\n\n```rust\nlet x = 1;\n```\n\n    code\n",
        "[x](https://a.example/b_(c)) <https://b.example> https://c.example ![i](https://d.example/i.png)\n\n# H\n\nT\n===\n",
        "::: spoiler Words\nmore\n:::\n\n>!hidden!< ^(small) H~2~O r/rust u/ann !rust@a.example @ann@b.example\n",
        "a\\\nb  \nc &amp; &#39; \\* \\_ <b>bold</b>\n\n---\n\n[r]: https://a.example\n\n[r] [^1]\n\n[^1]: note\n",
        "* a\n\n  b\n\n      c\n* d\n",
    ];
    texts_of(&["content", "body", "selftext", "raw"])
        .into_iter()
        .chain(OWN.map(|text| text.as_bytes().to_vec()))
        .collect()
}

pub(super) fn plain_seeds() -> Vec<Vec<u8>> {
    const OWN: [&str; 6] = [
        "plain words\tand tabs\n\nlines\r\nand returns\r",
        "\u{1b}[31mred\u{1b}]8;;https://a.example\u{7}link\u{9b}2J\0\u{7f}\u{85}\u{2028}",
        "a\u{301}\u{301}\u{20dd} e\u{323}\u{200d} \u{202e}gpj.exe\u{202c} \u{2066}x\u{2069} \u{feff}\u{ad}\u{200b}",
        "👩\u{200d}👩\u{200d}👧\u{200d}👦 👍🏽 🇨🇿 1\u{fe0f}\u{20e3} 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} ❤\u{fe0f}",
        "क्षि ക്ഷ സ్కృ \u{1112}\u{1161}\u{11ab} ｶﾞ กำ ນຳ 漢\u{e0100}",
        "> quote\n\n    code\n\n- item\n1. item\n\\> no quote",
    ];
    texts_of(&["title", "content", "text"]).into_iter().chain(OWN.map(|text| text.as_bytes().to_vec())).collect()
}

/// All of these, behind a byte for the kind and one for the width.
pub(super) fn any_seeds() -> Vec<Vec<u8>> {
    let kinds = [(0, html_seeds()), (1, markdown_seeds()), (2, plain_seeds())];
    let marked = kinds.into_iter().flat_map(|(kind, seeds)| {
        seeds
            .into_iter()
            .enumerate()
            .map(move |(number, seed)| [&[kind, (number * 7 % 120) as u8], seed.as_slice()].concat())
    });
    marked.collect()
}

fn of_any(bytes: &[u8]) -> (usize, Text) {
    let [kind, width, rest @ ..] = bytes else { return (1, Text::default()) };
    let source = String::from_utf8_lossy(rest);
    let text = match kind % 3 {
        0 => html(&source),
        1 => markdown(&source),
        _ => plain(&source),
    };
    (usize::from(*width), text)
}

/// What holds of a text, however it was written.
fn check_text(text: &Text) -> u64 {
    check(text);
    check_plain_form(text);
    check_round(&of_one(text), "of one comment");
    text_shape(text.borrow())
}

/// Elements and signs that change what is text at all, or that a reader of tokens sees otherwise than one of elements.
static UNCERTAIN: LazyLock<Regex> = LazyLock::new(|| {
    let names = "script|style|iframe|video|audio|svg|math|template|noscript|textarea|title|xmp|plaintext|noembed|noframes|select|option|\
        object|embed|param|source|input|link|meta|head|header|frameset|base|button|picture|aside|details|summary|table|t[rdh]|pre|div|span|img|a";
    Regex::new(&format!(r"(?i)<!|<\?|</[^a-z]|<[^a-z/]|</?({names})\b")).expect("a pattern")
});

pub(super) fn check_html(bytes: &[u8]) -> u64 {
    let source = String::from_utf8_lossy(bytes);
    if !source.contains('=') && !UNCERTAIN.is_match(&source) {
        let lost = missing(&source);
        assert!(lost.is_empty(), "lost: {lost:?}");
    }
    check_text(&html(&source))
}

pub(super) fn check_markdown(bytes: &[u8]) -> u64 {
    let source = String::from_utf8_lossy(bytes);
    let text = markdown(&source);
    // Without links, tags, code and tables every letter is one of the text.
    if !source.contains(['[', '<', '`', '~', '&', '\\', '|', ':', '^', '>', '@', '/', '!']) {
        let of = |text: &str| text.chars().filter(char::is_ascii_alphabetic).collect::<String>();
        assert_eq!(of(&text.plain), of(&source));
    }
    check_text(&text)
}

pub(super) fn check_clean(bytes: &[u8]) -> u64 {
    let source = String::from_utf8_lossy(bytes);
    let (text, line) = (clean(&source), clean_line(&source));
    assert_clean(&text);
    assert_clean(&line);
    assert_eq!((clean(&text), clean_line(&line)), (text.clone(), line.clone()), "clean stays clean");
    assert!(!line.contains('\n') && !line.contains("  ") && line.trim() == line, "{line:?}");
    let letters = |text: &str| text.chars().filter(char::is_ascii_graphic).collect::<String>();
    assert_eq!((letters(&text), letters(&line)), (letters(&source), letters(&source)));
    check_text(&plain(&source));
    shape((
        text.len() == source.len(),
        source.chars().count().checked_ilog2(),
        source.len().abs_diff(text.len()).min(16),
    ))
}

pub(super) fn check_wrap(bytes: &[u8]) -> u64 {
    let (width, text) = of_any(bytes);
    wrap::check(&text, width);
    shape((text_shape(text.borrow()), width / 8))
}

pub(super) fn check_print_markdown(bytes: &[u8]) -> u64 {
    let (_, text) = of_any(bytes);
    let first = String::from_utf8_lossy(bytes.get(2..).unwrap_or_default()).lines().next().map(clean_line);
    safe_markdown::check(&text, first.filter(|line| line.len() < 80).as_deref().unwrap_or_default());
    text_shape(text.borrow())
}

/// The colours of a print.
static STYLES: LazyLock<Regex> = LazyLock::new(|| Regex::new("\x1b\\[[0-9;]*m").expect("a pattern"));

/// Prints a thread with everything in full: each letter and digit of it is there, in its order.
pub(super) fn check_print_text(bytes: &[u8]) -> u64 {
    let Ok(Content::Thread(thread)) = saved::read_within(bytes, None, UNPACKED) else { return 0 };
    let width = 1 + bytes.len() % 150;
    let options = TextOptions { width, colour: false, ascii: width.is_multiple_of(2), now: 1_791_474_000 };
    let selection: Selection = Thresholds::new(None, None).into();
    let (mut out, mut coloured) = (Vec::new(), Vec::new());
    print::text(&thread, &selection, options, &mut out).expect("a vector takes all");
    print::text(&thread, &selection, TextOptions { colour: true, ..options }, &mut coloured)
        .expect("a vector takes all");
    let (out, coloured) = (String::from_utf8(out).expect("UTF-8"), String::from_utf8(coloured).expect("UTF-8"));
    assert_eq!(STYLES.replace_all(&coloured, ""), out, "colours change nothing else");
    assert_clean(&out);
    let mut printed = out.chars().filter(|c| c.is_alphanumeric());
    let bodies = thread.iter().map(|comment| (comment.author().unwrap_or_default(), comment.body().plain));
    for (author, body) in [("", thread.story().text.plain.as_str())].into_iter().chain(bodies) {
        for c in author.chars().chain(body.chars()).filter(|c| c.is_alphanumeric()) {
            assert!(printed.any(|other| other == c), "{c:?} of {author:?} {body:?} is not printed: {out}");
        }
    }
    shape((thread.len().checked_ilog2(), width / 10, thread.get(0).map(|first| text_shape(first.body()))))
}
