//! lurker's own JSON (`lurker-thread-1`), read into the builder comment by comment.

mod comment;
mod text;

use std::borrow::Cow;
use std::io::{self, Read};

use self::comment::CommentIn;
use self::text::{TextIn, can_be_opened};
use crate::markup::{clean, clean_line};
use crate::model::{Builder, ScoreKind, Story, Text, Thread, counted, is_or_are, is_plain_line};
use crate::site::Sample;
use crate::site::json::{Batch, ObjectInPieces, Value, for_each_batch};
use crate::site::{Info, LoadError, info};

/// The name of the format.
const FORMAT: &str = "lurker-thread-1";

/// Whether this may be lurker's own JSON. The format stands at the start, or behind the comments where a program has put the
/// names in order.
pub(super) fn looks_like(file: &Sample<'_>) -> bool {
    file.may_be_of_format(FORMAT)
}

/// Whether a file that begins like this is lurker's own JSON, or was before something was added to it.
pub(super) fn begins_like(start: &[u8]) -> bool {
    let mut rest = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start);
    let name = format!("\"{FORMAT}\"");
    for token in ["{", "\"format\"", ":", &name] {
        let Some(behind) = rest.trim_ascii_start().strip_prefix(token.as_bytes()) else { return false };
        rest = behind;
    }
    true
}

/// What a file has that was left out.
#[derive(Clone, Copy, Default)]
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

/// Reads it, comment by comment as they come. What comes after damage is lost, and a note says so. `None` where its own key
/// says that it is of another format.
///
/// `show` gets the thread as far as it is here, a few times on the way, while there is more to come.
///
/// # Errors
/// It could not be read, is damaged before anything could be read, or holds no discussion.
pub(super) fn read(
    source: impl Read + Send,
    mut show: Option<&mut dyn FnMut(Thread)>,
) -> Result<Option<Thread>, LoadError> {
    let broken = |error: io::Error| LoadError::other("", error.to_string());
    let mut pieces = ObjectInPieces::open(source, "comments").map_err(broken)?;
    let mut comments = Comments::default();
    let mut take = |batch: &Batch| {
        if batch.begins {
            comments = Comments::default();
        }
        for comment in batch.items() {
            comments.take(comment);
            if comments.builder.len() == ENOUGH_TO_TELL {
                comments.builder.make_room(stated_count(batch.rest().root()).unwrap_or_default());
            }
            if let Some(show) = &mut show
                && SNAPSHOTS.contains(&comments.builder.len())
                && !batch.is_all_here
                && let rest = batch.rest()
                && can_be_shown(rest.root())
                && is_worth_its_memory(comments.builder.len(), rest.root())
                && let Ok(thread) = comments.clone().into_thread(rest.root(), None)
            {
                show(thread);
            }
        }
    };
    for_each_batch(&mut pieces, &mut take).map_err(broken)?;
    let rest = pieces.rest();
    let root = rest.root();
    if !is_own(root) {
        return Ok(None);
    }
    comments.into_thread(root, pieces.damage_place()).map(Some)
}

/// The number of comments that tell how long the others are.
const ENOUGH_TO_TELL: usize = 100;

/// The number of comments that the file states, if that stands before them.
fn stated_count(root: Value<'_>) -> Option<usize> {
    root.get("loaded_comments").count().map(|count| count as usize)
}

/// The numbers of comments at which what is here so far can be shown. Each is as many times the last that all of them cost
/// little beside the whole; behind the last there is enough to read until all of it is here.
const SNAPSHOTS: [usize; 3] = [200, 2_000, 20_000];

/// Whether what is here so far is little, or little beside the whole: while the whole replaces it, both are in memory.
fn is_worth_its_memory(here: usize, root: Value<'_>) -> bool {
    const LITTLE: usize = 2_000;
    const LEAST_TIMES: usize = 8;
    here <= LITTLE || stated_count(root).is_none_or(|whole| whole >= LEAST_TIMES * here)
}

/// The keys that decide which thread it is and how it shows.
const DECISIVE: [&str; 7] = ["format", "site", "id", "title", "score_kind", "score_range", "site_thresholds"];

/// Whether the keys so far suffice to show the thread: none that decides anything may stand behind the comments.
fn can_be_shown(root: Value<'_>) -> bool {
    is_own(root) && DECISIVE.iter().all(|key| stated(root, key).is_some())
}

fn is_own(root: Value<'_>) -> bool {
    root.get("format").text().is_some_and(|format| format == FORMAT)
}

/// The comments so far.
#[derive(Clone, Default)]
struct Comments {
    builder: Builder,
    left_out: LeftOut,
    /// The lowest and the highest score.
    scores: Option<(i32, i32)>,
    /// The memory in which each comment's text is read.
    body: Text,
}

impl Comments {
    fn take(&mut self, comment: Value<'_>) {
        if !comment.is_object() {
            self.left_out.comments += 1;
            return;
        }
        let comment = CommentIn::of(comment, &mut self.left_out);
        self.scores = joined(self.scores, comment.score.map(|score| (score, score)));
        comment.push(&mut self.body, &mut self.left_out, &mut self.builder);
    }

    /// The thread of these comments and the rest of the file; `damage` is its place.
    fn into_thread(mut self, root: Value<'_>, damage: Option<String>) -> Result<Thread, LoadError> {
        // What stands under the key last counts.
        if !root.get("comments").is_list() {
            self = Self::default();
            self.left_out.typed(root.get("comments"), |_| None::<()>);
        }
        let Self { mut builder, mut left_out, scores, .. } = self;
        let mut story = story(root, &mut left_out);
        if let Some(note) = bound_scale(&mut story, scores) {
            builder.note(note);
        }
        for note in left_out.items(root.get("notes")) {
            if let Some(note) = left_out.typed(note, Value::text) {
                builder.note(clean_line(&note));
            }
        }
        left_out.notes().for_each(|note| builder.note(note));
        if let Some(place) = damage {
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

/// A text or a number as one clean line; most are that as they are.
fn line(value: Value<'_>) -> Option<Cow<'_, str>> {
    let text = value.words()?;
    Some(if is_plain_line(&text) { text } else { Cow::Owned(clean_line(&text)) })
}
