//! Saved pages of Discourse: the posts that the app drew near the screen, or the view without script.
//!
//! Without script a page has 20 posts, in print more.
//!
//! A page names the post that another answers only in some versions; all others stand at the top level.

use super::address::{number, parse};
use super::post::Post;
use super::topic::{PageHead, Topic};
use super::{INFO, LoadError, errors};
use crate::model::{Entry, Heading, Listing, State, Thread, counted};
use crate::site::html::{Document, Element, Tree};
use crate::site::list::complete_entries;
use crate::site::moment::moment;
use crate::site::page_gaps::{PageGaps, list_of_page, no_discussion};
use crate::site::page_number::number_in;
use crate::site::{Sample, grammar, web};

/// A post, among the parts of the page.
const POST: &str = "article[id^=post_], .crawler-post, [itemprop=comment][id^=post_]";
/// A topic in a list.
const TOPIC: &str = ".topic-list-item";

/// Whether a file is a page of a forum that is no list, be it one without posts.
pub fn looks_like_page(file: &Sample<'_>) -> bool {
    may_be_page(file) && !is_list(file.html())
}

/// Whether a file is a page with a list of topics.
pub fn looks_like_list_page(file: &Sample<'_>) -> bool {
    may_be_page(file) && is_list(file.html())
}

/// Every page says by what it was made, or has the app's marks.
fn may_be_page(file: &Sample<'_>) -> bool {
    let parts = "meta[name=generator][content^=Discourse], #discourse-modal, .crawler-post, .ember-application, \
                 #data-discourse-setup, article[data-post-id]";
    file.is_page_with(&["Discourse ", "crawler-post", "discourse"], parts)
}

fn is_list(page: Document<'_>) -> bool {
    page.find(POST).is_none() && page.find(TOPIC).is_some()
}

/// Reads a saved page of a topic, without the network. Where the app has not drawn any post, what is there for readers
/// without script is read.
///
/// # Errors
/// The page holds no post; the error says what to open.
pub fn read_page(file: &Sample<'_>) -> Result<Thread, LoadError> {
    let page = file.html();
    if page.find(POST).is_some() {
        return Ok(thread(page, page));
    }
    let scriptless = page
        .all("noscript")
        .find(|own| ["post_", "crawler-post"].iter().any(|mark| own.inner().contains(mark)))
        .map(Element::inner)
        .unwrap_or_default();
    let tree = Tree::read(scriptless);
    let inner = Document::new(scriptless, &tree);
    if inner.find(POST).is_some() {
        return Ok(thread(page, inner));
    }
    let target = page.address();
    let target = parse(&target, None).map_or_else(|| "discourse:HOST/123".to_owned(), |address| address.url);
    Err(no_discussion("a page of a Discourse forum without posts", format!("open the topic itself, as {target}")))
}

/// Reads a saved page with a list of topics.
///
/// # Errors
/// The page does not say of which forum it is.
pub fn read_list_page(file: &Sample<'_>) -> Result<Listing, LoadError> {
    let page = file.html();
    let origin = origin(page).ok_or_else(errors::no_forum)?;
    let topics = page.all(TOPIC).map(|topic| entry(topic, &origin));
    let (entries, lost) = complete_entries(topics, "Topics");
    let heading =
        Heading { url: page.address(), ..INFO.heading(&format!("saved topics of {}", grammar::host(&origin))) };
    Ok(list_of_page(page, heading, entries, lost))
}

/// The forum, by the page's own address.
fn origin(page: Document<'_>) -> Option<String> {
    grammar::origin_of(&page.address())
}

fn entry(topic: Element<'_>, origin: &str) -> Option<Entry> {
    let title = topic.find("a.title, a.raw-topic-link, .link-top-line a, .main-link a")?;
    let address = parse(&web::resolved(origin, title.get("href")), None)?;
    let posts =
        topic.find(".posts-map .number, .num.posts, td.posts, .posts").and_then(|posts| number_in(posts.text()));
    // A list of the app counts replies, one for search engines replies too.
    Some(Entry {
        site: INFO.name.to_owned(),
        id: format!("{}/{}", grammar::host(origin), address.topic),
        title: title.line(),
        url: address.url,
        author: topic
            .find(".posters a[data-user-card]")
            .map(|user| user.get("data-user-card").to_owned())
            .unwrap_or_default(),
        comments: posts,
        place: topic.find(".badge-category__name, .category-name").map(Element::line).unwrap_or_default(),
        ..Entry::default()
    })
    .filter(|entry| !entry.title.is_empty())
}

/// The thread; the posts stand in `inner`, and all else on the page.
fn thread(page: Document<'_>, inner: Document<'_>) -> Thread {
    let origin = origin(page).unwrap_or_default();
    let address = parse(&page.address(), None);
    let title =
        [page, inner].into_iter().find_map(|page| page.find("#topic-title h1, h1 .fancy-title, h1[data-topic-id], h1"));
    let in_title =
        title.and_then(|title| title.find("a[href*=\"/t/\"]")).map(|link| web::resolved(&origin, link.get("href")));
    let address = address.or_else(|| parse(&in_title?, None));
    let slug = address
        .as_ref()
        .and_then(|address| address.url.rsplit('/').nth(1).filter(|slug| *slug != "t"))
        .map(str::to_owned);
    let mut gaps = PageGaps::of(page, None);
    let mut nameless = 0_u32;
    let mut posts: Vec<(i64, Post)> = Vec::new();
    for post in inner.outermost(POST) {
        match place(post) {
            Some(place) => posts.push((place, read(post, &origin, &mut gaps))),
            None => nameless += 1,
        }
    }
    let head = PageHead {
        id: address.and_then(|address| i64::try_from(address.topic).ok()),
        slug,
        title: title
            .and_then(|title| title.find("a").or(Some(title)))
            .map(Element::line)
            .filter(|title| !title.is_empty()),
        posts_count: stated(page).or_else(|| stated(inner)),
    };
    let mut topic = Topic::from_page(origin, head, posts);
    if [page, inner].into_iter().any(|page| page.find("[rel=next]").is_some()) {
        topic.note("The topic goes on on another page".to_owned());
    }
    if nameless > 0 {
        topic.note(format!("Left out for want of a number: {}", counted(nameless, "post")));
    }
    gaps.notes().into_iter().for_each(|note| topic.note(note));
    topic.thread(true)
}

/// The number of posts that a page states, in the app's progress or timeline.
fn stated(page: Document<'_>) -> Option<u32> {
    let progress = page.find("#topic-progress .nums, .timeline-replies").map(Element::line).unwrap_or_default();
    let progress = progress.rsplit_once('/').and_then(|(_, total)| number_in(total));
    let json = || {
        page.find("script[type=\"application/ld+json\"]")
            .and_then(|script| number_in(script.inner().split_once("\"commentCount\"")?.1))
    };
    progress.or_else(|| json().map(|comments| comments + 1))
}

/// The number of a post in its topic: that of its id, or the `#2` that pages without script had before 2021.
fn place(post: Element<'_>) -> Option<i64> {
    let shown = || post.find("span[itemprop=position]").and_then(|place| number_in(place.text())).map(u64::from);
    post.id_after("post_").and_then(number).or_else(shown).and_then(|number| i64::try_from(number).ok())
}

fn read(post: Element<'_>, origin: &str, gaps: &mut PageGaps) -> Post {
    // The app shows the replies to a post in it, where a reader asks for them.
    let post = post.without(".embedded-posts");
    let author = author(post);
    let posted_at = time(post);
    let body = post.find(".cooked, [itemprop=text], .post");
    gaps.authors += u32::from(author.is_none());
    gaps.dates += u32::from(posted_at.is_none() && post.find("time, [data-time]").is_some());
    let is_hidden = post.has_class("post-hidden") || post.find(".post-hidden").is_some();
    let state = match body {
        None => State::Missing,
        Some(_) if is_hidden => State::Dead,
        Some(_) if post.has_class("deleted") || post.parent().is_some_and(|around| around.has_class("deleted")) => {
            State::Deleted
        }
        Some(_) => State::Live,
    };
    Post {
        id: post.get("data-post-id").trim().parse().ok(),
        reply_to: reply_to(post),
        author,
        posted_at,
        likes: likes(post),
        state,
        is_notice: post.find(".small-action").is_some() || post.has_class("small-action"),
        body: body.map(|body| body.body(origin)).unwrap_or_default(),
    }
}

fn author(post: Element<'_>) -> Option<String> {
    let card = post.find(".names [data-user-card], .topic-meta-data [data-user-card], .topic-avatar [data-user-card]");
    let card = card.map(|card| card.get("data-user-card").trim().to_owned()).filter(|name| !name.is_empty());
    // What stands around a name may have a second one.
    let named = || ["[itemprop=name]", ".names .username, .creator"].into_iter().find_map(|name| post.find(name));
    let named = || named().map(Element::line);
    card.or_else(named).filter(|name| !name.is_empty())
}

fn time(post: Element<'_>) -> Option<i64> {
    let milliseconds: Option<i64> = post.find("[data-time]").and_then(|time| time.get("data-time").trim().parse().ok());
    // What was edited has two dates.
    let published = || post.find("[itemprop=datePublished]").map(|date| [date.get("datetime"), date.get("content")]);
    let stated = || published()?.into_iter().find_map(moment);
    let shown = || moment(post.find("time[datetime]")?.get("datetime"));
    milliseconds.map(|time| time.div_euclid(1000)).or_else(stated).or_else(shown)
}

/// The post that another answers, where the link to it names its number.
fn reply_to(post: Element<'_>) -> Option<i64> {
    let link = post.find(".reply-to-tab[href]")?.get("href");
    let number = link.rsplit_once('/').and_then(|(_, number)| number.parse().ok());
    number.filter(|_| link.contains("/t/"))
}

/// The likes; a page that counts some shows nothing where there are none.
fn likes(post: Element<'_>) -> Option<i32> {
    let likes = post.find("[itemprop=userInteractionCount]").map(|count| count.get("content"));
    let shown = || post.find(".post-likes, .like-count, .reactions-counter").map(Element::text);
    let count = likes.or_else(shown).map_or(0, |likes| number_in(likes).unwrap_or_default());
    i32::try_from(count).ok()
}
