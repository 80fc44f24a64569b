//! The header row of a comment: fold mark, subject, score and label, author, age, folds, and on one line a preview.

use ratatui::style::{Modifier, Style};
use unicode_width::UnicodeWidthStr;

use super::Styles;
use super::body::put_found;
use super::line_writer::{LineWriter, fit};
use super::row_context::RowContext;
use crate::app::comment_bookmark;
use crate::model::{Comment, State};
use crate::view::{
    AuthorNote, Freshness, Row, ThreadView, Visibility, age, answered_words, changed_score_words, first_words, is_gone,
    own_subject, stand_in,
};

/// Columns in which a subject can be told.
const LEAST_SUBJECT: usize = 12;
/// Columns of a subject that matter more than an author's number and marks.
const GOOD_SUBJECT: usize = 24;
/// Columns below which a preview is not worth showing.
const LEAST_PREVIEW: usize = 12;
/// The rank of an author's number and marks.
const AUTHOR_ID: u8 = 6;
/// The rank of the age, and of the words for a comment that is gone.
const AGE: u8 = 5;
/// The rank of a score's label, the lowest one that makes room for what tells a comment's content.
const LABEL: u8 = 4;
/// The rank of the author's name, in which a search may find something.
const AUTHOR: u8 = 1;
/// Columns below which a name does not tell an author.
const LEAST_AUTHOR: usize = 8;
/// Columns of the fold mark.
const MARK: usize = 2;
/// The part of the width that a tag may take at most.
const LONGEST_NOTE: usize = 4;
/// Between the parts of a header.
const GAP: &str = "  ";

/// A part of a header after the subject. Parts are dropped from the highest `rank` on until the row fits; what tells the
/// comment's content is dropped before those below [`LABEL`].
#[derive(Clone)]
struct Part {
    text: String,
    style: Style,
    rank: u8,
    /// Whether it stands close to the part before it.
    close: bool,
}

/// The columns that are kept beside the parts for the subject or, where a comment on one line has none, its first words.
fn content_columns(subject: &str, has_preview: bool) -> usize {
    match (subject.is_empty(), has_preview) {
        (false, _) => least_width(subject) + GAP.len(),
        (true, true) => GAP.len() + LEAST_PREVIEW + 1,
        (true, false) => 0,
    }
}

/// Draws the header from the fold mark on.
pub(super) fn draw(context: &RowContext<'_>, comment: Comment<'_>, out: &mut LineWriter<'_>) {
    let (styles, rows) = (context.styles, context.view.rows());
    let (visibility, folded) = (rows.visibility(comment.index()), rows.is_folded(comment.index()));
    let mark = match (visibility, folded) {
        (_, true) => styles.glyphs.folded,
        (Visibility::Full, false) => styles.glyphs.full,
        (Visibility::Line | Visibility::Placeholder | Visibility::Hidden, false) => styles.glyphs.line,
    };
    let is_dim = is_dim(context, comment, visibility);
    out.put(mark, if context.path.contains(comment.index()) { styles.path } else { styles.dim }).skip(1);
    if context.app.bookmarks().contains(&comment_bookmark(comment.story(), comment.id())) {
        out.put(styles.glyphs.bookmark, styles.notice).skip(1);
    }
    let subject = subject(context, comment, visibility);
    // The first words, subject or author, have the weight.
    let lead = |style: Style| match (context.is_current, visibility == Visibility::Full && !is_dim) {
        (true, _) => style.patch(styles.selected_lead),
        (false, true) => style.add_modifier(Modifier::BOLD),
        (false, false) => style,
    };
    let room = out.limit(context.view.geometry().text_width.saturating_add(MARK)).room();
    let has_preview = visibility != Visibility::Placeholder && (folded || visibility == Visibility::Line);
    let beside = content_columns(subject, has_preview && !comment.body().plain.is_empty());
    let mut parts = parts(context, comment, visibility, folded);
    let good = if subject.is_empty() { 0 } else { subject.width().min(GOOD_SUBJECT) + GAP.len() };
    if width(&parts) + good > room {
        drop_last(&mut parts, AUTHOR_ID);
    }
    let parts = fitting(styles, parts, beside, room);
    let free = room.saturating_sub(width(&parts) + GAP.len());
    let shows_subject = free >= least_width(subject) && !subject.is_empty();
    if shows_subject {
        let style = if is_dim { styles.dim } else { styles.text };
        put_cut_found(context, subject, free, lead(style), out);
        out.put(GAP, styles.text);
    }
    for (place, part) in parts.iter().enumerate() {
        let gap = if place == 0 || part.close { "" } else { GAP };
        out.put(gap, styles.text);
        let found = if part.rank == AUTHOR { context.matches_in(&part.text) } else { Vec::new() };
        let whole = (0, part.text.len() as u32);
        let is_lead = part.rank == AUTHOR && !shows_subject;
        let style = if is_lead { lead(part.style) } else { part.style };
        put_found(out, &part.text, whole, &found, style, context.match_style());
    }
    if has_preview {
        draw_preview(context, comment, out);
    }
}

/// Writes a text as `LineWriter::put_cut` does, with search matches highlighted.
fn put_cut_found(context: &RowContext<'_>, text: &str, room: usize, style: Style, out: &mut LineWriter<'_>) {
    let (kept, is_cut) = fit(text, room.min(out.room()));
    put_found(out, text, (0, kept.len() as u32), &context.matches_in(text), style, context.match_style());
    if is_cut {
        out.put(context.styles.glyphs.cut, style);
    }
}

fn subject<'a>(context: &RowContext<'_>, comment: Comment<'a>, visibility: Visibility) -> &'a str {
    if visibility == Visibility::Placeholder {
        return "hidden";
    }
    let above = comment.parent().map(Comment::index);
    let shown = above.is_none_or(|above| {
        context.view.is_shown(Row::Comment(above)) && context.view.rows().visibility(above) != Visibility::Placeholder
    });
    own_subject(comment, shown)
}

/// Whether the header can be passed over: that of a placeholder, of what is gone, and of what was read on an earlier visit
/// and is old.
fn is_dim(context: &RowContext<'_>, comment: Comment<'_>, visibility: Visibility) -> bool {
    let (view, index) = (context.view, comment.index());
    let is_read = view.was_read(index) && view.freshness(index) == Freshness::Old;
    visibility == Visibility::Placeholder || is_read || is_gone(comment)
}

fn parts(context: &RowContext<'_>, comment: Comment<'_>, visibility: Visibility, folded: bool) -> Vec<Part> {
    let (styles, geometry) = (context.styles, context.view.geometry());
    let is_dim = is_dim(context, comment, visibility);
    let dim = |style: Style| if is_dim { styles.dim } else { style };
    let mut parts = Vec::with_capacity(6);
    let mut part = |text: String, style, rank, close| {
        if !text.is_empty() {
            parts.push(Part { text, style: dim(style), rank, close });
        }
    };
    if comment.depth() as usize > geometry.deepest_guide() {
        part(format!("{}{}", styles.glyphs.more[1], comment.depth() + 1), styles.dim, 1, false);
    }
    let (score, label) = score_and_label(context.view, styles, comment);
    part(score, score_style(context, comment), 0, false);
    part(label, score_style(context, comment), LABEL, true);
    let op = comment.flags().op;
    part(author(comment).to_owned(), if op { styles.op } else { styles.author }, AUTHOR, false);
    part(if op { " OP".to_owned() } else { String::new() }, styles.op, 3, true);
    let note = note_words(styles, context.view.author_note(comment.index()));
    part(shortened(styles, note, geometry.width / LONGEST_NOTE), styles.notice, 3, true);
    if visibility == Visibility::Full && !comment.author_id().is_empty() && !comment.flags().anonymous {
        part(format!(" {}{}", comment.author_id(), author_marks(context, comment)), styles.dim, AUTHOR_ID, true);
    }
    part(comment.posted_at().map_or_else(String::new, |then| age(then, context.app.now())), styles.dim, AGE, false);
    let (freshness, news_style) = match context.view.freshness(comment.index()) {
        Freshness::Old => ("", styles.dim),
        Freshness::Posted => ("new", styles.new),
        Freshness::Risen => ("risen", styles.risen),
    };
    part(freshness.to_owned(), news_style, 2, false);
    if comment.state() != State::Live && (visibility == Visibility::Line || is_gone(comment)) {
        part(stand_in(comment.state()).to_owned(), styles.dim, AGE, false);
    }
    if folded && comment.replies() > 0 {
        part(format!("[+{}]", comment.replies()), styles.notice, 2, false);
    }
    parts
}

/// The words for the score, and for its label behind it.
fn score_and_label(view: &ThreadView, styles: &Styles, comment: Comment<'_>) -> (String, String) {
    let score = changed_score_words(comment.story(), view.score(comment.index()), styles.glyphs.arrow);
    let score = styles.glyphs.own(&score).into_owned();
    let label = if score.is_empty() || comment.label().is_empty() { "" } else { " " }.to_owned() + comment.label();
    (score, label)
}

/// The name of the author; nothing where neither that nor the text is left.
fn author(comment: Comment<'_>) -> &str {
    let nobody = if comment.flags().anonymous { "Anonymous" } else { "?" };
    comment.author().unwrap_or(if is_gone(comment) { "" } else { nobody })
}

/// Who speaks in a comment whose header is above the screen, with which score, and behind that what there is room for of
/// further words. The label of the score goes before the name is cut.
pub(super) fn speaker(view: &ThreadView, styles: &Styles, comment: Comment<'_>, words: &str, room: usize) -> String {
    let (score, label) = score_and_label(view, styles, comment);
    let (name, op) = (author(comment), if comment.flags().op { " OP" } else { "" });
    let behind = format!("{op}{}{score}", if score.is_empty() { "" } else { GAP });
    let left = room.saturating_sub(behind.width());
    let label = if name.width() + label.width() <= left { label } else { String::new() };
    let said = shortened(styles, name.to_owned(), left.max(LEAST_AUTHOR)) + &behind + &label;
    let left = room.saturating_sub(said.width() + GAP.len());
    if words.is_empty() || left < least_width(words) { said } else { said + GAP + words }
}

fn score_style(context: &RowContext<'_>, comment: Comment<'_>) -> Style {
    context.view.standing(comment.index()).map_or(context.styles.dim, |standing| context.styles.score(standing))
}

fn author_marks(context: &RowContext<'_>, comment: Comment<'_>) -> String {
    let flags = comment.flags();
    let set = [flags.subscriber, flags.journal, flags.homepage];
    let marks = context.styles.glyphs.author_marks.iter().zip(set).filter(|(_, set)| *set);
    let marks: String = marks.map(|(mark, _)| *mark).collect();
    if marks.is_empty() { marks } else { format!(" {marks}") }
}

/// The words behind a name for the reader's note on the author: a mark where they are followed, and their tag.
pub(super) fn note_words(styles: &Styles, note: Option<&AuthorNote>) -> String {
    let Some(note) = note else { return String::new() };
    let followed = if note.is_followed() { format!(" {}", styles.glyphs.followed) } else { String::new() };
    let tag = if note.tag.is_empty() { String::new() } else { format!(" [{}]", note.tag) };
    followed + &tag
}

/// The text, cut with a sign that says so where it takes more columns.
fn shortened(styles: &Styles, text: String, columns: usize) -> String {
    if text.width() <= columns {
        return text;
    }
    let (kept, _) = fit(&text, columns);
    format!("{kept}{}", styles.glyphs.cut)
}

/// The parts for which there is room beside so many columns of what tells the content; where that leaves too few, those
/// without it. A name is cut before the label goes, for its beginning tells it too.
fn fitting(styles: &Styles, parts: Vec<Part>, beside: usize, room: usize) -> Vec<Part> {
    for above in [AGE, LABEL] {
        let mut kept = parts.clone();
        while width(&kept) + beside > room && drop_last(&mut kept, above) {}
        let surplus = (width(&kept) + beside).saturating_sub(room);
        shorten_author(styles, &mut kept, surplus);
        if width(&kept) + beside <= room {
            return kept;
        }
    }
    let mut alone = parts;
    while width(&alone) > room && drop_last(&mut alone, AUTHOR) {}
    alone
}

/// Takes so many columns of the author's name away; none where that leaves too little.
fn shorten_author(styles: &Styles, parts: &mut [Part], surplus: usize) {
    let Some(author) = parts.iter_mut().rfind(|part| part.rank == AUTHOR) else { return };
    let columns = author.text.width().saturating_sub(surplus);
    if surplus > 0 && columns >= LEAST_AUTHOR {
        author.text = shortened(styles, std::mem::take(&mut author.text), columns);
    }
}

/// The columns in which a subject can be told.
fn least_width(subject: &str) -> usize {
    subject.width().min(LEAST_SUBJECT)
}

fn width(parts: &[Part]) -> usize {
    let gaps = parts.iter().skip(1).filter(|part| !part.close).count();
    parts.iter().map(|part| part.text.width()).sum::<usize>() + gaps * GAP.len()
}

/// Drops the part that matters least; `false` when only those below a rank are left.
fn drop_last(parts: &mut Vec<Part>, rank: u8) -> bool {
    let last = parts.iter().enumerate().filter(|(_, part)| part.rank >= rank).max_by_key(|(_, part)| part.rank);
    let found = last.map(|(place, _)| place);
    if let Some(place) = found {
        parts.remove(place);
    }
    found.is_some()
}

fn draw_preview(context: &RowContext<'_>, comment: Comment<'_>, out: &mut LineWriter<'_>) {
    let room = out.room().saturating_sub(GAP.len() + 1);
    let answers = comment.is_in_flat() && comment.answered().is_some() && room > 3 * LEAST_PREVIEW;
    let own = if answers { room / 2 } else { room };
    let body = comment.body();
    if room >= LEAST_PREVIEW && !body.plain.is_empty() {
        let words = first_words(body, own);
        out.put(GAP, context.styles.text).put_cut(&words, own, context.styles.glyphs.cut, context.styles.dim);
    }
    if answers {
        out.put(GAP, context.styles.text);
        draw_answered(context, comment, out);
    }
}

/// Draws the author and the first words of what a comment answers.
pub(super) fn draw_answered(context: &RowContext<'_>, comment: Comment<'_>, out: &mut LineWriter<'_>) {
    let (glyphs, room) = (&context.styles.glyphs, out.room().saturating_sub(1));
    if let Some(words) = answered_words(comment, room) {
        out.put_cut(&format!("{} {words}", glyphs.answers), room, glyphs.cut, context.styles.dim);
    }
}
