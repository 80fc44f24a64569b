//! Pages of Lobsters that a browser saved: a story with its comments, and lists of stories.

use super::address::HOME;
use super::{INFO, LoadError};
use crate::model::{Builder, Draft, Entry, Flags, Listing, State, Story, Thread};
use crate::site::html::{Document, Element, ReplyStack};
use crate::site::list::{complete_entries, whole};
use crate::site::moment::moment;
use crate::site::page_gaps::{PageGaps, list_of_page, no_discussion};
use crate::site::page_number::{number_in, signed_number_in};
use crate::site::{Sample, grammar, web};

/// A comment, among the parts of the page.
const COMMENT: &str = ".comment[data-shortid], div.comment[id^=c_]";

/// Whether a file is a page of the site that is no list, be it one without a discussion.
pub fn looks_like_page(file: &Sample<'_>) -> bool {
    may_be_page(file) && !is_list(file.html())
}

/// Whether a file is a page with a list of stories.
pub fn looks_like_list_page(file: &Sample<'_>) -> bool {
    may_be_page(file) && is_list(file.html())
}

fn may_be_page(file: &Sample<'_>) -> bool {
    let words = ["comments_subtree", "story_liner", "| Lobsters"];
    let parts = "li.story[data-shortid], .comment[data-shortid], .comments_subtree, #wrapper, #inside";
    file.is_page_with(&words, parts)
}

fn is_list(page: Document<'_>) -> bool {
    page.find("ol.comments, .comment[data-shortid]").is_none() && page.find("li.story[data-shortid]").is_some()
}

/// Reads a saved page with comments, without the network.
///
/// # Errors
/// The page holds no discussion; the error says what to open.
pub fn read_page(file: &Sample<'_>) -> Result<Thread, LoadError> {
    let page = file.html();
    if page.find("li.story[data-shortid]").is_none() && page.find(COMMENT).is_none() {
        let what = "a page of Lobsters without a story";
        return Err(no_discussion(what, "open the discussion itself, as lobsters:tdfoqh"));
    }
    Ok(thread(page))
}

/// Reads a saved page with a list of stories.
///
/// # Errors
/// There is no story on it that can be read.
pub fn read_list_page(file: &Sample<'_>) -> Result<Listing, LoadError> {
    let page = file.html();
    let origin = origin(page);
    let stories = page.all("li.story[data-shortid]").map(|story| entry(story, &origin));
    let (entries, lost) = complete_entries(stories.map(whole), "Stories");
    Ok(list_of_page(page, INFO.heading("a saved page"), entries, lost))
}

/// Scheme and host of the page; the site's own where it does not say.
fn origin(page: Document<'_>) -> String {
    grammar::origin_of(&page.address()).unwrap_or_else(|| HOME.to_owned())
}

fn thread(page: Document<'_>) -> Thread {
    let origin = origin(page);
    let story =
        page.find("li.story[data-shortid]").map_or_else(|| without_story(page), |story| head(story, page, &origin));
    let mut builder = Builder::new();
    let mut replies = ReplyStack::default();
    let mut gaps = PageGaps::of(page, story.stated_comments);
    // The form for a comment looks like one without a number.
    for comment in page.all(COMMENT).filter(|comment| !comment.has_class("comment_form_container")) {
        push(comment.without(COMMENT), &mut replies, (&story, &origin), &mut gaps, &mut builder);
    }
    gaps.notes().into_iter().for_each(|note| builder.note(note));
    builder.finish(story)
}

/// The head of comments of many stories.
fn without_story(page: Document<'_>) -> Story {
    let title = page.title();
    let title = title.trim_end_matches("Lobsters").trim_end_matches([' ', '|']).to_owned();
    Story { title, url: page.address(), ..INFO.story() }
}

fn head(story: Element<'_>, page: Document<'_>, origin: &str) -> Story {
    let entry = entry(story, origin);
    let text = page.find(".story_content .story_text, .story_text, .story_content").map(|text| text.body(origin));
    Story { text: text.unwrap_or_default(), ..INFO.story_of(entry) }
}

fn entry(story: Element<'_>, origin: &str) -> Entry {
    let id = story.get("data-shortid").trim().to_owned();
    let title = story.find("a.u-url, .link a");
    let link = title.map(|title| web::address(title.get("href"))).unwrap_or_default();
    let url = format!("{origin}/s/{id}");
    let tags: Vec<String> = story.all("a.tag").map(Element::own_line).filter(|tag| !tag.is_empty()).collect();
    Entry {
        site: INFO.name.to_owned(),
        title: title.map(Element::line).unwrap_or_default(),
        link: if link.starts_with(&url) { String::new() } else { link },
        author: author(story).unwrap_or_default(),
        posted_at: time(story),
        score: score(story),
        comments: story.find(".comments_label").map(|label| number_in(label.text()).unwrap_or_default()),
        place: tags.join(", "),
        id,
        url,
        ..Entry::default()
    }
}

fn push<'d>(
    comment: Element<'d>,
    replies: &mut ReplyStack<'d>,
    (story, origin): (&Story, &str),
    gaps: &mut PageGaps,
    builder: &mut Builder,
) {
    let id = comment.get("data-shortid").trim();
    let id = if id.is_empty() { comment.id_after("c_").unwrap_or_default() } else { id };
    let parent = replies.enter(comment.parent().unwrap_or(comment), id);
    let (author, posted_at, score) = (author(comment), time(comment), score(comment));
    let body = comment.find(".comment_text").map(|text| replies.body(text, origin)).unwrap_or_default();
    let state = state(comment, &body.plain);
    let is_live = state == State::Live;
    gaps.comments += u32::from(is_live);
    gaps.ids += u32::from(id.is_empty());
    gaps.authors += u32::from(author.is_none() && is_live);
    gaps.dates += u32::from(posted_at.is_none() && comment.find(".byline time").is_some());
    let has_score = comment.find(".upvoter").is_some_and(|voter| voter.text().contains(|c: char| c.is_ascii_digit()));
    gaps.scores += u32::from(score.is_none() && has_score);
    let is_op = comment.find(".user_is_author").is_some() || author.is_some() && author.as_ref() == Some(&story.author);
    builder.push(&Draft {
        id,
        parent: parent.as_deref(),
        author: author.as_deref(),
        url: &format!("{origin}/c/{id}"),
        score,
        posted_at,
        state,
        flags: Flags { op: is_op, ..Flags::default() },
        body: body.borrow(),
        ..Draft::default()
    });
}

/// The name in the first link to a person that is more than a picture.
fn author(within: Element<'_>) -> Option<String> {
    let mut names = within.all(".byline a[href*=/~], .byline a[href*=/u/]").map(Element::line);
    names.find(|name| !name.is_empty())
}

/// The time, which pages of before 2025 have as the title of the age.
fn time(within: Element<'_>) -> Option<i64> {
    let time = within.find(".byline time, .byline span[title]")?;
    let seconds = time.get("data-at-unix").trim().parse().ok();
    seconds.or_else(|| moment(time.get("title"))).or_else(|| moment(time.get("datetime")))
}

fn score(within: Element<'_>) -> Option<i32> {
    within.all(".upvoter, .voters .score").find_map(|voter| signed_number_in(voter.text()))
}

/// The words that stand where a comment's own were tell who took it away.
fn state(comment: Element<'_>, text: &str) -> State {
    let is_gone = comment.has_class("deleted")
        || text.starts_with("Comment removed by")
        || text.starts_with("Comment from banned");
    match text {
        _ if !is_gone && comment.find(".comment_text").is_none() => State::Missing,
        _ if !is_gone => State::Live,
        text if text.contains("moderator") || text.contains("banned user") => State::Removed,
        _ => State::Deleted,
    }
}
