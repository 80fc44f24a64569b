//! Every answer in a file opens from its content alone, with as many comments or stories as it holds, and any part of it is
//! at worst damaged.

use crate::support::corpus;
use std::fs;
use std::path::Path;

use corpus::corpus;
use lurker::site::{Content, saved};

/// What a file must open as.
#[derive(Debug, PartialEq)]
enum Opens {
    /// A thread of this site, with so many comments, and as many as it states.
    Thread(&'static str, u32, Option<u32>),
    /// A list of this site, with so many stories.
    List(&'static str, usize),
    /// It is no answer with a discussion or a list; these words say what it is.
    Refused(&'static str),
}

use Opens::{List, Refused, Thread};

/// The counts are those of INDEX.md, of MANIFEST.json, or of the files themselves.
const FILES: &[(&str, Opens)] = &[
    ("slashdot/story-2026-09-9comments.html", Thread("slashdot", 9, Some(9))),
    ("slashdot/story-2026-09-merge.html", Thread("slashdot", 4, Some(6))),
    ("slashdot/ajax-2026-09-merge.txt", Thread("slashdot", 3, Some(6))),
    ("slashdot/seed-story-2023-10.txt", Thread("slashdot", 22, Some(38))),
    ("slashdot/front-2023-02.html", List("slashdot", 3)),
    ("slashdot/front-2015-01.html", List("slashdot", 15)),
    ("slashdot/feed-2013-03.rss", List("slashdot", 25)),
    ("slashdot/feed-2026-09.rdf", List("slashdot", 3)),
    ("hackernews/firebase-tree-43731168.jsonl", Thread("hn", 147, Some(145))),
    ("hackernews/algolia-shaped-43731168.json", Thread("hn", 146, None)),
    ("hackernews/algolia-items-17.json", Thread("hn", 3, None)),
    ("hackernews/algolia-fixtures-2019.json", List("hn", 13)),
    ("hackernews/firebase-newstories-2025-04.json", List("hn", 500)),
    ("pages/hn-brianc-simple.html", Thread("hn", 9, Some(9))),
    ("pages/hn-karan-7404389.html", Thread("hn", 66, None)),
    ("pages/hn-lvnatim-page.html", Thread("hn", 49, Some(49))),
    ("pages/hn-karakanb.html", List("hn", 30)),
    ("pages/sd-sitescraper-3.html", Thread("slashdot", 236, Some(300))),
    ("pages/sd-sitescraper-5.html", Thread("slashdot", 125, Some(161))),
    ("pages/sd-textwalker.html", List("slashdot", 10)),
    ("pages/rd-zx-geo.html", Thread("reddit", 72, Some(86))),
    ("lobsters/s-d9ucpe-2021-04.json", Thread("lobsters", 7, Some(7))),
    ("lobsters/s-tdfoqh-2023-08.json", Thread("lobsters", 10, Some(10))),
    ("lobsters/s-tdfoqh-2025-02.json", Thread("lobsters", 10, Some(10))),
    ("lobsters/hottest-2025-02.json", List("lobsters", 25)),
    ("reddit/3hahrw-sort-old-2021/000-token.json", Refused("an access token of Reddit")),
    ("reddit/3hahrw-sort-old-2021/001-comments.json", Thread("reddit", 526, Some(529))),
    ("reddit/3hahrw-sort-old-2021/002-comments.json", Thread("reddit", 3, Some(529))),
    ("reddit/3hahrw-sort-old-2021/003-comments.json", Thread("reddit", 2, Some(529))),
    ("reddit/3hahrw-sort-old-2021/004-comments.json", Thread("reddit", 2, Some(529))),
    ("reddit/3hahrw-sort-old-2021/005-comments.json", Thread("reddit", 3, Some(529))),
    ("reddit/3hahrw-sort-old-2021/006-comments.json", Thread("reddit", 2, Some(529))),
    ("reddit/3hahrw-sort-old-2021/007-comments.json", Thread("reddit", 2, Some(529))),
    ("reddit/flags/98vj9e-permalink-context100-2020-07.json", Thread("reddit", 3, Some(42))),
    ("reddit/flags/fjn0j9-stickied-collapsed-deleted-2020-07.json", Thread("reddit", 114, Some(168))),
    ("reddit/flags/fo7p5b-poll-2020-07.json", Thread("reddit", 489, Some(3980))),
    ("reddit/flags/gx8r8z-distinguished-stickied-removed-2020-07.json", Thread("reddit", 8, Some(6))),
    ("reddit/flags/mcqjl8-selftext-media-2023-10.json", Thread("reddit", 2, Some(2))),
    ("reddit/flags/newest-format-2025-10.json", Thread("reddit", 1, Some(1))),
    ("reddit/flags/r-comments-flat-score_hidden-2023-11.json", Thread("reddit", 100, None)),
    ("reddit/blocked-and-rss/403-network-policy-block-2026.html", Refused("blocks a network or program")),
    ("reddit/blocked-and-rss/old-reddit-over18-interstitial-2026.html", Refused("whether its reader is of age")),
    ("reddit/blocked-and-rss/listing-2026-07.rss", List("reddit", 25)),
    ("reddit/blocked-and-rss/search-2026-07.rss", List("reddit", 25)),
    ("reddit/blocked-and-rss/thread-2026-07.rss", Thread("reddit", 33, None)),
    ("reddit/listing-r-hackernews-2024-06.json", List("reddit", 25)),
    ("lemmy/lemoa-post-v0.19-2024-01.json", Thread("lemmy", 0, Some(416))),
    ("lemmy/lemoa-person-v0.19-2024-01.json", Thread("lemmy", 10, None)),
    ("lemmy/lemmy-kt-GetCommentsResponse-v0.18-2023-08.json", Thread("lemmy", 2, None)),
    ("discourse/cf-t_2108_posts.json", Thread("discourse", 19, Some(445))),
    ("discourse/cf-t_2108_posts_pn_41.json", Thread("discourse", 20, Some(445))),
    ("discourse/cf-t_2108_post_452.json", Thread("discourse", 20, Some(445))),
    ("discourse/discourse_api-topic.json", Thread("discourse", 3, Some(3))),
];

#[test]
#[ignore = "needs the captured answers: set LURKER_CORPUS to their folder"]
fn every_file_opens_with_what_it_holds() {
    let mut wrong = Vec::new();
    for (file, expected) in FILES {
        let bytes = corpus(file);
        let is_right = match (saved::read(&bytes, None), expected) {
            (Ok(Content::Thread(thread)), Thread(site, count, stated)) => {
                (thread.story().site.as_str(), thread.len(), thread.story().stated_comments) == (*site, *count, *stated)
            }
            (Ok(Content::List(list)), List(site, count)) => {
                (list.heading.site.as_str(), list.entries.len()) == (*site, *count)
                    && list.entries.iter().all(|entry| !entry.title.is_empty() && entry.url.starts_with("https://"))
            }
            (Err(error), Refused(words)) => {
                error.to_string().contains(words) && !error.to_string().contains(char::is_control)
            }
            _ => false,
        };
        if !is_right {
            wrong.push(format!("{file}: not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
#[ignore = "needs the captured answers: set LURKER_CORPUS to their folder"]
fn no_cut_of_a_file_is_more_than_damage() {
    for (file, _) in FILES {
        check_parts(file, &corpus(file));
    }
}

#[test]
fn no_cut_of_an_own_file_is_more_than_damage() {
    for site in ["discourse", "hackernews", "lemmy", "lobsters", "reddit", "slashdot"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(site);
        for file in fs::read_dir(folder).expect("the folder of a site") {
            let path = file.expect("a file of the folder").path();
            check_parts(&path.to_string_lossy(), &fs::read(&path).expect("a file"));
        }
    }
}

fn check_parts(file: &str, bytes: &[u8]) {
    for part in 1..8 {
        let cut = bytes.get(..bytes.len() * part / 8).unwrap_or_default();
        if let Err(error) = saved::read(cut, None) {
            assert!(!error.to_string().is_empty() && error.to_string().lines().count() == 1, "{file}: {error}");
        }
    }
}
