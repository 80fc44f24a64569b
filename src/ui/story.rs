//! The story above the comments, and the foot below them.

use unicode_width::UnicodeWidthStr;

use super::body::{self, put_found};
use super::comment::note_words;
use super::line_writer::LineWriter;
use super::row_context::RowContext;
use crate::app::story_bookmark;
use crate::model::counted;
use crate::view::{Order, RowLine, age, comment_count};

/// Columns below which the beginning of a department tells nothing.
const LEAST_DEPARTMENT: usize = 20;

/// Draws one line of the story's header or of the foot.
pub(super) fn draw(context: &RowContext<'_>, line: &RowLine, out: &mut LineWriter<'_>) {
    let (styles, thread) = (context.styles, context.view.thread());
    let story = thread.story();
    if let RowLine::LeadsTo(number, line) = line {
        body::draw_leads_to(out, story.text.borrow(), (*number, line), styles);
        return;
    }
    if *line == RowLine::ShownAbove {
        out.put(styles.glyphs.hidden, styles.dim).skip(1).put_message(
            &context.app.shown_above_words(context.view),
            styles.text,
            styles.key,
        );
        return;
    }
    out.skip(2);
    match line {
        RowLine::Title(line) => {
            let matches = context.matches_in(&story.title);
            put_found(out, &story.title, (line.start, line.end), &matches, styles.headline, context.match_style());
        }
        RowLine::Meta => draw_meta(context, out),
        RowLine::Link => {
            let room = out.room().saturating_sub(1);
            out.put_cut(&story.link, room, styles.glyphs.cut, styles.leading_to(&story.link, styles.link));
        }
        RowLine::Text(line) => {
            body::draw(out, story.text.borrow(), line, &context.body_look(), styles);
        }
        RowLine::Note(number, line) => {
            let note = thread.notes().get(*number).map_or("", String::as_str);
            out.put(&styles.glyphs.own(line.of(note)), styles.notice);
        }
        RowLine::End => draw_end(context, out),
        RowLine::Archived => {
            let words = ["Archived: the site takes no more comments.", "Archived: no more comments."];
            let fitting = words.into_iter().find(|words| words.width() < out.room()).unwrap_or("Archived");
            out.put(fitting, styles.notice);
        }
        RowLine::Fortune(line) => _ = out.put(line.of(&story.fortune), styles.dim),
        RowLine::Blank
        | RowLine::Rule
        | RowLine::Header
        | RowLine::Answered
        | RowLine::StandIn
        | RowLine::Marker
        | RowLine::ShownAbove
        | RowLine::LeadsTo(..) => {}
    }
}

/// Draws the rule between two discussions, as wide as the text.
pub(super) fn draw_rule(context: &RowContext<'_>, out: &mut LineWriter<'_>) {
    let styles = context.styles;
    let columns = context.view.geometry().measure().min(out.room());
    out.put(&styles.glyphs.rule.repeat(columns), styles.guide);
}

fn draw_meta(context: &RowContext<'_>, out: &mut LineWriter<'_>) {
    let (styles, story) = (context.styles, context.view.thread().story());
    let is_bookmarked = context.app.bookmarks().contains(&story_bookmark(story));
    let (gap, room) = (format!(" {} ", styles.glyphs.dot), out.room().saturating_sub(1));
    let note = context.app.authors().note(&story.site, &story.author);
    let order = context.view.order();
    // Each with its rank: where there is no room for all, the part with the highest rank is left out.
    let mut parts: Vec<(u8, String)> = Vec::with_capacity(8);
    let mut part = |rank, words: Option<String>| parts.extend(words.map(|words| (rank, words)));
    part(5, Some(story.site.clone()));
    part(0, is_bookmarked.then(|| format!("{} bookmarked", styles.glyphs.bookmark)));
    part(1, (!story.author.is_empty()).then(|| format!("by {}{}", story.author, note_words(styles, note))));
    part(4, story.posted_at.map(|then| age(then, context.app.now())));
    part(3, story.score.map(|score| counted(score, story.score_kind.unit())));
    part(0, Some(comment_count(context.view.thread())));
    part(2, (order != Order::Site).then(|| order.words().to_owned()));
    let joined = |parts: &[(u8, String)]| parts.iter().map(|(_, words)| words.as_str()).collect::<Vec<_>>().join(&gap);
    while joined(&parts).width() > room && parts.iter().any(|(rank, _)| *rank > 1) {
        let highest = parts.iter().map(|(rank, _)| *rank).max();
        parts.retain(|(rank, _)| Some(*rank) != highest);
    }
    let mut words = joined(&parts);
    let left = room.saturating_sub(words.width() + gap.width());
    if !story.department.is_empty() && left >= LEAST_DEPARTMENT {
        words = format!("{words}{gap}from the {} dept.", story.department);
    }
    out.put_cut(&words, room, styles.glyphs.cut, styles.dim);
}

fn draw_end(context: &RowContext<'_>, out: &mut LineWriter<'_>) {
    let (styles, count) = (context.styles, comment_count(context.view.thread()));
    let words = if context.app.is_loading() {
        format!("{count}, loading more")
    } else if context.view.thread().is_empty() {
        "no comments yet".to_owned()
    } else {
        format!("{count}; this is the end")
    };
    let room = out.room();
    out.put_cut(&words, room, styles.glyphs.cut, styles.dim);
}
