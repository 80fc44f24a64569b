//! A thread as text for a pipe or a pager: the screen's content, without colours or with a few.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use crate::model::{Comment, Text, TextRef, Thread};
use crate::view::{
    RowList, Selected, Selection, Visibility, age, changed_score_words, comment_count, own_subject, stand_in, wrap,
};

/// Columns of one level of depth.
const STEP: usize = 2;
/// The least columns that a text is given, however deep it stands.
const LEAST: usize = 20;

/// The options of printed text.
#[derive(Clone, Copy, Debug)]
pub struct TextOptions {
    /// Columns.
    pub width: usize,
    /// With colours, as terminal escape sequences.
    pub colour: bool,
    /// Frame characters from ASCII alone.
    pub ascii: bool,
    /// The time of printing, in seconds since 1970 UTC.
    pub now: i64,
}

impl TextOptions {
    pub(super) fn styled(&self, code: &str, text: &str) -> String {
        if self.colour && !text.is_empty() { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }

    /// Parts of a header behind an indentation, two spaces between them; on a line of its own what has no room.
    fn fold(&self, parts: &[&str], indent: usize) -> String {
        let mut folded = String::new();
        let mut column = indent;
        for part in parts {
            let width = plain_width(part);
            if column > indent && column + 2 + width > self.width {
                folded.push('\n');
                folded.extend(std::iter::repeat_n(' ', indent));
                column = indent;
            } else if column > indent {
                folded.push_str("  ");
                column += 2;
            }
            folded.push_str(part);
            column += width;
        }
        folded
    }

    fn arrow(&self) -> &'static str {
        if self.ascii { "->" } else { "→" }
    }

    fn bar(&self) -> &'static str {
        if self.ascii { "|" } else { "│" }
    }
}

/// Writes a thread as text: comments in full or on one line by the selection; hidden ones are counted.
///
/// # Errors
/// The writer's error.
pub fn text(thread: &Thread, selection: &Selection, options: TextOptions, out: &mut dyn Write) -> io::Result<()> {
    let selected = Selected::new(thread, selection.clone());
    let row_list = RowList::automatic(thread, &selected);
    write_story(thread, options, out)?;
    for comment in thread.iter() {
        match row_list.visibility(comment.index()) {
            Visibility::Hidden => {}
            visibility => {
                let score =
                    changed_score_words(thread.story(), selected.score(thread, comment.index()), options.arrow());
                write_comment(comment, visibility, &score, &row_list, options, out)?;
            }
        }
    }
    if row_list.hidden_at_root() > 0 {
        writeln!(out, "({} hidden)", row_list.hidden_at_root())?;
    }
    let story = thread.story();
    if story.archived {
        writeln!(out, "\nArchived: the site takes no more comments.")?;
    }
    if !story.fortune.is_empty() {
        writeln!(out)?;
        write_lines(Text::unmarked(story.fortune.as_str()).borrow(), "", options, out)?;
    }
    Ok(())
}

fn write_story(thread: &Thread, options: TextOptions, out: &mut dyn Write) -> io::Result<()> {
    let story = thread.story();
    let title = Text::unmarked(story.title.as_str());
    for line in wrap(title.borrow(), options.width) {
        writeln!(out, "{}", options.styled("1", line.of(&story.title)))?;
    }
    let mut parts = vec![story.site.clone()];
    parts.extend((!story.author.is_empty()).then(|| format!("by {}", story.author)));
    parts.extend(story.posted_at.map(|then| age(then, options.now)));
    parts.push(comment_count(thread));
    let parts = parts.join(", ");
    for line in wrap(Text::unmarked(parts.as_str()).borrow(), options.width) {
        writeln!(out, "{}", line.of(&parts))?;
    }
    for address in [&story.url, &story.link].into_iter().filter(|address| !address.is_empty()) {
        writeln!(out, "{address}")?;
    }
    for note in thread.notes() {
        writeln!(out, "note: {note}")?;
    }
    writeln!(out)?;
    write_lines(story.text.borrow(), "", options, out)?;
    if story.text.plain.is_empty() { Ok(()) } else { writeln!(out) }
}

fn write_comment(
    comment: Comment<'_>,
    visibility: Visibility,
    score: &str,
    row_list: &RowList,
    options: TextOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let deepest = options.width.saturating_sub(LEAST) / STEP;
    let indent = " ".repeat(STEP * (comment.depth() as usize).min(deepest));
    let above = comment.parent().is_none_or(|parent| row_list.visibility(parent.index()) != Visibility::Placeholder);
    let subject = if visibility == Visibility::Placeholder { "(hidden)" } else { own_subject(comment, above) };
    let author = comment.author().unwrap_or(if comment.flags().anonymous { "Anonymous" } else { "?" });
    let op = if comment.flags().op { " OP" } else { "" };
    let score = format!("{score} {}", comment.label());
    let then = comment.posted_at().map_or_else(String::new, |then| age(then, options.now));
    let parts =
        [options.styled("1", subject), score.trim().to_owned(), options.styled("36", &format!("{author}{op}")), then];
    let header: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    let header = options.fold(&header, indent.len());
    match visibility {
        Visibility::Full => {
            writeln!(out, "{indent}{header}")?;
            let bar = format!("{indent}{} ", options.bar());
            write_body(comment, &bar, options, out)?;
            writeln!(out)?;
        }
        Visibility::Line => {
            let used = indent.len() + header.lines().last().map_or(0, plain_width);
            writeln!(out, "{}", format!("{indent}{header}  {}", preview(comment, options, used)).trim_end())?;
        }
        Visibility::Placeholder | Visibility::Hidden => writeln!(out, "{indent}{header}")?,
    }
    if row_list.hidden_under(comment.index()) > 0 {
        writeln!(out, "{indent}  ({} hidden)", row_list.hidden_under(comment.index()))?;
    }
    Ok(())
}

/// The columns of a text without its escape sequences.
fn plain_width(text: &str) -> usize {
    let mut pieces = text.split('\x1b');
    let first = pieces.next().unwrap_or_default().width();
    first + pieces.filter_map(|piece| piece.split_once('m')).map(|(_, shown)| shown.width()).sum::<usize>()
}

/// The first words of a comment's text, as many as its line has room for.
fn preview(comment: Comment<'_>, options: TextOptions, used: usize) -> String {
    let room = options.width.saturating_sub(used + 2);
    let words = comment.body().plain.split_whitespace().take(room).collect::<Vec<_>>().join(" ");
    if room < 8 {
        return String::new();
    }
    let first =
        wrap(Text::unmarked(words.as_str()).borrow(), room).first().map_or("", |line| line.of(&words)).to_owned();
    if first.len() < words.len() { wrap_mark(&words, room) } else { first }
}

/// As much of a text as leaves room for the mark of a cut.
fn wrap_mark(words: &str, room: usize) -> String {
    let lines = wrap(Text::unmarked(words).borrow(), room - 3);
    lines.first().map_or_else(String::new, |line| format!("{}...", line.of(words)))
}

fn write_body(comment: Comment<'_>, bar: &str, options: TextOptions, out: &mut dyn Write) -> io::Result<()> {
    if comment.body().plain.is_empty() {
        return writeln!(out, "{bar}{}", stand_in(comment.state()));
    }
    write_lines(comment.body(), bar, options, out)
}

fn write_lines(text: TextRef<'_>, before: &str, options: TextOptions, out: &mut dyn Write) -> io::Result<()> {
    let width = options.width.saturating_sub(before.chars().count()).max(1);
    for line in wrap(text, width) {
        let bars = "> ".repeat(usize::from(line.bars));
        let indent = " ".repeat(usize::from(line.indent));
        writeln!(out, "{}", format!("{before}{bars}{indent}{}", line.of(text.plain)).trim_end())?;
    }
    Ok(())
}
