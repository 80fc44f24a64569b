//! Looks in a pseudo-terminal: what lurker asks of a terminal, what it does with answers that come, come late or never come,
//! and what it gives to clipboards.

use crate::support::pty;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::{env, fs};

use portable_pty::CommandBuilder;
use pty::{QUESTION, Session, assert_restored, at_once, command, lurker};
use vt100::Screen;

const TITLE: &str = "Library Brings Back Its 1986";
const SIZE: (u16, u16) = (80, 24);
/// What terminals answer: their background, and what kind of terminal they are.
const DARK: &str = "\x1b]11;rgb:1c1c/1c1c/1c1c\x1b\\\x1b[?62;22c";
const LIGHT: &str = "\x1b]11;rgb:ffff/ffff/ffff\x07\x1b[?6c";
const GREY: &str = "\x1b]11;rgb:8080/8080/8080\x07\x1b[?6c";
const NONE: &str = "\x1b[?1;2c";

/// The demo with variables of its own.
fn demo(variables: &[(&str, &str)]) -> CommandBuilder {
    let mut command = lurker(&["demo"]);
    for (name, value) in variables {
        command.env(name, value);
    }
    command
}

/// A file of this test's own, as long as this is kept.
struct Kept(PathBuf);

impl Drop for Kept {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

fn file(name: &str, content: &str) -> Kept {
    let path = env::temp_dir().join(format!("lurker-look-{}-{name}", crate::support::unique()));
    fs::write(&path, content).expect("a temporary file");
    Kept(path)
}

/// The demo with a config.
fn configured(name: &str, config: &str, variables: &[(&str, &str)]) -> (CommandBuilder, Kept) {
    let file = file(name, config);
    let mut command = demo(variables);
    command.env("LURKER_CONFIG", &file.0);
    (command, file)
}

/// What follows `38;5;` or `48;5;` in all that was written.
fn indexed(raw: &[u8], ground: &str) -> BTreeSet<u8> {
    let text = String::from_utf8_lossy(raw).into_owned();
    let number = |rest: &str| rest.split(|c: char| !c.is_ascii_digit()).next().and_then(|number| number.parse().ok());
    text.split(&format!("{ground};5;")).skip(1).filter_map(number).collect()
}

fn place(screen: &Screen) -> String {
    let (lines, columns) = screen.size();
    let status = screen.rows(0, columns.get()).nth(usize::from(lines.get()) - 1).unwrap_or_default();
    status.split_whitespace().rev().nth(2).unwrap_or_default().to_owned()
}

fn said(session: &Session) -> String {
    String::from_utf8_lossy(&session.raw()).into_owned()
}

#[test]
fn a_theme_suits_the_background_that_the_terminal_tells() {
    // Written before it is asked for, the answer is there in time, however busy the machine.
    for (answer, theme) in [(DARK, Some(DARK_TEXT)), (LIGHT, Some(LIGHT_TEXT)), (GREY, None), (NONE, None)] {
        let mut session = Session::start(demo(&[]), SIZE);
        session.keys(answer).wait_for("/110  ? help");
        session.keys("t").wait("the first comment", |screen| place(screen) == "3/110");
        // Whatever came before the answer was drawn without it.
        let length = session.raw().len();
        let drawn = |raw: &[u8]| String::from_utf8_lossy(raw.get(length..).unwrap_or_default()).contains("1986");
        session.keys("\x0c").wait_raw("a frame anew", drawn);
        let raw = session.raw();
        let raw = raw.get(length..).unwrap_or_default();
        let (text, ground) = (indexed(raw, "38"), indexed(raw, "48"));
        match theme {
            Some(colour) => assert!(text.contains(&colour) && ground.len() == 2, "{answer:?}: {text:?} {ground:?}"),
            None => assert!(text.iter().all(|colour| *colour < 16) && ground.is_empty(), "{answer:?}: {text:?}"),
        }
        assert!(!said(&session).contains("does nothing"), "{answer:?}");
        assert_eq!(said(&session).matches(QUESTION).count(), 1);
    }
}

/// The text of the shipped themes as the nearest of 256 colours.
const DARK_TEXT: u8 = 253;
const LIGHT_TEXT: u8 = 235;

#[test]
fn a_terminal_that_answers_nothing_is_not_waited_for() {
    let session = Session::start(demo(&[]), SIZE);
    session.wait_for("/110  ? help");
    assert_eq!(said(&session).matches(QUESTION).count(), 1);
}

#[test]
fn the_first_frame_comes_before_the_answer() {
    let mut session = Session::start(demo(&[]), SIZE);
    session.wait_for(TITLE);
    session.wait_for("/110  ? help");
    let first = session.raw();
    assert!(indexed(&first, "38").iter().all(|&number| number < 16), "no theme is known yet");
    session.keys(LIGHT);
    session.wait_raw("a theme", |raw| indexed(raw, "38").iter().any(|&number| number >= 16));
}

#[test]
fn answers_that_nobody_asked_for_leave_the_keyboard_alive() {
    let answers = [
        "\x1b[?997;1n",
        "\x1b[?2026;2$y",
        "\x1b]10;rgb:ffff/ffff/ffff\x1b\\",
        "\x1b]4;1;rgb:0/0/0\x07",
        "\x1b]52;c;cXVpdA==\x1b\\",
        "\x1bP>|XTerm(390)\x1b\\",
        "\x1b_Gi=1;OK\x1b\\",
        "\x1b[<201~",
        "\x1b[1;5H",
        "\x1b[106;1:3u",
    ];
    at_once(answers, |answer| {
        let mut session = Session::start(demo(&[]), SIZE);
        session.wait_for("/110  ? help");
        session.keys(answer).keys("t").wait("the first comment", |screen| place(screen) == "3/110");
        session.keys("\x03");
        let ended = session.end();
        assert_eq!((ended.code, ended.signal.as_deref()), (0, None), "{answer:?}");
        ended.assert_restored();
    });
}

#[test]
fn pasted_text_without_an_end_is_given_up() {
    let mut session = Session::start(demo(&[]), SIZE);
    session.wait_for("/110  ? help");
    session.keys("\x1b[200~reload\x03");
    assert_eq!(session.end().code, 0);
}

#[test]
fn a_terminal_that_only_prints_lines_gets_text() {
    for term in ["dumb", ""] {
        let session = Session::start(demo(&[("TERM", term)]), SIZE);
        let ended = session.end();
        assert_eq!(ended.code, 0);
        assert!(!ended.raw.contains(&b'\x1b') && String::from_utf8_lossy(&ended.raw).contains(TITLE), "{term}");
    }
}

#[test]
fn the_terminal_is_not_read_for_a_page_and_for_keys() {
    let ended = Session::start(lurker(&["-"]), (200, 24)).end();
    assert_eq!(ended.code, 2);
    let line = ended.screen.contents();
    assert!(line.contains("lurker: -: standard input is the terminal") && !ended.raw.contains(&b'\x1b'), "{line}");
}

#[test]
fn what_was_typed_before_the_answer_is_not_lost() {
    let mut session = Session::start(demo(&[]), (80, 12));
    session.keys(&format!("?{DARK}\x1b[BG")).wait_for("by the author of the story");
}

#[test]
fn an_answer_is_no_key_whenever_it_comes() {
    for answer in [DARK, LIGHT, NONE] {
        // At once, which may be in time or not; and when the first frame has long been there.
        for when in [QUESTION, "\x1b[?2026l"] {
            let mut session = Session::start(demo(&[]), SIZE);
            session.wait_raw(when, |raw| String::from_utf8_lossy(raw).contains(when));
            session.keys(answer).wait_for("/110  ? help");
            session.keys("t").wait("the first comment", |screen| place(screen) == "3/110");
            session.keys("l").wait("the first reply", |screen| place(screen) == "4/110");
            let screen = session.keys("?").wait_for("Keys");
            assert!(screen.contents().contains("Moving"));
            session.keys("\x1b").wait_gone("Keys (");
            session.keys("q");
            assert!(!said(&session).contains("does nothing"), "{answer:?} after {when:?}");
            let ended = session.end();
            assert_eq!(ended.code, 0);
            ended.assert_restored();
        }
    }
}

#[test]
fn a_late_answer_does_not_reach_the_shell() {
    let mut session = Session::start(command("sh", &["-i"]), SIZE);
    session.wait_for("PROMPT>");
    session.keys(&format!("{} demo\r", env!("CARGO_BIN_EXE_lurker")));
    session.wait("the demo", |screen| screen.alternate_screen() && screen.contents().contains(TITLE));
    let at_prompt = |screen: &Screen| !screen.alternate_screen() && screen.contents().trim_end().ends_with("PROMPT>");
    let screen = session.keys(&format!("q{DARK}")).wait("the prompt", at_prompt);
    assert_restored(&session.raw(), &screen);
    let screen = session.keys("echo co''de $?\r").wait_for("code 0");
    assert!(!screen.contents().contains("rgb") && !screen.contents().contains("22c"), "{}", screen.contents());
}

#[test]
fn who_needs_no_answer_is_not_asked() {
    let dark = "theme = \"dark\"";
    for (number, (config, variables)) in [
        ("", &[("NO_COLOR", "1")][..]),
        ("", &[("TERM", "xterm")]),
        ("", &[("TERM", "linux"), ("COLORTERM", "truecolor")]),
        ("", &[("TERM", "screen.xterm-256color"), ("STY", "1.pts-0")]),
        (dark, &[]),
        ("theme = \"terminal\"", &[]),
    ]
    .into_iter()
    .enumerate()
    {
        let (command, _config) = configured(&format!("{number}.toml"), config, variables);
        let session = Session::start(command, SIZE);
        session.wait_for("/110  ? help");
        assert!(!said(&session).contains("\x1b]"), "{config} {variables:?}");
        // A theme that is named has its own background; all others leave the terminal's.
        assert_eq!(indexed(&session.raw(), "48").is_empty(), config != dark, "{config} {variables:?}");
    }
}

#[test]
fn true_colours_are_for_terminals_that_say_so() {
    for (colorterm, is_true) in [("truecolor", true), ("24bit", true), ("yes", false)] {
        let (command, _config) =
            configured(&format!("{colorterm}.toml"), "theme = \"light\"", &[("COLORTERM", colorterm)]);
        let session = Session::start(command, SIZE);
        session.wait_for("/110  ? help");
        let text = said(&session);
        assert_eq!((text.contains("38;2;"), text.contains("48;2;")), (is_true, is_true), "{colorterm}");
        assert_eq!(text.contains("38;5;"), !is_true, "{colorterm}");
    }
}

#[test]
fn a_theme_that_is_wrong_is_told_before_the_screen_is_taken() {
    let theme = file("mine.toml", "text = \"#ffffff\"\nred = \"reddish\"\n");
    let name = theme.0.file_name().and_then(|name| name.to_str()).expect("UTF-8");
    let (command, _config) = configured("wrong.toml", &format!("\ntheme = \"{name}\""), &[]);
    let session = Session::start(command, (200, 24));
    let ended = session.end();
    let line = ended.screen.contents();
    assert_eq!(ended.code, 2, "{line}");
    assert!(
        line.starts_with("lurker: ") && line.contains("mine.toml, line 2: red = \"reddish\": is no colour"),
        "{line}"
    );
    assert!(!String::from_utf8_lossy(&ended.raw).contains("\x1b[?1049h"));
}

#[test]
fn the_mouse_is_heard_for_buttons_and_drags_alone() {
    let mut session = Session::start(demo(&[]), SIZE);
    session.wait_for("/110  ? help");
    let text = said(&session);
    for (mode, on) in [("1000", true), ("1002", true), ("1006", true), ("1003", false), ("1015", false)] {
        assert_eq!(text.contains(&format!("\x1b[?{mode}h")), on, "{mode}");
    }
    session.keys("q");
    session.end().assert_restored();
}

#[test]
fn hyperlinks_are_for_terminals_that_have_them() {
    for (number, (config, variables, has)) in [
        ("", &[][..], false),
        ("", &[("VTE_VERSION", "7402")], true),
        ("", &[("TERM", "xterm-kitty")], true),
        ("", &[("VTE_VERSION", "7402"), ("TMUX", "/tmp/tmux")], false),
        ("hyperlinks = \"never\"", &[("VTE_VERSION", "7402")], false),
        ("hyperlinks = \"always\"", &[], true),
    ]
    .into_iter()
    .enumerate()
    {
        let (command, _config) = configured(&format!("link{number}.toml"), config, variables);
        let mut session = Session::start(command, SIZE);
        session.wait_for("/110  ? help");
        session.keys("L").wait_for("Links");
        let text = said(&session);
        assert_eq!(text.contains("\x1b]8;id="), has, "{config} {variables:?}");
        assert_eq!(text.matches("\x1b]8;id=").count(), text.matches("\x1b]8;;\x1b\\").count());
        assert!(!text.contains("\x1b[58"), "the number of a link is not drawn");
    }
}

/// A program that stands in for a clipboard's: it keeps what it is given, and its words.
fn clipboard(name: &str) -> PathBuf {
    let folder = env::temp_dir().join(format!("lurker-look-{}-{name}", crate::support::unique()));
    fs::create_dir_all(&folder).expect("a temporary folder");
    let program = folder.join(name);
    let kept = folder.join("kept");
    let script = format!("#!/bin/sh\n{{ echo \"$*\"; cat; }} > {0}.part && mv {0}.part {0}\n", kept.display());
    fs::write(&program, script).expect("a program");
    let mut rights = fs::metadata(&program).expect("the program").permissions();
    std::os::unix::fs::PermissionsExt::set_mode(&mut rights, 0o755);
    fs::set_permissions(&program, rights).expect("the program can be run");
    folder
}

#[test]
fn a_text_goes_to_the_terminal_and_to_the_system_where_that_has_a_screen() {
    for (tool, variable, words) in [
        ("xclip", Some("DISPLAY"), "-selection clipboard"),
        ("xsel", Some("DISPLAY"), "--clipboard --input"),
        ("wl-copy", Some("WAYLAND_DISPLAY"), ""),
        ("xclip", None, ""),
    ] {
        let folder = clipboard(tool);
        let mut command = demo(&[("PATH", &format!("{}:/usr/bin:/bin", folder.display()))]);
        if let Some(variable) = variable {
            command.env(variable, "none-that-there-is:9");
        }
        let mut session = Session::start(command, (120, 24));
        session.wait_for("/110  ? help");
        session.keys("ty");
        match variable {
            Some(_) => session.wait_for(&format!("copied the address, with {tool} and through the terminal")),
            None => session.wait_for("copied the address, through the terminal if it allows that"),
        };
        assert!(said(&session).contains("\x1b]52;c;"), "{tool}");
        session.keys("q");
        session.end().assert_restored();
        let kept = folder.join("kept");
        if variable.is_some() {
            let kept = pty::until("the text", || fs::read_to_string(&kept).ok());
            assert_eq!(kept.lines().next(), Some(words));
            assert!(kept.contains("/comments.pl?") && kept.ends_with("cid=66481220"), "{kept}");
        } else {
            assert!(!kept.exists());
        }
        fs::remove_dir_all(folder).expect("the folder");
    }
}

#[test]
fn a_signal_while_the_terminal_is_asked_finds_the_way_out() {
    let mut session = Session::start(demo(&[]), SIZE);
    session.wait_raw("the question", |raw| String::from_utf8_lossy(raw).contains(QUESTION));
    session.signal(rustix::process::Signal::TERM);
    session.keys(NONE);
    let ended = session.end();
    assert_eq!((ended.code, ended.signal.as_deref()), (143, None));
    ended.assert_restored();
}
