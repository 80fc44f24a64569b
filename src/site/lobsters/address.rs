//! Addresses of stories and comments of Lobsters.

use url::Url;

use crate::site::web;

/// Scheme and host of the site.
pub(super) const HOME: &str = "https://lobste.rs";

/// A thread of Lobsters, and the comment in it that the address names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LobstersAddress {
    /// The page: `…/s/tdfoqh`, or `…/c/42bzeq` where only the comment is known.
    pub url: String,
    /// The short id of the story, unless only the comment is known.
    pub story: Option<String>,
    /// The comment to select.
    pub comment: Option<String>,
}

/// Reads an address in any of the forms that people paste:
///
/// - `https://lobste.rs/s/tdfoqh`, with or without scheme, `www.`, title, `.json`, `#c_42bzeq`, `/comments/42bzeq`;
/// - `https://lobste.rs/c/42bzeq` and `https://lobste.rs/stories/tdfoqh`, with or without `.json`;
/// - `lobsters:tdfoqh`, with or without `#c_42bzeq`.
///
/// `mirror` is the `host` or `host:port`, perhaps with a scheme, of another server that speaks for Lobsters; it keeps
/// plain `http`. Everything else must be `lobste.rs`, and becomes `https`.
pub fn parse(text: &str, mirror: Option<&str>) -> Option<LobstersAddress> {
    if let Some(short) = text.trim().strip_prefix("lobsters:") {
        let (story, fragment) = short.split_once('#').unwrap_or((short, ""));
        return by_story(&home(mirror), story, comment_in(fragment));
    }
    let (url, base) = on_site(text, mirror)?;
    by_path(&url, &base)
}

/// Scheme, host and port of the site, or of the mirror that speaks for it.
pub(super) fn home(mirror: Option<&str>) -> String {
    web::mirror(mirror).as_ref().map_or_else(|| HOME.to_owned(), web::origin)
}

/// An address of the site or of its mirror, and the scheme, host and port that requests go to.
pub(super) fn on_site(text: &str, mirror: Option<&str>) -> Option<(Url, String)> {
    web::on_site(text.trim(), web::mirror(mirror).as_ref(), |url| is_lobsters(url).then(|| HOME.to_owned()))
}

fn by_path(url: &Url, base: &str) -> Option<LobstersAddress> {
    let segments = web::segments(url);
    let fragment = url.fragment().and_then(comment_in);
    match segments.as_slice() {
        ["s" | "stories", story] => by_story(base, without_json(story), fragment),
        ["s", story, _title] => by_story(base, story, fragment),
        ["s", story, _title, "comments", comment] => {
            let comment = without_json(comment);
            by_story(base, story, Some(comment.to_owned()).filter(|comment| is_short_id(comment)).or(fragment))
        }
        ["c", comment] => {
            let comment = Some(without_json(comment)).filter(|comment| is_short_id(comment))?;
            Some(LobstersAddress { url: format!("{base}/c/{comment}"), story: None, comment: Some(comment.to_owned()) })
        }
        _ => None,
    }
}

fn by_story(base: &str, story: &str, comment: Option<String>) -> Option<LobstersAddress> {
    let url = format!("{base}/s/{story}");
    is_short_id(story).then(|| LobstersAddress { url, story: Some(story.to_owned()), comment })
}

/// The comment that a fragment names: `c_42bzeq`.
fn comment_in(fragment: &str) -> Option<String> {
    let id = fragment.strip_prefix("c_").or_else(|| fragment.strip_prefix("comment_"))?;
    is_short_id(id).then(|| id.to_owned())
}

pub(super) fn without_json(segment: &str) -> &str {
    segment.strip_suffix(".json").unwrap_or(segment)
}

/// Short ids have 6 characters now and at most 10.
pub(super) fn is_short_id(text: &str) -> bool {
    (1..=10).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

fn is_lobsters(url: &Url) -> bool {
    matches!(url.host_str(), Some("lobste.rs" | "www.lobste.rs")) && url.port().is_none()
}
