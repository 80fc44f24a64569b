//! lurker's own JSON (SPEC §8), read straight into the builder, comment by comment.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;

use jiff::Timestamp;
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::markup::{clean, clean_line, plain_into};
use crate::model::{Builder, Draft, Flags, Mark, MarkKind, ScoreKind, State, Story, Text, Thread};
use crate::site::Refusal;

/// The name of the format, which stands near the start of every such file.
const FORMAT: &str = "lurker-thread-1";

/// Whether this is lurker's own JSON. The format stands at the start, or behind the comments where a program has put the
/// names in order.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    const NEAR: usize = 1 << 16;
    let start = bytes.get(..NEAR).unwrap_or(bytes).trim_ascii_start();
    let end = bytes.get(bytes.len().saturating_sub(NEAR)..).unwrap_or_default();
    let named = |part: &[u8]| part.windows(FORMAT.len()).any(|window| window == FORMAT.as_bytes());
    start.starts_with(b"{") && (named(start) || named(end))
}

/// Reads it. What comes after damage is lost, and a note says so.
///
/// # Errors
/// Where nothing at all could be read: the place of the damage.
pub(super) fn read(bytes: &[u8]) -> Result<Thread, Refusal> {
    let text = String::from_utf8_lossy(bytes);
    let state = RefCell::new(Reading::default());
    let outcome = ThreadSeed(&state).deserialize(&mut serde_json::Deserializer::from_str(&text));
    let Reading { mut builder, story, notes, .. } = state.into_inner();
    for note in notes {
        builder.note(note);
    }
    if let Err(error) = outcome {
        let place = format!("damaged at line {}, column {}", error.line(), error.column());
        if builder.is_empty() && story.title.is_empty() {
            return Err(Refusal(format!("the JSON is {place}")));
        }
        builder.note(format!("the JSON is {place}; the {} comments before that are here", builder.len()));
    }
    if builder.is_empty() && story.title.is_empty() && story.text.plain.is_empty() {
        return Err(Refusal("there is no discussion in it".to_owned()));
    }
    Ok(builder.finish(story))
}

#[derive(Default)]
struct Reading {
    builder: Builder,
    story: Story,
    notes: Vec<String>,
    links: Vec<String>,
    marks: Vec<MarkIn>,
    body: Text,
}

/// A mark as JSON has it: kind, first byte, byte after the last, and for a link its number.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum MarkIn {
    Inline(String, u32, u32),
    Link(String, u32, u32, u32),
}

/// Adds the marks that fit the text.
fn mark(text: &mut Text, marks: &[MarkIn]) {
    let links = text.links.len() as u32;
    let fitting = marks.iter().filter_map(|mark| match mark {
        MarkIn::Link(name, start, end, link) => {
            (name == "link" && *link < links).then_some((*start, *end, MarkKind::Link(*link)))
        }
        MarkIn::Inline(name, start, end) => {
            let kind = MarkKind::INLINE.iter().find(|(_, known)| known == name)?.0;
            Some((*start, *end, kind))
        }
    });
    let before = text.marks.len();
    for (start, end, kind) in fitting {
        if start < end && text.plain.get(start as usize..end as usize).is_some() {
            text.marks.push(Mark { start, end, kind });
        }
    }
    if text.marks.len() > before {
        text.marks.sort_by_key(|mark| (mark.start, std::cmp::Reverse(mark.end)));
    }
}

struct ThreadSeed<'s>(&'s RefCell<Reading>);

impl<'de> DeserializeSeed<'de> for ThreadSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for ThreadSeed<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            if key == "comments" {
                map.next_value_seed(CommentsSeed(self.0))?;
            } else {
                read_field(&key, &mut map, &mut self.0.borrow_mut())?;
            }
        }
        let reading = &mut *self.0.borrow_mut();
        reading.story.text.links = std::mem::take(&mut reading.links);
        mark(&mut reading.story.text, &reading.marks);
        Ok(())
    }
}

fn read_field<'de, A: MapAccess<'de>>(key: &str, map: &mut A, reading: &mut Reading) -> Result<(), A::Error> {
    let story = &mut reading.story;
    let line = |text: Cow<'de, str>| clean_line(&text);
    match key {
        "site" => story.site = line(map.next_value()?),
        "id" => story.id = line(map.next_value()?),
        "url" => story.url = line(map.next_value()?),
        "title" => story.title = line(map.next_value()?),
        "author" => story.author = line(map.next_value()?),
        "link" => story.link = line(map.next_value()?),
        "department" => story.department = line(map.next_value()?),
        "fortune" => story.fortune = clean(&map.next_value::<Cow<'de, str>>()?).into_owned(),
        "posted_at" => story.posted_at = map.next_value::<Option<Cow<'de, str>>>()?.and_then(|time| seconds(&time)),
        "text" => plain_into(&map.next_value::<Cow<'de, str>>()?, &mut story.text),
        "links" => reading.links = map.next_value::<Vec<String>>()?.iter().map(|link| clean_line(link)).collect(),
        "marks" => reading.marks = map.next_value()?,
        "score" => story.score = map.next_value()?,
        "score_range" => story.score_range = map.next_value()?,
        "top_level_bonus" => story.top_level_bonus = map.next_value()?,
        "site_thresholds" => story.thresholds = map.next_value()?,
        "score_kind" => story.score_kind = named(&map.next_value::<Cow<'de, str>>()?, &ScoreKind::NAMES),
        "archived" => story.archived = map.next_value()?,
        "stated_comments" => story.stated_comments = map.next_value()?,
        "notes" => reading.notes = map.next_value::<Vec<String>>()?.iter().map(|note| clean_line(note)).collect(),
        _ => _ = map.next_value::<IgnoredAny>()?,
    }
    Ok(())
}

/// What has this name, or the usual where none has.
fn named<T: Copy + Default>(name: &str, names: &[(T, &str)]) -> T {
    names.iter().find(|(_, known)| *known == name).map(|(value, _)| *value).unwrap_or_default()
}

fn seconds(time: &str) -> Option<i64> {
    time.parse::<Timestamp>().ok().map(Timestamp::as_second)
}

struct CommentsSeed<'s>(&'s RefCell<Reading>);

impl<'de> DeserializeSeed<'de> for CommentsSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for CommentsSeed<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an array of comments")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(comment) = list.next_element::<CommentIn<'de>>()? {
            comment.push(&mut self.0.borrow_mut());
        }
        Ok(())
    }
}

/// Reads words where they are; a number as its digits, and anything else as none.
fn words<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Cow<'de, str>>, D::Error> {
    struct Words;

    impl<'de> Visitor<'de> for Words {
        type Value = Option<Cow<'de, str>>;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("words")
        }

        fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
            Ok(Some(Cow::Borrowed(text)))
        }

        fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
            Ok(Some(Cow::Owned(text.to_owned())))
        }

        fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
            Ok(Some(Cow::Owned(number.to_string())))
        }

        fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
            Ok(Some(Cow::Owned(number.to_string())))
        }

        fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
            Ok(None)
        }

        fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
            Ok(None)
        }

        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok(None)
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
            while list.next_element::<IgnoredAny>()?.is_some() {}
            Ok(None)
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            Ok(None)
        }
    }

    deserializer.deserialize_any(Words)
}

#[derive(Deserialize)]
struct CommentIn<'a> {
    #[serde(borrow, default, deserialize_with = "words")]
    id: Option<Cow<'a, str>>,
    #[serde(borrow, default, deserialize_with = "words")]
    parent: Option<Cow<'a, str>>,
    #[serde(borrow, default, deserialize_with = "words")]
    author: Option<Cow<'a, str>>,
    #[serde(borrow, default, deserialize_with = "words")]
    author_id: Option<Cow<'a, str>>,
    #[serde(default)]
    op: bool,
    #[serde(default)]
    anonymous: bool,
    #[serde(borrow, default)]
    author_marks: Vec<Cow<'a, str>>,
    #[serde(default)]
    score: Option<i64>,
    #[serde(borrow, default, deserialize_with = "words")]
    label: Option<Cow<'a, str>>,
    #[serde(borrow, default, deserialize_with = "words")]
    subject: Option<Cow<'a, str>>,
    #[serde(borrow, default, deserialize_with = "words")]
    posted_at: Option<Cow<'a, str>>,
    #[serde(borrow, default, deserialize_with = "words")]
    url: Option<Cow<'a, str>>,
    #[serde(borrow, default, deserialize_with = "words")]
    text: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    links: Vec<Cow<'a, str>>,
    #[serde(default)]
    marks: Vec<MarkIn>,
    #[serde(borrow, default, deserialize_with = "words")]
    state: Option<Cow<'a, str>>,
}

impl CommentIn<'_> {
    fn push(&self, reading: &mut Reading) {
        let Reading { builder, body, .. } = reading;
        plain_into(self.text.as_deref().unwrap_or_default(), body);
        body.links.clear();
        body.links.extend(self.links.iter().map(|link| clean_line(link)));
        mark(body, &self.marks);
        let marked = |name: &str| self.author_marks.iter().any(|mark| mark == name);
        let [id, author_id, label, subject, url] = [&self.id, &self.author_id, &self.label, &self.subject, &self.url]
            .map(|text| tidy(text.as_deref().unwrap_or_default()));
        let parent = self.parent.as_deref().map(tidy);
        let author = self.author.as_deref().map(tidy);
        builder.push(&Draft {
            id: &id,
            parent: parent.as_deref(),
            author: author.as_deref(),
            author_id: &author_id,
            label: &label,
            subject: &subject,
            url: &url,
            score: self.score.map(|score| score.clamp(i32::MIN.into(), i32::MAX.into()) as i32),
            posted_at: self.posted_at.as_deref().and_then(seconds),
            state: named(self.state.as_deref().unwrap_or_default(), &State::NAMES),
            flags: Flags {
                op: self.op,
                anonymous: self.anonymous,
                subscriber: marked("subscriber"),
                journal: marked("journal"),
                homepage: marked("homepage"),
            },
            body: body.borrow(),
        });
    }
}

/// One clean line; what is plain ASCII without a run of spaces passes as it is.
fn tidy(text: &str) -> Cow<'_, str> {
    let plain = text.bytes().all(|byte| (b' '..0x7f).contains(&byte))
        && !text.contains("  ")
        && !text.starts_with(' ')
        && !text.ends_with(' ');
    if plain { Cow::Borrowed(text) } else { Cow::Owned(clean_line(text)) }
}
