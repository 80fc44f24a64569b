//! Every form of address that people paste: the site and the page of its thread, and the comment that it selects.

use lurker::shell::source::Source;
use lurker::site::{SiteConfig, Sites, ThreadTarget, is_surely_thread, thread};

/// The page of a thread, and the addresses that lead to it, each with the comment that it selects, if it does.
type Page = (&'static str, &'static [(&'static str, &'static str)]);

/// By site.
const THREADS: &[(&str, &[Page])] = &[
    // Story pages of every host, filter tabs, the classic pages, short forms.
    (
        "slashdot",
        &[
            (
                "https://hardware.slashdot.org/story/26/09/09/2151202/a-slug",
                &[
                    ("https://hardware.slashdot.org/story/26/09/09/2151202/a-slug", ""),
                    (" http://hardware.slashdot.org/story/26/09/09/2151202/a-slug/ ", ""),
                    ("//hardware.slashdot.org/story/26/09/09/2151202/a-slug#comments", ""),
                    ("hardware.slashdot.org/story/26/09/09/2151202/a-slug?utm_source=rss&x=1", ""),
                    ("HTTPS://Hardware.Slashdot.ORG/story/26/09/09/2151202/a-slug#66331684", "66331684"),
                    ("https://hardware.slashdot.org/story/26/09/09/2151202/a-slug/funny-comments#comments", ""),
                ],
            ),
            (
                "https://hardware.slashdot.org/story/26/09/09/2151202/",
                &[("hardware.slashdot.org/story/26/09/09/2151202", "")],
            ),
            (
                "https://slashdot.org/story/26/09/09/2151202/",
                &[
                    ("https://slashdot.org/story/26/09/09/2151202", ""),
                    ("https://slashdot.org/story/26/09/09/2151202/insightful-comments", ""),
                    ("https://www.slashdot.org/story/26/09/09/2151202/", ""),
                    ("https://m.slashdot.org/story/26/09/09/2151202", ""),
                    ("https://slashdot.org/article.pl?sid=26/09/09/2151202", ""),
                    ("https://slashdot.org/comments.pl?sid=26%2F09%2F09%2F2151202&cid=7", "7"),
                    ("https://slashdot.org/story/26/09/09/2151202?cid=7", "7"),
                    ("slashdot:26/09/09/2151202", ""),
                    ("slashdot:26/09/09/2151202#66331684", "66331684"),
                ],
            ),
            ("https://m.slashdot.org/story/457638", &[("https://m.slashdot.org/story/457638", "")]),
            (
                "https://tech.slashdot.org/comments.pl?sid=24093420",
                &[
                    ("https://tech.slashdot.org/comments.pl?sid=24093420", ""),
                    ("//tech.slashdot.org/comments.pl?sid=24093420&cid=66481220", "66481220"),
                    ("https://tech.slashdot.org/comments.pl?cid=66481220&sid=24093420", "66481220"),
                ],
            ),
            ("https://slashdot.org/comments.pl?sid=24093420", &[("slashdot:24093420#comment_66331684", "66331684")]),
        ],
    ),
    // What the number is, only the site knows, so it is looked for as a comment too.
    (
        "hn",
        &[
            (
                "https://news.ycombinator.com/item?id=8863",
                &[
                    ("https://news.ycombinator.com/item?id=8863", "8863"),
                    (" http://news.ycombinator.com/item?id=8863&p=2#8870 ", "8870"),
                    ("news.ycombinator.com/item?p=2&id=8863", "8863"),
                    ("//news.ycombinator.com/item?id=8863#up_8870", "8863"),
                    ("https://hn.algolia.com/api/v1/items/8863", "8863"),
                    ("http://hn.algolia.com/api/v1/items/8863/", "8863"),
                    ("https://hacker-news.firebaseio.com/v0/item/8863.json?print=pretty", "8863"),
                    ("https://hackerweb.app/#/item/8863", "8863"),
                    ("hn:8863", "8863"),
                    ("hn:8863#8870", "8870"),
                    ("8863", "8863"),
                ],
            ),
            (
                "https://news.ycombinator.com/item?id=8870",
                &[
                    ("HTTPS://News.YCombinator.com/context?id=8870", "8870"),
                    ("https://news.ycombinator.com/reply?id=8870&goto=item%3Fid%3D8863%238870", "8870"),
                ],
            ),
        ],
    ),
    (
        "lobsters",
        &[
            (
                "https://lobste.rs/s/tdfoqh",
                &[
                    ("https://lobste.rs/s/tdfoqh", ""),
                    (" http://www.lobste.rs/s/tdfoqh/ranking_comments/ ", ""),
                    ("lobste.rs/s/tdfoqh/ranking_comments#c_42bzeq", "42bzeq"),
                    ("//lobste.rs/s/tdfoqh.json", ""),
                    ("https://lobste.rs/s/tdfoqh/ranking_comments.json?x=1", ""),
                    ("https://lobste.rs/s/tdfoqh/ranking/comments/42bzeq", "42bzeq"),
                    ("https://lobste.rs/s/tdfoqh/ranking/comments/42bzeq.json", "42bzeq"),
                    ("HTTPS://LOBSTE.RS/stories/tdfoqh", ""),
                    ("https://lobste.rs/stories/tdfoqh.json", ""),
                    ("lobsters:tdfoqh", ""),
                    ("lobsters:tdfoqh#c_42bzeq", "42bzeq"),
                ],
            ),
            (
                "https://lobste.rs/c/42bzeq",
                &[("https://lobste.rs/c/42bzeq", "42bzeq"), ("lobste.rs/c/42bzeq.json", "42bzeq")],
            ),
        ],
    ),
    (
        "reddit",
        &[
            (
                "https://www.reddit.com/r/rust/comments/3hahrw/",
                &[
                    ("https://www.reddit.com/r/rust/comments/3hahrw/a_slug/", ""),
                    ("http://old.reddit.com/r/rust/comments/3hahrw?sort=new", ""),
                    ("np.reddit.com/r/rust/comments/3hahrw/a_slug/cu5oif1/?context=3&share_id=x", "cu5oif1"),
                    ("https://new.reddit.com/r/rust/comments/3hahrw", ""),
                    ("https://amp.reddit.com/r/rust/comments/3hahrw/a_slug", ""),
                    ("https://m.reddit.com/r/rust/comments/3hahrw/a_slug", ""),
                    ("https://i.reddit.com/r/rust/comments/3hahrw/a_slug", ""),
                    ("https://sh.reddit.com/r/rust/comments/3hahrw/a_slug", ""),
                    ("https://pt-br.reddit.com/r/rust/comments/3hahrw/a_slug", ""),
                    ("https://reddit.com/r/rust/comments/3HAHRW/comment/cu5oif1", "cu5oif1"),
                    ("https://de.reddit.com/r/rust/comments/3hahrw/a_slug.json?limit=500", ""),
                    ("https://www.reddit.com/r/rust/comments/3hahrw/_/cu5oif1.json", "cu5oif1"),
                    ("https://www.reddit.com/r/rust/comments/3hahrw/.json", ""),
                    ("https://www.reddit.com/r/rust/comments/3hahrw/a_slug/.rss", ""),
                    ("/r/rust/comments/3hahrw/a_slug/cu5oif1", "cu5oif1"),
                    ("r/rust/comments/3hahrw", ""),
                ],
            ),
            (
                "https://www.reddit.com/comments/3hahrw/",
                &[
                    ("https://www.reddit.com/comments/3hahrw", ""),
                    ("https://www.reddit.com/gallery/3hahrw", ""),
                    ("https://www.reddit.com/tb/3hahrw", ""),
                    ("https://redd.it/3hahrw", ""),
                    ("t3_3hahrw", ""),
                    ("reddit:3hahrw", ""),
                ],
            ),
            (
                "https://www.reddit.com/user/ada/comments/3hahrw/",
                &[("https://www.reddit.com/user/ada/comments/3hahrw/a_slug/", "")],
            ),
            (
                "https://www.reddit.com/u/ada/comments/3hahrw/",
                &[("https://www.reddit.com/u/ada/comments/3hahrw/a_slug/", "")],
            ),
            ("https://www.reddit.com/r/rust/s/aBc123", &[("https://www.reddit.com/r/rust/s/aBc123", "")]),
        ],
    ),
    // Lemmy and its relatives, on any host.
    (
        "lemmy",
        &[
            (
                "https://lemmy.world/post/12",
                &[
                    ("https://lemmy.world/post/12", ""),
                    (" lemmy.world/post/12/ ", ""),
                    ("http://lemmy.world/post/12?scrollToComments=true", ""),
                    ("//lemmy.world/post/12/345#x", "345"),
                    ("lemmy:lemmy.world/12", ""),
                ],
            ),
            (
                "https://any.example/post/12",
                &[
                    ("https://any.example/post/12", ""),
                    ("https://any.example/post/12/345", "345"),
                    ("https://any.example/post/12#comment_345", "345"),
                    ("https://any.example/c/books/p/12/a-slug#comment_345", "345"),
                    ("https://any.example/c/books/p/12", ""),
                    ("lemmy:any.example/12", ""),
                ],
            ),
            ("https://sh.itjust.works/comment/345", &[("https://sh.itjust.works/comment/345", "345")]),
            ("https://any.example/comment/345", &[("lemmy:any.example/comment/345", "345")]),
        ],
    ),
    // On any host.
    (
        "discourse",
        &[
            (
                "https://forum.example/t/a-slug/2108",
                &[
                    ("https://forum.example/t/a-slug/2108", ""),
                    (" https://forum.example/t/a-slug/2108/ ", ""),
                    ("https://forum.example/t/a-slug/2108/452?u=x", "452"),
                    ("https://forum.example/t/a-slug/2108/452.json", "452"),
                    ("https://forum.example/t/a-slug/2108.json", ""),
                    ("forum.example/t/a-slug/2108", ""),
                ],
            ),
            (
                "https://forum.example/t/2108",
                &[
                    ("https://forum.example/t/2108", ""),
                    ("https://forum.example/t/2108/41", "41"),
                    ("https://forum.example/t/2108.json#x", ""),
                    ("discourse:forum.example/2108", ""),
                    ("discourse:forum.example/2108/452", "452"),
                ],
            ),
            ("http://127.0.0.1:8080/t/2108", &[("http://127.0.0.1:8080/t/2108/452", "452")]),
            // A topic named by a number: without a post, that would be the topic.
            ("https://forum.example/t/2108", &[("https://forum.example/t/24/2108/3", "3")]),
            ("https://forum.example/t/-/2108", &[("https://forum.example/t/-/2108", "")]),
        ],
    ),
];

/// Texts that are close to an address of a thread, and are none.
const NO_THREADS: &[&str] = &[
    "",
    "slashdot",
    "slashdot:",
    "slashdot:x",
    "slashdot:1/2",
    "https://slashdot.org/",
    "https://slashdot.org/?page=2",
    "https://slashdot.org.evil.example/story/26/09/09/2151202",
    "https://evilslashdot.org/story/26/09/09/2151202",
    "https://slashdot.org@evil.example/story/26/09/09/2151202",
    "https://slashdot.org:99/story/26/09/09/2151202",
    "ftp://slashdot.org/story/26/09/09/2151202",
    "https://slashdot.org/story/26/9/09/2151202",
    "https://slashdot.org/story/26/09/09/21x",
    "https://slashdot.org/comments.pl",
    "https://slashdot.org/~nick",
    "https://slashdot.org/comments.pl?sid=-5",
    "https://slashdot.org/submission/26/09/09/2151202",
    "hn:",
    "hn:x",
    "hn:0",
    "hn:99999999999999999999",
    "hn",
    "https://news.ycombinator.com/",
    "https://news.ycombinator.com/item",
    "https://news.ycombinator.com/item?id=-5",
    "https://news.ycombinator.com/user?id=pg",
    "https://news.ycombinator.com.example/item?id=1",
    "https://news.ycombinator.com:8080/item?id=1",
    "ftp://news.ycombinator.com/item?id=1",
    "https://hn.algolia.com/?q=rust",
    "https://hackerweb.app/#/user/pg",
    "lobsters",
    "lobsters:",
    "lobsters:a/b",
    "lobsters:tdfoqhtdfoqh",
    "https://lobste.rs/",
    "https://lobste.rs/t/rust",
    "https://lobste.rs/~user",
    "https://lobste.rs/s",
    "https://lobste.rs/s/td%2foqh",
    "https://lobste.rs/s/tdfoqh/a/b",
    "https://lobste.rs:99/s/tdfoqh",
    "https://lobste.rs.evil.example/s/tdfoqh",
    "https://lobste.rs@evil.example/s/tdfoqh",
    "ftp://lobste.rs/s/tdfoqh",
    "3hahrw",
    "t3_",
    "t1_cu5oif1",
    "https://www.reddit.com/",
    "https://www.reddit.com/r/rust/",
    "https://v.redd.it/3hahrw",
    "https://i.redd.it/3hahrw.png",
    "https://notreddit.com/r/rust/comments/3hahrw/",
    "https://www.reddit.com/r/rust/comments/3ha-hrw/",
    "https://www.reddit.com:444/r/rust/comments/3hahrw/",
    "reddit:",
    "r/rust",
    "lemmy",
    "lemmy:",
    "lemmy:12",
    "lemmy:any.example",
    "lemmy:https://any.example/12",
    "any.example/post/12",
    "http://any.example/post/12",
    "ftp://lemmy.world/post/12",
    "https://lemmy.world/",
    "https://lemmy.world/12",
    "https://lemmy.world/c/rust",
    "https://lemmy.world/post/x",
    "https://lemmy.world/post/0",
    "https://lemmy.world/post/12/34/56",
    "https://lemmy.world/post/1234567890123456789",
    "https://lemmy.world/posts/12",
    "t/a-slug/2108",
    "discourse",
    "discourse:",
    "discourse:2108",
    "discourse:forum.example/x",
    "discourse:forum.example/a-slug/2108",
    "https://forum.example/",
    "https://forum.example/t/",
    "https://forum.example/t/a-slug",
    "https://forum.example/t/a-slug/x",
    "https://forum.example/t/a-slug/0",
    "https://forum.example/t/a-slug/2108/x",
    "https://forum.example/t/a-slug/2108/4/5",
    "https://forum.example/t/rust.json",
    "https://forum.example/forum/t/a-slug/2108",
    "https://forum.example/c/a-slug/2108",
    "ftp://forum.example/t/a-slug/2108",
];

/// The other address that the config names for a site, an address, and the page of the thread that it then names.
const MIRRORED: &[(&str, &str, &str, Option<&str>)] = &[
    (
        "slashdot",
        "127.0.0.1:80",
        "http://127.0.0.1:80/story/26/09/09/2151202/x",
        Some("http://127.0.0.1/story/26/09/09/2151202/x"),
    ),
    (
        "slashdot",
        "127.0.0.1:8080",
        "127.0.0.1:8080/story/26/09/09/2151202/x",
        Some("http://127.0.0.1:8080/story/26/09/09/2151202/x"),
    ),
    ("slashdot", "127.0.0.1:8080", "slashdot:26/09/09/2151202", Some("http://127.0.0.1:8080/story/26/09/09/2151202/")),
    ("slashdot", "127.0.0.1:8080", "http://127.0.0.1:9/story/26/09/09/2151202/x", None),
    (
        "slashdot",
        "https://mirror.example/",
        "https://it.slashdot.org/story/26/09/09/2151202/x",
        Some("https://it.slashdot.org/story/26/09/09/2151202/x"),
    ),
    ("hn", "http://127.0.0.1:84", "http://127.0.0.1:84/item?id=7", Some("https://news.ycombinator.com/item?id=7")),
    ("hn", "http://127.0.0.1:84", "http://127.0.0.1:85/item?id=7", None),
    ("lobsters", "127.0.0.1:8080", "http://127.0.0.1:8080/s/tdfoqh/x", Some("http://127.0.0.1:8080/s/tdfoqh")),
    ("lobsters", "127.0.0.1:8080", "127.0.0.1:8080/s/tdfoqh", Some("http://127.0.0.1:8080/s/tdfoqh")),
    ("lobsters", "127.0.0.1:8080", "lobsters:tdfoqh", Some("http://127.0.0.1:8080/s/tdfoqh")),
    ("lobsters", "127.0.0.1:8080", "http://127.0.0.1:9/s/tdfoqh", None),
    ("lobsters", "127.0.0.1:8080", "lobste.rs/s/tdfoqh", Some("https://lobste.rs/s/tdfoqh")),
    (
        "reddit",
        "http://127.0.0.1:81/",
        "http://127.0.0.1:81/r/rust/comments/3hahrw/x/",
        Some("http://127.0.0.1:81/r/rust/comments/3hahrw/"),
    ),
    (
        "reddit",
        "http://127.0.0.1:81/",
        "127.0.0.1:81/r/rust/comments/3hahrw",
        Some("http://127.0.0.1:81/r/rust/comments/3hahrw/"),
    ),
    (
        "reddit",
        "http://127.0.0.1:81/",
        "https://www.reddit.com/r/rust/comments/3hahrw/",
        Some("http://127.0.0.1:81/r/rust/comments/3hahrw/"),
    ),
    ("lemmy", "127.0.0.1:8536", "http://127.0.0.1:8536/post/12", Some("http://127.0.0.1:8536/post/12")),
    ("lemmy", "127.0.0.1:8536", "127.0.0.1:8536/post/12", Some("http://127.0.0.1:8536/post/12")),
    ("lemmy", "127.0.0.1:8536", "lemmy:127.0.0.1:8536/12", Some("http://127.0.0.1:8536/post/12")),
    ("lemmy", "127.0.0.1:8536", "lemmy:12", Some("http://127.0.0.1:8536/post/12")),
    ("lemmy", "127.0.0.1:8536", "http://127.0.0.1:9/post/12", None),
    ("lemmy", "127.0.0.1:8536", "lemmy:lemmy.ml/12", Some("https://lemmy.ml/post/12")),
    ("discourse", "http://127.0.0.1:3000", "https://127.0.0.1:3000/t/2108/4", Some("http://127.0.0.1:3000/t/2108")),
    ("discourse", "http://127.0.0.1:3000", "127.0.0.1:3000/t/2108/4", Some("http://127.0.0.1:3000/t/2108")),
    ("discourse", "http://127.0.0.1:3000", "discourse:127.0.0.1:3000/2108/4", Some("http://127.0.0.1:3000/t/2108")),
    ("discourse", "http://127.0.0.1:3000", "discourse:2108/4/", Some("http://127.0.0.1:3000/t/2108")),
    ("discourse", "http://127.0.0.1:3000", "discourse:2108", Some("http://127.0.0.1:3000/t/2108")),
    ("discourse", "localhost:3000", "localhost:3000/t/2108", Some("http://localhost:3000/t/2108")),
    ("discourse", "http://127.0.0.1:3000", "discourse:forum.example/2108", Some("https://forum.example/t/2108")),
    ("discourse", "http://127.0.0.1:3000", "discourse:x", None),
    ("discourse", "http://127.0.0.1:3000", "discourse:2108/4/5", None),
    ("discourse", "http://127.0.0.1:3000", "discourse:word/2108", None),
    ("discourse", "http://127.0.0.1:3000", "localhost:3000/t/2108", None),
];

#[test]
fn every_form_of_a_thread_is_recognised_with_its_comment() {
    let mut wrong = Vec::new();
    let pages = THREADS.iter().flat_map(|(site, pages)| pages.iter().map(move |(page, forms)| (site, page, forms)));
    for (site, page, (text, comment)) in
        pages.flat_map(|(site, page, forms)| forms.iter().map(move |form| (site, page, form)))
    {
        let expected = (*site, *page, Some(*comment).filter(|comment| !comment.is_empty()));
        match Source::parse(text, &Sites::default()) {
            Ok(Source::Thread(address)) if (address.site(), address.page(), address.comment()) == expected => {}
            other => wrong.push(format!("{text}: {other:?}")),
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_is_close_to_an_address_is_no_thread() {
    for text in NO_THREADS {
        assert!(thread(text, &Sites::default()).is_none(), "{text}");
    }
}

#[test]
fn another_address_of_a_site_is_its_own_and_keeps_its_scheme_and_port() {
    for (site, mirror, text, page) in MIRRORED {
        let sites = Sites::default().with(site, SiteConfig::at(mirror));
        assert_eq!(thread(text, &sites).as_ref().map(ThreadTarget::page), *page, "{text} at {mirror}");
    }
}

#[test]
fn each_service_of_hacker_news_may_be_another() {
    let config =
        SiteConfig::default().with("algolia_url", "http://127.0.0.1:80/").with("firebase_url", "http://[::1]:81");
    let sites = Sites::default().with("hn", config);
    for text in ["http://127.0.0.1/api/v1/items/7", "http://[::1]:81/v0/item/7.json"] {
        let urls = thread(text, &sites).expect(text).loader().next().into_iter().map(|request| request.url);
        let expected = ["http://127.0.0.1:80/api/v1/items/7", "http://[::1]:81/v0/item/7.json"];
        assert_eq!(urls.collect::<Vec<_>>(), expected, "{text}");
    }
    assert!(thread("http://127.0.0.1:82/api/v1/items/7", &sites).is_none());
}

#[test]
fn what_is_no_thread_names_the_closest_forms() {
    for (text, says) in [
        ("https://v.redd.it/3hahrw", "https://www.reddit.com/r/rust/comments/"),
        ("https://i.redd.it/3hahrw.png", "https://www.reddit.com/r/rust/comments/"),
        ("https://example.org/x", "an address of no site that lurker knows"),
        ("ftp://lobste.rs/s/tdfoqh", "https://lobste.rs/s/"),
        ("slashdto", "lurker slashdot"),
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
