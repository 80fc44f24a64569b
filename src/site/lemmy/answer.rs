//! An answer of either version, read row by row: what stands before damage is kept.

use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::row::{Post, Row};

/// What one or several answers hold.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) post: Option<Post>,
    pub(super) rows: Vec<Row>,
    /// Whether there is a list of comments, though it may be empty.
    pub(super) is_list: bool,
    /// Where the next page begins.
    pub(super) cursor: Option<String>,
    /// The name of the error that the site answered with.
    pub(super) error: Option<String>,
    /// Whose page this is.
    pub(super) person: Option<String>,
    /// Where the answer is damaged.
    pub(super) damage: Option<String>,
}

impl Page {
    /// Whether there is anything of a discussion.
    pub(super) fn is_any(&self) -> bool {
        self.post.is_some() || !self.rows.is_empty() || self.is_list && self.person.is_none()
    }
}

/// Reads the answers in a text, one behind the other.
pub(super) fn read(source: &str) -> Page {
    let page = RefCell::new(Page::default());
    let mut reader = serde_json::Deserializer::from_str(source.trim_start_matches('\u{feff}'));
    while reader.end().is_err() {
        if let Err(error) = Seed(&page, Part::Answer).deserialize(&mut reader) {
            page.borrow_mut().damage = Some(format!("line {}, column {}", error.line(), error.column()));
            break;
        }
    }
    page.into_inner()
}

#[derive(Clone, Copy)]
enum Part {
    Answer,
    Rows,
}

/// Fills the page with a part of it.
struct Seed<'p>(&'p RefCell<Page>, Part);

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.1 {
            Part::Answer => deserializer.deserialize_map(self),
            Part::Rows => deserializer.deserialize_any(self),
        }
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an answer of Lemmy")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "comments" | "items" => map.next_value_seed(Seed(self.0, Part::Rows))?,
                "post_view" | "comment_view" | "person_view" | "next_page" | "error" => {
                    take(&mut self.0.borrow_mut(), &key, &map.next_value()?);
                }
                _ => _ = map.next_value::<IgnoredAny>()?,
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<(), A::Error> {
        self.0.borrow_mut().is_list = true;
        while let Some(view) = rows.next_element::<Value>()? {
            let row = Row::of(&view);
            self.0.borrow_mut().rows.extend(row);
        }
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

fn take(page: &mut Page, key: &str, value: &Value) {
    let text = || value.as_str().map(str::to_owned);
    match key {
        "post_view" => page.post = Some(Post::of(value)).filter(|post| post.id.is_some()),
        "comment_view" => page.rows.extend(Row::of(value)),
        "person_view" => page.person = value["person"]["name"].as_str().map(str::to_owned),
        "next_page" => page.cursor = text(),
        _ => page.error = text(),
    }
}
