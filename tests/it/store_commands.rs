//! The store from outside: what one run leaves to the next, without a network, and the commands on it.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use lurker::app::{Event, KnownState};
use lurker::shell::fetch::{Fetcher, Service};
use lurker::shell::http::Settings;
use lurker::shell::store_settings::{StorePolicy, StoreSettings};
use lurker::shell::store_worker::StoreWorker;
use lurker::site::{SiteConfig, Sites};
use lurker::store::{Store, StoredAuthor};
use serde_json::Value;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::binary::{lurker, outcome};
use crate::store::Folder;
use crate::support::fake_sites::{self, USUAL};
use crate::support::pty::{self, Session};
use crate::support::server::{Received, Reply, Server};

/// A server of Lobsters, and a config that names it.
struct Lobsters {
    server: Server,
    folder: Folder,
}

impl Lobsters {
    fn start(name: &str) -> Self {
        let folder = Folder::new(name);
        fs::create_dir_all(folder.path()).expect("a folder");
        let server = Server::start(lobsters);
        let config = format!("[sites.lobsters]\nurl = \"{}\"\n", server.url());
        fs::write(folder.path().join("config.toml"), config).expect("written");
        Self { server, folder }
    }

    fn thread(&self) -> String {
        format!("{}/s/lamps1", self.server.url())
    }
}

fn lobsters(request: &Received) -> Reply {
    let row = |key| fake_sites::SITES.iter().find(|site| site.key == key).expect("a row");
    let site = row(if request.path.starts_with("/s/") { "lobsters" } else { "lobsters list" });
    (site.serve)(request, USUAL)
}

/// The program with the store and the config of a folder.
fn run(folder: &Path, words: &[&str]) -> Command {
    let mut command = lurker(words);
    command.env("LURKER_DATA", folder.join("data")).env("LURKER_CONFIG", folder.join("config.toml"));
    command
}

fn printed(folder: &Path, words: &[&str]) -> (String, String) {
    let (code, out, said) = outcome(&mut run(folder, words));
    assert_eq!(code, Some(0), "{words:?}: {said}");
    (out, said)
}

#[test]
fn a_thread_is_there_without_a_network() {
    let Lobsters { server, folder } = Lobsters::start("offline");
    let (folder, thread) = (folder.path(), format!("{}/s/lamps1", server.url()));
    let json = ["--format", "json", &thread];
    let (first, said) = printed(folder, &json);
    assert_eq!((said.as_str(), server.log().len()), ("", 1));
    assert_eq!(printed(folder, &json), (first.clone(), String::new()));
    assert_eq!(server.log().len(), 1, "a thread that was loaded just now is not asked for again");
    assert_eq!(printed(folder, &[&["--refresh"], &json[..]].concat()), (first.clone(), String::new()));
    assert_eq!(server.log().len(), 2);
    drop(server);
    let (out, said) = printed(folder, &[&["--offline"], &json[..]].concat());
    assert_eq!(out, first);
    assert!(said.starts_with("lurker: offline: as stored "), "{said}");
    let (code, _, said) = outcome(&mut run(folder, &[&["--refresh"], &json[..]].concat()));
    assert!(code == Some(1) && said.contains("refused the connection"), "{said}");
    let (code, _, said) = outcome(&mut run(folder, &["--offline", "lobsters:absent"]));
    assert!(code == Some(1) && said.contains("is not stored"), "{said}");
    let (code, _, said) = outcome(&mut run(folder, &["--offline", "--refresh", "lobsters"]));
    assert!(code == Some(2) && said.contains("--refresh"), "{said}");
}

#[test]
fn the_threads_of_a_list_are_saved_and_cleared() {
    let lobsters = Lobsters::start("save");
    let folder = lobsters.folder.path();
    let (out, said) = printed(folder, &["save", "lobsters", "--count", "2"]);
    assert_eq!(out, "");
    let lines: Vec<&str> = said.lines().collect();
    assert!(lines.len() == 2 && lines[0].starts_with("1/2 ") && lines[1].starts_with("2/2 "), "{said}");
    let listed: Value = serde_json::from_str(&printed(folder, &["saved", "--format", "json"]).0).expect("JSON");
    let stories = listed["stories"].as_array().expect("a list").len();
    assert!(stories >= 1, "{listed}");
    assert!(printed(folder, &["saved"]).0.contains("saved just now"));
    let none: Value =
        serde_json::from_str(&printed(folder, &["saved", "-f", "json", "by:nobody-at-all"]).0).expect("JSON");
    assert_eq!(none["stories"].as_array().map(Vec::len), Some(0));
    let (told, _) = printed(folder, &["store"]);
    assert!(told.contains("data/store.sqlite") && told.contains("threads that are saved"), "{told}");
    printed(folder, &["store", "clear"]);
    let count = |folder| {
        let listed: Value = serde_json::from_str(&printed(folder, &["saved", "--format", "json"]).0).expect("JSON");
        listed["stories"].as_array().map(Vec::len)
    };
    assert_eq!(count(folder), Some(stories), "what is saved stays");
    printed(folder, &["store", "clear", "--older-than", "1d", "--all"]);
    assert_eq!(count(folder), Some(stories), "nothing is that old");
    let (told, _) = printed(folder, &["store", "clear", "--threads"]);
    assert!(told.contains("cleared"), "{told}");
    assert_eq!(count(folder), Some(0));
    let (code, _, said) = outcome(&mut run(folder, &["store", "clear", "--older-than", "soon"]));
    assert!(code == Some(2) && said.contains("30d"), "{said}");
}

#[test]
fn what_is_saved_opens_as_a_list_on_a_screen() {
    let lobsters = Lobsters::start("saved-on-screen");
    let folder = lobsters.folder.path();
    printed(folder, &["save", &lobsters.thread()]);
    let start = |words: &[&str]| {
        let mut command = pty::lurker(words);
        command.env("LURKER_DATA", folder.join("data"));
        command.env("LURKER_CONFIG", folder.join("config.toml"));
        Session::start(command, (80, 24))
    };
    for words in [&["saved"][..], &["saved", "by:wick", "OR", "lamp"], &["--offline", "saved"]] {
        let mut session = start(words);
        session.wait_for("saved just now");
        session.wait_for("1/1");
        session.keys("\r").wait_for("Words of 103");
        session.keys("q").wait_gone("Words of 103");
        session.wait_for("saved just now");
        if words.len() > 2 && words[0] == "saved" {
            // The words are a filter, behind which is the whole list.
            session.keys("q").wait_for("all stories; q quits");
        }
        session.keys("q");
        assert_eq!(session.end().code, 0, "{words:?}");
    }
    let mut session = start(&["saved", "by:nobody"]);
    session.wait_for("no story matches");
    session.keys("\x03");
    session.end();
    let mut session = start(&["history"]);
    session.wait_for("read just now");
    session.keys("q");
    assert_eq!(session.end().code, 0);
    let ended = start(&["saved", "--format", "text"]).end();
    assert_eq!(ended.code, 0, "printed, also in a terminal");
}

/// A server of Discourse whose list goes on without an end, always with the same topic, and a config that names it.
fn forum(folder: &Path) -> Server {
    fs::create_dir_all(folder).expect("a folder");
    let server = Server::start(|request| {
        let topic = r#"{"id":7,"title":"What is https:// for?","slug":"s","posts_count":2}"#;
        let post = |place| {
            format!(r#"{{"id":{place},"post_number":{place},"username":"ada","cooked":"<p>Words</p>","post_type":1}}"#)
        };
        let answer = match request.path.as_str() {
            "/t/7.json" => format!(
                r#"{{"id":7,"title":"What is https:// for?","posts_count":2,"post_stream":{{"posts":[{},{}],"stream":[1,2]}}}}"#,
                post(1),
                post(2)
            ),
            // More pages than anybody asks for; a list that never ends must not end the test.
            path if path.ends_with("page=4") => return Reply::of(404, "no more of it"),
            _ => format!(r#"{{"topic_list":{{"more_topics_url":"/latest?page=2","topics":[{topic}]}}}}"#),
        };
        Reply::ok(answer).header("Content-Type", "application/json")
    });
    fs::write(folder.join("config.toml"), format!("[sites.discourse]\nurl = \"{}\"\n", server.url())).expect("written");
    server
}

#[test]
fn a_list_that_repeats_itself_is_saved_once_and_each_title_is_told() {
    let folder = Folder::new("repeating");
    let server = forum(folder.path());
    let (_, said) = printed(folder.path(), &["save", "discourse"]);
    assert_eq!(said, "1/1 What is https:// for? (1 comment)\n");
    assert_eq!(server.log().len(), 3, "two pages, of which the second brought nothing, and the thread");
}

#[test]
fn what_lists_hide_is_not_saved_and_that_is_said() {
    let folder = Folder::new("save-hidden");
    fs::create_dir_all(folder.path()).expect("a folder");
    // Two pages: on each a story that shows, one of a muted author, and 23 that the rule hides.
    let server = Server::start(|request| {
        let story = |id: &str, author: &str, title: &str, more: &str| {
            format!(
                r#"{{"short_id":"{id}","title":"{title}","score":5,"comment_count":0,"submitter_user":"{author}"{more}}}"#
            )
        };
        let (page, title) = if request.path.contains("page/2") { (2, "Glass") } else { (1, "Lamps") };
        if request.path.starts_with("/s/") {
            let title = if request.path.starts_with("/s/kept2") { "Glass" } else { "Lamps" };
            return Reply::ok(story("kept", "ada", title, r#","comments":[]"#));
        }
        let mut stories =
            vec![story(&format!("kept{page}"), "ada", title, ""), story(&format!("muted{page}"), "wick", "Oil", "")];
        stories.extend((0..23).map(|number| story(&format!("dull{page}x{number}"), "ann", "A boring lamp", "")));
        Reply::ok(if request.path.contains("page/3") { "[]".to_owned() } else { format!("[{}]", stories.join(",")) })
    });
    let config = format!("[sites.lobsters]\nurl = \"{}\"\n[lists]\nhide = \"title:boring\"\n", server.url());
    fs::write(folder.path().join("config.toml"), config).expect("written");
    let (mut store, _) = Store::open(&folder.path().join("data"), 1 << 29, 0).expect("a store");
    let wick = StoredAuthor {
        site: "lobsters".to_owned(),
        name: "wick".to_owned(),
        is_muted: true,
        ..StoredAuthor::default()
    };
    store.put_author(&wick).expect("muted");
    drop(store);
    let (_, said) = printed(folder.path(), &["save", "lobsters", "--count", "2"]);
    let left_out = "lurker: lobsters: not saved: 23 hidden by [lists] hide, 1 of muted authors hidden\n";
    assert_eq!(said, format!("{left_out}1/2 Lamps (0 comments)\n2/2 Glass (0 comments)\n"));
    // Where the rules leave too few, the list is read to its end.
    let (_, said) = printed(folder.path(), &["--refresh", "save", "lobsters", "--count", "9"]);
    assert!(said.starts_with("lurker: lobsters: not saved: 46 hidden by [lists] hide, 2 of muted"), "{said}");
    assert!(said.ends_with("2/2 Glass (0 comments)\n"), "{said}");
}

#[test]
fn what_an_author_wrote_who_is_muted_is_not_printed() {
    let folder = Folder::new("print-muted");
    fs::create_dir_all(folder.path()).expect("a folder");
    let server = Server::start(|request| {
        let story = r#""title":"Lamps","score":5,"comment_count":3,"submitter_user":"wick""#;
        let comment = |id: &str, parent: &str, author: &str| {
            format!(
                r#"{{"short_id":"{id}","parent_comment":{parent},"score":2,"commenting_user":"{author}","comment":"<p>Words of {id}.</p>"}}"#
            )
        };
        Reply::ok(if request.path.starts_with("/s/") {
            let comments =
                [comment("c1", "null", "wick"), comment("c2", r#""c1""#, "wick"), comment("c3", "null", "ada")];
            format!(r#"{{"short_id":"lamps1",{story},"comments":[{}]}}"#, comments.join(","))
        } else {
            let other = r#""short_id":"oil1","title":"Oil","score":5,"comment_count":0,"submitter_user":"ada""#;
            format!(r#"[{{"short_id":"lamps1",{story}}},{{{other}}}]"#)
        })
    });
    let config = format!("[sites.lobsters]\nurl = \"{}\"\n", server.url());
    fs::write(folder.path().join("config.toml"), &config).expect("written");
    let (mut store, _) = Store::open(&folder.path().join("data"), 1 << 29, 0).expect("a store");
    let muted = |site: &str, name: &str| StoredAuthor {
        site: site.to_owned(),
        name: name.to_owned(),
        is_muted: true,
        ..StoredAuthor::default()
    };
    store.put_author(&muted("lobsters", "wick")).expect("muted");
    store.put_author(&muted("hn", "ada")).expect("muted");
    drop(store);
    let thread = format!("{}/s/lamps1", server.url());
    let print = |words: &[&str]| printed(folder.path(), words).0;
    let modes = |words: &[&str]| {
        let json: Value = serde_json::from_str(&print(&[words, &["-f", "json", &thread]].concat())).expect("JSON");
        let comments = json["comments"].as_array().expect("a list").iter();
        comments.map(|comment| comment["mode"].as_str().expect("a mode").to_owned()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(modes(&[]), "hidden hidden full");
    assert_eq!(modes(&["-q", "words"]), "hidden hidden full");
    assert_eq!(modes(&["-q", "by:wick"]), "full full hidden", "the filter names them");
    let text = print(&[&thread]);
    assert!(text.contains("Words of c3") && text.contains("(2 hidden)") && !text.contains("Words of c1"), "{text}");
    let markdown = print(&["-f", "markdown", &thread]);
    assert!(markdown.contains("Words of c3") && !markdown.contains("Words of c1"), "{markdown}");
    // What is printed is stories alone, in every form; what is left out is said beside it.
    let (list, said) = printed(folder.path(), &["lobsters"]);
    assert!(list.contains("1. Oil") && !list.contains("Lamps") && !list.contains("hidden"), "{list}");
    assert_eq!(said, "lurker: lobsters: 1 of muted authors hidden\n");
    let (json, said) = printed(folder.path(), &["-f", "json", "lobsters"]);
    let json: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!((json["stories"].as_array().map(Vec::len), json["notes"].as_array().map(Vec::len)), (Some(1), Some(0)));
    assert_eq!(said, "lurker: lobsters: 1 of muted authors hidden\n");
    assert!(print(&["-q", "by:wick", "lobsters"]).contains("1. Lamps"));
    // What is the reader's own holds everybody.
    printed(folder.path(), &["save", &thread]);
    assert!(print(&["saved"]).contains("Lamps") && print(&["people"]).contains("wick"));
    fs::write(folder.path().join("config.toml"), config + "[store]\nenabled = false\n").expect("written");
    assert_eq!(modes(&[]), "full full full");
    assert!(print(&["lobsters"]).contains("1. Lamps"));
}

#[test]
fn a_bookmark_and_a_saved_thread_are_listed_with_the_time_that_is_theirs() {
    let folder = Folder::new("saved-at");
    let _server = forum(folder.path());
    printed(folder.path(), &["save", "discourse"]);
    let (out, _) = printed(folder.path(), &["saved"]);
    assert!(out.contains("saved just now"), "{out}");
}

#[test]
fn what_a_store_holds_is_cleared_after_it_was_turned_off() {
    let folder = Folder::new("cleared-off");
    let _server = forum(folder.path());
    let folder = folder.path();
    printed(folder, &["save", "discourse"]);
    let config = fs::read_to_string(folder.join("config.toml")).expect("there");
    fs::write(folder.join("config.toml"), format!("{config}[store]\nenabled = false\n")).expect("written");
    assert!(printed(folder, &["store"]).0.contains("The store is off"));
    let (out, _) = printed(folder, &["store", "clear", "--all"]);
    assert!(out.contains("1  threads: cleared"), "{out}");
    let (out, _) = printed(folder, &["store", "clear", "--all"]);
    assert!(!out.contains("cleared"), "{out}");
}

#[test]
fn a_damaged_store_is_told_also_where_it_is_met_before_the_screen() {
    let lobsters = Lobsters::start("resumed-damaged");
    let (folder, data) = (lobsters.folder.path(), lobsters.folder.path().join("data"));
    let config = fs::read_to_string(folder.join("config.toml")).expect("there");
    let config = format!("resume = true\ndefault_site = \"lobsters\"\n{config}");
    fs::write(folder.join("config.toml"), config).expect("written");
    fs::create_dir(&data).expect("a folder");
    fs::write(data.join("store.sqlite"), b"no database".repeat(900)).expect("written");
    let mut command = pty::lurker(&[]);
    command.env("LURKER_DATA", &data);
    command.env("LURKER_CONFIG", folder.join("config.toml"));
    Session::start(command, (250, 24)).wait_for("the store was damaged and is now store-damaged-");
}

#[test]
fn what_goes_wrong_after_the_last_event_is_kept_to_be_told() {
    let folder = Folder::new("last-words");
    fs::write(folder.path(), b"a file in place of the folder").expect("written");
    let settings = StoreSettings { folder: Some(folder.path().to_owned()), ..StoreSettings::default() };
    let (events, loop_of_events) = unbounded_channel();
    let store = StoreWorker::start(settings, clock).telling(events);
    drop(loop_of_events);
    store.run(|_| Ok(()));
    store.finish();
    let remarks = store.take_remarks();
    assert!(remarks.len() == 1 && remarks[0].contains("the store could not be"), "{remarks:?}");
    fs::remove_file(folder.path()).expect("there");
}

#[test]
fn without_a_store_nothing_is_written() {
    let lobsters = Lobsters::start("off");
    let folder = lobsters.folder.path();
    let mut config = fs::read_to_string(folder.join("config.toml")).expect("there");
    config.push_str("[store]\nenabled = false\n");
    fs::write(folder.join("config.toml"), config).expect("written");
    printed(folder, &["--format", "json", &lobsters.thread()]);
    assert!(printed(folder, &["store"]).0.contains("enabled = false"));
    assert!(!folder.join("data").exists());
    let (code, _, said) = outcome(&mut run(folder, &["save", "lobsters"]));
    assert!(code == Some(1) && said.contains("there is no store"), "{said}");
    let names: Vec<_> = fs::read_dir(folder).expect("there").map(|entry| entry.expect("there").file_name()).collect();
    assert_eq!(names, ["config.toml"]);
}

#[test]
fn a_store_that_cannot_be_used_is_told_and_the_thread_is_read() {
    let lobsters = Lobsters::start("unusable");
    let folder = lobsters.folder.path();
    fs::write(folder.join("data"), b"a file in place of the folder").expect("written");
    let (out, said) = printed(folder, &["--format", "json", &lobsters.thread()]);
    assert!(out.contains("lurker-thread-1"));
    assert!(
        said.starts_with("lurker: ") && said.contains("the store could not be") && said.lines().count() == 1,
        "{said}"
    );
    fs::remove_file(folder.join("data")).expect("there");
    fs::create_dir(folder.join("data")).expect("a folder");
    fs::write(folder.join("data/store.sqlite"), b"no database".repeat(900)).expect("written");
    let (out, said) = printed(folder, &["--format", "json", &lobsters.thread()]);
    assert!(out.contains("lurker-thread-1") && said.contains("was damaged") && said.lines().count() == 1, "{said}");
    let (_, said) = printed(folder, &["--offline", "--format", "json", &lobsters.thread()]);
    assert!(said.contains("as stored") && said.lines().count() == 1, "{said}");
}

/// The time in the test of freshness.
static CLOCK: AtomicI64 = AtomicI64::new(1_790_000_000);

fn clock() -> i64 {
    CLOCK.load(Ordering::SeqCst)
}

#[tokio::test]
async fn what_is_old_is_shown_and_asked_for_with_its_validators() {
    let folder = Folder::new("validators");
    let server = Server::start(|request| match request.header("if-none-match") {
        Some("\"one\"") => Reply::of(304, ""),
        _ => lobsters(request).header("ETag", "\"one\""),
    });
    let settings = StoreSettings { folder: Some(folder.path().to_owned()), ..StoreSettings::default() };
    let store = StoreWorker::start(settings, clock);
    let (answers, mut events) = unbounded_channel();
    let sites = Sites::default().with("lobsters", SiteConfig::at(&server.url()));
    let network = Settings { now: clock, reload_interval: Duration::ZERO, ..Settings::default() };
    let mut service = Service::new(network, sites, answers).with_store(store.clone(), StorePolicy::Usual);
    let thread = format!("{}/s/lamps1", server.url());
    for (request, (later, times, asked)) in (1..).zip([(0, 1, 1), (59, 1, 1), (61, 1, 2), (61, 1, 3)]) {
        CLOCK.fetch_add(later, Ordering::SeqCst);
        service.load(request, &thread, None, KnownState::Unknown);
        let (count, said) = complete(&mut events).await;
        store.finish();
        assert_eq!((count, said.len(), server.log().len()), (times, 0, asked), "{request}: {said:?}");
    }
    assert_eq!(server.log()[2].header("if-none-match"), Some("\"one\""));
    // The reader's own wish is asked for at once. What is unchanged may be newer than what is on the screen.
    service.load(9, &thread, None, KnownState::Shown);
    assert_eq!(complete(&mut events).await, (1, Vec::new()));
    assert_eq!(server.log().len(), 4);
    CLOCK.fetch_add(3600, Ordering::SeqCst);
    drop(server);
    service.load(10, &thread, None, KnownState::Unknown);
    let (count, said) = complete(&mut events).await;
    assert_eq!(count, 1);
    assert!(said.len() == 1 && said[0].contains("as stored 1h ago"), "{said:?}");
    // What is on the screen stays there, with the error.
    service.load(11, &thread, None, KnownState::Shown);
    let (count, said) = complete(&mut events).await;
    assert!(count == 0 && said.len() == 1 && said[0].contains("refused the connection"), "{said:?}");
}

/// The number of times that content came until a load was complete, and what was said.
async fn complete(events: &mut UnboundedReceiver<Event>) -> (usize, Vec<String>) {
    let (mut count, mut said) = (0, Vec::new());
    loop {
        match events.recv().await.expect("an event") {
            Event::Arrived { .. } => count += 1,
            Event::Report(line) | Event::AsStored { line, .. } => said.push(line),
            Event::Failed(_, error) => return (count, vec![error.to_string()]),
            Event::Complete(_) => return (count, said),
            _ => {}
        }
    }
}

#[test]
fn a_capture_is_read_as_if_the_site_had_answered() {
    let lobsters = Lobsters::start("capture");
    let folder = lobsters.folder.path();
    let (thread, file) = (lobsters.thread(), folder.join("load.jsonl"));
    let name = file.to_str().expect("UTF-8");
    let (_, said) = printed(folder, &["capture", &thread, "-o", name]);
    assert!(said.contains("1 request with answers, without secrets"), "{said}");
    let (fresh, _) = printed(folder, &["--format", "json", &thread]);
    let (captured, _) = printed(folder, &["--format", "json", name]);
    assert_eq!(captured, fresh);
    let text = fs::read_to_string(&file).expect("UTF-8");
    assert!(text.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()) && text.lines().count() == 2);
    let (code, _, said) = outcome(&mut run(folder, &["capture", &thread, "-o", name]));
    assert!(code == Some(1) && said.contains("load.jsonl"), "a file that is there is not written over: {said}");
    let (code, _, said) = outcome(&mut run(folder, &["capture", "demo", "-o", "x"]));
    assert!(code == Some(2) && said.contains("no thread or list of a site"), "{said}");
}

#[test]
fn the_doctor_tells_of_terminal_config_store_and_network() {
    let lobsters = Lobsters::start("doctor");
    let folder = lobsters.folder.path();
    let (told, said) = printed(folder, &["doctor"]);
    assert_eq!((said.as_str(), lobsters.server.log().len()), ("", 0));
    for subject in ["terminal ", "config ", "store ", "network "] {
        assert!(told.lines().any(|line| line.starts_with(subject)), "{subject}: {told}");
    }
    assert!(told.contains("all of it is right") && told.contains("store.sqlite: whole"), "{told}");
    fs::write(
        folder.join("config.toml"),
        format!("default_site = \"lobsters\"\n[sites.lobsters]\nurl = \"{}\"\n", lobsters.server.url()),
    )
    .expect("written");
    let (told, _) = printed(folder, &["doctor", "--network"]);
    assert!(told.contains("lobsters answers, with ") && lobsters.server.log().len() == 1, "{told}");
    let mut doctor = run(folder, &["doctor"]);
    doctor.env("HTTPS_PROXY", " ").env("ALL_PROXY", "http://me:secret@127.0.0.1:9");
    let (code, told, _) = outcome(&mut doctor);
    assert!(code == Some(0) && told.contains("ALL_PROXY") && !told.contains("secret"), "{told}");
    // A command whose last key another one takes is named; one that the file itself leaves without a key is not.
    let keys = "[keys]\nwhy = [\"M\"]\nlinks = []\nancestors = [\"L\"]\n";
    fs::write(folder.join("config.toml"), keys).expect("written");
    let (code, told, _) = outcome(&mut run(folder, &["doctor"]));
    let lost: Vec<&str> = told.lines().filter(|line| line.contains("the last key of")).collect();
    let is_named = lost.len() == 1 && lost[0].contains("the last key of author to another command");
    assert!(code == Some(0) && is_named, "{told}");
    fs::write(folder.join("data/store.sqlite"), b"no database".repeat(900)).expect("written");
    let (code, told, _) = outcome(&mut run(folder, &["doctor"]));
    assert!(code == Some(1) && told.contains("beside it; a new one is begun"), "{told}");
    fs::write(folder.join("config.toml"), "nothing = 1\n").expect("written");
    let (code, told, _) = outcome(&mut run(folder, &["doctor"]));
    assert!(code == Some(1) && told.contains("config !") && told.contains("nothing"), "{told}");
}
