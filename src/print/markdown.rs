//! A thread as Markdown: the title as a heading, each comment a list item by depth.

use std::io::{self, Write};

use crate::model::{Comment, Mark, MarkKind, TextRef, Thread};
use crate::view::{
    RowList, Selected, Selection, Visibility, answered_words, changed_score_words, comment_count, stand_in,
};

use super::rfc3339;

/// Levels beyond which list items are indented no further: `CommonMark` readers give up on more.
const DEEPEST: usize = 20;

/// Columns' worth of the words that a comment answers.
const ANSWERED: usize = 20;

/// Writes a thread as Markdown; hidden comments are left out unless a shown one answers them.
///
/// # Errors
/// The writer's error.
pub fn markdown(thread: &Thread, selection: &Selection, out: &mut dyn Write) -> io::Result<()> {
    let story = thread.story();
    writeln!(out, "# {}\n", escape(&story.title))?;
    let mut parts: Vec<String> = Vec::new();
    parts.extend((!story.author.is_empty()).then(|| format!("by {}", escape(&story.author))));
    parts.extend(story.posted_at.and_then(rfc3339));
    parts.push(comment_count(thread));
    parts.extend((!story.url.is_empty()).then(|| format!("<{}>", story.url)));
    parts.extend((!story.link.is_empty()).then(|| format!("<{}>", story.link)));
    writeln!(out, "{}\n", parts.join(", "))?;
    if !story.text.plain.is_empty() {
        writeln!(out, "{}\n", body(story.text.borrow(), ""))?;
    }
    let selected = Selected::new(thread, selection.clone());
    let row_list = RowList::automatic(thread, &selected);
    for comment in thread.iter().filter(|comment| row_list.visibility(comment.index()) != Visibility::Hidden) {
        let score = changed_score_words(story, selected.score(thread, comment.index()), "→");
        write_comment(comment, row_list.visibility(comment.index()), &score, out)?;
    }
    Ok(())
}

fn write_comment(comment: Comment<'_>, visibility: Visibility, score: &str, out: &mut dyn Write) -> io::Result<()> {
    let indent = "  ".repeat((comment.depth() as usize).min(DEEPEST));
    let score = format!("{score} {}", comment.label());
    let score = if score.trim().is_empty() { String::new() } else { format!(" ({})", score.trim()) };
    let author = escape(comment.author().unwrap_or("?"));
    let subject = if comment.subject().is_empty() { String::new() } else { format!(" {}", escape(comment.subject())) };
    writeln!(out, "{indent}- **{author}**{score}{subject}\n")?;
    let inner = format!("{indent}  ");
    if let Some(words) = answered_words(comment, ANSWERED).filter(|_| visibility == Visibility::Full) {
        writeln!(out, "{inner}answers {}\n", escape(&words))?;
    }
    let text = match visibility {
        Visibility::Placeholder => "*(hidden)*".to_owned(),
        _ if comment.body().plain.is_empty() => format!("*{}*", stand_in(comment.state())),
        _ => body(comment.body(), &inner),
    };
    writeln!(out, "{inner}{}\n", text.trim_start())
}

/// A text's Markdown, every line after `indent`.
fn body(text: TextRef<'_>, indent: &str) -> String {
    let mut written = String::new();
    let mut start = 0;
    let mut in_code = false;
    for line in text.plain.split('\n') {
        let covering = |kind: MarkKind| {
            let over = |mark: &&Mark| mark.kind == kind && mark.start as usize <= start && mark.end as usize > start;
            text.marks.iter().filter(over).count()
        };
        let code = covering(MarkKind::Code) > 0 || (in_code && line.is_empty());
        if code != in_code {
            written.extend([indent, "```\n"]);
            in_code = code;
        }
        let quotes = "> ".repeat(covering(MarkKind::Quote));
        let words = if code { line.to_owned() } else { inline(text, start, line) };
        written += format!("{indent}{quotes}{words}").trim_end();
        written.push('\n');
        start += line.len() + 1;
    }
    if in_code {
        written.extend([indent, "```\n"]);
    }
    written.trim_end().to_owned()
}

/// One line with its inline marks as Markdown has them.
fn inline(text: TextRef<'_>, start: usize, line: &str) -> String {
    let end = start + line.len();
    let mut places: Vec<(usize, u8, String)> = Vec::new();
    for mark in text.marks.iter().filter(|mark| !mark.kind.is_block()) {
        let (from, to) = ((mark.start as usize).max(start), (mark.end as usize).min(end));
        if from < to {
            let (open, close) = signs(text, mark.kind);
            places.push((from, 1, open));
            places.push((to, 0, close));
        }
    }
    places.sort_by_key(|(at, order, _)| (*at, *order));
    let mut written = String::new();
    let mut at = start;
    for (place, _, sign) in places {
        written += &escape(text.plain.get(at..place).unwrap_or_default());
        written += &sign;
        at = place;
    }
    written + &escape(text.plain.get(at..end).unwrap_or_default())
}

fn signs(text: TextRef<'_>, kind: MarkKind) -> (String, String) {
    let both = |sign: &str| (sign.to_owned(), sign.to_owned());
    match kind {
        MarkKind::Emphasis => both("*"),
        MarkKind::Strong => both("**"),
        MarkKind::Literal => both("`"),
        MarkKind::Link(number) => {
            ("[".to_owned(), format!("](<{}>)", text.link(number).unwrap_or_default().replace(['<', '>'], "")))
        }
        MarkKind::Quote | MarkKind::Code | MarkKind::Item | MarkKind::Spoiler => both(""),
    }
}

pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '#') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}
