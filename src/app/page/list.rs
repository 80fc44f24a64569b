//! A list of stories on a page: its view, and the load of one of its pages.

use std::sync::Arc;

use super::PendingLoad;
use crate::model::{Listing, LoadError};
use crate::view::{ListRules, ListView};

/// A list of stories, as far as it is here.
#[derive(Clone, Debug)]
pub struct ListPage {
    view: ListView,
    state: ListState,
}

#[derive(Clone, Debug)]
enum ListState {
    Idle,
    /// There is no story, because the load failed.
    Failed(LoadError),
    Loading(PendingLoad, ListStep),
}

/// The part of a list that is loading.
#[derive(Clone, Debug)]
enum ListStep {
    /// The first page, for the first time or again. A listing that has fewer stories than are being read is withheld.
    FirstPage { withheld: Option<Arc<Listing>> },
    /// A page after those that are here.
    FurtherPage,
}

impl ListPage {
    /// A list under these rules of which the first page is loading, on a screen with this room.
    pub(super) fn new(room: (usize, usize), rules: ListRules, load: PendingLoad) -> Self {
        let step = ListStep::FirstPage { withheld: None };
        Self { view: ListView::new(room, rules), state: ListState::Loading(load, step) }
    }

    /// The list as the reader looks at it.
    pub fn view(&self) -> &ListView {
        &self.view
    }

    /// Whether a page after those that are here is loading.
    pub fn is_loading_further(&self) -> bool {
        matches!(self.state, ListState::Loading(_, ListStep::FurtherPage))
    }

    /// The load under way.
    pub(super) fn load(&self) -> Option<&PendingLoad> {
        match &self.state {
            ListState::Loading(load, _) => Some(load),
            ListState::Idle | ListState::Failed(_) => None,
        }
    }

    pub(super) fn load_mut(&mut self) -> Option<&mut PendingLoad> {
        match &mut self.state {
            ListState::Loading(load, _) => Some(load),
            ListState::Idle | ListState::Failed(_) => None,
        }
    }

    /// The error for which there is no story.
    pub(super) fn error(&self) -> Option<&LoadError> {
        match &self.state {
            ListState::Failed(error) => Some(error),
            ListState::Idle | ListState::Loading(..) => None,
        }
    }

    /// Begins to load the first page again.
    pub(super) fn begin_load(&mut self, load: PendingLoad) {
        self.view.begin_reload();
        self.state = ListState::Loading(load, ListStep::FirstPage { withheld: None });
    }

    /// Takes the page that is loading as far as it is here.
    pub(super) fn take(&mut self, listing: &Arc<Listing>) {
        let ListState::Loading(load, step) = &mut self.state else { return };
        load.loaded = listing.entries.len() as u32;
        match step {
            ListStep::FurtherPage => self.view.take(listing, true),
            ListStep::FirstPage { withheld } if listing.entries.len() < self.view.entries().len() => {
                *withheld = Some(Arc::clone(listing));
            }
            ListStep::FirstPage { withheld } => {
                *withheld = None;
                self.view.take(listing, false);
            }
        }
    }

    /// Ends the load as failed. The error comes back where there are stories all the same.
    pub(super) fn fail(&mut self, error: LoadError) -> Option<LoadError> {
        if self.is_loading_further() {
            self.view.hold(true);
        }
        self.view.close_page();
        if self.view.entries().is_empty() {
            self.state = ListState::Failed(error);
            return None;
        }
        self.state = ListState::Idle;
        Some(error)
    }

    /// Ends the load with what is here.
    pub(super) fn end_load(&mut self) {
        self.view.close_page();
        self.state = ListState::Idle;
    }

    /// Ends the load as complete, with what was withheld.
    pub(super) fn complete_load(&mut self) {
        if let ListState::Loading(_, ListStep::FirstPage { withheld: Some(listing) }) = &self.state {
            self.view.take(listing, false);
        }
        self.view.drop_vanished();
        self.end_load();
    }

    pub(in crate::app) fn view_mut(&mut self) -> &mut ListView {
        &mut self.view
    }

    /// The page to load now that the reader is near the end, where none is loading, as the page before named it.
    pub(in crate::app) fn wanted_page(&self) -> Option<String> {
        match self.state {
            ListState::Loading(..) => None,
            ListState::Idle | ListState::Failed(_) => self.view.wants_more().map(str::to_owned),
        }
    }

    /// Begins to load the page after those that are here.
    pub(in crate::app) fn begin_further(&mut self, load: PendingLoad) {
        self.state = ListState::Loading(load, ListStep::FurtherPage);
    }
}
