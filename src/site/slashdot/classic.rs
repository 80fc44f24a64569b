//! Slashdot's pages of 2006 to 2012: whole comments and lines in one list, and the front page of 2010.
//!
//! A whole comment has ids for its parts, as today; what is below the threshold for a whole one is a link in a line of its
//! own, with author, score and date behind it. Who wrote a whole comment stands in its details and not in a part of its own.

use std::collections::BTreeMap;

use super::comment::{self, Body, Shown};
use super::entry::{self, Thread};
use super::head::{self, Head};
use super::list_page::ListPage;
use super::page::StoryPage;
use super::section::HOME;
use super::state::State;
use super::time::Stamp;
use super::tree::Tree;
use crate::markup;
use crate::model::{Entry, Flags, counted};
use crate::site::html::{Document, Element, ReplyStack};
use crate::site::page_gaps::page_notes;
use crate::site::page_number::{digits, number_in};
use crate::site::web;

/// A story page, and notes: where it shows fewer comments than its own menu says, or is cut off.
pub(super) fn read(page: Document<'_>) -> (StoryPage<'static>, Vec<String>) {
    let mut state = State::default();
    for script in page.all("script").filter(|script| script.inner().contains("D2.")) {
        state.read(script.inner());
    }
    let comments: BTreeMap<u64, Shown<'static>> = {
        let mut replies = ReplyStack::default();
        page.all("li").filter_map(|item| comment(item, &mut replies)).collect()
    };
    let shown = comments.len() as u32;
    let expected = page.find("#threshold option[selected]").and_then(|option| stated(option.text()));
    let note = expected
        .filter(|&expected| expected > shown)
        .map(|expected| format!("The page's menu says that it shows {}; read: {shown}", counted(expected, "comment")));
    let notes = note.into_iter().chain(page_notes(page)).collect();
    let comments = comments.into_iter().collect();
    let tree = Tree { comments, listing: page.find("#commentlisting").is_some(), cut: false };
    (StoryPage { head: head(page), state, tree }, notes)
}

/// The number of comments in `-1: 300 comments`.
fn stated(option: &str) -> Option<u32> {
    number_in(option.split_once(':')?.1)
}

fn head(page: Document<'_>) -> Head {
    let article = page.find("#articles .article, .article").or_else(|| page.find("#articles"));
    let in_article = |selector: &str| article.and_then(|article| article.find(selector));
    let title = in_article(".title h3, h3, h2").map(Element::line).filter(|title| !title.is_empty());
    let title = title.unwrap_or_else(|| page.title().trim_start_matches("Slashdot | ").to_owned());
    let byline = in_article(".details").map(Element::line).unwrap_or_default();
    let text = [".intro", "[id^=text-]", ".body"].into_iter().find_map(in_article);
    let all = page.find("#threshold option[value=\"-1\"]").and_then(|option| stated(option.text()));
    let links = page
        .all("#commentwrap a, .commentBox a, link[rel=canonical]")
        .map(|link| web::resolved(HOME, link.get("href")));
    let is_story = |link: &String| link.contains("article.pl?sid=") || link.contains("/story/");
    Head {
        addresses: links.filter(is_story).chain([page.address()]).filter(|address| !address.is_empty()).collect(),
        author: head::editor(&byline),
        stamp: Stamp::find(&byline),
        department: head::department(&byline),
        link: text.and_then(|text| text.all("a").find_map(|link| head::external(link.get("href")))).unwrap_or_default(),
        text: text.map(|text| text.body(HOME)).unwrap_or_default(),
        stated: all.or_else(|| page.find(".commentBox b, .totalcommentcnt").and_then(|count| number_in(count.text()))),
        archived: page.find("#commentwrap, .commentBox").is_some_and(|part| part.text().contains("has been archived")),
        fortune: String::new(),
        has_story: article.is_some(),
        title,
    }
}

/// Reads what an item of a list holds: a whole comment, a line, or neither.
fn comment<'d>(item: Element<'d>, replies: &mut ReplyStack<'d>) -> Option<(u64, Shown<'static>)> {
    let around = item.ancestors().find_map(|list| list.id_after("commtree_")?.trim().parse().ok()).unwrap_or(0);
    match item.id_after("tree_").and_then(|cid| cid.trim().parse().ok()) {
        Some(cid) => Some((cid, whole(item, (cid, around), replies))),
        None => line(item, around),
    }
}

fn whole<'d>(item: Element<'d>, (cid, around): (u64, u64), replies: &mut ReplyStack<'d>) -> Shown<'static> {
    // The replies stand in the same item.
    let number = cid.to_string();
    let own = item.children().find(|child| child.id_after("comment_") == Some(&number)).unwrap_or(item);
    let own = own.without("[id^=tree_], [id^=commtree_]");
    let part = |name: &str| own.find(&format!("#{name}_{cid}"));
    let top = part("comment_top").unwrap_or(own);
    let details = top.find(".details");
    let byline = details.map(Element::line).unwrap_or_default();
    let (author, uid) = author(details, &byline);
    let (score, label) = part("comment_score").map(|score| comment::score(&score.line())).unwrap_or_default();
    let small = part("comment_otherdetails")
        .and_then(|other| other.find("small"))
        .map(|small| small.text().to_ascii_lowercase());
    let small = small.unwrap_or_default();
    let body = part("comment_body").map(|body| replies.body(body, HOME));
    let signature = part("comment_sig").map(|own| own.body(HOME)).unwrap_or_default();
    let links = part("comment_sub").or(part("comment_otherdetails"));
    Shown {
        // The page leaves out parents below its threshold; the link to the parent does not.
        parent: links.and_then(parent).or(Some(around)),
        discussion: own.find("a[href*=sid=]").and_then(|link| discussion(link.get("href"))),
        subject: top.find("h4 a, h3 a").map(Element::line).unwrap_or_default(),
        score,
        label,
        author,
        uid,
        flags: Flags {
            subscriber: byline.contains(") *") || byline.contains(")*"),
            journal: small.contains("journal"),
            homepage: small.contains("homepage"),
            ..Flags::default()
        },
        stamp: Stamp::find(&byline),
        body: body.map(|body| Body::Read(comment::with_signature(body, &signature))),
        cut: part("comment_shrunk").is_some(),
        is_line: false,
    }
}

/// The comment that the link named "Parent" leads to.
fn parent(links: Element<'_>) -> Option<u64> {
    let link = links.all("a").find(|link| link.line() == "Parent")?;
    number_behind(link.get("href"), "cid=")
}

/// The author: in the link to a person, else the words between `by` and the date.
fn author(details: Option<Element<'_>>, byline: &str) -> (Option<String>, Option<i64>) {
    let linked = details.and_then(|details| details.find("a[href*=/~]")).map(Element::line);
    let written = || {
        let name = byline.strip_prefix("by ")?;
        Some(name.split(" on ").next()?.split(" (#").next()?.trim().to_owned())
    };
    let named = linked.or_else(written).filter(|name| !name.is_empty());
    let (name, uid) = named.map(|name| comment::name_and_uid(&name)).unzip();
    (name, uid.flatten())
}

/// A comment of which the page shows a line: `Re:Subject by Name (Score:2) on Sunday December 02, @02:56PM`.
fn line(item: Element<'_>, around: u64) -> Option<(u64, Shown<'static>)> {
    let link = item.children().find(|child| child.name() == "a" && child.get("href").contains("pid="))?;
    let cid = link.get("href").rsplit_once('#').and_then(|(_, cid)| cid.parse().ok())?;
    let replies = item.children().find(|child| child.name() == "ul");
    let words = replies.map_or_else(|| item.inner(), |replies| item.inner_before(replies));
    let words = markup::html_line(words);
    let behind = words.strip_prefix(&link.line()).unwrap_or(&words);
    let byline = behind.split_once("by ").map_or(behind, |(_, byline)| byline);
    let (score, label) = comment::score(byline);
    let name = byline.split("(Score:").next().unwrap_or_default().trim();
    let (name, uid) = comment::name_and_uid(name);
    let pid = number_behind(link.get("href"), "pid=");
    let shown = Shown {
        parent: Some(if around > 0 { around } else { pid.unwrap_or(0) }),
        discussion: discussion(link.get("href")),
        subject: link.line(),
        score,
        label,
        author: Some(name).filter(|name| !name.is_empty()),
        uid,
        stamp: Stamp::find(behind),
        is_line: true,
        ..Shown::default()
    };
    Some((cid, shown))
}

fn discussion(href: &str) -> Option<u64> {
    number_behind(href, "sid=")
}

/// The number behind the first of a name in an address's query.
pub(super) fn number_behind(text: &str, name: &str) -> Option<u64> {
    digits(text.split_once(name)?.1).0.parse().ok()
}

/// The stories of the front page of 2010.
pub(super) fn read_list(page: Document<'_>) -> ListPage {
    let mut found = ListPage::at(page.address());
    let mut lost = 0;
    for story in page.all(STORY) {
        match entry(story) {
            Some(entry) => found.entries.push(entry),
            None => lost += 1,
        }
    }
    found.notes.extend(entry::note_of_lost(lost).into_iter().chain(page_notes(page)));
    found
}

/// A story in a list, which later pages have as an `article`.
pub(super) const STORY: &str = "div[data-fhtype=story]";

fn entry(story: Element<'_>) -> Option<Entry> {
    let title = story.find("a.datitle, [id^=title-] a[href*=\"/story/\"]")?;
    let thread = Thread::at(title.get("href"), HOME)?;
    let byline = story.find(".details").map(Element::line).unwrap_or_default();
    let head = Head { stamp: Stamp::find(&byline), ..Head::default() };
    let topic = story.find(".skin.topic").map(|topic| topic.line().trim_end_matches(':').to_owned());
    let link = story.all("[id^=text-] a").find_map(|link| head::external(link.get("href")));
    Some(Entry {
        site: "slashdot".to_owned(),
        title: title.line(),
        link: entry::outside(&link.unwrap_or_default(), HOME),
        author: head::editor(&byline),
        posted_at: head.posted_at(&thread.sid),
        score: None,
        comments: story.find("a[class^=commentcnt-]").and_then(|count| number_in(count.text())),
        place: thread.place(topic.unwrap_or_default()),
        url: thread.url,
        id: thread.sid,
        ..Entry::default()
    })
    .filter(|entry| !entry.title.is_empty())
}
