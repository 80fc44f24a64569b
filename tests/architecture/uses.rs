//! Which file of `src` needs which other, by the paths in its code, and the circles among them.
//!
//! A file needs another where its code names an item of it: in a `use`, or by a path from `crate`, `super`, `self` or a
//! module that it declares. A name that a file passes on from another (`pub use child::Name`) leads to that other file, and
//! the passing on alone is no need. Methods are named by no path and make no need.
//!
//! A circle is one of *sisters*, modules with the same parent: each of them, with all that is below it, needs the next, and
//! the last needs the first. A parent and its children are one thing in several files, so that what they need of each
//! other is no circle: the children name the parent's types, the parent calls the children's functions.

#![expect(clippy::string_slice, reason = "every place is that of a sign or of a whole word")]

use std::collections::{BTreeMap, BTreeSet};

use super::source::Source;

type Module = Vec<String>;

/// Two files, by their names under `src`, of which the first needs the second.
pub(crate) type Need = (String, String);

/// A `use` of one name.
struct Use {
    path: Vec<String>,
    name: String,
    is_public: bool,
}

struct File<'a> {
    source: &'a Source,
    uses: Vec<Use>,
    /// Paths outside `use`, and single words.
    paths: BTreeSet<Vec<String>>,
}

/// Every need of one file for another.
pub(crate) fn needs(sources: &[Source]) -> BTreeSet<Need> {
    let files: BTreeMap<Module, File<'_>> = sources.iter().map(|source| (module(&source.name), file(source))).collect();
    let mut found = BTreeSet::new();
    for (module, file) in &files {
        let named =
            file.uses.iter().filter(|used| !used.is_public || file.paths.iter().any(|path| path[0] == used.name));
        let paths = named.map(|used| &used.path).chain(&file.paths);
        for target in paths.filter_map(|path| resolve(&files, module, path, 0)).filter(|target| target != module) {
            found.insert((file.source.name.clone(), files[&target].source.name.clone()));
        }
    }
    found
}

/// What sisters need of each other, by themselves or by a file below them.
pub(crate) fn among_sisters(needs: &BTreeSet<Need>) -> BTreeSet<Need> {
    needs.iter().filter_map(|(from, to)| sisters(from, to)).collect()
}

/// Those needs that are part of a circle: the second of the two needs the first, by way of others or not.
pub(crate) fn circular(needs: &BTreeSet<Need>) -> BTreeSet<Need> {
    needs.iter().filter(|(from, to)| reaches(needs, to, from)).cloned().collect()
}

/// The sisters above two files; none where one of the files is above the other.
fn sisters(from: &str, to: &str) -> Option<Need> {
    let (from, to) = (module(from), module(to));
    let shared = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    let file = |module: &Module| Some(format!("{}.rs", module.get(..=shared)?.join("/")));
    file(&from).zip(file(&to))
}

/// Whether needs lead from one file to another.
pub(crate) fn reaches(needs: &BTreeSet<Need>, from: &str, to: &str) -> bool {
    let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(file) = open.pop() {
        if file == to {
            return true;
        }
        if seen.insert(file) {
            open.extend(needs.iter().filter(|(needing, _)| needing == file).map(|(_, needed)| needed.as_str()));
        }
    }
    false
}

/// `view/bar.rs` is `view::bar`; `lib.rs` is the crate itself.
fn module(name: &str) -> Module {
    let path = name.trim_end_matches(".rs");
    if path == "lib" { Vec::new() } else { path.split('/').map(str::to_owned).collect() }
}

/// The file that a path in `module` leads to; nothing where it leads outside, or to something local.
fn resolve(files: &BTreeMap<Module, File<'_>>, module: &Module, path: &[String], passed: usize) -> Option<Module> {
    let (mut at, mut rest) = (module.clone(), path);
    let child = |at: &Module, name: &String| {
        Some([at.as_slice(), std::slice::from_ref(name)].concat()).filter(|to| files.contains_key(to))
    };
    match path.first()?.as_str() {
        "crate" => (at, rest) = (Vec::new(), &path[1..]),
        "self" => rest = &path[1..],
        "super" => {}
        first if path.len() == 1 || child(&at, &first.to_owned()).is_none() => return None,
        _ => {}
    }
    while rest.first().is_some_and(|first| first == "super") {
        at.pop();
        rest = &rest[1..];
    }
    while let Some(to) = rest.first().and_then(|name| child(&at, name)) {
        (at, rest) = (to, &rest[1..]);
    }
    let passed_on = rest.first().and_then(|name| files.get(&at)?.uses.iter().find(|used| used.name == *name));
    match passed_on {
        // Where names are passed on in a ring, the compiler would have refused them; the bound is for made-up sources.
        Some(used) if passed < 8 => resolve(files, &at, &used.path, passed + 1).or(Some(at)),
        _ => files.contains_key(&at).then_some(at),
    }
}

fn file(source: &Source) -> File<'_> {
    let words = words(&source.code);
    let (mut uses, mut paths) = (Vec::new(), BTreeSet::new());
    let mut at = 0;
    while at < words.len() {
        if words[at] == "use" {
            let end = at + words[at..].iter().position(|word| *word == ";").unwrap_or(words.len() - at);
            let is_public = words[..at].last().is_some_and(|word| *word == "pub" || *word == ")");
            tree(&words[at + 1..end], is_public, &mut uses);
            at = end;
        } else if words[at] == "pub" && words.get(at + 1) == Some(&"(") {
            // `pub(in crate::view)` says who may name it, and names nothing itself.
            at += words[at..].iter().position(|word| *word == ")").unwrap_or_default();
        } else if is_name(words[at]) && (at == 0 || words[at - 1] != "::") {
            let mut path = vec![words[at].to_owned()];
            while words.get(at + 1) == Some(&"::") && words.get(at + 2).is_some_and(|word| is_name(word)) {
                path.push(words[at + 2].to_owned());
                at += 2;
            }
            paths.insert(path);
        }
        at += 1;
    }
    File { source, uses, paths }
}

/// The names of a `use`, which may nest: `a::{b, c::{self, d as e}, f::*}`.
fn tree(words: &[&str], is_public: bool, uses: &mut Vec<Use>) {
    let (mut prefix, mut outer): (Vec<String>, Vec<usize>) = (Vec::new(), Vec::new());
    let mut name: Option<String> = None;
    let mut end = |prefix: &[String], name: &mut Option<String>| {
        if let Some(name) = name.take() {
            let is_itself = prefix.last().is_some_and(|last| last == "self");
            let path = prefix[..prefix.len() - usize::from(is_itself)].to_vec();
            let name = if name == "self" { path.last().cloned().unwrap_or_default() } else { name };
            uses.push(Use { path, name, is_public });
        }
    };
    for (at, word) in words.iter().enumerate() {
        match *word {
            "{" => {
                outer.push(prefix.len());
                name = None;
            }
            "," | "}" => {
                end(&prefix, &mut name);
                prefix.truncate(outer.last().copied().unwrap_or_default());
                if *word == "}" {
                    outer.pop();
                }
            }
            "::" | "as" => {}
            word if at > 0 && words[at - 1] == "as" => name = Some(word.to_owned()),
            word => {
                prefix.push(word.to_owned());
                name = Some(word.to_owned());
            }
        }
    }
    end(&prefix, &mut name);
}

fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Names, `::`, and every other sign alone.
fn words(code: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = code.trim_start();
    while let Some(first) = rest.chars().next() {
        let named = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let length = if named > 0 {
            named
        } else if rest.starts_with("::") {
            2
        } else {
            first.len_utf8()
        };
        words.push(&rest[..length]);
        rest = rest[length..].trim_start();
    }
    words
}
