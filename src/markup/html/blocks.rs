//! Tags → blocks: tags that divide, nest, list, format or hide, and the tags that close them.

mod covers;
mod media;

use self::covers::is_spoiler;
use super::address;
use super::embed::Onebox;
use super::lines::{Format, Lines};
use crate::markup::tokens::Tag;
use crate::markup::writer::{Block, Gap, MAX_DEPTH, Writer};
use crate::model::{CELLS, Text};

/// Tags that format the text in them; each is closed by its own end tag, wherever that is.
const FORMATS: [(&str, Format); 20] = [
    ("i", Format::Emphasis),
    ("em", Format::Emphasis),
    ("cite", Format::Emphasis),
    ("dfn", Format::Emphasis),
    ("var", Format::Emphasis),
    ("u", Format::Emphasis),
    ("ins", Format::Emphasis),
    ("b", Format::Strong),
    ("strong", Format::Strong),
    ("mark", Format::Strong),
    ("h1", Format::Strong),
    ("h2", Format::Strong),
    ("h3", Format::Strong),
    ("h4", Format::Strong),
    ("h5", Format::Strong),
    ("h6", Format::Strong),
    ("code", Format::Literal),
    ("tt", Format::Literal),
    ("kbd", Format::Literal),
    ("samp", Format::Literal),
];

/// Tags that only divide paragraphs.
const PARAGRAPHS: [&str; 24] = [
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "address",
    "article",
    "aside",
    "caption",
    "center",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "header",
    "legend",
    "main",
    "nav",
    "section",
    "summary",
    "table",
];

/// Elements whose content is for programs.
const HIDDEN: [&str; 7] = ["script", "style", "iframe", "noscript", "template", "noembed", "noframes"];

/// The mark around struck-out words in the plain text.
const STRUCK: &str = "~~";
/// The line that stands for a rule in the plain text.
const RULE: &str = "---";
/// The largest number of a list item; Markdown allows nine digits.
const MAX_NUMBER: u32 = 999_999_999;

/// Whether the tag divides the text before and behind it.
pub(super) fn divides(name: &str) -> bool {
    is_container(name)
        || is_code(name)
        || PARAGRAPHS.contains(&name)
        || matches!(name, "br" | "hr" | "tr" | "td" | "th")
}

fn is_container(name: &str) -> bool {
    is_list(name) || is_item(name) || matches!(name, "blockquote" | "div" | "details")
}

fn is_list(name: &str) -> bool {
    matches!(name, "ul" | "ol" | "dl" | "menu" | "dir")
}

fn is_item(name: &str) -> bool {
    matches!(name, "li" | "dd" | "dt")
}

fn is_code(name: &str) -> bool {
    matches!(name, "pre" | "ecode" | "listing")
}

/// An open element that has other blocks in it.
struct Element {
    name: String,
    /// Whether it is a quote or an item, not only a division.
    writes: bool,
    /// The next number of an ordered list.
    number: Option<u32>,
    /// Whether what is in it is covered.
    covers: bool,
}

/// The open elements, over the lines that they divide.
pub(super) struct Blocks<'t> {
    lines: Lines<'t>,
    /// The origin of addresses without a host.
    origin: &'t str,
    elements: Vec<Element>,
    /// Elements that were opened but are not tracked: too deep, or in code.
    untracked: u32,
    /// The number of open tags of each format.
    formats: [u32; FORMATS.len()],
    struck: u32,
    /// The hidden element we are in, and how many of its name are open.
    hidden: Option<(&'static str, u32)>,
    /// For every open `span`, whether it covers its words.
    spans: Vec<bool>,
    /// The starts of raised words.
    raised: Vec<Option<u32>>,
    /// What stands for a picture in a link, unless that has words of its own.
    picture: Option<String>,
    /// A film or a sound whose address is still to come.
    media: Option<&'static str>,
    onebox: Option<Onebox>,
    /// Whether an image that can be enlarged has been there: what stands below it is about that.
    has_lightbox: bool,
    /// The address of the link that ended right before.
    linked: Option<String>,
    /// Whether the next cell is the first of its row.
    is_first_cell: bool,
}

impl<'t> Blocks<'t> {
    pub(super) fn new(text: &'t mut Text, origin: &'t str) -> Self {
        Self {
            lines: Lines::new(Writer::new(text)),
            origin,
            elements: Vec::new(),
            untracked: 0,
            formats: [0; FORMATS.len()],
            struck: 0,
            hidden: None,
            spans: Vec::new(),
            raised: Vec::new(),
            picture: None,
            media: None,
            onebox: None,
            has_lightbox: false,
            linked: None,
            is_first_cell: true,
        }
    }

    pub(super) fn finish(mut self) {
        self.end_link();
        self.lines.finish();
    }

    pub(super) fn text(&mut self, run: &str) {
        if self.hidden.is_none() {
            let linked = self.linked.take();
            let rest = linked.and_then(|address| without_domain(run, &address));
            self.lines.text(rest.unwrap_or(run));
        }
    }

    pub(super) fn start(&mut self, tag: &Tag) {
        let name = tag.name.as_str();
        if let Some((hidden, open)) = &mut self.hidden {
            *open += u32::from(name == *hidden);
            return;
        }
        self.linked = None;
        if self.replace(tag) {
            return;
        }
        self.hidden = HIDDEN.into_iter().find(|hidden| name == *hidden).map(|hidden| (hidden, 1));
        self.start_inline(tag);
        if self.lines.is_code() {
            self.start_in_code(name);
        } else {
            self.start_block(tag);
        }
    }

    pub(super) fn end(&mut self, name: &str) {
        if let Some((hidden, open)) = &mut self.hidden {
            *open -= u32::from(name == *hidden);
            if *open == 0 {
                self.hidden = None;
            }
            return;
        }
        self.end_inline(name);
        if is_code(name) {
            self.lines.close_code();
        } else if is_container(name) {
            self.end_container(name);
        } else if PARAGRAPHS.contains(&name) {
            self.end_paragraph();
        }
    }

    fn start_inline(&mut self, tag: &Tag) {
        let name = tag.name.as_str();
        match name {
            "a" => self.start_link(tag),
            "br" => self.lines.hard_break(),
            "img" => self.image(tag),
            "sup" => self.start_raised(tag),
            "span" => self.start_span(tag),
            "summary" => self.lines.open_format(Format::Strong),
            "input" if tag.get("type").eq_ignore_ascii_case("checkbox") => self.checkbox(tag.has("checked")),
            "del" | "s" | "strike" => {
                self.struck += 1;
                self.lines.text(STRUCK);
            }
            _ => {}
        }
        if let Some(index) = FORMATS.iter().position(|(format, _)| *format == name) {
            self.formats[index] += 1;
            self.lines.open_format(FORMATS[index].1);
        }
    }

    fn end_inline(&mut self, name: &str) {
        match name {
            "a" => self.end_link(),
            "sup" => self.end_raised(),
            "span" => self.end_span(),
            "aside" => self.end_onebox(),
            "summary" => self.end_summary(),
            "video" | "audio" => self.media = None,
            "br" => self.lines.hard_break(),
            "del" | "s" | "strike" if self.struck > 0 => {
                self.struck -= 1;
                self.lines.append(STRUCK);
            }
            _ => {}
        }
        if let Some(index) = FORMATS.iter().position(|(format, _)| *format == name)
            && self.formats[index] > 0
        {
            self.formats[index] -= 1;
            self.lines.close_format(FORMATS[index].1);
        }
    }

    fn start_in_code(&mut self, name: &str) {
        if is_container(name) {
            self.untracked += 1;
        }
        if is_container(name) || PARAGRAPHS.contains(&name) {
            self.lines.hard_break();
        }
    }

    fn start_block(&mut self, tag: &Tag) {
        match tag.name.as_str() {
            "blockquote" => self.start_container(tag, Gap::Paragraph, Some(Block::Quote)),
            // Slashdot's quotes.
            "div" if tag.has_class("quote") => self.start_container(tag, Gap::Paragraph, Some(Block::Quote)),
            "div" if is_spoiler(tag) => self.start_spoiler(tag),
            "div" | "details" => self.start_container(tag, Gap::Paragraph, None),
            "li" | "dd" | "dt" => self.start_item(tag),
            "hr" => self.rule(),
            "tr" => {
                self.lines.divide(Gap::Line);
                self.is_first_cell = true;
            }
            "td" | "th" => self.start_cell(),
            name if is_list(name) => self.start_container(tag, self.list_gap(), None),
            name if is_code(name) => self.lines.open_code(),
            name if PARAGRAPHS.contains(&name) => self.lines.divide(Gap::Paragraph),
            _ => {}
        }
    }

    fn start_container(&mut self, tag: &Tag, gap: Gap, block: Option<Block>) {
        self.lines.divide(gap);
        if self.elements.len() >= MAX_DEPTH {
            self.untracked += 1;
            return;
        }
        if let Some(block) = block {
            self.lines.open(block);
        }
        let number = (tag.name == "ol").then(|| tag.get("start").trim().parse().unwrap_or(1));
        self.elements.push(Element { name: tag.name.clone(), writes: block.is_some(), number, covers: false });
    }

    /// An item ends the item before it, unless that is of an outer list.
    fn start_item(&mut self, tag: &Tag) {
        self.lines.divide(Gap::Line);
        let inner = self.elements.iter().rposition(|element| is_list(&element.name) || element.name == "blockquote");
        let own = inner.map_or(0, |list| list + 1);
        let siblings = self.elements.get(own..).unwrap_or_default();
        if let Some(sibling) = siblings.iter().position(|element| is_item(&element.name)) {
            self.close_to(own + sibling);
        }
        let block = match (tag.name.as_str(), inner.and_then(|list| self.elements.get_mut(list)?.number.as_mut())) {
            ("dt", _) => None,
            (_, None) => Some(Block::Bullet),
            (_, Some(number)) => {
                let block = Block::Numbered((*number).min(MAX_NUMBER));
                *number = number.saturating_add(1);
                Some(block)
            }
        };
        self.start_container(tag, Gap::Line, block);
    }

    fn end_container(&mut self, name: &str) {
        if self.untracked > 0 {
            self.untracked -= 1;
            return self.end_paragraph();
        }
        let Some(mut at) = self.elements.iter().rposition(|element| element.name == name) else { return };
        if name == "details" && self.elements.get(at).is_some_and(|element| element.covers) {
            at = at.saturating_sub(1);
        }
        // The end of an item does not reach over its list.
        let crossed = self.elements.get(at + 1..).unwrap_or_default();
        if is_item(name) && crossed.iter().any(|element| is_list(&element.name)) {
            return;
        }
        self.lines.close_code();
        self.close_to(at);
        self.lines.divide(match name {
            "div" | "details" => Gap::Paragraph,
            name if is_list(name) => self.list_gap(),
            _ => Gap::Line,
        });
    }

    fn end_paragraph(&mut self) {
        if self.lines.is_code() {
            self.lines.hard_break();
        } else {
            self.lines.divide(Gap::Paragraph);
        }
    }

    fn close_to(&mut self, depth: usize) {
        self.lines.divide(Gap::None);
        for element in self.elements.drain(depth..).rev() {
            if element.covers {
                self.lines.close_format(Format::Spoiler);
            }
            if element.writes {
                self.lines.close();
                // Text after a quote stands apart from it, even in a list.
                self.lines.divide(if is_item(&element.name) { Gap::None } else { Gap::Paragraph });
            }
        }
    }

    fn rule(&mut self) {
        self.lines.divide(Gap::Paragraph);
        self.lines.text(RULE);
        self.lines.divide(Gap::Paragraph);
    }

    fn start_cell(&mut self) {
        if !std::mem::replace(&mut self.is_first_cell, false) {
            self.lines.text(CELLS);
        }
    }

    /// A list in an item continues that item; any other stands by itself.
    fn list_gap(&self) -> Gap {
        if self.elements.iter().any(|element| is_item(&element.name)) { Gap::Line } else { Gap::Paragraph }
    }
}

/// The run behind the domain that Slashdot writes after a link (` [example.org]`), if it is there.
fn without_domain<'a>(run: &'a str, address: &str) -> Option<&'a str> {
    let (domain, rest) = run.trim_start().strip_prefix('[')?.split_once(']')?;
    address::is_of_domain(address, domain).then_some(rest)
}
