//! Hostile comments, addresses, answers and settings, and odd terminals: the program itself, by the lists of SECURITY.md.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::{Value, json};

use crate::binary::{Scratch, lurker as printing, outcome};
use crate::pty::{TITLE, assert_harmless, place};
use crate::support::pty::{Session, at_once, lurker};
use crate::support::server::{Reply, Server};

const SIZE: (u16, u16) = (80, 24);

/// Texts of strangers, each with its name; a test gives each to every field.
fn texts() -> Vec<(&'static str, String)> {
    let own = |name, text: &str| (name, text.to_owned());
    vec![
        own("colours and moves", "\x1b[31mred\x1b[2J\x1b[H\x1b[999;999H"),
        own("the window's title", "\x1b]0;OWNED\x07\x1b]2;OWNED\x1b\\"),
        own("a hyperlink", "\x1b]8;;http://evil.example\x1b\\bank\x1b]8;;\x1b\\"),
        own("the clipboard", "\x1b]52;c;cm0gLXJm\x07\x1b]52;c;?\x07"),
        own("colours of the terminal", "\x1b]10;red\x07\x1b]4;1;red\x07\x1b]104\x07"),
        own("questions", "\x05\x1b[c\x1b[6n\x1b[5n\x1b[21t\x1b[>q\x1bZ"),
        own("device control", "\x1bP+q544e\x1b\\\x1bP1$r0m\x1b\\\x1b_Gi=1\x1b\\\x1b^x\x1b\\\x1bXx\x1b\\"),
        own("an open control string", "\x1bP never ended"),
        own("reset and modes", "\x1bc\x1b[!p\x1b[?1049l\x1b[?25h\x1b[?2026h\x1b[3;5r\x1b[4h\x1b[?7l"),
        own("other character sets", "\x0e\x0f\x1b(0\x1b)0\x1bn lqqk"),
        own("a program's keys", "\x1b[?1000h\x1b[?2004h\x1b[>1u\x1b=\x1b[20~"),
        own("C1 controls", "\u{9b}2J\u{9d}0;x\u{9c}\u{90}x\u{9c}\u{85}\u{8d}\u{84}"),
        own("C0 controls", "a\0b\x08c\x07d\x7fe\x0bf\x0cg\x1a\x18\x1e"),
        own("bare returns", "visible\rhidden\r\nnext\n\rlast"),
        own("overrides of direction", "exe\u{202e}gpj.\u{202c} \u{202d}x\u{202a}\u{202b}"),
        own("isolates of direction", "\u{2066}a\u{2067}b\u{2068}c\u{2069}\u{200e}\u{200f}\u{61c}"),
        own("characters of no width", "pay\u{200b}pal\u{2060}\u{feff}\u{ad}\u{34f}\u{180e}\u{2063}\u{206a}"),
        own("fillers", "\u{3164}\u{115f}\u{1160}\u{ffa0}\u{2800}x"),
        own("line and paragraph separators", "a\u{2028}b\u{2029}c\u{85}d"),
        own("annotations and noncharacters", "\u{fff9}a\u{fffa}b\u{fffb}\u{fffe}\u{ffff}\u{10ffff}\u{e000}"),
        own("tag characters", "a\u{e0001}\u{e0041}\u{e0042}\u{e007f}b \u{1f3f4}\u{e0067}\u{e0062}"),
        ("300 joined emoji", "\u{1f469}\u{200d}".repeat(300) + "end"),
        ("10 000 marks", format!("a{}b", "\u{301}\u{20dd}".repeat(5_000))),
        ("1 000 selectors", format!("a{}b \u{2764}{}", "\u{fe0f}".repeat(1_000), "\u{e0100}".repeat(1_000))),
        ("1 000 joiners", format!("a{}b", "\u{200d}\u{200c}".repeat(1_000))),
        ("500 jamo", "\u{1112}\u{1161}\u{11ab}".repeat(100) + &"\u{1100}".repeat(200)),
        ("Indic conjuncts", "\u{915}\u{94d}".repeat(300) + " ക്ഷ്മ సంస్కృత"),
        ("half-width kana with voiced marks", "ｶﾞｷﾞ".to_owned() + &"ﾞ".repeat(500)),
        ("500 regional indicators", "\u{1f1e9}".repeat(500)),
        own(
            "right to left beside code",
            "`if (x)` \u{5d0}\u{5d1}\u{5d2} \u{627}\u{644}\u{633}\u{644}\u{627}\u{645}\n\n    let a = 1; // \u{5d0}",
        ),
        own("wide characters at an edge", "漢".repeat(200).as_str()),
        own("Thai and Lao vowels", "กำ\u{e33}\u{eb3}\u{e33}\u{e33} ນ\u{eb3}"),
        own("the status line in a text", "story/2  ? help\n 1/2"),
        ("tabs", "\t".repeat(2_000) + "x"),
        ("5 000 blank lines", "\n".repeat(5_000) + "x"),
    ]
}

fn thread(comments: &[Value]) -> Value {
    json!({"title": "Thread", "comments": comments})
}

/// A file in lurker's own format, whose name must stand near the start.
fn file(name: &str, thread: &Value) -> Scratch {
    let text = thread.to_string().replacen('{', r#"{"format":"lurker-thread-1","#, 1);
    Scratch::new(&format!("hostile-{name}.json"), text.as_bytes())
}

fn is_harmless(text: &str) -> bool {
    let turns =
        |c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}' | '\u{200e}' | '\u{200f}');
    !text.contains(|c: char| c.is_control() && c != '\n' || turns(c))
}

/// Prints a file in every form, each of which must be harmless.
fn assert_prints(name: &str, file: &Scratch) {
    for format in ["text", "markdown", "json"] {
        let (code, out, said) = outcome(&mut printing(&["--format", format, file.name()]));
        assert_eq!((code, said.as_str()), (Some(0), ""), "{name} as {format}");
        assert!(is_harmless(&out), "{name} as {format}");
    }
}

#[test]
fn hostile_texts_in_every_field_leave_screen_and_keyboard_alone() {
    let comments = texts().into_iter().enumerate().map(|(number, (_, text))| {
        json!({"id": format!("{number}{text}"), "author": text, "author_id": text, "label": text, "subject": text,
            "url": format!("https://x/{text}"), "posted_at": text, "state": text, "links": [format!("http://x/{text}")],
            "text": format!("{text}\n\n> {text}\n\n    {text}")})
    });
    let comments: Vec<Value> = comments.collect();
    let count = comments.len();
    let file = file("fields", &thread(&comments));
    assert_prints("all texts", &file);
    let mut session = Session::start(lurker(&[file.name()]), SIZE);
    session.wait_for("story/");
    for number in 1..=count {
        let there = format!("{number}/{count}");
        session.keys("t").wait(&there, |screen| place(screen) == there);
    }
    session.keys("q");
    let ended = session.end();
    assert_eq!((ended.code, ended.signal.as_deref()), (0, None));
    ended.assert_restored();
    assert_harmless(&ended.raw);
}

#[test]
fn hostile_titles_and_notes_are_harmless_one_by_one() {
    for (name, text) in texts() {
        let whole = json!({"title": format!("Title {text}"), "site": text, "author": text, "department": text,
            "fortune": text, "link": text, "url": text, "notes": [text], "text": text, "links": [text],
            "comments": [{"id": "1", "text": "after"}]});
        assert_prints(name, &file("title", &whole));
    }
}

/// Threads of odd shapes, each with its name, as text.
fn shapes() -> Vec<(&'static str, String)> {
    let one = |comment: Value| thread(&[comment]).to_string();
    let deep = |count: u32| {
        let parent = |id: u32| id.checked_sub(1).map(|parent| parent.to_string());
        (0..count).map(|id| json!({"id": id.to_string(), "parent": parent(id), "text": "x"})).collect::<Vec<_>>()
    };
    let marks = json!([
        ["strong", 1, 9_999_999],
        ["em", 4_294_967_295_u64, 4_294_967_296_u64],
        ["code", -1, 5],
        ["strong", 1, 2],
        ["em", 5, 2],
        ["link", 0, 1, 99],
        ["link", 0, 1, 0],
        "x",
        [],
        [1, 2, 3]
    ]);
    let brackets = "[".repeat(100_000);
    vec![
        ("a word of a megabyte", one(json!({"id": "1", "text": "x".repeat(1_000_000)}))),
        ("10 000 replies deep", thread(&deep(10_000)).to_string()),
        ("1 000 quotes deep", one(json!({"id": "1", "text": format!("{} x", "> ".repeat(1_000))}))),
        ("marks past the end", one(json!({"id": "1", "text": "é é", "marks": marks, "links": ["javascript:x"]}))),
        ("100 000 arrays deep", format!(r#"{{"title":"T","x":{brackets}{},"comments":[]}}"#, "]".repeat(100_000))),
        ("100 000 arrays left open", format!(r#"{{"title":"T","x":{brackets}"#)),
        (
            "parents in a circle",
            thread(&[
                json!({"id": "1", "parent": "2"}),
                json!({"id": "2", "parent": "1"}),
                json!({"id": "3", "parent": "3"}),
            ])
            .to_string(),
        ),
        (
            "numbers and times out of range",
            thread(&[
                json!({"id": "9".repeat(100_000), "score": 1e300, "posted_at": "99999-01-01T00:00:00Z"}),
                json!({"id": "2", "score": i64::MIN, "posted_at": -1_000_000_000_000_000_000_i64}),
                json!({"id": "3", "score": u64::MAX, "posted_at": "0000-00-00T99:99:99Z"}),
            ])
            .to_string(),
        ),
        ("1 000 of one id", thread(&vec![json!({"id": "1", "text": "x"}); 1_000]).to_string()),
    ]
}

#[test]
fn threads_of_odd_shapes_are_printed_and_shown() {
    at_once(shapes().into_iter().enumerate(), |(number, (name, text))| {
        let text = text.replacen('{', r#"{"format":"lurker-thread-1","#, 1);
        let file = Scratch::new(&format!("hostile-shape-{number}.json"), text.as_bytes());
        assert_prints(name, &file);
        let mut session = Session::start(lurker(&[file.name()]), SIZE);
        session.wait_for("story/");
        session.keys("EGgtGw").keys("\x1b").keys("L").keys("\x1b").keys("=\x0c\x03\x03");
        let ended = session.end();
        assert_eq!((ended.code, ended.signal.as_deref()), (0, None), "{name}");
        ended.assert_restored();
        assert_harmless(&ended.raw);
    });
}

#[test]
fn no_size_of_a_terminal_is_too_small_or_too_large() {
    at_once(
        [(0, 0), (80, 0), (0, 24), (1, 0), (1, 1), (2, 1), (1, 2), (3, 3), (500, 1), (1, 500), (1000, 500)],
        |size| {
            let mut session = Session::start(lurker(&["demo"]), size);
            session.wait_raw("a frame", |raw| String::from_utf8_lossy(raw).contains("\x1b[?2026l"));
            for keys in ["t", "E", "G", "?", "\x1b[B", "L", "w", "i", "/x\r", ":", "\x1b[<0;1;1M", "g", "\x0c"] {
                session.keys(keys);
            }
            session.keys("\x03\x03\x03");
            let ended = session.end();
            assert_eq!((ended.code, ended.signal.as_deref()), (0, None), "{size:?}");
            ended.assert_restored();
        },
    );
}

#[test]
fn sizes_that_come_and_go_with_boxes_and_prompts_open_do_no_harm() {
    for open in ["", "?", "/the", ":", "w"] {
        let mut session = Session::start(lurker(&["demo"]), SIZE);
        session.wait_for(TITLE);
        session.keys(open);
        for size in [(0, 0), (1, 1), (300, 2), (2, 300), (80, 0), (0, 80), (5, 5), (1, 24)].repeat(4) {
            session.resize(size);
        }
        session.resize(SIZE);
        session.keys("\x03\x03");
        assert_eq!(session.end().code, 0, "{open:?}");
    }
}

/// Answers that a terminal may give, to questions that nobody asked.
const ANSWERS: [&str; 12] = [
    "\x1b[?997;1n",
    "\x1b[?2026;2$y",
    "\x1b]10;rgb:ffff/ffff/ffff\x1b\\",
    "\x1b]4;1;rgb:0/0/0\x07",
    "\x1b]52;c;cXVpdA==\x1b\\",
    "\x1bP>|XTerm(390)\x1b\\",
    "\x1bP1$r0m\x1b\\",
    "\x1b_Gi=1;OK\x1b\\",
    "\x1b^message\x1b\\",
    "\x1bXq\x1b\\",
    "\x1b[24;80R",
    "\x1b[8;24;80t",
];

#[test]
fn answers_byte_by_byte_are_no_keys() {
    at_once(ANSWERS, |answer| {
        let mut session = Session::start(lurker(&["demo"]), SIZE);
        session.wait_for("story/110");
        for byte in answer.chars() {
            session.keys(&byte.to_string());
        }
        session.keys("t").wait("the first comment", |screen| place(screen) == "3/110");
        session.keys("\x03");
        assert_eq!(session.end().code, 0, "{answer:?}");
    });
}

#[test]
fn answers_cut_short_leave_ctrl_c_alive() {
    for at in 1..5 {
        at_once(ANSWERS, |answer| {
            let mut session = Session::start(lurker(&["demo"]), SIZE);
            session.wait_for("story/110");
            session.keys(answer.get(..at).expect("ASCII")).keys("\x03");
            assert_eq!(session.end().code, 0, "{answer:?} up to {at}");
        });
    }
}

#[test]
fn reports_of_a_mouse_that_is_nowhere_do_nothing() {
    let reports = [
        "\x1b[<0;99999;99999M",
        "\x1b[<0;0;0M",
        "\x1b[<64;-1;5M",
        "\x1b[<99999999999999999999;1;1M",
        "\x1b[<0;1;1;1;1M",
        "\x1b[<32;65535;65535M",
        "\x1b[<0;65536;65536m",
        "\x1b[M~~~",
    ];
    at_once(reports, |report| {
        let mut session = Session::start(lurker(&["demo"]), SIZE);
        session.wait_for("story/110");
        session.keys(report).keys("gt").wait("the first comment", |screen| place(screen) == "3/110");
        session.keys("\x03");
        assert_eq!(session.end().code, 0, "{report:?}");
    });
}

#[test]
fn what_is_pasted_into_a_prompt_is_harmless() {
    let paste = format!("\x1b[200~\x1b]0;OWNED\x07\u{9b}2J\u{202e}\n\t\r{}\x1b[201~", "x".repeat(3_000));
    at_once(["/", "f", ":", "s"], |prompt| {
        let mut session = Session::start(lurker(&["demo"]), SIZE);
        session.wait_for("story/110");
        session.keys(prompt).keys(&paste).keys("\x0c\r\x1b\x0c\x03\x03");
        let ended = session.end();
        assert_eq!(ended.code, 0, "{prompt}");
        assert_harmless(&ended.raw);
    });
}

#[test]
fn ctrl_c_is_heard_behind_a_million_keys() {
    let mut session = Session::start(lurker(&["demo"]), SIZE);
    session.wait_for("story/110");
    session.keys(&"j".repeat(1_000_000)).keys("\x03");
    let ended = session.end();
    assert_eq!(ended.code, 0);
    ended.assert_restored();
}

#[test]
fn any_name_of_a_terminal_shows_the_thread() {
    at_once(["unknown-terminal", "vt52", "vt100", "linux", "xterm-mono", "\x1b]0;OWNED\x07"], |term| {
        let mut command = lurker(&["demo"]);
        command.env("TERM", term);
        command.env("LC_ALL", "C");
        let mut session = Session::start(command, SIZE);
        session.wait_for("story/110");
        session.keys("q");
        let ended = session.end();
        assert_eq!(ended.code, 0, "{term:?}");
        ended.assert_restored();
        assert_harmless(&ended.raw);
    });
}

#[test]
fn without_a_name_of_a_terminal_there_is_text() {
    let mut command = lurker(&["demo"]);
    command.env_remove("TERM");
    let ended = Session::start(command, SIZE).end();
    assert_eq!(ended.code, 0);
    assert!(!ended.raw.contains(&0x1b) && String::from_utf8_lossy(&ended.raw).contains(TITLE));
}

#[test]
fn closed_and_full_streams_end_the_program_without_a_panic() {
    for (redirected, code) in
        [("demo >&-", 0), ("demo <&- >&- 2>&-", 0), ("- <&-", 1), ("nowhere.html 2>&-", 2), ("demo >/dev/full 2>&1", 1)]
    {
        let script = format!("{} {redirected}", env!("CARGO_BIN_EXE_lurker"));
        let status = Command::new("sh")
            .args(["-c", &script])
            .env("XDG_CONFIG_HOME", "/nonexistent")
            .env("XDG_RUNTIME_DIR", "/dev/null")
            .status();
        assert_eq!(status.expect("a shell").code(), Some(code), "{redirected}");
    }
}

#[test]
fn a_pipe_that_says_nothing_is_left_with_ctrl_c() {
    let path = std::env::temp_dir().join(format!("lurker-silent-{}", crate::support::unique()));
    assert!(Command::new("mkfifo").arg(&path).status().expect("a pipe's name").success());
    let mut session = Session::start(lurker(&[path.to_str().expect("UTF-8")]), SIZE);
    session.wait_for("loading");
    session.keys("\x03");
    let ended = session.end();
    fs::remove_file(path).expect("the pipe's name");
    assert_eq!((ended.code, ended.signal.as_deref()), (0, None));
    ended.assert_restored();
}

#[test]
fn hostile_settings_are_refused_in_harmless_words() {
    for config in [
        r#"theme = "\u001b]0;OWNED\u0007""#,
        r#""\u001b]0;OWNED\u0007" = 1"#,
        "[keys]\n\"\\u001b[2J\" = [\"x\"]",
        "[keys]\ndown = [\"\\u001b[2J\"]",
        "theme = \"\x1b]0;OWNED\x07\"",
        "[sites.lobsters]\nurl = \"http://\\u001b]0;OWNED/\"",
        "[sites.lobsters]\nurl = \"javascript:alert(1)\"",
        "[modifiers]\n\"by:\\u001b]0;OWNED\" = 99",
        "default_site = \"\\u202e\\u001b[2J\"",
    ] {
        let file = Scratch::new("hostile-config.toml", config.as_bytes());
        let (code, out, said) = outcome(&mut printing(&["--config", file.name(), "demo"]));
        assert_eq!((code, out.as_str()), (Some(2), ""), "{config:?}");
        assert!(said.starts_with("lurker: ") && is_harmless(&said), "{config:?}: {said:?}");
    }
}

/// Prints the newest stories of a site that gives one answer.
fn printed_list(reply: Reply) -> (Option<i32>, String, String) {
    let server = Server::start(move |_| reply.clone());
    let config = format!("[sites.lobsters]\nurl = \"{}\"\n", server.url());
    let config = Scratch::new("hostile-list.toml", config.as_bytes());
    outcome(printing(&["--config", config.name(), "lobsters"]).env("NO_PROXY", "*"))
}

#[test]
fn titles_of_lists_are_harmless() {
    for (name, text) in texts() {
        let row = json!({"short_id": "abc123", "title": format!("Story {text}"), "url": format!("https://x/{text}"),
            "score": 1, "comment_count": 2, "submitter_user": text, "tags": [text], "created_at": text,
            "comments_url": format!("https://lobste.rs/s/abc123/{text}"), "short_id_url": text, "description": text});
        let (code, out, said) = printed_list(Reply::ok(json!([row]).to_string()));
        assert_eq!(code, Some(0), "{name}: {said}");
        assert!(out.contains("Story") && is_harmless(&out) && is_harmless(&said), "{name}: {out:?} {said:?}");
    }
}

#[test]
fn what_a_server_says_is_harmless() {
    let escape = "\x1b]0;OWNED\x07\u{202e}\u{9b}2J";
    for reply in [
        Reply::ok(escape),
        Reply::ok(format!("<title>{escape}</title>")),
        Reply::ok(format!("{{\"error\":\"{escape}\"}}")),
        Reply::of(404, escape),
        Reply::of(403, format!("<h1>{escape}</h1>")),
        Reply::redirect("file:///etc/passwd"),
        Reply::redirect("javascript:alert(1)"),
        Reply::redirect("http://\u{202e}.example/\u{9b}2J"),
        Reply::redirect("\x1b]0;OWNED\x07"),
    ] {
        let (code, out, said) = printed_list(reply.clone());
        assert_eq!((code, out.as_str()), (Some(1), ""), "{reply:?}");
        assert!(said.starts_with("lurker: ") && is_harmless(&said), "{reply:?}: {said:?}");
    }
}

/// A folder with a program that writes its words down in place of the browser.
fn recorder(name: &str) -> (PathBuf, PathBuf) {
    use std::os::unix::fs::PermissionsExt;
    let folder = std::env::temp_dir().join(format!("lurker-{}-{name}", crate::support::unique()));
    fs::create_dir_all(&folder).expect("a temporary folder");
    let (program, words) = (folder.join("xdg-open"), folder.join("words"));
    fs::write(&program, format!("#!/bin/sh\nprintf '%s|' \"$#\" \"$@\" > '{}'\n", words.display())).expect("a program");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("a program");
    (folder, words)
}

#[test]
fn an_address_of_a_stranger_is_one_word_for_the_browser_or_none() {
    let cases = [
        ("https://a.example/;touch%20x$(id)`id`&|'\"", true),
        ("https://bank.example@evil.example/", true),
        ("javascript:alert(1)", false),
        ("file:///etc/passwd", false),
        ("data:text/html,<script>", false),
        ("vbscript:x", false),
        ("--version", false),
        ("//evil.example/", false),
        ("https:\\\\evil.example", false),
        ("java\nscript:x", false),
        ("\x1b]0;OWNED\x07", false),
    ];
    at_once(cases.into_iter().enumerate(), |(number, (address, is_opened))| {
        let (folder, words) = recorder(&format!("opener{number}"));
        let thread = json!({"title": "Thread", "url": address, "comments": [{"id": "1", "text": "x"}]});
        let file = file(&format!("address{number}"), &thread);
        let mut command = lurker(&[file.name()]);
        command.env("PATH", &folder);
        command.env_remove("BROWSER");
        let mut session = Session::start(command, SIZE);
        session.wait_for("story/1");
        session.keys("O");
        if is_opened {
            let told = crate::support::pty::until("the browser", || {
                fs::read_to_string(&words).ok().filter(|told| told.ends_with('|'))
            });
            assert!(told.starts_with("1|https://"), "{told}");
        } else {
            session.wait_for(" no ");
        }
        session.keys("\x03");
        let ended = session.end();
        assert_harmless(&ended.raw);
        assert_eq!((ended.code, words.exists()), (0, is_opened), "{address:?}");
        fs::remove_dir_all(folder).expect("the folder");
    });
}

#[test]
fn a_browser_that_is_not_there_is_told() {
    let mut command = lurker(&["demo"]);
    command.env("PATH", "/nonexistent");
    command.env_remove("BROWSER");
    let mut session = Session::start(command, (160, 24));
    session.wait_for("story/110");
    session.keys("O").wait_for("no browser");
    session.keys("t").wait("the first comment", |screen| place(screen) == "3/110");
}

/// All files of Rust below a folder, as text.
fn sources(folder: &str) -> String {
    source_files(folder).into_iter().map(|(_, text)| text).collect()
}

/// All files of Rust below a folder, each with its text.
fn source_files(folder: &str) -> Vec<(PathBuf, String)> {
    let mut folders = vec![PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(folder)];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("UTF-8");
                files.push((path, text));
            }
        }
    }
    files
}

#[test]
fn no_code_but_the_stores_and_the_limits_writes_a_file() {
    const WAYS: [&str; 10] = [
        "fs::write",
        "File::create",
        "OpenOptions",
        "File::options",
        "create_dir",
        "DirBuilder",
        "remove_file",
        "fs::rename",
        "set_permissions",
        "Connection::open",
    ];
    const WRITING: [&str; 4] = ["/shell/capture.rs", "/shell/http/process_limit.rs", "/store.rs", "/store/file.rs"];
    let files = source_files("src");
    let writes = |text: &str| WAYS.iter().any(|way| text.contains(way));
    let writing = files.iter().filter(|(_, text)| writes(text)).map(|(path, _)| path.display().to_string());
    let writing: Vec<String> = writing.filter(|path| !path.ends_with("/tests.rs")).collect();
    let may_write = |path: &String| WRITING.iter().any(|file| path.ends_with(file));
    assert!(writing.len() == WRITING.len() && writing.iter().all(may_write), "{writing:?}");
}

#[test]
fn every_test_that_the_page_names_is_there() {
    let (page, text) = (include_str!("../../SECURITY.md"), sources("src") + &sources("tests"));
    let is_name =
        |word: &&str| word.matches('_').count() > 1 && word.chars().all(|c| c == '_' || c.is_ascii_lowercase());
    let names: Vec<&str> = page.split('`').filter(is_name).collect();
    assert!(names.len() > 50, "{}", names.len());
    for name in names.iter().filter(|name| **name != "max_body_mebibytes") {
        assert!(text.contains(&format!("fn {name}(")), "{name}");
    }
}
