//! Leaving the program in a pseudo-terminal: by any signal, without a terminal, and at a terminal that takes no output.

use std::fs;
use std::io::{Read, Write};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use rustix::process::{Signal, kill_process};

use crate::pty::{TITLE, in_a_shell, is_at_prompt, place};
use crate::support::pty::{Session, assert_restored, at_once, lurker};

#[test]
fn signals_that_end_a_program_find_the_terminal_restored() {
    let signals = [
        Signal::USR1,
        Signal::USR2,
        Signal::ALARM,
        Signal::VTALARM,
        Signal::PROF,
        Signal::IO,
        Signal::XCPU,
        Signal::ABORT,
        Signal::TRAP,
    ];
    at_once(signals, |signal| {
        let session = Session::start(lurker(&["demo"]), (80, 24));
        session.wait_for(TITLE);
        session.signal(signal);
        let ended = session.end();
        assert_eq!((ended.code, ended.signal.as_deref()), (128 + signal.as_raw().cast_unsigned(), None), "{signal:?}");
        ended.assert_restored();
        assert_eq!(ended.screen.contents().trim(), "", "{signal:?}: nothing is left on the shell's screen");
    });
}

/// The shell has its terminal again, and nothing that the mouse has reported.
fn assert_no_report_reaches_the_shell(session: &mut Session) {
    let screen = session.wait("the prompt", is_at_prompt);
    assert_restored(&session.raw(), &screen);
    session.keys("echo us''able\r").wait("an echo", |screen| screen.contents().contains("\nusable"));
    let contents = session.wait("the prompt", is_at_prompt).contents();
    assert!(!contents.contains("[<0"), "{contents}");
}

#[test]
fn the_release_of_a_click_that_quits_does_not_reach_the_shell() {
    let mut session = in_a_shell();
    session.wait_for("q quit");
    // It quits at the release, however late that is.
    session.keys("\x1b[<0;3;23M").keys("\x1b[<0;3;23m");
    assert_no_report_reaches_the_shell(&mut session);
}

#[test]
fn the_release_of_a_button_that_is_down_at_the_end_does_not_reach_the_shell() {
    let mut session = in_a_shell();
    let questions = |raw: &[u8]| String::from_utf8_lossy(raw).matches("\x1b[c").count();
    let before = questions(&session.raw());
    session.wait_for("q quit  ↓ next");
    session.keys("\x1b[<0;11;23M").wait("a line further", |screen| screen.contents().starts_with("▌  Better"));
    kill_process(session.foreground(), Signal::TERM).expect("the reader runs");
    // The terminal sends what it had to report, and then its answer.
    session.wait_raw("the question behind the reports", |raw| questions(raw) > before);
    session.keys("\x1b[<0;3;23m\x1b[?6c");
    assert_no_report_reaches_the_shell(&mut session);
}

#[test]
fn a_stop_from_outside_gives_the_shell_back_as_ctrl_z_does() {
    let mut session = in_a_shell();
    session.keys("t").wait("the first comment", |screen| place(screen) == "3/110");
    for _ in 0..2 {
        kill_process(session.foreground(), Signal::TSTP).expect("the reader runs");
        let screen = session.wait("the prompt", is_at_prompt);
        assert_restored(&session.raw(), &screen);
        session.keys("echo us''able\r").wait("an echo", |screen| screen.contents().contains("\nusable"));
        session.keys("clear; fg\r");
        session.wait("the reader", |screen| screen.alternate_screen() && place(screen) == "3/110");
    }
    let screen = session.keys("q").wait("the prompt", is_at_prompt);
    assert_restored(&session.raw(), &screen);
}

#[test]
fn a_stop_from_outside_without_a_shell_changes_nothing() {
    let mut session = Session::start(lurker(&["demo"]), (80, 24));
    session.wait_for(TITLE);
    session.signal(Signal::TSTP);
    session.keys("tl").wait("a reply", |screen| place(screen) == "4/110" && screen.alternate_screen());
}

#[test]
fn a_closed_terminal_ends_the_program_without_a_panic() {
    let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
    let mut child = pair.slave.spawn_command(lurker(&["demo"])).expect("the program starts");
    let mut reader = pair.master.try_clone_reader().expect("a reader");
    let mut seen = Vec::new();
    while !String::from_utf8_lossy(&seen).contains("Library") {
        let mut chunk = [0; 4096];
        let count = reader.read(&mut chunk).expect("the program draws");
        seen.extend_from_slice(&chunk[..count]);
    }
    // What the program draws now finds no terminal, whichever it sees first: that or the signal.
    pair.master.take_writer().and_then(|mut keys| Ok(keys.write_all(b"jjjtttG")?)).expect("the program takes keys");
    drop((pair, reader));
    let status = child.wait().expect("a child");
    assert_eq!((status.exit_code(), status.signal()), (143, None));
}

/// A size at which a frame is about 150 kB.
const LARGE: (u16, u16) = (500, 300);

/// The demo with frames that are larger than what a terminal takes before it is read: every cell has a colour.
fn with_large_frames() -> CommandBuilder {
    let config = std::env::temp_dir().join(format!("lurker-{}-stuck.toml", crate::support::unique()));
    fs::write(&config, "theme = \"dark\"").expect("a temporary file");
    let mut command = lurker(&["demo"]);
    command.env("LURKER_CONFIG", config);
    command.env("COLORTERM", "truecolor");
    command
}

/// The demo at a terminal that has taken the beginning of the first frame and no more.
fn stuck() -> Session {
    let session = Session::start_held(with_large_frames(), LARGE);
    session.wait_raw("the beginning of a frame", |raw| !raw.is_empty());
    session
}

#[test]
fn a_terminal_that_takes_no_output_does_not_keep_the_program_from_ending() {
    for (way, leave, code) in [
        ("SIGTERM", (|session| session.signal(Signal::TERM)) as fn(&mut Session), 143),
        ("SIGHUP", |session| session.signal(Signal::HUP), 143),
        ("SIGINT", |session| session.signal(Signal::INT), 143),
        ("SIGUSR1", |session| session.signal(Signal::USR1), 138),
        ("Ctrl-c", |session| _ = session.keys("\x03"), 0),
    ] {
        let mut session = stuck();
        leave(&mut session);
        assert_eq!(session.status().exit_code(), code, "{way}");
        // What restores the terminal is there as soon as it takes output again.
        session.release();
        session.end().assert_restored();
    }
}

#[test]
fn a_terminal_that_takes_output_again_shows_the_newest_state() {
    let mut session = Session::start(with_large_frames(), LARGE);
    session.wait_for(TITLE);
    let before = session.raw().len();
    session.hold();
    session.keys("\x0c");
    for _ in 0..30 {
        session.keys("j");
    }
    session.keys("gt").release();
    session.wait("the first comment", |screen| place(screen) == "3/110");
    let frames = String::from_utf8_lossy(&session.raw()[before..]).matches("\x1b[?2026h").count();
    assert!(frames <= 4, "{frames} frames, and not one for each key");
}

#[test]
fn leaving_a_list_or_thread_that_could_not_be_loaded_is_a_failure() {
    let folder = std::env::temp_dir().join(format!("lurker-{}-dead", crate::support::unique()));
    fs::create_dir_all(&folder).expect("a temporary folder");
    let config = folder.join("config.toml");
    // Nobody listens on this port, and who connects is refused.
    fs::write(&config, "[sites.lobsters]\nurl = \"http://127.0.0.1:9\"\n").expect("written");
    let says = [
        (&["lobsters"][..], "refused the connection"),
        (&["lobsters:abc"], "refused the connection"),
        (&["--offline", "lobsters"], "is not stored"),
    ];
    for (words, says) in says {
        for (keys, code) in [("q", 1), (":demo\rq", 1), (":demo\rQ", 0)] {
            let mut command = lurker(words);
            command.env("LURKER_CONFIG", &config);
            command.env("LURKER_DATA", folder.join("data"));
            let mut session = Session::start(command, (80, 24));
            session.wait_for(says);
            if let Some(keys) = keys.strip_prefix(":demo\r") {
                session.keys(":demo\r").wait_for(TITLE);
                session.keys(if keys == "q" { "qq" } else { "\x03" });
            } else {
                session.keys(keys);
            }
            assert_eq!(session.end().code, code, "{words:?} {keys:?}");
        }
    }
    fs::remove_dir_all(folder).expect("the folder");
}

/// A thread of one comment with a text of this many bytes.
fn large_text(bytes: usize) -> String {
    let text = "word ".repeat(bytes / 5 + 1);
    let text = text.get(..bytes).expect("ASCII");
    format!(r#"{{"format":"lurker-thread-1","title":"Large","comments":[{{"id":"1","text":"{text}"}}]}}"#)
}

#[test]
fn the_terminal_is_given_a_mebibyte_of_text_at_most() {
    for (bytes, told, is_sent) in [
        ((1 << 20) - 1, "copied the text, through the terminal", true),
        ((1 << 20) + 1, "could not be copied: a terminal takes 1 MiB at most", false),
    ] {
        let path = std::env::temp_dir().join(format!("lurker-{}-{bytes}.json", crate::support::unique()));
        fs::write(&path, large_text(bytes)).expect("a temporary file");
        let mut session = Session::start(lurker(&[path.to_str().expect("UTF-8")]), (120, 24));
        session.wait_for("Large");
        session.keys("jY").wait_for(told);
        assert_eq!(String::from_utf8_lossy(&session.raw()).contains("\x1b]52;"), is_sent, "{bytes} bytes");
        session.keys("q").status();
        fs::remove_file(path).expect("the file");
    }
}
