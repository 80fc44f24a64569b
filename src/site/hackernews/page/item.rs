//! The page of an item: a story, a poll or a job, or one comment, with what answers it.

use super::comments::{Comments, is_row};
use super::{author, item_in, link, time};
use crate::markup;
use crate::model::Thread;
use crate::site::hackernews::discussion::Discussion;
use crate::site::hackernews::post::{Kind, Order, Post, made_up};
use crate::site::html::{Document, Element};
use crate::site::page_number::number_in;

/// Reads the page; `None` where it holds neither a story nor a comment.
pub(super) fn read(page: Document<'_>) -> Option<Thread> {
    let subtext = page.find("td.subtext");
    let mut cells = page.outermost("td.default").peekable();
    let is_part =
        subtext.is_none() && page.find("table.fatitem").is_none() && cells.peek().is_some_and(|cell| is_row(*cell));
    let mut comments = Comments::of(page);
    let (mut head, frame, others) = if let Some(subtext) = subtext {
        let frame = table(subtext)?;
        let head = story(frame, subtext, page);
        let choices = choices(frame, head.id);
        (head, frame, choices)
    } else if is_part {
        (unknown(page), *cells.peek()?, Vec::new())
    } else {
        let cell = cells.next()?;
        (comments.post(cell), cell, Vec::new())
    };
    for cell in cells.filter(|cell| !frame.holds(*cell)) {
        comments.take(cell, Some(head.id));
    }
    head.kids = comments.posts.iter().filter(|post| post.parent == Some(head.id)).map(|post| post.id).collect();
    // A later page of a discussion begins with comments of any rank.
    head.kids_order = if is_first(page) && !is_part { Order::Ranked } else { Order::Other };
    let (id, stated) = (head.id, head.descendants);
    let mut discussion = Discussion::default();
    [head].into_iter().chain(others).chain(comments.posts).for_each(|post| discussion.take(post));
    (comments.gaps.comments, comments.gaps.stated) = (discussion.live(), stated);
    let mut notes = comments.gaps.notes();
    notes.extend(more(page));
    notes.extend(
        is_part.then(|| "The story is not on the page, which is a later one or has comments of several".to_owned()),
    );
    Some(discussion.thread(id, notes))
}

/// The story of a page without one: the browser's title is all that is known.
fn unknown(page: Document<'_>) -> Post<'static> {
    let title = page.title();
    let title = title.strip_suffix("Hacker News").map_or(title.as_str(), |title| title.trim_end_matches([' ', '|']));
    Post { id: made_up(u32::MAX as usize), kind: Kind::Story, title: title.to_owned(), ..Post::default() }
}

/// The table around an element.
fn table(element: Element<'_>) -> Option<Element<'_>> {
    element.ancestors().find(|around| around.name() == "table")
}

fn story(frame: Element<'_>, subtext: Element<'_>, page: Document<'_>) -> Post<'static> {
    let title = frame.find(".titleline > a, td.title > a, td.title a");
    let score = subtext.find(".score, [id^=score_]").and_then(|score| number_in(score.text()));
    let links = || subtext.all("a").filter(|link| item_in(link.get("href")).is_some());
    Post {
        id: id(frame, page).or_else(|| links().find_map(|link| item_in(link.get("href")))).unwrap_or_default(),
        kind: Kind::Story,
        title: title.map(Element::line).unwrap_or_default(),
        link: title.map(link).unwrap_or_default(),
        author: author(subtext),
        posted_at: time(subtext),
        score: score.map(i64::from),
        descendants: subtext.all("a").find_map(|link| count(&link.line())),
        html: text(frame, subtext).to_owned(),
        dead: title.is_none() && frame.text().contains("[dead]"),
        ..Post::default()
    }
}

/// The number of an item: of its row, of its arrow, or of the page's own address.
fn id(frame: Element<'_>, page: Document<'_>) -> Option<u64> {
    let row = frame.find(".athing[id]").and_then(|row| row.get("id").trim().parse().ok());
    let marked = |prefix: &str| frame.find(&format!("[id^={prefix}]"))?.id_after(prefix)?.parse().ok();
    row.or_else(|| marked("up_")).or_else(|| marked("score_")).or_else(|| page.saved_from().and_then(item_in))
}

/// The number in `427 comments`.
pub(super) fn count(words: &str) -> Option<u32> {
    let number = words.strip_suffix("comments").or_else(|| words.strip_suffix("comment"))?;
    number_in(number)
}

/// The text of a story: under its own name, or, before that had one, in a row of its own behind that of its points.
fn text<'d>(frame: Element<'d>, subtext: Element<'d>) -> &'d str {
    if let Some(text) = frame.find(".toptext") {
        return text.inner();
    }
    let rows = subtext.ancestors().find(|around| around.name() == "tr");
    let rows = std::iter::successors(rows.and_then(Element::next), |row| row.next());
    let cells = rows
        .filter(|row| row.find("form, input, textarea, td.comment, td.default").is_none())
        .flat_map(|row| row.all("> td"));
    cells.filter(|cell| !cell.line().is_empty()).map(Element::inner).next().unwrap_or_default()
}

/// The choices of a poll, with their points in the row below.
fn choices(frame: Element<'_>, poll: u64) -> Vec<Post<'static>> {
    let mut scores = frame.all("td.default .score").map(|score| number_in(score.text()));
    let choice = |(place, cell): (usize, Element<'_>)| Post {
        id: cell.parent().and_then(|row| row.get("id").trim().parse().ok()).unwrap_or_else(|| made_up(place)),
        kind: Kind::Choice,
        parent: Some(poll),
        html: markup::html_line(cell.inner()),
        score: scores.next().flatten().map(i64::from),
        ..Post::default()
    };
    frame.all("td.comment").enumerate().map(choice).collect()
}

/// Whether the page is the first of its discussion.
fn is_first(page: Document<'_>) -> bool {
    !page.saved_from().is_some_and(|address| address.contains("&p="))
}

fn more(page: Document<'_>) -> Option<String> {
    let is_more = |link: &Element<'_>| link.line() == "More" && link.get("href").contains("item?id=");
    page.all("a.morelink, td.title a").find(is_more)?;
    Some("The discussion goes on on another page of the site".to_owned())
}
