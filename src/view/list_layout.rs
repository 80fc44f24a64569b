//! The layout of a list's stories: lines of titles, columns of facts, and the place of domains.

use unicode_width::UnicodeWidthStr;

use super::list_memory::StoreUse;
use super::{AuthorNote, FactColumns, Line, ListView, domain, wrap};
use crate::model::{Entry, Text};

/// Columns before a title: the reader's mark, the rank, and a space on either side.
const MARGIN: usize = 2;
/// Columns around a domain: a space, its brackets, and one that stays free.
pub const DOMAIN_MARGIN: usize = 4;

impl ListView {
    /// The columns of the facts of all stories.
    pub fn fact_columns(&self) -> FactColumns {
        let note = |entry: &Entry| self.author_note(entry).map_or(0, AuthorNote::width);
        let columns =
            FactColumns::of(self.entries().iter().map(|entry| (entry, self.new_comments(entry), note(entry))));
        // A list of stories of one site need not name it.
        let is_of_others = self.entries().iter().any(|entry| entry.site != self.heading().site);
        let sites = self.entries().iter().map(|entry| entry.site.as_str()).filter(|_| is_of_others);
        let columns = columns.with_sites(sites);
        let columns = if self.memory.store == StoreUse::Absent { columns } else { columns.with_room_for_new() };
        let columns = if self.marks_stored() { columns.with_stored() } else { columns };
        // The last column of the screen stays free.
        let room = self.size.0.saturating_sub(self.title_column());
        if self.text_lines() == 1 {
            return columns.beside_title(room);
        }
        columns.within(room.saturating_sub(1), || {
            self.entries().iter().any(|entry| self.domain_place(entry) == DomainPlace::Facts)
        })
    }

    /// The column that titles begin at.
    pub fn title_column(&self) -> usize {
        MARGIN + self.entries().len().max(10).to_string().len() + 1
    }

    /// The lines of a title, and whether they end before it does: the last line of a story is for what else is known of it.
    pub fn title_lines(&self, entry: &Entry) -> (Vec<Line>, bool) {
        let width = self.size.0.saturating_sub(self.title_column() + 1).max(1);
        let mut lines = wrap(Text::unmarked(entry.title.as_str()).borrow(), width);
        let most = self.text_lines().saturating_sub(1).max(1);
        let is_cut = lines.len() > most;
        lines.truncate(most);
        (lines, is_cut)
    }

    /// The place of a story's domain, which the facts of all stories have room for where one of them needs it.
    pub fn domain_place(&self, entry: &Entry) -> DomainPlace {
        let host = domain(&entry.link);
        if host.is_empty() {
            return DomainPlace::Nowhere;
        }
        let (lines, is_cut) = self.title_lines(entry);
        let title = lines.last().map_or(0, |line| line.of(&entry.title).width());
        if !is_cut && self.title_column() + title + host.width() + DOMAIN_MARGIN <= self.size.0 {
            DomainPlace::BehindTitle
        } else if lines.len() + 1 < self.text_lines() {
            DomainPlace::OwnLine
        } else {
            DomainPlace::Facts
        }
    }
}

/// The place of the domain that a title leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DomainPlace {
    /// There is none to be shown.
    Nowhere,
    /// Behind the end of the title.
    BehindTitle,
    /// Among the facts or, where these have no room for all of it, on the line that a short title leaves.
    OwnLine,
    /// Among the facts, cut where these have no room for all of it.
    Facts,
}
