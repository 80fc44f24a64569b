//! A story's page of Slashdot as a person copies it out of a browser.

use crate::support::corpus::corpus;

use lurker::model::{Comment, State, Thread};
use lurker::site::Sample;
use lurker::site::{Content, saved};

const COPIED: &[u8] = include_bytes!("../fixtures/slashdot/copied-2023.txt");

fn saved_thread(bytes: &[u8]) -> Thread {
    match saved::read(bytes, None) {
        Ok(Content::Thread(thread)) => *thread,
        other => unreachable!("{other:?}"),
    }
}

fn utc(text: &str) -> Option<i64> {
    text.parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_second)
}

fn comment<'a>(thread: &'a Thread, id: &str) -> Comment<'a> {
    thread.find(id).and_then(|index| thread.get(index)).expect("a comment of the text")
}

#[test]
fn copied_text_is_read_as_a_thread() {
    let thread = saved_thread(COPIED);
    let story = thread.story();
    assert_eq!(story.title, "Kettle Accused of 'Possible Whistling'");
    assert_eq!((story.site.as_str(), story.archived, story.stated_comments), ("slashdot", true, Some(38)));
    let text = "A reader quotes a report: The kettle has been whistling since Tuesday.\n\nNobody minds, they say.\n\n\
                \"It is a good kettle,\" reports the reader.";
    assert_eq!((story.text.plain.as_str(), story.author.as_str()), (text, "Tea Desk"));
    assert_eq!(story.posted_at, utc("2023-10-06T01:30:00Z"));
    assert_eq!(story.fortune, "The lid that fits is the lid that was left.");
    let rows: Vec<(&str, u32, Option<&str>, &str)> =
        thread.iter().map(|comment| (comment.id(), comment.depth(), comment.author(), comment.body().plain)).collect();
    let expected = [
        ("90001", 0, Some("Anonymous Coward"), "Put a lid on it."),
        ("90002", 0, Some("tea_leaf"), "Here are some cups.\n\nhttps://cups.example/2023/1... [cups.example]"),
        ("#3", 0, None, "Kettles whistle & pots do not.\n\nThat much is known (Score: nothing)."),
        ("90004", 1, Some("Two Words"), "Some pots do."),
        ("#5", 2, Some("Anonymous Coward"), "Except they don't.\nNot one."),
        ("#6", 3, None, "Go boil your head."),
        ("#7", 2, None, "by the way, I have one."),
        ("#8", 0, None, ""),
        ("#9", 0, None, "Tail"),
    ];
    assert_eq!(rows, expected);
    let jack = comment(&thread, "90001");
    assert_eq!((jack.subject(), jack.score(), jack.label()), ("Jack", Some(3), "Funny"));
    assert!(jack.flags().anonymous && jack.posted_at() == utc("2023-10-06T03:41:00Z"));
    let words = comment(&thread, "90004");
    assert_eq!((words.author_id(), words.score(), words.label()), ("5152533", None, ""));
    assert!(words.flags().subscriber && words.flags().journal && words.flags().homepage);
    assert_eq!((comment(&thread, "#8").state(), comment(&thread, "#8").subject()), (State::Missing, "Yes!"));
    assert_eq!(thread.notes().len(), 3, "{:?}", thread.notes());
    assert!(thread.notes()[1].starts_with("5 of 9 comments") && thread.notes()[2].starts_with("8 of 38 comments"));
}

#[test]
fn copied_text_cut_anywhere_keeps_the_comments_before() {
    let all = saved_thread(COPIED);
    let text = String::from_utf8_lossy(COPIED);
    let starts: Vec<usize> = text.match_indices('•').map(|(at, _)| at).collect();
    let first = starts.first().copied().expect("a comment") + '•'.len_utf8();
    for end in first..COPIED.len() {
        let thread = saved_thread(COPIED.get(..end).expect("a part of it"));
        let begun = starts.iter().filter(|&&at| at + '•'.len_utf8() <= end).count();
        assert_eq!(thread.len() as usize, begun, "cut at {end}");
        for (kept, whole) in thread.iter().zip(all.iter()).take(begun - 1) {
            assert_eq!((kept.id(), kept.depth(), kept.body().plain), (whole.id(), whole.depth(), whole.body().plain));
        }
    }
}

#[test]
#[ignore = "needs the captured answers: set LURKER_CORPUS to their folder"]
fn corpus_copied_story() {
    let bytes = corpus("slashdot/seed-story-2023-10.txt");
    let thread = saved_thread(&bytes);
    assert_eq!((thread.len(), thread.story().stated_comments, thread.story().archived), (22, Some(38), true));
    let count = |is: fn(&Comment<'_>) -> bool| thread.iter().filter(|comment| is(comment)).count();
    assert_eq!((count(|comment| comment.author().is_some()), count(|comment| comment.score().is_some())), (6, 3));
    assert_eq!((count(|comment| comment.posted_at().is_some()), count(|comment| comment.depth() == 0)), (5, 10));
    assert_eq!(count(|comment| comment.state() == State::Live && comment.body().plain.is_empty()), 0);
    assert!(thread.story().text.plain.len() > 1000 && !thread.story().fortune.is_empty());
}

#[test]
fn text_with_other_bytes_and_shapes() {
    let damaged = |at: usize, byte: u8| {
        let mut bytes = COPIED.to_vec();
        bytes[at] = byte;
        bytes
    };
    for at in 0..COPIED.len() {
        for byte in [b'\n', b' ', b')', b'\x1b', b'\xe2', b'('] {
            if let Ok(Content::Thread(thread)) = saved::read(&damaged(at, byte), None) {
                assert!((8..=10).contains(&thread.len()), "{byte} at {at}");
                assert!(thread.iter().all(|comment| !comment.body().plain.contains('\u{1b}')));
            }
        }
    }
    let deep = (0..5000).map(|depth| format!("{}• x\n", " ".repeat(depth))).collect::<Vec<_>>().concat();
    let thread = saved_thread(format!("T\nComments Filter:\n{deep}").as_bytes());
    assert_eq!((thread.len(), thread.get(4999).map(Comment::depth)), (5000, Some(4999)));
    for other in ["Comments Filter:\n• x", "T\nComments Filter:", "• x", "<p>\nComments Filter:\n• x"] {
        let is_copied = lurker::site::slashdot::looks_like_copied(&Sample::of(other.as_bytes()));
        assert_eq!(is_copied, other.starts_with("Comments"), "{other}");
    }
}
