//! A story's page as text, as a person copies it out of a browser: everything selected, no tags, no addresses.
//!
//! The story's title stands in it twice: above the story's text, with the source and the number of comments behind it,
//! and above the line `Comments Filter:`. Below that each comment begins with a bullet, which stands further in than the
//! bullet of the comment that it answers. Of its header (subject and score) and its byline either or both may have been
//! lost in copying. Nothing then tells the one that wrote it, so that stays unknown.
//!
//! Assumption: a list within a comment has bullets of the same kind, and cannot be told from replies.

use super::comment::{self, ANONYMOUS_UID};
use super::time::Stamp;
use super::{INFO, head};
use crate::markup;
use crate::model::{Builder, Draft, Flags, State, Story, Text, Thread, counted_of, is_or_are};
use crate::site::Sample;
use crate::site::sample::Kind;
use crate::site::{LoadError, charset};

/// The line between the story and its comments.
const FILTER: &str = "Comments Filter:";

const BULLET: char = '•';

/// The last line of a page.
const FOOT: &str = "Working...";

/// Whether a file is the copied text of a story's page, in which the line above the comments stands behind the story.
pub fn looks_like(file: &Sample<'_>) -> bool {
    let mut lines = file.page().lines().map(str::trim);
    file.kind() == Kind::Text && lines.any(|line| line == FILTER) && lines.any(|line| line.starts_with(BULLET))
}

/// Reads the copied text of a story's page.
///
/// # Errors
/// The file has no line `Comments Filter:`.
pub fn read(file: &Sample<'_>) -> Result<Thread, LoadError> {
    let text = charset::guessed(file.bytes());
    let text = markup::clean(&text);
    let Some((above, below)) = text.split_once(FILTER) else {
        return Err(LoadError::other("this", format!("is no copied page of Slashdot: it has no line “{FILTER}”")));
    };
    let mut story = story(above);
    let outline = Outline::read(below);
    story.fortune = outline.fortune();
    let mut builder = Builder::new();
    let mut ids: Vec<String> = Vec::new();
    let mut nameless = 0;
    for (place, comment) in outline.comments.iter().enumerate() {
        let copied = Copied::read(&comment.lines);
        let id = copied.id.clone().unwrap_or_else(|| format!("#{}", place + 1));
        let parent = comment.parent.and_then(|parent| ids.get(parent)).map(String::as_str);
        copied.push(&id, parent, story.posted_at, &mut builder);
        nameless += u32::from(copied.author.is_empty());
        ids.push(id);
    }
    note(&mut builder, nameless, story.stated_comments);
    Ok(builder.finish(story))
}

fn note(builder: &mut Builder, nameless: u32, stated: Option<u32>) {
    let all = builder.len();
    builder.note("Copied text has no addresses in it; how far a comment is indented tells what it answers");
    if nameless > 0 {
        builder.note(format!("{} without an author in the text", counted_of(nameless as usize, all, "comment")));
    }
    let here = builder.loaded();
    if let Some(stated) = stated.filter(|&stated| stated as usize > here) {
        builder.note(format!("{} {} in the text", counted_of(here, stated as usize, "comment"), is_or_are(here)));
    }
}

/// Reads what stands above the comments.
fn story(above: &str) -> Story {
    let lines: Vec<&str> = above.lines().map(str::trim).collect();
    let last = lines.iter().rposition(|line| !line.is_empty()).unwrap_or_default();
    let title = lines.get(last).copied().unwrap_or_default();
    let first = lines.iter().take(last).position(|line| line.starts_with(title));
    let heading = first.and_then(|first| lines.get(first)).copied().unwrap_or_default();
    let told = first.and_then(|first| lines.get(first + 1..last)).unwrap_or_default();
    let is_archived = |line: &&str| line.contains("discussion has been archived");
    let is_byline = |line: &&str| line.starts_with("Posted by ");
    let byline = told.iter().copied().find(is_byline).unwrap_or_default();
    let text: Vec<&str> = told.iter().copied().filter(|line| !is_archived(line) && !is_byline(line)).collect();
    Story {
        title: if title.is_empty() { "Slashdot discussion".to_owned() } else { markup::clean_line(title) },
        author: head::editor(byline),
        posted_at: Stamp::find(byline).and_then(|stamp| stamp.resolve(None)),
        text: markup::plain(text.join("\n").trim()),
        archived: told.iter().any(is_archived),
        stated_comments: heading.split_whitespace().next_back().and_then(head::count),
        ..INFO.story()
    }
}

/// The comments by their bullets, and what stands behind the last of them.
#[derive(Default)]
struct Outline<'a> {
    comments: Vec<CommentLines<'a>>,
    foot: Vec<&'a str>,
}

/// The lines of one comment.
struct CommentLines<'a> {
    /// The place of the comment that it answers.
    parent: Option<usize>,
    /// The indent of its bullet.
    indent: usize,
    lines: Vec<&'a str>,
}

impl<'a> Outline<'a> {
    fn read(source: &'a str) -> Self {
        let mut outline = Self::default();
        let mut open: Vec<usize> = Vec::new();
        for line in source.lines() {
            let text = line.trim();
            let indent = line.chars().take_while(|character| character.is_whitespace()).count();
            while !text.is_empty() && open.last().is_some_and(|&place| outline.indent(place) >= indent) {
                open.pop();
            }
            let around = open.last().copied();
            if let Some(first) = text.strip_prefix(BULLET) {
                open.push(outline.comments.len());
                outline.comments.push(CommentLines { parent: around, indent, lines: vec![first.trim_start()] });
            } else if let Some(comment) = around.and_then(|place| outline.comments.get_mut(place)) {
                comment.lines.push(text);
            } else if !outline.comments.is_empty() {
                outline.foot.push(text);
            }
        }
        outline
    }

    fn indent(&self, place: usize) -> usize {
        self.comments.get(place).map_or(0, |comment| comment.indent)
    }

    /// The word at the foot of the page, where the text continues to the foot.
    fn fortune(&self) -> String {
        let mut foot = self.foot.iter().filter(|line| !line.is_empty());
        let is_whole = foot.next_back() == Some(&FOOT);
        if is_whole { foot.copied().collect::<Vec<_>>().join(" ") } else { String::new() }
    }
}

/// One comment; what its text does not tell is empty.
#[derive(Debug, Default, PartialEq)]
struct Copied {
    id: Option<String>,
    subject: String,
    score: Option<i32>,
    label: String,
    author: String,
    uid: Option<i64>,
    flags: Flags,
    stamp: Option<Stamp>,
    body: Text,
}

impl Copied {
    fn read(lines: &[&str]) -> Self {
        let mut copied = Self::default();
        let mut rest = lines;
        let has_header = lines.first().is_some_and(|line| copied.take_header(line));
        if has_header {
            rest = behind_first(rest);
        }
        let byline = rest.first().copied().unwrap_or_default();
        if is_byline(byline, has_header) {
            copied.take_byline(byline);
            rest = behind_first(rest);
        }
        copied.body = markup::plain(rest.join("\n").trim());
        copied
    }

    /// `Zip codes (Score:4, Funny)`; says whether the line is a header.
    fn take_header(&mut self, line: &str) -> bool {
        let parts = line.rsplit_once("(Score:").filter(|(_, score)| score.ends_with(')'));
        let Some((subject, score)) = parts else { return false };
        self.subject = markup::clean_line(subject);
        (self.score, self.label) = comment::score(&format!("Score:{score}"));
        true
    }

    /// `by Nick Name ( 537200 ) * on Friday October 06, 2023 @02:08AM (#63904909) Journal`.
    fn take_byline(&mut self, line: &str) {
        let by = head::editor(line);
        let (named, marks) = by.rsplit_once(')').unwrap_or((by.as_str(), ""));
        let (name, uid) = comment::name_and_uid(&format!("{named})"));
        self.author = if uid.is_some() { name } else { by.clone() };
        self.uid = uid;
        self.stamp = Stamp::find(line);
        let (number, links) = line.split_once("(#").and_then(|(_, rest)| rest.split_once(')')).unwrap_or_default();
        self.id = number.parse::<u64>().ok().map(|number| number.to_string());
        self.flags = Flags {
            subscriber: uid.is_some() && marks.contains('*'),
            journal: links.contains("Journal"),
            homepage: links.contains("Homepage"),
            anonymous: uid == Some(ANONYMOUS_UID) || self.author == "Anonymous Coward",
            ..Flags::default()
        };
    }

    fn push(&self, id: &str, parent: Option<&str>, reference: Option<i64>, builder: &mut Builder) {
        builder.push(&Draft {
            id,
            parent,
            author: Some(self.author.as_str()).filter(|author| !author.is_empty()),
            author_id: &self.uid.map(|uid| uid.to_string()).unwrap_or_default(),
            label: &self.label,
            subject: &self.subject,
            score: self.score,
            posted_at: self.stamp.and_then(|stamp| stamp.resolve(reference)),
            state: if self.body.plain.is_empty() { State::Missing } else { State::Live },
            flags: self.flags,
            body: self.body.borrow(),
            ..Draft::default()
        });
    }
}

/// Whether a line is a byline. Below a header one is expected; elsewhere only one with date and number is sure.
fn is_byline(line: &str, has_header: bool) -> bool {
    let is_dated = || Stamp::find(line).is_some() && line.contains("(#");
    line.starts_with("by ") && (has_header || is_dated())
}

/// The lines after the first one and the blank ones that follow it.
fn behind_first<'l, 'a>(lines: &'l [&'a str]) -> &'l [&'a str] {
    let blank = lines.iter().skip(1).take_while(|line| line.is_empty()).count();
    lines.get(1 + blank..).unwrap_or_default()
}
