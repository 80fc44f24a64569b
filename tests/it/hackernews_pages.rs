//! Pages of Hacker News as browsers saved them, of each layout since 2012.

use crate::support::pages::{error, listing, notes, rows, thread};
use lurker::model::{Comment, ScoreKind, State};

const ITEM_2012: &[u8] = include_bytes!("../fixtures/hackernews/item-2012.html");
const ITEM_2014: &[u8] = include_bytes!("../fixtures/hackernews/item-2014-complete.html");
const ITEM_2016: &[u8] = include_bytes!("../fixtures/hackernews/item-2016.html");
const ITEM_2026: &[u8] = include_bytes!("../fixtures/hackernews/item-2026.html");

#[test]
fn a_page_of_2012() {
    let thread = thread(ITEM_2012);
    let story = thread.story();
    assert_eq!(
        (story.site.as_str(), story.id.as_str(), story.title.as_str()),
        ("hn", "700001", "A compiler in a weekend")
    );
    assert_eq!((story.link.as_str(), story.author.as_str()), ("http://compiler.example/post?a=1&b=2", "ada"));
    assert_eq!((story.score, story.stated_comments, story.score_kind), (Some(1062), Some(5), ScoreKind::Estimate));
    assert_eq!(
        rows(&thread),
        [
            "0 700002 bob 2: First of all.\n\nThen more & a http://a.example/x",
            "1 700003 ada 1: An answer.",
            "2 700004 cyd -1: Nobody liked this.",
            "1 700005 dee 0: Another answer.",
            "0 #5 – 0: ",
        ]
    );
    assert_eq!(thread.get(4).map(Comment::state), Some(State::Deleted));
    assert_eq!(
        notes(&thread),
        [
            "1 of 5 comments is not on the page",
            "4 comments have only an age (“3 hours ago”) for a date, so their times are not known",
        ]
    );
    assert!(thread.get(1).is_some_and(|comment| comment.flags().op));
}

#[test]
fn a_page_of_2014_saved_complete() {
    let thread = thread(ITEM_2014);
    let story = thread.story();
    assert_eq!((story.id.as_str(), story.link.as_str(), story.stated_comments), ("700101", "", None));
    assert_eq!(story.text.plain, "I could not decide.\n\nCould you?");
    assert_eq!(
        rows(&thread),
        ["0 700102 fay 1: Both.\n\nNever mind the second paragraph.", "1 700103 gus -1: Neither."]
    );
}

#[test]
fn a_poll_of_2016_with_spans_that_stay_open() {
    let thread = thread(ITEM_2016);
    assert_eq!(thread.story().text.plain, "- Yes (12 points)\n- No (1 point)");
    assert_eq!(
        rows(&thread),
        [
            "0 700210 ida 1: It's a start.\n\nThe span behind this is not closed.",
            "1 700211 jon -1: Is it?",
            "1 700212 kit -1: Buy my pills.",
        ]
    );
    assert_eq!(thread.get(2).map(Comment::state), Some(State::Dead));
    assert_eq!(notes(&thread)[0], "2 of 4 comments are not on the page");
}

#[test]
fn a_page_of_today_prettified() {
    let thread = thread(ITEM_2026);
    let story = thread.story();
    assert_eq!((story.title.as_str(), story.author.as_str()), ("Show HN: A terminal for one person", "lea"));
    assert_eq!((story.score, story.stated_comments, story.posted_at), (Some(120), Some(7), Some(1_773_426_659)));
    assert_eq!(story.text.plain, "I wrote it in a week.\n\nAsk me anything.");
    assert_eq!(
        rows(&thread),
        [
            "0 700302 max 1: A question:\n\nwhy?\n\n  for x in y\n    z",
            "1 700303 lea 1: Because.",
            "2 700304 nat -1: That is no reason.",
            "1 700305 oz -1: [flagged]",
            "0 700306 – 0: ",
            "0 700307 pia 0: Ask me anything.\n\nWhat else?",
        ]
    );
    assert_eq!(thread.get(5).and_then(Comment::posted_at), Some(1_773_432_300));
    let expected = ["3 of 7 comments are not on the page", "The discussion goes on on another page of the site"];
    assert_eq!(notes(&thread), expected);
}

#[test]
fn the_estimate_of_what_is_faded_says_so() {
    let thread = thread(ITEM_2026);
    let estimates: Vec<_> = (0..thread.len()).map(|index| thread.estimate(index)).collect();
    assert!(estimates.iter().all(Option::is_some), "{estimates:?}");
    let faded: Vec<usize> =
        (0..6).filter(|&index| estimates[index].is_some_and(|estimate| estimate.is_faded)).collect();
    assert_eq!(faded, [2]);
}

#[test]
fn the_page_of_a_comment() {
    let thread = thread(include_bytes!("../fixtures/hackernews/permalink-2022.html"));
    assert_eq!(thread.story().title, "Comment by quo");
    assert_eq!(rows(&thread), ["0 700402 quo 1: It is a burrito.", "1 700403 rex 1: With salsa?"]);
}

#[test]
fn a_later_page_of_a_discussion_has_no_story() {
    let thread = thread(include_bytes!("../fixtures/hackernews/more-2012.html"));
    assert_eq!(
        (thread.story().title.as_str(), thread.story().id.as_str(), thread.story().url.as_str()),
        ("more comments", "", "")
    );
    assert_eq!(
        rows(&thread),
        ["0 700701 ada 1: Pune.\n\nFull time.", "1 700702 bob 1: Where?", "0 700703 cyd 0: Oslo."]
    );
    assert_eq!(
        notes(&thread),
        [
            "3 comments have only an age (“3 hours ago”) for a date, so their times are not known",
            "The story is not on the page, which is a later one or has comments of several",
        ]
    );
}

#[test]
fn lists() {
    let newest = listing(include_bytes!("../fixtures/hackernews/newest-2011.html"));
    assert_eq!(newest.heading.title, "Hacker News: New Links");
    let lines: Vec<_> = newest
        .entries
        .iter()
        .map(|e| format!("{} {} {} {:?} {:?}", e.id, e.title, e.link, e.score, e.comments))
        .collect();
    assert_eq!(
        lines,
        [
            "700501 One http://one.example/ Some(1) None",
            "700502 Ask HN: Two?  Some(14) Some(2)",
            "700503 Three (YC W11) is hiring  None None",
        ]
    );
    let news = listing(include_bytes!("../fixtures/hackernews/news-2022.html"));
    let first = &news.entries[0];
    assert_eq!(
        (first.title.as_str(), first.comments, first.posted_at),
        ("One & only", Some(1208), Some(1_664_353_723))
    );
    assert_eq!((news.entries.len(), news.notes.len()), (2, 0));
}

#[test]
fn a_page_without_a_story_says_what_to_open() {
    let error = error(include_bytes!("../fixtures/hackernews/user-2022.html"));
    assert_eq!(error.to_string(), "this is a page of Hacker News without a story");
    assert!(format!("{:?}", error.advice).contains("as hn:8863"));
}
