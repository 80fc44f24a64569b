//! The reasons for the visibility of a comment: score, modifiers, filter, thresholds, folds.

use super::Fact;
use super::estimate_words::estimate_words;
use crate::model::{Comment, ScoreKind};
use crate::view::{Attitude, AuthorNote, Bound, Mode, Modifier, Row, ScoreChange, ThreadView, Visibility};

/// The reasons for the visibility of the row's comment; of a row that is no comment, what shows of the whole thread and why.
pub(super) fn reasons(view: &ThreadView) -> Vec<Fact> {
    let comment = view.place().row.comment().and_then(|index| view.thread().get(index));
    comment.map_or_else(|| reasons_of_thread(view), |comment| reasons_of_comment(view, comment))
}

fn reasons_of_thread(view: &ThreadView) -> Vec<Fact> {
    let counts = view.rows().counts();
    let comments = format!("{} in full, {} on one line, {} hidden", counts.full, counts.line, counts.hidden);
    let full = bound_words(view.thresholds().full, view.cutoffs().full());
    let has_bonus = view.thread().story().top_level_bonus && matches!(view.thresholds().full, Some(Bound::Score(_)));
    let full = if has_bonus { format!("{full}, at the top level one less") } else { full };
    let facts = [("this row", "always shows".to_owned()), ("comments", comments)].into_iter();
    let below = ("hidden below", bound_words(view.thresholds().hide, view.cutoffs().hide()));
    facts.chain(filter_fact(view)).chain([below, ("in full from", full)]).collect()
}

fn reasons_of_comment(view: &ThreadView, comment: Comment<'_>) -> Vec<Fact> {
    let (index, thresholds) = (comment.index(), view.thresholds());
    let cutoffs = view.cutoffs();
    let bonus = view.thread().story().top_level_bonus && comment.answered().is_none();
    let (own, changed) = view.score(index);
    let score = match own {
        None => "not known, so no threshold hides it".to_owned(),
        Some(score) if view.thread().story().score_kind == ScoreKind::Estimate => {
            format!("~{score}: {}", estimate_words(view.thread().estimate(index)))
        }
        Some(score) => score.to_string(),
    };
    let full = match (thresholds.full, bonus) {
        (Some(Bound::Score(full)), true) => format!("{} ({full}, one less at the top level)", full.saturating_sub(1)),
        (full, _) => bound_words(full, cutoffs.full()),
    };
    let mode = match view.mode(index) {
        Mode::Full => "in full",
        Mode::Line => "on one line",
        Mode::Hidden => "hidden",
    };
    let mut facts = vec![("score", format!("{score} {}", comment.label()).trim().to_owned())];
    let modifiers = view.modifiers_of(index);
    let is_modified = modifiers.iter().any(|modifier| modifier.change != ScoreChange::Hides);
    let note = view.author_note(index);
    let is_muted = note.is_some_and(AuthorNote::is_muted);
    let is_hidden = modifiers.iter().any(|modifier| modifier.change == ScoreChange::Hides);
    // Whom the filter names it shows, whatever hides them elsewhere.
    let is_named = view.filter().is_some_and(|filter| filter.names_author(comment));
    facts.extend(modifiers.into_iter().map(|modifier| ("modifier", modifier_words(modifier, is_named))));
    facts.extend(changed.filter(|_| is_modified).map(|changed| ("so it counts", changed.to_string())));
    let decided_by = match view.filter() {
        _ if is_hidden && !is_named => "by modifier",
        _ if is_muted && !is_named => "by mute",
        Some(_) => "so by filter",
        None => "so by score",
    };
    facts.extend(note.and_then(|note| note.attitude).map(|attitude| match attitude {
        Attitude::Muted if is_named => ("author", "you mute them, but the filter names them".to_owned()),
        Attitude::Muted => ("author", "you mute them, which hides the comment".to_owned()),
        Attitude::Followed => ("author", "you follow them".to_owned()),
    }));
    facts.extend(filter_fact(view));
    facts.extend([
        ("hidden below", bound_words(thresholds.hide, cutoffs.hide())),
        ("in full from", full),
        (decided_by, mode.to_owned()),
    ]);
    let fold_override = view.fold_override(index);
    if fold_override.folded {
        facts.push(("by hand", "you folded it".to_owned()));
    }
    if fold_override.opened.is_some() {
        facts.push(("by hand", "you opened it".to_owned()));
    }
    if view.rows().visibility(index) == Visibility::Placeholder {
        facts.push(("kept", "as a row, because a reply to it is shown".to_owned()));
    }
    if let Row::Marker(owner) = view.place().row {
        facts.push(("below it", format!("{} hidden", view.rows().hidden_under(owner))));
    }
    facts
}

/// The filter, if there is one.
fn filter_fact(view: &ThreadView) -> Option<Fact> {
    view.filter().map(|filter| ("filter", format!("{} (instead of the thresholds)", filter.text())))
}

/// A threshold, and the score at which it falls where it was not set to one.
fn bound_words(bound: Option<Bound>, falls: Option<i32>) -> String {
    match (bound, falls) {
        (None, _) => "not set".to_owned(),
        (Some(bound), Some(score)) if bound != Bound::Score(score) => format!("{score} (set to {bound})"),
        (Some(bound), _) => bound.to_string(),
    }
}

/// A modifier's query, its change and its place in the config. One that hides has no say where a filter names the author.
fn modifier_words(Modifier { name, change, place, .. }: &Modifier, is_named: bool) -> String {
    match change {
        ScoreChange::Hides if is_named => format!("{name} hides it ({place}), but the filter names the author"),
        ScoreChange::Adds(adds) => format!("{name} {adds:+} ({place})"),
        ScoreChange::Hides => format!("{name} hides it ({place})"),
    }
}
