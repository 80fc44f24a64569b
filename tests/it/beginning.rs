//! Large files of sites, which show before all of them is read.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Write as _;
use std::process::Command;
use std::sync::mpsc::{Sender, channel};
use std::thread;

use lurker::model::{Comment, Thread};
use lurker::site::{Content, saved};

use crate::pty::place;
use crate::support::pages;
use crate::support::pty::{Session, lurker};

const SIZE: (u16, u16) = (100, 30);

/// What a comment says, long enough that a thousand of them are a large file.
fn words(number: u32) -> String {
    format!("Comment {number} says a thing or two. {}", "And the same again. ".repeat(30))
}

/// The comment that each one answers: branches of three.
fn parent(number: u32) -> Option<u32> {
    (!number.is_multiple_of(3)).then(|| number - 1)
}

/// A page of Slashdot whose last comment is hidden.
fn slashdot(count: u32) -> String {
    let cid = |number: u32| 70_000_001 + number;
    let mut page = "<!DOCTYPE html><html><head><title>Rocks - Slashdot</title><meta property=\"og:url\" \
        content=\"https://ask.slashdot.org/story/26/05/02/1259237/rocks\"></head><body>\n<article data-fhid=\"9\" \
        data-fhtype=\"story\"><span id=\"title-9\"><a href=\"//ask.slashdot.org/story/26/05/02/1259237/rocks\">Rocks</a>\
        </span></article><script>\nD2.comments({ "
        .to_owned();
    for number in 0..=count {
        let parent = parent(number).map_or(0, cid);
        write!(page, "{}: {{ uid: 7, pid: {parent}, points: 2, kids: [ ] }}, ", cid(number)).expect("a string");
    }
    page += "});\nD2.discussion_id(7000);\n</script><ul id=\"commentlisting\">\n";
    for number in 0..count {
        let (cid, words) = (cid(number), words(number));
        let end = ["<ul>", "<ul>", "</li></ul></li></ul></li>\n"][number as usize % 3];
        write!(
            page,
            "<li id=\"tree_{cid}\" class=\"comment full\"><div id=\"comment_{cid}\"><h4><a id=\"comment_link_{cid}\">Rocks\
            </a><span id=\"comment_score_{cid}\">(Score:2)</span></h4><span class=\"by\">by <a \
            href=\"//slashdot.org/~ada\">ada</a></span><span id=\"comment_otherdetails_{cid}\">on Saturday May 02, 2026 \
            @09:10AM</span><div id=\"comment_body_{cid}\">{words}</div></div>{end}"
        )
        .expect("a string");
    }
    page + "</ul></body></html>\n"
}

/// A page of Hacker News.
fn hacker_news(count: u32) -> String {
    let mut page = "<html op=\"item\"><head><title>Rocks | Hacker News</title></head><body><table id=\"hnmain\"><tr><td>\
        <table class=\"fatitem\"><tr class=\"athing submission\" id=\"9\"><td class=\"title\"><span class=\"titleline\"><a \
        href=\"https://rocks.example/\">Rocks</a></span></td></tr><tr><td class=\"subtext\"><a href=\"user?id=op\" \
        class=\"hnuser\">op</a> <a href=\"item?id=9\">9999 comments</a></td></tr></table><table>\n"
        .to_owned();
    for number in 0..count {
        let (id, indent, words) = (number + 10, number % 3, words(number));
        writeln!(
            page,
            "<tr class='athing comtr' id='{id}'><td><table><tr><td class='ind' indent='{indent}'><img \
            width=\"{}\"></td><td class=\"default\"><a href=\"user?id=ada\" class=\"hnuser\">ada</a> <span class=\"age\" \
            title=\"2026-03-13T19:30:59 1773430259\">1 hour ago</span><div class=\"comment\"><div class=\"commtext \
            c00\">{words}</div></div></td></tr></table></td></tr>",
            indent * 40
        )
        .expect("a string");
    }
    page + "</table></td></tr></table></body></html>\n"
}

/// An answer of Algolia's.
fn algolia(count: u32) -> String {
    let mut json = "{\"id\":9,\"created_at_i\":1773430000,\"type\":\"story\",\"author\":\"op\",\"title\":\"Rocks\",\
        \"children\":["
        .to_owned();
    for number in 0..count {
        let separator = if parent(number).is_none() && number > 0 { "," } else { "" };
        let end =
            if number % 3 == 2 || number + 1 == count { "]}".repeat(number as usize % 3 + 1) } else { String::new() };
        write!(
            json,
            "{separator}{{\"id\":{},\"created_at_i\":1773430259,\"type\":\"comment\",\"author\":\"ada\",\"parent_id\":{},\
            \"text\":\"{}\",\"children\":[{end}",
            number + 10,
            parent(number).map_or(9, |parent| parent + 10),
            words(number)
        )
        .expect("a string");
    }
    json + "]}"
}

/// Items of Firebase's, one a line.
fn firebase(count: u32) -> String {
    let mut lines = format!(
        "{{\"by\":\"op\",\"descendants\":{count},\"id\":9,\"kids\":{:?},\"time\":1773430000,\"title\":\"Rocks\",\
        \"type\":\"story\"}}\n",
        (0..count).step_by(3).map(|number| number + 10).collect::<Vec<_>>()
    );
    for number in 0..count {
        let parent = parent(number).map_or(9, |parent| parent + 10);
        writeln!(
            lines,
            "{{\"by\":\"ada\",\"id\":{},\"parent\":{parent},\"text\":\"{}\",\"time\":1773430259,\"type\":\"comment\"}}",
            number + 10,
            words(number)
        )
        .expect("a string");
    }
    lines
}

/// A large file of each format that shows before all of it is read.
fn files(count: u32) -> [(&'static str, String); 4] {
    [
        ("Slashdot", slashdot(count)),
        ("Hacker News", hacker_news(count)),
        ("Algolia", algolia(count)),
        ("Firebase", firebase(count)),
    ]
}

/// Reads a file as it comes; the thread, and its earlier states.
fn coming(bytes: &[u8]) -> (Thread, Vec<Thread>) {
    let mut shown = Vec::new();
    match saved::read_coming(bytes, None, 1 << 26, &mut |thread| shown.push(thread)) {
        Ok(Content::Thread(thread)) => (*thread, shown),
        other => unreachable!("no thread: {other:?}"),
    }
}

/// All that a comment says, and where it stands.
fn facts<'t>(comment: &Comment<'t>) -> impl PartialEq + std::fmt::Debug + use<'t> {
    (
        (comment.id(), comment.depth(), comment.author(), comment.posted_at()),
        (comment.subject(), comment.body().plain, comment.state()),
    )
}

#[test]
fn the_start_of_a_large_file_shows_first() {
    for (name, file) in files(3000) {
        let (whole, shown) = coming(file.as_bytes());
        assert_eq!(format!("{whole:?}"), format!("{:?}", pages::thread(file.as_bytes())), "{name}");
        let counts: Vec<u32> = shown.iter().map(Thread::len).collect();
        assert!(!counts.is_empty() && counts.is_sorted() && (20..=2000).contains(&counts[0]), "{name}: {counts:?}");
        for state in shown {
            assert_eq!((state.story().title.as_str(), state.story().id.as_str()), ("Rocks", whole.story().id.as_str()));
            assert!(state.notes().is_empty(), "{name}: {:?}", state.notes());
            for (early, late) in state.iter().zip(whole.iter()) {
                assert_eq!(facts(&early), facts(&late), "{name}");
            }
        }
    }
}

#[test]
fn wherever_a_large_file_is_cut_its_start_shows_whole_comments() {
    for (name, file) in files(1500) {
        let (whole, shown) = coming(file.as_bytes());

        for end in (1 << 19..file.len()).step_by(150_001) {
            let (_, cut) = coming(&file.as_bytes()[..end]);
            assert_eq!(cut.len(), 1, "{name}");
            for (early, late) in cut[0].iter().zip(whole.iter()) {
                assert_eq!(facts(&early), facts(&late), "{name}");
            }
        }
        assert_eq!(shown.len(), 1, "{name}");
        assert_eq!(coming(&file.as_bytes()[..1 << 18]).1.len(), 0, "{name}: less is read at once");
    }
}

#[test]
fn what_is_named_behind_its_answers_waits_for_them() {
    let title = "\"title\":\"Rocks\",";
    let behind = algolia(3000).replacen(title, "", 1);
    let open = behind.strip_suffix('}').expect("an object");
    let behind = format!("{open},{}}}", title.trim_end_matches(','));
    let (thread, shown) = coming(behind.as_bytes());
    assert_eq!((thread.len(), thread.story().title.as_str(), shown.len()), (3000, "Rocks", 0));
}

/// Writes what comes into a pipe that stays open until nothing more comes.
fn feed(path: &std::path::Path) -> Sender<String> {
    let (parts, coming) = channel::<String>();
    let path = path.to_owned();
    thread::spawn(move || {
        let mut pipe = File::options().write(true).open(path).expect("a pipe");
        for part in coming {
            pipe.write_all(part.as_bytes()).expect("a reader");
        }
    });
    parts
}

#[test]
fn the_reader_reads_while_the_rest_of_a_page_comes() {
    let page = slashdot(1500);
    let path = std::env::temp_dir().join(format!("lurker-coming-{}", crate::support::unique()));
    assert!(Command::new("mkfifo").arg(&path).status().expect("a pipe's name").success());
    let mut session = Session::start(lurker(&[path.to_str().expect("UTF-8")]), SIZE);
    let parts = feed(&path);
    let (start, rest) = page.split_at(600_000);
    parts.send(start.to_owned()).expect("a pipe");
    session.wait_for("Comment 0 says");
    assert!(!session.keys("t").wait_for("Comment 2 says").contents().contains("not be loaded"));
    let before = session.keys("jjj").wait("a place", |screen| place(screen).starts_with("4/"));
    parts.send(rest.to_owned()).expect("a pipe");
    drop(parts);
    let after = session.wait("all comments", |screen| place(screen) == "4/1501");
    let row = |screen: &vt100::Screen| screen.contents().lines().position(|line| line.contains("Comment 3 says"));
    assert!(row(&before).is_some() && row(&before) == row(&after), "{}\n{}", before.contents(), after.contents());
    assert!(session.keys("g").wait_for("Rocks").contents().contains("1500"));
    fs::remove_file(path).expect("the pipe's name");
}
