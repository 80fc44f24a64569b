//! The columns of a list on the whole screen: the same for every story at every width, and where they were when counts come.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use lurker::shell::store_settings::StorePolicy;
use lurker::site::{SiteConfig, Sites};

use crate::store::Folder;
use crate::support::screen::{NOW, read_stored_from};
use crate::support::server::{Reply, Server};

const SIZES: [(u16, u16); 4] = [(40, 12), (60, 22), (80, 24), (120, 40)];

/// A story: title, score, comments, author, tags.
type Story = (&'static str, i32, u32, &'static str, &'static str);

const STORIES: [Story; 5] = [
    ("Lamps", 5, 45, "wick", "rust"),
    ("A long title that takes more than one line on narrow screens (2017)", 139, 320, "marlow", "web,rust"),
    ("Bells", 1, 1, "ines_b", ""),
    (
        "A title of such a length that it takes more than a line at eighty columns, and goes on after that for a while",
        -1,
        0,
        "a_long_name",
        "practices,programming",
    ),
    ("Maps", 86, 1100, "ada", "math"),
];

/// Lobsters with those stories; the thread of each has so many comments.
fn lobsters(count: &Arc<AtomicU32>) -> (Server, Sites) {
    let count = Arc::clone(count);
    let server = Server::start(move |request| {
        let host = request.header("host").unwrap_or_default();
        let story = |(number, (title, score, comments, author, tags)): (usize, &Story)| {
            let tags = tags.split(',').filter(|tag| !tag.is_empty()).map(|tag| format!("{tag:?}"));
            format!(
                r#""short_id":"lamps{number}","title":"{title}","url":"https://paper{number}.example/","score":{score},
                    "comment_count":{comments},"submitter_user":"{author}","created_at":"2026-10-0{}T10:00:00Z","tags":[{}],
                    "comments_url":"http://{host}/s/lamps{number}""#,
                number + 1,
                tags.collect::<Vec<_>>().join(","),
            )
        };
        if request.path.starts_with("/s/lamps0") {
            let count = count.load(Ordering::SeqCst);
            let comment =
                |id| format!(r#"{{"short_id":"c{id}","parent_comment":null,"comment":"<p>Words {id}.</p>"}}"#);
            let comments = (0..count).map(comment).collect::<Vec<_>>().join(",");
            return Reply::ok(format!(
                r#"{{"short_id":"lamps0","title":"Lamps","comment_count":{count},"comments":[{comments}]}}"#
            ));
        }
        Reply::ok(format!(
            "[{}]",
            STORIES.iter().enumerate().map(|it| format!("{{{}}}", story(it))).collect::<Vec<_>>().join(",")
        ))
    });
    let sites = Sites::default().with("lobsters", SiteConfig::at(&server.url()));
    (server, sites)
}

/// The lines of the list, wherever the reader is, without what the reader's own visits add to them.
fn rows(screen: &str) -> Vec<String> {
    let lines: Vec<&str> = screen.lines().collect();
    let plain = |line: &&str| {
        let plain = line
            .replace(['▌', '✓'], " ")
            .replace(" 45, 43 new ", " 45 comments")
            .replace(" 45, stored ", " 45 comments");
        plain.replace("43 new", "      ").replace("stored", "      ").trim_end().to_owned()
    };
    lines[1..lines.len() - 1].iter().map(plain).collect()
}

/// The column behind the first of these words on each line that has one.
fn ends(rows: &[String], words: &[&str]) -> Vec<usize> {
    let end = |row: &String| words.iter().find_map(|word| Some(row.split_once(word)?.0.chars().count() + word.len()));
    rows.iter().filter_map(end).collect()
}

#[tokio::test]
async fn columns_are_those_of_every_story_and_stay_when_counts_come() {
    let (folder, count) = (Folder::new("list-columns"), Arc::new(AtomicU32::new(2)));
    let (_server, sites) = lobsters(&count);
    let usual = (folder.path(), NOW, StorePolicy::Usual);
    let mut before = Vec::new();
    read_stored_from("lobsters", sites.clone(), usual, async |driver| {
        for size in SIZES {
            let is_it = |screen: &str| screen.lines().count() == usize::from(size.1) && screen.contains("Bells");
            let screen = driver.resize(size.0, size.1).wait("the list at this size", is_it).await;
            let rows = rows(&screen);
            let ages = ends(&rows, &["6d", "5d", "4d", "3d", "2d"]);
            let scores = ends(&rows, &[" 5 points", "139 points", " 1 point", "-1 points", "86 points"]);
            let authors = ends(&rows, &["wick", "marlow", "ines_b", "a_long_name", "ada"]);
            let comments = ends(&rows, &["45 comments", "320 comments", " 1 comment ", "0 comments", "1100 comments"]);
            let shown = if size.0 == 40 { 3 } else { STORIES.len() };
            // The words differ in length, and end in one column where they are numbers.
            assert!(ages.len() == shown && ages.iter().all(|end| *end == ages[0]), "{ages:?}\n{screen}");
            assert_eq!(comments.len(), shown, "{screen}");
            assert_eq!(scores.len(), if size.0 < 60 { 0 } else { shown }, "{screen}");
            assert_eq!(authors.len(), if size.0 < 60 { 0 } else { shown }, "{screen}");
            assert_eq!(screen.contains("web, rust"), size.0 >= 80, "{screen}");
            assert_eq!(screen.contains("math"), size.0 >= 80, "{screen}");
            before.push(rows);
        }
        driver.resize(100, 30).keys("enter").wait_for("Words 1.").await;
        driver.key("q").wait_for("43 new").await;
        for (size, before) in SIZES.iter().zip(&before) {
            let is_it = |screen: &str| screen.lines().count() == usize::from(size.1) && screen.contains("43 new");
            let screen = driver.resize(size.0, size.1).wait("the count at this size", is_it).await;
            assert_eq!(&rows(&screen), before, "{screen}");
        }
    })
    .await;
    for (count_of_stored, word) in [(2, "stored"), (45, "43 new")] {
        count.store(count_of_stored, Ordering::SeqCst);
        if word == "43 new" {
            let saved = (folder.path(), NOW + 100, StorePolicy::Refresh);
            read_stored_from("lobsters:lamps0", sites.clone(), saved, async |driver| {
                driver.wait_for("43 comments are new").await;
                driver.key("q");
            })
            .await;
            // What is stored was not seen: the visit did not take place.
            let file = rusqlite::Connection::open(folder.path().join(lurker::store::FILE_NAME)).expect("the store");
            file.execute("UPDATE memory SET comments = 2", []).expect("an earlier visit");
        }
        let offline = (folder.path(), NOW + 200, StorePolicy::Offline);
        read_stored_from("lobsters", sites.clone(), offline, async |driver| {
            driver.wait_for("offline: as stored").await;
            driver.key("esc").wait_for(word).await;
            for (size, before) in SIZES.iter().zip(&before) {
                let is_it = |screen: &str| screen.lines().count() == usize::from(size.1) && screen.contains(word);
                let screen = driver.resize(size.0, size.1).wait("what is stored at this size", is_it).await;
                assert!(screen.contains('✓') && !(screen.contains("stored") && screen.contains("43 new")), "{screen}");
                assert_eq!(&rows(&screen), before, "{screen}");
            }
        })
        .await;
    }
}

#[tokio::test]
async fn every_story_shows_its_domain_or_the_start_of_it_at_every_width() {
    let (folder, count) = (Folder::new("list-columns-domain"), Arc::new(AtomicU32::new(2)));
    let (_server, sites) = lobsters(&count);
    read_stored_from("lobsters", sites, (folder.path(), NOW, StorePolicy::Usual), async |driver| {
        for width in (32..=132).step_by(4) {
            let is_it = |screen: &str| screen.lines().count() == 22 && screen.contains("Bells");
            driver.resize(width, 21).wait("another size", |screen| screen.lines().count() == 21).await;
            let screen = driver.resize(width, 22).wait("the list at this size", is_it).await;
            for number in 0..STORIES.len() {
                let whole = format!("(paper{number}.example)");
                let starts = (4..whole.len()).filter_map(|end| whole.get(..end));
                let is_there = starts.map(|start| format!("{start}…")).any(|start| screen.contains(&start));
                assert!(screen.contains(&whole) || is_there, "{width}, {whole}\n{screen}");
            }
            assert_eq!(screen.matches("(pap").count(), STORIES.len(), "{width}\n{screen}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_title_that_is_cut_goes_on_at_the_foot() {
    let (folder, count) = (Folder::new("list-columns-cut"), Arc::new(AtomicU32::new(2)));
    let (_server, sites) = lobsters(&count);
    read_stored_from("lobsters", sites, (folder.path(), NOW, StorePolicy::Usual), async |driver| {
        driver.wait_for("Bells").await;
        driver.resize(80, 24).keys("j j j").wait_for("4/5").await;
        let screen = driver.wait_for("columns,…").await;
        assert!(
            screen.lines().last().is_some_and(|line| line.contains("…and goes on after that for a while")),
            "{screen}"
        );
        driver.key("j").wait_for("5/5").await;
        assert!(!driver.screen().contains("…and goes"), "{}", driver.screen());
    })
    .await;
}
