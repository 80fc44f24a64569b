//! Fuzz targets of the reader's own text: config, themes, keys and queries.

use std::cell::RefCell;
use std::sync::{Arc, LazyLock};

use lurker::app::{Command, Key, KeyMap};
use lurker::model::Thread;
use lurker::shell::config::Config;
use lurker::shell::theme;
use lurker::view::{Geometry, Query, QueryError, ThreadView, Thresholds};

use super::documents::fixtures;
use super::engine::shape;
use crate::thread_format::thread;

const README: &str = include_str!("../README.md");
/// A file that the settings are said to come from, so that what they name is not there.
const FILE: &str = "/nonexistent/c.toml";

/// The config that the README shows, whole and table by table.
pub(super) fn configs() -> Vec<Vec<u8>> {
    let blocks = README.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next());
    let whole: String = blocks.collect();
    let (mut tables, mut table) = (Vec::new(), String::new());
    for line in whole.lines() {
        if line.starts_with('[') {
            tables.push(std::mem::take(&mut table).into_bytes());
        }
        table.extend([line, "\n"]);
    }
    tables.extend([table.into_bytes(), whole.into_bytes(), Vec::new()]);
    tables
}

/// Every line of what is wrong names a line of the file.
fn check_mistakes(mistakes: &[String], text: &str) -> u64 {
    let lines = text.split('\n').count();
    assert!(!mistakes.is_empty());
    for mistake in mistakes {
        let behind = mistake.strip_prefix(FILE).unwrap_or_else(|| unreachable!("no file: {mistake}"));
        let number =
            behind.strip_prefix(", line ").and_then(|rest| rest.split([':', ',']).next()?.parse::<usize>().ok());
        assert!(number.is_some_and(|number| (1..=lines).contains(&number)), "no line of {lines}: {mistake}");
    }
    let first: String = mistakes[0].split('"').step_by(2).collect();
    shape((mistakes.len().min(4), first.chars().filter(|c| !c.is_ascii_digit()).take(80).collect::<String>()))
}

pub(super) fn check_config(bytes: &[u8]) -> u64 {
    let text = String::from_utf8_lossy(bytes);
    match Config::parse(FILE, &text) {
        Ok(config) => {
            let options = &config.options;
            assert!(options.text_width > 0);
            shape((
                config.default_site,
                config.resumes,
                options.hints,
                options.site_thresholds.len(),
                options.sites.len(),
            ))
        }
        Err(mistakes) => check_mistakes(&mistakes, &text),
    }
}

pub(super) fn themes() -> Vec<Vec<u8>> {
    let shipped = [include_str!("../assets/themes/dark.toml"), include_str!("../assets/themes/light.toml")];
    shipped.into_iter().chain(["", "text = \"bright-red\"\n"]).map(|text| text.as_bytes().to_vec()).collect()
}

pub(super) fn check_theme(bytes: &[u8]) -> u64 {
    let text = String::from_utf8_lossy(bytes);
    theme::parse(FILE, &text).map_or_else(|mistakes| check_mistakes(&mistakes, &text), |_| 0)
}

/// Lines of a command and its keys, as the shipped files have them.
pub(super) fn keys() -> Vec<Vec<u8>> {
    let shipped = [include_str!("../assets/keys.toml"), include_str!("../assets/keys-vi.toml")];
    let signs: &[char] = &['=', '[', ']', '"', ','];
    let lines = shipped.iter().flat_map(|file| file.lines()).filter(|line| !line.starts_with('#'));
    let lines: Vec<String> = lines.map(|line| line.replace(signs, " ")).collect();
    lines.chunks(12).map(|lines| lines.join("\n").into_bytes()).collect()
}

/// Names of keys go round, and what is bound is found.
pub(super) fn check_keys(bytes: &[u8]) -> u64 {
    let text = String::from_utf8_lossy(bytes);
    let (mut map, mut said) = (KeyMap::default(), Vec::new());
    for line in text.lines() {
        let mut words = line.split_whitespace();
        let name = words.next().unwrap_or_default();
        for word in words {
            let key = Key::parse(word);
            if let Some(key) = key {
                assert_eq!(Key::parse(&key.name()), Some(key), "{word:?} is {:?}", key.name());
                assert!(!key.to_string().is_empty());
            }
            let bound = map.bind(name, [word]);
            match (Command::named(name), key) {
                (Some(command), Some(key)) if bound.is_ok() => {
                    assert_eq!(map.command(key, command.scope()), Some(command));
                    assert!(map.keys(command).any(|own| own == key) || key.ctrl);
                }
                (Some(command), Some(key)) => {
                    assert!(map.command(key, command.scope()).is_some(), "{line:?}: {bound:?}");
                }
                _ => assert!(bound.is_err(), "{line:?}"),
            }
            said.push(bound.is_ok());
        }
    }
    Command::entries().for_each(|entry| drop(map.help(entry)));
    said.dedup();
    shape((said, text.lines().count()))
}

pub(super) fn queries() -> Vec<Vec<u8>> {
    const QUERIES: [&str; 24] = [
        "word\n\"some words\"",
        "by:ann\n-by:\"two words\"",
        "score:>=3\nscore:2..4",
        "score:<0 OR score:..-1\nscore:=5",
        "label:funny\nis:anon",
        "is:op has:link\nis:new",
        "is:risen\nis:read",
        "is:followed\nhas:code",
        "longer:200\nshorter:100",
        "re:/a.*b/\nre:/^x$/",
        "re:/\\bword\\b/ OR re:/a\\/b/\n(?i)",
        "user:>=100\nuser:newest",
        "site:hn\nin:rust",
        "title:word\ndomain:example.org",
        "comments:>100\nhas:link",
        "\"a \\\" b\"\n\"\\\\\"",
        "- x\n--x",
        "OR x\nx OR",
        "AND\nNOT x",
        "(a b)\n12:30",
        "ann\nthe",
        "a b c d\ne OR f OR g",
        "score:3 -score:4\nE",
        "https://a.example\nstd::fs",
    ];
    QUERIES.map(|query| query.as_bytes().to_vec()).to_vec()
}

static THREADS: LazyLock<Vec<Arc<Thread>>> = LazyLock::new(|| {
    let bytes =
        fixtures(&["slashdot/story-2026", "reddit/thread.json", "discourse/topic-2026", "hackernews/algolia-old"]);
    bytes.iter().filter_map(|bytes| thread(bytes)).map(Arc::new).collect()
});

thread_local! {
    static VIEWS: RefCell<Vec<ThreadView>> = RefCell::new(THREADS.iter().map(|thread| {
        ThreadView::new(Arc::clone(thread), Thresholds::new(None, None), Geometry { width: 80, height: 24, text_width: 80 })
    }).collect());
}

/// The comments of each thread that a query chooses.
fn matching(query: &Query) -> Vec<u32> {
    VIEWS.with_borrow_mut(|views| {
        let count = |view: &mut ThreadView| {
            view.set_filter(Some(query.clone()));
            let count = view.matching().expect("there is a filter");
            view.set_filter(None);
            count
        };
        views.iter_mut().map(count).collect()
    })
}

/// Two queries, a line each: what is wrong lies within, and together they choose what each of them chooses.
pub(super) fn check_query(bytes: &[u8]) -> u64 {
    let text = String::from_utf8_lossy(bytes);
    let (one, other) = text.split_once('\n').unwrap_or((&text, ""));
    let mut says = Vec::new();
    for query in [one, other] {
        for parse in [Query::parse, Query::for_modifier, Query::for_stories] {
            match parse(query) {
                Ok(parsed) => assert_eq!(parsed.text(), query),
                Err(QueryError { at, says: why }) => {
                    assert!(query.is_char_boundary(at), "{at} in {query:?}");
                    says.push(why.chars().take(24).collect::<String>());
                    let error = QueryError { at, says: why };
                    assert!(error.caret(query).lines().count() == 2 && error.caret(query).ends_with('^'), "{query:?}");
                }
            }
        }
    }
    let (Ok(first), Ok(second)) = (Query::parse(one), Query::parse(other)) else { return shape(says) };
    let [first, second] = [first, second].map(|query| matching(&query));
    let either = Query::parse(&format!("{one} OR {other}")).expect("two queries with OR between are one");
    let either = matching(&either);
    let has_or = |query: &str| query.split_whitespace().any(|word| word == "OR");
    if !has_or(one) && !has_or(other) {
        let both = matching(&Query::parse(&format!("{one} {other}")).expect("terms side by side are a query"));
        for place in 0..either.len() {
            assert_eq!(first[place] + second[place], either[place] + both[place], "thread {place}");
        }
    }
    shape((says, first, second, either))
}
