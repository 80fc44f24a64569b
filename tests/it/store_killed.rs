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

/// A topic with so many posts behind its first one.
const REPLIES: usize = 19;

fn topic(number: &str) -> String {
    let post = |place: usize| {
        let words = "words that fill the page ".repeat(40);
        format!(
            r#"{{"id":{},"post_number":{place},"username":"ada","cooked":"<p>{words}</p>","post_type":1}}"#,
            9000 + place
        )
    };
    let posts: Vec<String> = (1..=REPLIES + 1).map(post).collect();
    let stream: Vec<String> = (1..=REPLIES + 1).map(|place| (9000 + place).to_string()).collect();
    format!(
        r#"{{"id":{number},"title":"Story {number}","posts_count":{},"post_stream":{{"posts":[{}],"stream":[{}]}}}}"#,
        REPLIES + 1,
        posts.join(","),
        stream.join(",")
    )
}

/// A Discourse forum, whose rate is higher than that of other sites.
fn serve(path: &str) -> Reply {
    if let Some(number) = path.strip_prefix("/t/").and_then(|rest| rest.strip_suffix(".json")) {
        return Reply::ok(topic(number)).header("Content-Type", "application/json");
    }
    let topic = |number: usize| format!(r#"{{"id":{number},"title":"Story {number}","slug":"s","posts_count":20}}"#);
    let topics: Vec<String> = (1..=STORIES).map(topic).collect();
    Reply::ok(format!(r#"{{"topic_list":{{"topics":[{}]}}}}"#, topics.join(",")))
        .header("Content-Type", "application/json")
}

fn forum() -> Server {
    Server::start(|request| serve(&request.path))
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
    let server = forum();
    let host = server.url().replace("http://", "");
    let config = folder.path().join("config.toml");
    fs::write(&config, format!("[sites.discourse]\nurl = \"{}\"\n", server.url())).expect("written");
    let kills = std::env::var("LURKER_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(KILLS);
    for kill in 0..kills {
        let mixed = kill.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20;
        let data = folder.path().join(format!("data{}", kill % 3));
        let mut command = lurker(&["save", "discourse", "--refresh"]);
        command.env("LURKER_DATA", &data).env("LURKER_CONFIG", &config);
        let lines = save_and_kill(command, 1 + (mixed % 3) as usize, mixed % 4_000_000);
        assert!(lines.iter().all(|line| line.contains(" Story ")), "{lines:?}");
        let (mut store, aside) = Store::open(&data, 1 << 29, 0).expect("it opens");
        assert_eq!(aside, None);
        for line in lines {
            let number = line.split(" Story ").nth(1).and_then(|rest| rest.split(' ').next()).expect("a number");
            let head = Story { site: "discourse".to_owned(), id: format!("{host}/{number}"), ..Story::default() };
            let stored = store.thread(&ThreadKey::of(&head)).expect("readable");
            assert!(stored.is_some_and(|stored| stored.thread.len() as usize == REPLIES), "{line}");
            let saved = store.saved().expect("readable");
            assert!(saved.iter().any(|story| story.entry.id == head.id), "{line}");
        }
    }
}

#[test]
fn a_file_that_may_not_grow_is_told_and_the_thread_is_read() {
    let folder = Folder::new("limit");
    fs::create_dir_all(folder.path()).expect("a folder");
    let server = forum();
    let config = folder.path().join("config.toml");
    fs::write(&config, format!("[sites.discourse]\nurl = \"{}\"\n", server.url())).expect("written");
    let data = folder.path().join("data");
    drop(Store::open(&data, 1 << 29, 0).expect("a store"));
    let script = format!("ulimit -f 40; exec {} -f json {}/t/s/1", env!("CARGO_BIN_EXE_lurker"), server.url());
    let mut command = Command::new("sh");
    command
        .args(["-c", &script])
        .env("LURKER_DATA", &data)
        .env("LURKER_CONFIG", &config)
        .env("XDG_RUNTIME_DIR", "/dev/null");
    let output = command.output().expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("lurker-thread-1"));
    assert!(said.contains("no room left") && said.lines().count() == 1, "{said}");
    let (mut store, aside) = Store::open(&data, 1 << 29, 0).expect("it opens");
    assert_eq!((aside, store.contents().expect("readable").threads), (None, 0));
    assert!(store.begin_visit(&Story::default(), 0).is_ok());
}
