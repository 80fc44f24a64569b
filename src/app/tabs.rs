//! The tab bar of a list: where each tab stands, for drawing and for the mouse alike.

use std::ops::Range;

use super::navigation::site_of;
use super::{App, KeyMap, ListCommand};
use crate::model::{Heading, Tab};

/// Columns between the sections and the sites, at least.
const SITES_GAP: usize = 2;

/// The tab bar: the sections of the site, and where there is room the sites at the right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TabBar {
    /// The sections that there is room for, the open one among them.
    pub sections: Vec<TabCell>,
    /// All sites, or none where there is no room for them.
    pub sites: Vec<TabCell>,
}

/// A tab on the bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TabCell {
    /// Its index among the heading's tabs, or among the sites.
    pub index: usize,
    /// Its first column.
    pub x: usize,
    /// Its text: a space, its key where it has one, its label, a space.
    pub words: String,
    /// Whether the list on the screen is this one, or of this site.
    pub is_here: bool,
}

impl TabCell {
    /// Its columns; labels are the sites' own, and ASCII.
    pub fn columns(&self) -> Range<usize> {
        self.x..self.x + self.words.chars().count()
    }
}

impl App {
    /// The tab bar of a list.
    pub fn tab_bar(&self, heading: &Heading) -> TabBar {
        let sections = section_cells(heading, &self.keys, self.size.0);
        let end = sections.last().map_or(tabs_start(heading), |cell| cell.columns().end);
        // The name of a list that is no section stands behind them.
        let is_section = sections.iter().any(|cell| cell.is_here);
        let end = if is_section { end } else { end + 1 + heading.title.chars().count() };
        let here = site_of(&self.page);
        let labels: Vec<(String, bool)> =
            self.options.sites.iter().map(|site| (words_of(None, site), site == here)).collect();
        let width: usize = labels.iter().map(|(words, _)| words.chars().count()).sum();
        let is_whole = sections.len() == heading.tabs.len();
        let start =
            (self.size.0.saturating_sub(width)).checked_sub(1).filter(|start| is_whole && *start > end + SITES_GAP);
        let Some(mut x) = start else { return TabBar { sections, sites: Vec::new() } };
        let mut sites = Vec::with_capacity(labels.len());
        for (index, (words, is_here)) in labels.into_iter().enumerate() {
            sites.push(TabCell { index, x, words, is_here });
            x = sites[index].columns().end;
        }
        TabBar { sections, sites }
    }
}

/// The column of the first tab: behind the site's name.
pub fn tabs_start(heading: &Heading) -> usize {
    heading.site.chars().count() + 2
}

/// The tabs of sections that a bar of this many columns has room for, behind the site's name; the tab of the list is among
/// them.
fn section_cells(heading: &Heading, keys: &KeyMap, columns: usize) -> Vec<TabCell> {
    let here = here(heading);
    let (start, room) = (tabs_start(heading), columns.saturating_sub(tabs_start(heading)));
    let words = |(index, tab): (usize, &Tab)| words_of(section_key(keys, index), &tab.label);
    let words: Vec<String> = heading.tabs.iter().enumerate().map(words).collect();
    let width = |range: Range<usize>| -> usize {
        words.get(range).unwrap_or_default().iter().map(|words| words.chars().count()).sum()
    };
    let mut first = 0;
    while here.is_some_and(|here| first < here && width(first..here + 1) > room) {
        first += 1;
    }
    let mut x = start;
    let mut cells = Vec::new();
    for (index, words) in words.iter().enumerate().skip(first) {
        let cell = TabCell { index, x, words: words.clone(), is_here: here == Some(index) };
        x = cell.columns().end;
        if x > start + room && !cell.is_here {
            break;
        }
        cells.push(cell);
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

    fn heading(target: &str) -> Heading {
        let tab = |name: &str| Tab { label: name.to_owned(), target: format!("hn/{name}") };
        let tabs = ["top", "new", "best", "ask"].map(tab).to_vec();
        Heading { target: target.to_owned(), tabs, ..Heading::default() }
    }

    fn keys() -> KeyMap {
        let mut keys = KeyMap::default();
        for number in 1..=4 {
            keys.bind(&format!("section-{number}"), [number.to_string().as_str()]).expect("a key");
        }
        keys
    }

    fn shown(target: &str, room: usize) -> String {
        section_cells(&heading(target), &keys(), 4 + room).iter().map(|cell| cell.words.clone()).collect()
    }

    #[test]
    fn the_list_of_the_screen_is_among_the_tabs() {
        assert_eq!(shown("hn/top", 99), " 1 top  2 new  3 best  4 ask ");
        assert_eq!(shown("hn/top", 16), " 1 top  2 new ");
        assert_eq!(shown("hn/ask", 16), " 3 best  4 ask ");
        assert_eq!(shown("hn/ask", 3), " 4 ask ");
        assert_eq!(shown("hn/search:x", 16), " 1 top  2 new ");
        let cells = section_cells(&heading("hn/new"), &keys(), 99);
        assert_eq!(cells.iter().map(|cell| (cell.x, cell.is_here)).nth(1), Some((9, true)));
    }
}
