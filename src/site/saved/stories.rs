//! lurker's own JSON of a list (`lurker-stories-1`).

use crate::markup::clean_line;
use crate::model::{Entry, Heading, Listing};
use crate::site::json::Value;
use crate::site::list::complete_entries;
use crate::site::{LoadError, Sample, info};

/// The name of the format.
const FORMAT: &str = "lurker-stories-1";

/// Whether this is lurker's own JSON of a list.
pub(super) fn looks_like(file: &Sample<'_>) -> bool {
    file.is_of_format(FORMAT)
}

/// Reads it.
///
/// # Errors
/// The JSON is damaged before anything could be read.
pub(super) fn read(file: &Sample<'_>) -> Result<Listing, LoadError> {
    let document = file.document();
    let root = document.root();
    let line = |key| root.get(key).line().unwrap_or_default();
    let heading =
        Heading { site: line("site"), title: line("title"), url: root.get("url").address(), ..Heading::default() };
    let stories = root.get("stories").items().filter(|story| story.is_whole());
    let (entries, lost) = complete_entries(stories.map(entry), "Stories");
    if entries.is_empty()
        && let Some(place) = document.damage_place()
    {
        return Err(LoadError::other("the JSON", format!("is damaged at {place}")));
    }
    let own = root.get("notes").items().filter_map(Value::text).map(|note| clean_line(&note));
    let notes = own.chain(lost).chain(document.damage_note()).collect();
    Ok(Listing { heading, entries, next: None, notes })
}

fn entry(story: Value<'_>) -> Option<Entry> {
    let line = |key| story.get(key).line().unwrap_or_default();
    let site = line("site");
    let entry = Entry {
        score_kind: info(&site).map(|info| info.scoring.kind.of_story()).unwrap_or_default(),
        site,
        id: line("id"),
        title: line("title"),
        url: story.get("url").address(),
        link: story.get("link").address(),
        author: line("author"),
        posted_at: story.get("posted_at").moment(),
        score: story.get("score").score(),
        comments: story.get("comments").count(),
        good: story.get("good").count(),
        place: line("place"),
        comment: line("comment"),
    };
    (!entry.id.is_empty() || !entry.title.is_empty()).then_some(entry)
}
