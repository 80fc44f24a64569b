//! The promises of the markup layer for every text.

use lurker::markup::{clean, clean_line, plain, to_plain};
use lurker::model::{MarkKind, Text};

/// Characters that must never reach a terminal, told apart from the table in the code on purpose.
pub(crate) fn is_forbidden(c: char) -> bool {
    (c.is_control() && c != '\n')
        || "\u{61c}\u{ad}\u{34f}\u{115f}\u{1160}\u{3164}\u{ffa0}\u{200b}\u{feff}\u{2028}\u{2029}".contains(c)
        || ('\u{200e}'..='\u{200f}').contains(&c)
        || ('\u{202a}'..='\u{202e}').contains(&c)
        || ('\u{2060}'..='\u{206f}').contains(&c)
        || ('\u{fff0}'..='\u{fffb}').contains(&c)
}

/// Checks what holds for every text.
pub(crate) fn check(text: &Text) {
    assert!(!text.plain.contains(is_forbidden), "{:?}", text.plain);
    assert_eq!(clean(&text.plain), text.plain, "clean stays clean");
    assert!(!text.plain.starts_with('\n') && !text.plain.ends_with('\n'), "{:?}", text.plain);
    let order = |pair: &[lurker::model::Mark]| (pair[0].start, pair[1].end) <= (pair[1].start, pair[0].end);
    for pair in text.marks.windows(2) {
        assert!(pair[0].start < pair[1].start || order(pair), "{pair:?}");
    }
    for mark in &text.marks {
        let marked = text.plain.get(mark.start as usize..mark.end as usize).expect("on characters, within the text");
        assert!(!marked.is_empty() && !marked.starts_with('\n') && !marked.ends_with('\n'), "{mark:?} {marked:?}");
        assert!(mark.kind.is_block() || !marked.contains('\n'), "{mark:?} {marked:?}");
        if let MarkKind::Link(number) = mark.kind {
            assert!(text.links.len() > number as usize);
        }
    }
    for (at, _) in text.plain.match_indices("\n\n\n") {
        let within = |start: u32, end: u32| (start as usize) < at && at + 3 < end as usize;
        let is_code = |mark: &lurker::model::Mark| mark.kind == MarkKind::Code && within(mark.start, mark.end);
        assert!(text.marks.iter().any(is_code), "{:?}", text.plain);
    }
    for link in &text.links {
        let lowered = link.to_ascii_lowercase();
        assert!(["http://", "https://", "mailto:"].iter().any(|scheme| lowered.starts_with(scheme)), "{link:?}");
        assert_eq!(clean_line(link), *link);
    }
}

/// The most columns of a block's prefix: those of an item whose number has nine digits.
const WIDEST: usize = 11;

/// Whether some lines of the plain form may have no prefix: their blocks are deep for the length of the lines.
fn is_deep_for_its_lines(text: &Text) -> bool {
    let blocks = || text.marks.iter().filter(|mark| mark.kind.is_block());
    let around = |at: u32| blocks().filter(|mark| (mark.start..mark.end).contains(&at)).count();
    let deepest = blocks().map(|mark| around(mark.start)).max().unwrap_or_default();
    let lines = text.plain.split('\n').count();
    deepest * WIDEST > (8 * text.plain.len() + 512) / lines
}

/// Checks that the plain form can be read, and says the same again.
pub(crate) fn check_plain_form(text: &Text) {
    let form = to_plain(text.borrow());
    let read = plain(&form);
    check(&read);
    if is_deep_for_its_lines(text) || is_deep_for_its_lines(&read) {
        return;
    }
    assert_eq!(to_plain(read.borrow()), form, "{text:?}");
}
