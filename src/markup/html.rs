//! Comment HTML → `Text`: the tokens of the source, handed to the reader of blocks and lines.
//!
//! One reader serves every site: what Slashdot keeps of its writers' tags, Hacker News's unclosed `<p>`, and rendered
//! Markdown. A line that starts with `>` is a quote on all of them.

mod address;
mod blocks;
mod lines;
mod references;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use self::blocks::Blocks;
use super::clean_line;
use crate::model::Text;

/// Reads a comment's HTML; whatever the source, there is a text, and it is clean.
///
/// Tags become marks as in a browser, also when they are crossed or unclosed; white space collapses outside `pre`.
/// Addresses that sites shorten for show are given in full, and what they add after a link is left out; but where the
/// text of a link is an address on another host than it leads to, that host is added.
/// Characters whose UTF-8 bytes came as one numeric reference each (`&#195;&#169;`) are put together again.
pub fn html(source: &str) -> Text {
    let mut text = Text::default();
    let mut blocks = Blocks::new(&mut text);
    read(source, |token| match token {
        Token::Text(run) => blocks.text(run),
        Token::Start(tag) => blocks.start(tag),
        Token::End(name) => blocks.end(name),
    });
    blocks.finish();
    text
}

/// The text of a fragment of HTML as one clean line: for titles, names and subjects.
pub fn html_line(source: &str) -> String {
    if !source.contains(['<', '&']) {
        return clean_line(source);
    }
    let mut line = String::with_capacity(source.len());
    read(source, |token| match token {
        Token::Text(run) => line.push_str(run),
        Token::Start(tag) if blocks::divides(&tag.name) => line.push(' '),
        Token::End(name) if blocks::divides(name) => line.push(' '),
        Token::Start(_) | Token::End(_) => {}
    });
    clean_line(&line)
}

enum Token<'a> {
    Text(&'a str),
    Start(&'a Tag),
    End(&'a str),
}

/// A start tag with its attributes, all names in small letters.
#[derive(Default)]
struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// The value of an attribute, or nothing.
    fn get(&self, name: &str) -> &str {
        self.attributes.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    fn has_class(&self, class: &str) -> bool {
        self.get("class").split_whitespace().any(|own| own == class)
    }
}

fn read(source: &str, mut take: impl FnMut(Token)) {
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
    // Reading from memory cannot fail.
    _ = Tokenizer::new_with_emitter(&*source, emitter).finish();
}

#[cfg(test)]
mod tests;
