//! The rows of comments on an item's page.

use super::{author, item_in, time};
use crate::markup;
use crate::site::hackernews::post::{Body, Kind, Order, Post, made_up};
use crate::site::html::{Document, Element};
use crate::site::page_gaps::PageGaps;

/// The width of the indentation of one level, in pixels.
const LEVEL: u32 = 40;

/// The comments in rows that follow each other, in the order of the page.
#[derive(Default)]
pub(super) struct Comments {
    pub(super) posts: Vec<Post<'static>>,
    pub(super) gaps: PageGaps,
    /// The places among the posts of the comments above the next row, by depth.
    above: Vec<usize>,
}

impl Comments {
    /// None so far, of a page.
    pub(super) fn of(page: Document<'_>) -> Self {
        Self { gaps: PageGaps::of(page, None), ..Self::default() }
    }

    /// Takes the cell of a comment; one that is not below another answers `top`.
    pub(super) fn take(&mut self, cell: Element<'_>, top: Option<u64>) {
        let depth = depth(cell).unwrap_or_else(|| {
            self.gaps.places += 1;
            0
        });
        self.above.truncate(depth as usize);
        let place = self.posts.len();
        let mut post = self.post(cell);
        post.parent = match self.above.last() {
            Some(&above) => {
                let above = &mut self.posts[above];
                above.kids.push(post.id);
                Some(above.id)
            }
            None => top,
        };
        self.posts.push(post);
        self.above.push(place);
    }

    /// Reads a comment's cell, but not its place.
    pub(super) fn post(&mut self, cell: Element<'_>) -> Post<'static> {
        let head = cell.find(".comhead").unwrap_or(cell);
        let signs = head.own_line();
        let text = Source::of(cell);
        let author = author(head);
        let is_gone = author.is_none() && (text.is_sign("[deleted]") || signs.contains("[deleted]"));
        let id = id(cell, head).unwrap_or_else(|| {
            self.gaps.ids += u32::from(!is_gone);
            made_up(self.posts.len())
        });
        let posted_at = time(head);
        self.gaps.authors += u32::from(author.is_none() && !is_gone);
        self.gaps.ages += u32::from(posted_at.is_none() && !is_gone);
        Post {
            id,
            kind: Kind::Comment,
            author,
            posted_at,
            body: (!is_gone).then(|| Body::Read(markup::html(text.html))),
            kids_order: Order::Ranked,
            deleted: is_gone,
            dead: signs.contains("[dead]") || signs.contains("[flagged]"),
            faded: text.is_faded,
            ..Post::default()
        }
    }
}

/// Whether a cell is one of a list of comments, be it that it is at its top level.
pub(super) fn is_row(cell: Element<'_>) -> bool {
    depth(cell).is_some()
}

/// The depth of a row: `indent="2"`, or the width of the picture in front.
fn depth(cell: Element<'_>) -> Option<u32> {
    let row = cell.parent()?;
    let indent = row.find("td.ind[indent]").and_then(|own| own.get("indent").trim().parse().ok());
    let width = || row.find("img[width]").and_then(|image| image.get("width").trim().parse::<u32>().ok());
    indent.or_else(|| width().map(|width| width / LEVEL))
}

/// The number of a comment: that of its row, of its time, of its arrow, of its link to itself.
fn id(cell: Element<'_>, head: Element<'_>) -> Option<u64> {
    let row =
        cell.ancestors().find(|around| around.has_class("athing")).and_then(|row| row.get("id").trim().parse().ok());
    let time = || head.find(".age a").and_then(|link| item_in(link.get("href")));
    let arrow = || cell.parent()?.find("[id^=up_]")?.id_after("up_")?.parse().ok();
    let own = || head.all("a").filter(|link| link.line() == "link").find_map(|link| item_in(link.get("href")));
    let any = || head.all("a").find_map(|link| item_in(link.get("href")));
    row.or_else(time).or_else(arrow).or_else(own).or_else(any)
}

/// The source of a comment's text.
struct Source<'d> {
    html: &'d str,
    /// Whether the page shows it paler than others.
    is_faded: bool,
}

impl<'d> Source<'d> {
    fn of(cell: Element<'d>) -> Self {
        let text = cell.find(".commtext").or_else(|| cell.find(".comment"));
        let Some(text) = text else { return Self { html: "", is_faded: false } };
        let tail = text.all("div.reply, font[size=1]").find(|tail| is_tail(*tail));
        // A paragraph that is nothing but the tail ends with it.
        let tail = tail.map(|tail| tail.parent().filter(|around| around.name() == "p").unwrap_or(tail));
        let html = tail.map_or_else(|| text.inner(), |tail| text.inner_before(tail));
        let classes = || text.all("span, div").chain([text]).flat_map(|own| own.get("class").split_ascii_whitespace());
        let is_pale = |class: &str| class != "c00" && class.strip_prefix('c').is_some_and(is_shade);
        let colour = text.find("font[color]").map_or("", |font| font.get("color")).trim_start_matches('#');
        let is_faded =
            classes().any(is_pale) || !colour.is_empty() && !matches!(colour, "000000" | "000" | "black" | "f6f6ef");
        Self { html, is_faded }
    }

    /// Whether all that is written is this sign.
    fn is_sign(&self, sign: &str) -> bool {
        markup::html_line(self.html) == sign
    }
}

/// Whether these are the two digits of a shade of grey.
fn is_shade(digits: &str) -> bool {
    digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whether an element is the link to answer, or what old pages have in its place.
fn is_tail(element: Element<'_>) -> bool {
    element.has_class("reply") || matches!(element.line().as_str(), "" | "reply" | "-----")
}
