//! Which addresses may be topics of a Discourse forum, on any host.

use url::Url;

/// A topic of a forum, and the post in it that the address names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
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
/// Any host may be a forum, so the recognisers of other sites go first.
pub fn recognise(text: &str) -> Option<Address> {
    let text = text.trim();
    if let Some(short) = text.strip_prefix("discourse:") {
        let (host, numbers) = short.split_once('/')?;
        return by_path(&Url::parse(&format!("https://{host}/t/{}", numbers.trim_end_matches('/'))).ok()?, true);
    }
    let has_scheme = text.contains("://");
    let whole = if has_scheme { text.to_owned() } else { format!("https://{}", text.trim_start_matches('/')) };
    let url = Url::parse(&whole).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let is_named = has_scheme || url.host_str().is_some_and(|host| host.contains('.'));
    if is_named { by_path(&url, false) } else { None }
}

/// A slug of digits alone is told from a topic's number by a third segment.
fn by_path(url: &Url, is_short: bool) -> Option<Address> {
    let path = url.path().strip_suffix(".json").unwrap_or(url.path());
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let (slug, topic, post) = match segments.as_slice() {
        ["t", topic] => (None, number(topic)?, None),
        ["t", topic, post] if number(topic).is_some() && number(post).is_some() => (None, number(topic)?, number(post)),
        ["t", slug, topic] if !is_short => (Some(*slug), number(topic)?, None),
        ["t", slug, topic, post] if !is_short => (Some(*slug), number(topic)?, Some(number(post)?)),
        _ => return None,
    };
    let origin = url.host_str().map(|_| url.origin().ascii_serialization())?;
    let slug = slug.map_or_else(String::new, |slug| format!("{slug}/"));
    let comment = post.map(|post| post.to_string());
    Some(Address { url: format!("{origin}/t/{slug}{topic}"), topic, comment })
}

fn number(text: &str) -> Option<u64> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit()) && text.len() <= 15;
    text.parse().ok().filter(|&number| is_number && number > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form() {
        for (text, url, comment) in [
            ("https://meta.example.org/t/a-slug/2108", "https://meta.example.org/t/a-slug/2108", None),
            (" https://meta.example.org/t/a-slug/2108/ ", "https://meta.example.org/t/a-slug/2108", None),
            ("https://meta.example.org/t/a-slug/2108/452?u=x", "https://meta.example.org/t/a-slug/2108", Some("452")),
            ("https://meta.example.org/t/a-slug/2108/452.json", "https://meta.example.org/t/a-slug/2108", Some("452")),
            ("https://meta.example.org/t/2108", "https://meta.example.org/t/2108", None),
            ("https://meta.example.org/t/2108.json#x", "https://meta.example.org/t/2108", None),
            ("http://127.0.0.1:8080/t/2108/452", "http://127.0.0.1:8080/t/2108", Some("452")),
            ("https://meta.example.org/t/24/2108/3", "https://meta.example.org/t/24/2108", Some("3")),
            ("https://meta.example.org/t/-/2108", "https://meta.example.org/t/-/2108", None),
            ("meta.example.org/t/a-slug/2108", "https://meta.example.org/t/a-slug/2108", None),
            ("discourse:meta.example.org/2108", "https://meta.example.org/t/2108", None),
            ("discourse:meta.example.org/2108/452", "https://meta.example.org/t/2108", Some("452")),
        ] {
            let expected = Address { url: url.to_owned(), topic: 2108, comment: comment.map(str::to_owned) };
            assert_eq!(recognise(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_not_a_topic() {
        for text in [
            "",
            "t/a-slug/2108",
            "discourse",
            "discourse:",
            "discourse:2108",
            "discourse:meta.example.org/x",
            "discourse:meta.example.org/a-slug/2108",
            "https://meta.example.org/",
            "https://meta.example.org/t/",
            "https://meta.example.org/t/a-slug",
            "https://meta.example.org/t/a-slug/x",
            "https://meta.example.org/t/a-slug/0",
            "https://meta.example.org/t/a-slug/2108/x",
            "https://meta.example.org/t/a-slug/2108/4/5",
            "https://meta.example.org/t/rust.json",
            "https://meta.example.org/forum/t/a-slug/2108",
            "https://meta.example.org/c/a-slug/2108",
            "ftp://meta.example.org/t/a-slug/2108",
        ] {
            assert_eq!(recognise(text), None, "{text}");
        }
    }
}
