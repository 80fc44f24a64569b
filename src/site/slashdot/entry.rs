//! Links on pages and in feeds: the thread that one leads to, and the address that a list keeps.

use url::Url;

use super::address;
use super::section::{host_word, section_name};
use crate::model::counted;
use crate::site::grammar::origin_of;
use crate::site::web;

/// The thread of a story in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Thread {
    /// The address of its page.
    pub(super) url: String,
    /// The story's id.
    pub(super) sid: String,
    /// The section that the address names, or nothing.
    section: String,
}

impl Thread {
    /// The thread that a link of a list leads to, if it leads to one. `home` is where the list is: under a mirror, its
    /// stories are requested there too, also where the page still names Slashdot's hosts.
    pub(super) fn at(link: &str, home: &str) -> Option<Self> {
        let home = Url::parse(home).ok()?;
        let link = home.join(link.trim()).ok()?;
        let mirror = address::slashdot(&home).is_none().then(|| web::origin(&home));
        let found = address::parse(link.as_str(), mirror.as_deref())?;
        let sid = found.sid()?;
        let section = host_word(&link).and_then(section_name).unwrap_or_default().to_owned();
        let url = match &mirror {
            Some(mirror) => found.url.replacen(&origin_of(&found.url)?, mirror, 1),
            None => found.url,
        };
        Some(Self { url, sid, section })
    }

    /// Its place on the site: the section, or else its topic.
    pub(super) fn place(&self, topic: String) -> String {
        if self.section.is_empty() { topic } else { self.section.clone() }
    }
}

/// The address of what a story is about, without what only counts readers; nothing where it is on the list's own site.
pub(super) fn outside(link: &str, home: &str) -> String {
    let is_here = |url: &Url| Url::parse(home).is_ok_and(|home| web::same_host(url, &home));
    let Some(mut url) = Url::parse(link).ok().filter(|url| !is_here(url)) else { return String::new() };
    let kept = url.query().map(|query| query.split('&').filter(|pair| !pair.starts_with("utm_")).collect::<Vec<_>>());
    let kept = kept.map(|pairs| pairs.join("&")).filter(|query| !query.is_empty());
    url.set_query(kept.as_deref());
    web::address(url.as_str())
}

/// The note on stories that a list cannot use.
pub(super) fn note_of_lost(lost: u32) -> Option<String> {
    let verb = if lost == 1 { "was" } else { "were" };
    (lost > 0).then(|| format!("{} without a title or an address {verb} left out", counted(lost, "story")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thread(link: &str, home: &str) -> Option<(String, String)> {
        let thread = Thread::at(link, home)?;
        assert_eq!(thread.sid, "26/05/02/1259237");
        Some((thread.url.clone(), thread.place("Rocks".to_owned())))
    }

    #[test]
    fn links_of_lists() {
        let (own, mirror) = ("https://slashdot.org/", "http://127.0.0.1:80/ask/");
        let path = "/story/26/05/02/1259237/a-slug";
        for (link, home, expected) in [
            (format!("//yro.slashdot.org{path}#comments"), own, Some(("https://yro.slashdot.org", "yro"))),
            (format!("http://slashdot.org{path}?utm_source=rss"), own, Some(("https://slashdot.org", "Rocks"))),
            (format!(" {path} "), "https://ask.slashdot.org/?page=2", Some(("https://ask.slashdot.org", "ask"))),
            (format!("//yro.slashdot.org{path}"), mirror, Some(("http://127.0.0.1", "yro"))),
            (path.to_owned(), mirror, Some(("http://127.0.0.1", "Rocks"))),
            (format!("//else.example{path}"), own, None),
            ("/submission/26/05/02/1259237".to_owned(), own, None),
            (String::new(), own, None),
        ] {
            let expected = expected.map(|(origin, place)| (format!("{origin}{path}"), place.to_owned()));
            assert_eq!(thread(&link, home), expected, "{link}");
        }
    }

    #[test]
    fn links_to_what_stories_are_about() {
        for (link, expected) in [
            ("https://a.example/x?b=1&utm_source=s&c=2&utm_medium=m#d", "https://a.example/x?b=1&c=2#d"),
            ("https://a.example/x?utm_source=s", "https://a.example/x"),
            ("http://127.0.0.1:8080/faq", ""),
            ("javascript:alert(1)", ""),
            ("/faq", ""),
            ("", ""),
        ] {
            assert_eq!(outside(link, "http://127.0.0.1:8080/"), expected, "{link}");
        }
    }
}
