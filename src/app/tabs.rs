//! The tab bar of a list: where each tab stands, for drawing and for the mouse alike.

use std::ops::Range;

use super::navigation::site_of;
use super::{App, KeyMap, ListCommand};
use crate::model::{Heading, Tab};

/// Columns between the sections and the sites, at least.
const SITES_GAP: usize = 2;
/// The columns of sections that are left beside the neighbouring sites; without as many, only marks stand for the sites.
const LEAST_SECTIONS: usize = 24;
/// The marks that lead to what is out of sight at the left and the right, and what stands between two sites.
const LEFT: &str = "‹";
const RIGHT: &str = "›";
const BETWEEN: &str = "|";

/// The section or site that a click on a part of the tab bar leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TabLink {
    /// The section with this index.
    Section(usize),
    /// The site with this index.
    Site(usize),
    /// The site before this one.
    PreviousSite,
    /// The site behind it.
    NextSite,
}

/// The role of a part of the tab bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TabKind {
    /// The name of the site at the left.
    Name,
    /// A section.
    Section,
    /// The name of a site.
    Site,
    /// A mark, which leads to what is out of sight, or divides.
    Mark,
    /// The title of a list that is no section.
    Title,
}

/// A part of the tab bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TabCell {
    /// Its role.
    pub kind: TabKind,
    /// The section or site that a click on it leads to.
    pub link: Option<TabLink>,
    /// Its first column.
    pub x: usize,
    /// Its text; of a section a space, its key where it has one, its label, a space.
    pub words: String,
    /// Whether the list on the screen is this one, or of this site.
    pub is_here: bool,
}

impl TabCell {
    /// A part of a bar at no column yet.
    fn new(kind: TabKind, words: impl Into<String>, link: Option<TabLink>) -> Self {
        Self { kind, link, x: 0, words: words.into(), is_here: false }
    }

    /// Its columns; labels are the sites' own, and ASCII.
    pub fn columns(&self) -> Range<usize> {
        self.x..self.x + width(&self.words)
    }
}

impl App {
    /// The tab bar of a list: the site's name and its sections, those that there is room for and the open one among them; at
    /// the right all sites, or the two beside this one, or marks around the name that lead to these.
    pub fn tab_bar(&self, heading: &Heading) -> Vec<TabCell> {
        let sections = self.section_tabs(heading, true);
        let title = Some(&heading.title).filter(|title| here(heading).is_none() && !title.is_empty());
        let title_width = title.map_or(0, |title| 1 + width(title));
        let whole: usize = sections.iter().map(|cell| width(&cell.words)).sum::<usize>() + title_width;
        let name = vec![TabCell::new(TabKind::Name, heading.site.as_str(), None)];
        let room = self.size.0.saturating_sub(width(&heading.site) + 2);
        let beside = |sites: &[TabCell]| columns(sites) + SITES_GAP;
        let (all, nearest) = (self.all_sites(), self.nearest_sites());
        // A title beside fewer sections would have no room of its own.
        let least = if title.is_some() { whole } else { whole.min(LEAST_SECTIONS) };
        let (name, sites) = if nearest.is_empty() || whole + beside(&all) < room {
            (name, all)
        } else if least + beside(&nearest) < room {
            (name, nearest)
        } else {
            (self.name_between_marks(heading), Vec::new())
        };
        let name = placed(name, 1);
        let start = name.last().map_or(1, |cell| cell.columns().end + 1);
        let sites_start = self.size.0.saturating_sub(columns(&sites) + 1);
        let end = if sites.is_empty() { self.size.0 } else { sites_start - SITES_GAP.min(sites_start) };
        let room = end.saturating_sub(start);
        let sections = if columns(&sections) > room { self.section_tabs(heading, false) } else { sections };
        let sections = placed(self.sections_within(sections, room), start);
        let title_start = sections.last().map_or(start, |cell| cell.columns().end) + 1;
        let title = title.map(|title| TabCell { x: title_start, ..TabCell::new(TabKind::Title, title.as_str(), None) });
        name.into_iter().chain(sections).chain(title).chain(placed(sites, sites_start)).collect()
    }

    /// All sections of the site, with their keys; where there is no room for all of them, without the names of keys that take
    /// more than a column, such as `Alt-1`.
    fn section_tabs(&self, heading: &Heading, has_room: bool) -> Vec<TabCell> {
        let here = here(heading);
        let cell = |(index, tab): (usize, &Tab)| {
            let key = section_key(&self.keys, index).filter(|name| has_room || name.len() == 1);
            let words = words_of(key, &tab.label);
            let cell = TabCell::new(TabKind::Section, words, Some(TabLink::Section(index)));
            TabCell { is_here: here == Some(index), ..cell }
        };
        heading.tabs.iter().enumerate().map(cell).collect()
    }

    /// Every site that has a tab.
    fn all_sites(&self) -> Vec<TabCell> {
        let here = site_of(&self.page);
        let cell = |(index, site): (usize, &String)| {
            let is_here = site == here;
            let link = (!is_here).then_some(TabLink::Site(index));
            TabCell { is_here, ..TabCell::new(TabKind::Site, words_of(None, site), link) }
        };
        self.options.sites.iter().enumerate().map(cell).collect()
    }

    /// This site between those that the keys for the next and the previous one lead to: `‹ slashdot | hn | lobsters ›`. Empty
    /// where there is no other.
    fn nearest_sites(&self) -> Vec<TabCell> {
        let Some((before, next)) = self.neighbouring_sites() else { return Vec::new() };
        let mark = |words: &str, link| TabCell::new(TabKind::Mark, self.own_words(words), link);
        let site = |site: &str, link| TabCell::new(TabKind::Site, words_of(None, site), link);
        let here = TabCell { is_here: true, ..site(site_of(&self.page), None) };
        let (to_before, to_next) = (Some(TabLink::PreviousSite), Some(TabLink::NextSite));
        let mut cells = vec![here, mark(BETWEEN, None), site(next, to_next), mark(RIGHT, to_next)];
        if before != next {
            cells.splice(0..0, [mark(LEFT, to_before), site(before, to_before), mark(BETWEEN, None)]);
        }
        cells
    }

    /// The site's name between the marks that lead to those beside it.
    fn name_between_marks(&self, heading: &Heading) -> Vec<TabCell> {
        let mark = |words: String, link| TabCell::new(TabKind::Mark, words, Some(link));
        let name = TabCell::new(TabKind::Name, heading.site.as_str(), None);
        vec![
            mark(self.own_words(LEFT) + " ", TabLink::PreviousSite),
            name,
            mark(format!(" {}", self.own_words(RIGHT)), TabLink::NextSite),
        ]
    }

    /// Those of a site's sections that a bar of this many columns has room for, the open one among them, with marks at the
    /// ends beyond which there are more.
    fn sections_within(&self, sections: Vec<TabCell>, room: usize) -> Vec<TabCell> {
        if columns(&sections) <= room {
            return sections;
        }
        let here = sections.iter().position(|cell| cell.is_here).unwrap_or_default();
        let last = sections.len().saturating_sub(1);
        let taken = |first: usize, end: usize| {
            let marks = usize::from(first > 0) + usize::from(end <= last);
            columns(sections.get(first..end).unwrap_or_default()) + marks
        };
        let first = (0..=here).find(|&first| taken(first, here + 1) <= room).unwrap_or(here);
        let end = (here + 1..=sections.len()).rev().find(|&end| taken(first, end) <= room).unwrap_or(here + 1);
        let mark = |words, to| TabCell::new(TabKind::Mark, self.own_words(words), Some(TabLink::Section(to)));
        let left = first.checked_sub(1).map(|before| mark(LEFT, before));
        let right = (end <= last).then(|| mark(RIGHT, end));
        let shown = sections.into_iter().skip(first).take(end - first);
        left.into_iter().chain(shown).chain(right).collect()
    }
}

/// The columns of parts side by side.
fn columns(cells: &[TabCell]) -> usize {
    cells.iter().map(|cell| width(&cell.words)).sum()
}

fn width(words: &str) -> usize {
    words.chars().count()
}

/// Parts side by side from a column on.
fn placed(mut cells: Vec<TabCell>, start: usize) -> Vec<TabCell> {
    let mut x = start;
    for cell in &mut cells {
        cell.x = x;
        x = cell.columns().end;
    }
    cells
}

/// The tab that the list is.
pub(super) fn here(heading: &Heading) -> Option<usize> {
    heading.tabs.iter().position(|tab| tab.target == heading.target)
}

/// The key that turns to a tab: the first whose name is ASCII, which takes as many columns as it has characters.
fn section_key(keys: &KeyMap, index: usize) -> Option<String> {
    let number = u8::try_from(index + 1).ok()?;
    keys.keys(ListCommand::Section(number)).map(|key| key.to_string()).find(|name| name.is_ascii())
}

fn words_of(key: Option<String>, label: &str) -> String {
    key.map_or_else(|| format!(" {label} "), |key| format!(" {key} {label} "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Options;

    fn heading(target: &str) -> Heading {
        let tab = |name: &str| Tab { label: name.to_owned(), target: format!("hn/{name}") };
        let tabs = ["top", "new", "best", "ask"].map(tab).to_vec();
        Heading { site: "hn".to_owned(), target: target.to_owned(), tabs, ..Heading::default() }
    }

    fn keys() -> KeyMap {
        keys_with("")
    }

    /// The digits with this before them.
    fn keys_with(before: &str) -> KeyMap {
        let mut keys = KeyMap::default();
        for number in 1..=4 {
            keys.bind(&format!("section-{number}"), [format!("{before}{number}").as_str()]).expect("a key");
        }
        keys
    }

    /// The words of the bar of a list, in so many columns.
    fn bar(heading: &Heading, columns: usize, sites: &[&str]) -> String {
        bar_with(keys(), heading, columns, sites)
    }

    fn bar_with(keys: KeyMap, heading: &Heading, columns: usize, sites: &[&str]) -> String {
        let sites = sites.iter().map(|site| (*site).to_owned()).collect();
        let options = Options { sites, ..Options::default() };
        let app = App::new(heading.site.clone(), keys, options, (columns, 24), 0);
        let mut line = String::new();
        for cell in app.tab_bar(heading) {
            let gap = cell.x - line.chars().count();
            line.extend([" ".repeat(gap), cell.words]);
        }
        assert!(line.chars().count() <= columns, "{line}");
        line.trim_end().to_owned()
    }

    #[test]
    fn the_list_of_the_screen_is_among_the_tabs() {
        let shown = |target: &str, columns| bar(&heading(target), columns, &[]);
        assert_eq!(shown("hn/top", 99), " hn  1 top  2 new  3 best  4 ask");
        assert_eq!(shown("hn/top", 22), " hn  1 top  2 new ›");
        assert_eq!(shown("hn/ask", 23), " hn ‹ 3 best  4 ask");
        assert_eq!(shown("hn/best", 16), " hn ‹ 3 best ›");
        assert_eq!(shown("hn/search:x", 24), " hn  1 top  2 new ›");
    }

    #[test]
    fn names_of_keys_give_way_to_those_of_sections() {
        let shown = |columns| bar_with(keys_with("alt-"), &heading("hn/best"), columns, &[]);
        assert_eq!(shown(53), " hn  Alt-1 top  Alt-2 new  Alt-3 best  Alt-4 ask");
        assert_eq!(shown(46), " hn  top  new  best  ask");
        assert_eq!(shown(26), " hn  top  new  best  ask");
        assert_eq!(shown(16), " hn ‹ best  ask");
    }

    #[test]
    fn sites_lead_both_ways_at_every_width() {
        let sites = ["slashdot", "hn", "lobsters", "saved"];
        let shown = |target: &str, columns| bar(&heading(target), columns, &sites);
        assert_eq!(shown("hn/top", 75), " hn  1 top  2 new  3 best  4 ask            slashdot  hn  lobsters  saved");
        assert_eq!(shown("hn/top", 66), " hn  1 top  2 new  3 best  4 ask     ‹ slashdot | hn | lobsters ›");
        assert_eq!(shown("hn/top", 60), " hn  1 top  2 new  3 best ›    ‹ slashdot | hn | lobsters ›");
        assert_eq!(shown("hn/top", 40), " ‹ hn ›  1 top  2 new  3 best  4 ask");
        assert_eq!(shown("hn/ask", 30), " ‹ hn › ‹ 3 best  4 ask");
        let turns = |columns| -> Vec<Option<TabLink>> {
            let sites = sites.iter().map(|site| (*site).to_owned()).collect();
            let options = Options { sites, ..Options::default() };
            let app = App::new("hn".to_owned(), keys(), options, (columns, 24), 0);
            app.tab_bar(&heading("hn/top")).into_iter().map(|cell| cell.link).collect()
        };
        for columns in 24..67 {
            let turns = turns(columns);
            assert!(
                turns.contains(&Some(TabLink::PreviousSite)) && turns.contains(&Some(TabLink::NextSite)),
                "{columns}"
            );
        }
    }
}
