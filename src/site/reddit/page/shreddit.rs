//! Pages of www.reddit.com since 2023: elements of the site's own, with what they show as attributes.

use super::comments::{Comments, PageComment};
use crate::markup::clean_line;
use crate::model::{Entry, Story, Thread};
use crate::site::html::{Document, Element, ReplyStack};
use crate::site::moment::moment;
use crate::site::page_number::{number_in, signed_number_in};
use crate::site::reddit::INFO;
use crate::site::web;

/// Reads a page with one post and some of its comments; most come only as a reader scrolls.
pub(super) fn thread(page: Document<'_>, origin: &str) -> Thread {
    let story = page.find("shreddit-post").map_or_else(|| without_post(page), |post| head(post, origin));
    let mut comments = Comments::new(page, story.stated_comments);
    let mut replies = ReplyStack::default();
    for element in page.all("shreddit-comment, faceplate-partial[src*=more-comments]") {
        if element.name() == "shreddit-comment" {
            let comment = comment(element, &mut replies, origin, &mut comments);
            comments.push(&comment, &story);
        } else {
            comments.add_folded(number_in(element.text()));
        }
    }
    comments.thread(story)
}

/// The posts of a list.
pub(super) fn entries(page: Document<'_>, origin: &str) -> Vec<Entry> {
    page.all("shreddit-post").map(|post| entry(post, origin)).collect()
}

fn without_post(page: Document<'_>) -> Story {
    Story { title: page.title(), url: page.address(), ..INFO.story() }
}

fn head(post: Element<'_>, origin: &str) -> Story {
    let text = post.find("[slot=text-body] .md, [slot=text-body]").map(|text| text.body(origin));
    let archived = post.has("archived") || post.has("locked") || post.has("is-archived");
    Story { text: text.unwrap_or_default(), archived, ..INFO.story_of(entry(post, origin)) }
}

fn entry(post: Element<'_>, origin: &str) -> Entry {
    let url = web::resolved(origin, post.get("permalink"));
    let link = web::resolved(origin, post.get("content-href"));
    let is_own = link.trim_end_matches('/') == url.trim_end_matches('/') || post.get("post-type") == "text";
    let title = [clean_line(post.get("post-title")), post.find("[slot=title]").map(Element::line).unwrap_or_default()];
    let named = post.get("subreddit-prefixed-name").trim();
    Entry {
        site: INFO.name.to_owned(),
        id: post.get("id").trim().trim_start_matches("t3_").to_owned(),
        title: title.into_iter().find(|title| !title.is_empty()).unwrap_or_default(),
        link: if is_own { String::new() } else { link },
        author: name(post.get("author")).unwrap_or_default(),
        posted_at: moment(post.get("created-timestamp")),
        score: signed_number_in(post.get("score")),
        comments: number_in(post.get("comment-count")),
        place: clean_line(named),
        url,
        ..Entry::default()
    }
}

fn comment<'d>(
    element: Element<'d>,
    replies: &mut ReplyStack<'d>,
    origin: &str,
    comments: &mut Comments,
) -> PageComment {
    let bare = |id: &str| clean_line(id.trim().trim_start_matches("t1_"));
    let id = bare(element.get("thingid"));
    let around = replies.enter(element, &id);
    // A comment that answers the post may say so.
    let stated = element.get("parentid").trim();
    let parent = if stated.starts_with("t1_") { Some(bare(stated)) } else { around };
    let posted_at = time(element);
    let score = signed_number_in(element.get("score"));
    let author = name(element.get("author"));
    comments.gaps.dates += u32::from(posted_at.is_none());
    comments.gaps.authors += u32::from(!element.has("author"));
    comments.gaps.scores += u32::from(score.is_none() && !element.get("score").trim().is_empty());
    PageComment {
        parent,
        author,
        url: web::resolved(origin, element.get("permalink")),
        score,
        posted_at,
        body: slot(element, "comment").map(|text| replies.body(text.find(".md").unwrap_or(text), origin)),
        id,
        ..PageComment::default()
    }
}

fn time(comment: Element<'_>) -> Option<i64> {
    let meta = || slot(comment, "commentMeta").and_then(|meta| meta.find("[ts], time"));
    let shown = || meta().map(|time| [time.get("ts"), time.get("datetime")]);
    let stated = [comment.get("created"), comment.get("created-timestamp")];
    stated.into_iter().chain(shown().into_iter().flatten()).find_map(moment)
}

/// What a comment shows in one of its places, without what answers it.
fn slot<'d>(comment: Element<'d>, name: &str) -> Option<Element<'d>> {
    comment.children().find(|child| child.get("slot") == name)
}

fn name(author: &str) -> Option<String> {
    Some(clean_line(author)).filter(|name| !name.is_empty() && name != "[deleted]")
}
