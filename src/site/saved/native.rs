//! lurker's own JSON (`lurker-thread-1`), read into the builder comment by comment.

use std::borrow::Cow;

use crate::markup::{clean, clean_line, plain_into};
use crate::model::{Builder, Draft, Flags, Mark, MarkKind, ScoreKind, State, Story, Text, Thread};
use crate::site::Sample;
use crate::site::json::Value;
use crate::site::sample::Kind;
use crate::site::{Info, LoadError, info};

/// The name of the format, which stands near the start of every such file.
const FORMAT: &str = "lurker-thread-1";

/// Whether this is lurker's own JSON. The format stands at the start, or behind the comments where a program has put the
/// names in order.
pub(super) fn looks_like(file: &Sample<'_>) -> bool {
    const NEAR: usize = 1 << 16;
    let bytes = file.bytes();
    let end = String::from_utf8_lossy(bytes.get(bytes.len().saturating_sub(NEAR)..).unwrap_or(bytes));
    file.kind() == Kind::Object && (file.start().contains(FORMAT) || end.contains(FORMAT))
}

/// Reads it. What comes after damage is lost, and a note says so.
///
/// # Errors
/// The JSON is damaged before anything could be read, or holds no discussion.
pub(super) fn read(file: &Sample<'_>) -> Result<Thread, LoadError> {
    let document = file.document();
    let root = document.root();
    let mut story = story(root);
    let mut builder = Builder::new();
    let mut scores: Option<(i32, i32)> = None;
    let mut body = Text::default();
    for comment in root.get("comments").items().filter(|comment| comment.is_object() && comment.is_whole()) {
        let comment = CommentIn::of(comment);
        scores = joined(scores, comment.score.map(|score| (score, score)));
        comment.push(&mut body, &mut builder);
    }
    if let Some(note) = bound_scale(&mut story, scores) {
        builder.note(note);
    }
    for note in root.get("notes").items().filter_map(Value::text) {
        builder.note(clean_line(&note));
    }
    if let Some(place) = document.damage_place() {
        if builder.is_empty() && story.title.is_empty() {
            return Err(LoadError::other("the JSON", format!("is damaged at {place}")));
        }
        builder.note(format!("the JSON is damaged at {place}; the {} comments before that are here", builder.len()));
    }
    if builder.is_empty() && story.title.is_empty() && story.text.plain.is_empty() {
        return Err(LoadError::other("", "there is no discussion in it"));
    }
    Ok(builder.finish(story))
}

fn story(root: Value<'_>) -> Story {
    let line = |key: &str| root.get(key).line().unwrap_or_default();
    let words = |key: &str| root.get(key).text().unwrap_or_default();
    let site = line("site");
    let usual = info(&site).map_or_else(Story::default, Info::story);
    let mut text = Text::default();
    body(&words("text"), Some(root.get("links")), Some(root.get("marks")), &mut text);
    Story {
        site,
        id: line("id"),
        url: line("url"),
        title: line("title"),
        author: line("author"),
        posted_at: root.get("posted_at").moment(),
        link: line("link"),
        text,
        score: root.get("score").score(),
        score_kind: ScoreKind::named(&words("score_kind")).unwrap_or(usual.score_kind),
        hides_scores: usual.hides_scores,
        score_range: stated(root, "score_range").map_or(usual.score_range, range),
        top_level_bonus: stated(root, "top_level_bonus").map_or(usual.top_level_bonus, Value::is_true),
        thresholds: stated(root, "site_thresholds").map_or(usual.thresholds, pair),
        department: line("department"),
        archived: root.get("archived").is_true(),
        fortune: clean(&words("fortune")).into_owned(),
        stated_comments: root.get("stated_comments").count(),
    }
}

/// The value of a key that is in the file, be it `null`: then it holds in place of the site's own.
fn stated<'t>(root: Value<'t>, key: &str) -> Option<Value<'t>> {
    root.pairs().find(|(name, _)| name == key).map(|(_, value)| value)
}

/// Both ends of a scale; none where it is open, or where its ends are no ends.
fn range(list: Value<'_>) -> Option<(i32, i32)> {
    let (low, high) = pair(list);
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

fn pair(list: Value<'_>) -> (Option<i32>, Option<i32>) {
    let mut items = list.items().map(Value::score);
    (items.next().flatten(), items.next().flatten())
}

/// The value of this name, or the default where none has it.
fn named<T: Copy + Default>(name: &str, names: &[(T, &str)]) -> T {
    names.iter().find(|(_, known)| *known == name).map(|(value, _)| *value).unwrap_or_default()
}

/// Reads a text with its links and marks.
fn body(plain: &str, links: Option<Value<'_>>, marks: Option<Value<'_>>, text: &mut Text) {
    plain_into(plain, text);
    text.links.clear();
    let links = links.into_iter().flat_map(Value::items).filter_map(Value::text);
    text.links.extend(links.map(|link| clean_line(&link)));
    let before = text.marks.len();
    for mark in
        marks.iter().copied().flat_map(Value::items).filter_map(|mark| self::mark(mark, text.links.len() as u32))
    {
        if mark.start < mark.end && text.plain.get(mark.start as usize..mark.end as usize).is_some() {
            text.marks.push(mark);
        }
    }
    if marks.is_none() {
        mark_links(text);
    }
    if text.marks.len() > before {
        text.marks.sort_by_key(|mark| (mark.start, std::cmp::Reverse(mark.end)));
    }
}

/// Marks links that stand in a text as they are: a file that another program made may name its links and mark none.
fn mark_links(text: &mut Text) {
    let place = |link: &String| text.plain.find(link.as_str()).filter(|_| !link.is_empty());
    let found = text.links.iter().zip(0..).filter_map(|(link, number)| {
        let start = u32::try_from(place(link)?).ok()?;
        Some(Mark { start, end: start + link.len() as u32, kind: MarkKind::Link(number) })
    });
    let found: Vec<Mark> = found.collect();
    text.marks.extend(found);
}

/// Reads a mark: its kind, first byte, byte after the last, and for a link its number.
fn mark(mark: Value<'_>, links: u32) -> Option<Mark> {
    let mut items = mark.items();
    let name = items.next()?.text()?;
    let (start, end) = (items.next()?.count()?, items.next()?.count()?);
    let inline = || MarkKind::INLINE.iter().find(|(_, known)| *known == name).map(|(kind, _)| *kind);
    let kind = match items.next() {
        Some(link) if name == "link" => link.count().filter(|link| *link < links).map(MarkKind::Link),
        Some(_) => None,
        None => inline(),
    };
    Some(Mark { start, end, kind: kind? })
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
    text: Cow<'t, str>,
    links: Option<Value<'t>>,
    marks: Option<Value<'t>>,
}

impl<'t> CommentIn<'t> {
    fn of(comment: Value<'t>) -> Self {
        let mut own = Self::default();
        for (key, value) in comment.pairs() {
            match &*key {
                "id" => own.id = line(value).unwrap_or_default(),
                "parent" => own.parent = line(value),
                "author" => own.author = line(value),
                "author_id" => own.author_id = line(value).unwrap_or_default(),
                "op" => own.flags.op = value.is_true(),
                "anonymous" => own.flags.anonymous = value.is_true(),
                "author_marks" => value.items().filter_map(Value::text).for_each(|mark| own.mark_author(&mark)),
                "score" => own.score = value.score(),
                "label" => own.label = line(value).unwrap_or_default(),
                "subject" => own.subject = line(value).unwrap_or_default(),
                "posted_at" => own.posted_at = value.moment(),
                "url" => own.url = line(value).unwrap_or_default(),
                "text" => own.text = value.words().unwrap_or_default(),
                "links" => own.links = Some(value),
                "marks" => own.marks = Some(value),
                "state" => own.state = named(&value.text().unwrap_or_default(), &State::NAMES),
                _ => {}
            }
        }
        own
    }

    fn mark_author(&mut self, mark: &str) {
        match mark {
            "subscriber" => self.flags.subscriber = true,
            "journal" => self.flags.journal = true,
            "homepage" => self.flags.homepage = true,
            _ => {}
        }
    }

    fn push(&self, text: &mut Text, builder: &mut Builder) {
        body(&self.text, self.links, self.marks, text);
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
