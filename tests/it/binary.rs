//! The program itself, with its standard output in a pipe: what it prints, what it says when something is wrong.

use std::fs;
use std::io::{Write, pipe};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use lurker::app::{Command as Action, keyed};
use lurker::model::{Advice, LoadError};
use lurker::shell::config::shipped_keys;
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use crate::support::fake_sites::{self, SITES};
use crate::support::server::{Reply, Server};

const TITLE: &str = "Library Brings Back Its 1986 Green-Screen Catalog Because Patrons Like It Better";

/// The program as it is built, without what the environment of the tests may say about colours, without a config, and
/// without a store.
pub(crate) fn lurker(words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lurker"));
    command
        .args(words)
        .env_remove("NO_COLOR")
        .env("RUST_BACKTRACE", "1")
        .env_remove("LURKER_CONFIG")
        .env("XDG_CONFIG_HOME", "/nonexistent")
        .env("XDG_RUNTIME_DIR", "/dev/null")
        // Without a folder for it, there is no store.
        .env_remove("HOME")
        .env_remove("XDG_DATA_HOME")
        .env_remove("LURKER_DATA")
        .stdin(Stdio::null());
    command
}

pub(crate) fn outcome(command: &mut Command) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = command.output().expect("the program runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (status.code(), text(stdout), text(stderr))
}

/// What it prints where all is well.
fn printed(words: &[&str]) -> String {
    let (code, out, said) = outcome(&mut lurker(words));
    assert_eq!((code, said.as_str()), (Some(0), ""), "{words:?}");
    out
}

fn printed_from(words: &[&str], input: &[u8]) -> String {
    let mut child =
        lurker(words).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("a child");
    // All of it is read before anything is written.
    child.stdin.take().expect("piped").write_all(input).expect("it reads");
    let Output { status, stdout, stderr } = child.wait_with_output().expect("an end");
    assert_eq!((status.code(), String::from_utf8_lossy(&stderr).as_ref()), (Some(0), ""), "{words:?}");
    String::from_utf8(stdout).expect("UTF-8")
}

/// What it says where something is wrong: the exit code and the lines, checked for what must never be in them.
fn complaint(words: &[&str]) -> (Option<i32>, String) {
    let (code, out, said) = outcome(&mut lurker(words));
    assert_eq!(out, "", "{words:?}");
    assert!(said.starts_with("lurker: "), "{words:?}: {said}");
    for never in ["Error", "Err(", "Some(", "panicked", "backtrace", " { ", "src/"] {
        assert!(!said.contains(never), "{words:?}: {said}");
    }
    (code, said)
}

fn json(words: &[&str]) -> Value {
    let words = [&["demo", "--format", "json"], words].concat();
    serde_json::from_str(&printed(&words)).expect("JSON")
}

fn comments(thread: &Value) -> &Vec<Value> {
    thread["comments"].as_array().expect("an array")
}

fn modes(words: &[&str]) -> [usize; 3] {
    let thread = json(words);
    ["full", "line", "hidden"].map(|mode| comments(&thread).iter().filter(|comment| comment["mode"] == mode).count())
}

/// A file of this test's own, gone when the test is over.
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    pub(crate) fn new(name: &str, content: &[u8]) -> Self {
        let path = std::env::temp_dir().join(format!("lurker-{}-{name}", crate::support::unique()));
        fs::write(&path, content).expect("a temporary file");
        Self(path)
    }

    pub(crate) fn name(&self) -> &str {
        self.0.to_str().expect("UTF-8")
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

fn demo_page() -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/demo.html")).expect("the demo's page")
}

#[test]
fn the_demo_prints_as_text_into_a_pipe() {
    let text = printed(&["demo"]);
    assert!(text.starts_with(TITLE), "{text}");
    for part in ["by inkwell", "110 comments", "Two seconds  5 Insightful  baudelaire", "│ Everybody says", " hidden)"]
    {
        assert!(text.contains(part), "{part}");
    }
    assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "no control character goes into a pipe");
    assert_eq!(text, printed(&["demo", "--format", "text"]));
}

#[test]
fn json_has_every_field_that_is_promised() {
    let thread = json(&[]);
    let fields = "format site id url title author posted_at link text score score_kind archived stated_comments \
                  loaded_comments min_score full_score notes comments";
    for field in fields.split_whitespace() {
        assert!(thread.get(field).is_some(), "{field}");
    }
    let fields =
        "id parent depth author author_id op anonymous score label subject posted_at url text links state mode";
    for comment in comments(&thread) {
        for field in fields.split_whitespace() {
            assert!(comment.get(field).is_some(), "{field} of {}", comment["id"]);
        }
        assert!(comment["id"].is_string() && (comment["parent"].is_string() || comment["parent"].is_null()));
    }
    assert_eq!((&thread["format"], &thread["site"]), (&"lurker-thread-1".into(), &"slashdot".into()));
    assert_eq!((&thread["title"], &thread["score"]), (&TITLE.into(), &Value::Null));
    assert_eq!((&thread["stated_comments"], &thread["loaded_comments"]), (&110.into(), &110.into()));
    assert_eq!((&thread["min_score"], &thread["full_score"]), (&1.into(), &4.into()));
    assert_eq!((&thread["posted_at"], comments(&thread).len()), (&"2026-10-06T15:40:00Z".into(), 110));
}

#[test]
fn json_comments_stand_below_what_they_answer() {
    let thread = json(&[]);
    let mut path: Vec<&Value> = Vec::new();
    for comment in comments(&thread) {
        let depth = usize::try_from(comment["depth"].as_u64().expect("a number")).expect("small");
        assert!(depth <= path.len(), "{} skips a level", comment["id"]);
        path.truncate(depth);
        assert_eq!(Some(&comment["parent"]), path.last().copied().or(Some(&Value::Null)), "{}", comment["id"]);
        path.push(&comment["id"]);
    }
}

#[test]
fn json_modes_follow_the_thresholds() {
    let thread = json(&[]);
    for comment in comments(&thread) {
        let top = i64::from(comment["depth"] == 0);
        let expected = match comment["score"].as_i64() {
            Some(score) if score < 1 => "hidden",
            Some(score) if score < 4 - top => "line",
            _ => "full",
        };
        assert_eq!(comment["mode"], expected, "{}", comment["id"]);
    }
}

#[test]
fn options_move_the_thresholds() {
    let usual = modes(&[]);
    assert_eq!(usual.iter().sum::<usize>(), 110);
    assert!(usual.iter().all(|&count| count > 0), "{usual:?}");
    assert_eq!(modes(&["-s", "-1", "-F", "-1"]), [110, 0, 0]);
    assert_eq!(modes(&["--min-score=-1", "--full-score=6"])[2], 0);
    let crossed = json(&["-s", "5", "-F", "2"]);
    assert_eq!((&crossed["min_score"], &crossed["full_score"]), (&5.into(), &5.into()));
    let [full, line, hidden] = modes(&["-s", "2"]);
    assert!(full == usual[0] && line < usual[1] && hidden > usual[2], "only the hiding threshold has moved");
    let everything = printed(&["demo", "-s", "-1", "-F", "-1"]);
    assert!(everything.contains("You can press Ctrl-Q now.") && !everything.contains("hidden)"));
    assert!(!printed(&["demo"]).contains("You can press Ctrl-Q now."));
}

#[test]
fn markdown_is_a_heading_and_a_nested_list() {
    let text = printed(&["demo", "--format", "markdown"]);
    assert!(text.starts_with(&format!("# {TITLE}\n")));
    assert!(text.contains("\n- **baudelaire** (5 Insightful) Two seconds\n"));
    assert!(text.contains("\n  - **kestrel\\_9** (3 Informative)"), "names are escaped, replies are indented");
    assert!(text.contains("[an emulator](<https://en.wikipedia.org/wiki/SIMH>)") && text.contains("```\n"));
}

#[test]
fn text_is_wrapped_to_the_width_asked_for() {
    let thread = json(&[]);
    // Code is never wrapped; the plain form has it behind four spaces.
    let texts = comments(&thread).iter().filter_map(|comment| comment["text"].as_str());
    let code: Vec<&str> = texts.flat_map(str::lines).filter(|line| line.contains("    ")).map(str::trim_end).collect();
    let widest = |width: &str| {
        let text = printed(&["demo", "--width", width]);
        let bodies = text.lines().filter_map(|line| line.split_once("│ ").map(|(_, body)| (line, body.trim())));
        let words = bodies.filter(|(_, body)| !code.iter().any(|code| code.ends_with(body)));
        words.map(|(line, _)| line.width()).max().expect("lines")
    };
    assert!((35..=40).contains(&widest("40")), "{}", widest("40"));
    assert!((75..=80).contains(&widest("80")), "{}", widest("80"));
    assert!(widest("200") > 100);
    // However narrow the paper, there is a text on it.
    assert!(printed(&["demo", "--width", "1"]).lines().count() > 1000);
}

#[test]
fn colours_go_into_a_pipe_only_when_always() {
    let coloured = |command: &mut Command| outcome(command).1.contains('\x1b');
    assert!(coloured(&mut lurker(&["demo", "--color", "always"])));
    assert!(!coloured(&mut lurker(&["demo", "--color", "never"])));
    assert!(!coloured(&mut lurker(&["demo"])));
    assert!(!coloured(lurker(&["demo"]).env("NO_COLOR", "1")));
    // What is said on the command line counts more than the environment.
    assert!(coloured(lurker(&["demo", "--color", "always"]).env("NO_COLOR", "1")));
}

#[test]
fn ascii_draws_no_frames_beyond_ascii() {
    let frames = ['│', '─', '…', '▸', '▾'];
    assert!(printed(&["demo"]).contains(frames));
    assert!(!printed(&["demo", "--ascii"]).contains(frames));
}

#[test]
fn a_file_and_standard_input_give_what_the_demo_gives() {
    let page = Scratch::new("page.html", &demo_page());
    let expected = printed(&["demo", "--format", "json"]);
    assert_eq!(printed(&[page.name(), "--format", "json"]), expected);
    assert_eq!(printed_from(&["-", "--format", "json"], &demo_page()), expected);
}

#[test]
fn its_json_read_again_gives_the_same_bytes() {
    let first = printed(&["demo", "--format", "json"]);
    assert_eq!(printed_from(&["--format", "json", "-"], first.as_bytes()), first);
    let file = Scratch::new("thread.json", first.as_bytes());
    for format in ["text", "markdown"] {
        assert_eq!(printed(&[file.name(), "--format", format]), printed(&["demo", "--format", format]));
    }
}

#[test]
fn what_cannot_be_loaded_is_said_in_a_line_that_names_it() {
    let garbage = Scratch::new("garbage.bin", b"\0\xff\xfe\x1b]0;owned\x07 garbage");
    let empty = Scratch::new("empty.html", b" \n");
    let cut = Scratch::new("cut.json", b"{\"format\":\"lurker-thread-1\",");
    for (target, says) in [
        (garbage.name(), "it is no discussion that lurker knows; it is binary data"),
        (empty.name(), "it is empty"),
        (cut.name(), "the JSON is damaged at line 1, column"),
        ("src", "is a folder; name a file in it"),
    ] {
        let (code, said) = complaint(&[target]);
        assert_eq!(code, Some(1), "{said}");
        assert!(said.starts_with(&format!("lurker: {target}: {says}")), "{said}");
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(!said.trim_end().contains(char::is_control), "{said:?}");
    }
}

/// Whether a line names a key as an error on the screen does: `try again with r`.
fn names_key(line: &str) -> bool {
    let keys = shipped_keys().expect("keys");
    let names: Vec<String> =
        Action::entries().flat_map(|entry| keys.keys(entry.command)).map(|key| key.to_string()).collect();
    let words = line.split(" with ").skip(1).filter_map(|rest| rest.split([',', ';', '\n']).next());
    words.into_iter().any(|word| names.iter().any(|name| name == word))
}

#[test]
fn an_error_on_the_screen_names_a_key() {
    for advice in [Advice::Retry, Advice::RetryLater, Advice::RetryIn(Duration::from_secs(9)), Advice::Browser] {
        let error = LoadError::pending("a.example").advise(advice);
        let line = keyed(&error, &shipped_keys().expect("keys")).words().to_owned();
        assert!(names_key(&line) && names_key(&format!("{line}, or do something else\n")), "{line}");
    }
}

/// A config under which a server at this address is every site.
fn config_for(url: &str) -> String {
    let table = |name: &&str| format!("[sites.{name}]\nurl = \"{url}\"\n");
    let tables: String = ["slashdot", "lobsters", "lemmy", "discourse", "reddit"].iter().map(table).collect();
    format!("{tables}client_id = \"some_id\"\n[sites.hn]\nalgolia_url = \"{url}\"\nfirebase_url = \"{url}\"\n")
}

#[test]
fn no_answer_that_is_printed_as_an_error_names_a_key() {
    let check = "<title>Just a moment...</title><script src='/cdn-cgi/challenge-platform/x'></script>";
    let replies = [
        ("not found", Reply::of(404, "")),
        ("rate limited", Reply::of(429, "")),
        ("no rate limit for ten minutes", Reply::status(429).header("Retry-After", "600")),
        ("refused", Reply::of(403, "Go away")),
        ("browser check", Reply::of(403, check)),
        ("login", Reply::of(401, "")),
        ("login page", Reply::redirect("/login?to=there")),
        ("another status", Reply::of(418, "")),
        ("empty", Reply::ok("")),
        ("unexpected page", Reply::ok("<title>A blog</title>")),
        ("unexpected JSON", Reply::ok("[1]")),
        ("no web address", Reply::redirect("file:///etc/passwd")),
    ];
    for (kind, reply) in replies {
        let server = Server::start(move |request| {
            let is_login_page = request.path == "/login";
            let reply = if is_login_page { Reply::ok("<form action='/login'> Log in</form>") } else { reply.clone() };
            fake_sites::pass(request).unwrap_or(reply)
        });
        let config = Scratch::new("no-key.toml", config_for(&server.url()).as_bytes());
        for site in SITES.iter().filter(|site| !site.is_list()) {
            let target = (site.target)(&server.url());
            let (code, said) = complaint(&["--config", config.name(), "--format", "text", &target]);
            assert!(code == Some(1) && !names_key(&said), "{kind}: {}: {said}", site.key);
        }
    }
}

#[test]
fn no_bad_file_or_target_names_a_key() {
    let files = [
        &b"\0\xff garbage"[..],
        b" ",
        b"Hello",
        b"<html><title>Just a moment...</title>",
        b"{\"format\":\"lurker-thread-1\",",
        b"{\"hello\":1}",
    ];
    for content in files {
        let file = Scratch::new("no-key.saved", content);
        for site in [&[][..], &["--site", "lobsters"], &["--site", "discourse"], &["--site", "lemmy"]] {
            let (_, said) = complaint(&[site, &[file.name()]].concat());
            assert!(!names_key(&said), "{said}");
        }
    }
    for target in ["src", "nothing-of-this-name", "reddit", "lobsters/x/y/z", "lemmy/x", "discourse", "hn/none"] {
        let (_, said) = complaint(&["--format", "text", target]);
        assert!(!names_key(&said), "{said}");
    }
}

#[test]
fn a_target_that_fits_nothing_names_what_comes_closest() {
    for (target, says) in [
        ("nowhere/page.html", "no such file"),
        ("dmeo", "neither a file nor a site nor a thread; the sites are slashdot, hn, lobsters, "),
        ("https://example.org/x", "an address of no site that lurker knows"),
        ("https://slashdot.org/nothing", "no thread of Slashdot; one looks like "),
    ] {
        let (code, said) = complaint(&[target]);
        assert_eq!((code, said.lines().count()), (Some(2), 1), "{said}");
        assert!(said.starts_with(&format!("lurker: {target}: {says}")), "{said}");
    }
}

#[test]
fn a_wrong_command_line_is_said_with_the_option_that_is_wrong() {
    for (words, names) in [
        (&["demo", "--wdith", "40"][..], "--wdith"),
        (&["demo", "--width", "0"], "--width"),
        (&["demo", "--format", "yaml"], "yaml"),
        (&["demo", "-s", "many"], "--min-score"),
        (&["demo", "--color", "blue"], "blue"),
        (&["demo", "again"], "demo: cannot be searched"),
        (&["-", "--site", "usenet"], "--site"),
    ] {
        let (code, said) = complaint(words);
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains(names), "{said}");
    }
}

#[test]
fn what_is_made_from_the_code_has_every_option_and_key() {
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let script = printed(&["completions", shell]);
        assert!(script.contains("min-score") && script.contains("completions"), "{shell}: {script}");
    }
    let page = printed(&["man"]);
    assert!(page.contains(".SH KEYS") && page.contains("full\\-score") && page.contains("fold everything"), "{page}");
    assert_eq!(complaint(&["completions", "tcsh"]).0, Some(2));
}

#[test]
fn printed_keys_are_a_config_file() {
    let first = printed(&["keys"]);
    assert!(first.contains("down = [\"j\", \"down\"]"), "{first}");
    let file = Scratch::new("keys.toml", first.replace("[\"j\", \"down\"]", "[\"f4\"]").as_bytes());
    let second = printed(&["keys", "--config", file.name()]);
    assert!(second.contains("down = [\"f4\"]") && second.contains("up = [\"k\", \"up\"]"), "{second}");
    let wrong = Scratch::new("wrong.toml", b"[keys]\ndown = [\"x\"]\nup = [\"x\"]\n");
    let (code, said) = complaint(&["keys", "--config", wrong.name()]);
    assert_eq!(code, Some(2));
    assert!(said.contains("line 3") && said.contains("already has a command"), "{said}");
}

#[test]
fn every_mistake_of_a_config_has_its_line() {
    let theme = Scratch::new("mine.toml", b"text = 1\npink = \"red\"\n");
    let text = format!(
        "default_site = \"digg\"\ntheme = \"{}\"\ntext_width = 0\nhint = true\nminimap = \"often\"\n[sites.slashdot]\n\
         url = \"ftp://a\"\nmin_score = []\n[sites.reddit]\nclient_secret_command = 7\nclient_secret = \"open-sesame\"\n\
         [network]\ntimeout_seconds = -1\n[lists]\nhide = \"is:op\"\n[modifiers]\nlong = 9\n[keys]\ndown = [\"x\"]\n\
         up = [\"x\"]\nfly = [\"y\"]\n",
        theme.name()
    );
    let file = Scratch::new("dozen.toml", text.as_bytes());
    let places = [(1, "default_site = \"digg\""), (3, "text_width = 0"), (4, "hint"), (5, "minimap = \"often\"")];
    let more = [(7, "sites.slashdot.url = \"ftp://a\""), (8, "sites.slashdot.min_score = []")];
    let secret = [(10, "sites.reddit.client_secret_command"), (11, "sites.reddit.client_secret")];
    let last = [(13, "network.timeout_seconds = -1"), (15, "lists.hide = \"is:op\""), (17, "modifiers.long = 9")];
    let keys = [(20, "keys.up = \"x\""), (21, "keys.fly")];
    let all = places.iter().chain(&more).chain(&secret).chain(&last).chain(&keys);
    let mut starts: Vec<String> =
        all.map(|(line, key)| format!("lurker: {}, line {line}: {key}: ", file.name())).collect();
    starts.insert(1, format!("lurker: {}, line 1: text = 1: ", theme.name()));
    starts.insert(2, format!("lurker: {}, line 2: pink: ", theme.name()));
    for words in [&["--config", file.name(), "demo"][..], &["keys", "--config", file.name()]] {
        let (code, said) = complaint(words);
        let lines: Vec<&str> = said.lines().filter(|line| line.starts_with("lurker: ")).collect();
        assert_eq!((code, lines.len()), (Some(2), starts.len()), "{said}");
        assert!(lines.iter().zip(&starts).all(|(line, start)| line.starts_with(start)), "{said}");
        assert!(!said.contains("sesame"), "{said}");
    }
}

#[test]
fn options_before_a_subcommand_are_those_behind_it() {
    let config = Scratch::new("f4.toml", b"[keys]\ndown = [\"f4\"]\n");
    let keys = printed(&["keys", "--config", config.name()]);
    assert!(keys.contains("down = [\"f4\"]"), "{keys}");
    assert_eq!(printed(&["--ascii", "--config", config.name(), "keys"]), keys);
    assert_eq!(printed(&["-f", "json", "demo"]), printed(&["demo", "-f", "json"]));
    let (code, said) = complaint(&["man", "-s", "3"]);
    assert!(code == Some(2) && said.starts_with("lurker: --min-score 3 means nothing to `lurker man`"), "{said}");
    assert_eq!(complaint(&["-s", "3", "man"]), (code, said));
}

#[test]
fn an_option_for_comments_is_refused_where_a_list_is_printed() {
    let item =
        "[{\"short_id\":\"a1\",\"title\":\"Lamps\",\"score\":5,\"comment_count\":2,\"submitter_user\":\"wick\"}]";
    let file = Scratch::new("list.json", item.as_bytes());
    assert!(printed(&[file.name(), "--site", "lobsters"]).contains("1. Lamps"));
    // Of a file it is known late, of a site's list before anything is asked.
    for list in [&["hn"][..], &["hn/best", "-f", "json"], &["hn", "rust"], &[file.name(), "--site", "lobsters"]] {
        for (option, value) in [("--sort", "score"), ("--min-score", "3"), ("--full-score", "20%")] {
            let (code, said) = complaint(&[list, &[option, value]].concat());
            let says =
                format!("lurker: {option} {value} means nothing to a list that is printed: it is for comments\n");
            assert_eq!((code, said), (Some(2), says), "{list:?}");
        }
    }
}

#[test]
fn a_query_for_a_list_of_the_store_stands_behind_its_name() {
    for (command, option) in [("saved", "-q"), ("history", "--filter"), ("people", "-q")] {
        let (code, said) = complaint(&[command, option, "rust"]);
        let says =
            format!("lurker: --filter rust means nothing to `lurker {command}`; write `lurker {command} QUERY`\n");
        assert!(code == Some(2) && said.starts_with(&says), "{said}");
        assert!(printed(&[command, "rust", "-f", "json"]).contains("lurker-stories-1"));
    }
}

#[test]
fn queries_of_the_config_and_the_command_line_are_pointed_into() {
    let file = |name: &str, text: &str| Scratch::new(name, text.as_bytes());
    let wrong = file("wrong-query.toml", "[lists]\nhide = \"rust is:op\"\n");
    let (code, said) = complaint(&["--config", wrong.name(), "demo"]);
    let says = format!(
        "lurker: {}, line 2: lists.hide = \"rust is:op\": is:op means nothing for stories; there are is:new, is:read, is:followed\n\
         rust is:op\n        ^\n",
        wrong.name()
    );
    assert_eq!((code, said), (Some(2), says));
    let (code, said) = complaint(&["-q", "tea title:x", "demo"]);
    assert!(code == Some(2) && said.ends_with("tea title:x\n    ^\n"), "{said}");
    let (code, said) = complaint(&["-q", "tea label:x", "hn"]);
    assert!(code == Some(2) && said.ends_with("tea label:x\n    ^\n"), "{said}");
    // An earlier form is read, with one line about it.
    let earlier = file("earlier.toml", "[modifiers]\nfunny = -6\nlong = 1\n\"is:op\" = \"hide\"\n");
    let (code, out, said) = outcome(&mut lurker(&["--config", earlier.name(), "-s", "1", "--format", "json", "demo"]));
    let says = format!(
        "lurker: {}, line 2: funny is now written \"label:funny\"; line 3: long is now written \"longer:2000\"\n",
        earlier.name()
    );
    assert_eq!((code, said), (Some(0), says));
    let thread: Value = serde_json::from_str(&out).expect("it is JSON");
    let hidden = comments(&thread).iter().filter(|comment| comment["mode"] == "hidden");
    let (label, op) = (|label: &Value| label["label"] == "Funny", |label: &Value| label["op"] == true);
    let wanted = comments(&thread).iter().filter(|comment| label(comment) || op(comment)).count();
    assert!(wanted > 2 && hidden.filter(|comment| label(comment) || op(comment)).count() == wanted);
}

#[test]
fn a_filter_for_a_file_is_read_for_what_the_file_holds() {
    let fixture = |name: &str| format!("{}/tests/fixtures/lobsters/{name}", env!("CARGO_MANIFEST_DIR"));
    let (list, thread) = (fixture("hottest-2026.json"), fixture("story-2026.json"));
    let stories = printed(&["-q", "comments:>3", &list]);
    assert!(stories.contains("Where Do You Keep Your Rocks?") && !stories.contains("Pebbles"), "{stories}");
    assert!(printed(&["-q", "score:<0", &list]).contains("Pebbles"));
    assert!(printed(&["-q", "is:op OR longer:1", &thread]).contains("comments"));
    let (code, said) = complaint(&["-q", "comments:>3", &thread]);
    assert!(code == Some(2) && said.contains("comments: means nothing for comments"), "{said}");
    let (code, said) = complaint(&["-q", "is:op", &list]);
    assert!(code == Some(2) && said.contains("is:op means nothing for stories"), "{said}");
    let (code, said) = complaint(&["-q", "lable:x", &list]);
    assert!(code == Some(2) && said.ends_with("lable:x\n^\n"), "{said}");
}

#[test]
fn help_and_version_are_no_errors() {
    assert!(printed(&["--help"]).contains("lurker demo"));
    assert_eq!(printed(&["--version"]).trim(), concat!("lurker ", env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_reader_that_closes_early_is_no_error() {
    for format in ["text", "json", "markdown"] {
        let (reader, writer) = pipe().expect("a pipe");
        drop(reader);
        let (code, _, said) = outcome(lurker(&["demo", "--format", format]).stdout(writer));
        assert_eq!((code, said.as_str()), (Some(0), ""), "{format}");
    }
}

#[test]
fn a_full_disk_is_an_error() {
    let full = fs::File::options().write(true).open("/dev/full").expect("a Linux");
    let (code, _, said) = outcome(lurker(&["demo"]).stdout(full));
    assert_eq!(code, Some(1));
    assert!(said.starts_with("lurker: could not write: "), "{said}");
}

#[test]
fn what_is_said_of_a_name_is_harmless_to_the_terminal() {
    for words in [
        &["nowhere/\x1b]0;OWNED\x07\u{202e}\u{9b}2J.html"][..],
        &["demo", "--wi\x1b[2Jdth"],
        &["demo", "--width", "\x1b]0;OWNED\x07"],
    ] {
        let (code, said) = complaint(words);
        assert_eq!(code, Some(2));
        let harmful = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
        assert!(!said.contains(harmful), "{said:?}");
    }
}

#[test]
fn comments_are_printed_in_the_order_that_is_wanted() {
    let times = |words: &[&str]| -> Vec<String> {
        let thread = json(words);
        let top = comments(&thread).iter().filter(|comment| comment["depth"] == 0);
        top.filter_map(|comment| comment["posted_at"].as_str().map(str::to_owned)).collect()
    };
    let oldest = times(&["--sort", "oldest"]);
    assert!(oldest.len() > 5 && oldest.is_sorted(), "{oldest:?}");
    let newest = times(&["--sort", "newest"]);
    assert!(newest.iter().rev().is_sorted());
    assert_eq!(json(&["--sort", "flat"]), json(&[]), "JSON has the tree");
    let flat = printed(&["demo", "--sort", "flat", "-s", "-1", "-F", "-1"]);
    let answers = flat.lines().filter(|line| line.starts_with("│ ↳ ")).count();
    let deeper = comments(&json(&[])).iter().filter(|comment| comment["depth"] != 0).count();
    assert_eq!(answers, deeper);
    let markdown = printed(&["demo", "--sort", "flat", "--format", "markdown", "-s", "-1", "-F", "-1"]);
    assert_eq!(markdown.lines().filter(|line| line.starts_with("  answers ")).count(), deeper);
    let (code, said) = complaint(&["demo", "--sort", "best"]);
    assert!(code == Some(2) && said.contains("'best'") && said.contains("newest, oldest"), "{said}");
    let config = Scratch::new("sort.toml", b"[sites.slashdot]\nsort = \"oldest\"\n");
    assert_eq!(times(&["--config", config.name()]), oldest);
    assert_eq!(times(&["--config", config.name(), "--sort", "site"]), times(&[]));
}
