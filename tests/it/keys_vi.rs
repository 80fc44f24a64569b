//! The key map for less and vi hands: whole, without doubles, and followed by config, help, hints and messages.

use std::collections::HashSet;

use lurker::app::{
    App, Command, Effect, Event, GlobalCommand, Key, KeyMap, Motion, Overlay, Scope, Span, ThreadCommand,
};
use lurker::shell::config::Config;
use lurker::shell::{shipped_keys, vi_keys};
use lurker::view::Row;

use crate::support::screen::demo_with_keys;
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
        ("b", Motion::PageUp.into()),
        ("alt-v", ThreadCommand::ReadBack.into()),
        ("/", ThreadCommand::Search.into()),
        ("n", ThreadCommand::NextMatch.into()),
        ("N", ThreadCommand::PreviousMatch.into()),
        ("q", GlobalCommand::Leave.into()),
        ("alt-4", ThreadCommand::FoldBelow(4).into()),
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

#[tokio::test]
async fn digits_are_a_count_for_the_next_command() {
    demo_with_keys(vi(), (100, 40), async |driver| {
        // The count shows while it is typed, and Esc takes it back.
        driver.key("1").wait_for("1 story/110 ? help").await;
        driver.key("2").wait_for("12 story/110 ? help").await;
        driver.key("esc").wait_gone("12 story/110").await;
        driver.keys("E g j j j").wait_for("3/110").await;
        let here = driver.here();
        driver.keys("g 3 j").wait("the third row", |screen| screen.contains(&here) && screen.contains(" 3/110")).await;
        driver.keys("1 0 G").wait_for(" 10/110").await;
        driver.keys("5 g").wait_for(" 5/110").await;
        driver.keys("7 g g f12").wait_for("F12 does nothing here").await;
        driver.wait_for(" 7/110").await;
        driver.keys("9 9 9 G").wait_for("only 110 comments are here").await;
        driver.wait_for(" 110/110").await;
        // More than there are lead to the last one, as do more steps.
        driver.keys("g t t t f12").wait_for("F12 does nothing here").await;
        let there = driver.here();
        driver.keys("g 3 t").wait("the third thread", |screen| screen.contains(&there)).await;
        // A command is one jump, however far it was counted.
        driver.keys("f12").wait_for("F12 does nothing here").await;
        driver.keys("'").wait_for("story/110").await;
        driver.keys("t t f12").wait_for("F12 does nothing here").await;
        let start = driver.here();
        driver.keys("2 t").wait("another comment", |screen| !screen.contains(&start)).await;
        driver.keys("' f12").wait_for("F12 does nothing here").await;
        assert_eq!(driver.here(), start);
        driver.keys("9 9 t").wait_for("no further comment on the top level").await;
    })
    .await;
}

#[tokio::test]
async fn a_count_folds_below_a_level_and_is_no_use_to_what_has_none() {
    demo_with_keys(vi(), (120, 40), async |driver| {
        driver.keys("2 C").wait_for("folded below level 2; z takes that back").await;
        driver.keys("alt-3").wait_for("folded below level 3; z takes that back").await;
        driver.keys("2 z z").wait_for("nothing to undo").await;
        driver.keys("2 0 %").wait_for("the best 20% in full, the rest on one line each").await;
        assert!(driver.screen().contains("25 in full (the best 20%)"), "{}", driver.screen());
        driver.key("z").wait_for("28 in full").await;
        driver.keys("3 ?").wait_for("Keys").await;
        driver.wait_for("0 to 9 a count for what comes next: 3j goes 3 further").await;
        driver.keys("esc : f o l d - b e l o w - 1 enter").wait_for("folded below level 1").await;
        // A click is no command that was counted.
        driver.keys("4").wait_for("4 ").await;
        driver.send(Event::Click(5, 5)).key("0").wait_for("0 does nothing here").await;
    })
    .await;
}

#[test]
fn what_vi_types_to_leave_leaves_and_h_is_help() {
    for typed in
        [": q enter", ": q ! enter", ": q a enter", ": q a ! enter", ": w q enter", ": x enter", ": q u i t enter"]
    {
        let mut app = reader_with(vi(), (80, 24), thread(&[0; 9], &[3; 9]));
        let mut effects = Vec::new();
        for name in typed.split(' ') {
            effects.extend(app.update(Event::Key(key(name)), 0));
        }
        assert!(effects.iter().any(|effect| matches!(effect, Effect::Quit)), "{typed}");
    }
    for typed in [": h enter", ": h e l p enter"] {
        let mut app = reader_with(vi(), (80, 24), thread(&[0; 9], &[3; 9]));
        press(&mut app, typed);
        assert!(matches!(app.overlay(), Some(Overlay::Help(_))), "{typed}");
    }
}

#[test]
fn b_is_a_screen_up_in_lists_as_f_is_one_down() {
    let map = vi();
    for (name, command) in [("f", Motion::PageDown), ("b", Motion::PageUp)] {
        assert_eq!(map.command(key(name), Scope::List), Some(command.into()), "{name}");
    }
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
