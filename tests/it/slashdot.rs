//! Saved story pages of Slashdot: of all years, of the corpus, and damaged ones.

use crate::support::corpus as captured;
use crate::support::random::seeds;
use std::path::PathBuf;

use lurker::model::{Comment, State, Thread};
use lurker::site::Sample;
use lurker::site::slashdot::{self, SlashdotAddress, parse};
use lurker::site::{Answer, Loader};

const PAGE_2026: &[u8] = include_bytes!("../fixtures/slashdot/story-2026.html");
const PAGE_2013: &[u8] = include_bytes!("../fixtures/slashdot/story-2013.html");
const AJAX_2026: &[u8] = include_bytes!("../fixtures/slashdot/ajax-2026.txt");

fn saved(page: &[u8]) -> Thread {
    slashdot::read_saved(&Sample::of(page)).expect("a story page")
}

fn comment<'a>(thread: &'a Thread, id: &str) -> Comment<'a> {
    thread.find(id).and_then(|index| thread.get(index)).expect("a comment of the page")
}

fn utc(text: &str) -> Option<i64> {
    text.parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_second)
}

#[test]
fn the_head_of_a_page() {
    let thread = saved(PAGE_2026);
    let story = thread.story();
    assert_eq!((story.site.as_str(), story.id.as_str()), ("slashdot", "26/05/02/1259237"));
    assert_eq!(story.url, "https://ask.slashdot.org/story/26/05/02/1259237/where-do-you-keep-your-rocks");
    assert_eq!(story.title, "Where Do You Keep Your Rocks?");
    assert_eq!((story.author.as_str(), story.department.as_str()), ("Desk Editor", "hard-storage"));
    assert_eq!((story.link.as_str(), story.posted_at), ("https://rocks.example/keep", utc("2026-05-02T13:00:00Z")));
    assert_eq!((story.archived, story.stated_comments), (true, Some(15)));
    assert_eq!((story.thresholds, story.score_range), ((Some(1), Some(4)), Some((-1, 5))));
    assert_eq!(story.fortune, "A rock in the shoe is worth two on the shelf. -- Nobody");
    assert!(story.text.plain.starts_with("A reader asks:") && story.top_level_bonus);
}

#[test]
fn a_whole_comment_with_signature_star_and_links() {
    let thread = saved(PAGE_2026);
    let comment = comment(&thread, "501");
    assert_eq!((comment.author(), comment.author_id()), (Some("Ada L."), "823868"));
    assert_eq!((comment.score(), comment.label(), comment.subject()), (Some(5), "Insightful", "Shelves & boxes"));
    assert_eq!(comment.url(), "https://ask.slashdot.org/comments.pl?sid=7000&cid=501");
    assert_eq!(comment.posted_at(), utc("2026-05-02T13:15:00Z"));
    let flags = comment.flags();
    assert!(flags.subscriber && flags.journal && flags.homepage && !flags.op && !flags.anonymous);
    assert!(comment.body().plain.ends_with("\n\n-- Labels first, boxes second."), "{}", comment.body().plain);
    assert!(comment.body().plain.contains("Where do you keep them?"));
}

#[test]
fn what_a_page_holds_of_the_others() {
    let thread = saved(PAGE_2026);
    let cut = comment(&thread, "502");
    assert_eq!((cut.state(), cut.posted_at(), cut.author()), (State::Live, None, Some("bob_77")));
    assert!(!cut.body().plain.contains("Read the rest"));
    let hidden = comment(&thread, "503");
    assert_eq!((hidden.state(), hidden.author(), hidden.author_id()), (State::Missing, None, "31337"));
    assert_eq!((hidden.score(), hidden.subject()), (Some(0), "Re:\"Rocks\""));
    let dummy = comment(&thread, "513");
    assert_eq!((dummy.state(), dummy.score()), (State::Missing, None));
    let troll = comment(&thread, "520");
    assert_eq!((troll.score(), troll.label(), troll.author_id()), (Some(-1), "Troll", "666"));
    assert!(troll.flags().anonymous && troll.body().plain == "No you.");
    assert_eq!(troll.parent().map(Comment::id), Some("513"));
    assert!(comment(&thread, "530").flags().op);
    let mailed = comment(&thread, "510");
    assert_eq!(mailed.posted_at(), utc("2026-05-03T04:05:00Z"));
    assert!(mailed.body().plain.ends_with("done.") && mailed.body().plain.contains("count(i);"));
    assert_eq!(thread.notes(), ["1 of 15 comments could not be loaded", "1 of 15 comments is cut short"]);
}

#[test]
fn deep_replies_keep_their_place() {
    let thread = saved(PAGE_2026);
    let ids: Vec<&str> = thread.iter().map(Comment::id).collect();
    let expected = "501 502 503 604 605 606 607 608 609 610 611 612 510 513 520 530".split(' ').collect::<Vec<_>>();
    assert_eq!(ids, expected);
    assert_eq!(comment(&thread, "612").depth(), 10);
    assert_eq!(comment(&thread, "604").subject(), "Rocks, mostly");
    assert_eq!(comment(&thread, "605").subject(), "Re:Rocks, mostly");
}

#[test]
fn the_forms_of_2012_and_2013() {
    let thread = saved(PAGE_2013);
    let story = thread.story();
    assert_eq!((story.author.as_str(), story.department.as_str()), ("Night Desk", "ink-and-toner"));
    assert_eq!((story.posted_at, story.stated_comments), (utc("2012-03-24T22:45:00Z"), Some(4)));
    assert_eq!((story.link.as_str(), story.archived), ("http://paper.example/a?b=1&c=2", false));
    assert_eq!(story.url, "https://it.slashdot.org/story/12/03/24/2231208/do-you-still-print");
    let first = comment(&thread, "71");
    assert_eq!((first.author(), first.author_id()), (Some("Old Hand"), "5374"));
    assert_eq!(first.posted_at(), utc("2012-03-24T23:50:00Z"));
    assert!(first.flags().subscriber && first.flags().journal && first.body().plain.contains("café"));
    let own_subject = comment(&thread, "73");
    assert_eq!((own_subject.author(), own_subject.author_id()), (Some("Nick Name"), "537200"));
    assert_eq!((own_subject.subject(), own_subject.parent().map(Comment::id)), ("My own subject", Some("71")));
    let placed_by_nesting = comment(&thread, "72");
    assert!(placed_by_nesting.parent().is_none() && placed_by_nesting.flags().anonymous);
    assert_eq!(thread.notes(), ["2 of 4 comments could not be loaded"]);
}

#[test]
fn only_story_pages_look_like_one() {
    assert!(slashdot::looks_like(&Sample::of(PAGE_2026)) && slashdot::looks_like(&Sample::of(PAGE_2013)));
    for other in ["", "<html>slashdot</html>", "<ul id=\"commentlisting\">", "{\"site\": \"slashdot\"}"] {
        assert!(!slashdot::looks_like(&Sample::of(other.as_bytes())), "{other}");
    }
    for (page, reason) in [
        ("", "empty answer"),
        ("<title>Just a moment...</title>", "browser check"),
        ("<p>Stories</p>", "not a Slashdot story page (it begins “Stories”)"),
        ("<ul id=commentlisting></ul><span class=totalcommentcnt>7</span>", "says there are 7 comments but sent none"),
    ] {
        let error = slashdot::read_saved(&Sample::of(page.as_bytes())).expect_err("a refusal").to_string();
        assert!(error.contains(reason), "{error}");
    }
}

#[test]
fn lists_and_copied_texts_are_no_story_pages() {
    for other in [
        include_bytes!("../fixtures/slashdot/front-2015.html").as_slice(),
        include_bytes!("../fixtures/slashdot/front-2023.html"),
        include_bytes!("../fixtures/slashdot/feed.rss"),
        include_bytes!("../fixtures/slashdot/copied-2023.txt"),
    ] {
        assert_no_page(other);
    }
}

/// No control character but the line break, in anything that a thread says.
fn assert_clean(thread: &Thread) {
    let bad = |text: &str| text.contains(|c: char| c.is_control() && c != '\n');
    let story = thread.story();
    for text in [&story.title, &story.author, &story.department, &story.fortune, &story.url, &story.link, &story.id] {
        assert!(!bad(text), "{text:?}");
    }
    for comment in thread.iter() {
        for text in
            [comment.id(), comment.author().unwrap_or_default(), comment.label(), comment.subject(), comment.url()]
        {
            assert!(!bad(text), "{text:?}");
        }
        assert!(!bad(comment.body().plain));
    }
    assert!(!thread.notes().iter().any(|note| bad(note)));
}

fn read_as_page(bytes: &[u8]) {
    slashdot::looks_like(&Sample::of(bytes));
    if let Ok(thread) = slashdot::read_saved(&Sample::of(bytes)) {
        assert_clean(&thread);
    }
}

/// Loads a thread from a server that knows one page and one answer.
fn load(page: &[u8], update: &[u8]) {
    let address = parse("slashdot:26/05/02/1259237", None).expect("an address");
    let mut loader = slashdot::SlashdotLoader::new(address);
    for _ in 0..20 {
        for request in loader.next() {
            let body = if request.form.is_none() { page } else { update }.to_vec();
            loader.answer(request.key, Ok(Answer { status: 200, body, ..Answer::default() }));
        }
    }
    assert!(loader.next().is_empty(), "it goes on for ever");
    match loader.snapshot() {
        Ok(thread) => assert_clean(&thread),
        Err(error) => assert!(!error.to_string().contains(char::is_control), "{error}"),
    }
}

/// A page and what one answer adds to it, with the number of requests.
fn merged(address: SlashdotAddress, page: &[u8], update: &[u8]) -> (u32, Thread) {
    let mut loader = slashdot::SlashdotLoader::new(address);
    let mut requests = 0;
    while let [request] = loader.next().as_slice() {
        requests += 1;
        let body = if request.form.is_none() { page } else { update }.to_vec();
        loader.answer(request.key, Ok(Answer { status: 200, body, ..Answer::default() }));
    }
    (requests, loader.snapshot().expect("a thread"))
}

#[test]
fn a_page_and_the_answer_behind_it_are_one_thread() {
    let page = saved(PAGE_2026);
    let address = parse("slashdot:26/05/02/1259237", None).expect("an address");
    let (_, thread) = merged(address, PAGE_2026, AJAX_2026);
    let ids = |thread: &Thread| thread.iter().map(|comment| comment.id().to_owned()).collect::<Vec<_>>();
    assert_eq!(ids(&thread), ids(&page), "each keeps its place");
    let completed = comment(&thread, "502");
    assert_eq!(completed.body().plain, "Cut after a few words no more: the rest\u{2019}s here \u{1f600}.");
    assert_eq!((completed.label(), completed.posted_at()), ("Funny", utc("2026-05-02T14:00:00Z")));
    let unfolded = comment(&thread, "503");
    assert_eq!((unfolded.state(), unfolded.author()), (State::Live, Some("gravel")));
    assert_eq!((unfolded.body().plain, unfolded.score()), ("Rocks (\"hard\"), mostly).", Some(0)));
    assert_eq!(comment(&thread, "604").parent().map(Comment::id), Some("503"));
    assert_eq!(comment(&thread, "501").body().plain, comment(&page, "501").body().plain);
}

fn read_in_every_way(bytes: &[u8]) {
    read_as_page(bytes);
    load(bytes, AJAX_2026);
    load(PAGE_2013, bytes);
}

/// Where to cut a source of this length: everywhere in a release build (`cargo test --release`), else at some places.
fn cuts(length: usize, step: usize) -> impl Iterator<Item = usize> {
    (0..length).step_by(if cfg!(debug_assertions) { step } else { 1 })
}

#[test]
fn a_page_cut_anywhere_gives_what_is_there() {
    for page in [PAGE_2026, PAGE_2013] {
        cuts(page.len(), 29).for_each(|end| read_as_page(&page[..end]));
        cuts(page.len(), 311).for_each(|end| load(&page[..end], AJAX_2026));
    }
    cuts(AJAX_2026.len(), 7).for_each(|end| load(PAGE_2013, &AJAX_2026[..end]));
    let whole_first = PAGE_2026.windows(11).position(|window| window == b"tree_502\" c").expect("the second comment");
    let thread = saved(&PAGE_2026[..whole_first]);
    assert_eq!(comment(&thread, "501").body().plain, comment(&saved(PAGE_2026), "501").body().plain);
    assert_eq!(comment(&thread, "520").state(), State::Missing);
    let in_body = PAGE_2026.windows(9).position(|window| window == b"keep them").expect("the first comment");
    assert!(saved(&PAGE_2026[..in_body]).notes().iter().any(|note| note.contains("cut off in the middle")));
}

#[test]
fn noise_is_read_without_harm() {
    let alphabet =
        b"<>/=\"'&;#{}[](),:\\ \n\0\x1b\xff\xc3adD2.comments id=tree_5 comment_body_5 div ul li script -2 @07:00PM May";
    seeds(100, |rng| {
        let noise: Vec<u8> = rng.parts(400).iter_mut().map(|rng| *rng.pick(alphabet)).collect();
        read_in_every_way(&rng.tell(noise));
    });
    for alphabet in [None, Some(alphabet.as_slice())] {
        seeds(50, |rng| read_in_every_way(&rng.damage(PAGE_2026, 40, alphabet)));
    }
}

#[test]
fn size_alone_does_not_slow_it_down() {
    let many = 5_000;
    for page in [
        "<ul id=\"commtree_5\"><li id=\"tree_6\">".repeat(many),
        "<div id=\"comment_body_5\"><div>".repeat(many),
        "<span class=\"by\"><span class=\"comment-bubble\">".repeat(many),
        format!("<script>D2.comments({}", "{5:[".repeat(many)),
        "<script>D2.comments(".repeat(many),
        "D2.comments({'".repeat(many),
    ] {
        read_in_every_way(format!("<ul id=commentlisting>{page}").as_bytes());
        read_in_every_way(format!("{{html: {{comment_5: \"{}\"}}}}", page.replace('"', "'")).as_bytes());
        read_in_every_way(format!("{{eval_first: {page}").as_bytes());
    }
}

/// The folder of captured answers of the site.
fn corpus() -> PathBuf {
    captured::folder().join("slashdot")
}

fn corpus_stories() -> Vec<(String, Vec<u8>)> {
    let folder = corpus();
    let files = std::fs::read_dir(folder).expect("the corpus").filter_map(Result::ok).map(|entry| entry.path());
    let stories =
        files.filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("story-")));
    stories.map(|path| (path.display().to_string(), std::fs::read(&path).expect("a corpus file"))).collect()
}

/// What stands between two marks, after a place.
fn between<'a>(text: &'a str, after: &str, start: &str, end: &str) -> Option<&'a str> {
    let rest = text.split_once(after)?.1.split_once(start)?.1;
    rest.split_once(end).map(|(inner, _)| inner)
}

#[test]
#[ignore = "needs the captured answers: set LURKER_CORPUS to their folder"]
fn corpus_pages_agree_with_their_own_script() {
    for (name, bytes) in corpus_stories() {
        let source = String::from_utf8(bytes).expect("UTF-8");
        let thread = saved(source.as_bytes());
        let script = between(&source, "D2.comments(", "{", ");\n").expect("the script state");
        let mut ids = 0;
        for entry in source.split("<li id=\"tree_").skip(1) {
            let id = entry.split('"').next().expect("an id");
            let frame = entry.split("<div id=\"replyto_").next().expect("a frame");
            let comment = comment(&thread, id);
            let fact = between(script, &format!("{id}:"), "{", "}").expect("a fact");
            let number =
                |key: &str| fact.split_once(key).map(|(_, rest)| rest.split([',', ' ']).next().unwrap_or_default());
            let parent = comment.parent().map_or("0", Comment::id);
            assert_eq!(number("pid: "), Some(parent), "{name} {id}");
            assert_eq!(number("uid: "), Some(comment.author_id()), "{name} {id}");
            assert_eq!(number("points: "), comment.score().map(|score| score.to_string()).as_deref(), "{name} {id}");
            let own = between(fact, "subject: ", "\"", "\", read").map(|subject| subject.replace("\\\"", "\""));
            let subject = own.or_else(|| between(frame, "id=\"comment_link_", ">", "</a>").map(str::to_owned));
            assert_eq!(subject.unwrap_or_default(), comment.subject(), "{name} {id}");
            let label = between(frame, "Score:</span>", "</a>", ")</span>").map(|label| label.trim_start_matches(", "));
            assert_eq!(label.unwrap_or_default(), comment.label(), "{name} {id}");
            let author = between(frame, "\"byby\">by ", "</span>", "</").map(|by| by.rsplit('>').next().unwrap_or(by));
            assert_eq!(author, comment.author(), "{name} {id}");
            ids += 1;
        }
        assert_eq!(ids, thread.len(), "{name}");
        assert!(!thread.story().title.is_empty() && thread.story().posted_at.is_some(), "{name}");
    }
}

#[test]
#[ignore = "needs the captured answers: set LURKER_CORPUS to their folder"]
fn corpus_page_and_answer_make_six_whole_comments() {
    let folder = corpus();
    let read = |name: &str| std::fs::read(folder.join(name)).expect("a corpus file");
    let address = parse("https://news.slashdot.org/story/26/09/22/0600001/x#66000005", None).expect("an address");
    assert_eq!(address.comment.as_deref(), Some("66000005"));
    let (requests, thread) = merged(address, &read("story-2026-09-merge.html"), &read("ajax-2026-09-merge.txt"));
    assert_eq!((requests, thread.len()), (2, 6));
    assert!(thread.iter().all(|comment| comment.posted_at().is_some() && !comment.body().plain.is_empty()));
    assert!(thread.notes().is_empty(), "{:?}", thread.notes());
    let late = comment(&thread, "66000005");
    assert_eq!((late.parent().map(Comment::id), late.score()), (Some("66000002"), Some(0)));
    assert_eq!(comment(&thread, "66000003").label(), "Troll");
}

#[test]
#[ignore = "needs the captured answers: set LURKER_CORPUS to their folder"]
fn corpus_lists_are_no_threads() {
    let folder = corpus();
    for name in ["front-2015-01.html", "front-2023-02.html", "feed-2013-03.rss", "seed-story-2023-10.txt"] {
        assert_no_page(&std::fs::read(folder.join(name)).expect("a corpus file"));
    }
}

fn assert_no_page(bytes: &[u8]) {
    let error = slashdot::read_saved(&Sample::of(bytes)).expect_err("no page of a story").to_string();
    assert!(error.starts_with("This is not a Slashdot story page"), "{error}");
    assert!(!slashdot::looks_like(&Sample::of(bytes)), "{error}");
}

#[test]
#[ignore = "needs the captured answers: set LURKER_CORPUS to their folder"]
fn corpus_files_cut_anywhere() {
    let folder = corpus();
    for (_, page) in corpus_stories() {
        cuts(page.len(), 31).for_each(|end| read_as_page(&page[..end]));
    }
    let answer = std::fs::read(folder.join("ajax-2026-09-merge.txt")).expect("a corpus file");
    cuts(answer.len(), 7).for_each(|end| load(PAGE_2013, &answer[..end]));
}
