//! Small words of a comment's header that depend on the tree: its own subject, and what stands in for a body.

use crate::model::{Comment, State};

/// The subject of a comment if it says more than the one it answers: a mere `Re:` of a shown parent says nothing.
pub fn own_subject(comment: Comment<'_>, parent_shown: bool) -> &str {
    let subject = comment.subject();
    let Some(topic) = subject.strip_prefix("Re:").map(str::trim_start) else { return subject };
    let above = comment.parent().map_or("", |parent| parent.subject());
    let above = above.strip_prefix("Re:").map_or(above, str::trim_start);
    let mere = topic.is_empty() || above.is_empty() || topic == above;
    if mere && (parent_shown || topic.is_empty()) { "" } else { subject }
}

/// What is shown where a comment has no text of its own.
pub fn stand_in(state: State) -> &'static str {
    match state {
        State::Live => "(no text)",
        State::Deleted => "(deleted by its author)",
        State::Removed => "(removed by the site)",
        State::Dead => "(dead)",
        State::Missing => "(not loaded)",
    }
}
