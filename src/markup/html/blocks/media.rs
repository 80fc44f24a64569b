//! Links, and what stands for pictures, films and previews of pages.

use super::Blocks;
use crate::markup::html::address;
use crate::markup::html::embed::{self, Onebox};
use crate::markup::tokens::Tag;
use crate::markup::writer::Gap;

impl Blocks<'_> {
    pub(super) fn start_link(&mut self, tag: &Tag) {
        self.end_link();
        let address = address::address(tag.get("href"), self.origin);
        // What a preview links to again and again is one link.
        let is_again = |onebox: &mut Onebox| address.as_ref().is_some_and(|address| !onebox.takes(address));
        if self.onebox.as_mut().is_some_and(is_again) {
            return;
        }
        self.has_lightbox |= tag.has_class("lightbox");
        if let Some(address) = address {
            self.lines.open_link(address);
        }
    }

    /// Ends a link; one without words has those that stand for the picture in it.
    pub(super) fn end_link(&mut self) {
        if let Some(picture) = self.picture.take().filter(|_| self.lines.is_empty_link()) {
            self.lines.text(&picture);
        }
        let is_empty = self.lines.is_empty_link();
        self.linked = self.lines.close_link();
        if let Some(onebox) = self.onebox.as_mut().filter(|_| is_empty) {
            onebox.forget();
        }
    }

    /// An image is its description, as a link to it; an emoji is only the description, and so is a face beside a quote. In a
    /// link, which leads to the whole image or to what it stands for, it is the description.
    pub(super) fn image(&mut self, tag: &Tag) {
        if self.onebox.is_some() && !tag.has_class("emoji") {
            return;
        }
        let description = embed::description(tag);
        let is_icon = tag.has_class("emoji") || tag.has_class("avatar");
        let source = embed::source(tag, self.origin);
        match source.filter(|_| !is_icon && !self.lines.is_link()) {
            Some(address) => self.link(address, if description.is_empty() { "image" } else { description }),
            None if !description.is_empty() => self.lines.text(description),
            None if !is_icon && self.lines.is_link() => {
                let name = tag.get("title").trim();
                self.picture = Some(if name.is_empty() { "image" } else { name }.to_owned());
            }
            None => {}
        }
    }

    /// Writes a link with words of our own.
    pub(super) fn link(&mut self, address: String, words: &str) {
        self.lines.open_link(address);
        self.lines.text(words);
        self.lines.close_link();
    }

    /// Writes what stands for an element whose content a reader cannot see here; says whether that is all there is of it.
    pub(super) fn replace(&mut self, tag: &Tag) -> bool {
        if let Some(name) = embed::furniture(tag, self.has_lightbox) {
            self.hidden = Some((name, 1));
            return true;
        }
        if let Some(date) = embed::local_date(tag) {
            self.lines.text(&date);
            self.hidden = Some(("span", 1));
            return true;
        }
        if let Some(kind) = embed::kind(tag) {
            let address = embed::source(tag, self.origin).filter(|_| !self.lines.is_link());
            match address {
                Some(address) => {
                    self.link(address, embed::title(tag).unwrap_or(kind));
                    self.hidden = embed::container(&tag.name).map(|name| (name, 1));
                }
                None => self.media = Some(kind),
            }
            return self.hidden.is_some();
        }
        if tag.name == "source"
            && let Some((kind, address)) = self.media.zip(embed::source(tag, self.origin))
        {
            self.media = None;
            self.link(address, kind);
            self.hidden = embed::container(kind).map(|name| (name, 1));
            return true;
        }
        if tag.name == "aside" && tag.has_class("onebox") {
            self.onebox = Some(Onebox::new(address::address(tag.get("data-onebox-src"), self.origin)));
        }
        false
    }

    /// Ends a preview of a page; one that named no link to it gets its address.
    pub(super) fn end_onebox(&mut self) {
        self.end_link();
        if let Some(address) = self.onebox.take().and_then(Onebox::unwritten) {
            self.lines.divide(Gap::Paragraph);
            self.link(address.clone(), &address);
        }
    }
}
