//! Targets and addresses: what a site takes for its own has a page that is an address of the web, and means the same again.

use lurker::model::canonical_address;
use lurker::site::{self, Sites, Target};
use lurker::view::{domain, punycode, shown_address};

use super::documents::assert_clean;
use super::engine::shape;

pub(super) fn seeds() -> Vec<Vec<u8>> {
    const TARGETS: [&str; 34] = [
        "https://slashdot.org/story/26/10/06/1512247/lamps",
        "https://tech.slashdot.org/comments.pl?sid=23&cid=45",
        "https://slashdot.org/story/24/1/2/3?sbsrc=x#comments",
        "slashdot/ask",
        "https://news.ycombinator.com/item?id=43727727#43728000",
        "hn:43727727",
        "hn/best",
        "hn/search:rust terminal",
        "https://lobste.rs/s/tdfoqh/some_words#c_abcdef",
        "https://lobste.rs/c/abcdef",
        "lobsters:tdfoqh",
        "lobsters/t/rust,linux",
        "https://lemmy.world/post/123/456",
        "https://lemmy.world/comment/789",
        "lemmy/lemmy.world/c/rust@programming.dev/hot",
        "https://lemmy.ml/c/linux?sort=New",
        "https://www.reddit.com/r/rust/comments/abc123/title/def456/?context=3",
        "https://old.reddit.com/r/rust/top/?t=week",
        "https://redd.it/abc123",
        "r/rust/new",
        "u/ann",
        "reddit/search:x",
        "https://meta.discourse.org/t/some-slug/123/4?u=ann",
        "https://discourse.example/c/support/6/l/top",
        "discourse/meta.discourse.org/tag/x",
        "https://users.rust-lang.org/t/12",
        "http://xn--e1afmkfd.example/a?b=c&d=%20#e",
        "https://user:pw@host.example:8080/../x/./y//z",
        "mailto:ann@example.org",
        "javascript:alert(1)",
        "HTTPS://News.YCombinator.COM:443/item?id=1&id=2",
        "demo",
        "-",
        "file:///etc/passwd",
    ];
    TARGETS.map(|target| target.as_bytes().to_vec()).to_vec()
}

pub(super) fn check(bytes: &[u8]) -> u64 {
    let text = String::from_utf8_lossy(bytes);
    let sites = Sites::default();
    assert_eq!(canonical_address(&canonical_address(&text)), canonical_address(&text), "canonical stays canonical");
    let _ = (domain(&text), punycode(&text), shown_address(&text), site::is_surely_thread(&text, &text, &sites));
    match site::parse(&text, &sites) {
        None => 0,
        Some(Err(says)) => {
            assert_clean(&says);
            shape(says.chars().take(30).collect::<String>())
        }
        Some(Ok(Target::Thread(thread))) => {
            let page = thread.page();
            check_page(page);
            let again = site::thread(page, &sites).unwrap_or_else(|| unreachable!("{page:?} is no thread"));
            assert_eq!((again.page(), again.site()), (page, thread.site()), "the page of {text:?}");
            shape((thread.site(), thread.comment().is_some(), page.matches('/').count()))
        }
        Some(Ok(Target::List(list))) => {
            let requests = list.loader(None).next();
            for request in &requests {
                check_page(&request.url);
            }
            shape((requests.len(), requests.first().map(|request| request.url.matches('/').count())))
        }
    }
}

fn check_page(page: &str) {
    assert_clean(page);
    let is_web = page.starts_with("https://") || page.starts_with("http://");
    assert!(is_web && !page.contains(char::is_whitespace), "{page:?}");
}
