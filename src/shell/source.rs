//! Targets: the demo, standard input, a file, a thread or a list of a site.

use std::path::PathBuf;

use clap::CommandFactory;

use super::args::Args;
use super::closest::closest as nearest;
use super::disk_file;
use super::own_list::OwnList;
use crate::app::DEMO as DEMO_TARGET;
use crate::site::{ListTarget, SITES, Site, Sites, Target, ThreadTarget, parse};

/// The built-in discussion, in lurker's own form.
pub const DEMO: &[u8] = include_bytes!("../../assets/demo.json");

/// The source of a page.
#[derive(Debug)]
pub enum Source {
    /// Something that is on this machine.
    Local(Local),
    /// A thread of a known site.
    Thread(ThreadTarget),
    /// A list of a known site.
    List(Box<dyn ListTarget>),
    /// A list of the store.
    Stored(OwnList),
}

/// What is read without a network or a store.
#[derive(Clone, Debug)]
pub enum Local {
    /// The built-in discussion.
    Demo,
    /// Standard input.
    Standard,
    /// A file.
    File(PathBuf),
}

impl Source {
    /// Reads a target; a file goes before a short form of the same letters.
    ///
    /// # Errors
    /// One line that names the target and the forms that come closest.
    pub fn parse(target: &str, sites: &Sites) -> Result<Self, String> {
        match target {
            DEMO_TARGET => return Ok(Self::Local(Local::Demo)),
            "-" => return Ok(Self::Local(Local::Standard)),
            _ => {}
        }
        if let Some(kind) = OwnList::named(target) {
            return Ok(Self::Stored(kind));
        }
        let path = disk_file::path(target);
        if let Some(path) = path.as_ref().filter(|path| !path.is_dir()) {
            return Ok(Self::Local(Local::File(path.clone())));
        }
        match parse(target, sites).transpose()? {
            Some(Target::Thread(thread)) => Ok(Self::Thread(thread)),
            Some(Target::List(list)) => Ok(Self::List(list)),
            None => path
                .map(|path| Self::Local(Local::File(path)))
                .ok_or_else(|| format!("{target}: {}", closest(target, sites))),
        }
    }
}

/// What is wrong with a word that was typed to go somewhere and names nothing, and which of those that do comes closest.
pub(super) fn unknown_word<'w>(word: &str, known: impl IntoIterator<Item = &'w str>) -> String {
    let meant = nearest(word, known)
        .map_or_else(|| "; Tab names what there is".to_owned(), |meant| format!("; did you mean {meant}?"));
    format!("{word}: neither a command nor a site nor a thread nor a file{meant}")
}

/// Whether a target is one word, and no address, path or form of a site.
pub(super) fn is_word(target: &str) -> bool {
    !target.contains(['/', '.', ':'])
}

/// A suggestion for a target that names nothing.
fn closest(target: &str, sites: &Sites) -> String {
    let mut infos = sites.most_certain_first().map(Site::info);
    if let Some(info) = infos.find(|info| info.hints.iter().any(|word| target.contains(word))) {
        format!("no thread of {}; one looks like {}", info.phrase, info.example)
    } else if target.contains("://") || target.starts_with("www.") {
        let sites: Vec<&str> = sites.most_certain_first().map(|site| site.info().phrase).collect();
        format!("an address of no site that lurker knows, which are {}", sites.join(", "))
    } else if target.contains(['/', '.']) {
        format!("no such file{}", meant(target).unwrap_or_default())
    } else {
        let sites = SITES.map(|site| site.info().name).join(", ");
        let advice = meant(target).unwrap_or_else(|| "; try `lurker demo`, or a thread's address".to_owned());
        format!("neither a file nor a site nor a thread; the sites are {sites}{advice}")
    }
}

/// The command line with a mistyped site, command or `demo` put right, as the end of a message; `None` where none is
/// close.
fn meant(target: &str) -> Option<String> {
    let end = target.find(['/', ':']).unwrap_or(target.len());
    let (first, rest) = target.split_at_checked(end).unwrap_or((target, ""));
    let infos = SITES.map(Site::info);
    let mut known: Vec<(String, String)> =
        infos.iter().map(|info| (info.name.to_owned(), info.name.to_owned())).collect();
    known.extend(infos.iter().map(|info| (info.title.replace(' ', ""), info.name.to_owned())));
    if rest.is_empty() {
        let commands = Args::command();
        let words = commands.get_subcommands().map(clap::Command::get_name).chain(["demo"]);
        known.extend(words.map(|word| (word.to_owned(), word.to_owned())));
    }
    let close = nearest(first, known.iter().map(|(word, _)| word.as_str()))?;
    let (_, name) = known.iter().find(|(word, _)| word == close)?;
    Some(format!("; did you mean `lurker {name}{rest}`?"))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn targets_are_told_apart() {
        let none = Sites::default();
        assert!(matches!(Source::parse("demo", &none), Ok(Source::Local(Local::Demo))));
        assert!(matches!(Source::parse("-", &none), Ok(Source::Local(Local::Standard))));
        let file = Source::parse("Cargo.toml", &none);
        assert!(matches!(file, Ok(Source::Local(Local::File(path))) if path == Path::new("Cargo.toml")));
        let error = |target| Source::parse(target, &none).expect_err("fits nothing");
        assert_eq!(error("nowhere/page.html"), "nowhere/page.html: no such file");
        let known: Vec<&str> = none.most_certain_first().map(|site| site.info().phrase).collect();
        assert!(error("https://example.org/x").ends_with(&format!("which are {}", known.join(", "))));
        assert!(error("https://news.ycombinator.com/nowhere").contains("or hn:8863"));
        assert!(error("slashdot.org/nothing").contains("slashdot:26/09/09/2151202"));
        for (target, meant) in [
            ("dmeo", "`lurker demo`"),
            ("kyes", "`lurker keys`"),
            ("hackernew", "`lurker hn`"),
            ("lobsetrs", "`lurker lobsters`"),
            ("redit/hot", "`lurker reddit/hot`"),
            ("hnn:8863", "`lurker hn:8863`"),
        ] {
            assert!(error(target).contains(&format!("; did you mean {meant}?")), "{}", error(target));
        }
        assert!(!error("nowhere").contains("did you mean"));
        let known = ["history", "reload", "help"];
        assert_eq!(
            unknown_word("hsitory", known),
            "hsitory: neither a command nor a site nor a thread nor a file; did you mean history?"
        );
        assert!(unknown_word("nowhere", known).ends_with("; Tab names what there is"));
    }
}
