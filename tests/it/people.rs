//! Bookmarks and notes on authors, on the whole screen: `m`, `M`, and the queries that ask for what they keep.

use lurker::app::Event;
use lurker::model::Comment;
use lurker::ui::Styles;

use crate::support::screen::{Driver, demo, flat, options, read_as};

#[tokio::test]
async fn a_bookmark_is_set_shown_and_taken_away() {
    demo((100, 40), async |driver| {
        driver.keys("j m").wait_for("comment bookmarked; lurker remembers this until it ends").await;
        assert!(driver.here().contains("⚑"), "{}", driver.here());
        driver.key("j");
        driver.keys("g m").wait_for("story bookmarked; lurker remembers this until it ends").await;
        driver.wait_for("⚑ bookmarked").await;
        driver.keys("m").wait_for("the story's bookmark is gone").await;
        driver.wait_gone("⚑ bookmarked").await;
        driver.wait_for("⚑").await;
        driver.keys("j m").wait_for("the comment's bookmark is gone").await;
        driver.wait_gone("⚑").await;
    })
    .await;
}

#[tokio::test]
async fn bookmarks_and_notes_are_seen_in_ascii_too() {
    read_as("demo", (options(), Styles::new(false, true)), (100, 40), async |driver| {
        driver.wait_for("Library Brings Back").await;
        driver.wait_gone("loading").await;
        driver.keys("j m").wait_for("bookmarked").await;
        driver.keys("M f").wait_for("you follow").await;
        driver.keys("M t x y enter").wait_for("[xy]").await;
        let screen = driver.screen();
        let line = screen.lines().find(|line| line.starts_with('#')).expect("the reader's line");
        assert!(line.contains("v @ ") && line.contains(" & [xy]"), "{screen}");
        assert!(screen.is_ascii() || !line.contains('⚑'), "{screen}");
    })
    .await;
}

/// The author of the first comment of the demo, and the number of comments by them.
async fn first_author(driver: &mut Driver) -> (String, usize) {
    driver.keys("j M").wait_for("Enter or a letter picks").await;
    let screen = driver.screen();
    let title = screen.lines().find_map(|line| line.split_once(" on slashdot")).expect("the menu's title").0;
    let name = title.split_whitespace().last().expect("a name").to_owned();
    driver.key("esc").wait_gone("Enter or a letter").await;
    let count = driver.thread().iter().filter(|comment| comment.author() == Some(&name)).count();
    (name, count)
}

#[tokio::test]
async fn a_followed_author_is_marked_and_found() {
    demo((100, 40), async |driver| {
        let (name, count) = first_author(driver).await;
        driver.keys("M f").wait_for(&format!("you follow {name}; lurker remembers this until it ends")).await;
        driver.wait_for(&format!("{name} ✦")).await;
        driver.key("f").send(Event::Paste("is:followed".to_owned())).key("enter");
        driver.wait_for(&format!("filter: is:followed ({count} of 110)")).await;
        driver.keys("esc w").wait_for("you follow them").await;
        driver.keys("esc M n").wait_for(&format!("{name} is neither muted nor followed, and has no tag")).await;
        driver.wait_gone("✦").await;
    })
    .await;
}

#[tokio::test]
async fn a_muted_author_is_hidden_and_counts_for_nothing() {
    demo((100, 40), async |driver| {
        let (name, count) = first_author(driver).await;
        let full = |screen: &str| {
            let bar = screen.lines().rev().nth(1).unwrap_or_default().to_owned();
            let words: Vec<&str> = bar.split_whitespace().collect();
            let at = words.windows(2).position(|pair| pair[1] == "in" || pair[1] == "full");
            at.and_then(|at| words[at].parse::<usize>().ok())
        };
        driver.keys("= %");
        driver.wait("all in full", |screen| full(screen) == Some(110)).await;
        driver.keys("M m").wait_for(&format!("{name} is muted")).await;
        driver.wait("theirs hidden", |screen| full(screen) == Some(110 - count)).await;
        driver.key("E").wait_for("hidden: of authors or kinds that you hide").await;
        driver.wait("theirs hidden still", |screen| full(screen) == Some(110 - count)).await;
        driver.key("z").wait_gone("kinds that you hide").await;
        // A later change is taken back first.
        driver.keys("s 5 enter").wait_gone(&format!("{} in full", 110 - count)).await;
        driver.key("z").wait("theirs hidden", |screen| full(screen) == Some(110 - count)).await;
        driver.key("z").wait("theirs shown again", |screen| full(screen) == Some(110)).await;
        driver.wait_for(&format!("{name} is as before")).await;
    })
    .await;
}

#[tokio::test]
async fn a_muted_comment_says_so_and_the_menu_takes_clicks() {
    demo((100, 40), async |driver| {
        let (name, _) = first_author(driver).await;
        let menu = driver.key("M").wait_for("hide what they write").await;
        let found = menu.lines().zip(0..).find_map(|(line, y)| Some((line.split_once("mute")?.0.chars().count(), y)));
        let (x, y) = found.expect("the choice");
        driver.send(Event::Click(x, y)).wait_for(&format!("{name} is muted")).await;
        let by = format!("by:{name}");
        driver.key("f").send(Event::Paste(by)).key("enter").wait_for("filter: by:").await;
        driver.keys("g j w").wait_for("you mute them, but the filter names them").await;
        driver.keys("esc M").wait_for("(now)").await;
        driver.keys("j j enter").wait_for("tag for this author:").await;
        driver.send(Event::Paste("knows birds".to_owned())).key("enter").wait_for("is tagged").await;
        driver.wait_for(&format!("{name} [knows birds]")).await;
    })
    .await;
}

#[tokio::test]
async fn a_search_does_not_open_what_a_muted_author_wrote() {
    demo((100, 40), async |driver| {
        let (name, count) = first_author(driver).await;
        let is_theirs = |comment: &Comment<'_>| comment.author() == Some(&name);
        let thread = driver.thread();
        let first = thread.iter().find(is_theirs).expect("a comment of theirs");
        let words: Vec<&str> = first.body().plain.split_whitespace().take(4).collect();
        let words = words.join(" ");
        driver.keys("M m").wait_for(&format!("{name} is muted")).await;
        driver.key("/").send(Event::Paste(words.clone())).key("enter");
        driver.wait_for("found in nothing that rules and mutes leave, and 1 time in what rules and mutes hide").await;
        driver.key("esc").wait_gone("rules and mutes").await;
        let full = thread.len() as usize - count;
        driver.key("%").wait_for(&format!("{full} in full")).await;
        // What the reader has opened is found.
        driver
            .key(":")
            .send(Event::Paste((first.index() + 1).to_string()))
            .keys("enter enter enter")
            .wait_for(&words)
            .await;
        driver
            .key("/")
            .send(Event::Paste(words.clone()))
            .key("enter")
            .wait("one match", |screen| screen.contains("1/1"))
            .await;
    })
    .await;
}

#[tokio::test]
async fn a_mute_holds_under_a_filter_that_does_not_name_the_author() {
    demo((100, 40), async |driver| {
        let (name, count) = first_author(driver).await;
        let (thread, all) = (driver.thread(), driver.thread().len());
        let others = all as usize - count;
        let filters = [
            ("score:-1..".to_owned(), others, "by mute hidden"),
            (format!("score:-1.. OR -by:{name}"), others, "by mute hidden"),
            (format!("score:-1.. OR by:{name}"), all as usize, "so by filter in full"),
        ];
        let is_theirs = |comment: Comment<'_>| comment.author() == Some(&name);
        let answered = thread.iter().find_map(|comment| comment.parent().filter(|parent| is_theirs(*parent)));
        let number = answered.expect("a comment of theirs with a reply").index() + 1;
        driver.keys("M m").wait_for(&format!("{name} is muted")).await;
        for (filter, shown, why) in filters {
            driver.keys("f ctrl-u").send(Event::Paste(filter.clone())).key("enter");
            driver.wait_for(&format!("filter: {filter} ({shown} of {all})")).await;
            // Where a reply to it shows, a hidden comment keeps its row.
            driver.key(":").send(Event::Paste(number.to_string())).keys("enter w").wait_for(why).await;
            driver.key("esc").wait_gone("Why it shows so").await;
        }
    })
    .await;
}

#[tokio::test]
async fn what_was_read_is_left_out_until_the_filter_is_set_again() {
    demo((100, 40), async |driver| {
        driver.wait_for("story/110").await;
        driver.keys("space space").wait_gone("story/110").await;
        driver.keys("f - i s : r e a d enter");
        let first = driver.wait_for("filter: -is:read (").await;
        let left = |screen: &str| -> Option<usize> {
            flat(screen).split_once("-is:read (")?.1.split_once(" of 110")?.0.parse().ok()
        };
        let before = left(&first).expect("a count");
        assert!((1..110).contains(&before), "{first}");
        // What is read under the filter stays on the screen.
        driver.keys("space space b b");
        assert_eq!(left(&driver.wait_for("filter: -is:read (").await), Some(before));
        driver.keys("f enter");
        driver.wait("fewer", |screen| left(screen).is_some_and(|now| now < before)).await;
        driver.key("z");
        driver.wait("as many as before", |screen| left(screen) == Some(before)).await;
    })
    .await;
}
