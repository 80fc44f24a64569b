//! Addresses of topics, on any host that may be a Discourse forum.

use url::Url;

use crate::site::{grammar, web};

/// A topic of a forum, and the post in it that the address names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiscourseAddress {
    /// The topic's page: `https://HOST/t/SLUG/ID`, or `https://HOST/t/ID`.
    pub url: String,
    /// The topic's number.
    pub topic: u64,
    /// The number of the post to select, which is its id as a comment.
    pub comment: Option<String>,
}

/// Reads an address that has the form of a topic's:
///
/// - `https://HOST/t/SLUG/ID` and `https://HOST/t/ID`, with or without the number of a post, and `.json`; the scheme may
///   be left out where the host has a dot;
/// - `discourse:HOST/ID`, with or without the number of a post.
///
/// `mirror` is the usual forum, `host` or `host:port`, perhaps with a scheme, which its addresses get; `discourse:ID` is
/// its own. Any host may be a forum, so the recognisers of other sites go first.
pub fn parse(text: &str, mirror: Option<&str>) -> Option<DiscourseAddress> {
    let text = text.trim();
    let mirror = web::mirror(mirror);
    if let Some(short) = text.strip_prefix("discourse:") {
        return by_number(short.trim_end_matches('/'), mirror.as_ref());
    }
    let url = web::parse_url(text, "https")?;
    let is_mirror = mirror.as_ref().is_some_and(|mirror| web::same_host(mirror, &url));
    let is_named = text.contains("://") || is_mirror || url.host_str()?.contains('.');
    let path = url.path().strip_suffix(".json").unwrap_or(url.path());
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let (slug, topic, post) = match *segments.as_slice() {
        ["t", topic] => (None, topic, None),
        ["t", topic, post] if number(topic).is_some() && number(post).is_some() => (None, topic, Some(post)),
        ["t", slug, topic] => (Some(slug), topic, None),
        // A slug of digits alone is told from a topic's number by a third segment. It is left out: in an address without
        // a post it would be taken for the topic.
        ["t", slug, topic, post] => (Some(slug), topic, Some(post)),
        _ => return None,
    };
    let origin = grammar::own_origin(&url, mirror.as_ref(), url.scheme());
    is_named.then(|| address(&origin, slug, topic, post))?
}

/// Reads `HOST/ID`, `HOST/ID/POST`, or without the host what is the usual forum's.
fn by_number(short: &str, mirror: Option<&Url>) -> Option<DiscourseAddress> {
    let parts: Vec<&str> = short.split('/').collect();
    let is_own = parts.iter().all(|part| number(part).is_some());
    match *parts.as_slice() {
        [topic] if is_own => address(&web::origin(mirror?), None, topic, None),
        [topic, post] if is_own => address(&web::origin(mirror?), None, topic, Some(post)),
        [host, topic] => address(&grammar::origin_of_host(host, mirror)?, None, topic, None),
        [host, topic, post] => address(&grammar::origin_of_host(host, mirror)?, None, topic, Some(post)),
        _ => None,
    }
}

fn address(origin: &str, slug: Option<&str>, topic: &str, post: Option<&str>) -> Option<DiscourseAddress> {
    let topic = number(topic)?;
    let comment = post.map(|post| number(post).ok_or(())).transpose().ok()?;
    let slug = slug.filter(|slug| number(slug).is_none()).map_or_else(String::new, |slug| format!("{slug}/"));
    let comment = comment.map(|post| post.to_string());
    Some(DiscourseAddress { url: format!("{origin}/t/{slug}{topic}"), topic, comment })
}

/// The page of a topic of a forum; empty where either is not known.
pub(super) fn topic_url(origin: &str, slug: Option<&str>, topic: &str) -> String {
    if origin.is_empty() || topic.is_empty() {
        return String::new();
    }
    let slug = slug.filter(|slug| number(slug).is_none()).unwrap_or("-").replace(['/', '?', '#', '\\', '%'], "-");
    web::address(&format!("{origin}/t/{slug}/{topic}"))
}

/// A number as addresses have it.
pub(super) fn number(text: &str) -> Option<u64> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit()) && text.len() <= 15;
    text.parse().ok().filter(|&number| is_number && number > 0)
}
