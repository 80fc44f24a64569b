//! The sections of Hacker News, with their names on the site and at its two services.

/// A section of the site, in the words of everyone who has one for it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Section {
    /// lurker's.
    pub(super) name: &'static str,
    /// The item service's list of numbers.
    pub(super) numbers: &'static str,
    /// The page's on the web.
    pub(super) path: &'static str,
    /// The query of the search service that comes closest.
    pub(super) substitute: Option<&'static str>,
}

/// Every section, in the order of the tabs. The first is the front page.
pub(super) const SECTIONS: [Section; 6] = [
    section("top", "topstories", "", Some("search?tags=front_page")),
    section("new", "newstories", "newest", Some("search_by_date?tags=story")),
    section("best", "beststories", "best", None),
    section("ask", "askstories", "ask", Some("search_by_date?tags=ask_hn")),
    section("show", "showstories", "show", Some("search_by_date?tags=show_hn")),
    section("jobs", "jobstories", "jobs", Some("search_by_date?tags=job")),
];

/// lurker's names of them, in the same order.
pub(super) const NAMES: [&str; SECTIONS.len()] = {
    let mut names = [""; SECTIONS.len()];
    let mut place = 0;
    while place < SECTIONS.len() {
        names[place] = SECTIONS[place].name;
        place += 1;
    }
    names
};

const fn section(
    name: &'static str,
    numbers: &'static str,
    path: &'static str,
    substitute: Option<&'static str>,
) -> Section {
    Section { name, numbers, path, substitute }
}

/// The section of this name, lurker's or the site's own.
pub(super) fn named(name: &str) -> Option<&'static Section> {
    let is_named = |section: &&Section| section.name == name || section.path == name;
    SECTIONS.iter().find(is_named).or_else(|| SECTIONS.first().filter(|_| name == "news"))
}
