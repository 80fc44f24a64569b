//! The front page, or a section's: one pass that reads every story on it as the head of a story page is read.

use std::collections::BTreeSet;
use std::ops::Range;

use url::Url;

use super::entry::{self, Thread};
use super::head::{self, Head, HeadSink};
use crate::markup;
use crate::model::Entry;
use crate::site::markup_scan::{self, Sink, Tag};
use crate::site::web;

/// The content of a page with a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ListPage {
    /// Its stories in their order.
    pub(super) entries: Vec<Entry>,
    /// Damaged or missing parts, in sentences.
    pub(super) notes: Vec<String>,
    /// The pages of the list that it links to, by number.
    pub(super) pages: BTreeSet<u32>,
    /// The address that it gives for itself, or nothing.
    pub(super) address: String,
    title: String,
}

impl ListPage {
    /// A page with this address, on which there is no story yet.
    pub(super) fn at(address: String) -> Self {
        Self { address, ..Self::default() }
    }

    /// Whether this is the page of its one story and no list.
    pub(super) fn is_story(&self, home: &str) -> bool {
        let is_titled_so = self.entries.first().is_some_and(|first| head::site_less(&self.title) == first.title);
        is_titled_so || Thread::at(&self.address, home).is_some()
    }
}

/// Reads a page, however damaged or cut; `home` is its address.
pub(super) fn read(source: &str, home: &str) -> ListPage {
    let mut sink = ListPageSink {
        source,
        home,
        page: ListPage::default(),
        story: None,
        in_title: false,
        is_whole: false,
        lost: 0,
    };
    markup_scan::scan(source, &mut sink);
    sink.finish()
}

struct ListPageSink<'a> {
    source: &'a str,
    home: &'a str,
    page: ListPage,
    story: Option<StoryMarkup<'a>>,
    in_title: bool,
    is_whole: bool,
    /// Stories without a title or an address.
    lost: u32,
}

/// The story that is being read.
struct StoryMarkup<'a> {
    head: HeadSink<'a>,
    topic: String,
    in_topic: bool,
}

impl ListPageSink<'_> {
    fn finish(mut self) -> ListPage {
        self.end_story();
        if !self.is_whole {
            self.page.notes.push("The page is cut off; what comes before that is here".to_owned());
        }
        self.page.notes.extend(entry::note_of_lost(self.lost));
        self.page
    }

    fn end_story(&mut self) {
        let Some(story) = self.story.take() else { return };
        let topic = markup::clean_line(&story.topic);
        match read_story(story.head.finish(), topic, self.home) {
            Some(entry) => self.page.entries.push(entry),
            None => self.lost += 1,
        }
    }

    /// Takes what a tag outside of the stories says of the page.
    fn note(&mut self, tag: &Tag) {
        let address = match tag.name.as_str() {
            "link" if tag.get("rel") == "canonical" => tag.get("href"),
            "meta" if tag.get("property") == "og:url" => tag.get("content"),
            "a" => return self.page.pages.extend(page_number(tag.get("href"), self.home)),
            _ => return,
        };
        if self.page.address.is_empty() {
            address.clone_into(&mut self.page.address);
        }
    }
}

impl StoryMarkup<'_> {
    fn note(&mut self, tag: &Tag) {
        match tag.name.as_str() {
            "span" => self.in_topic |= tag.has_class("topic"),
            "img" if self.in_topic && self.topic.is_empty() => tag.get("title").clone_into(&mut self.topic),
            _ => {}
        }
    }
}

impl Sink for ListPageSink<'_> {
    fn open(&mut self, tag: &Tag, at: Range<usize>) {
        if tag.name == "article" {
            self.end_story();
            let is_story = tag.get("data-fhtype") == "story" && !tag.get("data-fhid").is_empty();
            let head = HeadSink::new(self.source);
            self.story = is_story.then(|| StoryMarkup { head, topic: String::new(), in_topic: false });
        }
        if let Some(story) = &mut self.story {
            story.note(tag);
            return story.head.open(tag, at);
        }
        self.in_title = tag.name == "title" && self.page.title.is_empty();
        self.note(tag);
    }

    fn close(&mut self, name: &str, at: Range<usize>) {
        self.in_title = false;
        if let Some(story) = &mut self.story {
            story.in_topic &= name != "span";
            story.head.close(name, at);
        }
        match name {
            "article" => self.end_story(),
            "body" | "html" => self.is_whole = true,
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        match &mut self.story {
            Some(story) => story.head.text(text),
            None if self.in_title => self.page.title.push_str(text),
            None => {}
        }
    }
}

fn read_story(head: Head, topic: String, home: &str) -> Option<Entry> {
    let thread = head.addresses.iter().find_map(|address| Thread::at(address, home))?;
    let posted_at = head.posted_at(&thread.sid);
    let place = thread.place(topic);
    (!head.title.is_empty()).then(|| Entry {
        site: "slashdot".to_owned(),
        id: thread.sid,
        title: head.title,
        url: thread.url,
        link: entry::outside(&head.link, home),
        author: head.author,
        posted_at,
        score: None,
        comments: head.stated,
        place,
        ..Entry::default()
    })
}

/// The number in a link to a page of the list: `//ask.slashdot.org/?page=1`.
fn page_number(href: &str, home: &str) -> Option<u32> {
    let home = Url::parse(home).ok()?;
    let link = home.join(href).ok().filter(|link| link.path() == "/" || link.path() == home.path())?;
    web::parameter(&link, "page")?.parse().ok()
}
