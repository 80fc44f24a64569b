//! Pages of old.reddit.com: comments stand in what they answer.

use super::comments::{Comments, PageComment};
use crate::model::{Entry, Story, Thread};
use crate::site::html::{Document, Element, ReplyStack};
use crate::site::moment::moment;
use crate::site::page_number::{number_in, signed_number_in};
use crate::site::reddit::INFO;
use crate::site::web;

/// The post of a page, which is none of the advertisers'.
const POST: &str = ".thing.link";

/// Reads a page with comments: of one post, or the newest of a subreddit or a person.
pub(super) fn thread(page: Document<'_>, origin: &str) -> Thread {
    let is_stream = page.find(".commentarea").is_none();
    let post = posts(page).next().filter(|_| !is_stream);
    let mut story = post.map_or_else(|| without_post(page, origin), |post| head(post, origin));
    story.stated_comments = story.stated_comments.or_else(|| {
        let title = page.find(".panestack-title .title")?;
        number_in(title.text())
    });
    let mut comments = Comments::new(page, story.stated_comments);
    let mut replies = ReplyStack::default();
    for thing in page.all(".thing.comment, .thing.morechildren, .thing .deepthread") {
        if thing.has_class("comment") {
            let comment = comment(thing, &mut replies, is_stream, origin, &mut comments);
            comments.push(&comment, &story);
        } else if thing.has_class("deepthread") {
            comments.continued += 1;
        } else {
            comments.add_folded(thing.find(".gray").and_then(|count| number_in(count.text())));
        }
    }
    if is_stream {
        comments.note("These are comments of more than one thread, and no thread is whole");
        let left_out = posts(page).count();
        if left_out > 0 {
            comments.note(&format!("Posts among the comments, which are left out: {left_out}"));
        }
    } else if page.find(".infobar a[href*=\"/comments/\"]").is_some() {
        comments.note("This is one branch of the discussion, not all of it");
    }
    comments.thread(story)
}

/// The posts of a list.
pub(super) fn entries(page: Document<'_>, origin: &str) -> Vec<Entry> {
    posts(page).map(|post| entry(post, origin)).collect()
}

fn posts(page: Document<'_>) -> impl Iterator<Item = Element<'_>> {
    page.all(POST).filter(|post| !post.has_class("promoted") && !post.has_class("promotedlink"))
}

fn without_post(page: Document<'_>, origin: &str) -> Story {
    let short = page.find("link[rel=shorturl][href*=redd.it]").and_then(|link| link.get("href").rsplit('/').next());
    let url = match short {
        Some(id) => format!("{origin}/comments/{id}/"),
        None => page.address(),
    };
    let title = page.title();
    // A browser's title ends with the name of the subreddit.
    let title = title.rsplit_once(" : ").map_or(title.as_str(), |(title, _)| title).to_owned();
    let id = short.map(crate::markup::clean_line).unwrap_or_default();
    Story { title, id, url: if url.is_empty() { origin.to_owned() } else { url }, ..INFO.story() }
}

fn head(post: Element<'_>, origin: &str) -> Story {
    let text = part(post, "entry").find(".usertext-body .md").map(|text| text.body(origin));
    let is_locked = post.find(".locked-tagline, .archived-infobar").is_some();
    Story { text: text.unwrap_or_default(), archived: is_locked, ..INFO.story_of(entry(post, origin)) }
}

fn entry(post: Element<'_>, origin: &str) -> Entry {
    let title = part(post, "entry").find("a.title, .title a");
    let comments = part(post, "entry").find("a.comments, a.bylink");
    let permalink = [post.get("data-permalink"), comments.map_or("", |link| link.get("href"))];
    let path = permalink.into_iter().find(|path| !path.is_empty()).unwrap_or_default();
    let url = page_of(path, origin);
    let link = title.map_or("", |title| title.get("href"));
    let link = [post.get("data-url"), link].into_iter().find(|link| !link.is_empty()).unwrap_or_default();
    let link = web::resolved(origin, link);
    let is_own = post.has_class("self") || link.trim_end_matches('/') == url.trim_end_matches('/');
    let milliseconds: Option<i64> = post.get("data-timestamp").trim().parse().ok();
    let community = post.get("data-subreddit").trim();
    Entry {
        site: INFO.name.to_owned(),
        id: id(post, "t3_"),
        title: title.map(Element::line).unwrap_or_default(),
        link: if is_own { String::new() } else { link },
        author: author(post).unwrap_or_default(),
        posted_at: milliseconds.map(|time| time.div_euclid(1000)).or_else(|| time(post)),
        score: post.get("data-score").trim().parse().ok().or_else(|| score(post)),
        comments: post.get("data-comments-count").trim().parse().ok().or_else(|| number_in(comments?.text())),
        place: if community.is_empty() { String::new() } else { format!("r/{community}") },
        url,
        ..Entry::default()
    }
}

/// A page of the site, be it that the link to it names another host of it.
fn page_of(href: &str, origin: &str) -> String {
    let path = href.split_once("reddit.com").map_or(href, |(_, path)| path);
    web::resolved(origin, path)
}

fn comment<'d>(
    thing: Element<'d>,
    replies: &mut ReplyStack<'d>,
    is_stream: bool,
    origin: &str,
    comments: &mut Comments,
) -> PageComment {
    let entry = part(thing, "entry");
    let id = id(thing, "t1_");
    let parent = replies.enter(thing, &id);
    let author = author(thing);
    let posted_at = time(thing);
    let score = score(thing);
    let is_deleted = thing.has_class("deleted");
    let has_author = entry.find(".tagline .author").is_some();
    let gaps = &mut comments.gaps;
    gaps.authors += u32::from(author.is_none() && has_author && !is_deleted);
    gaps.dates += u32::from(posted_at.is_none() && entry.find(".tagline time").is_some());
    gaps.scores += u32::from(
        score.is_none() && entry.find(".tagline .score").is_some_and(|score| number_in(score.text()).is_some()),
    );
    let link = entry.find("a.bylink").map_or("", |link| link.get("href"));
    let link = [thing.get("data-permalink"), link].into_iter().find(|link| !link.is_empty()).unwrap_or_default();
    let named = entry.find(".tagline .author");
    let is_named = |class| named.is_some_and(|author| author.has_class(class));
    let subject = part(thing, "parent").find("a.title").filter(|_| is_stream);
    PageComment {
        parent,
        author,
        is_op: is_named("submitter"),
        label: if is_named("admin") {
            "Admin"
        } else if is_named("moderator") {
            "Moderator"
        } else {
            ""
        },
        subject: subject.map(Element::line).unwrap_or_default(),
        url: page_of(link, origin),
        score,
        posted_at,
        body: entry.find(".usertext-body .md").map(|text| replies.body(text, origin)),
        id,
    }
}

/// The part of a thing that has this class, or all of it but what answers it.
fn part<'d>(thing: Element<'d>, class: &str) -> Element<'d> {
    thing.children().find(|child| child.has_class(class)).unwrap_or(thing).without(".thing")
}

/// The id behind `t1_` or `t3_`; a deleted comment has it only in the names of its parts.
fn id(thing: Element<'_>, kind: &str) -> String {
    let named = [thing.get("data-fullname"), thing.get("id").trim_start_matches("thing_")];
    let own = named.into_iter().find_map(|name| name.trim().strip_prefix(kind));
    let in_class = |element: Element<'_>, prefix: &str| {
        let mut classes = element.get("class").split_whitespace();
        classes.find_map(|class| Some(class.strip_prefix(prefix)?.strip_prefix(kind)?.to_owned()))
    };
    let replies = || part(thing, "child").children().find_map(|list| list.id_after("siteTable_")?.strip_prefix(kind));
    let report = || part(thing, "entry").children().find_map(|form| in_class(form, "report-"));
    let id = own.or_else(replies).map(str::to_owned);
    id.or_else(|| in_class(thing, "id-")).or_else(report).unwrap_or_default()
}

fn author(thing: Element<'_>) -> Option<String> {
    let written = || part(thing, "entry").find(".tagline .author").map(Element::line);
    let name = Some(thing.get("data-author").trim().to_owned()).filter(|name| !name.is_empty()).or_else(written)?;
    Some(name).filter(|name| !name.is_empty() && name != "[deleted]")
}

fn time(thing: Element<'_>) -> Option<i64> {
    moment(part(thing, "entry").find(".tagline time")?.get("datetime"))
}

/// The score of a comment's line, or of a post's arrows.
fn score(thing: Element<'_>) -> Option<i32> {
    let entry = part(thing, "entry");
    let score = entry.find(".tagline .score.unvoted").or_else(|| entry.find(".tagline .score"));
    let score = score.or_else(|| part(thing, "midcol").find("> .score.unvoted"))?;
    signed_number_in(score.get("title")).or_else(|| signed_number_in(score.text()))
}
