//! Programs that lurker starts, in a pseudo-terminal: browsers, programs for hosts, and commands that get a text. Each is a
//! small script of the test's own, which notes what it was given.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::{env, fs};

use portable_pty::CommandBuilder;
use rustix::process::Signal;
use vt100::{MouseProtocolMode, Screen};

use crate::support::pty;
use pty::{Session, lurker, until};

const TITLE: &str = "Library Brings Back Its 1986";
/// The address of the demo's story.
const PAGE: &str = "https://tech.slashdot.org/story/26/10/06/1512247/library-brings-back-its-1986-green-screen-catalog-because-patrons-like-it-better";
/// Wide enough for a report with an address on one line.
const SIZE: (u16, u16) = (240, 30);

/// A folder of scripts, which is gone with it.
struct Scripts(PathBuf);

impl Scripts {
    fn new(name: &str) -> Self {
        let folder = env::temp_dir().join(format!("lurker browsers {name} {}", crate::support::unique()));
        fs::create_dir_all(&folder).expect("a folder");
        Self(folder)
    }

    /// A program that notes its words, one a line, and then does what the script says.
    fn program(&self, name: &str, script: &str) -> String {
        let path = self.path(name);
        let noted = self.path(&format!("{name}.words"));
        let text = format!(
            "#!/bin/sh\nfor word in \"$@\"; do echo \"$word\"; done > '{0}.new'\nmv '{0}.new' '{0}'\n{script}\n",
            noted.display()
        );
        fs::write(&path, text).expect("a script");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("its permissions");
        path.to_str().expect("UTF-8").to_owned()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// The words that a program was given, once it has been started.
    fn words(&self, name: &str) -> Vec<String> {
        let path = self.path(&format!("{name}.words"));
        let text = until("the program's start", || fs::read_to_string(&path).ok());
        text.lines().map(str::to_owned).collect()
    }

    /// Opens the page's address, and waits until a browser of the terminal has the screen and a cooked line.
    fn open(&self, session: &mut Session, name: &str) {
        let _ = fs::remove_file(self.path(&format!("{name}.words")));
        session.keys("O").wait("the screen given", is_given);
        self.words(name);
        until("a cooked line", || (!session.has_line()).then_some(()));
    }

    fn was_started(&self, name: &str) -> bool {
        self.path(&format!("{name}.words")).exists()
    }
}

impl Drop for Scripts {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A browser of the terminal: shows where it is, and ends with the first line that is typed.
const BROWSER: &str = "printf 'SHOWS %s\\n' \"$1\"; read line; echo \"$line\" > \"$0.typed\"; exit ${line#*=}";

fn demo(variables: &[(&str, &str)]) -> CommandBuilder {
    let mut command = lurker(&["demo"]);
    command.env_remove("BROWSER");
    for (name, value) in variables {
        command.env(name, value);
    }
    command
}

fn start(command: CommandBuilder) -> Session {
    let session = Session::start(command, SIZE);
    session.wait_for(TITLE);
    // All of it is here, its address too.
    session.wait("the place", |screen| ["story/110", "story/1 "].iter().any(|place| screen.contents().contains(place)));
    session
}

/// Whether the screen is as a program finds it that was started by a shell.
fn is_given(screen: &Screen) -> bool {
    let is_mouse_off = screen.mouse_protocol_mode() == MouseProtocolMode::None && !screen.bracketed_paste();
    !screen.alternate_screen() && !screen.hide_cursor() && is_mouse_off
}

fn is_taken(screen: &Screen) -> bool {
    let is_mouse_on = screen.mouse_protocol_mode() != MouseProtocolMode::None && screen.bracketed_paste();
    screen.alternate_screen() && screen.hide_cursor() && is_mouse_on && !screen.contents().trim().is_empty()
}

#[test]
fn a_browser_of_the_terminal_gets_the_screen_and_gives_it_back() {
    let scripts = Scripts::new("screen");
    for name in ["w3m", "lynx", "links", "elinks"] {
        let browser = format!("'{}'", scripts.program(name, BROWSER));
        let mut session = start(demo(&[("BROWSER", &browser)]));
        for _ in 0..2 {
            let shows = format!("SHOWS {PAGE}");
            scripts.open(&mut session, name);
            session.wait("the browser", |screen| is_given(screen) && screen.contents().contains(&shows));
            // Keys that would quit, move and ask are the browser's now.
            session.keys("qjj?:=0\r");
            let back = format!("back from {name}");
            session.wait("the reader", |screen| is_taken(screen) && screen.contents().contains(&back));
            let typed = fs::read_to_string(scripts.path(&format!("{name}.typed"))).expect("what was typed");
            assert_eq!(typed, "qjj?:=0\n");
            assert!(session.has_line());
        }
        assert_eq!(scripts.words(name).len(), 1);
        session.keys("t").wait_for("3/110");
        session.keys("q");
        let ended = session.end();
        assert_eq!(ended.code, 0);
        ended.assert_restored();
    }
}

#[test]
fn what_did_not_open_is_not_said_to_have() {
    let scripts = Scripts::new("failures");
    let bad = format!("'{}'", scripts.program("w3m", BROWSER));
    let mut session = start(demo(&[("BROWSER", &bad)]));
    scripts.open(&mut session, "w3m");
    session.keys("=3\r").wait_for("w3m failed (exit status: 3); the address is https://tech");
    scripts.open(&mut session, "w3m");
    // Ctrl-C is the browser's.
    session.keys("\x03").wait_for("w3m failed (signal: 2 (SIGINT)); the address is https://tech");
    session.keys("t").wait_for("3/110");
    let firefox = format!("'{}'", scripts.program("firefox", "exit 1"));
    for (variables, says) in [
        (
            &[("BROWSER", "/nonexistent/w3m"), ("DISPLAY", ":0")][..],
            "there is no browser (w3m not found); the address is",
        ),
        (&[("BROWSER", "no-such-1:no-such-2 %s")], "there is no browser (no-such-1, no-such-2 not found)"),
        (
            &[("PATH", "/nonexistent")],
            "there is no browser, unless `browser` in the config or BROWSER names one; the address is https",
        ),
        (&[("PATH", "/nonexistent"), ("DISPLAY", ":0")], "there is no browser, unless `browser`"),
        (&[("BROWSER", &firefox)], "firefox failed (exit status: 1); the address is"),
    ] {
        let mut session = start(demo(variables));
        session.keys("O").wait_for(says);
        assert!(!String::from_utf8_lossy(&session.raw()).contains("opened"), "{variables:?}");
    }
}

#[test]
fn the_reader_names_the_browser_with_words_of_its_own() {
    let scripts = Scripts::new("words");
    let (own, other) = (scripts.program("own one", ""), scripts.program("other", ""));
    let config = scripts.path("config.toml");
    let named = config.to_str().expect("UTF-8");
    let browser = format!("'{own}' -o 'a b;$(id)' --at=%u");
    let listed = format!("/nonexistent/x:'{own}' --new %s -y:'{other}'");
    for (text, variable, words) in [
        (
            format!("browser = {}", serde_json::json!(browser)),
            other.as_str(),
            vec!["-o", "a b;$(id)", &format!("--at={PAGE}")],
        ),
        (String::new(), listed.as_str(), vec!["--new", PAGE, "-y"]),
        ("browser = \"\"".to_owned(), listed.as_str(), vec!["--new", PAGE, "-y"]),
    ] {
        let _ = fs::remove_file(scripts.path("own one.words"));
        fs::write(&config, text).expect("a config");
        let mut session = start(demo(&[("BROWSER", variable), ("LURKER_CONFIG", named)]));
        session.keys("O").wait_for(&format!("opening {PAGE} with own one"));
        assert_eq!(scripts.words("own one"), words);
        assert!(!scripts.was_started("other"));
    }
}

#[test]
fn signals_end_lurker_also_while_a_browser_has_the_screen() {
    let scripts = Scripts::new("signals");
    let browser = format!("'{}'", scripts.program("w3m", "echo $$ > \"$0.process\"; exec sleep 1000"));
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 143), (Signal::USR1, 138)] {
        let _ = fs::remove_file(scripts.path("w3m.process"));
        let mut session = start(demo(&[("BROWSER", &browser)]));
        session.keys("O");
        let process = until("the browser", || {
            let text = fs::read_to_string(scripts.path("w3m.process")).ok()?;
            text.trim().parse::<i32>().ok().and_then(rustix::process::Pid::from_raw)
        });
        session.wait("the screen given", is_given);
        session.signal(signal);
        let ended = session.end();
        assert_eq!(ended.code, code);
        ended.assert_restored();
        until("the browser's end", || rustix::process::test_kill_process(process).is_err().then_some(()));
    }
}

#[test]
fn the_line_is_as_it_was_also_after_a_browser_that_left_it_raw() {
    let scripts = Scripts::new("raw");
    let browser = format!("'{}'", scripts.program("w3m", "stty raw -echo; printf '\\033[?1049h'; kill -9 $$"));
    let mut session = start(demo(&[("BROWSER", &browser)]));
    session.keys("O").wait("the reader", |screen| is_taken(screen) && screen.contents().contains("SIGKILL"));
    session.keys("q");
    session.end().assert_restored();
}

#[test]
fn ctrl_z_stops_both_and_fg_continues_the_browser() {
    let scripts = Scripts::new("stopped");
    let mut command = pty::command("sh", &["-i"]);
    command.env("BROWSER", format!("'{}'", scripts.program("w3m", BROWSER)));
    let mut session = Session::start(command, SIZE);
    session.wait_for("PROMPT>");
    session.keys(&format!("{} demo\r", env!("CARGO_BIN_EXE_lurker"))).wait("the demo", is_taken);
    session.wait_for("story/110");
    scripts.open(&mut session, "w3m");
    session.wait("the browser", |screen| is_given(screen) && screen.contents().contains("SHOWS"));
    session.keys("\x1a").wait("the prompt", |screen| screen.contents().trim_end().ends_with("PROMPT>"));
    session.keys("echo us''able\r").wait_for("\nusable");
    session.keys("fg\r");
    session.keys("=0\r").wait("the reader", |screen| is_taken(screen) && screen.contents().contains("back from w3m"));
    session.keys("q").wait_for("PROMPT>");
}

/// A thread with a comment that has this link.
fn thread(scripts: &Scripts, address: &str) -> String {
    let comment = serde_json::json!({"id": "1", "author": "ann", "text": "link", "links": [address], "marks": [["link", 0, 4, 0]]});
    let thread = serde_json::json!({"format": "lurker-thread-1", "title": TITLE, "site": "hn", "id": "1", "comments": [comment]});
    let path = scripts.path("thread.json");
    fs::write(&path, thread.to_string()).expect("a thread");
    path.to_str().expect("UTF-8").to_owned()
}

#[test]
fn a_host_has_a_program_of_its_own_which_gets_the_address_as_one_word() {
    let scripts = Scripts::new("hosts");
    let (player, browser) = (scripts.program("mpv", ""), scripts.program("firefox", ""));
    let config = scripts.path("config.toml");
    let command = serde_json::json!(format!("'{player}' --fs %u --"));
    fs::write(&config, format!("[open]\n\"video.example\" = {command}\n")).expect("a config");
    let evil =
        format!("/a;touch '{0}/pwned'`touch {0}/pwned`$(touch {0}/pwned)|%u", scripts.0.display()).replace(' ', "%20");
    for (host, program) in [("video.example", "mpv"), ("www.m.Video.example", "mpv"), ("notvideo.example", "firefox")] {
        for name in ["mpv.words", "firefox.words"] {
            let _ = fs::remove_file(scripts.path(name));
        }
        let address = format!("https://{host}{evil}");
        let mut command = lurker(&[&thread(&scripts, &address)]);
        command.env("LURKER_CONFIG", &config);
        command.env("BROWSER", format!("'{browser}'"));
        let mut session = start(command);
        session.keys("tL\r").wait_for(&format!("with {program}"));
        let words = scripts.words(program);
        let address = address.as_str();
        let expected = if program == "mpv" { vec!["--fs", address, "--"] } else { vec![address] };
        assert_eq!(words, expected, "{host}");
    }
    assert!(!scripts.path("pwned").exists());
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_default()
}

#[test]
fn a_comment_or_all_that_is_shown_is_piped_to_a_command() {
    let scripts = Scripts::new("pipe");
    let mut command = demo(&[]);
    command.cwd(&scripts.0);
    let mut session = start(command);
    session.keys("t|").wait_for("pipe this comment to:");
    session.wait_for("all that is shown");
    session.keys("cat > comment; echo its'' output; wc -l < comment\r");
    session.wait("the output", |screen| is_given(screen) && screen.contents().contains("its output"));
    session.wait_for("Enter goes back to lurker");
    session.keys("q\r").wait("the reader", |screen| is_taken(screen) && screen.contents().contains("back from cat"));
    let comment = read(&scripts.path("comment"));
    assert!(comment.contains("Everybody says") && comment.ends_with('\n') && !comment.contains(TITLE), "{comment}");
    // Folded, nothing of the text is shown.
    session.keys("C|\t").wait_for("pipe all that is shown to:");
    session.keys("\t").wait_for("pipe this comment to:");
    session.keys("\tcat > all\r").wait_for("Enter goes back to lurker");
    session.keys("\r").wait("the reader", is_taken);
    let all = read(&scripts.path("all"));
    assert!(all.contains(TITLE) && all.contains("[+") && !all.contains("Everybody says"), "{all}");
    session.keys("E|\tcat > more\r").wait_for("Enter goes back to lurker");
    session.keys("\r").wait("the reader", is_taken);
    let more = read(&scripts.path("more"));
    assert!(more.contains("Everybody says") && more.len() > 10 * all.len(), "{} {}", more.len(), all.len());
    // The last command comes again; an empty one does nothing.
    session.keys("|\x1b[A").wait_for("cat > comment");
    session.keys("\x15\r").wait_for("no command typed");
}

#[test]
fn a_command_that_fails_is_told_and_one_that_reads_nothing_is_none() {
    let mut session = start(demo(&[]));
    session.keys("Et");
    for (command, says) in [
        ("exit 4", "exit 4 failed (exit status: 4)"),
        ("no-such-command-1", "no-such-command-1 failed (exit status: 127)"),
        ("true", "back from true"),
        ("head -c 1 >/dev/null", "back from head -c 1"),
        ("kill -9 $$", "failed (signal: 9 (SIGKILL))"),
    ] {
        session.keys(&format!("|\t\x15{command}\r")).wait("the end", |screen| {
            is_given(screen) && screen.contents().trim_end().ends_with("[Enter goes back to lurker]")
        });
        session.keys("\r").wait(says, |screen| is_taken(screen) && screen.contents().contains(says));
    }
    session.keys("|\t\x15cat > /dev/null; echo fin''ished\r").wait("the end", |screen| {
        is_given(screen) && screen.contents().trim_end().ends_with("finished\n\n[Enter goes back to lurker]")
    });
    // Ctrl-C goes back as well.
    session.keys("\x03").wait("the reader", is_taken);
}

#[test]
fn a_pager_gets_the_screen_and_its_keys() {
    let scripts = Scripts::new("pager");
    scripts.program("less", "cat > \"$0.text\"; echo PAGER; read line < /dev/tty; echo \"$line\" > \"$0.typed\"");
    let path = format!("{}:{}", scripts.0.display(), env::var("PATH").unwrap_or_default());
    let mut session = start(demo(&[("PATH", &path)]));
    session
        .keys("t|\t\x15cat | less -R\r")
        .wait("the pager", |screen| is_given(screen) && screen.contents().contains("PAGER"));
    session.keys("qq\r").wait("the reader", |screen| is_taken(screen) && screen.contents().contains("back from cat"));
    assert_eq!(read(&scripts.path("less.typed")), "qq\n");
    assert!(read(&scripts.path("less.text")).contains(TITLE));
    assert!(!String::from_utf8_lossy(&session.raw()).contains("goes back"), "nothing is left to be read");
}

/// What a program may leave behind, each with its name.
const LEFTOVERS: [(&str, &str); 8] = [
    ("a scroll region", "\\033[5;9r"),
    ("lines counted from the region", "\\033[5;9r\\033[?6h"),
    ("insert mode and no autowrap", "\\033[4h\\033[?7l"),
    ("another character set", "\\033(0\\016"),
    ("colours and the cursor shown", "\\033[31;44;7m\\033[?25h"),
    ("its own alternate screen", "\\033[?1049h\\033[2J"),
    ("mouse and paste reports off", "\\033[?1000l\\033[?1002l\\033[?2004l"),
    ("half a sequence", "\\033[3"),
];

#[test]
fn what_a_program_leaves_in_the_terminal_is_taken_back() {
    let scripts = Scripts::new("leftovers");
    let mut session = start(demo(&[]));
    let before = session.keys("Ejjj").wait("a place", |screen| screen.contents().contains(" 3/110"));
    for (name, left) in LEFTOVERS {
        let browser = scripts.program("left", &format!("printf '{left}'"));
        session.keys(&format!("|\t\x15'{browser}'\r")).wait_for("goes back to lurker");
        let written = session.raw().len();
        session.keys("\r").wait(name, is_taken);
        // The terminal of the test keeps a region for each of its screens; others have one for both.
        let since = session.raw().split_off(written);
        let modes = pty::DEFAULT_MODES.as_bytes();
        assert!(since.windows(modes.len()).any(|bytes| bytes == modes), "{name}");
        session.keys("gjj").wait(name, |screen| screen.contents().contains(" 2/110"));
        let after = session.keys("j").wait(name, |screen| screen.contents().contains(" 3/110"));
        let above = |screen: &Screen| screen.rows(0, SIZE.0).take(27).collect::<Vec<_>>();
        assert_eq!(above(&after), above(&before), "{name}");
    }
}

#[test]
fn what_strangers_wrote_is_harmless_to_a_command_that_prints_it() {
    let scripts = Scripts::new("harmless");
    let evil = "\u{1b}]0;OWNED\u{7}\u{1b}[2J\u{9b}5n\u{202e}$(touch pwned)`touch pwned`; touch pwned #";
    let comment = serde_json::json!({"id": "1", "author": evil, "subject": evil, "text": evil});
    let thread = serde_json::json!({"format": "lurker-thread-1", "title": TITLE, "site": "hn", "id": "1", "comments": [comment]});
    fs::write(scripts.path("thread.json"), thread.to_string()).expect("a thread");
    let mut command = lurker(&["thread.json"]);
    command.cwd(&scripts.0);
    let mut session = Session::start(command, SIZE);
    session.wait_for("touch pwned");
    session.keys("t|tee piped\r").wait_for("goes back to lurker");
    let piped = read(&scripts.path("piped"));
    assert!(piped.contains("OWNED") && !piped.contains(|c: char| c.is_control() && c != '\n'), "{piped:?}");
    assert!(!piped.contains('\u{202e}') && !scripts.path("pwned").exists());
    assert!(!String::from_utf8_lossy(&session.raw()).contains("\x1b]0;OWNED"));
}

#[test]
fn a_command_that_does_not_end_is_ended_by_ctrl_c() {
    let mut session = start(demo(&[]));
    session.keys("|\t\x15echo wait''ing; exec sleep 1000\r").wait_for("waiting");
    session.keys("\x03").wait_for("goes back to lurker");
    session.keys("\r").wait("the reader", |screen| is_taken(screen) && screen.contents().contains("SIGINT"));
}
