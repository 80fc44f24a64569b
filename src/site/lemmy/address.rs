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
    let mirror = mirror.and_then(|mirror| web::parse_url(mirror, "http"));
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
    let mirror = mirror.and_then(|mirror| web::parse_url(mirror, "http"));
    web::parse_url(text, "https").is_some_and(|url| instance(&url, mirror.as_ref()).is_known)
}

/// The instance that an address would be of.
pub(super) fn instance(url: &Url, mirror: Option<&Url>) -> Instance {
    let is_mirror = mirror.is_some_and(|mirror| web::same_host(mirror, url));
    let is_known = is_mirror || url.host_str().is_some_and(is_known);
    Instance { origin: grammar::own_origin(url, mirror, "https"), is_known }
}

impl LemmyAddress {
    /// Scheme, host and port.
    pub(super) fn origin(&self) -> String {
        grammar::origin_of(&self.url).unwrap_or_default()
    }
}

fn read(url: &Url, origin: &str, is_short: bool) -> Option<LemmyAddress> {
    let segments: Vec<&str> = url.path_segments()?.filter(|segment| !segment.is_empty()).collect();
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

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, mirror: Option<&str>) -> Option<String> {
        let LemmyAddress { url, post, comment } = parse(text, mirror)?;
        Some(format!("{url} {} {}", post.unwrap_or_default(), comment.unwrap_or_default()))
    }

    #[test]
    fn every_form() {
        for (text, expected) in [
            ("https://lemmy.world/post/12", "https://lemmy.world/post/12 12 "),
            (" lemmy.world/post/12/ ", "https://lemmy.world/post/12 12 "),
            ("http://lemmy.ml/post/12?scrollToComments=true", "https://lemmy.ml/post/12 12 "),
            ("//feddit.org/post/12/345#x", "https://feddit.org/post/12 12 345"),
            ("https://any.example/post/12/345", "https://any.example/post/12 12 345"),
            ("https://piefed.example/post/12#comment_345", "https://piefed.example/post/12 12 345"),
            ("https://piefed.example/c/books/p/12/a-slug#comment_345", "https://piefed.example/post/12 12 345"),
            ("https://piefed.example/c/books/p/12", "https://piefed.example/post/12 12 "),
            ("https://sh.itjust.works/comment/345", "https://sh.itjust.works/comment/345 0 345"),
            ("lemmy:any.example/12", "https://any.example/post/12 12 "),
            ("lemmy:any.example/comment/345", "https://any.example/comment/345 0 345"),
        ] {
            assert_eq!(shown(text, None).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_address_of_a_post() {
        for text in [
            "",
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
        ] {
            assert_eq!(parse(text, None), None, "{text}");
        }
    }

    #[test]
    fn a_mirror_keeps_its_scheme_and_port() {
        let mirror = Some("127.0.0.1:8536");
        for text in ["http://127.0.0.1:8536/post/12", "127.0.0.1:8536/post/12", "lemmy:127.0.0.1:8536/12", "lemmy:12"] {
            assert_eq!(shown(text, mirror).as_deref(), Some("http://127.0.0.1:8536/post/12 12 "), "{text}");
        }
        assert_eq!(shown("http://127.0.0.1:9/post/12", mirror), None);
        assert_eq!(shown("lemmy:lemmy.ml/12", mirror).as_deref(), Some("https://lemmy.ml/post/12 12 "));
    }
}
