//! Saved files of Reddit: a thread, a branch of one, comments of many threads, a list of posts.

use super::INFO;
use super::account::Account;
use super::answer::{self, Shape, WebPage};
use super::context;
use super::discussion::{Discussion, Taken};
use super::entries;
use super::page;
use super::stubs::Stub;
use crate::markup;
use crate::model::{Advice, Heading, Listing, Story, Thread};
use crate::site::Sample;
use crate::site::json::Value;
use crate::site::sample::Kind;
use crate::site::{LoadError, web};

/// The advice for a file that cannot be read.
const SAVE: &str = "save the thread's address with .json at its end, and open that file";

/// Names that JSON of Reddit's has at its start, so that most else need not be read to its end to be told apart.
const NAMES: [&str; 5] = ["\"subreddit", "\"link_id\"", "\"things\"", "\"access_token\"", "\"reason\""];

/// Whether a file is JSON of Reddit's that holds comments, or what Reddit sends in its place.
pub fn looks_like(file: &Sample<'_>) -> bool {
    if file.kind() == Kind::Page {
        let is_own = !file.start().trim_start().starts_with("<?xml") && file.start().contains("redditstatic.com");
        return is_own && !page::looks_like_page(file) && !page::looks_like_list_page(file);
    }
    let is_known = || !matches!(Shape::of(file.document()), Shape::Other);
    (file.names_all(&["kind", "Listing"]) || has_name(file) && is_known()) && !looks_like_list(file)
}

/// Whether a file is a list of Reddit's.
pub fn looks_like_list(file: &Sample<'_>) -> bool {
    has_name(file) && matches!(Shape::of(file.document()), Shape::Posts(_))
}

/// Reads saved comments, without the network: a thread, a branch of one, or the newest comments of many threads, which
/// are shown as one discussion with the thread of each as its subject. Damage leaves a note, not an error, where anything
/// came before it.
///
/// # Errors
/// The file holds another kind of content; the error names it.
pub fn read_saved(file: &Sample<'_>) -> Result<Thread, LoadError> {
    let document = file.document();
    let origin = Account::default().pages().to_owned();
    let mut discussion = Discussion::single(&origin);
    let (post, things, is_stream) = match Shape::of(document) {
        Shape::Thread(post, things) => (Some(post), things, false),
        Shape::Branch(things) if !things.is_empty() => (None, things, false),
        Shape::Stream(things) => (None, things, true),
        shape => return Err(no_thread(&shape, file)),
    };
    if post.is_none() {
        let story = if is_stream { stream(&things, &origin) } else { branch(&things, &origin) };
        discussion.head(|| story);
    }
    let taken = discussion.take(post, things);
    discussion.note_damage(document);
    note_stubs(&mut discussion, &taken);
    if taken.others > 0 {
        discussion.note(format!("Neither comments nor posts, and left out: {}", taken.others));
    }
    if is_stream {
        discussion.note("These are comments of more than one thread, and no thread is whole");
    } else if discussion.is_part() {
        discussion.note("This is one branch of the discussion, not all of it");
    }
    discussion.thread(Vec::new()).ok_or_else(|| no_thread(&Shape::Other, file))
}

/// Reads a saved list.
///
/// # Errors
/// The file holds another kind of content; the error names it.
pub fn read_list(file: &Sample<'_>) -> Result<Listing, LoadError> {
    let document = file.document();
    let posts = match Shape::of(document) {
        Shape::Posts(posts) => posts,
        shape => return Err(no_thread(&shape, file)),
    };
    let place = common(&posts, context::place);
    let title = place.map_or_else(|| "Reddit".to_owned(), |place| format!("Reddit: {place}"));
    let heading = Heading { site: "reddit".to_owned(), title, ..Heading::default() };
    let listing = entries::listing(heading, document, Account::default().pages());
    // The name of a next page belongs to a list on the site, and this is a file.
    Ok(Listing { next: None, ..listing })
}

fn has_name(file: &Sample<'_>) -> bool {
    file.is_json() && NAMES.iter().any(|name| file.start().contains(name))
}

/// The head of a part of a thread that came without its post.
fn branch(things: &[Value<'_>], origin: &str) -> Story {
    let link = things.iter().find_map(|thing| thing.get("data").get("link_id").text());
    let id = link.map(|link| markup::clean_line(link.trim_start_matches("t3_"))).unwrap_or_default();
    let title = "Part of a thread on Reddit".to_owned();
    Story { url: format!("{origin}/comments/{id}/"), id, title, ..INFO.story() }
}

/// The head of comments of many threads.
fn stream(things: &[Value<'_>], origin: &str) -> Story {
    let author = common(things, |comment| context::author(comment).unwrap_or_default());
    let place = common(things, context::place);
    let (title, path) = match (author, place) {
        (Some(author), _) if things.len() > 1 => (format!("Comments by {author}"), format!("user/{author}/comments")),
        (_, Some(place)) => (format!("New comments in {place}"), format!("{place}/comments")),
        _ => ("New comments on Reddit".to_owned(), "comments".to_owned()),
    };
    let url = web::address(&format!("{origin}/{path}/"));
    Story { id: path, url, title, ..INFO.story() }
}

/// The value that all things share, if there is one.
fn common(things: &[Value<'_>], of: impl Fn(Value<'_>) -> String) -> Option<String> {
    let mut all = things.iter().map(|thing| of(thing.get("data")));
    let first = all.next().filter(|first| !first.is_empty())?;
    all.all(|other| other == first).then_some(first)
}

fn note_stubs(discussion: &mut Discussion, taken: &Taken) {
    let folded = taken.stubs.iter().map(Stub::weight).fold(0, u64::saturating_add);
    if folded > 0 {
        discussion.note(format!("Behind “more comments”, and not in the file: {folded}"));
    }
    let continued = taken.stubs.iter().filter(|stub| stub.weight() == 0).count();
    if continued > 0 {
        discussion.note(format!("Branches that continue on a page of their own, and not in the file: {continued}"));
    }
}

/// The error for a file that cannot be read: its kind, and how to save one that can be.
fn no_thread(shape: &Shape<'_>, file: &Sample<'_>) -> LoadError {
    let document = file.document();
    let save = Advice::Other(SAVE.to_owned());
    let what = match (shape, answer::web_page(file.bytes())) {
        (_, Some(WebPage::Block)) => "Reddit's word that it blocks a network or program (“whoa there, pardner!”)",
        (_, Some(WebPage::Adults)) => "Reddit's question whether its reader is of age",
        (_, Some(WebPage::Other)) => "a web page of Reddit",
        (Shape::Token, _) => {
            let error = LoadError::other("this", "is an access token of Reddit, with which somebody may read as you");
            return error.advise(Advice::Other("delete it".to_owned()));
        }
        (Shape::Error(message, number), _) => {
            let message = markup::clean_line(message);
            let says = format!("is Reddit's answer that it could not answer ({number} {message})");
            return LoadError::other("this", says).advise(save);
        }
        (Shape::Posts(_), _) => "a list of Reddit's, and no thread",
        _ => match document.damage() {
            Some((line, column)) => {
                let says = format!("is damaged at line {line}, column {column}, before the thread's post");
                return LoadError::other("the JSON", says);
            }
            None if document.root().get("data").is_object() => "a list of Reddit's with nothing in it",
            None => "no thread of Reddit",
        },
    };
    LoadError::other("this", format!("is {what}")).advise(save)
}
