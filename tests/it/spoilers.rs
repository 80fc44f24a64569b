//! Spoilers on the screen: covered in full, in one line and in quotes, until a key or a click uncovers them.

use std::fs;
use std::path::PathBuf;

use lurker::app::{Event, Options};
use lurker::ui::Styles;
use serde_json::json;

use crate::support::screen::{Driver, read_as};

/// A file that is gone with it.
struct File(PathBuf);

impl File {
    fn new(name: &str) -> Self {
        let text = "It was (spoiler: the butler) again.";
        let spoiler = json!([["spoiler", 17, 27]]);
        let comments = json!([
            {"id": "1", "author": "ann", "text": text, "marks": spoiler},
            {"id": "2", "author": "bob", "text": text, "marks": spoiler},
            {"id": "3", "author": "cid", "text": "No secret."},
        ]);
        let thread = json!({"format": "lurker-thread-1", "title": "Who did it", "site": "lobsters", "id": "x",
                            "text": "It is said that the cook did it.", "marks": [["spoiler", 16, 24]], "comments": comments});
        let path = std::env::temp_dir().join(format!("lurker-spoilers-{name}-{}.json", crate::support::unique()));
        fs::write(&path, thread.to_string()).expect("a file");
        Self(path)
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

async fn read(name: &str, ascii: bool, script: impl AsyncFnOnce(&mut Driver)) {
    let file = File::new(name);
    let options = Options { hints: false, ..Options::default() };
    let target = file.0.to_str().expect("UTF-8");
    read_as(target, (options, Styles::new(true, ascii)), (80, 24), async |driver: &mut Driver| {
        driver.wait_for("Who did it").await;
        driver.wait_for("No secret.").await;
        script(driver).await;
    })
    .await;
}

fn count(screen: &str, words: &str) -> usize {
    screen.matches(words).count()
}

#[tokio::test]
async fn a_key_uncovers_the_spoilers_of_one_comment_and_covers_them_again() {
    for (ascii, cover) in [(false, "░░░░░░░░░░"), (true, "##########")] {
        read("key", ascii, async |driver: &mut Driver| {
            assert_eq!((count(&driver.screen(), cover), count(&driver.screen(), "the butler")), (2, 0));
            assert!(!driver.screen().contains("the cook"));
            driver.keys("j X").wait_for("(spoiler: the butler)").await;
            assert_eq!((count(&driver.screen(), cover), count(&driver.screen(), "the butler")), (1, 1));
            driver.key("X").wait_gone("the butler").await;
            driver.keys("k X").wait_for("the cook").await;
            driver.keys("G k X").wait_for("no spoiler here").await;
        })
        .await;
    }
}

#[tokio::test]
async fn a_click_uncovers_the_spoiler_under_it_and_nothing_else() {
    read("click", false, async |driver: &mut Driver| {
        let screen = driver.screen();
        let line = screen.lines().position(|line| line.contains("It was")).expect("a line");
        let column = screen.lines().nth(line).and_then(|line| line.chars().position(|c| c == '░')).expect("a cover");
        driver.send(Event::Click(column - 2, line)).keys("?").wait_for("Esc closes").await;
        driver.key("esc").wait_gone("Esc closes").await;
        assert!(!driver.screen().contains("the butler"));
        driver.send(Event::Click(column + 9, line)).wait_for("the butler").await;
        assert_eq!(count(&driver.screen(), "the butler"), 1);
    })
    .await;
}

#[tokio::test]
async fn one_line_does_not_give_it_away() {
    read("line", false, async |driver: &mut Driver| {
        driver.keys("j h").wait_for("It was (spoiler: …) again.").await;
        assert!(!driver.screen().contains("the butler"));
    })
    .await;
}
