//! The words for the facts behind an estimated score.

use crate::model::{Estimate, SiblingPlace, State, counted};

/// The parts of an estimate: `activity 2 (5 replies live below), rank 3 (2nd of 17 siblings)`.
pub(super) fn estimate_words(estimate: Option<Estimate>) -> String {
    let Some(estimate) = estimate else { return "an estimate, made of more than what is here".to_owned() };
    if estimate.state == State::Dead {
        return "dead or flagged".to_owned();
    }
    if estimate.is_faded {
        return "voted down: its page shows it paler".to_owned();
    }
    let replies = match estimate.live_below {
        0 => "no replies live below".to_owned(),
        replies => format!("{} live below", counted(replies, "reply")),
    };
    let rank = match (estimate.rank(), estimate.place) {
        (Some(rank), Some(SiblingPlace { all: 1, .. })) => format!(", rank {rank} (no sibling)"),
        (Some(rank), Some(place)) => {
            format!(", rank {rank} ({} of {} siblings)", ordinal(place.before.saturating_add(1)), place.all)
        }
        _ if estimate.state != State::Live => ", no rank, for it cannot be read".to_owned(),
        _ => ", no rank, for the site's order is not known here".to_owned(),
    };
    format!("activity {} ({replies}){rank}", estimate.activity())
}

/// `1st`, `2nd`, `3rd`, `4th`, `11th`, `21st`.
fn ordinal(number: u32) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_estimate_says_what_it_is_made_of() {
        let words = |live_below, place: Option<(u32, u32)>| {
            let place = place.map(|(before, all)| SiblingPlace { before, all });
            estimate_words(Some(Estimate { live_below, place, ..Estimate::default() }))
        };
        assert_eq!(words(5, Some((1, 17))), "activity 2 (5 replies live below), rank 3 (2nd of 17 siblings)");
        assert_eq!(words(1, Some((0, 1))), "activity 1 (1 reply live below), rank 1 (no sibling)");
        assert!(words(0, None).starts_with("activity 0 (no replies live below), no rank"));
        assert_eq!([1, 3, 11, 12, 13, 21, 22, 111].map(ordinal).join(" "), "1st 3rd 11th 12th 13th 21st 22nd 111th");
    }
}
