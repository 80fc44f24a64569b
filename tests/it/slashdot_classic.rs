//! Slashdot's pages of before 2013: whole comments and lines in one list, and the front page of 2010.

use crate::support::pages::{listing, notes, rows, thread};
use lurker::model::{Comment, State};

#[test]
fn a_story_of_2007_with_lines_among_its_comments() {
    let thread = thread(include_bytes!("../fixtures/slashdot/story-2007.html"));
    let story = thread.story();
    assert_eq!((story.id.as_str(), story.title.as_str()), ("07/12/02/1731231", "Kettles to Boil by April"));
    assert_eq!((story.author.as_str(), story.department.as_str()), ("Teapot", "steam-ahead"));
    assert_eq!((story.link.as_str(), story.stated_comments), ("http://kettle.example/april", Some(9)));
    assert_eq!(story.posted_at, Some(1_196_623_740));
    assert_eq!(
        rows(&thread),
        [
            "0 101 Bob B 5: Boil it.\n\nThen drink.",
            "1 102 Cyd 1: ",
            "2 103 Anonymous Coward 2: Boil it.\n\nNo.",
            "0 104 Dee 3: ",
            "0 105 Eve 4: Its parent is not here.\n\n-- Eve was here",
        ]
    );
    let states: Vec<State> = thread.iter().map(Comment::state).collect();
    assert_eq!(states, [State::Live, State::Missing, State::Live, State::Missing, State::Live]);
    let subjects: Vec<&str> = thread.iter().map(Comment::subject).collect();
    assert_eq!(subjects, ["Sounds fine", "Re:Sounds fine", "Tea", "Café society", "Re:Gone"]);
    assert_eq!(thread.get(3).map(|comment| (comment.label(), comment.author_id())), Some(("Interesting", "77")));
    assert!(thread.iter().all(|comment| comment.posted_at().is_some()));
    let flags = thread.get(4).map(Comment::flags).expect("a comment");
    assert!(flags.subscriber && flags.journal && !flags.homepage);
    assert_eq!(
        notes(&thread),
        [
            "The page's menu says that it shows 7 comments; read: 5",
            "4 of 9 comments could not be loaded",
            "2 of 9 comments are one line of the page, without a text",
            "1 comment without the one that it answers; at the top level",
        ]
    );
}

#[test]
fn the_front_page_of_2010() {
    let list = listing(include_bytes!("../fixtures/slashdot/front-2010.html"));
    let line =
        |e: &lurker::model::Entry| format!("{} {} {} {} {:?} {}", e.id, e.title, e.link, e.author, e.comments, e.place);
    assert_eq!(
        list.entries.iter().map(line).collect::<Vec<_>>(),
        [
            "10/11/02/1449249 Spoons & Forks Banned http://spoon.example/ban Teapot Some(27) yro",
            "10/11/01/1200000 Forks  Two Words None ",
        ]
    );
    assert_eq!(list.entries[0].posted_at, Some(1_288_710_300));
    assert_eq!(list.notes, ["1 story without a title or an address was left out"]);
}
