//! Addresses of Slashdot's threads, in every form that people paste.

use url::Url;

use crate::site::web::{origin, parse_url, same_host};

/// A thread of Slashdot, and the comment in it that the address names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlashdotAddress {
    /// The story's page; for a bare discussion the page of its comments, which Slashdot refuses to serve.
    pub url: String,
    /// The number of the discussion, where the address names that and no story.
    pub discussion: Option<u64>,
    /// The comment to select.
    pub comment: Option<String>,
}

/// Reads an address in any of the forms that people paste:
///
/// - `https://news.slashdot.org/story/26/09/09/2151202/slug`, with or without scheme, slug, filter tab, query, fragment;
/// - `comments.pl?sid=…&cid=…` and `article.pl?sid=…`, the sid either the story's or the discussion's number;
/// - `slashdot:26/09/09/2151202` and `slashdot:24093420`.
///
/// `mirror` is the `host` or `host:port`, perhaps with a scheme, of another server that speaks for Slashdot; it keeps
/// plain `http`. Everything else must be `slashdot.org` or below it, and becomes `https`.
pub fn parse(text: &str, mirror: Option<&str>) -> Option<SlashdotAddress> {
    let text = text.trim();
    let mirror = mirror.and_then(|mirror| parse_url(mirror, "http"));
    if let Some(sid) = text.strip_prefix("slashdot:") {
        let (sid, fragment) = sid.split_once('#').unwrap_or((sid, ""));
        let base = mirror.as_ref().map_or_else(|| "https://slashdot.org".to_owned(), origin);
        return by_sid(&base, sid, comment_in(fragment));
    }
    let own = |url: &Url| mirror.as_ref().is_some_and(|mirror| same_host(mirror, url));
    let scheme = mirror.as_ref().map_or("https", Url::scheme);
    let (url, base) = match parse_url(text, scheme).filter(own) {
        Some(url) => (url.clone(), origin(&url)),
        None => parse_url(text, "https").and_then(|url| Some((url.clone(), slashdot(&url)?)))?,
    };
    let query = |key: &str| url.query_pairs().find(|(name, _)| name == key).map(|(_, value)| value.into_owned());
    let comment = query("cid").filter(|cid| is_comment(cid)).or_else(|| url.fragment().and_then(comment_in));
    let segments: Vec<&str> = url.path_segments()?.filter(|segment| !segment.is_empty()).collect();
    match segments.as_slice() {
        ["story", yy, mm, dd, id, rest @ ..] => story(&base, [yy, mm, dd, id], rest, comment),
        ["story", number] if url.host_str() == Some("m.slashdot.org") && is_digits(number) => {
            Some(SlashdotAddress { url: format!("https://m.slashdot.org/story/{number}"), discussion: None, comment })
        }
        ["comments.pl" | "article.pl"] => by_sid(&base, &query("sid")?, comment),
        _ => None,
    }
}

impl SlashdotAddress {
    /// The story's id, such as `26/09/09/2151202`.
    pub(super) fn sid(&self) -> Option<String> {
        let (_, path) = self.url.split_once("/story/")?;
        let parts: Vec<&str> = path.split('/').take(4).collect();
        (parts.len() == 4).then(|| parts.join("/"))
    }

    /// Scheme, host and port.
    pub(super) fn origin(&self) -> String {
        Url::parse(&self.url).map(|url| origin(&url)).unwrap_or_default()
    }
}

/// Scheme, host and port of an address; empty when it has none.
pub(super) fn origin_of(url: &str) -> String {
    Url::parse(url).map(|url| origin(&url)).unwrap_or_default()
}

fn by_sid(base: &str, sid: &str, comment: Option<String>) -> Option<SlashdotAddress> {
    let parts: Vec<&str> = sid.split('/').filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [yy, mm, dd, id, rest @ ..] => story(base, [yy, mm, dd, id], rest, comment),
        [number] => {
            let discussion = number.parse().ok().filter(|&number: &u64| number > 0 && is_digits(sid))?;
            Some(SlashdotAddress {
                url: format!("{base}/comments.pl?sid={discussion}"),
                discussion: Some(discussion),
                comment,
            })
        }
        _ => None,
    }
}

fn story(base: &str, sid: [&str; 4], rest: &[&str], comment: Option<String>) -> Option<SlashdotAddress> {
    let [date @ .., id] = sid;
    if !date.iter().all(|part| part.len() == 2 && is_digits(part)) || !is_digits(id) || id.len() > 12 {
        return None;
    }
    // Without a slug the address ends with a slash, which the site is said to want.
    let slug = rest.first().filter(|slug| !is_filter(slug)).unwrap_or(&"");
    Some(SlashdotAddress { url: format!("{base}/story/{}/{slug}", sid.join("/")), discussion: None, comment })
}

/// The tabs of a story page, which lurker has itself.
fn is_filter(segment: &str) -> bool {
    ["insightful", "informative", "interesting", "funny"]
        .iter()
        .any(|label| segment.strip_suffix("-comments") == Some(label))
}

/// The comment that a fragment names: `66331684`, `comment_66331684`.
fn comment_in(fragment: &str) -> Option<String> {
    let number = fragment.strip_prefix("comment_").or_else(|| fragment.strip_prefix("tree_")).unwrap_or(fragment);
    is_comment(number).then(|| number.to_owned())
}

fn is_comment(text: &str) -> bool {
    is_digits(text) && text.len() <= 19
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The `https` origin of an address of the site's own; the mobile host has other pages, so the main one stands for it.
pub(super) fn slashdot(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    let own = host == "slashdot.org" || host.ends_with(".slashdot.org");
    let main = if matches!(host, "m.slashdot.org" | "www.slashdot.org") { "slashdot.org" } else { host };
    (own && url.port().is_none()).then(|| format!("https://{main}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "https://hardware.slashdot.org/story/26/09/09/2151202/a-slug";
    const BARE: &str = "https://slashdot.org/story/26/09/09/2151202/";

    #[test]
    fn every_form_of_a_story() {
        for (text, url, comment) in [
            ("https://hardware.slashdot.org/story/26/09/09/2151202/a-slug", STORY, None),
            (" http://hardware.slashdot.org/story/26/09/09/2151202/a-slug/ ", STORY, None),
            ("//hardware.slashdot.org/story/26/09/09/2151202/a-slug#comments", STORY, None),
            ("hardware.slashdot.org/story/26/09/09/2151202/a-slug?utm_source=rss&x=1", STORY, None),
            ("HTTPS://Hardware.Slashdot.ORG/story/26/09/09/2151202/a-slug#66331684", STORY, Some("66331684")),
            ("https://hardware.slashdot.org/story/26/09/09/2151202/a-slug/funny-comments#comments", STORY, None),
            ("https://slashdot.org/story/26/09/09/2151202/insightful-comments", BARE, None),
            ("slashdot.org/story/26/09/09/2151202", BARE, None),
            ("https://www.slashdot.org/story/26/09/09/2151202/", BARE, None),
            ("https://m.slashdot.org/story/26/09/09/2151202", BARE, None),
            ("https://m.slashdot.org/story/457638", "https://m.slashdot.org/story/457638", None),
            ("https://slashdot.org/article.pl?sid=26/09/09/2151202", BARE, None),
            ("https://slashdot.org/comments.pl?sid=26%2F09%2F09%2F2151202&cid=7", BARE, Some("7")),
            ("https://slashdot.org/story/26/09/09/2151202?cid=7", BARE, Some("7")),
            ("slashdot:26/09/09/2151202", BARE, None),
            ("slashdot:26/09/09/2151202#66331684", BARE, Some("66331684")),
        ] {
            let expected =
                SlashdotAddress { url: url.to_owned(), discussion: None, comment: comment.map(str::to_owned) };
            assert_eq!(parse(text, None), Some(expected), "{text}");
        }
    }

    #[test]
    fn discussions_by_number() {
        for text in ["//it.slashdot.org/comments.pl?sid=24093420&cid=66331684", "slashdot:24093420#comment_66331684"] {
            let address = parse(text, None).unwrap_or_else(|| unreachable!("{text}"));
            assert_eq!((address.discussion, address.comment.as_deref()), (Some(24_093_420), Some("66331684")));
            assert!(address.url.ends_with("slashdot.org/comments.pl?sid=24093420"), "{}", address.url);
        }
    }

    #[test]
    fn a_mirror_keeps_its_scheme_and_port() {
        let mirror = Some("127.0.0.1:8080");
        for text in ["http://127.0.0.1:8080/story/26/09/09/2151202/x", "127.0.0.1:8080/story/26/09/09/2151202/x"] {
            let url = parse(text, mirror).map(|address| address.url);
            assert_eq!(url.as_deref(), Some("http://127.0.0.1:8080/story/26/09/09/2151202/x"));
        }
        let short = parse("slashdot:26/09/09/2151202", mirror).map(|address| address.url);
        assert_eq!(short.as_deref(), Some("http://127.0.0.1:8080/story/26/09/09/2151202/"));
        assert_eq!(parse("http://127.0.0.1:9/story/26/09/09/2151202/x", mirror), None);
        assert_eq!(parse(STORY, Some("https://mirror.example/")).map(|address| address.url).as_deref(), Some(STORY));
    }

    #[test]
    fn what_is_not_a_thread() {
        for text in [
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
        ] {
            assert_eq!(parse(text, None), None, "{text}");
        }
    }
}
