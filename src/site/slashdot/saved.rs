//! Saved files of Slashdot: story pages, answers with comments, pages with lists, feeds.

use memchr::memmem;

use super::discussion::Discussion;
use super::errors::{self, Expected};
use super::section::{self, HOME, Section};
use super::{ajax, classic, feed, list_page, page};
use crate::model::{Heading, Listing, Thread};
use crate::site::LoadError;
use crate::site::Sample;
use crate::site::page_gaps::CUT;
use crate::site::sample::{Kind, holds};

/// Reads a saved story page, without the network: what the page does not hold stays missing.
pub fn read_saved(file: &Sample<'_>) -> Result<Thread, LoadError> {
    let (page, notes) =
        if is_classic(file.page()) { classic::read(file.html()) } else { (page::read(file.page()), Vec::new()) };
    let cut = is_cut(file.page()) && !page.tree.cut && notes.is_empty();
    if !page.is_discussion() {
        return Err(errors::from_page(file.page(), "", Expected::Story));
    }
    let mut discussion = Discussion::from_page(page, "");
    notes.iter().map(String::as_str).chain(cut.then_some(CUT)).for_each(|note| discussion.note(note));
    match discussion.is_hollow() {
        Some(error) => Err(error),
        None => Ok(discussion.thread(true)),
    }
}

/// Reads comments that are whole in the start of a saved story page, as many as are read while the rest comes; `None` for
/// fewer than fill a screen.
pub fn begin_saved(start: &Sample<'_>) -> Option<Thread> {
    const COMMENT: &[u8] = b"<li id=\"tree_";
    const FEWEST: usize = 20;
    /// The bytes of the comments that are looked at.
    const ENOUGH: usize = 1 << 18;
    let page = start.page();
    let first = memmem::find(page.as_bytes(), COMMENT)?;
    let enough = page.as_bytes().get(..first + ENOUGH).unwrap_or(page.as_bytes());
    let end = memmem::rfind(enough, COMMENT)?;
    let page = page::read_start(page.get(..end).filter(|page| !is_classic(page))?);
    (page.tree.comments.len() >= FEWEST).then(|| Discussion::from_start(page).thread(false))
}

/// Whether a page that begins does not end.
fn is_cut(page: &str) -> bool {
    let is_there = |end: &str| memmem::rfind(page.as_bytes(), end.as_bytes()).is_some();
    holds(page, "<body") && !is_there("</body") && !is_there("</html")
}

/// Whether a file is a saved story page of Slashdot.
pub fn looks_like(file: &Sample<'_>) -> bool {
    may_be_page(file) && has_discussion(file.page())
}

/// Whether a page names the writers of comments as pages did before 2010 or so.
fn is_classic(page: &str) -> bool {
    let has_part = ["class=\"by\"", "class='by'", "class=by"].iter().any(|part| holds(page, part));
    !has_part && holds(page, "comment_body_")
}

/// Whether a file is a saved answer of `ajax.pl`.
pub fn looks_like_answer(file: &Sample<'_>) -> bool {
    file.kind() == Kind::Object && file.start().contains("eval_first") && file.start().contains("comment_")
}

/// Reads a saved answer of `ajax.pl`: a part of a discussion, without its story.
pub fn read_answer(file: &Sample<'_>) -> Result<Thread, LoadError> {
    let source = &*String::from_utf8_lossy(file.bytes());
    let number = classic::number_behind(source, "sid=");
    let update = ajax::read(source, number).filter(|update| !update.shown.is_empty());
    let Some(update) = update else { return Err(errors::from_update(source, "")) };
    let number = number.unwrap_or_default();
    let mut discussion = Discussion::from_number(number, &format!("https://slashdot.org/comments.pl?sid={number}"));
    discussion.take(update);
    discussion.note("This is an answer to a request for comments: a part of a discussion, without its story");
    Ok(discussion.thread(true))
}

/// Whether a file is a saved page with a list. A story's page is none, though it lists its one story, and be it that it
/// is cut off before its discussion: that is told by the page up to the end of its first story.
pub fn looks_like_list_page(file: &Sample<'_>) -> bool {
    let page = if may_be_page(file) { file.page() } else { "" };
    if is_classic_list(page) {
        return file.html().find(classic::STORY).is_some();
    }
    let mut kinds =
        page.match_indices("data-fhtype=").filter_map(|(at, mark)| Some((at, page.get(at + mark.len()..)?)));
    let story = kinds.find(|(_, kind)| kind.trim_start_matches(['"', '\'']).starts_with("story"));
    let Some((at, rest)) = story.filter(|_| !has_discussion(page)) else { return false };
    let end = rest.find("<article").map_or(page.len(), |length| at + length);
    let list = list_page::read(page.get(..end).unwrap_or(page), HOME);
    !list.entries.is_empty() && !list.is_story(HOME)
}

/// Whether a page has a list of stories as it was before they were articles.
fn is_classic_list(page: &str) -> bool {
    holds(page, "data-fhtype=") && !holds(page, "<article") && !has_discussion(page)
}

/// Reads a saved page with a list.
pub fn read_list_page(file: &Sample<'_>) -> Result<Listing, LoadError> {
    let is_classic = is_classic_list(file.page());
    let list = if is_classic { classic::read_list(file.html()) } else { list_page::read(file.page(), HOME) };
    if list.entries.is_empty() {
        return Err(errors::from_page(file.page(), "", Expected::List));
    }
    let mut notes = list.notes;
    notes.extend((!is_classic && is_cut(file.page())).then(|| CUT.to_owned()));
    Ok(Listing { heading: heading_of(&list.address), entries: list.entries, next: None, notes })
}

/// Whether a file is a feed of Slashdot's.
pub fn looks_like_feed(file: &Sample<'_>) -> bool {
    file.feed().is_some_and(|found| feed::is_own(found, HOME))
}

/// Reads a saved feed.
pub fn read_feed(file: &Sample<'_>) -> Result<Listing, LoadError> {
    let listing = file.feed().and_then(|found| feed::listing(found, heading_of(&found.page), HOME));
    listing.ok_or_else(|| errors::from_page(file.page(), "", Expected::Feed))
}

/// Whether a file may be one of Slashdot's pages, or a part of one that begins anywhere in it.
fn may_be_page(file: &Sample<'_>) -> bool {
    matches!(file.kind(), Kind::Page | Kind::Text) && holds(file.page(), "slashdot")
}

/// Whether a page has comments, or the script state of some. They stand behind the story and whatever precedes it, which
/// a browser may have made megabytes of pictures and styles, so this searches the whole; a search is no parse, and
/// passes over a gigabyte in a second.
fn has_discussion(page: &str) -> bool {
    let lists = ["id=\"commentlisting\"", "id='commentlisting'", "id=commentlisting"];
    lists.iter().any(|list| holds(page, list)) || holds(page, "D2.discussion_id(")
}

/// The list that a page's own address names; the front page where it has none.
fn heading_of(address: &str) -> Heading {
    section::from_page(address).unwrap_or_else(Section::front).heading()
}
