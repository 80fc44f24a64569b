//! A thread as text for a pipe or a pager: the screen's content, without colours or with a few.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use crate::model::{Comment, Text, TextRef, Thread};
use crate::view::{
    Row, RowList, Selected, Selection, TextLine, ThreadView, Visibility, age, answered_words, changed_score_words,
    comment_count, leads_to, own_subject, stand_in, wrap, wrap_noted,
};

/// Columns of one level of depth.
const STEP: usize = 2;
/// Columns of the bar beside a text, its space included.
const BAR: usize = 2;
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
    let score = |comment: Comment<'_>| selected.score(thread, comment.index());
    for comment in thread.iter().filter(|comment| row_list.visibility(comment.index()) != Visibility::Hidden) {
        write_comment(comment, score(comment), &row_list, options, out)?;
    }
    write_foot(thread, &row_list, options, out)
}

/// All that is shown of a thread as text, by the reader's thresholds, filter and folds.
pub fn shown(view: &ThreadView, options: TextOptions) -> String {
    let mut out = Vec::new();
    let (thread, row_list) = (view.thread(), view.rows());
    let is_shown = |comment: &Comment<'_>| view.is_shown(Row::Comment(comment.index()));
    let mut write = || {
        write_story(thread, options, &mut out)?;
        for comment in thread.iter().filter(is_shown) {
            write_comment(comment, view.score(comment.index()), row_list, options, &mut out)?;
        }
        write_foot(thread, row_list, options, &mut out)
    };
    // Memory takes all.
    let _: io::Result<()> = write();
    String::from_utf8(out).unwrap_or_default()
}

fn write_foot(thread: &Thread, row_list: &RowList, options: TextOptions, out: &mut dyn Write) -> io::Result<()> {
    if row_list.hidden_at_root() > 0 {
        writeln!(out, "({} hidden)", row_list.hidden_at_root())?;
    }
    let story = thread.story();
    if story.archived {
        writeln!(out, "\nArchived: the site takes no more comments.")?;
    }
    if !story.fortune.is_empty() {
        writeln!(out)?;
        for line in wrap(Text::unmarked(story.fortune.as_str()).borrow(), options.width) {
            writeln!(out, "{}", line.of(&story.fortune))?;
        }
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
    score: (Option<i32>, Option<i32>),
    row_list: &RowList,
    options: TextOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let visibility = row_list.visibility(comment.index());
    let score = changed_score_words(comment.story(), score, options.arrow());
    let deepest = options.width.saturating_sub(LEAST) / STEP;
    let indent = " ".repeat(STEP * (comment.depth() as usize).min(deepest));
    let above = comment.parent().is_none_or(|parent| row_list.visibility(parent.index()) != Visibility::Placeholder);
    let subject = if visibility == Visibility::Placeholder { "(hidden)" } else { own_subject(comment, above) };
    let author = comment.author().unwrap_or(if comment.flags().anonymous { "Anonymous" } else { "?" });
    let op = if comment.flags().op { " OP" } else { "" };
    let score = format!("{score} {}", comment.label());
    let then = comment.posted_at().map_or_else(String::new, |then| age(then, options.now));
    let is_folded = row_list.is_folded(comment.index());
    let folded = if is_folded { format!("[+{}]", comment.replies()) } else { String::new() };
    let author = options.styled("36", &format!("{author}{op}"));
    let parts = [options.styled("1", subject), score.trim().to_owned(), author, then, folded];
    let header: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    let header = options.fold(&header, indent.len());
    match visibility {
        Visibility::Full if !is_folded => {
            writeln!(out, "{indent}{header}")?;
            write_answered(comment, &format!("{indent}{} ", options.bar()), options, out)?;
            write_body(comment, &indent, options, out)?;
            writeln!(out)?;
        }
        Visibility::Line => {
            let used = indent.len() + header.lines().last().map_or(0, plain_width);
            writeln!(out, "{}", format!("{indent}{header}  {}", preview(comment, options, used)).trim_end())?;
        }
        Visibility::Full | Visibility::Placeholder | Visibility::Hidden => writeln!(out, "{indent}{header}")?,
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

/// Writes the first words of what a comment answers, where the tree does not tell.
fn write_answered(comment: Comment<'_>, bar: &str, options: TextOptions, out: &mut dyn Write) -> io::Result<()> {
    let room = options.width.saturating_sub(bar.chars().count()).max(LEAST);
    let Some(words) = answered_words(comment, room) else { return Ok(()) };
    let line = format!("{} {words}", if options.ascii { "^" } else { "↳" });
    let line = if line.width() > room { wrap_mark(&line, room) } else { line };
    writeln!(out, "{bar}{}", options.styled("2", &line))
}

fn write_body(comment: Comment<'_>, indent: &str, options: TextOptions, out: &mut dyn Write) -> io::Result<()> {
    if comment.body().plain.is_empty() {
        return writeln!(out, "{indent}{} {}", options.bar(), stand_in(comment.state()));
    }
    write_lines(comment.body(), indent, options, out)
}

/// Writes a text behind a bar. A note on where a link leads begins in the place of the bar, where no text can stand.
fn write_lines(text: TextRef<'_>, indent: &str, options: TextOptions, out: &mut dyn Write) -> io::Result<()> {
    let width = options.width.saturating_sub(indent.len() + BAR).max(1);
    let bar = options.bar();
    for line in wrap_noted(text, width) {
        match line {
            TextLine::Words(line) => {
                let bars = "> ".repeat(usize::from(line.bars));
                let own = " ".repeat(usize::from(line.indent));
                writeln!(out, "{}", format!("{indent}{bar} {bars}{own}{}", line.of(text.plain)).trim_end())?;
            }
            TextLine::LeadsTo(number, line) => {
                let words = format!("! {}", line.of(&leads_to(text, number)));
                writeln!(out, "{indent}{}", options.styled("1;7;31", &words))?;
            }
        }
    }
    Ok(())
}
