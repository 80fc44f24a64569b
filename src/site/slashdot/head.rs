//! The head of a story page: title, editor, time, department, link, text, counts, notices.

use std::ops::Range;

use url::Url;

use super::time::{self, Stamp};
use crate::markup;
use crate::model::Text;
use crate::site::markup_scan::{Regions, Sink, Tag};

/// The head of a story, all of it clean.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Head {
    /// The title.
    pub(super) title: String,
    /// The story's addresses as the page gives them, the best first: canonical, `og:url`, the title's link.
    pub(super) addresses: Vec<String>,
    /// The editor.
    pub(super) author: String,
    /// The time of publication.
    pub(super) stamp: Option<Stamp>,
    /// The "from the … dept.".
    pub(super) department: String,
    /// The article that the story is about.
    pub(super) link: String,
    /// The story's own text.
    pub(super) text: Text,
    /// The number of comments, as the page states it.
    pub(super) stated: Option<u32>,
    /// Whether the discussion takes no more comments.
    pub(super) archived: bool,
    /// The word at the foot of the page.
    pub(super) fortune: String,
    /// Whether the page has an article that is a story.
    pub(super) has_story: bool,
}

/// Collects the head out of the tags of a page.
#[derive(Clone, Default, PartialEq)]
pub(super) struct HeadSink<'a> {
    source: &'a str,
    regions: Regions<Part>,
    /// The number under which the page's markup keeps the story; it is not the story's id.
    story: Option<u64>,
    canonical: String,
    og_url: String,
    og_title: String,
    title_link: String,
    document_title: String,
    story_title: String,
    heading: String,
    byline: String,
    source_link: String,
    first_link: String,
    time: String,
    text: Option<&'a str>,
    bubble: String,
    total: String,
    box_text: String,
    fortune: String,
}

/// A part of the page's head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    DocumentTitle,
    Heading,
    StoryTitle,
    TitleLink,
    Ignored,
    Byline,
    Text(usize),
    Bubble,
    Total,
    Box,
    FortuneSection,
    Fortune,
}

impl<'a> HeadSink<'a> {
    /// A collector for `source`, which must be what is then scanned.
    pub(super) fn new(source: &'a str) -> Self {
        Self { source, ..Self::default() }
    }

    /// Whether no part of the head is open.
    pub(super) fn is_between_parts(&self) -> bool {
        self.regions.inner().is_none()
    }

    /// Whether another collector for the same page has found the same.
    pub(super) fn has_found(&self, other: &Self) -> bool {
        let found = |sink: &Self| Self { source: "", ..sink.clone() };
        found(self) == found(other)
    }

    /// Ends the page, and gives its head.
    pub(super) fn finish(mut self) -> Head {
        for part in self.regions.leave_all() {
            self.end_part(part, self.source.len());
        }
        let byline = markup::clean_line(&self.byline);
        let titles = [&self.story_title, &self.heading, &self.og_title, &self.document_title];
        let addresses = [self.canonical, self.og_url, self.title_link];
        Head {
            title: titles.into_iter().map(|title| site_less(title)).find(|title| !title.is_empty()).unwrap_or_default(),
            addresses: addresses.into_iter().filter(|address| !address.is_empty()).collect(),
            author: editor(&byline),
            stamp: Stamp::find(&byline).or_else(|| Stamp::find(&self.time)),
            department: department(&byline),
            link: external(&self.source_link).or_else(|| external(&self.first_link)).unwrap_or_default(),
            text: self.text.map(markup::html).unwrap_or_default(),
            stated: count(&self.total).or_else(|| count(&self.bubble)),
            archived: self.box_text.contains("has been archived"),
            fortune: markup::clean_line(&self.fortune),
            has_story: self.story.is_some(),
        }
    }

    fn end_part(&mut self, part: Part, at: usize) {
        if let Part::Text(start) = part {
            self.text = self.text.or(self.source.get(start..at));
        }
    }

    /// Takes what stands in the attributes of a tag that opens no part.
    fn note(&mut self, tag: &Tag) {
        let first = |place: &mut String, value: &str| {
            if place.is_empty() {
                value.clone_into(place);
            }
        };
        match (tag.name.as_str(), tag.get("property")) {
            ("article", _) if tag.get("data-fhtype") == "story" => {
                self.story = self.story.or_else(|| tag.get("data-fhid").parse().ok());
            }
            ("link", _) if tag.get("rel") == "canonical" => first(&mut self.canonical, tag.get("href")),
            ("meta", "og:url") => first(&mut self.og_url, tag.get("content")),
            ("meta", "og:title") => first(&mut self.og_title, tag.get("content")),
            ("time", _) if self.is_story(tag, "fhtime-") => first(&mut self.time, tag.get("datetime")),
            ("a", _) if tag.has_class("story-sourcelnk") => first(&mut self.source_link, tag.get("href")),
            ("a", _) if self.in_text() && external(tag.get("href")).is_some() => {
                first(&mut self.first_link, tag.get("href"));
            }
            _ => {}
        }
    }

    /// Whether a tag is of no part that is open, and neither opens one nor says anything: so are most tags of the comments,
    /// whose ids name them.
    fn is_of_no_interest(&self, tag: &Tag) -> bool {
        let is_named =
            matches!(tag.name.as_str(), "div" | "span" | "a" | "p" | "li" | "ul" | "i" | "br" | "blockquote");
        let id = tag.get("id");
        let is_comments = ["comment_", "tree_"].iter().any(|prefix| id.starts_with(prefix));
        let names_part = |class: &str| {
            class == "bq" || ["story", "comment", "totalcomment"].iter().any(|part| class.starts_with(part))
        };
        let is_part = || tag.get("class").split_ascii_whitespace().any(names_part);
        is_named && self.regions.inner().is_none() && (is_comments || id.is_empty() && !is_part())
    }

    fn in_text(&self) -> bool {
        matches!(self.regions.inner(), Some(Part::Text(_)))
    }

    /// Whether a tag's id is `prefix` and the story's number; the first such number is the story's.
    fn is_story(&mut self, tag: &Tag, prefix: &str) -> bool {
        let number = tag.numbered(prefix);
        number.is_some() && *self.story.get_or_insert(number.unwrap_or_default()) == number.unwrap_or_default()
    }

    /// The part that a tag opens.
    fn part(&mut self, tag: &Tag, after: usize) -> Option<Part> {
        let inner = self.regions.inner();
        match tag.name.as_str() {
            "title" if self.document_title.is_empty() => Some(Part::DocumentTitle),
            "h1" | "h2" if tag.has_class("story") && self.heading.is_empty() => Some(Part::Heading),
            "a" if inner == Some(Part::StoryTitle) => self.title_part(tag),
            "span" if self.is_story(tag, "title-") => Some(Part::StoryTitle),
            "span" if tag.has_class("comment-bubble") => {
                self.bubble.is_empty().then_some(Part::Bubble).or(Some(Part::Ignored))
            }
            "span" if tag.has_class("totalcommentcnt") && self.total.is_empty() => Some(Part::Total),
            "span" if self.is_count(tag) => Some(Part::Bubble),
            "div" if self.text.is_none() && self.is_story(tag, "text-") => Some(Part::Text(after)),
            "div" if tag.has_class("commentBox") => Some(Part::Box),
            "section" if tag.has_class("bq") => Some(Part::FortuneSection),
            "p" if inner == Some(Part::FortuneSection) && self.fortune.is_empty() => Some(Part::Fortune),
            _ => self.byline_part(tag),
        }
    }

    fn title_part(&self, tag: &Tag) -> Option<Part> {
        (self.story_title.is_empty() && !tag.has_class("story-sourcelnk")).then_some(Part::TitleLink)
    }

    /// Whether a tag holds the count as pages of 2012 to 2015 have it.
    fn is_count(&self, tag: &Tag) -> bool {
        let Some(story) = self.story.filter(|_| self.bubble.is_empty()) else { return false };
        tag.has_class(&format!("commentcnt-{story}"))
    }

    /// The byline is `.story-byline`; before 2018 it was the whole of the details.
    fn byline_part(&mut self, tag: &Tag) -> Option<Part> {
        if tag.has_class("story-byline") && !self.byline.contains('@') {
            self.byline.clear();
            return Some(Part::Byline);
        }
        (self.byline.is_empty() && self.is_story(tag, "details-")).then_some(Part::Byline)
    }
}

impl Sink for HeadSink<'_> {
    fn open(&mut self, tag: &Tag, at: Range<usize>) {
        if self.is_of_no_interest(tag) {
            self.regions.enter(&tag.name, None);
            return;
        }
        self.note(tag);
        let part = if self.in_text() { None } else { self.part(tag, at.end) };
        if part == Some(Part::TitleLink) && self.title_link.is_empty() {
            tag.get("href").clone_into(&mut self.title_link);
        }
        self.regions.enter(&tag.name, part);
    }

    fn close(&mut self, name: &str, at: Range<usize>) {
        for part in self.regions.leave(name) {
            self.end_part(part, at.start);
        }
    }

    fn text(&mut self, text: &str) {
        let place = match self.regions.inner() {
            Some(Part::DocumentTitle) => &mut self.document_title,
            Some(Part::Heading) => &mut self.heading,
            Some(Part::TitleLink) => &mut self.story_title,
            Some(Part::Byline) => &mut self.byline,
            Some(Part::Bubble) => &mut self.bubble,
            Some(Part::Total) => &mut self.total,
            Some(Part::Box) => &mut self.box_text,
            Some(Part::Fortune) => &mut self.fortune,
            Some(Part::StoryTitle | Part::Ignored | Part::Text(_) | Part::FortuneSection) | None => return,
        };
        place.push_str(text);
    }
}

/// A title without the site's name at its end.
pub(super) fn site_less(title: &str) -> String {
    let title = markup::clean_line(title);
    title.strip_suffix("- Slashdot").map_or(title.as_str(), str::trim_end).to_owned()
}

/// The editor in `Posted by NAME on Wednesday … @07:00PM from the … dept.`
pub(super) fn editor(byline: &str) -> String {
    let Some((_, rest)) = byline.split_once("by ") else { return String::new() };
    let end = rest.match_indices(" on ").find(|&(at, _)| rest.get(at..).is_some_and(day_follows));
    let before_date = end.and_then(|(at, _)| rest.get(..at)).unwrap_or(rest);
    before_date.split(" from the ").next().unwrap_or_default().trim().to_owned()
}

fn day_follows(on: &str) -> bool {
    let days = ["Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun"];
    on.strip_prefix(" on ").is_some_and(|rest| days.iter().any(|day| rest.starts_with(day)))
}

/// The department in the same byline.
pub(super) fn department(byline: &str) -> String {
    let inner = byline.rsplit_once(" dept.").and_then(|(before, _)| before.split_once("from the "));
    inner.map(|(_, department)| department.trim().to_owned()).unwrap_or_default()
}

/// A number of comments: `1,204`.
pub(super) fn count(text: &str) -> Option<u32> {
    text.trim().replace(',', "").parse().ok()
}

/// The address that a link of the page leads to, when it leads away from Slashdot.
pub(super) fn external(href: &str) -> Option<String> {
    let url = Url::parse("https://slashdot.org/").ok()?.join(href).ok()?;
    let host = url.host_str()?;
    let own = host == "slashdot.org" || host.ends_with(".slashdot.org");
    (!own && matches!(url.scheme(), "http" | "https")).then(|| url.to_string())
}

impl Head {
    /// The story's time of publication; without a year in its date, the year that the story's `sid` names.
    pub(super) fn posted_at(&self, sid: &str) -> Option<i64> {
        self.stamp?.resolve(time::day_of_sid(sid))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::markup_scan;

    fn head(source: &str) -> Head {
        let mut sink = HeadSink::new(source);
        markup_scan::scan(source, &mut sink);
        sink.finish()
    }

    #[test]
    fn bylines_of_all_years() {
        for (byline, who, what) in [
            ("Posted by BeauHD on Wednesday September 09, 2026 @07:00PM from the texas dept.", "BeauHD", "texas"),
            (
                "Posted by Two Words on Monday March 24, @07:50PM from the a-from the-b dept.",
                "Two Words",
                "a-from the-b",
            ),
            ("Posted by Ed from the so-so dept.", "Ed", "so-so"),
            ("Posted by Ed on Call", "Ed on Call", ""),
            ("", "", ""),
        ] {
            assert_eq!((editor(byline).as_str(), department(byline).as_str()), (who, what), "{byline}");
        }
    }

    #[test]
    fn the_first_story_of_the_page_counts() {
        let head = head(
            r#"<title>T - Slashdot</title><article data-fhtype=ad data-fhid=1></article>
            <article data-fhtype=story data-fhid=7><h2 class=story><span id=title-7>
            <a href="//slashdot.org/story/1">Own &amp; <i>title</i></a> <a class=story-sourcelnk href="//else.example/a">(e)</a>
            </span><!--<span class=comment-bubble>1</span>--><span class="comments commentcnt-7">1,204</span></h2>
            <div class=details id=details-7>Posted by <a href=x>Ed</a> on Monday March 04, 2013 @09:37AM
            from the <span class=dept-text>quiet</span> dept.</div>
            <div id=text-7>One <a href="//ask.slashdot.org/x">in</a> <a href=https://out.example/>out</a></div></article>
            <article data-fhtype=story data-fhid=8><span id=title-8><a>Other</a></span><div id=text-8>Other</div></article>
            <div class=commentBox>This discussion has been archived.</div>
            <section class=bq><blockquote><p>Line one
            -- Somebody</p><p>no</p></blockquote></section>"#,
        );
        assert_eq!(
            (head.title.as_str(), head.author.as_str(), head.department.as_str()),
            ("Own & title", "Ed", "quiet")
        );
        assert_eq!((head.link.as_str(), head.stated, head.archived), ("https://else.example/a", Some(1204), true));
        assert_eq!(head.fortune, "Line one -- Somebody");
        assert_eq!(head.posted_at(""), Some(1_362_407_820));
        assert!(head.text.plain.starts_with("One") && !head.text.plain.contains("Other"));
    }
}
