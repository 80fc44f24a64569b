//! Which addresses are Reddit's, and what each of them names.

use url::Url;

/// A thread of Reddit, and the comment in it that the address names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The thread's page.
    pub url: String,
    /// The thread's id, in base 36; `None` for a share link, which only the site can resolve.
    pub id: Option<String>,
    /// The comment to select.
    pub comment: Option<String>,
}

/// Reads an address in any of the forms that people paste:
///
/// - `https://www.reddit.com/r/SUB/comments/ID/slug/COMMENT`, at any host of the site, with or without scheme, subreddit,
///   slug, `.json`, query; `comment` in place of the slug; under `/user/NAME` or `/u/NAME`;
/// - `/gallery/ID`, `/tb/ID`, and share links `/r/SUB/s/SHARE`;
/// - `https://redd.it/ID` and `t3_ID`.
pub fn recognise(text: &str) -> Option<Address> {
    let text = text.trim();
    if let Some(id) = text.strip_prefix("t3_") {
        return thread(&[], id, None);
    }
    let url = parse(text).filter(|url| url.port().is_none())?;
    let host = url.host_str()?;
    let segments: Vec<&str> = url.path_segments()?.map(bare).filter(|segment| !segment.is_empty()).collect();
    if matches!(host, "redd.it" | "www.redd.it") {
        return if let [id] = segments.as_slice() { thread(&[], id, None) } else { None };
    }
    if host != "reddit.com" && !host.ends_with(".reddit.com") {
        return None;
    }
    match segments.as_slice() {
        ["comments" | "gallery" | "tb", id, rest @ ..] => thread(&[], id, rest.get(1).copied()),
        [place @ ("r" | "user" | "u"), name, "comments", id, rest @ ..] => {
            thread(&[place, name], id, rest.get(1).copied())
        }
        ["r", name, "s", share] => {
            let url = format!("https://www.reddit.com/r/{name}/s/{share}");
            Some(Address { url, id: None, comment: None })
        }
        _ => None,
    }
}

fn thread(place: &[&str], id: &str, comment: Option<&str>) -> Option<Address> {
    let id = base36(id)?;
    let place: String = place.iter().flat_map(|part| [part, "/"]).collect();
    let url = format!("https://www.reddit.com/{place}comments/{id}/");
    Some(Address { url, id: Some(id), comment: comment.and_then(base36) })
}

/// A segment without the name of a format.
fn bare(segment: &str) -> &str {
    segment.strip_suffix(".json").or_else(|| segment.strip_suffix(".rss")).unwrap_or(segment)
}

/// An id, in the small letters that the site uses.
fn base36(text: &str) -> Option<String> {
    let is_id = (1..=12).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_id.then(|| text.to_ascii_lowercase())
}

/// An address with or without its scheme.
fn parse(text: &str) -> Option<Url> {
    let has_scheme = text.contains("://");
    let with_scheme = if has_scheme { text.to_owned() } else { format!("https://{}", text.trim_start_matches('/')) };
    Url::parse(&with_scheme).ok().filter(|url| matches!(url.scheme(), "http" | "https"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form() {
        let (rust, bare, user) = ("r/rust/", "", "user/ada/");
        for (text, place, comment) in [
            ("https://www.reddit.com/r/rust/comments/3hahrw/a_slug/", rust, None),
            ("http://old.reddit.com/r/rust/comments/3hahrw?sort=new", rust, None),
            ("np.reddit.com/r/rust/comments/3hahrw/a_slug/cu5oif1/?context=3&share_id=x", rust, Some("cu5oif1")),
            ("https://reddit.com/r/rust/comments/3HAHRW/comment/cu5oif1", rust, Some("cu5oif1")),
            ("https://de.reddit.com/r/rust/comments/3hahrw/a_slug.json?limit=500", rust, None),
            ("https://www.reddit.com/r/rust/comments/3hahrw/_/cu5oif1.json", rust, Some("cu5oif1")),
            ("https://www.reddit.com/r/rust/comments/3hahrw/.json", rust, None),
            ("https://www.reddit.com/r/rust/comments/3hahrw/a_slug/.rss", rust, None),
            ("https://www.reddit.com/comments/3hahrw", bare, None),
            ("https://www.reddit.com/user/ada/comments/3hahrw/a_slug/", user, None),
            ("https://www.reddit.com/gallery/3hahrw", bare, None),
            ("https://redd.it/3hahrw", bare, None),
            ("t3_3hahrw", bare, None),
        ] {
            let url = format!("https://www.reddit.com/{place}comments/3hahrw/");
            let expected = Address { url, id: Some("3hahrw".to_owned()), comment: comment.map(str::to_owned) };
            assert_eq!(recognise(text), Some(expected), "{text}");
        }
        let share = recognise("https://www.reddit.com/r/rust/s/aBc123").unwrap_or_else(|| unreachable!());
        assert_eq!((share.id, share.url.as_str()), (None, "https://www.reddit.com/r/rust/s/aBc123"));
    }

    #[test]
    fn what_is_no_thread() {
        for text in [
            "3hahrw",
            "t3_",
            "t1_cu5oif1",
            "https://www.reddit.com/",
            "https://www.reddit.com/r/rust/",
            "https://v.redd.it/3hahrw",
            "https://i.redd.it/3hahrw.png",
            "https://notreddit.com/r/rust/comments/3hahrw/",
            "https://www.reddit.com/r/rust/comments/3ha-hrw/",
        ] {
            assert_eq!(recognise(text), None, "{text}");
        }
    }
}
