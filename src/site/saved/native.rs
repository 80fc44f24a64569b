//! lurker's own JSON (`lurker-thread-1`), read into the builder comment by comment.

mod text;

use std::borrow::Cow;

use self::text::{TextIn, can_be_opened};
use crate::markup::{clean, clean_line};
use crate::model::{Builder, Draft, Flags, ScoreKind, State, Story, Text, Thread, counted, is_or_are};
use crate::site::Sample;
use crate::site::json::Value;
use crate::site::{Info, LoadError, info};

/// The name of the format.
const FORMAT: &str = "lurker-thread-1";

/// Whether this is lurker's own JSON. The format stands at the start, or behind the comments where a program has put the
/// names in order.
pub(super) fn looks_like(file: &Sample<'_>) -> bool {
    file.is_of_format(FORMAT)
}

/// What a file has that was left out.
#[derive(Default)]
struct LeftOut {
    /// Comments that are no objects.
    comments: u32,
    /// Values of another type than their keys have.
    values: u32,
    /// Addresses that lurker does not open.
    links: u32,
    /// Marks that do not fit their text or each other.
    marks: u32,
}

impl LeftOut {
    /// A note on each kind of which there is any.
    fn notes(&self) -> impl Iterator<Item = String> {
        let kinds = [
            (self.comments, "entry", "entries", "among the comments that are none"),
            (self.values, "value", "values", "of another type than the format has"),
            (self.links, "address", "addresses", "of another kind than http, https and mailto"),
            (self.marks, "mark", "marks", "that do not fit their texts"),
        ];
        let note = |(count, one, more, which)| match count {
            0 => None,
            1 => Some(format!("left out: 1 {one} {which}")),
            _ => Some(format!("left out: {count} {more} {which}")),
        };
        kinds.into_iter().filter_map(note)
    }

    /// A value that is read, or counted where it is of another type.
    fn typed<'t, T>(&mut self, value: Value<'t>, read: impl Fn(Value<'t>) -> Option<T>) -> Option<T> {
        let read = read(value);
        self.values += u32::from(read.is_none() && !value.is_null());
        read
    }

    /// The items of a list.
    fn items<'t>(&mut self, value: Value<'t>) -> impl Iterator<Item = Value<'t>> + use<'t> {
        let list = self.typed(value, |value| value.is_list().then_some(value));
        list.into_iter().flat_map(Value::items)
    }

    fn is_true(&mut self, value: Value<'_>) -> bool {
        self.typed(value, Value::boolean).unwrap_or_default()
    }

    /// An address that lurker opens; empty where there is none.
    fn address<'t>(&mut self, value: Value<'t>) -> Cow<'t, str> {
        let address = self.typed(value, line).unwrap_or_default();
        if address.is_empty() || can_be_opened(&address) {
            return address;
        }
        self.links += 1;
        Cow::Borrowed("")
    }
}

/// Reads it. What comes after damage is lost, and a note says so.
///
/// # Errors
/// The JSON is damaged before anything could be read, or holds no discussion.
pub(super) fn read(file: &Sample<'_>) -> Result<Thread, LoadError> {
    let document = file.document();
    let root = document.root();
    let mut left_out = LeftOut::default();
    let mut story = story(root, &mut left_out);
    let mut builder = Builder::new();
    let mut scores: Option<(i32, i32)> = None;
    let mut body = Text::default();
    for comment in left_out.items(root.get("comments")).filter(|comment| comment.is_whole()) {
        if !comment.is_object() {
            left_out.comments += 1;
            continue;
        }
        let comment = CommentIn::of(comment, &mut left_out);
        scores = joined(scores, comment.score.map(|score| (score, score)));
        comment.push(&mut body, &mut left_out, &mut builder);
    }
    if let Some(note) = bound_scale(&mut story, scores) {
        builder.note(note);
    }
    for note in left_out.items(root.get("notes")) {
        if let Some(note) = left_out.typed(note, Value::text) {
            builder.note(clean_line(&note));
        }
    }
    left_out.notes().for_each(|note| builder.note(note));
    if let Some(place) = document.damage_place() {
        if builder.is_empty() && story.title.is_empty() {
            return Err(LoadError::other("the JSON", format!("is damaged at {place}")));
        }
        let (here, verb) = (counted(builder.len(), "comment"), is_or_are(builder.len()));
        builder.note(format!("the JSON is damaged at {place}; {here} before that {verb} here"));
    }
    if builder.is_empty() && story.title.is_empty() && story.text.plain.is_empty() {
        return Err(LoadError::other("", "there is no discussion in it"));
    }
    Ok(builder.finish(story))
}

fn story(root: Value<'_>, left_out: &mut LeftOut) -> Story {
    let mut text_in = TextIn::default();
    for (key, value) in root.pairs() {
        text_in.take(&key, value);
    }
    let mut text = Text::default();
    text_in.read(&mut text, left_out);
    let site = left_out.typed(root.get("site"), line).unwrap_or_default().into_owned();
    let usual = info(&site).map_or_else(Story::default, Info::story);
    let mut line = |key: &str| left_out.typed(root.get(key), line).unwrap_or_default().into_owned();
    let (id, title, author, department) = (line("id"), line("title"), line("author"), line("department"));
    let kind = left_out.typed(root.get("score_kind"), |name| ScoreKind::named(&name.text()?));
    Story {
        site,
        id,
        url: left_out.address(root.get("url")).into_owned(),
        title,
        author,
        posted_at: left_out.typed(root.get("posted_at"), Value::moment),
        link: left_out.address(root.get("link")).into_owned(),
        text,
        score: left_out.typed(root.get("score"), Value::score),
        score_kind: kind.unwrap_or(usual.score_kind),
        hides_scores: usual.hides_scores,
        score_range: stated(root, "score_range").map_or(usual.score_range, |value| left_out.typed(value, range)),
        top_level_bonus: left_out.typed(root.get("top_level_bonus"), Value::boolean).unwrap_or(usual.top_level_bonus),
        thresholds: stated(root, "site_thresholds")
            .map_or(usual.thresholds, |value| left_out.typed(value, pair).unwrap_or_default()),
        department,
        archived: left_out.is_true(root.get("archived")),
        fortune: clean(&left_out.typed(root.get("fortune"), Value::words).unwrap_or_default()).into_owned(),
        stated_comments: left_out.typed(root.get("stated_comments"), Value::count),
    }
}

/// The value of a key that is in the file, be it `null`: then it holds in place of the site's own.
fn stated<'t>(root: Value<'t>, key: &str) -> Option<Value<'t>> {
    root.pairs().find(|(name, _)| name == key).map(|(_, value)| value)
}

/// Both ends of a scale; none where it is open, or where its ends are no ends.
fn range(list: Value<'_>) -> Option<(i32, i32)> {
    let (low, high) = pair(list)?;
    low.zip(high).filter(|(low, high)| low <= high)
}

/// The range from the lower of the lows to the higher of the highs.
fn joined(range: Option<(i32, i32)>, other: Option<(i32, i32)>) -> Option<(i32, i32)> {
    let (Some((low, high)), Some((other_low, other_high))) = (range, other) else { return range.or(other) };
    Some((low.min(other_low), high.max(other_high)))
}

/// Cuts a scale that is wider than any site's to the scores that are there and those of the site; says so in a note. What
/// is still too wide is an open scale.
fn bound_scale(story: &mut Story, scores: Option<(i32, i32)>) -> Option<String> {
    const WIDEST: u32 = 100;
    let is_wide = |(low, high): &(i32, i32)| high.abs_diff(*low) > WIDEST;
    let (low, high) = story.score_range.filter(is_wide)?;
    let there = joined(scores, info(&story.site).and_then(|info| info.scoring.range));
    let cut = there.map(|(least, most)| (low.max(least), high.min(most)));
    story.score_range = cut.filter(|range| range.0 <= range.1 && !is_wide(range));
    let scale =
        story.score_range.map_or("is taken as open".to_owned(), |(low, high)| format!("is cut to {low} to {high}"));
    Some(format!("the file's scale of scores, {low} to {high}, {scale}"))
}

/// A list of two numbers, either of which may be `null`.
fn pair(list: Value<'_>) -> Option<(Option<i32>, Option<i32>)> {
    let mut items = list.items();
    let pair = (items.next()?.score(), items.next()?.score());
    items.next().is_none().then_some(pair)
}

/// The state of this name; live where there is none.
fn state(name: Value<'_>) -> Option<State> {
    let name = name.text()?;
    State::NAMES.iter().find(|(_, known)| *known == name).map(|(state, _)| *state)
}

/// A comment as it stands in the file.
#[derive(Default)]
struct CommentIn<'t> {
    id: Cow<'t, str>,
    parent: Option<Cow<'t, str>>,
    author: Option<Cow<'t, str>>,
    author_id: Cow<'t, str>,
    label: Cow<'t, str>,
    subject: Cow<'t, str>,
    url: Cow<'t, str>,
    score: Option<i32>,
    posted_at: Option<i64>,
    state: State,
    flags: Flags,
    text: TextIn<'t>,
}

impl<'t> CommentIn<'t> {
    fn of(comment: Value<'t>, left_out: &mut LeftOut) -> Self {
        let mut own = Self::default();
        for (key, value) in comment.pairs() {
            let mut line = |value| left_out.typed(value, line);
            match &*key {
                "id" => own.id = line(value).unwrap_or_default(),
                "parent" => own.parent = line(value),
                "author" => own.author = line(value),
                "author_id" => own.author_id = line(value).unwrap_or_default(),
                "op" => own.flags.op = left_out.is_true(value),
                "anonymous" => own.flags.anonymous = left_out.is_true(value),
                "author_marks" => own.mark_author(value, left_out),
                "score" => own.score = left_out.typed(value, Value::score),
                "label" => own.label = line(value).unwrap_or_default(),
                "subject" => own.subject = line(value).unwrap_or_default(),
                "posted_at" => own.posted_at = left_out.typed(value, Value::moment),
                "url" => own.url = left_out.address(value),
                "state" => own.state = left_out.typed(value, state).unwrap_or_default(),
                key => _ = own.text.take(key, value),
            }
        }
        own
    }

    fn mark_author(&mut self, marks: Value<'_>, left_out: &mut LeftOut) {
        for mark in left_out.items(marks) {
            match mark.text().as_deref() {
                Some("subscriber") => self.flags.subscriber = true,
                Some("journal") => self.flags.journal = true,
                Some("homepage") => self.flags.homepage = true,
                _ => left_out.values += 1,
            }
        }
    }

    fn push(&self, text: &mut Text, left_out: &mut LeftOut, builder: &mut Builder) {
        self.text.read(text, left_out);
        builder.push(&Draft {
            id: &self.id,
            parent: self.parent.as_deref(),
            author: self.author.as_deref(),
            author_id: &self.author_id,
            label: &self.label,
            subject: &self.subject,
            url: &self.url,
            score: self.score,
            posted_at: self.posted_at,
            state: self.state,
            flags: self.flags,
            body: text.borrow(),
        });
    }
}

/// A text or a number as one clean line; what is plain ASCII without a run of spaces passes as it is.
fn line(value: Value<'_>) -> Option<Cow<'_, str>> {
    let text = value.words()?;
    let is_plain = text.bytes().all(|byte| (b' '..0x7f).contains(&byte))
        && !text.contains("  ")
        && !text.starts_with(' ')
        && !text.ends_with(' ');
    Some(if is_plain { text } else { Cow::Owned(clean_line(&text)) })
}
