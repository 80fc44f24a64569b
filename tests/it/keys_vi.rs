//! The key map for less and vi hands: whole, without doubles, and followed by config, help, hints and messages.

use std::collections::HashSet;

use lurker::app::{App, Command, GlobalCommand, Key, KeyMap, Motion, Scope, Span, ThreadCommand};
use lurker::shell::config::Config;
use lurker::shell::{shipped_keys, vi_keys};
use lurker::view::Row;

use crate::undo::{press, reader_with, thread};

fn vi() -> KeyMap {
    vi_keys().expect("the shipped keys are right")
}

fn names(map: &KeyMap, command: Command) -> Vec<String> {
    map.keys(command).map(Key::name).collect()
}

fn key(name: &str) -> Key {
    Key::parse(name).expect("a key's name")
}

#[test]
fn every_command_is_reached_and_no_key_stands_twice() {
    let map = vi();
    let mut bound = HashSet::new();
    for entry in Command::entries() {
        assert!(map.keys(entry.command).next().is_some(), "{} has no key", entry.name);
        for key in map.keys(entry.command) {
            for scope in [Scope::Thread, Scope::List].into_iter().filter(|scope| scope.meets(entry.command.scope())) {
                assert!(bound.insert((key, scope)), "{key} stands twice, once at {}", entry.name);
                assert_eq!(map.command(key, scope), Some(entry.command), "{key}");
            }
        }
    }
}

#[test]
fn what_it_does_not_name_keeps_all_its_keys() {
    let (own, map) = (shipped_keys().expect("the shipped keys are right"), vi());
    let file: toml::Table = toml::from_str(include_str!("../../assets/keys-vi.toml")).expect("it is right");
    for entry in Command::entries() {
        let is_named = file.contains_key(entry.name);
        assert_eq!(names(&own, entry.command) != names(&map, entry.command), is_named, "{}", entry.name);
    }
}

#[test]
fn scrolling_search_and_ends_have_the_keys_of_less() {
    let map = vi();
    for (name, command) in [
        ("d", Motion::HalfPageDown.into()),
        ("u", Motion::HalfPageUp.into()),
        ("f", Motion::PageDown.into()),
        ("ctrl-f", Motion::PageDown.into()),
        ("ctrl-b", Motion::PageUp.into()),
        ("ctrl-d", Motion::HalfPageDown.into()),
        ("g", Motion::Top.into()),
        ("G", Motion::Bottom.into()),
        ("space", ThreadCommand::ReadOn.into()),
        ("b", ThreadCommand::ReadBack.into()),
        ("/", ThreadCommand::Search.into()),
        ("n", ThreadCommand::NextMatch.into()),
        ("N", ThreadCommand::PreviousMatch.into()),
        ("q", GlobalCommand::Leave.into()),
    ] {
        assert_eq!(map.command(key(name), Scope::Thread), Some(command), "{name}");
    }
}

#[test]
fn the_configs_own_keys_lie_over_it() {
    let text = "keymap = \"vi\"\n[keys]\nreload = [\"d\"]\n";
    let keys = Config::parse("config.toml", text).expect("it is right").keys;
    assert_eq!(keys.command(key("d"), Scope::Thread), Some(GlobalCommand::Reload.into()));
    assert_eq!(names(&keys, Motion::HalfPageDown.into()), ["ctrl-d"]);
    assert_eq!(names(&keys, Motion::HalfPageUp.into()), ["u", "ctrl-u"]);
    let wrong = Config::parse("config.toml", "keymap = \"emacs\"").expect_err("there is no such map");
    assert_eq!(wrong, ["config.toml, line 1: keymap = \"emacs\": must be one of \"lurker\", \"vi\""]);
}

#[test]
fn help_and_messages_follow_it_and_its_keys_move() {
    let mut app = reader_with(vi(), (80, 24), thread(&[0; 60], &[3; 60]));
    let row = |app: &App| app.page().thread().expect("a thread").place().row;
    press(&mut app, "d");
    assert!(row(&app) > Row::Story);
    press(&mut app, "u");
    press(&mut app, "<");
    assert_eq!(row(&app), Row::Story);
    press(&mut app, "U");
    assert!(matches!(row(&app), Row::Comment(_)));
    press(&mut app, "&");
    assert!(app.prompt().is_some());
    press(&mut app, "esc");
    press(&mut app, "?");
    let help = app.overlay_content(app.overlay().expect("help"));
    let is_half_page = |span: &Span| *span == Span::Keys("d Ctrl-d".to_owned());
    assert!(help.lines.iter().flatten().any(is_half_page));
}
