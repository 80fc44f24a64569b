//! The README's table of keys is made from the key map: `LURKER_README=1` writes it anew.

use std::fmt::Write;
use std::{env, fs};

use lurker::app::COMMANDS;
use lurker::shell::config::Loaded;
use lurker::shell::shipped_keys;

const MARKS: (&str, &str) = ("<!-- keys -->\n", "<!-- /keys -->");

fn table() -> String {
    let keys = shipped_keys().expect("the shipped keys are right");
    let mut table = "| keys | do |\n|---|---|\n".to_owned();
    for (heading, entries) in COMMANDS {
        writeln!(table, "| | **{heading}** |").expect("a string takes all");
        for entry in entries.iter().filter(|entry| !entry.help.is_empty()) {
            let names: Vec<String> = keys.keys(entry.command).map(|key| format!("`{key}`")).collect();
            writeln!(table, "| {} | {} |", names.join(" "), keys.help(entry)).expect("a string takes all");
        }
    }
    table
}

#[test]
fn the_table_of_keys_is_the_key_map() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let page = fs::read_to_string(path).expect("there is a README");
    let (before, rest) = page.split_once(MARKS.0).expect("the table's start is marked");
    let (kept, after) = rest.split_once(MARKS.1).expect("the table's end is marked");
    let now = table();
    if env::var_os("LURKER_README").is_some() {
        fs::write(path, format!("{before}{}{now}{}{after}", MARKS.0, MARKS.1)).expect("the README can be written");
    } else {
        assert!(kept == now, "the README's keys are not the key map's; write them anew with LURKER_README=1");
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

#[test]
fn the_config_in_the_readme_is_right() {
    let page = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).expect("there is a README");
    let config = page.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("it shows a config");
    let loaded = Loaded::parse("config.toml".to_owned(), config.to_owned()).expect("it can be read");
    let sites = loaded.known_sites().expect("its sites are right");
    assert_eq!(loaded.default_site(&sites).as_deref(), Ok("slashdot"));
    assert!(loaded.options().is_ok_and(|options| !options.modifiers.is_empty() && options.hints));
    for outcome in [loaded.keys().err(), loaded.network().err(), loaded.appearance().err()] {
        assert_eq!(outcome, None);
    }
}
