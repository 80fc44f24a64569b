//! Targets of the form `NAME/HOST/PLACE/ORDER`, of sites that may be on any host.

use url::Url;

use super::{SiteConfig, web};
use crate::model::Tab;

/// Of which words the targets of a site are made.
#[derive(Clone, Copy, Debug)]
pub(in crate::site) struct Grammar {
    /// The site's short name, with which they begin.
    pub(in crate::site) name: &'static str,
    /// The words with which a place on a host begins.
    pub(in crate::site) places: &'static [&'static str],
    /// Whether a word names an order.
    pub(in crate::site) is_order: fn(&str) -> bool,
}

/// The parts of a target after the site's name; each may be left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::site) struct TargetParts<'t> {
    /// The host, with its port where it has one; without it, the usual host is meant.
    pub(in crate::site) host: Option<&'t str>,
    /// A place on it, in parts; without it, all of the host is meant.
    pub(in crate::site) place: Vec<&'t str>,
    pub(in crate::site) order: Option<&'t str>,
    /// The words to search for.
    pub(in crate::site) words: Option<&'t str>,
}

/// With what the words of a search begin.
const SEARCH: &str = "search:";

impl Grammar {
    /// Reads `HOST/PLACE/ORDER`, or `HOST/search:WORDS`.
    pub(in crate::site) fn read<'t>(&self, rest: &'t str) -> TargetParts<'t> {
        let rest = rest.trim().trim_matches('/');
        let (first, behind) = rest.split_once('/').unwrap_or((rest, ""));
        let is_host = !first.is_empty() && !first.starts_with(SEARCH) && !self.is_word(first);
        let (host, rest) = if is_host { (Some(first), behind) } else { (None, rest) };
        if let Some(words) = rest.strip_prefix(SEARCH) {
            return TargetParts { host, words: Some(words.trim()), ..TargetParts::default() };
        }
        let mut place: Vec<&str> = rest.split('/').filter(|part| !part.is_empty()).collect();
        // The part right after the word for a place is its name, even if it reads like an order.
        let is_name = place.len() == 2 && place.first().is_some_and(|word| self.places.contains(word));
        let order = place.pop_if(|last| !is_name && (self.is_order)(last));
        TargetParts { host, place, order, words: None }
    }

    fn is_word(&self, word: &str) -> bool {
        self.places.contains(&word) || (self.is_order)(word)
    }
}

/// The sections of a site, which its tabs are.
#[derive(Clone, Debug)]
pub(in crate::site) struct Sections {
    grammar: Grammar,
    names: Vec<String>,
    /// The usual host, if there is one.
    host: Option<String>,
    /// The order of a place where none is named: the first section that is one.
    pub(in crate::site) order: String,
}

impl Sections {
    /// The reader's own sections of a site, else the usual ones, the first of which is an order.
    pub(in crate::site) fn of(grammar: Grammar, config: &SiteConfig, usual: &[&str], host: Option<&str>) -> Self {
        let names = config.sections(usual);
        let mut orders =
            names.iter().map(String::as_str).chain(usual.iter().copied()).filter(|name| (grammar.is_order)(name));
        let order = orders.next().unwrap_or_default().to_owned();
        Self { grammar, names, host: host.map(str::to_owned), order }
    }

    /// The tabs: an order is one of the place that `base` names, anything else a place of its own, named in full.
    pub(in crate::site) fn tabs(&self, base: &str) -> Vec<Tab> {
        let is_order = self.grammar.is_order;
        let target = |name: &str| if is_order(name) { format!("{base}/{name}") } else { self.in_full(name) };
        self.names.iter().map(|name| Tab { label: name.clone(), target: target(name) }).collect()
    }

    /// The target of a section with its host and its order.
    fn in_full(&self, section: &str) -> String {
        let Grammar { name, .. } = self.grammar;
        let TargetParts { host, place, order, words } = self.grammar.read(section);
        let Some(host) = host.or(self.host.as_deref()) else { return format!("{name}/{section}") };
        let end = words.map_or_else(|| order.unwrap_or(&self.order).to_owned(), |words| format!("{SEARCH}{words}"));
        let parts: Vec<&str> = [name, host].into_iter().chain(place).chain([end.as_str()]).collect();
        parts.join("/")
    }
}

/// Scheme, host and port of a host that is named in a target: the mirror's where it is the mirror's, else of https.
pub(in crate::site) fn origin_of_host(host: &str, mirror: Option<&Url>) -> Option<String> {
    let url = web::parse_url(host, "https").filter(|url| !host.contains("://") && url.path() == "/")?;
    let is_mirror = mirror.is_some_and(|mirror| web::same_host(mirror, &url));
    let is_host = is_mirror || host.contains(['.', ':']) || host == "localhost";
    (is_host && !host.contains(['@', '?', '#'])).then(|| own_origin(&url, mirror, "https"))
}

/// Scheme, host and port of an address: with the mirror's scheme where it is on the mirror, else with this one.
pub(in crate::site) fn own_origin(url: &Url, mirror: Option<&Url>, scheme: &str) -> String {
    let mut own = url.clone();
    let scheme = mirror.filter(|mirror| web::same_host(mirror, url)).map_or(scheme, Url::scheme);
    // Both are of the web, so one can take the other's place.
    _ = own.set_scheme(scheme);
    web::origin(&own)
}

/// Scheme, host and port of an address on the web.
pub(in crate::site) fn origin_of(url: &str) -> Option<String> {
    Url::parse(&web::address(url)).ok().map(|url| web::origin(&url))
}

/// The host, with its port, of a scheme, host and port.
pub(in crate::site) fn host(origin: &str) -> &str {
    origin.split_once("://").map_or(origin, |(_, host)| host)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GRAMMAR: Grammar =
        Grammar { name: "site", places: &["c", "tag"], is_order: |word| matches!(word, "new" | "top") };

    #[test]
    fn every_part_may_be_left_out() {
        for (rest, host, place, order, words) in [
            ("", None, "", None, None),
            ("/", None, "", None, None),
            ("new", None, "", Some("new"), None),
            ("a.org", Some("a.org"), "", None, None),
            ("a.org/", Some("a.org"), "", None, None),
            ("a.org/top", Some("a.org"), "", Some("top"), None),
            ("c/new", None, "c new", None, None),
            ("c/new/top", None, "c new", Some("top"), None),
            ("a.org/tag/rust", Some("a.org"), "tag rust", None, None),
            ("a.org/c/a/b/3/new/", Some("a.org"), "c a b 3", Some("new"), None),
            ("search:a/b new", None, "", None, Some("a/b new")),
            ("a.org/search: new", Some("a.org"), "", None, Some("new")),
            ("a.org/other/new", Some("a.org"), "other", Some("new"), None),
        ] {
            let place = place.split(' ').filter(|part| !part.is_empty()).collect();
            assert_eq!(GRAMMAR.read(rest), TargetParts { host, place, order, words }, "{rest}");
        }
    }

    #[test]
    fn hosts() {
        let mirror = web::parse_url("http://127.0.0.1:80/", "https");
        for (text, origin) in [
            ("a.org", Some("https://a.org")),
            ("A.org:81", Some("https://a.org:81")),
            ("localhost", Some("https://localhost")),
            ("127.0.0.1", Some("http://127.0.0.1")),
            ("127.0.0.1:81", Some("https://127.0.0.1:81")),
            ("word", None),
            ("a b.org", None),
            ("me@a.org", None),
            ("a.org?x", None),
            ("http://a.org", None),
            ("", None),
        ] {
            assert_eq!(origin_of_host(text, mirror.as_ref()).as_deref(), origin, "{text}");
        }
    }

    #[test]
    fn tabs_of_a_place_and_of_their_own() {
        let names = ["a.org", "top", "c/rust", "c/new/new", "search:x y"].map(str::to_owned).to_vec();
        let config = SiteConfig::default().with_sections(names);
        let sections = Sections::of(GRAMMAR, &config, &["new"], Some("b.org"));
        let targets = |sections: &Sections| sections.tabs("site/c.org/c/x").into_iter().map(|tab| tab.target).collect();
        let own: Vec<String> = targets(&sections);
        assert_eq!(
            own,
            [
                "site/a.org/top",
                "site/c.org/c/x/top",
                "site/b.org/c/rust/top",
                "site/b.org/c/new/new",
                "site/b.org/search:x y"
            ]
        );
        let usual = Sections::of(GRAMMAR, &SiteConfig::default(), &["new", "top"], None);
        assert_eq!((usual.order.as_str(), sections.order.as_str()), ("new", "top"));
        let usual: Vec<String> = targets(&usual);
        assert_eq!(usual, ["site/c.org/c/x/new", "site/c.org/c/x/top"]);
        assert_eq!(Sections::of(GRAMMAR, &config, &["new"], None).tabs("x")[2].target, "site/c/rust");
    }
}
