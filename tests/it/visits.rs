//! Visits, on the whole screen: a thread opened again tells what is new, and is as it was left; lists count what is new.

use std::fs;
use std::path::{Path, PathBuf};

use lurker::shell::store_settings::StorePolicy;
use lurker::site::{SiteConfig, Sites};
use lurker::store::FILE_NAME;

use crate::store::Folder;
use crate::support::fake_sites::{self, SITES};
use crate::support::screen::{Driver, NOW, read_stored, read_stored_from};
use crate::support::server::{Reply, Server};

const DAY: i64 = 86_400;

/// A thread with comments of these ids, each of which has a word of its own; every fifth begins a discussion.
fn write_thread(folder: &Path, ids: &[u32]) -> PathBuf {
    let comment = |id: &u32| {
        let parent = if id.is_multiple_of(5) { "null".to_owned() } else { (id - 1).to_string() };
        format!(
            r#"{{"id":"{id}","parent":{parent},"author":"ann","score":1,"posted_at":"2026-10-01T10:{id:02}:00Z","text":"This is word{id}."}}"#
        )
    };
    let comments = ids.iter().map(comment).collect::<Vec<_>>().join(",");
    let thread = format!(
        r#"{{"format":"lurker-thread-1","site":"lobsters","id":"abc","url":"https://lobste.rs/s/abc","title":"A story",
            "score_kind":"points","stated_comments":{},"comments":[{comments}]}}"#,
        ids.len(),
    );
    let path = folder.join("thread.json");
    fs::write(&path, thread).expect("a file");
    path
}

/// A list with the same story.
fn write_list(folder: &Path, comments: usize) -> PathBuf {
    let list = format!(
        r#"{{"format":"lurker-stories-1","site":"lobsters","title":"The list","stories":[
            {{"site":"lobsters","id":"abc","title":"A story","url":"https://lobste.rs/s/abc","comments":{comments}}},
            {{"site":"lobsters","id":"xyz","title":"Another story","url":"https://lobste.rs/s/xyz","comments":7}}]}}"#
    );
    let path = folder.join("list.json");
    fs::write(&path, list).expect("a file");
    path
}

async fn read<T>(path: &Path, data: &Folder, now: i64, script: impl AsyncFnOnce(&mut Driver) -> T) -> T {
    read_stored(&path.display().to_string(), data.path(), now, script).await
}

fn folders(name: &str) -> (Folder, Folder) {
    let files = Folder::new(&format!("{name}-files"));
    fs::create_dir_all(files.path()).expect("a folder");
    (files, Folder::new(name))
}

#[tokio::test]
async fn what_came_since_the_last_visit_is_new_and_u_goes_there() {
    let (files, data) = folders("visits-new");
    let path = write_thread(files.path(), &[5, 6, 10, 11]);
    read(&path, &data, NOW, async |driver| {
        driver.wait_for("word11").await;
        assert!(!driver.screen().contains("new"), "{}", driver.screen());
        driver.key("q");
    })
    .await;
    write_thread(files.path(), &[5, 6, 7, 10, 11, 12]);
    read(&path, &data, NOW + DAY, async |driver| {
        driver.wait_for("2 comments are new; u goes to these, then to the unread").await;
        driver.key("f12").wait_for("does nothing").await;
        let screen = driver.wait("two new comments", |screen| screen.matches(" new").count() == 2).await;
        assert!(screen.contains("word12"), "{screen}");
        let first = driver.key("u").wait("the first new one", |screen| here(screen).contains("new")).await;
        let is_next = |screen: &str| here(screen).contains("new") && at(screen) != at(&first);
        driver.key("u").wait("the next new one", is_next).await;
        driver.key("q");
    })
    .await;
    // They were there when it was left.
    read(&path, &data, NOW + 2 * DAY, async |driver| {
        driver.wait_for("word12").await;
        driver.keys("G g u").wait_for("everything was on the screen").await;
        assert!(!driver.screen().contains(" new"), "{}", driver.screen());
    })
    .await;
}

/// The line of the screen on which the reader is.
fn at(screen: &str) -> Option<usize> {
    screen.lines().position(|line| line.starts_with('▌'))
}

fn here(screen: &str) -> &str {
    screen.lines().find(|line| line.starts_with('▌')).unwrap_or_default()
}

#[tokio::test]
async fn u_goes_on_where_the_eyes_stopped() {
    let (files, data) = folders("visits-read");
    let ids: Vec<u32> = (5..60).collect();
    let path = write_thread(files.path(), &ids);
    let seen = read(&path, &data, NOW, async |driver| {
        let first = driver.wait_for("word5.").await;
        first + &driver.key("space").wait_gone("word5.").await
    })
    .await;
    read(&path, &data, NOW + DAY, async |driver| {
        driver.wait("the place as it was left", |screen| screen.contains("word1") && !screen.contains("word5.")).await;
        let before = driver.screen();
        driver.key("u").wait("another screen", |screen| screen != before).await;
        let screen = driver.screen();
        let body = screen.lines().skip_while(|line| !line.starts_with('▌')).nth(1).unwrap_or_default();
        let word = body.split_whitespace().find(|word| word.starts_with("word"));
        assert!(word.is_some_and(|word| !seen.contains(word)), "{body}\n{seen}\n{screen}");
    })
    .await;
}

#[tokio::test]
async fn folds_thresholds_order_and_place_are_as_they_were_left_however_it_was_left() {
    for (number, way_out) in ["q", "ctrl-c", "signal"].into_iter().enumerate() {
        let (files, data) = folders(&format!("visits-state-{number}"));
        let path = write_thread(files.path(), &[5, 6, 7, 10, 11, 12, 15, 16]);
        let left = read(&path, &data, NOW, async |driver| {
            driver.wait_for("word16").await;
            driver.keys("j h").wait_for("[+2]").await;
            driver.keys("S").wait_for("newest first").await;
            driver.keys("n").wait_for("newest 6/8").await;
            let left = driver.keys("g j").wait_for("newest 1/8").await;
            if way_out != "signal" {
                driver.key(way_out);
            }
            left
        })
        .await;
        read(&path, &data, NOW + DAY, async |driver| {
            let screen = driver.wait_for("newest 1/8").await;
            assert!(screen.contains("[+2]") && screen.find("word15") < screen.find("word10"), "{way_out}: {screen}");
            assert_eq!(at(&screen), at(&left), "{way_out}: {left}\n{screen}");
            // What was taken up is no change of the reader's to be undone.
            driver.key("z").wait_for("nothing to undo").await;
        })
        .await;
    }
}

#[tokio::test]
async fn the_place_is_as_it_was_left_on_every_site() {
    for site in SITES.iter().filter(|site| !site.is_list()) {
        let server = Server::here(|request| {
            fake_sites::pass(request).unwrap_or_else(|| (site.serve)(request, fake_sites::USUAL))
        });
        let (target, data) = ((site.target)(&server.url()), Folder::new(&format!("visits-place-{}", site.key)));
        let from = |at| (data.path(), at, StorePolicy::Usual);
        let sites = || fake_sites::sites(&server.url());
        read_stored_from(&target, sites(), from(NOW), async |driver| {
            driver.wait_for("story/3").await;
            driver.wait_gone("loading").await;
            driver.keys("j j").wait_for("2/3").await;
        })
        .await;
        read_stored_from(&target, sites(), from(NOW + 1), async |driver| driver.wait_for("2/3").await).await;
    }
}

#[tokio::test]
async fn u_goes_to_what_is_new_before_what_was_never_read() {
    let (files, data) = folders("visits-new-first");
    let before: Vec<u32> = (1..=80).collect();
    let path = write_thread(files.path(), &before);
    read(&path, &data, NOW, async |driver| {
        driver.wait_for("word1").await;
        driver.key("q");
    })
    .await;
    let after: Vec<u32> = (1..=83).collect();
    write_thread(files.path(), &after);
    read(&path, &data, NOW + DAY, async |driver| {
        driver.wait_for("3 comments are new; u goes to these, then to the unread").await;
        for _ in 0..3 {
            let before = driver.here();
            driver.key("u").wait("a new one", |screen| here(screen).contains("new") && here(screen) != before).await;
        }
        // Then to the rest, from there on and round.
        driver.key("u").wait("one that is not new", |screen| !here(screen).contains("new")).await;
    })
    .await;
}

#[tokio::test]
async fn u_passes_over_what_is_folded_and_says_how_much_that_is() {
    let (files, data) = folders("visits-folded");
    let path = write_thread(files.path(), &[5, 6, 7, 10, 11]);
    read(&path, &data, NOW, async |driver| {
        driver.wait_for("word11").await;
        driver.keys("q");
    })
    .await;
    let path = write_thread(files.path(), &[5, 6, 7, 8, 10, 11, 12]);
    read(&path, &data, NOW + DAY, async |driver| {
        driver.wait_for("2 comments are new").await;
        driver.wait("two new comments", |screen| screen.matches("  new").count() == 2).await;
        driver.keys("g j h").wait_for("[+3]").await;
        driver.key("u").wait("the one that is not folded away", |screen| here(screen).contains("new")).await;
        let screen = driver.key("u").wait_for("1 that is folded away").await;
        assert!(screen.contains("[+3]") && screen.contains("E opens all"), "{screen}");
    })
    .await;
}

#[tokio::test]
async fn a_comment_is_read_once_its_end_has_stood_on_the_screen() {
    let (files, data) = folders("visits-cut");
    let path = write_thread(files.path(), &[5, 10, 15]);
    let long = fs::read_to_string(&path).expect("a file").replace("This is word15.", &"Long words. ".repeat(400));
    fs::write(&path, long).expect("a file");
    read(&path, &data, NOW, async |driver| {
        driver.wait_for("Long words.").await;
        driver.key("u").wait_for("3/3").await;
        driver.keys("g u").wait_for("3/3").await;
        driver.key("G").wait_for("end/3").await;
        driver.keys("g u").wait_for("everything was on the screen").await;
    })
    .await;
}

#[tokio::test]
async fn a_list_counts_what_is_new_and_n_takes_the_visit_back_over_runs() {
    let (files, data) = folders("visits-list");
    let thread = write_thread(files.path(), &[5, 6, 10]);
    read(&thread, &data, NOW, async |driver| {
        driver.wait_for("word10").await;
        driver.key("q");
    })
    .await;
    let list = write_list(files.path(), 4);
    read(&list, &data, NOW, async |driver| {
        driver.wait_for("4 comments 1 new").await;
        // What has new comments is not hidden with what was read.
        driver.keys("H").wait_for("what you have opened is hidden but for 1 with new comments; H shows them").await;
        driver.wait_for("4 comments 1 new").await;
        driver.keys("H").wait_for("all stories").await;
        driver.keys("/ i s : n e w enter").wait_for("only with: is:new (1 of 2)").await;
        assert!(driver.screen().contains("A story"), "{}", driver.screen());
        driver.keys("esc / - i s : n e w enter").wait_for("only with: -is:new (1 of 2)").await;
        assert!(!driver.screen().contains("A story"), "{}", driver.screen());
    })
    .await;
    write_list(files.path(), 15);
    read(&list, &data, NOW + DAY, async |driver| {
        driver.wait_for("15 comments 12 new").await;
        driver.wait_for("7 comments").await;
        assert!(!driver.screen().contains("7 comments,"), "{}", driver.screen());
        driver.keys("g N").wait_for("unread again").await;
        driver.wait_gone("12 new").await;
    })
    .await;
    read(&list, &data, NOW + 2 * DAY, async |driver| {
        driver.wait_for("15 comments").await;
        driver.key("H").wait_for("hidden").await;
        assert!(driver.screen().contains("A story"), "{}", driver.screen());
    })
    .await;
}

#[tokio::test]
async fn a_visit_that_was_taken_back_by_mistake_is_as_before_with_place_folds_and_what_is_new() {
    let (files, data) = folders("visits-put-back");
    let thread = write_thread(files.path(), &[5, 6, 7, 10, 11]);
    read(&thread, &data, NOW, async |driver| {
        driver.wait_for("word11").await;
        driver.keys("j enter").wait_gone("word6").await;
        driver.keys("j").wait("the next one", |screen| at(screen).is_some()).await;
        driver.key("q");
    })
    .await;
    let list = write_list(files.path(), 9);
    read(&list, &data, NOW, async |driver| {
        driver.wait_for("9 comments 4 new").await;
        driver.keys("g N").wait_for("unread again; z takes that back").await;
        driver.wait_gone("4 new").await;
        // Where the reader went meanwhile does not matter.
        driver.keys("j z").wait_for("the story is as before").await;
        driver.wait_for("9 comments 4 new").await;
        assert!(here(&driver.screen()).contains("A story"), "{}", driver.screen());
        driver.key("z").wait_for("nothing to undo in this list").await;
        // Where there is nothing to take back, there is nothing to undo either.
        driver.keys("j N").wait_for("it was not opened").await;
        driver.key("z").wait_for("nothing to undo in this list").await;
    })
    .await;
    write_thread(files.path(), &[5, 6, 7, 10, 11, 12]);
    read(&thread, &data, NOW + DAY, async |driver| {
        driver.wait_for("1 comment is new").await;
        let screen = driver.screen();
        assert!(!screen.contains("word6") && screen.contains("word10"), "{screen}");
    })
    .await;
    // Whoever opens the thread again meanwhile has that visit.
    read(&list, &data, NOW + DAY, async |driver| {
        driver.wait_for("3 new").await;
        driver.keys("g N").wait_for("the last visit is taken back; there was one before; z takes that back").await;
        driver.wait_for("4 new").await;
        Box::pin(read(&thread, &data, NOW + DAY, async |other| {
            other.wait_for("word12").await;
            other.key("q");
        }))
        .await;
        driver.key("z").wait_for("it was opened again since, and stays as it is").await;
    })
    .await;
}

/// Two threads of Lobsters, and the list of both.
fn lobsters(request: &str) -> Reply {
    let story = |id: &str| {
        let more = if request.contains("/s/") {
            r#","comments":[{"short_id":"c1","parent_comment":null,"score":2,"commenting_user":"ada","comment":"<p>Words.</p>"}]"#
        } else {
            ""
        };
        format!(
            r#"{{"short_id":"{id}","short_id_url":"https://lobste.rs/s/{id}","comments_url":"https://lobste.rs/s/{id}",
                "created_at":"2026-10-01T10:00:00.000-05:00","title":"The {id} story","url":"","score":5,"tags":[],
                "comment_count":1,"submitter_user":"wick"{more}}}"#
        )
    };
    match ["lamps1", "bells1"].into_iter().find(|id| request.contains(id)) {
        Some(id) => Reply::ok(story(id)),
        None => Reply::ok(format!("[{},{}]", story("lamps1"), story("bells1"))),
    }
}

#[tokio::test]
async fn that_a_story_is_unread_again_is_taken_back_however_often_it_was_visited() {
    let (server, data) = (Server::start(|request| lobsters(&request.path)), Folder::new("visits-unread-again"));
    let sites = || Sites::default().with("lobsters", SiteConfig::at(&server.url()));
    let from = (data.path(), NOW, StorePolicy::Usual);
    read_stored_from("lobsters", sites(), from, async |driver| {
        driver.wait_for("The bells1 story").await;
        for visits in 1..4 {
            driver.key("enter").wait_for("Words.").await;
            driver.key("q").wait_gone("Words.").await;
            // Another story in between changes nothing.
            if visits == 3 {
                driver.keys("j enter").wait_for("Words.").await;
                driver.key("q").wait_gone("Words.").await;
                driver.key("k").wait("the first one", |screen| here(screen).contains("lamps1")).await;
            }
            for _ in 0..2 {
                driver.key("N").wait_for("unread again; z takes that back").await;
                driver.key("z").wait_for("the story is as before").await;
            }
            driver.key("z").wait_for("nothing to undo in this list").await;
        }
        // In one list or another.
        driver.key("l").wait_for("Lobsters: newest").await;
        driver.wait_gone("loading").await;
        driver.key("enter").wait_for("Words.").await;
        driver.key("q").wait_gone("Words.").await;
        driver.key("N").wait_for("unread again; z takes that back").await;
        driver.key("h").wait_for("Lobsters: hottest").await;
        driver.key("N").wait_for("it was not opened").await;
        driver.key("l").wait_for("Lobsters: newest").await;
        driver.key("z").wait_for("the story is as before").await;
        driver.key("h").wait_for("Lobsters: hottest").await;
        driver.key("N").wait_for("unread again; z takes that back").await;
    })
    .await;
}

#[tokio::test]
async fn what_is_stored_is_marked_once_a_list_cannot_be_loaded_again() {
    let (server, data) = (Server::start(|request| lobsters(&request.path)), Folder::new("visits-network-gone"));
    let sites = Sites::default().with("lobsters", SiteConfig::at(&server.url()));
    let from = (data.path(), NOW, StorePolicy::Usual);
    read_stored_from("lobsters", sites, from, async |driver| {
        driver.wait_for("The bells1 story").await;
        driver.key("enter").wait_for("Words.").await;
        driver.key("q").wait_for("The bells1 story").await;
        assert!(!driver.screen().contains('✓'), "{}", driver.screen());
        drop(server);
        driver.key("r").wait_for("refused the connection").await;
        let screen = driver.key("j").wait_for("as stored 2/2").await;
        assert_eq!(screen.matches('✓').count(), 1, "{screen}");
    })
    .await;
}

#[tokio::test]
async fn nothing_of_the_demo_goes_to_the_store() {
    let data = Folder::new("visits-demo");
    read_stored("demo", data.path(), NOW, async |driver| {
        driver.wait_for("Library Brings Back").await;
        driver.wait_gone("loading").await;
        driver.keys("j m").wait_for("comment bookmarked; the demo is not remembered").await;
        driver.keys("m").wait_for("the comment's bookmark is gone").await;
        driver.wait_for("the demo is not remembered").await;
        driver.keys("m W").wait_for("the demo is not remembered, and always here").await;
        driver.keys("M f").wait_for("you follow").await;
        driver.wait_for("the demo is not remembered").await;
        driver.keys("M t x y enter").wait_for("is tagged; the demo is not remembered").await;
        driver.keys("J M m").wait_for("is muted").await;
        driver.wait_for("the demo is not remembered").await;
        driver.keys("/ s t a c k s enter").wait_for("“stacks”").await;
    })
    .await;
    read_stored("saved", data.path(), NOW, async |driver| {
        driver.wait_for("nothing is saved or bookmarked yet").await;
        driver.keys(": p e o p l e enter").wait_for("you follow, mute and tag nobody yet").await;
    })
    .await;
    read_stored("demo", data.path(), NOW, async |driver| {
        driver.wait_for("Library Brings Back").await;
        driver.wait_gone("loading").await;
        driver.key("n").wait_for("nothing is searched for yet").await;
        assert!(!driver.screen().contains('⚑') && !driver.screen().contains("[xy]"), "{}", driver.screen());
    })
    .await;
}

#[tokio::test]
async fn bookmarks_and_notes_on_authors_are_found_again_a_week_later() {
    let (files, data) = folders("visits-marks");
    let path = write_thread(files.path(), &[5, 6, 10]);
    read(&path, &data, NOW, async |driver| {
        driver.wait_for("word10").await;
        driver.keys("j m").wait("the answer of the store", |screen| last(screen).contains("comment bookmarked")).await;
        assert!(!driver.screen().contains("until it ends"), "{}", driver.screen());
        driver.keys("M t k i n d enter").wait_for("ann is tagged").await;
    })
    .await;
    read(&path, &data, NOW + 7 * DAY, async |driver| {
        driver.wait("the comment as it was left", |screen| here(screen).contains("⚑")).await;
        driver.wait_for("[kind]").await;
        driver.keys("m").wait_for("the comment's bookmark is gone").await;
    })
    .await;
    read(&path, &data, NOW + 8 * DAY, async |driver| {
        driver.wait_for("[kind]").await;
        assert!(!driver.screen().contains('⚑'), "{}", driver.screen());
    })
    .await;
}

fn last(screen: &str) -> &str {
    screen.lines().last().unwrap_or_default()
}

#[tokio::test]
async fn a_store_that_cannot_be_opened_says_so_and_the_reader_reads_on() {
    let (files, _) = folders("visits-none");
    let path = write_thread(files.path(), &[5, 6, 10]);
    let file = files.path().join("file");
    fs::write(&file, "no folder").expect("a file");
    read_stored(&path.display().to_string(), &file, NOW, async |driver| {
        driver.wait_for("the store could not be used").await;
        driver.wait_for("word10").await;
        driver.key("j").wait_for("▌").await;
    })
    .await;
}

#[tokio::test]
async fn marks_that_were_damaged_are_told() {
    let (files, data) = folders("visits-damaged-marks");
    let path = write_thread(files.path(), &[5, 6, 10]);
    read(&path, &data, NOW, async |driver| {
        driver.wait_for("word10").await;
        driver.key("q");
    })
    .await;
    let file = rusqlite::Connection::open(data.path().join(FILE_NAME)).expect("the store");
    assert_eq!(file.execute("UPDATE memory SET marks = x'010203'", []).expect("damaged"), 1);
    drop(file);
    read(&path, &data, NOW + DAY, async |driver| {
        driver.wait_for("what was read of this thread was damaged and is lost").await;
        assert!(driver.screen().contains("word10"), "{}", driver.screen());
    })
    .await;
}

#[tokio::test]
async fn saved_and_history_are_sites_and_a_bookmarked_comment_stands_beside_its_story() {
    let (files, data) = folders("visits-sites");
    let path = write_thread(files.path(), &[5, 6, 10]);
    read(&path, &data, NOW, async |driver| {
        driver.wait_for("word10").await;
        driver.keys("m").wait_for("story bookmarked").await;
        driver.keys("j m").wait_for("comment bookmarked").await;
        driver.key("q");
    })
    .await;
    read(Path::new("history"), &data, NOW + DAY, async |driver| {
        driver.wait_for("A story").await;
        driver.wait_for("read just now").await;
        driver.key("1").wait_for("This is word5.").await;
        driver.wait_for("A story, bookmarked just now").await;
        let counted = |count| move |screen: &str| screen.matches("bookmarked just now").count() == count;
        driver.wait("the story and its comment", counted(2)).await;
        driver.key("2").wait_for("read just now").await;
        driver.keys(": b o o k m a r k s enter").wait("the same by its other name", counted(2)).await;
        driver.keys("/ w o r d enter").wait("the comment alone", counted(1)).await;
        assert!(driver.screen().contains("This is word5."), "{}", driver.screen());
    })
    .await;
}

#[tokio::test]
async fn a_bookmark_is_taken_away_from_a_list_as_from_its_thread() {
    let (files, data) = folders("visits-bookmarks");
    let path = write_thread(files.path(), &[5, 6, 10]);
    let text = fs::read_to_string(&path).expect("a file");
    // A story that has no id is known by its address, and another of the same site is not taken for it.
    let other = text.replace("\"abc\"", "\"\"").replace("s/abc", "s/other/").replace("A story", "Another story");
    fs::write(files.path().join("other.json"), other).expect("a file");
    fs::write(&path, text.replace("\"abc\"", "\"\"")).expect("a file");
    for path in [path.clone(), files.path().join("other.json")] {
        read(&path, &data, NOW, async |driver| {
            driver.wait_for("word10").await;
            driver.keys("m").wait_for("story bookmarked").await;
            driver.keys("j m").wait_for("comment bookmarked").await;
            driver.keys("J m").wait_for("comment bookmarked").await;
            driver.key("q");
        })
        .await;
    }
    read(Path::new("saved"), &data, NOW + DAY, async |driver| {
        let counted = |count| move |screen: &str| screen.matches("bookmarked just now").count() == count;
        driver.wait("two stories with two comments each", counted(6)).await;
        driver.keys("/ t i t l e : w o r d 1 0 enter").wait("the comments of both", counted(2)).await;
        driver.key("m").wait_for("the comment's bookmark is gone").await;
        driver.wait("one is left", counted(1)).await;
        driver.key("z").wait_for("comment bookmarked").await;
        driver.wait("both again", counted(2)).await;
        driver.key("m").wait_for("the comment's bookmark is gone").await;
    })
    .await;
    read(Path::new("saved"), &data, NOW + DAY, async |driver| {
        let counted = |count| move |screen: &str| screen.matches("bookmarked just now").count() == count;
        driver.wait("all but that comment", counted(5)).await;
        driver.keys("/ t i t l e : A n o t h e r enter").wait("the other story", counted(1)).await;
        driver.key("m").wait_for("the story's bookmark is gone").await;
    })
    .await;
    read(&files.path().join("other.json"), &data, NOW + DAY, async |driver| {
        driver.wait_for("word10").await;
        driver.keys("g m").wait_for("story bookmarked").await;
    })
    .await;
}

#[tokio::test]
async fn what_was_typed_comes_back_over_runs_with_up_and_down() {
    let (files, data) = folders("visits-typed");
    let path = write_thread(files.path(), &[5, 6, 10]);
    read(&path, &data, NOW, async |driver| {
        driver.wait_for("word10").await;
        driver.keys("/ w o r d 6 enter").wait_for("1/1 “word6” 2/3").await;
        driver.keys("/ w o r d 1 0 enter").wait_for("1/1 “word10” 3/3").await;
    })
    .await;
    read(&path, &data, NOW + DAY, async |driver| {
        // The place is as it was left, so the store has answered.
        driver.wait_for("3/3").await;
        driver.key("/").wait_for("find:").await;
        driver.key("up").wait_for("find: word10").await;
        driver.key("up").wait_for("find: word6").await;
        driver.key("up").wait_for("find: word6").await;
        driver.key("down").wait_for("find: word10").await;
        driver.key("down").wait("an empty line", |screen| last(screen).trim() == "find:").await;
    })
    .await;
}

const LIST: &str =
    r#"[{"short_id":"lamps1","title":"Lamps and wicks","score":5,"comment_count":2,"submitter_user":"wick"}]"#;

/// A list of a site whose server answers, then says that nothing has changed, and then is gone.
#[tokio::test]
async fn a_list_that_is_loaded_again_in_vain_keeps_its_stories() {
    let data = Folder::new("visits-list-again");
    let server = Server::start(|request| match request.header("if-none-match") {
        Some(_) => Reply::of(304, ""),
        None => Reply::ok(LIST).header("ETag", "\"one\""),
    });
    let sites = Sites::default().with("lobsters", SiteConfig::at(&server.url()));
    read_stored_from("lobsters", sites, (data.path(), NOW, StorePolicy::Usual), async |driver| {
        driver.wait_for("Lamps and wicks").await;
        driver.key("r");
        server.until(|counts| counts.arrived == 2).await;
        driver.wait_gone("loading").await;
        assert!(driver.screen().contains("Lamps and wicks"), "{}", driver.screen());
        drop(server);
        driver.key("r").wait_for("refused the connection").await;
        assert!(driver.screen().contains("Lamps and wicks"), "{}", driver.screen());
    })
    .await;
}

#[tokio::test]
async fn what_was_read_stays_hidden_over_runs_but_not_in_the_readers_own_lists() {
    let (files, data) = folders("visits-hidden");
    let thread = write_thread(files.path(), &[5, 6, 10]);
    read(&thread, &data, NOW, async |driver| {
        driver.wait_for("word10").await;
        driver.key("q");
    })
    .await;
    let list = write_list(files.path(), 3);
    read(&list, &data, NOW, async |driver| {
        driver.wait_for("3 comments").await;
        // That it was opened may come after the list.
        while driver.key("H").wait_for("what you have opened is hidden").await.contains("A story") {
            driver.key("H").wait_for("all stories").await;
        }
    })
    .await;
    read(&list, &data, NOW + DAY, async |driver| {
        driver.wait_for("1 read one hidden").await;
        let screen = driver.wait_gone("A story").await;
        assert!(screen.contains("Another story"), "{screen}");
        driver.keys(": h i s t o r y enter").wait_for("A story").await;
        driver.key("H").wait_for("this list is of what you have opened: nothing is hidden in it").await;
        driver.wait_for("A story").await;
        driver.key("q").wait_for("1 read one hidden").await;
    })
    .await;
    read(&list, &data, NOW + DAY, async |driver| {
        driver.wait_for("1 read one hidden").await;
        driver.keys("H").wait_for("A story").await;
    })
    .await;
    read(&list, &data, NOW + 2 * DAY, async |driver| {
        driver.wait_for("3 comments").await;
        assert!(!driver.screen().contains("hidden"), "{}", driver.screen());
    })
    .await;
}

#[tokio::test]
async fn whom_the_reader_mutes_follows_or_tags_is_a_list_that_undoes_it() {
    let (files, data) = folders("visits-people");
    let path = write_thread(files.path(), &[5, 6, 10]);
    read(&path, &data, NOW, async |driver| {
        driver.wait_for("word10").await;
        driver.keys("j M t k i n d enter").wait_for("ann is tagged").await;
        driver.keys("M m").wait_for("ann is muted").await;
        driver.keys(": p e o p l e enter").wait_for("▌ 1 ann ▌ lobsters muted, tagged kind").await;
        // Nothing of a story can be done with a person.
        driver.key("m").wait_for("there is nothing to bookmark here").await;
        driver.key("o").wait_for("there is no story here").await;
        driver.key("y").wait_for("there is no story here").await;
        driver.keys("enter f").wait_for("▌ 1 ann ▌ lobsters followed, tagged kind").await;
        // What was chosen first takes all notes away.
        driver.key("enter").wait_for("▌ nothing").await;
        driver.key("enter").wait_for("you follow, mute and tag nobody yet").await;
        driver.key("q").wait_gone("tagged").await;
    })
    .await;
    read(Path::new("people"), &data, NOW + DAY, async |driver| {
        driver.wait_for("you follow, mute and tag nobody yet").await;
        driver.wait_for("1 saved 2 history 3 people").await;
    })
    .await;
}
