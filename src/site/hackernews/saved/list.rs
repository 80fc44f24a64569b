//! Saved lists: the hits of a search for stories, or of several, and the bare numbers of a section.

use std::collections::BTreeSet;

use crate::model::{Entry, Listing};
use crate::site::LoadError;
use crate::site::Sample;
use crate::site::hackernews::INFO;
use crate::site::hackernews::address::page_url;
use crate::site::hackernews::algolia;
use crate::site::hackernews::entry::Entries;
use crate::site::hackernews::post::{Kind, Post};
use crate::site::hackernews::search;
use crate::site::json::{Document, Value};

/// Whether a file is a list of Hacker News's stories, and not the comments of one.
pub fn looks_like_list(file: &Sample<'_>) -> bool {
    let first = file.start().trim_start().strip_prefix('[').map(str::trim_start);
    let may_be_numbers = first.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let may_be_hits = file.names_all(&["hits", "objectID"]);
    (may_be_numbers || may_be_hits) && entries(file.document()).is_some()
}

/// Reads a saved list, without the network. Damage leaves a note, not an error, where anything came before it.
///
/// # Errors
/// The file holds no list of stories.
pub fn read_saved_list(file: &Sample<'_>) -> Result<Listing, LoadError> {
    let document = file.document();
    let mut entries =
        entries(document).ok_or_else(|| LoadError::other("it", "holds no list of Hacker News's stories"))?;
    entries.notes.extend(document.damage_note());
    Ok(entries.listing(INFO.heading("a saved list"), None))
}

fn entries(document: &Document) -> Option<Entries> {
    match search::hits(document) {
        Some(hits) => from_hits(&algolia::hits(hits)),
        None => from_numbers(document).or_else(|| from_records(document)),
    }
}

/// The stories of several answers that somebody kept in one file, each with its address beside it.
fn from_records(document: &Document) -> Option<Entries> {
    let answers = document.root().items().flat_map(Value::pairs).map(|(_, answer)| answer);
    let answers: Vec<Value<'_>> = answers.filter(|answer| answer.get("hits").is_list()).collect();
    let posts: Vec<Post<'_>> = answers.iter().flat_map(|answer| algolia::hits(answer.get("hits"))).collect();
    let mut known = BTreeSet::new();
    let stories = posts.iter().filter(|post| post.kind != Kind::Comment && known.insert(post.id));
    let mut entries = Entries::of(stories);
    entries.notes.push(format!("The file holds {} answers; these are the stories of their lists", answers.len()));
    (!entries.entries.is_empty()).then_some(entries)
}

/// Stories, unless all else there is are the comments of one of them.
fn from_hits(posts: &[Post<'_>]) -> Option<Entries> {
    let (comments, stories): (Vec<&Post<'_>>, Vec<&Post<'_>>) =
        posts.iter().partition(|post| post.kind == Kind::Comment);
    let heads: BTreeSet<Option<u64>> = comments.iter().map(|post| post.story).collect();
    let is_thread = heads.len() == 1 && stories.iter().all(|story| heads.contains(&Some(story.id)));
    let mut entries = Entries::of(stories.iter().copied());
    if !comments.is_empty() {
        entries.notes.push(format!("Comments among the stories, which are left out: {}", comments.len()));
    }
    (!is_thread && !entries.entries.is_empty()).then_some(entries)
}

/// Numbers have no titles, so their stories are called by them.
fn from_numbers(document: &Document) -> Option<Entries> {
    let numbers: Vec<u64> = document.root().items().map(algolia::id_of).collect::<Option<_>>()?;
    let entry = |id: u64| {
        let (site, id, title, url) = (INFO.name.to_owned(), id.to_string(), format!("Item {id}"), page_url(id));
        Entry { site, id, title, url, ..Entry::default() }
    };
    let note = "The file holds only the numbers of the stories; open one to see what it is".to_owned();
    let entries = Entries { entries: numbers.into_iter().map(entry).collect(), notes: vec![note] };
    (!entries.entries.is_empty()).then_some(entries)
}
