//! The README's tables of sites and of keys are made from the code: `LURKER_README=1` writes them anew.

use std::fmt::Write;
use std::{env, fs};

use lurker::app::{COMMANDS, Command, Entry, KeyMap};
use lurker::shell::config::{Config, key_paths};
use lurker::shell::{shipped_keys, vi_keys};
use lurker::site::{Info, SITES, Site};

/// A part of the README that is made from the code: its name in the marks around it, and its text now.
type Part = (&'static str, fn() -> String);

const PARTS: [Part; 3] = [("sites", sites), ("keys", keys), ("vi keys", vi)];

/// The keys of a command, in a cell of a table.
fn cell(keys: &KeyMap, entry: &Entry) -> String {
    let names: Vec<String> = keys.keys(entry.command).map(|key| format!("`{key}`").replace('|', "\\|")).collect();
    names.join(" ")
}

/// The keys for less and vi hands, as far as they are others.
fn vi() -> String {
    let (keys, vi) =
        (shipped_keys().expect("the shipped keys are right"), vi_keys().expect("the shipped keys are right"));
    let mut table = "| keys | do | in place of |\n|---|---|---|\n".to_owned();
    let is_other = |entry: &&Entry| cell(&keys, entry) != cell(&vi, entry) && !entry.help.is_empty();
    for entry in Command::entries().filter(is_other) {
        writeln!(table, "| {} | {} | {} |", cell(&vi, entry), vi.help(entry), cell(&keys, entry))
            .expect("a string takes all");
    }
    let (counts, says) = vi.count_help().expect("digits are counts");
    writeln!(table, "| {counts} | {says} | |").expect("a string takes all");
    table
}

fn keys() -> String {
    let keys = shipped_keys().expect("the shipped keys are right");
    let mut table = "| keys | do |\n|---|---|\n".to_owned();
    for (heading, entries) in COMMANDS {
        writeln!(table, "| | **{heading}** |").expect("a string takes all");
        for entry in entries.iter().filter(|entry| !entry.help.is_empty()) {
            writeln!(table, "| {} | {} |", cell(&keys, entry), keys.help(entry)).expect("a string takes all");
        }
    }
    table
}

fn sites() -> String {
    let mut table = "| site | `lurker …` | a thread | on the tab bar |\n|---|---|---|---|\n".to_owned();
    for info in SITES.map(Site::info) {
        let Info { title, name, example, .. } = info;
        let sections: Vec<String> = info.sections.iter().map(|section| format!("`{section}`")).collect();
        let sections = sections.join(" ");
        writeln!(table, "| {title} | `{name}` | {example} | {sections} |").expect("a string takes all");
    }
    table
}

#[test]
fn its_tables_are_those_of_the_code() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let page = fs::read_to_string(path).expect("there is a README");
    let mut now = page.clone();
    for (name, part) in PARTS {
        let (start, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
        let (before, rest) = now.split_once(&start).expect("the table's start is marked");
        let (_, after) = rest.split_once(&end).expect("the table's end is marked");
        now = format!("{before}{start}{}{end}{after}", part());
    }
    if env::var_os("LURKER_README").is_some() {
        fs::write(path, now).expect("the README can be written");
    } else {
        assert!(page == now, "a table of the README is not the code's; write them anew with LURKER_README=1");
    }
}

#[test]
fn every_command_has_a_key_and_every_heading_commands() {
    let keys = shipped_keys().expect("the shipped keys are right");
    for (heading, entries) in COMMANDS {
        assert!(!entries.is_empty(), "{heading}");
        for entry in entries {
            assert!(keys.keys(entry.command).next().is_some(), "{} has no key", entry.name);
        }
    }
}

/// The config that the README shows.
fn config() -> String {
    let page = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).expect("there is a README");
    page.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("it shows a config").to_owned()
}

#[test]
fn the_config_in_the_readme_is_right() {
    let config = Config::parse("config.toml", &config()).expect("it is right");
    assert_eq!(config.default_site, "slashdot");
    assert!(!config.options.modifiers.is_empty() && config.options.hints);
}

/// That there is none but these in the README is told by reading it, which takes no others.
#[test]
fn every_key_of_the_config_is_in_the_readme() {
    let config = config();
    let mut table = String::new();
    let mut shown = Vec::new();
    for line in config.lines() {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.split(']').next()) {
            table = format!("{name}.");
        } else if let Some((name, _)) = line.split_once(" = ") {
            shown.push(format!("{table}{name}"));
        }
    }
    for path in key_paths() {
        let parts: Vec<&str> = path.split('.').collect();
        // A key that every site has is shown under the first of them.
        let is_shown = match parts[..] {
            [table, "*"] => shown.iter().any(|path| path.starts_with(&format!("{table}."))),
            ["sites", _, name] => shown.contains(&path) || shown.contains(&format!("sites.slashdot.{name}")),
            _ => shown.contains(&path),
        };
        assert!(is_shown, "{path}");
    }
}
