//! The program in a pseudo-terminal: what a person sees, and what is left of it in the terminal afterwards.

#![expect(clippy::panic, reason = "a panic is one of the ways out")]

use crate::support::{pty, server, story};
use std::io::Read;
use std::process::Command;
use std::sync::mpsc::channel;
use std::{fs, thread};

use lurker::app::{App, Options};
use lurker::shell::desktop::System;
use lurker::shell::fetch::Service;
use lurker::shell::http::Settings;
use lurker::shell::input;
use lurker::shell::keeper::Keeper;
use lurker::shell::panics::CaughtPanics;
use lurker::shell::run::{Environment, run};
use lurker::shell::store_worker::StoreWorker;
use lurker::shell::terminal::{Guard, TerminalModes};
use lurker::shell::terminal_output::Frames;
use lurker::shell::terminal_size::TerminalSize;
use lurker::site::{SiteConfig, Sites};
use lurker::ui::Styles;
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use tokio::sync::mpsc::unbounded_channel;

use pty::{Ended, PATIENCE, Session, assert_restored, at_once, command, drawn_rows, lurker};
use rustix::process::{Signal, kill_process};

pub(crate) const TITLE: &str = "Library Brings Back Its 1986";

/// The demo, once it is on the screen.
fn demo(size: (u16, u16)) -> Session {
    let session = Session::start(lurker(&["demo"]), size);
    session.wait_for(TITLE);
    session.wait_for("story/");
    session
}

/// Where the reader is, as the status line says it: `story/110`, `3/110`.
pub(crate) fn place(screen: &vt100::Screen) -> String {
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
    let mut session = demo((80, 24));
    for (key, there) in [("t", 3), ("\x1b[C", 4), ("\x1b[B", 5), ("k", 4), ("j", 5)] {
        session.keys(key).wait(key, |screen| place(screen) == format!("{there}/110"));
    }
    session.keys("\r").wait_for("[+3]");
    session.keys("\r").wait_gone("[+3]");
    session.keys("?").wait_for(" Keys");
    session.keys("\x1b").wait_gone(" Keys");
    session.keys("v").wait_for("v does nothing here; ? shows the keys");
    session.keys("q");
    let ended = session.end();
    assert_eq!((ended.code, ended.signal.as_deref()), (0, None));
    ended.assert_restored();
}

#[test]
fn a_colon_names_sections_of_all_sites_and_ends_as_in_vi() {
    let mut session = demo((80, 24));
    session.keys(":hn/b\t").wait_for("go to: hn/best");
    session.keys("\x1b").wait_gone("go to");
    session.keys(":35\r").wait("the 35th comment", |screen| place(screen) == "35/110");
    session.keys(":q\r");
    assert_eq!(session.end().code, 0);
}

/// Ends the demo in some way, and gives what is left of it.
fn left_by(leave: impl FnOnce(&mut Session)) -> Ended {
    let mut session = Session::start(lurker(&["demo"]), (80, 24));
    session.wait_for(TITLE);
    leave(&mut session);
    session.end()
}

#[test]
fn the_terminal_is_as_it_was_after_each_way_out() {
    let ways = [
        ("q", (|session| _ = session.keys("q")) as fn(&mut Session), 0),
        ("Ctrl-c", |session| _ = session.keys("\x03"), 0),
        ("Ctrl-c in help, and again", |session| _ = session.keys("?\x03\x03"), 0),
        ("SIGTERM", |session| session.signal(Signal::TERM), 143),
        ("SIGHUP", |session| session.signal(Signal::HUP), 143),
        ("SIGINT", |session| session.signal(Signal::INT), 143),
    ];
    at_once(ways, |(way, leave, code)| {
        let ended = left_by(leave);
        assert_eq!((ended.code, ended.signal.as_deref()), (code, None), "{way}");
        ended.assert_restored();
        assert_eq!(ended.screen.contents().trim(), "", "{way}: nothing is left on the shell's screen");
    });
}

#[test]
fn the_line_is_as_it_was_for_the_shell_that_started_it() {
    let script = format!("stty -g; {} demo; echo code $?; stty -g", env!("CARGO_BIN_EXE_lurker"));
    let mut session = Session::start(command("sh", &["-c", &script]), (80, 24));
    session.wait_for(TITLE);
    assert!(session.has_line(), "keys come at once and unseen");
    session.keys("q");
    let ended = session.end();
    let text = String::from_utf8_lossy(&ended.raw);
    let modes: Vec<&str> = text.split_whitespace().filter(|word| word.matches(':').count() > 10).collect();
    assert!(modes.len() == 2 && modes[0] == modes[1], "{modes:?}");
    assert!(text.contains("code 0"));
    ended.assert_restored();
}

#[test]
fn it_ends_when_the_terminal_goes_away() {
    // The pipe ends when nobody holds it any more: neither the shell nor lurker.
    let held = std::env::temp_dir().join(format!("lurker-held-{}", crate::support::unique()));
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
pub(crate) fn in_a_shell() -> Session {
    let mut session = Session::start(command("sh", &["-i"]), (80, 24));
    session.wait_for("PROMPT>");
    session.keys(&format!("{} demo\r", env!("CARGO_BIN_EXE_lurker")));
    session.wait("the demo", |screen| screen.alternate_screen() && screen.contents().contains(TITLE));
    session
}

pub(crate) fn is_at_prompt(screen: &vt100::Screen) -> bool {
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
    session.wait_for(TITLE);
    session.keys("t").wait("the first comment", |screen| place(screen) == "3/110");
    let before = drawn_rows(&session.keys("g").wait_for("story/"));
    let length = session.raw().len();
    session
        .keys("\x0c")
        .wait_raw("a frame with the title", |raw| String::from_utf8_lossy(&raw[length..]).contains("Library"));
    session.keys("t").wait("the first comment", |screen| place(screen) == "3/110");
    session.keys("g").wait("the screen as before", |screen| drawn_rows(screen) == before);
}

/// Where a child of this test finds what to read.
const CHILD: &str = "LURKER_TEST_CHILD";

/// One of the tests below, on its own in a terminal.
fn child(name: &str, target: &str) -> Session {
    let program = std::env::current_exe().expect("this program");
    let program = program.to_str().expect("UTF-8");
    let name = format!("{}::{name}", module_path!().split_once("::").map_or("", |(_, module)| module));
    let mut command = command(program, &["--ignored", "--exact", &name, "--nocapture"]);
    command.env(CHILD, target);
    command.env("NO_PROXY", "127.0.0.1");
    Session::start(command, (80, 24))
}

/// Opens a target in this process's terminal; with a clock that panics, so does every request.
fn read_here(target: &str) -> lurker::shell::run::Ending {
    let (modes, panics) = (TerminalModes::default(), CaughtPanics::default());
    let _guard = Guard::new(modes.clone(), panics.clone()).expect("a terminal");
    let mut screen = Terminal::new(CrosstermBackend::new(Frames::new(modes.output.clone()))).expect("a screen");
    let size = screen.size().expect("a size");
    let keys = lurker::shell::shipped_keys().expect("keys");
    let app = App::new(target.to_owned(), keys, Options::default(), (size.width.into(), size.height.into()), 0);
    let settings = Settings { now: || panic!("the clock has stopped"), ..Settings::default() };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let (sender, answers) = unbounded_channel();
        let server = target.split_once("/story/").map(|(server, _)| SiteConfig::at(server));
        let sites = Sites::default().with("slashdot", server.unwrap_or_default());
        let parts = Environment {
            inputs: input::listen().expect("signals").with_terminal(None, &modes),
            answers,
            fetcher: &mut Service::new(settings, sites, sender).with_panics(panics),
            output: modes.output.clone(),
            keeper: Keeper::new(StoreWorker::none(), unbounded_channel().0),
            desktop: &mut System::new(modes),
            size: TerminalSize::default(),
            clock: &|| 0,
            styles: Styles::new(true, false),
        };
        run(app, &mut screen, parts).await.expect("a screen that can be drawn on")
    })
}

#[test]
#[ignore = "run in a terminal by a_panic_gives_the_terminal_back_before_it_is_told"]
fn child_that_panics() {
    if std::env::var_os(CHILD).is_none() {
        return;
    }
    let modes = TerminalModes::default();
    let _guard = Guard::new(modes.clone(), CaughtPanics::default()).expect("a terminal");
    let mut screen = Terminal::new(CrosstermBackend::new(Frames::new(modes.output))).expect("a screen");
    screen.draw(|frame| frame.render_widget("on the screen", frame.area())).expect("a frame");
    let mut key = [0];
    std::io::stdin().read_exact(&mut key).expect("a key");
    panic!("struck by lightning");
}

#[test]
#[ignore = "run in a terminal by a_load_that_panics_is_told_in_a_line_of_the_screen"]
fn child_whose_load_panics() {
    if let Ok(target) = std::env::var(CHILD) {
        assert_eq!(read_here(&target), lurker::shell::run::Ending::Unread);
    }
}

#[test]
fn a_panic_gives_the_terminal_back_before_it_is_told() {
    let mut session = child("child_that_panics", "none");
    session.wait_for("on the screen");
    session.keys("x");
    let ended = session.end();
    assert_eq!(ended.code, 101);
    ended.assert_restored();
    let shown = ended.screen.contents();
    assert!(shown.contains("struck by lightning") && !shown.contains("on the screen"), "{shown}");
    // Each line of it begins at the left, as after a line break in cooked mode.
    assert!(shown.lines().any(|line| line.starts_with("struck by lightning")), "{shown}");
}

#[test]
fn a_load_that_panics_is_told_in_a_line_of_the_screen() {
    let story = story::Story { comments: 5, listed: 5, whole: 5, round: 10 };
    let server = server::Server::start(move |_| server::Reply::ok(story.page()));
    let mut session = child("child_whose_load_panics", &format!("{}{}", server.url(), story::PATH));
    let screen = session.wait_for("an error in lurker itself; please");
    assert!(screen.alternate_screen() && screen.hide_cursor());
    assert!(!String::from_utf8_lossy(&session.raw()).contains("the clock has stopped"));
    session.keys("?").wait_for(" Keys");
    session.keys("\x1b").wait_gone(" Keys");
    session.keys("q");
    let ended = session.end();
    assert_eq!(ended.code, 0, "{}", ended.screen.contents());
    ended.assert_restored();
}

#[test]
fn stopped_from_outside_and_continued_it_takes_the_terminal_again() {
    let mut session = in_a_shell();
    session.keys("t").wait("the first comment", |screen| place(screen) == "3/110");
    let reader = session.foreground();
    kill_process(reader, Signal::STOP).expect("the reader runs");
    // The shell's prompt comes wherever the cursor is, for nobody could leave the screen.
    session.wait("the prompt", |screen| screen.contents().trim_end().contains("PROMPT>"));
    // The line is the reader's still: Enter is no line break, so one is typed.
    // `tput` and `stty` are what people type at a terminal in that state.
    session.keys("tput rmcup; stty sane; fg\n");
    session.wait("the reader", |screen| {
        screen.alternate_screen() && !screen.contents().contains("PROMPT>") && place(screen) == "3/110"
    });
    session.keys("l").wait("the first reply", |screen| place(screen) == "4/110" && screen.hide_cursor());
    let screen = session.keys("q").wait("the prompt", is_at_prompt);
    assert_restored(&session.raw(), &screen);
}

#[test]
fn after_a_storm_of_sizes_the_screen_is_that_of_a_fresh_start() {
    let mut fresh = demo((80, 24));
    fresh.wait_for("story/");
    fresh.keys("t").wait("the first comment", |screen| place(screen) == "3/110");
    let top = drawn_rows(&fresh.keys("g").wait_for("story/"));
    let reply = drawn_rows(&fresh.keys("tl").wait("the first reply", |screen| place(screen) == "4/110"));
    let check = |session: &mut Session| {
        session.keys("tg").wait("the screen of a fresh start", |screen| drawn_rows(screen) == top);
        session.keys("tl").wait("its first reply", |screen| drawn_rows(screen) == reply);
    };
    let mut session = demo((80, 24));
    let sizes = [(1, 1), (200, 2), (2, 200), (81, 24), (79, 23), (40, 12), (3, 3), (80, 1), (120, 40), (80, 24)];
    for round in 0..3 {
        for size in sizes {
            session.resize(size);
            // Some sizes last until they are drawn, and some do not.
            if round == 1 && size.0 > 30 && size.1 > 10 {
                session.wait_for("help");
            }
        }
    }
    check(&mut session);
    // There and back before anybody has looked: what the terminal has lost meanwhile must come again.
    for _ in 0..20 {
        session.resize((20, 5));
        session.resize((80, 24));
    }
    check(&mut session);
}

/// A click of the first button on a column and a line, counted from 0.
fn click(column: usize, line: usize) -> String {
    let (column, line) = (column + 1, line + 1);
    format!("\x1b[<0;{column};{line}M\x1b[<0;{column};{line}m")
}

/// Where a text is on the screen.
fn find(screen: &vt100::Screen, text: &str) -> (usize, usize) {
    let rows = screen.rows(0, screen.size().1.get()).enumerate();
    let mut found = rows.filter_map(|(line, row)| Some((row.split_once(text)?.0.chars().count(), line)));
    found.next().expect("it is on the screen")
}

#[test]
fn the_mouse_scrolls_selects_and_folds() {
    let mut session = demo((120, 40));
    let screen = session.wait_for("Two seconds");
    let (column, line) = find(&screen, "Two seconds");
    session.keys(&click(column, line)).wait("the first comment", |screen| place(screen) == "3/110");
    session.keys(&click(column - 2, line)).wait_for("[+14]");
    // At once at the same place it would be the second press of a double-click.
    session.keys(&click(column - 2, line));
    session.keys(&click(column + 2, line)).wait_gone("[+14]");
    session.keys(&"\x1b[<65;10;10M".repeat(20)).wait_gone("Longtime reader");
    session.keys(&"\x1b[<64;10;10M".repeat(60)).wait_for("Longtime reader");
    // The foot's bar takes a click as the score below which to hide.
    let (column, line) = find(&session.wait_for("hidden"), "3█");
    session.keys(&click(column, line)).wait_for("below 3");
}

#[test]
fn no_color_draws_without_colours() {
    let coloured = |raw: &[u8]| {
        let text = String::from_utf8_lossy(raw).into_owned();
        let styles = text.split("\x1b[").filter_map(|rest| rest.split_once('m').map(|(style, _)| style.to_owned()));
        styles.flat_map(|style| style.split(';').map(str::to_owned).collect::<Vec<_>>()).any(|part| {
            part.parse().is_ok_and(|code: u32| (30..=38).contains(&code) || (40..=48).contains(&code) || code >= 90)
        })
    };
    assert!(coloured(&demo((80, 24)).raw()));
    let mut command = lurker(&["demo"]);
    command.env("NO_COLOR", "1");
    let session = Session::start(command, (80, 24));
    session.wait_for("story/");
    assert!(!coloured(&session.raw()));
}

/// Whatever a stranger may write to get at the reader's terminal.
const HOSTILE: [&str; 12] = [
    "\x1b]0;OWNED\x07",
    "\x1b[2J\x1b[1;1HOWNED",
    "\x1b[?1049l\x1b[?25h",
    "\x1bP+q544e\x1b\\",
    "\x1b]52;c;T1dORUQ=\x07",
    "\u{9b}31mOWNED\u{9d}0;OWNED\u{9c}",
    "a\0b\x08\x08\x7f\x0e\x0f\r\x0b\x0c",
    "\u{202e}desrever\u{202c}\u{2066}isolated\u{2069}\u{61c}\u{200e}\u{200f}",
    "zero\u{200b}\u{feff}\u{2060}\u{ad}width",
    "tags\u{e0041}\u{e0042}\u{fff9}\u{fffb}",
    "line\u{2028}paragraph\u{2029}next\u{85}",
    "\x1b",
];

/// lurker's JSON with all of that in every text.
fn hostile_json() -> String {
    let text = HOSTILE.join(" x ");
    let comment = |id: &str, parent: serde_json::Value| {
        serde_json::json!({
            "id": format!("{id}{text}"), "parent": parent, "author": format!("Mallory{text}"), "author_id": text,
            "op": true, "author_marks": ["journal", text], "score": 5, "label": text, "subject": format!("Subject{text}"),
            "posted_at": text, "url": format!("https://example.org/{text}"), "state": text,
            "text": format!("Body{text}\n\n> quote{text}\n\n    code{text}"), "links": [format!("http://x/{text}")],
        })
    };
    let thread = serde_json::json!({
        "site": format!("site{text}"), "id": text, "url": format!("https://x/{text}"),
        "title": format!("Title{text}"), "author": text, "posted_at": "2026-10-06T15:40:00Z",
        "link": format!("https://link/{text}"), "text": format!("Story{text}"), "links": [text], "score": 1,
        "score_kind": "points", "department": text, "fortune": format!("Fortune{text}"), "archived": true,
        "notes": [format!("Note{text}")],
        "comments": [comment("1", serde_json::Value::Null), comment("2", format!("1{text}").into())],
    });
    // The name of the format must be near the start.
    thread.to_string().replacen('{', r#"{"format":"lurker-thread-1","#, 1)
}

/// The same in a page: in titles and names, as characters and as references.
fn hostile_page() -> String {
    let raw = HOSTILE.join(" x ");
    let references = raw.chars().map(|c| format!("&#{};", u32::from(c))).collect::<Vec<_>>().concat();
    let page = story::Story { comments: 5, listed: 5, whole: 5, round: 10 }.page();
    let page = page
        .replace(">Lamp", &format!(">{raw}{references}Lamp"))
        .replace(">reader", &format!(">{raw}{references}reader"));
    page.replace("Body of", &format!("Body{raw}<b>{references}</b> <a href=\"http://x/{references}\">of</a>"))
        .replace(&format!(">{}", story::TITLE), &format!(">{raw}{references}{}", story::TITLE))
        .replace("Interesting", &format!("{raw}{references}"))
        .replace("wick</a>", &format!("{raw}{references}</a>"))
}

/// Fails where something is in the output that is neither text nor one of the sequences that lurker itself writes.
pub(crate) fn assert_harmless(raw: &[u8]) {
    let text = std::str::from_utf8(raw).expect("UTF-8").replacen(pty::QUESTION, "", 1);
    let text = text.replace(pty::DEFAULT_MODES, "");
    let mut rest = text.split('\x1b');
    let mut plain = rest.next().unwrap_or_default().to_owned();
    let mut in_link = false;
    for sequence in rest {
        // The two halves of a link's start or end.
        if let Some(link) = sequence.strip_prefix("]8;") {
            assert!(link.bytes().all(|byte| (b'!'..=b'~').contains(&byte)), "{link:?}");
            assert!(link == ";" || ["http://", "https://"].iter().any(|scheme| link.contains(&format!(";{scheme}"))));
            in_link = true;
            continue;
        }
        if let Some(after) = sequence.strip_prefix('\\').filter(|_| std::mem::take(&mut in_link)) {
            plain.push_str(after);
            continue;
        }
        assert!(!in_link, "{sequence:?}");
        let parts = sequence.split_once(|c: char| c.is_ascii_alphabetic());
        let (parameters, after) = parts.unwrap_or((sequence, ""));
        let last = sequence.chars().nth(parameters.chars().count()).unwrap_or_default();
        assert!(parameters.starts_with('[') && "CHJKLMhlmr".contains(last), "{parameters:?} {last:?}");
        plain.push_str(after);
    }
    // Moves of the cursor.
    plain.retain(|c| !matches!(c, '\n' | '\r' | '\x08'));
    assert!(!plain.contains(char::is_control), "{:?}", plain.chars().find(|c| c.is_control()));
    let hidden = |c: char| {
        matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{61c}' | '\u{feff}' | '\u{ad}' | '\u{2028}' | '\u{2029}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
    };
    assert!(!plain.contains(hidden), "{:?}", plain.chars().find(|c| hidden(*c)));
}

#[test]
fn nothing_that_a_stranger_wrote_reaches_the_terminal_raw() {
    let config = std::env::temp_dir().join(format!("lurker-{}-links.toml", crate::support::unique()));
    fs::write(&config, "hyperlinks = \"always\"\nminimap = \"always\"").expect("a temporary file");
    for (name, content, config) in [
        ("hostile.json", hostile_json(), None),
        ("hostile.html", hostile_page(), None),
        ("linked.json", hostile_json(), Some(&config)),
        ("linked.html", hostile_page(), Some(&config)),
    ] {
        // The file's name is a stranger's, too.
        let name = format!("lurker-{}-\x1b]0;OWNED\x07\u{202e}{name}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::write(&path, content).expect("a temporary file");
        let mut command = lurker(&[path.to_str().expect("UTF-8")]);
        if let Some(config) = config {
            command.env("LURKER_CONFIG", config);
        }
        let mut session = Session::start(command, (80, 24));
        session.wait_for("story/");
        session.keys("E").wait_gone(" hidden");
        for (key, shows) in [("w", "Why it shows so"), ("L", "Links"), ("?", "Keys")] {
            session.keys("t").keys(key).wait_for(shows);
            session.keys("\x1b").wait_gone("Esc closes");
        }
        session.keys("g").wait_for("story/");
        session.keys("tli").wait_for("What this answers");
        session.keys("\x1b").wait_gone("Esc closes");
        session.keys("G").wait_for("end/");
        session.keys("q");
        session.status();
        fs::remove_file(path).expect("the file");
        assert_harmless(&session.raw());
        assert_eq!(String::from_utf8_lossy(&session.raw()).contains("\x1b]8;id="), config.is_some());
    }
    fs::remove_file(config).expect("the file");
}
