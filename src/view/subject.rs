//! Words that depend on the thread: subjects, scores, placeholders for missing bodies, counts of comments.

use super::spoilers::spoilers;
use crate::model::{Comment, ScoreKind, State, Story, TextRef, Thread, counted};

/// The subject of a comment if it says more than the one it answers: a mere `Re:` of a shown parent says nothing.
pub fn own_subject(comment: Comment<'_>, parent_shown: bool) -> &str {
    let subject = comment.subject();
    let Some(topic) = subject.strip_prefix("Re:").map(str::trim_start) else { return subject };
    let above = comment.answered().map_or("", |parent| parent.subject());
    let above = above.strip_prefix("Re:").map_or(above, str::trim_start);
    let mere = topic.is_empty() || above.is_empty() || topic == above;
    if mere && (parent_shown || topic.is_empty()) { "" } else { subject }
}

/// A comment's score as it is shown: `~3` where it is lurker's own estimate, `–` where the site keeps it to itself
/// for a while, and nothing where it is not known.
pub fn score_words(story: &Story, score: Option<i32>) -> String {
    match score {
        Some(score) if story.score_kind == ScoreKind::Estimate => format!("~{score}"),
        Some(score) => score.to_string(),
        None if story.hides_scores => "–".to_owned(),
        None => String::new(),
    }
}

/// A score as [`score_words`], and behind an arrow what modifiers make of it, where that is another: `3→5`.
pub fn changed_score_words(story: &Story, (own, changed): (Option<i32>, Option<i32>), arrow: &str) -> String {
    let behind = changed.filter(|_| changed != own).map(|changed| format!("{arrow}{changed}"));
    score_words(story, own) + &behind.unwrap_or_default()
}

/// `97 comments`, or `97 of 110 comments` where the site says that there are more; what could not be loaded is not counted,
/// though it may have a row.
pub fn comment_count(thread: &Thread) -> String {
    let here = thread.loaded();
    match thread.story().stated_comments.filter(|stated| *stated > here) {
        Some(stated) => format!("{here} of {}", counted(stated, "comment")),
        None => counted(here, "comment"),
    }
}

/// The author and the first words of what a comment answers, enough for so many columns; `None` where the tree tells.
pub fn answered_words(comment: Comment<'_>, columns: usize) -> Option<String> {
    let answered = comment.answered().filter(|_| comment.is_in_flat())?;
    let author = answered.author().unwrap_or(if answered.flags().anonymous { "Anonymous" } else { "?" });
    let body = answered.body();
    let words = if body.plain.is_empty() { stand_in(answered.state()).to_owned() } else { first_words(body, columns) };
    Some(format!("{author}: {words}"))
}

/// The first words of a text, on one line and without its spoilers; enough for so many columns.
pub fn first_words(text: TextRef<'_>, columns: usize) -> String {
    // Four bytes are the most that a column of ordinary text takes; longer graphemes only shorten the words.
    let most = 4 * columns;
    let (mut words, mut at) = (String::new(), 0);
    for (start, end) in spoilers(text) {
        let before = text.plain.floor_char_boundary((start as usize).min(at + most));
        words.push_str(text.plain.get(at..before).unwrap_or_default());
        words.push('…');
        at = at.max(end as usize);
        if words.len() >= most {
            break;
        }
    }
    words.push_str(text.plain.get(at..text.plain.floor_char_boundary(at + most)).unwrap_or_default());
    words.truncate(words.floor_char_boundary(most));
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words shown for a comment without a text of its own.
pub fn stand_in(state: State) -> &'static str {
    match state {
        State::Live => "(no text)",
        State::Deleted => "(deleted by its author)",
        State::Removed => "(removed by the site)",
        State::Dead => "(dead)",
        State::Missing => "(not loaded)",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Builder, Draft};

    #[test]
    fn what_could_not_be_loaded_does_not_count_as_here() {
        let mut builder = Builder::new();
        for (id, state) in [("1", State::Live), ("2", State::Missing), ("3", State::Deleted)] {
            builder.push(&Draft { id, state, ..Draft::default() });
        }
        let count =
            |stated_comments| comment_count(&builder.clone().finish(Story { stated_comments, ..Story::default() }));
        assert_eq!([count(None), count(Some(3)), count(Some(6))], ["2 comments", "2 of 3 comments", "2 of 6 comments"]);
    }

    #[test]
    fn scores_say_what_they_are() {
        let story = |score_kind| Story { score_kind, ..Story::default() };
        assert_eq!(score_words(&story(ScoreKind::Estimate), Some(3)), "~3");
        assert_eq!(score_words(&story(ScoreKind::Points), Some(-1)), "-1");
        assert_eq!(score_words(&Story { hides_scores: true, ..Story::default() }, None), "–");
        assert_eq!(score_words(&story(ScoreKind::Points), None), "");
        let changed = |own, changed| changed_score_words(&story(ScoreKind::Estimate), (own, changed), "→");
        assert_eq!(changed(Some(3), Some(5)), "~3→5");
        assert_eq!([changed(Some(3), Some(3)), changed(None, None)], ["~3", ""]);
    }
}
