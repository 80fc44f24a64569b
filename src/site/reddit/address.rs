//! Addresses of Reddit's threads, in every form that people paste.

use url::Url;

use super::account::Account;

/// A thread of Reddit, and the comment in it that the address names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedditAddress {
    /// The thread's page.
    pub url: String,
    /// The thread's id, in base 36; `None` for a share link, which only the site can resolve.
    pub id: Option<String>,
    /// The comment to select.
    pub comment: Option<String>,
    /// The account that its requests use.
    pub(super) account: Account,
}

/// Reads an address in any of the forms that people paste:
///
/// - `https://www.reddit.com/r/SUB/comments/ID/slug/COMMENT`, at any host of the site, with or without scheme, subreddit,
///   slug, `.json`, query; `comment` in place of the slug; under `/user/NAME` or `/u/NAME`; `r/SUB/comments/ID` alone;
/// - `/gallery/ID`, `/tb/ID`, and share links `/r/SUB/s/SHARE`;
/// - `https://redd.it/ID`, `t3_ID` and `reddit:ID`.
///
/// Addresses at the account's other server count as well, and all become addresses there.
pub fn parse(text: &str, account: &Account) -> Option<RedditAddress> {
    let text = text.trim();
    if let Some(id) = text.strip_prefix("t3_").or_else(|| text.strip_prefix("reddit:")) {
        return thread(account, &[], id, None);
    }
    let url = account.own(text)?;
    let segments = segments(&url);
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    if url.host_str().is_some_and(|host| host.ends_with("redd.it")) {
        return if let [id] = segments.as_slice() { thread(account, &[], id, None) } else { None };
    }
    match segments.as_slice() {
        ["comments" | "gallery" | "tb", id, rest @ ..] => thread(account, &[], id, rest.get(1).copied()),
        [place @ ("r" | "user" | "u"), name, "comments", id, rest @ ..] => {
            thread(account, &[place, name], id, rest.get(1).copied())
        }
        ["r", name, "s", share] => {
            let url = format!("{}/r/{name}/s/{share}", account.pages());
            Some(RedditAddress { url, id: None, comment: None, account: account.clone() })
        }
        _ => None,
    }
}

/// The names in an address's path, without the name of a format.
pub(super) fn segments(url: &Url) -> Vec<String> {
    let segments = url.path_segments().into_iter().flatten().map(bare);
    segments.filter(|segment| !segment.is_empty()).map(str::to_owned).collect()
}

fn thread(account: &Account, place: &[&str], id: &str, comment: Option<&str>) -> Option<RedditAddress> {
    let id = base36(id)?;
    let place: String = place.iter().flat_map(|part| [part, "/"]).collect();
    let url = format!("{}/{place}comments/{id}/", account.pages());
    Some(RedditAddress { url, id: Some(id), comment: comment.and_then(base36), account: account.clone() })
}

/// A segment without the name of a format.
fn bare(segment: &str) -> &str {
    segment.strip_suffix(".json").or_else(|| segment.strip_suffix(".rss")).unwrap_or(segment)
}

/// An id, in the small letters that the site uses.
fn base36(text: &str) -> Option<String> {
    is_id(text).then(|| text.to_ascii_lowercase())
}

/// Whether a text may be the id of a post or a comment.
pub(super) fn is_id(text: &str) -> bool {
    (1..=12).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}
