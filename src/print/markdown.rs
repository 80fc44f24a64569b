//! A thread as Markdown: the title as a heading, each comment a list item by depth.
//!
//! What strangers wrote is text to whoever reads it: no sign of theirs makes a heading, a list, a link or HTML. A mark that
//! Markdown would not read as such is left out, and its words stay.

mod blocks;
mod escape;
mod inline;

use std::io::{self, Write};

pub(super) use escape::{address, escape};

use super::{Levels, rfc3339};
use crate::model::{Comment, Thread};
use crate::view::{
    RowList, Selected, Selection, Visibility, answered_words, changed_score_words, comment_count, stand_in,
};

/// Levels beyond which list items are indented no further: `CommonMark` readers give up on more.
const DEEPEST: usize = 16;

/// Columns of one level.
const STEP: usize = 2;

/// Columns' worth of the words that a comment answers.
const ANSWERED: usize = 20;

/// Writes a thread as Markdown; hidden comments are left out unless a shown one answers them.
///
/// # Errors
/// The writer's error.
pub fn markdown(thread: &Thread, selection: &Selection, out: &mut dyn Write) -> io::Result<()> {
    write_story(thread, out)?;
    let selected = Selected::new(thread, selection.clone());
    let row_list = RowList::automatic(thread, &selected);
    let mut levels = Levels::new(DEEPEST, STEP);
    for comment in thread.iter() {
        let indent = STEP * levels.of(comment);
        let visibility = row_list.visibility(comment.index());
        if visibility != Visibility::Hidden {
            let score = changed_score_words(thread.story(), selected.score(thread, comment.index()), "→");
            write_comment(comment, visibility, (indent, &score), out)?;
        }
    }
    Ok(())
}

fn write_story(thread: &Thread, out: &mut dyn Write) -> io::Result<()> {
    let story = thread.story();
    writeln!(out, "# {}\n", escape(&story.title))?;
    let mut parts: Vec<String> = Vec::new();
    parts.extend((!story.author.is_empty()).then(|| format!("by {}", escape(&story.author))));
    parts.extend(story.posted_at.and_then(rfc3339));
    parts.push(comment_count(thread));
    parts.extend([&story.url, &story.link].into_iter().filter(|link| !link.is_empty()).map(|link| address(link)));
    writeln!(out, "{}\n", parts.join(", "))?;
    for note in thread.notes() {
        writeln!(out, "*({})*\n", escape(note))?;
    }
    let mut body = String::new();
    blocks::write_body(story.text.borrow(), 0, &mut body);
    if story.text.plain.is_empty() { Ok(()) } else { writeln!(out, "{body}") }
}

fn write_comment(
    comment: Comment<'_>,
    visibility: Visibility,
    (indent, score): (usize, &str),
    out: &mut dyn Write,
) -> io::Result<()> {
    let score = format!("{score} {}", comment.label());
    let score = if score.trim().is_empty() { String::new() } else { format!(" ({})", escape(score.trim())) };
    let author = escape(comment.author().filter(|author| !author.is_empty()).unwrap_or("?"));
    let subject = if comment.subject().is_empty() { String::new() } else { format!(" {}", escape(comment.subject())) };
    let head = format!("{:indent$}- **{author}**{score}{subject}\n", "");
    let inner = indent + STEP;
    let answered = answered_words(comment, ANSWERED).filter(|_| visibility == Visibility::Full);
    let answered = answered.map_or_else(String::new, |words| format!("{:inner$}answers {}\n\n", "", escape(&words)));
    let mut body = String::new();
    match visibility {
        Visibility::Placeholder => body = format!("{:inner$}*(hidden)*\n", ""),
        _ if comment.body().plain.is_empty() => body = format!("{:inner$}*{}*\n", "", stand_in(comment.state())),
        _ => blocks::write_body(comment.body(), inner, &mut body),
    }
    writeln!(out, "{head}\n{answered}{body}")
}
