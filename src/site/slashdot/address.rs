//! Addresses of Slashdot's threads, in every form that people paste.

use std::borrow::Cow;

use url::Url;

use crate::site::web;

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
    let mirror = web::mirror(mirror);
    if let Some(sid) = text.strip_prefix("slashdot:") {
        let (sid, fragment) = sid.split_once('#').unwrap_or((sid, ""));
        let base = mirror.as_ref().map_or_else(|| "https://slashdot.org".to_owned(), web::origin);
        return by_sid(&base, sid, comment_in(fragment));
    }
    let (url, base) = web::on_site(text, mirror.as_ref(), slashdot)?;
    let comment = web::parameter(&url, "cid").map(Cow::into_owned).filter(|cid| is_comment(cid));
    let comment = comment.or_else(|| url.fragment().and_then(comment_in));
    let segments = web::segments(&url);
    match segments.as_slice() {
        ["story", yy, mm, dd, id, rest @ ..] => story(&base, [yy, mm, dd, id], rest, comment),
        ["story", number] if url.host_str() == Some("m.slashdot.org") && is_digits(number) => {
            Some(SlashdotAddress { url: format!("https://m.slashdot.org/story/{number}"), discussion: None, comment })
        }
        ["comments.pl" | "article.pl"] => by_sid(&base, &web::parameter(&url, "sid")?, comment),
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
