//! The store after `kill -9`: what was told as stored is there, and the file opens.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use lurker::model::Story;
use lurker::store::{Store, ThreadKey};

use crate::binary::lurker;
use crate::store::Folder;
use crate::support::server::{Reply, Server};

/// So many times a run is killed; `LURKER_KILLS` names more.
const KILLS: u64 = 12;

/// A list of so many stories.
const STORIES: usize = 25;

fn story(number: usize) -> String {
    let comment = |id: usize| {
        format!(
            r#"{{"short_id":"c{number}x{id}","comment":"<p>{}</p>","commenting_user":"ann","score":1,"depth":0,"is_deleted":false,"parent_comment":null,"created_at":"2026-11-01T10:00:00.000Z","short_id_url":"https://lobste.rs/c/c{number}x{id}"}}"#,
            "words that fill the page ".repeat(40)
        )
    };
    let comments: Vec<String> = (0..20).map(comment).collect();
    format!("{},\"comments\":[{}]}}", entry(number).trim_end_matches('}'), comments.join(","))
}

fn entry(number: usize) -> String {
    format!(
        r#"{{"short_id":"s{number}","title":"Story {number}","url":"","score":3,"comment_count":20,"created_at":"2026-11-01T10:00:00.000Z","comments_url":"ORIGIN/s/s{number}","submitter_user":"ann","tags":["rust"]}}"#
    )
}

fn serve(origin: &str, path: &str) -> Reply {
    let body = match path.strip_prefix("/s/").and_then(|rest| rest.strip_suffix(".json")) {
        Some(id) => story(id.trim_start_matches('s').parse().unwrap_or_default()),
        None => format!("[{}]", (0..STORIES).map(entry).collect::<Vec<_>>().join(",")),
    };
    Reply::ok(body.replace("ORIGIN", origin))
}

/// Runs `lurker save` until so many threads are told as saved, and then for so many further steps of a busy wait, and kills
/// it; returns the titles that were told.
fn save_and_kill(mut command: Command, told: usize, further: u64) -> Vec<String> {
    let mut child = command.stderr(Stdio::piped()).stdout(Stdio::null()).spawn().expect("a child");
    let mut lines = BufReader::new(child.stderr.take().expect("piped")).lines();
    let titles: Vec<String> = lines.by_ref().take(told).map(|line| line.expect("UTF-8")).collect();
    for step in 0..further {
        std::hint::black_box(step);
    }
    child.kill().expect("it runs");
    child.wait().expect("its end");
    titles
}

#[test]
fn what_was_told_as_saved_is_there_after_kill_9() {
    let folder = Folder::new("killed");
    fs::create_dir_all(folder.path()).expect("a folder");
    let address = std::sync::Arc::new(std::sync::OnceLock::new());
    let origin = std::sync::Arc::clone(&address);
    let server = Server::start(move |request| serve(origin.get().map_or("", String::as_str), &request.path));
    address.set(server.url()).expect("once");
    let config = folder.path().join("config.toml");
    fs::write(&config, format!("[sites.lobsters]\nurl = \"{}\"\n", server.url())).expect("written");
    let kills = std::env::var("LURKER_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(KILLS);
    for kill in 0..kills {
        let mixed = kill.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20;
        let data = folder.path().join(format!("data{}", kill % 3));
        let mut command = lurker(&["save", "lobsters", "--refresh"]);
        command.env("LURKER_DATA", &data).env("LURKER_CONFIG", &config);
        let lines = save_and_kill(command, 1 + (mixed % 3) as usize, mixed % 4_000_000);
        assert!(lines.iter().all(|line| line.contains(" Story ")), "{lines:?}");
        let (mut store, aside) = Store::open(&data, 1 << 29, 0).expect("it opens");
        assert_eq!(aside, None);
        for line in lines {
            let number = line.split(" Story ").nth(1).and_then(|rest| rest.split(' ').next()).expect("a number");
            let head = Story { site: "lobsters".to_owned(), id: format!("s{number}"), ..Story::default() };
            let stored = store.thread(&ThreadKey::of(&head)).expect("readable");
            assert!(stored.is_some_and(|stored| stored.is_saved && stored.thread.len() == 20), "{line}");
        }
    }
}

#[test]
fn a_file_that_may_not_grow_is_told_and_the_thread_is_read() {
    let folder = Folder::new("limit");
    fs::create_dir_all(folder.path()).expect("a folder");
    let server = Server::start(|request| serve("", &request.path));
    let config = folder.path().join("config.toml");
    fs::write(&config, format!("[sites.lobsters]\nurl = \"{}\"\n", server.url())).expect("written");
    let data = folder.path().join("data");
    drop(Store::open(&data, 1 << 29, 0).expect("a store"));
    let script = format!("ulimit -f 40; exec {} -f json lobsters:s1", env!("CARGO_BIN_EXE_lurker"));
    let mut command = Command::new("sh");
    command.args(["-c", &script]).env("LURKER_DATA", &data).env("LURKER_CONFIG", &config);
    let output = command.output().expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("lurker-thread-1"));
    assert!(said.contains("no room left") && said.lines().count() == 1, "{said}");
    let (mut store, aside) = Store::open(&data, 1 << 29, 0).expect("it opens");
    assert_eq!((aside, store.contents().expect("readable").threads), (None, 0));
    assert!(store.begin_visit(&Story::default(), 0).is_ok());
}
