//! A page with a list of stories.

use super::{author, item_in, link, time};
use crate::markup;
use crate::model::Listing;
use crate::site::hackernews::INFO;
use crate::site::hackernews::entry::Entries;
use crate::site::hackernews::page::item::count;
use crate::site::hackernews::post::{Kind, Post};
use crate::site::html::{Document, Element};
use crate::site::page_gaps::page_notes;
use crate::site::page_number::number_in;

/// Reads the page: each story is a row with its title, and one with its points.
pub(super) fn read(page: Document<'_>) -> Listing {
    let mut posts = Vec::new();
    let mut title = None;
    let (mut without_number, mut without_title) = (0_u32, 0_u32);
    for cell in page.all("td.title, td.subtext") {
        if cell.has_class("title") {
            title = cell.find(".titleline > a, > a, a").filter(|link| !link.line().is_empty()).or(title);
        } else if let Some(title) = title.take() {
            match story(title, cell) {
                Some(post) => posts.push(post),
                None => without_number += 1,
            }
        } else {
            without_title += 1;
        }
    }
    let mut entries = Entries::of(posts.iter());
    if without_number > 0 {
        entries.notes.push(format!("Left out for want of a number: {without_number}"));
    }
    if without_title > 0 {
        entries.notes.push(format!("Left out for want of a title: {without_title}"));
    }
    entries.notes.extend(page_notes(page));
    entries.listing(INFO.heading(&name(page)), None)
}

fn story(title: Element<'_>, subtext: Element<'_>) -> Option<Post<'static>> {
    let row =
        title.ancestors().find(|around| around.has_class("athing")).and_then(|row| row.get("id").trim().parse().ok());
    let score = subtext.find(".score, [id^=score_]");
    let marked = || score?.id_after("score_")?.parse().ok();
    let linked = || subtext.all("a").chain([title]).find_map(|link| item_in(link.get("href")));
    Some(Post {
        id: row.or_else(marked).or_else(linked)?,
        kind: Kind::Story,
        title: title.line(),
        link: link(title),
        author: author(subtext),
        posted_at: time(subtext),
        score: score.and_then(|score| number_in(score.text())).map(i64::from),
        descendants: subtext.all("a").find_map(|link| count(&link.line())),
        ..Post::default()
    })
}

/// The name of the list in the page's title: `New Links | Hacker News`.
fn name(page: Document<'_>) -> String {
    let title = page.find("title").map(Element::line).unwrap_or_default();
    let own = title.strip_suffix("Hacker News").map(|own| own.trim_end_matches([' ', '|'])).unwrap_or_default();
    if own.is_empty() { "a saved page".to_owned() } else { markup::clean_line(own) }
}
