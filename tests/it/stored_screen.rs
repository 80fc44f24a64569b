//! The store on the whole screen: what is shown from it and how old that is, what has risen, and where a run begins.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use lurker::app::Event;
use lurker::shell::store_settings::StorePolicy;
use lurker::site::{SiteConfig, Sites};
use lurker::store::FILE_NAME;
use lurker::ui::Styles;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::Style;

use crate::store::Folder;
use crate::support::pty::{self, Session};
use crate::support::screen::{Driver, NOW, read_stored, read_stored_from, text};
use crate::support::server::{Gate, Reply, Server};

/// A thread of Lobsters of which one comment is missing.
fn lamps(words: &str) -> Reply {
    Reply::ok(format!(
        r#"{{"short_id":"lamps1","title":"Lamps","score":5,"comment_count":2,"submitter_user":"wick","comments":[
            {{"short_id":"c1","parent_comment":null,"score":2,"commenting_user":"ada","comment":"<p>{words}</p>"}}]}}"#
    ))
}

/// Opens the thread from a server, two hours after what the store has of it was loaded.
async fn open<T>(server: &str, data: &Folder, policy: StorePolicy, script: impl AsyncFnOnce(&mut Driver) -> T) -> T {
    if let Ok(file) = rusqlite::Connection::open(data.path().join(FILE_NAME)) {
        file.execute("UPDATE content SET loaded_at = ?1", [NOW - 7200]).expect("older");
    }
    let sites = Sites::default().with("lobsters", SiteConfig::at(server));
    read_stored_from("lobsters:lamps1", sites, (data.path(), NOW, policy), script).await
}

/// A server and a store that has loaded the thread from it.
async fn loaded(name: &str) -> (Server, Folder) {
    let (server, data) = (Server::start(|_| lamps("Early words.")), Folder::new(name));
    open(&server.url(), &data, StorePolicy::Usual, async |driver| {
        driver.wait_for("1 of 2 comments came").await;
    })
    .await;
    (server, data)
}

#[tokio::test]
async fn what_is_stored_shows_at_once_while_it_is_asked_for_again() {
    let (gate, count) = (Gate::closed(), AtomicU32::new(0));
    let replied = gate.clone();
    let server = Server::start(move |_| match count.fetch_add(1, Ordering::Relaxed) {
        0 => lamps("Early words."),
        _ => lamps("Late words.").behind(&replied),
    });
    let (url, data) = (server.url(), Folder::new("stored-at-once"));
    open(&url, &data, StorePolicy::Usual, async |driver| {
        driver.wait_for("1 of 2 comments came").await;
    })
    .await;
    open(&url, &data, StorePolicy::Usual, async |driver| {
        driver.wait_for("Early words.").await;
        server.until(|counts| counts.arrived == 2).await;
        assert!(!driver.screen().contains("Late words."), "{}", driver.screen());
        gate.open();
        driver.wait_for("Late words.").await;
        driver.wait_for("1 of 2 comments came").await;
    })
    .await;
    // Now it is fresh.
    let sites = Sites::default().with("lobsters", SiteConfig::at(&url));
    read_stored_from("lobsters:lamps1", sites, (data.path(), NOW, StorePolicy::Usual), async |driver| {
        driver.wait_for("Late words.").await;
        driver.wait_for("1 of 2 comments came").await;
        assert_eq!(server.log().len(), 2);
        driver.key("r");
        server.until(|counts| counts.arrived == 3).await;
    })
    .await;
}

#[tokio::test]
async fn without_a_network_the_age_of_what_shows_is_said_last() {
    let (server, data) = loaded("stored-no-network").await;
    let url = server.url();
    drop(server);
    open(&url, &data, StorePolicy::Usual, async |driver| {
        driver.wait_for("refused the connection").await;
        driver.wait_gone("loading").await;
        driver.wait_for(": as stored 2h ago").await;
        assert!(driver.screen().contains("Early words."), "{}", driver.screen());
        driver.key("j").wait_for("as stored 1/1").await;
        driver.key("S").wait_for("newest").await;
        driver.key("q");
    })
    .await;
    // The order of the last visit is brought about beside the screen, and the end of the load waits for it.
    open(&url, &data, StorePolicy::Usual, async |driver| {
        driver.wait_for("Early words.").await;
        driver.wait_gone("loading").await;
        driver.wait_for(": as stored 2h ago").await;
    })
    .await;
}

#[tokio::test]
async fn offline_no_site_is_asked_and_the_age_is_said() {
    let (server, data) = loaded("stored-offline").await;
    open(&server.url(), &data, StorePolicy::Offline, async |driver| {
        driver.wait_for("offline: as stored 2h ago").await;
        assert!(driver.screen().contains("Early words."), "{}", driver.screen());
        driver.key("r").wait_for("--offline asks no site").await;
        assert!(driver.screen().contains("Early words."), "{}", driver.screen());
    })
    .await;
    let sites = Sites::default().with("lobsters", SiteConfig::at(&server.url()));
    read_stored_from("lobsters:absent", sites, (data.path(), NOW, StorePolicy::Offline), async |driver| {
        let screen = driver.wait_for("is not stored, and --offline asks no site").await;
        assert!(!screen.contains("try again"), "{screen}");
    })
    .await;
    assert_eq!(server.log().len(), 1);
}

#[tokio::test]
async fn a_bookmark_is_found_again_a_week_later_and_without_a_network() {
    let (server, data) = loaded("stored-bookmark").await;
    let url = server.url();
    open(&url, &data, StorePolicy::Usual, async |driver| {
        driver.wait_for("1 of 2 comments came").await;
        driver.keys("j m").wait_for("comment bookmarked").await;
        // In the thread that is open it is a step, and nothing is loaded.
        driver.keys("g").wait_for("story/").await;
        driver.keys(": c 1 tab").wait_for("/c/c1").await;
        driver.key("enter").wait_for("1/1").await;
        assert!(!driver.screen().contains('‹'), "{}", driver.screen());
        // What was left folded, and another place, are not in the way later.
        driver.keys("C").wait_for("▸").await;
        driver.keys("g").wait_for("story/").await;
        driver.key("q");
    })
    .await;
    drop(server);
    let file = rusqlite::Connection::open(data.path().join(FILE_NAME)).expect("the store");
    file.execute("UPDATE bookmark SET made_at = ?1, url = ?2", (NOW - 604_800, format!("{url}/c/c1"))).expect("older");
    file.execute("UPDATE content SET loaded_at = ?1", [NOW - 604_800]).expect("older");
    drop(file);
    let sites = Sites::default().with("lobsters", SiteConfig::at(&url));
    for policy in [StorePolicy::Usual, StorePolicy::Offline] {
        read_stored_from("saved", sites.clone(), (data.path(), NOW, policy), async |driver| {
            driver.wait_for("Lamps, bookmarked 7d ago").await;
            driver.key("enter").wait_for("as stored 7d ago").await;
            let is_there = |line: &str| line.starts_with("▌│ Early words.");
            driver.wait("the comment", |screen| screen.lines().any(is_there)).await;
            driver.keys("C g").wait_for("story/").await;
            driver.key("q").wait_for("Lamps, bookmarked 7d ago").await;
        })
        .await;
    }
}

#[tokio::test]
async fn a_thread_that_was_left_is_loaded_again_where_the_list_counts_new_comments() {
    let count = Arc::new(AtomicU32::new(1));
    let counted = Arc::clone(&count);
    let server = Server::start(move |request| {
        let count = counted.load(Ordering::Relaxed);
        let story =
            format!(r#""short_id":"lamps1","title":"Lamps","score":5,"comment_count":{count},"submitter_user":"wick""#);
        let comment =
            |number| format!(r#"{{"short_id":"c{number}","parent_comment":null,"comment":"<p>Words {number}.</p>"}}"#);
        let comments = (1..=count).map(comment).collect::<Vec<_>>().join(",");
        let host = request.header("host").unwrap_or_default();
        let thread = format!(r#"{{{story},"comments":[{comments}]}}"#);
        let list = format!(r#"[{{{story},"comments_url":"http://{host}/s/lamps1"}}]"#);
        Reply::ok(if request.path.starts_with("/s/") { thread } else { list })
    });
    let data = Folder::new("stored-counted-as-new");
    let sites = Sites::default().with("lobsters", SiteConfig::at(&server.url()));
    read_stored_from("lobsters", sites, (data.path(), NOW, StorePolicy::Refresh), async |driver| {
        driver.wait_for("1 comment").await;
        driver.key("enter").wait_for("Words 1.").await;
        driver.key("q").wait_for("1/1").await;
        driver.key("enter").wait_for("as you left it").await;
        driver.key("q").wait_for("1/1").await;
        count.store(2, Ordering::Relaxed);
        driver.key("r").wait_for("1 new").await;
        driver.key("enter").wait_for("loaded again: 1 comment is new").await;
        assert!(driver.screen().contains("Words 2."), "{}", driver.screen());
        // Nor is it as it was left where the reader has declared it unread since.
        driver.key("q").wait_for("1/1").await;
        driver.key("N").wait_for("the last visit is taken back").await;
        driver.key("enter").wait_for("Words 2.").await;
        driver.key("f12").wait_for("F12 does nothing here").await;
        assert!(!driver.screen().contains("as you left it"), "{}", driver.screen());
    })
    .await;
    // What is stored is young, but the list knows more.
    let sites = Sites::default().with("lobsters", SiteConfig::at(&server.url()));
    count.store(3, Ordering::Relaxed);
    read_stored_from("lobsters", sites, (data.path(), NOW, StorePolicy::Usual), async |driver| {
        driver.wait_for("2 comments").await;
        driver.key("r").wait_for("1 new").await;
        driver.key("enter").wait_for("Words 3.").await;
    })
    .await;
    // The same where it is unread again, so that nothing is said of what is new.
    let (data, sites) =
        (Folder::new("stored-counted-unread"), Sites::default().with("lobsters", SiteConfig::at(&server.url())));
    read_stored_from("lobsters", sites, (data.path(), NOW, StorePolicy::Usual), async |driver| {
        driver.wait_for("3 comments").await;
        driver.key("enter").wait_for("Words 3.").await;
        driver.key("q").wait_for("1/1").await;
        driver.key("N").wait_for("unread again").await;
        count.store(4, Ordering::Relaxed);
        driver.key("r").wait_for("4 comments").await;
        driver.key("enter").wait_for("Words 4.").await;
    })
    .await;
}

/// A thread of Slashdot whose comments have these scores.
fn write_thread(folder: &Path, scores: &[i32]) -> String {
    let comment = |(id, score): (usize, &i32)| {
        format!(r#"{{"id":"{id}","parent":null,"author":"ann","score":{score},"text":"This is word{id}."}}"#)
    };
    let comments = scores.iter().enumerate().map(comment).collect::<Vec<_>>().join(",");
    let url = "https://slashdot.org/story/26/10/01/1";
    fs::create_dir_all(folder).expect("a folder");
    let path = folder.join("thread.json");
    let thread = format!(
        r#"{{"format":"lurker-thread-1","site":"slashdot","id":"9","url":"{url}","title":"A story","score_kind":"points",
            "score_range":[-1,5],"min_score":1,"full_score":1,"comments":[{comments}]}}"#
    );
    fs::write(&path, thread).expect("a file");
    path.display().to_string()
}

#[tokio::test]
async fn what_was_hidden_and_is_shown_now_has_risen() {
    let (files, data) = (Folder::new("stored-up-files"), Folder::new("stored-up"));
    let path = write_thread(files.path(), &[4, 0, 0, 4]);
    read_stored(&path, data.path(), NOW, async |driver| {
        driver.wait_for("word3.").await;
        assert!(!driver.screen().contains("word1."), "{}", driver.screen());
        driver.key("q");
    })
    .await;
    write_thread(files.path(), &[5, 5, 0, 4]);
    read_stored(&path, data.path(), NOW + 86_400, async |driver| {
        let screen = driver.wait_for("risen").await;
        assert!(screen.matches("risen").count() == 1 && screen.contains("word1."), "{screen}");
        driver.key("u").wait("the risen one", |screen| here(screen).contains("risen")).await;
    })
    .await;
}

fn here(screen: &str) -> &str {
    screen.lines().find(|line| line.starts_with('▌')).unwrap_or_default()
}

/// The style of a text on the screen.
fn style_of(frame: &Buffer, words: &str) -> Option<Style> {
    let screen = text(frame);
    let (line, before) = (0..).zip(screen.lines()).find_map(|(line, all)| Some((line, all.split_once(words)?.0)))?;
    Some(frame[(before.chars().count() as u16, line)].style())
}

#[tokio::test]
async fn what_was_read_on_an_earlier_visit_is_dim_in_lists_and_threads() {
    let (files, data) = (Folder::new("stored-dim-files"), Folder::new("stored-dim"));
    let path = write_thread(files.path(), &[4, 4]);
    let list = files.path().join("list.json");
    let story = |id, title| {
        format!(
            r#"{{"site":"slashdot","id":"{id}","title":"{title}","url":"https://slashdot.org/story/26/10/01/{id}"}}"#
        )
    };
    let stories = [story(9, "A story"), story(8, "Other news")].join(",");
    fs::write(
        &list,
        format!(r#"{{"format":"lurker-stories-1","site":"slashdot","title":"News","stories":[{stories}]}}"#),
    )
    .expect("a file");
    let first = read_stored(&path, data.path(), NOW, async |driver| {
        driver.wait_for("word1.").await;
        let style = style_of(&driver.frame(), "ann");
        driver.key("q");
        style
    })
    .await;
    read_stored(&path, data.path(), NOW + 60, async |driver| {
        driver.wait_for("word1.").await;
        driver.wait_frame("a dim author", |frame| style_of(frame, "ann") != first).await;
    })
    .await;
    read_stored(&list.display().to_string(), data.path(), NOW + 120, async |driver| {
        let dim = Cell::EMPTY.style().patch(Styles::new(true, false).visited);
        let is_read = |frame: &Buffer, title| style_of(frame, title) == Some(dim);
        driver.wait_for("Other news").await;
        driver.key("j").wait("the other one", |screen| here(screen).contains("Other news")).await;
        driver.wait_frame("the one that was read", |frame| is_read(frame, "A story")).await;
        driver.key("k").wait("the first one", |screen| here(screen).contains("A story")).await;
        assert!(!is_read(&driver.frame(), "Other news"), "{}", driver.screen());
    })
    .await;
}

#[test]
fn a_run_without_a_target_begins_where_the_reader_left() {
    let folder = Folder::new("stored-resume");
    fs::create_dir_all(folder.path()).expect("a folder");
    let words = (0..40).map(|id| {
        format!(r#"{{"short_id":"c{id}","parent_comment":null,"score":2,"commenting_user":"ada","comment":"<p>Word{id}.</p>"}}"#)
    });
    let thread = format!(
        r#"{{"short_id":"lamps1","title":"Lamps","score":5,"comment_count":40,"submitter_user":"wick","comments":[{}]}}"#,
        words.collect::<Vec<_>>().join(",")
    );
    let server = Server::start(move |request| match request.path.as_str() {
        "/s/lamps1.json" => Reply::ok(thread.clone()),
        _ => Reply::ok("[]"),
    });
    let run = |words: &[&str], resumes: bool| {
        let config = format!(
            "resume = {resumes}\ndefault_site = \"lobsters\"\nhints = false\n[sites.lobsters]\nurl = \"{}\"\n",
            server.url()
        );
        fs::write(folder.path().join("config.toml"), config).expect("written");
        let mut command = pty::lurker(words);
        command.env("LURKER_DATA", folder.path());
        command.env("LURKER_CONFIG", folder.path().join("config.toml"));
        Session::start(command, (80, 24))
    };
    let mut session = run(&["lobsters:lamps1"], true);
    session.wait_for("Word0.");
    session.keys("G").wait_for("Word39.");
    session.keys("q");
    session.end();
    let mut session = run(&[], true);
    session.wait_for("Word39.");
    session.wait_gone("Word0.");
    session.keys("q");
    session.end();
    run(&[], false).wait_for("Lobsters");
}

/// Lobsters with two stories, of which a list counts so many comments each; the thread of each has two.
fn lobsters(counted: &Arc<AtomicU32>) -> (Server, Sites) {
    let counted = Arc::clone(counted);
    let server = Server::start(move |request| {
        let count = counted.load(Ordering::SeqCst);
        let story = |id: u32| {
            format!(
                r#"{{"short_id":"lamps{id}","title":"Story {id}","score":5,"comment_count":{count},"submitter_user":"wick","tags":["rust"]}}"#
            )
        };
        if request.path.starts_with("/s/") {
            let comment = r#"{"short_id":"ID","parent_comment":null,"score":2,"commenting_user":"ada","comment":"<p>Words.</p>"}"#;
            let comments = [1, 2].map(|id| comment.replace("ID", &format!("c{id}"))).join(",");
            let id = if request.path.contains("lamps1") { 1 } else { 2 };
            return Reply::ok(story(id).replace("\"score\"", &format!("\"comments\":[{comments}],\"score\"")));
        }
        Reply::ok(format!("[{},{}]", story(1), story(2)))
    });
    let sites = Sites::default().with("lobsters", SiteConfig::at(&server.url()));
    (server, sites)
}

#[tokio::test]
async fn without_a_network_lists_mark_what_can_be_read_and_what_is_kept_opens() {
    let (folder, counted) = (Folder::new("stored-marks"), Arc::new(AtomicU32::new(2)));
    let (_server, sites) = lobsters(&counted);
    let usual = (folder.path(), NOW, StorePolicy::Usual);
    read_stored_from("lobsters", sites.clone(), usual, async |driver| {
        driver.wait_for("Story 2").await;
        driver.keys("j enter").wait_for("Words.").await;
        driver.key("q").wait_gone("Words.").await;
        assert!(!driver.screen().contains("stored"), "{}", driver.screen());
        counted.store(5, Ordering::SeqCst);
        driver.key("r").wait_for("5 comments 3 new").await;
    })
    .await;
    let offline = (folder.path(), NOW + 60, StorePolicy::Offline);
    read_stored_from("lobsters", sites, offline, async |driver| {
        let screen = driver.wait_for("stored wick").await;
        let marked: Vec<&str> = screen.lines().filter(|line| line.contains("stored  ")).collect();
        // What is new on the site is not stored.
        assert!(marked.len() == 1 && marked[0].contains('✓') && !screen.contains(" new "), "{screen}");
        driver.key("j").wait_for("offline 2/2").await;
        driver.key("enter").wait_for("Words.").await;
        driver.key("j").wait_for("offline 1/2").await;
        driver.key("q").wait_for("stored wick").await;
        let again = driver.key("enter").wait_for("as you left it").await;
        assert!(!again.contains("asks no site") && !again.contains("loads it again"), "{again}");
        driver.keys("q k enter").wait_for("is not stored, and --offline asks no site").await;
    })
    .await;
}

#[tokio::test]
async fn what_is_out_of_reach_is_named_and_leads_to_what_is_stored() {
    let (folder, counted) = (Folder::new("stored-ways"), Arc::new(AtomicU32::new(2)));
    let (server, sites) = lobsters(&counted);
    let usual = (folder.path(), NOW, StorePolicy::Usual);
    read_stored_from("lobsters", sites.clone(), usual, async |driver| {
        driver.wait_for("Story 2").await;
        driver.keys("j enter").wait_for("Words.").await;
        driver.key("q").wait_gone("Words.").await;
    })
    .await;
    let offline = (folder.path(), NOW + 60, StorePolicy::Offline);
    read_stored_from("lobsters", sites.clone(), offline, async |driver| {
        driver.wait_for("offline 1/2").await;
        let screen =
            driver.key("enter").wait_for("“Story 1” (lobsters) is not stored, and --offline asks no site").await;
        assert!(!screen.contains("http") && screen.contains("▌ Saved    what you saved or bookmarked"), "{screen}");
        // The arrows and Enter go there, and the way back is to the list.
        driver.keys("k j j").wait("the second way", |screen| screen.contains("▌ History  what you read")).await;
        driver.key("enter").wait_for("Story 2").await;
        assert!(driver.screen().contains("read just now"), "{}", driver.screen());
        driver.key("q").wait_for("offline 1/2").await;
        // So does a click, on an unstored section too; and on a screen without room for them the reason stands alone.
        let screen = driver.key("2").wait_for("Lobsters: newest is not stored, and --offline asks no site").await;
        let line = screen.lines().position(|line| line.contains("History  what you read")).expect("it shows");
        driver.resize(30, 7).wait_gone("what you read").await;
        driver.resize(100, 30).wait_for("what you read").await;
        driver.send(Event::Click(20, line)).wait_for("Story 2").await;
        assert!(driver.screen().contains("read just now"), "{}", driver.screen());
    })
    .await;
    drop(server);
    read_stored_from("lobsters/newest", sites, usual, async |driver| {
        driver.wait_for("refused the connection").await;
        driver.key("enter").wait_for("nothing is saved").await;
    })
    .await;
}

#[tokio::test]
async fn stories_of_several_sites_name_theirs() {
    let (folder, counted) = (Folder::new("stored-sites"), Arc::new(AtomicU32::new(2)));
    let (_server, sites) = lobsters(&counted);
    let usual = (folder.path(), NOW, StorePolicy::Usual);
    read_stored_from("lobsters:lamps1", sites.clone(), usual, async |driver| {
        driver.wait_for("Words.").await;
        driver.key("m").wait_for("story bookmarked").await;
    })
    .await;
    for list in ["history", "saved"] {
        read_stored_from(list, sites.clone(), usual, async |driver| {
            driver.wait_for("2 comments lobsters wick").await;
            driver.resize(40, 12).wait("the narrow screen", |screen| screen.lines().count() == 12).await;
            driver.wait_for("lobsters").await;
            driver.resize(200, 30).wait_for("2 comments lobsters wick").await;
        })
        .await;
    }
    read_stored_from("lobsters", sites, usual, async |driver| {
        driver.wait_for("2 comments wick").await;
    })
    .await;
}

#[tokio::test]
async fn a_thread_is_saved_and_no_longer_from_its_own_page_and_from_the_list() {
    let (server, data) = loaded("stored-saved").await;
    let is_saved = || {
        let file = rusqlite::Connection::open(data.path().join(FILE_NAME)).expect("the store");
        file.query_row("SELECT is_saved FROM thread", [], |row| row.get::<_, i64>(0)).expect("a thread")
    };
    open(&server.url(), &data, StorePolicy::Usual, async |driver| {
        driver.wait_for("1 of 2 comments came").await;
        driver.key("W").wait_for("saved: it stays until it is cleared; z takes that back").await;
        assert_eq!(is_saved(), 1);
        driver.key("W").wait_for("no longer saved; z takes that back").await;
        assert_eq!(is_saved(), 0);
        driver.key("z").wait_for("saved: it stays until it is cleared").await;
        assert_eq!(is_saved(), 1);
    })
    .await;
    let sites = Sites::default().with("lobsters", SiteConfig::at(&server.url()));
    read_stored_from("saved", sites.clone(), (data.path(), NOW, StorePolicy::Usual), async |driver| {
        driver.wait_for("saved just now").await;
        driver.key("W").wait_for("no longer saved; z takes that back").await;
        driver.wait_gone("Lamps").await;
        assert_eq!(is_saved(), 0);
        driver.key("z").wait_for("Lamps").await;
        assert_eq!(is_saved(), 1);
        // A bookmark of what is saved goes by itself.
        driver.wait_for("1/1").await;
        driver.key("m").wait_for("story bookmarked").await;
        driver.wait_for("bookmarked just now").await;
        driver.key("W").wait_for("no longer saved").await;
        driver.key("m").wait_for("the story's bookmark is gone; z takes that back").await;
        driver.wait_gone("Lamps").await;
        driver.key("z").wait_for("bookmarked just now").await;
        driver.key("W").wait_for("saved: it stays").await;
        driver.key("m").wait_for("saved just now").await;
        // With the mouse alone: the line of help does what its key does.
        driver.keys("? / s a v e space t h e enter").wait_for("save the thread for reading").await;
        let screen = driver.screen();
        let y = screen.lines().position(|line| line.contains("save the thread for reading")).expect("the line");
        driver.send(Event::Click(20, y)).wait_for("no longer saved").await;
        driver.wait_gone("Lamps").await;
        driver.key("W").wait_for("there is nothing to save here").await;
    })
    .await;
    // The history still has it, and a story that was never opened is not stored.
    read_stored_from("history", sites, (data.path(), NOW, StorePolicy::Usual), async |driver| {
        driver.wait_for("Lamps").await;
    })
    .await;
}
