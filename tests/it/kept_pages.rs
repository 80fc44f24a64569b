//! Pages that are kept within a run: a thread that was left and is opened again, and when it is asked for again.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use lurker::app::Event;
use lurker::shell::store_settings::StorePolicy;
use lurker::site::{SiteConfig, Sites};

use crate::store::Folder;
use crate::support::screen::{Driver, NOW, read_stored_from};
use crate::support::server::{Gate, Reply, Server};

/// Seconds within which a thread is not asked for again.
const MINUTE: i64 = 60;

/// A site with one story, of which the list counts two comments. Its thread is asked for so many times; from the second time
/// on it has a third comment, and comes once the gate lets it.
fn site(asked: &Arc<AtomicU32>, gate: &Gate) -> (Server, Sites) {
    let (asked, gate) = (Arc::clone(asked), gate.clone());
    let server = Server::start(move |request| {
        let story = r#""short_id":"lamps1","title":"Lamps","score":5,"submitter_user":"wick","comment_count":"#;
        if !request.path.starts_with("/s/") {
            let host = request.header("host").unwrap_or_default();
            return Reply::ok(format!(r#"[{{{story}2,"comments_url":"http://{host}/s/lamps1"}}]"#));
        }
        let times = asked.fetch_add(1, Ordering::Relaxed);
        let count = if times == 0 { 2 } else { 3 };
        let comment = |number| {
            format!(r#"{{"short_id":"c{number}","parent_comment":null,"score":3,"comment":"<p>Words {number}.</p>"}}"#)
        };
        let comments = (1..=count).map(comment).collect::<Vec<_>>().join(",");
        let reply = Reply::ok(format!(r#"{{{story}{count},"comments":[{comments}]}}"#));
        if times == 0 { reply } else { reply.behind(&gate) }
    });
    let sites = Sites::default().with("lobsters", SiteConfig::at(&server.url()));
    (server, sites)
}

/// Leaves the thread, lets time go by and opens it again.
async fn open_again(driver: &mut Driver, seconds: i64) {
    driver.key("q").wait_for("1/1").await;
    driver.later(seconds).key("enter").wait_for("2/2").await;
}

#[tokio::test]
async fn a_thread_that_was_left_is_asked_for_again_once_it_is_a_minute_old() {
    let (asked, gate) = (Arc::default(), Gate::closed());
    let (_server, sites) = site(&asked, &gate);
    let times = || asked.load(Ordering::Relaxed);
    let data = Folder::new("kept-pages");
    read_stored_from("lobsters", sites.clone(), (data.path(), NOW, StorePolicy::Usual), async |driver| {
        driver.wait_for("1/1").await;
        driver.key("enter").wait_for("Words 2.").await;
        // The first comment is folded, and the reader stands on the second.
        driver.keys("j h j").wait_for("2/2").await;
        let is_as_left = |screen: &str| screen.contains("▸ 3  ?  Words 1.") && screen.contains("▌│ Words 2.");
        driver.wait("the place and the fold", is_as_left).await;
        driver.key("q").wait_for("1/1").await;
        driver.later(MINUTE - 1).key("enter").wait_for("as you left it; r loads it again").await;
        assert_eq!(times(), 1);
        // It shows before the site has said anything.
        open_again(driver, 1).await;
        let screen = driver.wait_for("loading").await;
        assert!(is_as_left(&screen) && !screen.contains("Words 3."), "{screen}");
        gate.open();
        let screen = driver.wait_for("loaded again: 1 comment is new").await;
        assert!(is_as_left(&screen), "{screen}");
        assert!(screen.lines().any(|line| line.contains("new")) && screen.contains("Words 3."), "{screen}");
        assert_eq!(times(), 2);
        // That was a load like any other.
        driver.key("q").wait_for("1/1").await;
        driver.later(MINUTE - 1).key("enter").wait_for("as you left it; r loads it again").await;
        assert_eq!(times(), 2);
    })
    .await;
    read_stored_from("lobsters", sites, (data.path(), NOW, StorePolicy::Offline), async |driver| {
        driver.wait_for("1/1").await;
        driver.key("enter").wait_for("Words 3.").await;
        driver.key("q").wait_for("1/1").await;
        driver.later(9 * MINUTE).key("enter").wait_for("as you left it").await;
        assert!(!driver.screen().contains("loading") && times() == 2, "{}", driver.screen());
    })
    .await;
}

#[tokio::test]
async fn what_no_site_is_asked_for_is_as_it_was_left_however_old() {
    let (_server, sites) = site(&Arc::default(), &Gate::closed());
    let data = Folder::new("kept-files");
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/lobsters/story-2026.json");
    read_stored_from("lobsters", sites, (data.path(), NOW, StorePolicy::Usual), async |driver| {
        for target in ["demo", file] {
            driver.wait_for("1/1").await;
            for seconds in [0, 9 * MINUTE] {
                driver.key(":").send(Event::Paste(target.to_owned()));
                let opened = driver.later(seconds).key("enter").wait_for("story/").await;
                assert!(opened.contains("as you left it") == (seconds > 0), "{target}: {opened}");
                driver.key("q").wait_for("1/1").await;
            }
        }
    })
    .await;
}
