//! A thread as text for a pipe or a pager: the screen's content, without colours or with a few.
//!
//! No line is wider than the paper but for an address, a word or a line of code, which are never broken.

mod annotated;

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use self::annotated::Annotated;
use super::{Levels, columns_before};
use crate::model::{Comment, Text, TextRef, Thread};
use crate::view::{
    Row, RowList, Selected, Selection, TextLine, ThreadView, Visibility, age, answered_words, changed_score_words,
    comment_count, leads_to, own_subject, stand_in, wrap, wrap_words, wrap_words_noted,
};

/// Columns of one level of depth.
const STEP: usize = 2;
/// Columns of the bar beside a text, its space included.
const BAR: usize = 2;
/// Columns before code, which set it apart.
const CODE_INDENT: usize = 4;
/// The least columns that a text is given, however deep it stands.
const LEAST: usize = 20;
/// Levels beyond which comments stand in no further.
const DEEPEST: usize = 16;

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

    /// Writes a paragraph behind an indentation.
    pub(super) fn paragraph(&self, text: &str, style: &str, indent: usize, out: &mut dyn Write) -> io::Result<()> {
        for line in wrap_words(Text::unmarked(text).borrow(), self.width.saturating_sub(indent).max(1)) {
            writeln!(out, "{:indent$}{}", "", self.styled(style, line.of(text)))?;
        }
        Ok(())
    }

    /// Parts of a header, each with its style, behind an indentation, two spaces between them; what has no room stands on a
    /// line of its own, or on several.
    fn fold(&self, parts: &[(&str, &str)], indent: usize) -> String {
        let mut folded = " ".repeat(indent);
        let next_line = format!("\n{folded}");
        let mut column = indent;
        for (style, part) in parts {
            if column > indent && column + 2 + part.width() > self.width {
                folded.push_str(&next_line);
                column = indent;
            } else if column > indent {
                folded.push_str("  ");
                column += 2;
            }
            let room = self.width.saturating_sub(column).max(1);
            for (number, line) in wrap_words(Text::unmarked(*part).borrow(), room).iter().enumerate() {
                if number > 0 {
                    folded.push_str(&next_line);
                    column = indent;
                }
                let words = line.of(part);
                folded += &self.styled(style, words);
                column += words.width();
            }
        }
        folded
    }

    fn levels(&self) -> Levels {
        Levels::new((self.width.saturating_sub(LEAST) / STEP).min(DEEPEST), STEP)
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
    let mut levels = options.levels();
    for comment in thread.iter() {
        let level = levels.of(comment);
        if row_list.visibility(comment.index()) != Visibility::Hidden {
            let score = selected.score(thread, comment.index());
            write_comment((comment, level), score, &row_list, options, out)?;
        }
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
        let mut levels = options.levels();
        for comment in thread.iter() {
            let level = levels.of(comment);
            if is_shown(&comment) {
                write_comment((comment, level), view.score(comment.index()), row_list, options, &mut out)?;
            }
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
        writeln!(out)?;
        options.paragraph("Archived: the site takes no more comments.", "", 0, out)?;
    }
    if !story.fortune.is_empty() {
        writeln!(out)?;
        options.paragraph(&story.fortune, "", 0, out)?;
    }
    Ok(())
}

fn write_story(thread: &Thread, options: TextOptions, out: &mut dyn Write) -> io::Result<()> {
    let story = thread.story();
    options.paragraph(&story.title, "1", 0, out)?;
    let mut parts = vec![story.site.clone()];
    parts.extend((!story.author.is_empty()).then(|| format!("by {}", story.author)));
    parts.extend(story.posted_at.map(|then| age(then, options.now)));
    parts.push(comment_count(thread));
    options.paragraph(&parts.join(", "), "", 0, out)?;
    for address in [&story.url, &story.link].into_iter().filter(|address| !address.is_empty()) {
        writeln!(out, "{address}")?;
    }
    for note in thread.notes() {
        options.paragraph(&format!("note: {note}"), "", 0, out)?;
    }
    writeln!(out)?;
    write_lines(story.text.borrow(), "", options, out)?;
    if story.text.plain.is_empty() { Ok(()) } else { writeln!(out) }
}

fn write_comment(
    (comment, level): (Comment<'_>, usize),
    score: (Option<i32>, Option<i32>),
    row_list: &RowList,
    options: TextOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let visibility = row_list.visibility(comment.index());
    let score = changed_score_words(comment.story(), score, options.arrow());
    let indent = " ".repeat(STEP * level);
    let above = comment.parent().is_none_or(|parent| row_list.visibility(parent.index()) != Visibility::Placeholder);
    let subject = if visibility == Visibility::Placeholder { "(hidden)" } else { own_subject(comment, above) };
    let author = comment.author().unwrap_or(if comment.flags().anonymous { "Anonymous" } else { "?" });
    let op = if comment.flags().op { " OP" } else { "" };
    let score = format!("{score} {}", comment.label());
    let then = comment.posted_at().map_or_else(String::new, |then| age(then, options.now));
    let is_folded = row_list.is_folded(comment.index());
    let folded = if is_folded { format!("[+{}]", comment.replies()) } else { String::new() };
    let author = format!("{author}{op}");
    let parts = [("1", subject), ("", score.trim()), ("36", &*author), ("", &*then), ("", &*folded)];
    let parts: Vec<(&str, &str)> = parts.into_iter().filter(|(_, part)| !part.is_empty()).collect();
    let header = options.fold(&parts, indent.len());
    match visibility {
        Visibility::Full if !is_folded => {
            writeln!(out, "{header}")?;
            write_answered(comment, &format!("{indent}{} ", options.bar()), options, out)?;
            write_body(comment, &indent, options, out)?;
            writeln!(out)?;
        }
        Visibility::Line => {
            let used = header.lines().last().map_or(0, plain_width);
            writeln!(out, "{}", format!("{header}  {}", preview(comment, options, used)).trim_end())?;
        }
        Visibility::Full | Visibility::Placeholder | Visibility::Hidden => writeln!(out, "{header}")?,
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

/// Writes a text behind a bar, and below it the addresses of its links. A note on where a link leads, and the number of an
/// address, begin in the place of the bar, where no text can stand.
fn write_lines(text: TextRef<'_>, indent: &str, options: TextOptions, out: &mut dyn Write) -> io::Result<()> {
    let width = options.width.saturating_sub(indent.len() + BAR).max(1);
    let bar = options.bar();
    let most_bars = columns_before(text.plain) / BAR;
    let Annotated { text, addresses } = Annotated::new(text, width);
    for line in wrap_words_noted(text.borrow(), width) {
        match line {
            TextLine::Words(line) => {
                let bars = "> ".repeat(usize::from(line.bars).min(most_bars));
                let own = " ".repeat(if line.code { CODE_INDENT } else { usize::from(line.indent) });
                writeln!(out, "{}", format!("{indent}{bar} {bars}{own}{}", line.of(&text.plain)).trim_end())?;
            }
            TextLine::LeadsTo(number, line) => {
                let words = format!("! {}", line.of(&leads_to(text.borrow(), number)));
                writeln!(out, "{indent}{}", options.styled("1;7;31", &words))?;
            }
        }
    }
    for (address, number) in addresses.iter().zip(1..) {
        writeln!(out, "{indent}[{number}] {address}")?;
    }
    Ok(())
}
