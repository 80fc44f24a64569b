//! Comment HTML → `Text`: the tokens of the source, handed to the reader of blocks and lines.
//!
//! One reader serves every site: what Slashdot keeps of its writers' tags, Hacker News's unclosed `<p>`, and rendered
//! Markdown. A line that starts with `>` is a quote on all of them.

mod address;
mod blocks;
mod embed;
mod lines;
mod references;
mod token;

use self::blocks::Blocks;
use self::token::{Token, read};
use super::clean_line;
use crate::model::Text;

/// Reads a comment's HTML; whatever the source, there is a text, and it is clean.
///
/// Tags become marks as in a browser, also when they are crossed or unclosed; white space collapses outside `pre`.
/// Addresses that sites shorten for show are given in full, and what they add after a link is left out.
/// Characters whose UTF-8 bytes came as one numeric reference each (`&#195;&#169;`) are put together again.
pub fn html(source: &str) -> Text {
    html_within(source, "")
}

/// The same with addresses that begin with a slash, which are of this scheme, host and port.
pub fn html_within(source: &str, origin: &str) -> Text {
    let mut text = Text::default();
    let mut blocks = Blocks::new(&mut text, origin);
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

#[cfg(test)]
mod tests;
