//! Addresses of posts and comments of an instance.

use url::Url;

use crate::site::{grammar, web};

/// A post of an instance, and the comment in it that the address names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LemmyAddress {
    /// The page of the post, or of the comment where only that is known.
    pub url: String,
    /// The instance's number of the post.
    pub post: Option<u64>,
    /// The comment to select.
    pub comment: Option<String>,
}

/// Instances whose names do not tell what they are. Theirs may come without `https://`.
const KNOWN: [&str; 12] = [
    "beehaw.org",
    "discuss.online",
    "discuss.tchncs.de",
    "infosec.pub",
    "lemdro.id",
    "programming.dev",
    "reddthat.com",
    "sh.itjust.works",
    "slrpnk.net",
    "sopuli.xyz",
    "startrek.website",
    "ttrpg.network",
];

/// Reads an address in any of the forms that people paste:
///
/// - `https://HOST/post/ID`, `/post/ID/COMMENTID`, `/post/ID#comment_COMMENTID`, `/comment/ID` and `/c/NAME/p/ID/SLUG`, with
///   or without query. Any host may be an instance, so any is taken with exactly these paths; without `https://` only those that are known
///   or have Lemmy in their name;
/// - `lemmy:HOST/ID`, and `lemmy:HOST/` before any of those paths.
///
/// `mirror` is the `host` or `host:port`, perhaps with a scheme, of the default instance; it keeps plain `http`, and
/// `lemmy:ID` is its own.
pub fn parse(text: &str, mirror: Option<&str>) -> Option<LemmyAddress> {
    let text = text.trim();
    let mirror = web::mirror(mirror);
    if let Some(short) = text.strip_prefix("lemmy:") {
        if let Some(number) = number(short) {
            return named(&web::origin(mirror.as_ref()?), &["post", &number.to_string()], None);
        }
        let url = web::parse_url(short, "https").filter(|_| !short.contains("://"))?;
        return read(&url, &instance(&url, mirror.as_ref()).origin, true);
    }
    let url = web::parse_url(text, "https")?;
    let Instance { origin, is_known } = instance(&url, mirror.as_ref());
    (is_known || text.starts_with("https://")).then(|| read(&url, &origin, false))?
}

/// The instance that an address is of, if it is of any.
pub(super) struct Instance {
    /// Its scheme, host and port.
    pub(super) origin: String,
    /// Whether it is one, as far as its name tells.
    pub(super) is_known: bool,
}

/// Whether an address is of an instance, as far as its host tells.
pub fn is_of_instance(text: &str, mirror: Option<&str>) -> bool {
    let mirror = web::mirror(mirror);
    web::parse_url(text, "https").is_some_and(|url| instance(&url, mirror.as_ref()).is_known)
}

/// The instance that an address would be of.
pub(super) fn instance(url: &Url, mirror: Option<&Url>) -> Instance {
    let is_mirror = mirror.is_some_and(|mirror| web::same_host(mirror, url));
    let is_known = is_mirror || url.host_str().is_some_and(is_known);
    Instance { origin: grammar::own_origin(url, mirror, "https"), is_known }
}

fn read(url: &Url, origin: &str, is_short: bool) -> Option<LemmyAddress> {
    let segments = web::segments(url);
    match segments.as_slice() {
        [id] if is_short => named(origin, &["post", id], url.fragment()),
        segments => named(origin, segments, url.fragment()),
    }
}

/// The post or comment that the parts of a path name.
fn named(origin: &str, path: &[&str], fragment: Option<&str>) -> Option<LemmyAddress> {
    let in_fragment = || {
        let fragment = fragment?;
        number(fragment.strip_prefix("comment_").or_else(|| fragment.strip_prefix("comment-"))?)
    };
    let (post, comment) = match *path {
        // The longer ones are PieFed's way to name a post.
        ["post", post] | ["c", _, "p", post] | ["c", _, "p", post, _] => (Some(number(post)?), in_fragment()),
        ["post", post, comment] => (Some(number(post)?), Some(number(comment)?)),
        ["comment", comment] => (None, Some(number(comment)?)),
        _ => return None,
    };
    let url = match (post, comment) {
        (Some(post), _) => format!("{origin}/post/{post}"),
        (None, comment) => format!("{origin}/comment/{}", comment?),
    };
    Some(LemmyAddress { url, post, comment: comment.map(|comment| comment.to_string()) })
}

fn number(text: &str) -> Option<u64> {
    let is_number = text.len() <= 18 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|&number| is_number && number > 0)
}

fn is_known(host: &str) -> bool {
    let is_named =
        host.split(['.', '-']).any(|part| part.starts_with("lemmy") || part.starts_with("feddit") || part == "lemm");
    is_named || KNOWN.contains(&host)
}
