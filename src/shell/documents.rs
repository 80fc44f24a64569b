//! Completions, the man page and the keys in force, all made from the code.

use std::io::{self, Write};

use clap::CommandFactory;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};

use super::args::Args;
use crate::app::{COMMANDS, Command, Entry, Key, KeyMap};

/// The generator ends the program where it cannot write, so it writes into memory.
pub(super) fn completions(shell: clap_complete::Shell, out: &mut dyn Write) -> io::Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "lurker", &mut script);
    out.write_all(&script)
}

/// The key map as a config file would have it.
pub(super) fn keys(map: &KeyMap, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "[keys]")?;
    for (heading, entries) in COMMANDS {
        writeln!(out, "\n# {heading}")?;
        for entry in entries {
            let names: Vec<String> =
                map.keys(entry.command).map(|key| format!("\"{}\"", escape(&key.name()))).collect();
            let line = format!("{} = [{}]", entry.name, names.join(", "));
            match map.help(entry).as_str() {
                "" => writeln!(out, "{line}")?,
                help => writeln!(out, "{line:<34}  # {help}")?,
            }
        }
    }
    Ok(())
}

/// A key's name within the quotes of a config file.
fn escape(name: &str) -> String {
    name.replace('\\', "\\\\").replace('"', "\\\"")
}

/// The man page, with these keys and those of the second map.
pub(super) fn man(map: &KeyMap, vi: &KeyMap, out: &mut dyn Write) -> io::Result<()> {
    Man::new(Args::command()).render(&mut *out)?;
    let mut roff = Roff::new();
    let names = |map: &KeyMap, entry: &Entry| {
        let names: Vec<String> = map.keys(entry.command).map(Key::name).collect();
        names.join(" ")
    };
    roff.control("SH", ["KEYS"]);
    for (heading, entries) in COMMANDS {
        roff.control("SS", [heading]);
        for entry in entries.iter().filter(|entry| !entry.help.is_empty()) {
            roff.control("TP", []).text([roman(names(map, entry))]).text([roman(map.help(entry))]);
        }
    }
    roff.control("SH", ["KEYS FOR LESS AND VI HANDS"]).text([roman(VI)]);
    let is_other = |entry: &&Entry| names(vi, entry) != names(map, entry) && !entry.help.is_empty();
    for entry in Command::entries().filter(is_other) {
        roff.control("TP", []).text([roman(names(vi, entry))]).text([roman(vi.help(entry))]);
    }
    if let Some((keys, says)) = vi.count_help() {
        roff.control("TP", []).text([roman(keys)]).text([roman(says)]);
    }
    roff.control("SH", ["FILES"]).text([roman(FILES)]);
    roff.control("SH", ["EXIT STATUS"]).text([roman(EXIT)]);
    roff.to_writer(out)
}

const FILES: &str = "lurker/config.toml in the user's config folder (XDG_CONFIG_HOME, else ~/.config); LURKER_CONFIG or \
                     --config name another.";

const VI: &str = "keymap = \"vi\" in the config file gives these keys instead:";

const EXIT: &str = "0 done; 1 the thread or list could not be loaded; 2 the command line or the config file is wrong.";
