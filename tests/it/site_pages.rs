//! Pages of Lobsters, Reddit, Lemmy and Discourse as browsers saved them.

use crate::support::fixtures;
use crate::support::pages::{error, listing, notes, rows, thread};
use lurker::model::{Comment, State};
use lurker::site::{Content, saved};

macro_rules! page {
    ($name:literal) => {
        include_bytes!(concat!("../fixtures/", $name))
    };
}

#[test]
fn a_story_of_lobsters() {
    let thread = thread(page!("lobsters/story-2026.html"));
    let story = thread.story();
    assert_eq!((story.id.as_str(), story.title.as_str()), ("abc123", "A database in a browser"));
    assert_eq!((story.link.as_str(), story.author.as_str()), ("https://database.example/browser", "ada"));
    assert_eq!((story.score, story.stated_comments, story.posted_at), (Some(48), Some(5), Some(1_787_556_765)));
    assert_eq!(story.text.plain, "The story of an older one.");
    assert_eq!(story.text.links, ["https://lobste.rs/s/zzz999/older"]);
    assert_eq!(
        rows(&thread),
        [
            "0 aaaaa1 bob 18: First, see the notes.",
            "1 aaaaa2 ada –: see the notes\n\nSeen.",
            "1 aaaaa3 cyd –: Comment removed by moderator dee: off topic",
            "0 aaaaa4 eve -2: No.",
        ]
    );
    assert_eq!(thread.get(2).map(Comment::state), Some(State::Removed));
    assert_eq!(notes(&thread), ["2 of 5 comments are not on the page", "1 comment has a date that could not be read"]);
    assert!(thread.get(1).is_some_and(|comment| comment.flags().op));
}

#[test]
fn a_list_of_lobsters() {
    let list = listing(page!("lobsters/hottest-2015.html"));
    let lines: Vec<_> = list
        .entries
        .iter()
        .map(|e| format!("{} {} {} {} {:?} {:?}", e.id, e.title, e.link, e.author, e.score, e.comments))
        .collect();
    assert_eq!(
        lines,
        ["bbb111 One & only http://one.example/ ada Some(12) Some(7)", "bbb222 Two  bob Some(3) Some(0)"]
    );
    assert_eq!(list.entries[0].posted_at, Some(1_425_467_167));
}

#[test]
fn a_thread_of_old_reddit() {
    let thread = thread(page!("reddit/old-2019.html"));
    let story = thread.story();
    assert_eq!(
        (story.id.as_str(), story.title.as_str(), story.author.as_str()),
        ("k1", "Which knot do you tie first?", "ada")
    );
    assert_eq!((story.link.as_str(), story.score, story.stated_comments), ("", Some(57), Some(9)));
    assert_eq!(story.text.links, ["https://www.reddit.com/r/knots"]);
    assert_eq!(
        rows(&thread),
        [
            "0 c1 bob 12: The bowline. It was (spoiler: the butler).",
            "1 c2 ada –: Mine too.",
            "1 c3 – –: ",
            "2 c4 dee -3: Stay on the rope.",
            "0 c5 eve 1: None.",
        ]
    );
    assert_eq!(thread.get(2).map(Comment::state), Some(State::Removed));
    assert_eq!(thread.get(0).map(Comment::url), Some("https://www.reddit.com/r/knots/comments/k1/which_knot/c1/"));
    assert_eq!(thread.get(3).map(Comment::label), Some("Moderator"));
    assert_eq!(
        notes(&thread),
        [
            "4 of 9 comments are not on the page",
            "1 comment has a date that could not be read",
            "Behind “more comments”, and not on the page: 2",
            "Branches that continue on a page of their own, and not on this: 1",
        ]
    );
}

#[test]
fn a_thread_of_reddit_of_today() {
    let thread = thread(page!("reddit/shreddit-2026.html"));
    let story = thread.story();
    assert_eq!(
        (story.id.as_str(), story.title.as_str(), story.link.as_str()),
        ("k3", "A rope for two", "https://rope.example/two")
    );
    assert_eq!((story.score, story.stated_comments, story.posted_at), (Some(88), Some(14), Some(1_773_424_800)));
    assert_eq!(story.text.plain, "With text.");
    assert_eq!(rows(&thread), ["0 d1 bob 5: One sub.", "1 d2 – 2: ", "2 d3 ada –: Three.", "0 d4 eve 1: Four."]);
    let times: Vec<_> = thread.iter().map(Comment::posted_at).collect();
    assert_eq!(times, [Some(1_773_428_400), Some(1_773_432_000), Some(1_773_435_600), None]);
    assert_eq!(
        notes(&thread),
        [
            "10 of 14 comments are not on the page",
            "1 comment has a date that could not be read",
            "Behind “more comments”, and not on the page: 4",
            "1 comment without the one that it answers; at the top level",
        ]
    );
}

#[test]
fn lists_of_reddit() {
    let old = listing(page!("reddit/old-list-2019.html"));
    let line =
        |e: &lurker::model::Entry| format!("{} {} {} {} {:?} {:?}", e.id, e.title, e.url, e.link, e.score, e.comments);
    let page = "https://www.reddit.com/r/knots/comments";
    assert_eq!(
        old.entries.iter().map(line).collect::<Vec<_>>(),
        [
            format!("k1 Which knot? {page}/k1/which_knot/  Some(57) Some(9)"),
            format!("k2 A rope {page}/k2/a_rope/ https://rope.example/x None Some(1)"),
        ]
    );
    assert_eq!(old.heading.title, "Reddit: r/knots");
    let new = listing(page!("reddit/shreddit-list-2026.html"));
    assert_eq!(
        new.entries.iter().map(line).collect::<Vec<_>>(),
        [
            format!("k3 A rope for two {page}/k3/a_rope_for_two/ https://rope.example/two Some(88) Some(14)"),
            format!("k4 Why? {page}/k4/why/  Some(3) Some(0)"),
        ]
    );
}

#[test]
fn a_post_of_lemmy_is_taken_once() {
    let thread = thread(page!("lemmy/post-2026.html"));
    let story = thread.story();
    assert_eq!((story.id.as_str(), story.url.as_str()), ("lemmy.example/501", "https://lemmy.example/post/501"));
    assert_eq!((story.title.as_str(), story.author.as_str()), ("Bread without an oven", "ada@other.example"));
    assert_eq!(
        (story.link.as_str(), story.score, story.stated_comments),
        ("https://bread.example/pan", Some(91), Some(5))
    );
    assert_eq!((story.text.plain.as_str(), story.posted_at), ("In a pan.", Some(1_787_493_321)));
    assert_eq!(
        rows(&thread),
        [
            "0 601 bob 10: How long?\n\nMine\n\nTen minutes.",
            "1 602 ada@other.example 1: Twenty, see the pans.",
            "2 603 cyd –: ",
            "0 604 – –: Nobody wrote this.",
        ]
    );
    assert_eq!(
        notes(&thread),
        [
            "1 of 5 comments is not on the page",
            "1 comment has a date that could not be read",
            "1 comment has an author who could not be read",
        ]
    );
}

#[test]
fn a_list_of_lemmy() {
    let list = listing(page!("lemmy/posts-2026.html"));
    let lines: Vec<_> = list
        .entries
        .iter()
        .map(|e| format!("{} {} {} {} {:?} {:?} {}", e.id, e.title, e.url, e.link, e.score, e.comments, e.place))
        .collect();
    assert_eq!(
        lines,
        [
            "lemmy.example/501 Bread without an oven https://lemmy.example/post/501 https://bread.example/pan Some(91) Some(1904) bread@other.example",
            "lemmy.example/502 What do you bake? https://lemmy.example/post/502  None None ",
        ]
    );
}

#[test]
fn a_topic_of_discourse_without_script() {
    let thread = thread(page!("discourse/crawler-2026.html"));
    let story = thread.story();
    assert_eq!((story.id.as_str(), story.url.as_str()), ("weave.example/55", "https://weave.example/t/which-loom/55"));
    assert_eq!((story.title.as_str(), story.author.as_str(), story.score), ("Which loom?", "ann", Some(8)));
    assert_eq!(story.text.links, ["https://weave.example/u/bob"]);
    assert_eq!(rows(&thread), ["0 2 bob 1: A floor loom.", "0 4 cyd 0: A table loom."]);
    assert_eq!(
        notes(&thread),
        [
            "The topic goes on on another page",
            "1 comment has a date that could not be read",
            "1 of 4 posts is not here",
        ]
    );
}

#[test]
fn a_topic_of_discourse_as_the_app_drew_it() {
    let thread = thread(page!("discourse/app-2026.html"));
    let story = thread.story();
    assert_eq!(
        (story.id.as_str(), story.title.as_str(), story.stated_comments),
        ("weave.example/55", "Which loom?", Some(39))
    );
    assert_eq!(rows(&thread), ["0 30 bob 2: Thirty.", "1 31 ann 0: Thirty-one.\n\nThirty."]);
    assert_eq!(thread.get(0).and_then(Comment::posted_at), Some(1_738_559_106));
    assert_eq!(notes(&thread), ["38 of 40 posts are not here"]);
}

#[test]
fn a_list_of_discourse() {
    let list = listing(page!("discourse/latest-2026.html"));
    let first = &list.entries[0];
    assert_eq!(
        (first.id.as_str(), first.title.as_str(), first.comments),
        ("weave.example/55", "Which loom?", Some(39))
    );
    assert_eq!(list.notes, ["Topics without a number or a title, which are left out: 1"]);
}

#[test]
fn pages_without_comments_say_what_to_open() {
    for (bytes, says, instead) in [
        (&page!("lobsters/login-2026.html")[..], "this is a page of Lobsters without a story", "lobsters:tdfoqh"),
        (page!("discourse/login-2026.html"), "this is a page of a Discourse forum without posts", "discourse:HOST/123"),
    ] {
        let error = error(bytes);
        assert_eq!(error.to_string(), says);
        assert!(format!("{:?}", error.advice).contains(instead), "{:?}", error.advice);
    }
}

#[test]
fn pages_that_never_end_an_element_are_read_once() {
    let table = "<div class=pagetop><a href=newcomments></a></div><table><tr><td class=subtext>x</td></tr></table>";
    let forum = "<meta name=generator content='Discourse 3'><link rel=canonical href=https://a.example/t/x/5>";
    // An N is the number of the comment.
    let pages = [
        (
            "hn",
            table,
            "<table><tr><td><img width=0><td class=default><a href=user?id=x>x</a><a href=item?id=N>link</a><p class=comment>t",
        ),
        ("discourse", forum, "<article id=post_N><div class=cooked>t"),
        (
            "lobsters",
            "<title>| Lobsters</title>",
            "<li class=comments_subtree><div class=comment data-shortid=aN><div class=comment_text>t",
        ),
        (
            "reddit",
            "<div data-fullname=x></div>",
            "<div class='thing comment' data-fullname=t1_aN><div class=entry><div class=usertext-body><div class=md>t",
        ),
        (
            "lemmy",
            "<div class=lemmy-site>",
            "<li class=comment><article class=comment-node id=comment-N><div class=md-div>t",
        ),
        (
            "slashdot",
            "slashdot <ul id=\"commentlisting\">",
            "<li id=tree_N><div id=comment_N><div id=comment_body_N>t<ul id=commtree_N>",
        ),
    ];
    for (site, start, unit) in pages {
        let page = (11..1011).fold(start.to_owned(), |page, number| page + &unit.replace('N', &number.to_string()));
        let thread = thread(page.as_bytes());
        assert_eq!(thread.story().site, site);
        let letters: usize = thread.iter().map(|comment| comment.body().plain.matches('t').count()).sum();
        assert!((1..=2000).contains(&letters), "{site}: {letters}");
    }
}

/// A page of a site whose comments stand in each other, around these.
fn lemmy(comments: &str) -> Vec<u8> {
    format!(
        "<html><head><link rel=canonical href='https://lemmy.example/post/1'></head><body><div class=lemmy-site>\
         <div class=post-listing><h1><a href='/post/1'>T</a></h1></div>{comments}</div></body></html>"
    )
    .into_bytes()
}

#[test]
fn what_a_comment_lacks_is_not_taken_from_its_replies() {
    let reply = "<div class=comment-node id=comment-3><a class=person-listing href='/u/bob'>bob</a>\
                 <div class=md-div><p>Reply.</p></div></div>";
    let lemmy = thread(&lemmy(&format!("<div class=comment-node id=comment-2>{reply}</div>")));
    assert_eq!(rows(&lemmy), ["0 2 – –: ", "1 3 bob –: Reply."]);
    let old = "<html><body><div class='thing link' data-fullname=t3_k1><a class=title href='/x'>T</a></div>\
               <div class=commentarea><div class='thing comment' data-fullname=t1_c1><div class=child>\
               <div class='thing comment' data-fullname=t1_c2><div class=entry><p class=tagline><a class=author>bob</a></p>\
               <div class=usertext-body><div class=md>Reply.</div></div></div></div></div></div></div></body></html>";
    assert_eq!(rows(&thread(old.as_bytes())), ["0 c1 – –: ", "1 c2 bob –: Reply."]);
    let slashdot = "<html><body>slashdot<ul id=commentlisting><li id=tree_100><ul id=commtree_100><li id=tree_101>\
                    <div id=comment_101><div id=comment_top_101><h4><a>Child</a></h4><span id=comment_score_101>(Score:5)\
                    </span><div class=details>by <a href='//slashdot.org/~ada'>ada</a> on Sunday December 02, @02:56PM</div>\
                    </div><div id=comment_body_101>Body</div></div></li></ul></li></ul></body></html>";
    assert_eq!(rows(&thread(slashdot.as_bytes())), ["0 100 – –: ", "1 101 ada 5: Body"]);
}

#[test]
fn what_stands_deep_in_a_page_is_read() {
    let comment = |id: u32| {
        format!(
            "<div class=comment-node id=comment-{id}><a class=person-listing href='/u/ada'>ada</a><div class=md-div>\
             <p>Text {id}.</p></div>"
        )
    };
    let nested: String = (2..=400).map(comment).collect();
    let thread = thread(&lemmy(&format!("{}{nested}{}", "<div>".repeat(600), "</div>".repeat(999))));
    assert_eq!(thread.len(), 399);
    assert!(thread.iter().all(|comment| comment.state() == State::Live && comment.author() == Some("ada")));
    assert_eq!(thread.get(398).map(|last| (last.depth(), last.body().plain)), Some((398, "Text 400.")));
    assert!(notes(&thread).is_empty(), "{:?}", notes(&thread));
}

#[test]
fn a_shortened_number_is_read_as_what_it_stands_for() {
    let page = |score: &str| {
        format!(
            "<html><head><link rel=canonical href='https://lemmy.example/post/1'></head><body><div class=lemmy-site>\
             <div class=post-listing><h1><a href='/post/1'>T</a></h1><a href='/post/1?scrollToComments=true' \
             title='1.2K Comments'>c</a>{score}</div><ul class=comments></ul></div></body></html>"
        )
    };
    for (score, expected) in [
        ("<div class=post-score>1.91K</div>", 1910),
        ("<div class=post-score data-tippy-content='1,914 Upvotes · 3 Downvotes'>1.91K</div>", 1911),
        ("<div class=post-score>12 345</div>", 12_345),
    ] {
        let thread = thread(page(score).as_bytes());
        let story = thread.story();
        assert_eq!((story.score, story.stated_comments), (Some(expected), Some(1200)), "{score}");
    }
}

#[test]
fn a_page_that_is_cut_off_says_so() {
    let mut cut = 0;
    for (name, bytes) in fixtures::all().iter().filter(|(name, _)| name.rsplit('.').next() == Some("html")) {
        let Ok(whole) = saved::read(bytes, None) else { continue };
        let said = |content: &Content| match content {
            Content::Thread(thread) => thread.notes().join("; "),
            Content::List(list) => list.notes.join("; "),
        };
        assert!(!said(&whole).contains("cut off"), "{name}: {}", said(&whole));
        let half = bytes.get(..bytes.len() * 4 / 5).expect("a shorter file");
        if let Ok(content) = saved::read(half, None) {
            cut += 1;
            assert!(said(&content).contains("cut off"), "{name}: {}", said(&content));
        }
    }
    assert!(cut > 10, "{cut}");
}

#[test]
fn a_topic_without_script_of_before_2021_has_its_numbers_in_its_text() {
    let post = |number: u32, dates: &str| {
        format!(
            "<div itemscope class='topic-body crawler-post'><span class=creator><a href='/u/ada'><span itemprop=name>ada</span>\
             </a> (Ada L.)</span>{dates}<span itemprop=position>#{number}</span><div class=post itemprop=articleBody><p>Post {number}.\
             </p></div><meta itemprop=userInteractionCount content=2></div>"
        )
    };
    let edited = "<meta itemprop=datePublished content=2014-02-06T04:55:19Z><time itemprop=dateModified \
                  datetime=2015-06-19T06:45:49Z>June</time>";
    let plain = "<time itemprop=datePublished datetime=2014-02-06T05:27:06Z>February</time>";
    let page = format!(
        "<html><head><title>Looms</title><meta name=generator content='Discourse 2.4.0'><link rel=canonical \
         href='https://weave.example/t/looms/12'></head><body><noscript><h1><a href='/t/looms/12'>Looms</a></h1>{}{}{}\
         </noscript></body></html>",
        post(1, edited),
        post(2, edited),
        post(3, plain)
    );
    let thread = thread(page.as_bytes());
    assert_eq!((thread.story().title.as_str(), thread.story().posted_at), ("Looms", Some(1_391_662_519)));
    assert_eq!(rows(&thread).len(), 2);
    let times: Vec<_> = thread.iter().map(Comment::posted_at).collect();
    assert_eq!(times, [Some(1_391_662_519), Some(1_391_664_426)]);
    assert!(thread.iter().all(|post| post.author() == Some("ada") && post.score() == Some(2)));
}
