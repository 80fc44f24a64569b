//! Every form of address that people paste: which site's thread it is, and which comment it selects.

use lurker::shell::source::Source;
use lurker::site::{Sites, is_surely_thread};

/// An address, the site, and the comment that it selects.
type Row = (&'static str, &'static str, Option<&'static str>);

const THREADS: &[Row] = &[
    // Slashdot: story pages of every host, filter tabs, the classic pages, short forms.
    ("https://slashdot.org/story/26/10/06/1512247", "slashdot", None),
    ("https://slashdot.org/story/26/10/06/1512247/", "slashdot", None),
    ("https://tech.slashdot.org/story/26/10/06/1512247/some-slug-of-a-title", "slashdot", None),
    ("http://tech.slashdot.org/story/26/10/06/1512247/some-slug?utm_source=rss&utm_medium=feed", "slashdot", None),
    ("//it.slashdot.org/story/26/10/06/1512247/some-slug", "slashdot", None),
    ("tech.slashdot.org/story/26/10/06/1512247", "slashdot", None),
    ("https://tech.slashdot.org/story/26/10/06/1512247/some-slug/insightful-comments#comments", "slashdot", None),
    ("https://tech.slashdot.org/story/26/10/06/1512247/some-slug#66481220", "slashdot", Some("66481220")),
    ("https://tech.slashdot.org/comments.pl?sid=24093420&cid=66481220", "slashdot", Some("66481220")),
    ("https://tech.slashdot.org/comments.pl?cid=66481220&sid=24093420", "slashdot", Some("66481220")),
    ("https://slashdot.org/comments.pl?sid=24093420", "slashdot", None),
    ("https://slashdot.org/article.pl?sid=26/10/06/1512247", "slashdot", None),
    ("https://m.slashdot.org/story/457638", "slashdot", None),
    ("slashdot:26/10/06/1512247", "slashdot", None),
    ("slashdot:26/10/06/1512247#66481220", "slashdot", Some("66481220")),
    // Hacker News: what the number is, only the site knows, so it is looked for as a comment too.
    ("https://news.ycombinator.com/item?id=8863", "hn", Some("8863")),
    ("http://news.ycombinator.com/item?p=2&id=8863", "hn", Some("8863")),
    ("news.ycombinator.com/item?id=8863#9224", "hn", Some("9224")),
    ("https://news.ycombinator.com/context?id=9224", "hn", Some("9224")),
    ("https://news.ycombinator.com/reply?id=9224&goto=item%3Fid%3D8863", "hn", Some("9224")),
    ("https://hn.algolia.com/api/v1/items/8863", "hn", Some("8863")),
    ("https://hacker-news.firebaseio.com/v0/item/8863.json", "hn", Some("8863")),
    ("https://hacker-news.firebaseio.com/v0/item/8863.json?print=pretty", "hn", Some("8863")),
    ("https://hackerweb.app/#/item/8863", "hn", Some("8863")),
    ("hn:8863", "hn", Some("8863")),
    ("8863", "hn", Some("8863")),
    // Lobsters.
    ("https://lobste.rs/s/tdfoqh", "lobsters", None),
    ("https://lobste.rs/s/tdfoqh/a_title", "lobsters", None),
    ("https://lobste.rs/s/tdfoqh/a_title#c_42bzeq", "lobsters", Some("42bzeq")),
    ("https://lobste.rs/s/tdfoqh.json", "lobsters", None),
    ("https://lobste.rs/s/tdfoqh/a_title/comments/42bzeq", "lobsters", Some("42bzeq")),
    ("https://lobste.rs/c/42bzeq", "lobsters", Some("42bzeq")),
    ("https://lobste.rs/c/42bzeq.json", "lobsters", Some("42bzeq")),
    ("https://lobste.rs/stories/tdfoqh", "lobsters", None),
    ("lobsters:tdfoqh", "lobsters", None),
    // Reddit.
    ("https://www.reddit.com/r/rust/comments/3hahrw/a_slug/", "reddit", None),
    ("https://old.reddit.com/r/rust/comments/3hahrw/a_slug/cu5oif1/?context=3", "reddit", Some("cu5oif1")),
    ("https://new.reddit.com/r/rust/comments/3hahrw", "reddit", None),
    ("https://np.reddit.com/r/rust/comments/3hahrw/a_slug", "reddit", None),
    ("https://amp.reddit.com/r/rust/comments/3hahrw/a_slug", "reddit", None),
    ("https://m.reddit.com/r/rust/comments/3hahrw/a_slug", "reddit", None),
    ("https://i.reddit.com/r/rust/comments/3hahrw/a_slug", "reddit", None),
    ("https://sh.reddit.com/r/rust/comments/3hahrw/a_slug", "reddit", None),
    ("https://pt-br.reddit.com/r/rust/comments/3hahrw/a_slug", "reddit", None),
    ("https://reddit.com/r/rust/comments/3hahrw/a_slug.json?sort=top", "reddit", None),
    ("https://www.reddit.com/r/rust/comments/3hahrw/a_slug/.rss", "reddit", None),
    ("https://www.reddit.com/r/rust/comments/3hahrw/a_slug/?share_id=abc&utm_name=x", "reddit", None),
    ("https://www.reddit.com/comments/3hahrw", "reddit", None),
    ("https://www.reddit.com/user/ada/comments/3hahrw/a_slug/", "reddit", None),
    ("https://www.reddit.com/u/ada/comments/3hahrw/a_slug/", "reddit", None),
    ("https://www.reddit.com/r/rust/comments/3hahrw/comment/cu5oif1/", "reddit", Some("cu5oif1")),
    ("https://www.reddit.com/r/rust/s/aBcDeF123", "reddit", None),
    ("https://redd.it/3hahrw", "reddit", None),
    ("https://www.reddit.com/gallery/3hahrw", "reddit", None),
    ("https://www.reddit.com/tb/3hahrw", "reddit", None),
    ("t3_3hahrw", "reddit", None),
    // Lemmy, and its relatives on any host.
    ("https://lemmy.world/post/123", "lemmy", None),
    ("https://lemmy.world/post/123?scrollToComments=true", "lemmy", None),
    ("https://lemmy.world/post/123/4567", "lemmy", Some("4567")),
    ("https://programming.dev/comment/4567", "lemmy", Some("4567")),
    ("https://unheard-of.example/post/123", "lemmy", None),
    ("https://piefed.example/post/123#comment_4567", "lemmy", Some("4567")),
    ("https://piefed.example/c/books/p/123/a-slug", "lemmy", None),
    ("lemmy:lemmy.world/123", "lemmy", None),
    // Discourse, on any host.
    ("https://forum.example/t/a-title/2108", "discourse", None),
    ("https://forum.example/t/a-title/2108/41", "discourse", Some("41")),
    ("https://forum.example/t/2108", "discourse", None),
    ("https://forum.example/t/2108/41", "discourse", Some("41")),
    ("https://forum.example/t/a-title/2108.json", "discourse", None),
    ("https://forum.example/t/a-title/2108/41?u=ada", "discourse", Some("41")),
    ("discourse:forum.example/2108", "discourse", None),
];

#[test]
fn every_form_of_a_thread_is_recognised_with_its_comment() {
    let mut wrong = Vec::new();
    for &(text, expected, comment) in THREADS {
        match Source::parse(text, &Sites::default()) {
            Ok(Source::Thread(address)) if address.site() == expected && address.comment() == comment => {}
            other => wrong.push(format!("{text}: {other:?}")),
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_is_no_thread_names_the_closest_forms() {
    for (text, says) in [
        ("https://v.redd.it/3hahrw", "https://www.reddit.com/r/rust/comments/"),
        ("https://i.redd.it/3hahrw.png", "https://www.reddit.com/r/rust/comments/"),
        ("https://example.org/x", "an address of no site that lurker knows"),
        ("ftp://lobste.rs/s/tdfoqh", "https://lobste.rs/s/"),
        ("slashdto", "lurker demo"),
    ] {
        let error = Source::parse(text, &Sites::default()).expect_err("it is no thread");
        assert!(error.contains(says) && error.starts_with(text), "{error}");
    }
}

#[test]
fn a_link_is_followed_only_where_it_is_surely_a_thread() {
    let here = "https://forum.example/t/a-title/2108";
    for (link, is_sure) in [
        ("https://news.ycombinator.com/item?id=8863", true),
        ("https://lobste.rs/s/tdfoqh", true),
        ("https://programming.dev/post/123", true),
        ("https://unheard-of.example/post/123", false),
        ("https://forum.example/t/another/7", true),
        ("https://other.example/t/another/7", false),
        ("https://blog.example/2026/10/a-title", false),
        ("8863", false),
        ("mailto:ada@lovelace.example", false),
    ] {
        assert_eq!(is_surely_thread(link, here, &Sites::default()), is_sure, "{link}");
    }
}
