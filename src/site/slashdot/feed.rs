//! Slashdot's feeds as lists of stories.
//!
//! A description holds the story, then what is for sharing it, for reading on, and for counting readers. A service that
//! did the last once put its own links in the place of the stories', and then only the link to read on is the story's.

use url::Url;

use super::entry::{self, Thread};
use super::errors::{self, Expected};
use super::head;
use super::section;
use crate::markup;
use crate::model::{Entry, Heading, Listing};
use crate::site::feed::{self, Feed, Item};
use crate::site::{Answer, LoadError, charset};

/// The beginnings of the part of a description that is not the story.
const BEHIND_THE_STORY: [&str; 4] = ["<div class=\"share_submission\"", "Read more of this story", "<iframe", "<img"];

/// Reads the answer to a request for a feed. `home` is the front page of its site.
pub(super) fn from_answer(answer: &Answer, heading: Heading, home: &str) -> Result<Listing, LoadError> {
    errors::check(answer, Expected::Feed)?;
    let error = || errors::from_page(&charset::guessed(&answer.body), &answer.url, Expected::Feed);
    listing(&feed::read(&answer.body), heading, home).ok_or_else(error)
}

/// The list that a feed is; `None` where no story is in it.
pub(super) fn listing(feed: &Feed, heading: Heading, home: &str) -> Option<Listing> {
    // The count of comments is left out where it is 0, so it is known of all stories or of none.
    let counts = feed.items.iter().any(|item| item.comments.is_some() || !item.section.is_empty());
    let items = feed.items.len();
    let entries: Vec<Entry> = feed.items.iter().filter_map(|item| read_story(item, counts, home)).collect();
    let notes = feed.end_note().into_iter().chain(entry::note_of_lost((items - entries.len()) as u32)).collect();
    (!entries.is_empty()).then_some(Listing { heading, entries, next: None, notes })
}

/// Whether a feed is of Slashdot's.
pub(super) fn is_own(feed: &Feed, home: &str) -> bool {
    let of_page = Url::parse(&feed.page).is_ok_and(|page| section::host_word(&page).is_some());
    of_page || feed.items.first().is_some_and(|item| thread(item, home).is_some())
}

fn read_story(item: &Item, counts: bool, home: &str) -> Option<Entry> {
    let thread = thread(item, home)?;
    // Titles hold entities of HTML that are escaped once more.
    let title = markup::html_line(&item.title);
    let about = feed::links(story_part(&item.html)).iter().find_map(|(link, _)| head::external(link));
    (!title.is_empty()).then(|| Entry {
        site: "slashdot".to_owned(),
        place: thread.place(place(item)),
        id: thread.sid,
        title,
        url: thread.url,
        link: about.map(|link| entry::outside(&link, home)).unwrap_or_default(),
        author: markup::clean_line(&item.author),
        posted_at: item.time,
        score: None,
        comments: item.comments.or(counts.then_some(0)),
        good: good(&item.hit_parade),
        ..Entry::default()
    })
}

/// The number of comments that a thread shows in full by default: those with a score of at least 4, the sixth of the counts.
fn good(hit_parade: &str) -> Option<u32> {
    hit_parade.split(',').nth(5).and_then(|count| count.trim().parse().ok())
}

fn thread(item: &Item, home: &str) -> Option<Thread> {
    let named = [&item.link, &item.original_link, &item.id].into_iter().find_map(|link| Thread::at(link, home));
    named.or_else(|| feed::links(&item.html).iter().find_map(|(link, _)| Thread::at(link, home)))
}

/// The section or, of what stands on the front page alone, what the story is about.
fn place(item: &Item) -> String {
    let section = Some(item.section.as_str()).filter(|section| !matches!(*section, "" | "slashdot"));
    markup::clean_line(section.unwrap_or(&item.subject))
}

fn story_part(html: &str) -> &str {
    let end = BEHIND_THE_STORY.iter().filter_map(|mark| html.find(mark)).min();
    end.and_then(|end| html.get(..end)).unwrap_or(html)
}
