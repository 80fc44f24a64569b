//! The program in a pseudo-terminal: what a person sees, and what is left of it in the terminal afterwards.

#[path = "support/pty.rs"]
mod pty;

use std::process::Command;
use std::sync::mpsc::channel;
use std::{fs, thread};

use pty::{Ended, PATIENCE, Session, assert_restored, command, look, lurker};
use rustix::process::Signal;

const TITLE: &str = "Library Brings Back Its 1986";

/// The demo, once it is on the screen.
fn demo(size: (u16, u16)) -> Session {
    let session = Session::start(lurker(&["demo"]), size);
    session.wait_for(TITLE);
    session.wait_for("? help");
    session
}

/// Where the reader is, as the status line says it: `story/110`, `3/110`.
fn place(screen: &vt100::Screen) -> String {
    let (lines, columns) = screen.size();
    let status = screen.rows(0, columns.get()).nth(usize::from(lines.get()) - 1).unwrap_or_default();
    status.split_whitespace().rev().nth(2).unwrap_or_default().to_owned()
}

#[test]
fn the_first_screen_shows_the_story_and_how_to_get_help() {
    for size in [(80, 24), (120, 40), (40, 12)] {
        let session = demo(size);
        let screen = session.wait("the alternate screen", vt100::Screen::alternate_screen);
        assert_eq!(place(&screen), "story/110", "{size:?}");
        assert!(screen.hide_cursor());
    }
}

#[test]
fn keys_move_fold_open_help_and_quit() {
    let before = Session::start(command("sleep", &["0"]), (80, 24)).modes();
    let mut session = demo((80, 24));
    for (key, there) in [("t", 3), ("\x1b[C", 4), ("\x1b[B", 5), ("k", 4), ("j", 5)] {
        session.keys(key).wait(key, |screen| place(screen) == format!("{there}/110"));
    }
    session.keys("\r").wait_for("[+3]");
    session.keys("\r").wait_gone("[+3]");
    session.keys("?").wait_for(" Keys");
    session.keys("\x1b").wait_gone(" Keys");
    session.keys("z").wait_for("z does nothing here; ? shows the keys");
    session.keys("q");
    let ended = session.end(&before);
    assert_eq!((ended.code, ended.signal.as_deref()), (0, None));
    ended.assert_restored();
}

/// Ends the demo in some way, and gives what is left of it.
fn left_by(leave: impl FnOnce(&mut Session)) -> Ended {
    let mut session = Session::start(lurker(&["demo"]), (80, 24));
    let before = Session::start(command("sleep", &["0"]), (80, 24)).modes();
    session.wait_for(TITLE);
    leave(&mut session);
    session.end(&before)
}

#[test]
fn the_terminal_is_as_it_was_after_each_way_out() {
    for (way, leave, code) in [
        ("q", (|session| _ = session.keys("q")) as fn(&mut Session), 0),
        ("Ctrl-c", |session| _ = session.keys("\x03"), 0),
        ("Ctrl-c in help", |session| _ = session.keys("?\x03"), 0),
        ("SIGTERM", |session| session.signal(Signal::TERM), 143),
        ("SIGHUP", |session| session.signal(Signal::HUP), 143),
        ("SIGINT", |session| session.signal(Signal::INT), 143),
    ] {
        let ended = left_by(leave);
        assert_eq!((ended.code, ended.signal.as_deref()), (code, None), "{way}");
        ended.assert_restored();
        assert_eq!(ended.screen.contents().trim(), "", "{way}: nothing is left on the shell's screen");
    }
}

#[test]
fn the_line_is_as_it_was_for_the_shell_that_started_it() {
    let script = format!("stty -g; {} demo; echo code $?; stty -g", env!("CARGO_BIN_EXE_lurker"));
    let mut session = Session::start(command("sh", &["-c", &script]), (80, 24));
    let before = session.modes();
    session.wait_for(TITLE);
    assert_ne!(session.modes(), before, "keys come at once and unseen");
    session.keys("q");
    let ended = session.end(&before);
    let text = String::from_utf8_lossy(&ended.raw);
    let modes: Vec<&str> = text.split_whitespace().filter(|word| word.matches(':').count() > 10).collect();
    assert!(modes.len() == 2 && modes[0] == modes[1], "{modes:?}");
    assert!(text.contains("code 0"));
    ended.assert_restored();
}

#[test]
fn it_ends_when_the_terminal_goes_away() {
    // The pipe ends when nobody holds it any more: neither the shell nor lurker.
    let held = std::env::temp_dir().join(format!("lurker-held-{}", std::process::id()));
    assert!(Command::new("mkfifo").arg(&held).status().expect("a pipe's name").success());
    let script = format!("exec 9>{}; {} demo; :", held.display(), env!("CARGO_BIN_EXE_lurker"));
    let session = Session::start(command("sh", &["-c", &script]), (80, 24));
    let (sender, ended) = channel();
    let path = held.clone();
    thread::spawn(move || sender.send(fs::read(path)));
    session.wait_for(TITLE);
    // With the leader of its session the terminal goes.
    session.signal(Signal::KILL);
    let outcome = ended.recv_timeout(PATIENCE);
    fs::remove_file(held).expect("the pipe's name");
    assert!(outcome.expect("an end").is_ok());
}

/// A shell with job control, with the demo in it.
fn in_a_shell() -> Session {
    let mut session = Session::start(command("sh", &["-i"]), (80, 24));
    session.wait_for("PROMPT>");
    session.keys(&format!("{} demo\r", env!("CARGO_BIN_EXE_lurker")));
    session.wait("the demo", |screen| screen.alternate_screen() && screen.contents().contains(TITLE));
    session
}

fn is_at_prompt(screen: &vt100::Screen) -> bool {
    !screen.alternate_screen() && screen.contents().trim_end().ends_with("PROMPT>")
}

#[test]
fn ctrl_z_gives_the_shell_back_and_fg_the_reader() {
    let mut session = in_a_shell();
    session.keys("t").wait("the first comment", |screen| place(screen) == "3/110");
    for _ in 0..3 {
        let screen = session.keys("\x1a").wait("the prompt", is_at_prompt);
        assert_restored(&session.raw(), &screen);
        // What is typed is seen again, and comes by the line.
        session.keys("echo us''able\r").wait("an echo", |screen| screen.contents().contains("\nusable"));
        session.keys("clear; fg\r");
        session.wait("the reader", |screen| screen.alternate_screen() && place(screen) == "3/110");
        session.wait_for("Everybody says");
    }
    session.keys("l").wait("the first reply", |screen| place(screen) == "4/110");
    let screen = session.keys("q").wait("the prompt", is_at_prompt);
    assert_restored(&session.raw(), &screen);
    session.keys("echo co''de $?\r").wait_for("code 0");
}

#[test]
fn ctrl_z_without_a_shell_changes_nothing() {
    let mut session = demo((80, 24));
    session.keys("t\x1al").wait("a reply", |screen| place(screen) == "4/110" && screen.alternate_screen());
    session.keys("g").wait_for(TITLE);
}

#[test]
fn ctrl_l_draws_anew() {
    let mut session = demo((80, 24));
    let before = look(&session.wait_for(TITLE));
    let length = session.raw().len();
    session
        .keys("\x0c")
        .wait_raw("a frame with the title", |raw| String::from_utf8_lossy(&raw[length..]).contains("Library"));
    session.keys("t").wait("the first comment", |screen| place(screen) == "3/110");
    session.keys("g").wait("the screen as before", |screen| look(screen) == before);
}
