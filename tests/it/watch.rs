//! Watching a thread, on a paused clock: it is loaded again by itself, the slower the older it is, until it is left.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use lurker::app::{Event, KnownState};
use lurker::model::{Builder, Draft, Story, Text};
use lurker::shell::fetch::Fetcher;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::time::{Instant, sleep};

use crate::support::screen::{Driver, NOW, drive};

/// A site with one thread, which has a comment more at every load.
struct Growing {
    answers: UnboundedSender<Event>,
    loads: Arc<Mutex<Vec<Instant>>>,
    posted_at: i64,
}

impl Fetcher for Growing {
    fn load(&mut self, request: u64, _: &str, _: Option<&str>, _: KnownState) {
        let mut loads = self.loads.lock().unwrap_or_else(PoisonError::into_inner);
        loads.push(Instant::now());
        let mut builder = Builder::new();
        for number in 0..loads.len() {
            let (id, body) = (number.to_string(), Text::unmarked(format!("word{number}")));
            builder.push(&Draft { id: &id, body: body.borrow(), ..Draft::default() });
        }
        let story = Story { title: "A story".to_owned(), posted_at: Some(self.posted_at), ..Story::default() };
        let (thread, loaded) = (Arc::new(builder.finish(story)), loads.len() as u32);
        self.answers.send(Event::Arrived { request, thread, loaded, stated: None }).expect("the loop runs");
        self.answers.send(Event::Complete(request)).expect("the loop runs");
    }

    fn cancel(&mut self, _: u64) {}

    fn knows(&self, _: &str, _: &str) -> bool {
        false
    }
}

/// Reads a thread of this age, in seconds; gives the moments at which it was loaded.
async fn loads(age: i64, script: impl AsyncFnOnce(&mut Driver)) -> Vec<Instant> {
    let (answers, loaded) = unbounded_channel();
    let loads = Arc::default();
    let mut site = Growing { answers, loads: Arc::clone(&loads), posted_at: NOW - age };
    drive("a thread", &mut site, loaded, (100, 30), async |driver| {
        driver.wait_for("word0").await;
        script(driver).await;
    })
    .await;
    let loads = loads.lock().unwrap_or_else(PoisonError::into_inner);
    loads.clone()
}

#[tokio::test(start_paused = true)]
async fn a_thread_is_loaded_again_after_a_twentieth_of_its_age() {
    for (age, interval, every) in
        [(9, 60, "every minute"), (7200, 360, "every 6 minutes"), (864_000, 600, "every 10 minutes")]
    {
        let moments = loads(age, async |driver| {
            driver.key("R").wait_for(&format!("watched: loads again {every}; R ends that")).await;
            sleep(Duration::from_secs(2 * interval + 1)).await;
            let screen = driver.wait_for("word2").await;
            assert!(screen.contains("new"), "{screen}");
        })
        .await;
        let gaps: Vec<u64> = moments.windows(2).map(|pair| (pair[1] - pair[0]).as_secs()).collect();
        assert_eq!(gaps, [interval; 2], "{age} s old");
    }
}

#[tokio::test(start_paused = true)]
async fn watching_ends_at_the_same_key_and_when_lurker_is_suspended() {
    for key in ["R", "ctrl-z"] {
        let moments = loads(9, async |driver| {
            driver.key("R").wait_for("watched story/1").await;
            // What is said at the left ends with the same word.
            driver.key(key).wait("the word gone", |screen| !screen.contains("watched  story")).await;
            sleep(Duration::from_hours(1)).await;
        })
        .await;
        assert_eq!(moments.len(), 1, "{key}");
    }
}
