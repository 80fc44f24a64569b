//! The tokens of HTML: runs of text, start tags with their attributes, end tags.

use html5gum::Span;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};

use super::references;
use crate::markup::tokenize;

/// A token of the source.
pub(super) enum Token<'a> {
    Text(&'a str),
    Start(&'a Tag),
    End(&'a str),
}

/// A start tag with its attributes, all names in small letters.
#[derive(Default)]
pub(super) struct Tag {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// The value of an attribute, or nothing.
    pub(super) fn get(&self, name: &str) -> &str {
        self.attributes.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.attributes.iter().any(|(key, _)| key == name)
    }

    /// The addresses in attributes that scripts fill `src` from: `data-src`, `data-video-src`.
    pub(super) fn later_sources(&self) -> impl Iterator<Item = &str> {
        let is_source = |name: &str| name.starts_with("data-") && name.ends_with("src");
        self.attributes.iter().filter(move |(name, _)| is_source(name)).map(|(_, value)| value.as_str())
    }

    pub(super) fn has_class(&self, class: &str) -> bool {
        self.get("class").split_whitespace().any(|own| own == class)
    }
}

/// Reads HTML and hands each token on; comments and the document type are left out.
pub(super) fn read(source: &str, mut take: impl FnMut(Token)) {
    let source = references::mend(source);
    let mut tag = Tag::default();
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| {
        // The source is UTF-8, and so is what the tokenizer cuts from it: nothing is lost or copied here.
        match event {
            CallbackEvent::String { value } => take(Token::Text(&String::from_utf8_lossy(value))),
            CallbackEvent::EndTag { name } => take(Token::End(&String::from_utf8_lossy(name))),
            CallbackEvent::OpenStartTag { name } => {
                tag.attributes.clear();
                tag.name.clear();
                tag.name.push_str(&String::from_utf8_lossy(name));
            }
            CallbackEvent::AttributeName { name } => {
                tag.attributes.push((String::from_utf8_lossy(name).into_owned(), String::new()));
            }
            CallbackEvent::AttributeValue { value } => {
                if let Some((_, slot)) = tag.attributes.last_mut() {
                    slot.push_str(&String::from_utf8_lossy(value));
                }
            }
            CallbackEvent::CloseStartTag { .. } => take(Token::Start(&tag)),
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
        }
        None::<std::convert::Infallible>
    });
    emitter.naively_switch_states(true);
    tokenize(&source, emitter);
}
