//! Pages of lemmy-ui that a browser saved: a post with its comments, and lists of posts.
//!
//! Each post is drawn twice, for narrow and for wide screens; the wide one, which has its score, is taken. The page's script
//! state is older than what a reader opened since, so the elements are read.

mod time;

use super::{INFO, LoadError};
use crate::model::{Builder, Draft, Entry, Flags, Listing, State, Story, Thread};
use crate::site::html::{Document, Element, ReplyStack};
use crate::site::list::{complete_entries, whole};
use crate::site::page_gaps::{PageGaps, list_of_page, no_discussion};
use crate::site::page_number::{digits, number_in, signed_number_in};
use crate::site::{Sample, grammar, web};

/// A comment, among the parts of the page.
const COMMENT: &str = ".comment-node";

/// Whether a file is a page of the site that is no list, be it one without a discussion.
pub fn looks_like_page(file: &Sample<'_>) -> bool {
    may_be_page(file) && !is_list(file.html())
}

/// Whether a file is a page with a list of posts.
pub fn looks_like_list_page(file: &Sample<'_>) -> bool {
    may_be_page(file) && is_list(file.html())
}

fn may_be_page(file: &Sample<'_>) -> bool {
    let words = ["comment-node", "lemmy-site", "window.isoData"];
    file.is_page_with(&words, ".comment-node, .lemmy-site, .post-listing")
}

fn is_list(page: Document<'_>) -> bool {
    let is_post = page.find(".comment-node, ul.comments, .comments, #postContent").is_some()
        || post_in(&page.address()).is_some();
    !is_post && page.all(".post-listing").filter_map(post_of).any(|post| !post.is_empty())
}

/// Reads a saved page with comments, without the network.
///
/// # Errors
/// The page holds neither a post nor a comment; the error says what to open.
pub fn read_page(file: &Sample<'_>) -> Result<Thread, LoadError> {
    let page = file.html();
    if page.find(".comment-node, .post-listing, ul.comments, #postContent").is_none() {
        let what = "a page of Lemmy without a post";
        return Err(no_discussion(what, "open the post itself, as lemmy:lemmy.world/123"));
    }
    Ok(thread(page))
}

/// Reads a saved page with a list of posts.
///
/// # Errors
/// There is no post on it that can be read.
pub fn read_list_page(file: &Sample<'_>) -> Result<Listing, LoadError> {
    let page = file.html();
    let origin = origin(page);
    let posts = posts(page).into_iter().map(|post| entry(post, &origin));
    let (entries, lost) = complete_entries(posts.map(whole), "Posts");
    Ok(list_of_page(page, INFO.heading("a saved page"), entries, lost))
}

/// The instance: the host of the page's own address, or the site's actor in the script state.
fn origin(page: Document<'_>) -> String {
    let of_actor = |script: Element<'_>| {
        let mut actors = script.inner().split("\"actor_id\":\"").skip(1).filter_map(|rest| rest.split('"').next());
        let site = actors.find(|actor| actor.ends_with('/') && actor.matches('/').count() == 3)?;
        grammar::origin_of(site)
    };
    let in_state = || page.all("script").find_map(of_actor);
    grammar::origin_of(&page.address()).or_else(in_state).unwrap_or_default()
}

/// The number in the address of a post.
fn post_in(address: &str) -> Option<&str> {
    let (id, _) = digits(address.split_once("/post/")?.1);
    Some(id).filter(|id| !id.is_empty())
}

/// The number of the post that a listing leads to.
fn post_of(listing: Element<'_>) -> Option<&str> {
    listing.all("a[href*=\"/post/\"]").find_map(|link| post_in(link.get("href")))
}

/// The posts of a page, each once: of two drawings the one with the score.
fn posts(page: Document<'_>) -> Vec<Element<'_>> {
    let mut posts: Vec<Element<'_>> = Vec::new();
    for listing in
        page.all(".post-listing").filter(|listing| !listing.ancestors().any(|around| around.has_class("post-listing")))
    {
        match posts.iter_mut().rev().take(2).find(|other| post_of(**other) == post_of(listing)) {
            Some(other) if other.find(".post-score").is_none() => *other = listing,
            Some(_) => {}
            None => posts.push(listing),
        }
    }
    posts
}

fn thread(page: Document<'_>) -> Thread {
    let origin = origin(page);
    let story = head(page, &origin);
    let mut builder = Builder::new();
    let mut replies = ReplyStack::default();
    let mut gaps = PageGaps::of(page, story.stated_comments);
    for comment in page.all(COMMENT) {
        push(comment.without(COMMENT), &mut replies, (&story, &origin), &mut gaps, &mut builder);
    }
    gaps.notes().into_iter().for_each(|note| builder.note(note));
    builder.finish(story)
}

fn head(page: Document<'_>, origin: &str) -> Story {
    let address = page.address();
    let post = posts(page).into_iter().next();
    let entry = post.map(|post| entry(post, origin)).unwrap_or_default();
    let in_state = || {
        page.all("script")
            .find_map(|script| post_in(script.inner().split_once("\"path\":\"/post/").map(|_| script.inner())?))
    };
    let id = post_in(&address).or_else(|| post.and_then(post_of)).or_else(in_state).unwrap_or_default();
    let title = [entry.title.clone(), page.find("h1").map(Element::line).unwrap_or_default(), page.title()];
    let text = page.find("#postContent .md-div, #postContent, .post-listing .md-div");
    let is_locked = post.is_some_and(|post| post.find("[data-tippy-content=Locked], use[href$=icon-lock]").is_some());
    Story {
        site: INFO.name.to_owned(),
        id: full_id(origin, id),
        url: if origin.is_empty() { String::new() } else { format!("{origin}/post/{id}") },
        title: title.into_iter().find(|title| !title.is_empty()).unwrap_or_default(),
        text: text.map(|text| text.body(origin)).unwrap_or_default(),
        archived: is_locked,
        ..INFO.story_of(entry)
    }
}

/// Numbers are of one instance, so it is part of the id.
fn full_id(origin: &str, id: &str) -> String {
    match grammar::host(origin) {
        host if host.is_empty() || id.is_empty() => id.to_owned(),
        host => format!("{host}/{id}"),
    }
}

fn entry(post: Element<'_>, origin: &str) -> Entry {
    let id = post_of(post).unwrap_or_default();
    let heading = post.find("h1, h5, .post-title").unwrap_or(post);
    let title = heading.all("a").find(|link| !link.line().is_empty()).unwrap_or(heading);
    let url = if origin.is_empty() { format!("/post/{id}") } else { format!("{origin}/post/{id}") };
    let own = post_in(title.get("href")).is_some();
    let link = post.find("a.thumbnail, p a[rel*=nofollow]").map(|link| link.get("href"));
    let link = if own { link.unwrap_or_default() } else { title.get("href") };
    let count = post.find("a[href*=scrollToComments]");
    Entry {
        site: INFO.name.to_owned(),
        id: full_id(origin, id),
        title: title.line(),
        link: web::resolved(origin, link),
        author: post.find("a.person-listing").map(person).unwrap_or_default(),
        posted_at: time::of(post),
        score: score(post),
        comments: count.and_then(|count| number_in(count.get("title")).or_else(|| number_in(count.text()))),
        place: post.find("a.community-link").map(person).unwrap_or_default(),
        url,
        ..Entry::default()
    }
}

/// The name in a link to a person or a community: `ada@host`.
fn person(link: Element<'_>) -> String {
    let named = link.get("href").rsplit_once("/u/").or_else(|| link.get("href").rsplit_once("/c/"));
    let name = named.map(|(_, name)| crate::markup::clean_line(name)).filter(|name| !name.is_empty());
    name.unwrap_or_else(|| link.line().trim_start_matches(['@', '!']).to_owned())
}

/// The difference of `1,914 Upvotes · 3 Downvotes`; else the score as it is shown, which may be shortened (`1.91K`).
fn score(within: Element<'_>) -> Option<i32> {
    let votes = within.find("[data-tippy-content*=pvote]").map(|votes| votes.get("data-tippy-content"));
    let count =
        |votes: &str, word: &str| i32::try_from(number_in(votes.split('·').find(|part| part.contains(word))?)?).ok();
    let exact = votes.and_then(|votes| Some(count(votes, "pvote")? - count(votes, "ownvote").unwrap_or(0)));
    exact.or_else(|| signed_number_in(within.find(".post-score, .btn-animate, .unselectable.pointer")?.text()))
}

fn push<'d>(
    comment: Element<'d>,
    replies: &mut ReplyStack<'d>,
    (story, origin): (&Story, &str),
    gaps: &mut PageGaps,
    builder: &mut Builder,
) {
    let id = comment.id_after("comment-").unwrap_or_default().trim();
    let parent = replies.enter(comment.parent().filter(|around| around.name() == "li").unwrap_or(comment), id);
    let author = comment.find("a.person-listing").map(person);
    let (posted_at, score) = (time::of(comment), score(comment));
    let body = comment.find(".comment-content .md-div, .md-div").map(|text| replies.body(text, origin));
    let state = match body.as_ref().map(|body| body.plain.trim_matches('*')) {
        Some("removed by mod" | "removed by moderator") => State::Removed,
        Some("deleted by creator" | "Permanently Deleted") => State::Deleted,
        Some(_) => State::Live,
        None => State::Missing,
    };
    gaps.comments += 1;
    gaps.ids += u32::from(id.is_empty());
    gaps.authors += u32::from(author.is_none() && state == State::Live);
    gaps.dates += u32::from(posted_at.is_none() && comment.find(time::PLACES).is_some());
    gaps.scores += u32::from(score.is_none() && comment.find("[data-tippy-content*=pvote]").is_some());
    let is_op = author.is_some() && author.as_ref() == Some(&story.author);
    builder.push(&Draft {
        id,
        parent: parent.as_deref(),
        author: author.as_deref(),
        url: &if origin.is_empty() { String::new() } else { format!("{origin}/comment/{id}") },
        score,
        posted_at,
        state,
        flags: Flags { op: is_op, ..Flags::default() },
        body: body.as_ref().filter(|_| state == State::Live).map(crate::model::Text::borrow).unwrap_or_default(),
        ..Draft::default()
    });
}
