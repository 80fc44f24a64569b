//! The tab bar of a list: where each tab stands, for drawing and for the mouse alike.

use super::{KeyMap, ListCommand};
use crate::model::{Heading, Tab};

/// A tab on the bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TabCell {
    /// Its index among the heading's tabs.
    pub index: usize,
    /// Its first column.
    pub x: usize,
    /// Its text: a space, its key where it has one, its label, a space.
    pub words: String,
    /// Whether the list on the screen is this one.
    pub is_here: bool,
}

impl TabCell {
    /// Its columns; labels are the sites' own, and ASCII.
    pub fn width(&self) -> usize {
        self.words.chars().count()
    }
}

/// The column of the first tab: behind the site's name.
pub fn tabs_start(heading: &Heading) -> usize {
    heading.site.chars().count() + 2
}

/// The tabs that a bar of this many columns has room for, behind the site's name; the tab of the list is among them.
pub fn tab_cells(heading: &Heading, keys: &KeyMap, room: usize) -> Vec<TabCell> {
    let here = here(heading);
    let words = |(index, tab): (usize, &Tab)| words_of(section_key(keys, index), &tab.label);
    let words: Vec<String> = heading.tabs.iter().enumerate().map(words).collect();
    let width = |range: std::ops::Range<usize>| -> usize {
        words.get(range).unwrap_or_default().iter().map(|words| words.chars().count()).sum()
    };
    let mut first = 0;
    while here.is_some_and(|here| first < here && width(first..here + 1) > room) {
        first += 1;
    }
    let mut x = 0;
    let mut cells = Vec::new();
    for (index, words) in words.iter().enumerate().skip(first) {
        let cell = TabCell { index, x, words: words.clone(), is_here: here == Some(index) };
        x += cell.width();
        if x > room && !cell.is_here {
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
        tab_cells(&heading(target), &keys(), room).iter().map(|cell| cell.words.clone()).collect()
    }

    #[test]
    fn the_list_of_the_screen_is_among_the_tabs() {
        assert_eq!(shown("hn/top", 99), " 1 top  2 new  3 best  4 ask ");
        assert_eq!(shown("hn/top", 16), " 1 top  2 new ");
        assert_eq!(shown("hn/ask", 16), " 3 best  4 ask ");
        assert_eq!(shown("hn/ask", 3), " 4 ask ");
        assert_eq!(shown("hn/search:x", 16), " 1 top  2 new ");
        let cells = tab_cells(&heading("hn/new"), &keys(), 99);
        assert_eq!(cells.iter().map(|cell| (cell.x, cell.is_here)).nth(1), Some((7, true)));
    }
}
