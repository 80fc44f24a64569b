//! Comments that could not be loaded, and the notes on them.

use super::discussion::Discussion;
use crate::model::counted;
use crate::site::LoadError;

/// Comments that could not be loaded.
#[derive(Debug, Default)]
pub(super) struct MissingComments {
    /// Items that are listed, and of which the site knows nothing.
    pub(super) absent: Vec<u64>,
    /// Answers that were cut off.
    pub(super) cut: usize,
    /// Whether some items were never requested.
    pub(super) given_up: bool,
    /// The error of the last one.
    pub(super) last: Option<LoadError>,
    failures: usize,
    in_a_row: u32,
}

/// After this many failures one after another, the service is taken to be down.
const MOST_FAILURES: u32 = 40;

impl MissingComments {
    /// An item came.
    pub(super) fn good(&mut self) {
        self.in_a_row = 0;
    }

    /// An item could not be loaded.
    pub(super) fn fail(&mut self, error: LoadError) {
        self.failures += 1;
        self.in_a_row += 1;
        self.last = Some(error);
    }

    /// Whether further requests are pointless.
    pub(super) fn are_too_many(&self) -> bool {
        self.in_a_row >= MOST_FAILURES
    }

    /// The notes on them, now that this is all that came; the head's own answer may be cut as well.
    pub(super) fn notes(&self, discussion: &Discussion, is_head_cut: bool) -> Vec<String> {
        let failed = discussion.posts().iter().filter(|post| post.failed).count();
        // The others came with the tree, and were requested for their order alone.
        let unordered = self.failures.saturating_sub(failed);
        let absent = self.absent.iter().filter(|id| discussion.get(**id).is_none()).count();
        let cut = self.cut + usize::from(is_head_cut);
        let why = self.last.as_ref().map(|error| format!(": {error}")).unwrap_or_default();
        let mut notes = Vec::new();
        if failed > 0 {
            notes.push(format!("Could not be loaded: {}{why}", counted(failed, "comment")));
        }
        if unordered > 0 {
            let comments = counted(unordered, "comment");
            notes.push(format!("The site's own order of the answers to {comments} could not be loaded{why}"));
        }
        if self.given_up {
            notes.push("Not every comment was asked for: too many requests, or too many failures".to_owned());
        }
        if absent > 0 {
            notes.push(format!("Listed, but not there: {}", counted(absent, "comment")));
        }
        if cut > 0 {
            notes.push(format!("Cut off on the way: {} of the item service", counted(cut, "answer")));
        }
        notes
    }
}
