//! Loads with a store: what is stored is shown at once, and asked for again where it is not fresh.

use std::sync::Arc;

use super::super::store_settings::StorePolicy;
use super::{Arrival, Driven, Load};
use crate::app::{KnownState, THREAD_FRESH_FOR};
use crate::model::{Cause, Heading, Listing, LoadError, Thread};
use crate::site::{ListTarget, Loader, Progress, ThreadTarget, Validators};
use crate::store::{ListPage, LoadedThread, Result as StoreResult, Store, ThreadKey};

/// Content as it is stored.
pub(super) struct Stored<T> {
    content: Arc<T>,
    loaded_at: i64,
    fresh_for: i64,
    validators: Validators,
}

/// Content of a site that the store keeps.
pub(super) trait Kept: Arrival {
    /// The place of the content on its site.
    type Place: Send + Sync + 'static;

    /// The content that is stored.
    fn stored(store: &mut Store, place: &Self::Place) -> StoreResult<Option<Stored<Self>>>
    where
        Self: Sized;

    /// Stores what was loaded.
    fn keep(store: &mut Store, place: &Self::Place, loaded: &Stored<Self>) -> StoreResult<()>
    where
        Self: Sized;

    /// Notes that what is stored is still as it was.
    fn confirm(store: &mut Store, place: &Self::Place, stored: &Self, at: i64) -> StoreResult<bool>;

    /// The progress of a load that has brought it.
    fn progress(&self) -> Progress;
}

impl Load {
    /// Loads a thread.
    pub(super) async fn thread(&self, target: ThreadTarget) -> Result<(), LoadError> {
        let page = target.page().to_owned();
        self.kept(page.clone(), &page, move || target.loader()).await
    }

    /// Loads a list, or the page of it that `from` names.
    pub(super) async fn list(&self, target: Box<dyn ListTarget>, from: Option<String>) -> Result<(), LoadError> {
        let heading = target.heading();
        let name = heading.title.clone();
        let place = ListPlace { heading, page: from.clone() };
        self.kept(place, &name, move || target.loader(from.as_deref())).await
    }

    /// Sends what is stored, and asks for what is not fresh.
    async fn kept<T: Kept>(
        &self,
        place: T::Place,
        name: &str,
        loader: impl FnOnce() -> Box<dyn Loader<T>> + Send + 'static,
    ) -> Result<(), LoadError> {
        let (place, now) = (Arc::new(place), self.now());
        let stored = self.stored::<T>(&place).await;
        if let Some(stored) = stored.as_ref().filter(|_| !self.is_shown()) {
            self.send(&stored.content, stored.content.progress());
        }
        let is_fresh = |stored: &Stored<T>| (0..stored.fresh_for).contains(&(now - stored.loaded_at));
        match stored {
            Some(_) if self.policy == StorePolicy::Offline && self.is_shown() => {
                Err(LoadError::other("", "--offline asks no site"))
            }
            Some(stored) if self.policy == StorePolicy::Offline => {
                self.say_stored("offline", stored.loaded_at);
                Ok(())
            }
            None if self.policy == StorePolicy::Offline => Err(LoadError::new(name, Cause::NotStored)),
            Some(stored) if is_fresh(&stored) && self.known == KnownState::Unknown => Ok(()),
            stored => self.ask(place, stored, self.aside(loader).await?).await,
        }
    }

    /// Asks for what is stored as it was, or not at all, and stores the answer.
    async fn ask<T: Kept>(
        &self,
        place: Arc<T::Place>,
        stored: Option<Stored<T>>,
        loader: Box<dyn Loader<T>>,
    ) -> Result<(), LoadError> {
        self.shared.wait_for_turn(self.page.clone()).await;
        let now = self.now();
        let validators = stored.as_ref().map(|stored| stored.validators.clone()).unwrap_or_default();
        let holds_snapshots = stored.is_some() && !self.is_shown();
        match (self.drive(loader, &validators, holds_snapshots).await, stored) {
            (Ok(Driven::Loaded { content, .. }), Some(stored)) if is_cut_short(&*content, &*stored.content) => Ok(()),
            (Ok(Driven::Loaded { content, validators, fresh_for }), _) => {
                let fresh_for = i64::try_from(fresh_for.as_secs()).unwrap_or_default();
                let fresh = Stored { content, loaded_at: now, fresh_for, validators };
                self.store.run(move |store| T::keep(store, &place, &fresh));
                Ok(())
            }
            (Ok(Driven::Unchanged), Some(stored)) => {
                // What is on the screen may be older than what is stored: another lurker may have loaded it.
                if self.is_shown() {
                    self.send(&stored.content, stored.content.progress());
                }
                self.store.run(move |store| T::confirm(store, &place, &stored.content, now).map(|_| ()));
                Ok(())
            }
            (Ok(Driven::Unchanged), None) => Ok(()),
            (Err(error), Some(stored)) if error.is_of_network() && !self.is_shown() => {
                self.say_stored(&error.to_string(), stored.loaded_at);
                Ok(())
            }
            (Err(error), _) => Err(error),
        }
    }

    async fn stored<T: Kept>(&self, place: &Arc<T::Place>) -> Option<Stored<T>> {
        if self.policy == StorePolicy::Refresh {
            return None;
        }
        let place = Arc::clone(place);
        self.store.read(move |store| T::stored(store, &place)).await.flatten()
    }
}

/// Whether a load has brought less than what is stored, and less than there is.
fn is_cut_short<T: Kept>(loaded: &T, stored: &T) -> bool {
    let (loaded, stored) = (loaded.progress(), stored.progress());
    loaded.loaded < stored.loaded && loaded.stated.is_some_and(|stated| loaded.loaded < stated)
}

impl Kept for Thread {
    /// The address of its page.
    type Place = String;

    fn stored(store: &mut Store, page: &String) -> StoreResult<Option<Stored<Self>>> {
        let found = store.thread_at(page)?;
        Ok(found.map(|found| Stored {
            content: Arc::new(found.thread),
            loaded_at: found.loaded_at,
            fresh_for: THREAD_FRESH_FOR,
            validators: found.validators,
        }))
    }

    fn keep(store: &mut Store, page: &String, loaded: &Stored<Self>) -> StoreResult<()> {
        let Stored { content, loaded_at, validators, .. } = loaded;
        let validators = validators.clone();
        store.put_thread(&LoadedThread { thread: content, address: page, validators, loaded_at: *loaded_at })
    }

    fn confirm(store: &mut Store, _: &String, stored: &Self, at: i64) -> StoreResult<bool> {
        store.confirm_thread(&ThreadKey::of(stored.story()), at)
    }

    fn progress(&self) -> Progress {
        Progress { loaded: self.loaded(), stated: self.story().stated_comments }
    }
}

/// The place of a page of a list.
pub(super) struct ListPlace {
    heading: Heading,
    page: Option<String>,
}

impl ListPlace {
    fn target(&self) -> &str {
        if self.heading.target.is_empty() { &self.heading.url } else { &self.heading.target }
    }
}

impl Kept for Listing {
    type Place = ListPlace;

    fn stored(store: &mut Store, place: &ListPlace) -> StoreResult<Option<Stored<Self>>> {
        let found = store.list(place.target(), place.page.as_deref())?;
        Ok(found.map(|found| Stored {
            content: Arc::new(Self { heading: place.heading.clone(), ..found.listing }),
            loaded_at: found.loaded_at,
            fresh_for: found.fresh_for,
            validators: found.validators,
        }))
    }

    fn keep(store: &mut Store, place: &ListPlace, loaded: &Stored<Self>) -> StoreResult<()> {
        let Stored { content, loaded_at, fresh_for, validators } = loaded;
        store.put_list(&ListPage {
            target: place.target(),
            page: place.page.as_deref(),
            listing: content,
            validators: validators.clone(),
            loaded_at: *loaded_at,
            fresh_for: *fresh_for,
        })
    }

    fn confirm(store: &mut Store, place: &ListPlace, _: &Self, at: i64) -> StoreResult<bool> {
        store.confirm_list(place.target(), place.page.as_deref(), at)
    }

    fn progress(&self) -> Progress {
        Progress { loaded: self.entries.len() as u32, stated: None }
    }
}
