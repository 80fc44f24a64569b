//! The story above the comments, and the foot below them.

use unicode_width::UnicodeWidthStr;

use super::body::{self, put_found};
use super::comment::note_words;
use super::line_writer::LineWriter;
use super::row_context::RowContext;
use crate::app::story_bookmark;
use crate::model::counted;
use crate::view::{Order, RowLine, age, comment_count};

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
            let room = out.room();
            out.put_cut("Archived: the site takes no more comments.", room, styles.glyphs.cut, styles.notice);
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
    let mut parts = Vec::with_capacity(8);
    parts.extend(is_bookmarked.then(|| format!("{} bookmarked", styles.glyphs.bookmark)));
    let note = context.app.authors().note(&story.site, &story.author);
    parts.extend((!story.author.is_empty()).then(|| format!("by {}{}", story.author, note_words(styles, note))));
    parts.extend(story.posted_at.map(|then| age(then, context.app.now())));
    parts.extend(story.score.map(|score| counted(score, story.score_kind.unit())));
    parts.push(comment_count(context.view.thread()));
    let gap = format!(" {} ", styles.glyphs.dot);
    let room = out.room().saturating_sub(1);
    // The name of the site is left out where it would leave no room for the number of comments.
    if story.site.width() + gap.width() + parts.join(&gap).width() <= room {
        parts.insert(0, story.site.clone());
    }
    let order = context.view.order();
    parts.extend((order != Order::Site).then(|| order.words().to_owned()));
    parts.extend((!story.department.is_empty()).then(|| format!("from the {} dept.", story.department)));
    out.put_cut(&parts.join(&gap), room, styles.glyphs.cut, styles.dim);
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
