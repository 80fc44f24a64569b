//! Orders of a thread's comments: siblings by time, score or replies, or all of them without a tree.

use std::cmp::Reverse;
use std::sync::Arc;

use super::ShownState;
use super::prepared::Prepared;
use crate::model::{Comment, Thread};

/// An order of a thread's comments. Equals stand as the site has them; a comment without a time or score stands last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// The site's own.
    #[default]
    Site,
    /// Siblings by time, the last one first.
    Newest,
    /// Siblings by time, the first one first.
    Oldest,
    /// Siblings by the site's score, the best first.
    Score,
    /// Siblings by the comments below them, most first.
    Replies,
    /// No tree: all comments by time, the last one first.
    Flat,
}

impl Order {
    /// Every order, with its name on the command line and in the config.
    pub const NAMES: [(Self, &'static str); 6] = [
        (Self::Site, "site"),
        (Self::Newest, "newest"),
        (Self::Oldest, "oldest"),
        (Self::Score, "score"),
        (Self::Replies, "replies"),
        (Self::Flat, "flat"),
    ];

    /// Its name on the command line and in the config.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(order, _)| *order == self).map_or("site", |(_, name)| name)
    }

    /// The order of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, known)| *known == name).map(|(order, _)| *order)
    }

    /// What stands first, in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Site => "as on the site",
            Self::Newest => "newest first",
            Self::Oldest => "oldest first",
            Self::Score => "best score first",
            Self::Replies => "most replies first",
            Self::Flat => "flat, newest first",
        }
    }

    /// The order nearest to it that keeps the tree.
    #[must_use]
    pub fn as_tree(self) -> Self {
        match self {
            Self::Flat => Self::Site,
            Self::Site | Self::Newest | Self::Oldest | Self::Score | Self::Replies => self,
        }
    }

    /// The comments of a thread, which has the site's order, in this one.
    pub fn arrange(self, thread: &Arc<Thread>) -> Arc<Thread> {
        match self {
            Self::Site => Arc::clone(thread),
            Self::Newest => Arc::new(thread.with_siblings_by(&newest_first(thread))),
            Self::Oldest => {
                let time = |comment: Comment<'_>| comment.posted_at();
                Arc::new(thread.with_siblings_by(&sorted(thread, |comment| (time(comment).is_none(), time(comment)))))
            }
            Self::Score => {
                let best = |comment: Comment<'_>| Reverse(comment.score());
                Arc::new(thread.with_siblings_by(&sorted(thread, best)))
            }
            Self::Replies => Arc::new(thread.with_siblings_by(&sorted(thread, |comment| Reverse(comment.replies())))),
            Self::Flat => Arc::new(thread.flat(&newest_first(thread))),
        }
    }
}

/// The indices of all comments by time, the last one first and those without a time at the end.
fn newest_first(thread: &Thread) -> Vec<u32> {
    sorted(thread, |comment| Reverse(comment.posted_at()))
}

/// The indices of all comments by a key, equals as they stand.
fn sorted<K: Ord>(thread: &Thread, key: impl Fn(Comment<'_>) -> K) -> Vec<u32> {
    let mut keyed: Vec<(K, u32)> = thread.iter().map(|comment| (key(comment), comment.index())).collect();
    keyed.sort_unstable();
    keyed.into_iter().map(|(_, index)| index).collect()
}

/// A state of a thread in one order, with the same state in the site's order, from which every other is made.
#[derive(Clone, Debug)]
pub struct OrderedThread {
    site: Arc<Thread>,
    order: Order,
    thread: Arc<Thread>,
    prepared: Option<Box<Prepared>>,
}

impl OrderedThread {
    /// Puts a thread, which has the site's order, in another one.
    pub fn new(site: Arc<Thread>, order: Order) -> Self {
        Self { thread: order.arrange(&site), site, order, prepared: None }
    }

    /// The same state in another order.
    #[must_use]
    pub fn in_order(self, order: Order) -> Self {
        if order == self.order { self } else { Self::new(self.site, order) }
    }

    /// Compares it with the state that shows, and computes for it what is selected there, so that it can take the place of that
    /// at once.
    #[must_use]
    pub fn compared_with(self, shown: &ShownState) -> Self {
        Self { prepared: Some(Box::new(Prepared::new(shown, &self.thread))), ..self }
    }

    /// Gives away what was prepared, which holds on to the other state.
    pub(super) fn take_prepared(&mut self) -> Option<Box<Prepared>> {
        self.prepared.take()
    }

    /// The thread in the site's order.
    pub fn site(&self) -> &Arc<Thread> {
        &self.site
    }

    /// The order.
    pub fn order(&self) -> Order {
        self.order
    }

    /// The thread in that order.
    pub fn thread(&self) -> &Arc<Thread> {
        &self.thread
    }
}

impl From<Arc<Thread>> for OrderedThread {
    /// A thread in the site's order.
    fn from(site: Arc<Thread>) -> Self {
        Self::new(site, Order::Site)
    }
}

impl From<&Arc<Thread>> for OrderedThread {
    fn from(site: &Arc<Thread>) -> Self {
        Self::from(Arc::clone(site))
    }
}
