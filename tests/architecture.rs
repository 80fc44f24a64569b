//! Reads the sources and holds the house to its rules: which layer may name what, and how large things may get.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A layer, the layers that it may name, and the crates that it may name.
type Layer = (&'static str, &'static [&'static str], &'static [&'static str]);

const LAYERS: [Layer; 8] = [
    ("model", &[], &[]),
    ("markup", &["model"], &["html5gum", "pulldown_cmark", "unicode_segmentation", "unicode_width"]),
    ("site", &["model", "markup"], &["encoding_rs", "html5gum", "jiff", "url"]),
    ("view", &["model"], &["regex", "unicode_segmentation", "unicode_width"]),
    ("print", &["model", "markup", "view"], &["jiff", "serde", "serde_json", "unicode_width"]),
    ("app", &["model", "markup", "view"], &[]),
    ("ui", &["model", "view", "app"], &["ratatui", "unicode_segmentation", "unicode_width"]),
    (
        "shell",
        &["model", "markup", "site", "view", "print", "app", "ui"],
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
            "tokio",
            "toml",
            "unicode_segmentation",
            "unicode_width",
            "url",
        ],
    ),
];

struct Source {
    path: PathBuf,
    /// The file without its tests.
    production: String,
}

impl Source {
    fn name(&self) -> String {
        self.path.strip_prefix(root().join("src")).unwrap_or(&self.path).display().to_string()
    }

    fn layer(&self) -> Option<&'static Layer> {
        let name = self.name();
        LAYERS.iter().find(|(layer, ..)| name == format!("{layer}.rs") || name.starts_with(&format!("{layer}/")))
    }

    /// Lines of code, without comments and texts in quotes.
    fn code(&self) -> impl Iterator<Item = String> {
        self.production.lines().filter(|line| !line.trim_start().starts_with("//")).map(|line| {
            let (kept, _) = line.split('"').enumerate().fold((String::new(), 0), |(mut kept, n), (place, piece)| {
                if place % 2 == 0 {
                    kept.push_str(piece);
                }
                (kept, n)
            });
            kept
        })
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sources() -> Vec<Source> {
    let mut found = Vec::new();
    let mut folders = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("src can be listed") {
            let path = entry.expect("src can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") && !is_test(&path) {
                let whole = fs::read_to_string(&path).expect("a source can be read");
                let production = whole.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
                found.push(Source { path, production });
            }
        }
    }
    assert!(found.len() > 40, "only {} sources found", found.len());
    found
}

fn is_test(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == "tests.rs")
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
    let mut wrong = Vec::new();
    for source in sources() {
        let Some((layer, layers, allowed)) = source.layer() else { continue };
        for line in source.code() {
            let other = names_after(&line, "crate::").filter(|name| LAYERS.iter().any(|(known, ..)| known == name));
            for name in other.filter(|name| name != layer && !layers.contains(name)) {
                wrong.push(format!("{} names the layer {name}", source.name()));
            }
            for name in crates.iter().filter(|name| line.contains(&format!("{name}::"))) {
                let named =
                    names_after(&line, &format!("{name}::")).next().is_some() || line.contains(&format!("use {name}"));
                if named && !allowed.contains(&name.as_str()) {
                    wrong.push(format!("{} names the crate {name}", source.name()));
                }
            }
            if *layer != "shell"
                && (line.contains("SystemTime") || line.contains("std::net") || line.contains("std::fs"))
            {
                wrong.push(format!("{} reaches outside: {line}", source.name()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn only_the_screen_counts_in_u16() {
    for source in sources().iter().filter(|source| source.layer().is_some_and(|(name, ..)| *name == "app")) {
        assert!(source.code().all(|line| !line.contains("u16")), "{}", source.name());
    }
}

#[test]
fn files_say_what_they_are_for_and_stay_small() {
    let mut lengths = Vec::new();
    for source in sources() {
        assert!(source.production.starts_with("//! "), "{} does not begin with its purpose", source.name());
        assert!(source.path.file_name().is_some_and(|name| name != "mod.rs"), "{}", source.name());
        let length = source.production.lines().count();
        assert!(length <= 500, "{} has {length} lines", source.name());
        lengths.push(length);
    }
    lengths.sort_unstable();
    assert!(lengths[lengths.len() / 2] <= 150, "the median file has {} lines", lengths[lengths.len() / 2]);
}

#[test]
fn functions_stay_small() {
    let mut lengths: Vec<(usize, String)> = Vec::new();
    for source in sources() {
        let lines: Vec<&str> = source.production.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let indent = line.len() - line.trim_start().len();
            let starts =
                ["fn ", "pub fn ", "pub(super) fn ", "pub(crate) fn ", "async fn ", "pub async fn ", "const fn "];
            if !starts.iter().any(|start| line.trim_start().starts_with(start)) || line.trim_end().ends_with(';') {
                continue;
            }
            let close = format!("{}}}", " ".repeat(indent));
            let length = if line.trim_end().ends_with('}') {
                1
            } else {
                lines.iter().skip(at).take_while(|line| **line != close).count() + 1
            };
            lengths.push((length, format!("{}:{}", source.name(), at + 1)));
        }
    }
    lengths.sort_unstable();
    assert!(lengths.len() > 300, "only {} functions found", lengths.len());
    let median = lengths[lengths.len() / 2].0;
    assert!(median <= 8, "the median function has {median} lines");
    let long: Vec<_> = lengths.iter().filter(|(length, _)| *length > 50).collect();
    assert!(long.len() * 50 < lengths.len(), "{} of {} functions over 50 lines: {long:?}", long.len(), lengths.len());
    assert!(lengths.last().is_some_and(|(length, _)| *length <= 100), "{:?}", lengths.last());
}

#[test]
fn nothing_in_production_can_panic_by_habit() {
    let mut wrong = Vec::new();
    for source in sources() {
        for line in source.code() {
            let habits = [".unwrap()", "panic!(", "todo!(", "unimplemented!(", "unreachable!(", "dbg!(", "println!("];
            wrong.extend(
                habits.iter().filter(|habit| line.contains(**habit)).map(|habit| format!("{}: {habit}", source.name())),
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_dependency_is_reasoned_for() {
    let page = fs::read_to_string(root().join("src/lib.rs")).expect("lib.rs can be read");
    let reasons = page.split("# Dependencies").nth(1).expect("the page lists dependencies");
    let dependencies = direct_dependencies();
    assert!(dependencies.len() <= 21, "{} direct dependencies", dependencies.len());
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

/// A site's files: `site/NAME.rs` and what is under `site/NAME/`.
fn is_of_a_site(name: &str) -> bool {
    let sites = ["slashdot", "hackernews", "lobsters", "lemmy", "reddit", "discourse"];
    let rest = |site| name.strip_prefix("site/").and_then(|rest: &str| rest.strip_prefix(site));
    sites.into_iter().filter_map(rest).any(|rest| rest.starts_with(['.', '/']))
}

#[test]
fn a_site_is_named_in_its_own_files_alone() {
    const NAMES: [&str; 7] = ["slashdot", "hackernews", "\"hn", "lobste", "lemmy", "reddit", "discourse"];
    const TABLES: [&str; 2] = ["site.rs", "site/registry.rs"];
    const ELSEWHERE: [(&str, &str, &str); 3] = [
        ("shell/args.rs", "slashdot", "an example of the help"),
        ("shell/config.rs", "slashdot", "the default site"),
        ("view/subject.rs", "reddit", "a score that the site hides for a while is shown as a dash"),
    ];
    let mut found = BTreeSet::new();
    for source in sources().iter().filter(|source| !is_of_a_site(&source.name())) {
        let code = source.production.lines().map(str::trim_start).filter(|line| !line.starts_with("//"));
        let code = code.collect::<Vec<_>>().join("\n").to_lowercase();
        let in_code = NAMES.into_iter().filter(|name| code.contains(name));
        found.extend(in_code.map(|name| (source.name(), name)).filter(|(file, _)| !TABLES.contains(&file.as_str())));
    }
    let allowed = ELSEWHERE.map(|(file, name, _)| (file.to_owned(), name)).into();
    assert_eq!(found, allowed, "a site is named outside its files, or is no more and need not be listed");
}
