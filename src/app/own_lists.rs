//! The lists of the reader's own: what is saved, what was read, and people; what sets them apart from those of sites.

use super::{HISTORY, PEOPLE, SAVED};
use crate::model::Heading;
use crate::view::ListView;

/// Whether a target is a list of the reader's own, which the store has.
pub(super) fn is_own(target: &str) -> bool {
    [SAVED, HISTORY, PEOPLE].contains(&target)
}

/// Whether the lines of a list are people.
pub(super) fn is_of_people(list: &ListView) -> bool {
    list.heading().target == PEOPLE
}

/// Whether a list hides what was read wherever the reader asked for that: who looks for something by words, or at what is
/// their own, looks for what they know too.
pub(super) fn may_hide_read(heading: &Heading) -> bool {
    let is_found = heading.search.as_ref().is_some_and(|search| heading.target.starts_with(search.as_str()));
    !is_own(&heading.target) && !is_found
}
