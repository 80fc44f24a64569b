//! The events of common Markdown → HTML.

use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

use super::words::{escape, kept_html, linked};

/// The HTML of common Markdown.
pub(super) fn html_of(source: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let mut page = HtmlWriter { source, ..HtmlWriter::default() };
    for (event, range) in Parser::new_ext(source, options).into_offset_iter() {
        page.take(event, range);
    }
    page.flush();
    page.out
}

#[derive(Default)]
struct HtmlWriter<'s> {
    source: &'s str,
    out: String,
    /// Text in a row, which the parser hands over in pieces.
    run: String,
    /// The HTML block that we are in.
    html: Option<String>,
    /// The descriptions of the images that we are in, and how many those are.
    description: String,
    images: Vec<String>,
    is_code: bool,
    links: u32,
    /// Whether a note's number is the last that was written.
    noted: bool,
    /// The ends of the open struck-out words.
    struck: Vec<&'static str>,
}

impl HtmlWriter<'_> {
    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        if !self.images.is_empty() {
            return self.in_image(event);
        }
        if let Event::Text(text) = event {
            return self.text(&text);
        }
        self.flush();
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.out.push_str("<code>");
                escape(&text, &mut self.out);
                self.out.push_str("</code>");
            }
            Event::Html(html) => self.html.get_or_insert_default().push_str(&html),
            Event::InlineHtml(html) => self.out.push_str(&kept_html(&html)),
            Event::FootnoteReference(name) => self.note(&name),
            Event::SoftBreak => self.out.push(' '),
            Event::HardBreak => self.out.push_str("<br>"),
            Event::Rule => self.out.push_str("<hr>"),
            Event::Text(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.is_code {
            escape(text, &mut self.out);
        } else {
            self.run.push_str(text);
        }
    }

    /// Writes the text that came in a row.
    fn flush(&mut self) {
        if self.links > 0 {
            escape(&self.run, &mut self.out);
        } else if !self.run.is_empty() {
            linked(&self.run, &mut self.out);
        }
        self.run.clear();
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let noted = std::mem::take(&mut self.noted);
        match tag {
            Tag::Paragraph if noted => {}
            Tag::Link { link_type, dest_url, .. } => {
                self.links += 1;
                let scheme = if link_type == LinkType::Email { "mailto:" } else { "" };
                self.open_link(scheme, &dest_url);
            }
            Tag::Image { dest_url, .. } => self.images.push(dest_url.into_string()),
            Tag::Strikethrough => {
                let (start, end) = if self.is_struck(range) { ("<del>", "</del>") } else { ("~", "~") };
                self.out.push_str(start);
                self.struck.push(end);
            }
            Tag::HtmlBlock => self.html = Some(String::new()),
            Tag::CodeBlock(_) => {
                self.is_code = true;
                self.out.push_str("<pre>");
            }
            Tag::List(Some(first)) => _ = write!(self.out, "<ol start={first}>"),
            Tag::FootnoteDefinition(name) => {
                self.out.push_str("<p>");
                self.note(&name);
                self.out.push(' ');
                self.noted = true;
            }
            other => {
                if let Some(name) = name(other.to_end()) {
                    _ = write!(self.out, "<{name}>");
                }
            }
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Link => {
                self.links = self.links.saturating_sub(1);
                self.close_link();
            }
            TagEnd::Strikethrough => self.out.push_str(self.struck.pop().unwrap_or_default()),
            TagEnd::HtmlBlock => {
                let html = self.html.take().unwrap_or_default();
                self.out.push_str("<p>");
                self.out.push_str(&kept_html(&html));
                self.out.push_str("</p>");
            }
            TagEnd::CodeBlock => {
                self.is_code = false;
                self.out.push_str("</pre>");
            }
            TagEnd::FootnoteDefinition => self.out.push_str("</p>"),
            other => {
                if let Some(name) = name(other) {
                    _ = write!(self.out, "</{name}>");
                }
            }
        }
    }

    /// Within an image's description only words count.
    fn in_image(&mut self, event: Event<'_>) {
        match event {
            Event::Text(text) | Event::Code(text) => self.description.push_str(&text),
            Event::SoftBreak | Event::HardBreak => self.description.push(' '),
            Event::Start(Tag::Image { dest_url, .. }) => self.images.push(dest_url.into_string()),
            Event::End(TagEnd::Image) => self.end_image(),
            _ => {}
        }
    }

    /// The outermost image has all descriptions.
    fn end_image(&mut self) {
        let Some(address) = self.images.pop() else { return };
        if !self.images.is_empty() {
            return;
        }
        let description = std::mem::take(&mut self.description);
        self.out.push_str("<img alt=\"");
        escape(if description.trim().is_empty() { "image" } else { &description }, &mut self.out);
        self.out.push_str("\" src=\"");
        escape(&address, &mut self.out);
        self.out.push_str("\">");
    }

    fn open_link(&mut self, scheme: &str, address: &str) {
        self.out.push_str("<a href=\"");
        self.out.push_str(scheme);
        escape(address, &mut self.out);
        self.out.push_str("\">");
    }

    fn close_link(&mut self) {
        // The second tag means nothing, and ends what Slashdot may write behind a link.
        self.out.push_str("</a><wbr>");
    }

    fn note(&mut self, name: &str) {
        self.out.push('[');
        escape(name, &mut self.out);
        self.out.push(']');
    }

    /// One tilde strikes nothing out on the sites: it sets words lower, and stays.
    fn is_struck(&self, range: Range<usize>) -> bool {
        self.source.get(range).is_some_and(|words| words.starts_with("~~"))
    }
}

/// The tag that means the same.
fn name(tag: TagEnd) -> Option<&'static str> {
    Some(match tag {
        TagEnd::Paragraph => "p",
        TagEnd::Heading(HeadingLevel::H1) => "h1",
        TagEnd::Heading(_) => "h2",
        TagEnd::BlockQuote(_) => "blockquote",
        TagEnd::List(true) => "ol",
        TagEnd::List(false) => "ul",
        TagEnd::Item => "li",
        TagEnd::Table => "table",
        TagEnd::TableHead | TagEnd::TableRow => "tr",
        TagEnd::TableCell => "td",
        TagEnd::Emphasis => "em",
        TagEnd::Strong => "strong",
        _ => return None,
    })
}
