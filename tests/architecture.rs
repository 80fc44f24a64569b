//! Reads the sources and holds the house to its rules: which layer may name what, and how large things may get.
//!
//! A rule is a function from sources to what is wrong with them. `examples` tries each on made-up sources, good and bad, so
//! that one which cannot fail is noticed.

#[path = "architecture/examples.rs"]
mod examples;
#[path = "architecture/functions.rs"]
mod functions;
#[path = "architecture/source.rs"]
mod source;
#[path = "architecture/uses.rs"]
mod uses;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use functions::{Function, functions};
use source::Source;

/// A layer, the layers that it may name, and the crates that it may name.
type Layer = (&'static str, &'static [&'static str], &'static [&'static str]);

const LAYERS: [Layer; 9] = [
    ("model", &[], &[]),
    ("markup", &["model"], &["html5gum", "memchr", "pulldown_cmark", "unicode_segmentation", "unicode_width"]),
    ("site", &["model", "markup"], &["brotli_decompressor", "encoding_rs", "flate2", "jiff", "memchr", "url", "zstd"]),
    ("view", &["model"], &["memchr", "regex", "unicode_segmentation", "unicode_width", "url"]),
    ("print", &["model", "markup", "view"], &["jiff", "serde", "serde_json", "unicode_width"]),
    ("store", &["model", "markup", "site", "view", "print"], &["rusqlite", "zstd"]),
    ("app", &["model", "markup", "view"], &["unicode_segmentation", "unicode_width"]),
    ("ui", &["model", "view", "app"], &["ratatui", "unicode_segmentation", "unicode_width"]),
    (
        "shell",
        &["model", "markup", "site", "view", "print", "store", "app", "ui"],
        &[
            "clap",
            "clap_complete",
            "clap_mangen",
            "crossterm",
            "jiff",
            "open",
            "ratatui",
            "reqwest",
            "rustix",
            "rustls",
            "serde",
            "serde_json",
            "tokio",
            "toml",
            "unicode_segmentation",
            "unicode_width",
            "url",
        ],
    ),
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The sources of the program, without those that are tests as a whole.
fn sources() -> Vec<Source> {
    let mut found = Vec::new();
    let mut folders = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("src can be listed") {
            let path = entry.expect("src can be listed").path();
            let name = path.strip_prefix(root().join("src")).expect("src is listed").display().to_string();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") && !name.ends_with("/tests.rs") {
                found.push(Source::read(&name, &fs::read_to_string(&path).expect("a source can be read")));
            }
        }
    }
    assert!(found.len() > 40, "only {} sources found", found.len());
    found.sort_by(|one, other| one.name.cmp(&other.name));
    found
}

fn layer(source: &Source) -> Option<&'static Layer> {
    let is_of = |layer: &str| source.name.strip_prefix(layer).is_some_and(|rest| rest.starts_with(['.', '/']));
    LAYERS.iter().find(|(layer, ..)| is_of(layer))
}

/// The first names behind every `prefix` on a line.
fn names_after<'a>(line: &'a str, prefix: &'a str) -> impl Iterator<Item = &'a str> {
    line.match_indices(prefix).filter_map(move |(at, _)| {
        let starts = line.get(..at)?.chars().next_back().is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != ':');
        let rest = line.get(at + prefix.len()..)?;
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        starts.then(|| rest.get(..end)).flatten()
    })
}

fn direct_dependencies() -> BTreeSet<String> {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("Cargo.toml can be read");
    let table = manifest.split("[dependencies]").nth(1).and_then(|rest| rest.split("\n[").next()).unwrap_or_default();
    table.lines().filter_map(|line| Some(line.split_once('=')?.0.trim().to_owned())).collect()
}

#[test]
fn layers_name_only_what_they_may() {
    let crates: Vec<String> = direct_dependencies().iter().map(|name| name.replace('-', "_")).collect();
    let sources = sources();
    let mut wrong: Vec<String> = sources.iter().flat_map(|source| named_against_the_layers(source, &crates)).collect();
    wrong.extend(needed_against_the_layers(&sources));
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// By whatever path: `super::super::ui` too.
fn needed_against_the_layers(sources: &[Source]) -> Vec<String> {
    let layer_of = |name: &str| sources.iter().find(|source| source.name == name).and_then(layer);
    let allows = |from: &Layer, to: &Layer| from.0 == to.0 || from.1.contains(&to.0);
    let may = |from: &str, to: &str| layer_of(from).zip(layer_of(to)).is_none_or(|(from, to)| allows(from, to));
    let needs = uses::needs(sources).into_iter().filter(|(from, to)| !may(from, to));
    needs.map(|(from, to)| format!("{from} needs {to}")).collect()
}

fn named_against_the_layers(source: &Source, crates: &[String]) -> Vec<String> {
    let Some((layer, layers, allowed)) = layer(source) else { return Vec::new() };
    let name = &source.name;
    let mut wrong = Vec::new();
    for line in source.code.lines() {
        let other = names_after(line, "crate::").filter(|name| LAYERS.iter().any(|(known, ..)| known == name));
        let other = other.filter(|other| other != layer && !layers.contains(other));
        wrong.extend(other.map(|other| format!("{name} names the layer {other}")));
        let outside = crates.iter().filter(|named| !allowed.contains(&named.as_str()));
        let outside = outside.filter(|named| {
            names_after(line, &format!("{named}::")).next().is_some()
                || names_after(line, "use ").any(|used| used == named.as_str())
        });
        wrong.extend(outside.map(|named| format!("{name} names the crate {named}")));
        if line.contains("crate::{") || (*layer != "shell" && line.contains("std::{")) {
            wrong.push(format!("{name} groups what the rules read one by one: {}", line.trim()));
        }
        // The store's own file is made, locked and set aside in one place.
        let may_reach = *layer == "shell" || name == "store/file.rs";
        let reaches = ["SystemTime", "std::net", "std::fs"].iter().any(|outside| line.contains(outside));
        if !may_reach && reaches {
            wrong.push(format!("{name} reaches outside: {}", line.trim()));
        }
    }
    wrong
}

#[test]
fn only_the_screen_counts_in_u16() {
    let wrong: Vec<String> =
        sources().iter().filter(|source| counts_in_u16(source)).map(|source| source.name.clone()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn counts_in_u16(source: &Source) -> bool {
    layer(source).is_some_and(|(name, ..)| *name == "app") && source.code.contains("u16")
}

#[test]
fn files_say_what_they_are_for_and_stay_small() {
    let sources = sources();
    let wrong: Vec<String> = sources.iter().flat_map(form).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let mut lengths: Vec<usize> = sources.iter().map(|source| source.production.lines().count()).collect();
    lengths.sort_unstable();
    assert!(lengths[lengths.len() / 2] <= 150, "the median file has {} lines", lengths[lengths.len() / 2]);
}

fn form(source: &Source) -> Vec<String> {
    let (name, length) = (&source.name, source.production.lines().count());
    let wrong = [
        (!source.production.starts_with("//! "), "does not begin with its purpose".to_owned()),
        (name.ends_with("mod.rs"), "stands in its folder and not beside it".to_owned()),
        (length > 500, format!("has {length} lines")),
    ];
    wrong.into_iter().filter(|(is_so, _)| *is_so).map(|(_, what)| format!("{name} {what}")).collect()
}

#[test]
fn first_lines_state_a_purpose() {
    let unclear: Vec<String> = sources().iter().filter_map(unclear_first_line).collect();
    assert!(unclear.is_empty(), "a question, or too long: {unclear:#?}");
}

/// A first line is a statement that fits on one line: it neither asks nor answers a question.
fn unclear_first_line(source: &Source) -> Option<String> {
    const QUESTIONS: [&str; 7] = ["What", "How", "Who", "Where", "Why", "Which", "When"];
    let line = source.first_line().trim_start_matches("//! ");
    let word = line.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let is_long = source.first_line().chars().count() > 120;
    (QUESTIONS.contains(&word) || is_long).then(|| source.name.clone())
}

#[test]
fn no_modules_need_each_other_in_a_circle() {
    let needs = uses::among_sisters(&uses::needs(&sources()));
    let circular = uses::circular(&needs);
    assert!(circular.is_empty(), "the first needs the second, in a circle: {circular:#?}");
}

#[test]
fn functions_stay_small() {
    let mut found: Vec<Function> = sources().iter().flat_map(functions).collect();
    found.sort_unstable();
    assert!(found.len() > 300, "only {} functions found", found.len());
    let wrong = sizes(&found);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// `found` is in order of length.
fn sizes(found: &[Function]) -> Vec<String> {
    let median = found[found.len() / 2].lines;
    let long: Vec<_> = found.iter().filter(|function| function.lines > 50).collect();
    let wrong = [
        (median > 8, format!("the median function has {median} lines")),
        (
            long.len() * 50 >= found.len(),
            format!("{} of {} functions over 50 lines: {long:?}", long.len(), found.len()),
        ),
        (found.iter().any(|function| function.lines > 100), format!("{:?}", found.last())),
    ];
    wrong.into_iter().filter(|(is_so, _)| *is_so).map(|(_, what)| what).collect()
}

#[test]
fn nothing_in_production_can_panic_by_habit() {
    let wrong: Vec<String> = sources().iter().flat_map(habits).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn habits(source: &Source) -> Vec<String> {
    let habits = [".unwrap()", "panic!(", "todo!(", "unimplemented!(", "unreachable!(", "dbg!(", "println!("];
    let found = habits.iter().filter(|habit| source.code.contains(**habit));
    found.map(|habit| format!("{}: {habit}", source.name)).collect()
}

#[test]
fn every_dependency_is_reasoned_for() {
    let page = fs::read_to_string(root().join("src/lib.rs")).expect("lib.rs can be read");
    let reasons = page.split("# Dependencies").nth(1).expect("the page lists dependencies");
    let dependencies = direct_dependencies();
    assert!(dependencies.len() <= 28, "{} direct dependencies", dependencies.len());
    for name in dependencies {
        assert!(reasons.contains(&name), "{name} stands in Cargo.toml without a reason in src/lib.rs");
    }
}

#[test]
fn the_architecture_page_agrees_with_the_rules() {
    let page = fs::read_to_string(root().join("src/lib.rs")).expect("lib.rs can be read");
    for (layer, layers, crates) in LAYERS {
        let row =
            page.lines().find(|line| line.starts_with(&format!("//! | [`{layer}`]"))).expect("each layer has a row");
        let may = row.rsplit('|').nth(1).unwrap_or_default();
        if layer == "shell" {
            continue;
        }
        let said: BTreeSet<String> =
            may.split(',').map(|name| name.trim().replace('`', "").replace('-', "_")).collect();
        let meant: BTreeSet<String> = layers.iter().chain(crates).map(|&name| name.to_owned()).collect();
        let meant = if meant.is_empty() { BTreeSet::from(["–".to_owned()]) } else { meant };
        assert_eq!(said, meant, "{layer}");
    }
}

/// The sites, by the names of their files.
const SITE_FILES: [&str; 6] = ["slashdot", "hackernews", "lobsters", "lemmy", "reddit", "discourse"];
/// The words that name a site wherever they stand: the start of its file's name, and its short name where that is another.
const SITE_WORDS: [&str; 7] = ["slashdot", "hackernews", "\"hn", "lobste", "lemmy", "reddit", "discourse"];

/// A site's files: `site/NAME.rs` and what is under `site/NAME/`.
fn is_of_a_site(name: &str) -> bool {
    let rest = |site| name.strip_prefix("site/").and_then(|rest: &str| rest.strip_prefix(site));
    SITE_FILES.into_iter().filter_map(rest).any(|rest| rest.starts_with(['.', '/']))
}

#[test]
fn every_site_of_the_table_is_known_here() {
    let table = fs::read_to_string(root().join("src/site/registry.rs")).expect("the table can be read");
    let rows: Vec<&str> =
        table.lines().filter_map(|line| line.trim().strip_prefix("&super::")?.split("::").next()).collect();
    assert_eq!(rows, SITE_FILES);
    assert!(rows.iter().all(|row| SITE_WORDS.iter().any(|word| row.starts_with(word))));
}

#[test]
fn a_site_is_named_in_its_own_files_alone() {
    const TABLES: [&str; 2] = ["site.rs", "site/registry.rs"];
    const ELSEWHERE: [(&str, &str, &str); 2] =
        [("shell/args.rs", "slashdot", "an example of the help"), ("shell/config.rs", "slashdot", "the default site")];
    let mut found = BTreeSet::new();
    for source in sources().iter().filter(|source| !TABLES.contains(&source.name.as_str())) {
        found.extend(sites_named(source).into_iter().map(|site| (source.name.clone(), site)));
    }
    let allowed = ELSEWHERE.map(|(file, name, _)| (file.to_owned(), name)).into();
    assert_eq!(found, allowed, "a site is named outside its files, or is no more and need not be listed");
}

/// The sites that a file of none of them names, in code or in a quoted text.
fn sites_named(source: &Source) -> Vec<&'static str> {
    let text = source.uncommented.to_lowercase();
    SITE_WORDS.into_iter().filter(|name| !is_of_a_site(&source.name) && text.contains(name)).collect()
}
