//! Comment HTML → `Text`: the tokens of the source, handed to the reader of blocks and lines.
//!
//! One reader serves every site: what Slashdot keeps of its writers' tags, Hacker News's unclosed `<p>`, and rendered
//! Markdown. A line that starts with `>` is a quote on all of them.

mod address;
mod blocks;
mod embed;
mod lines;
mod references;

use self::blocks::Blocks;
use super::clean_line;
use super::tokens::{Syntax, Token, Tokens};
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
    // The text is mostly shorter than its source, and takes little memory beyond it then.
    let mut text = Text { plain: String::with_capacity(source.len()), ..Text::default() };
    let mut blocks = Blocks::new(&mut text, origin);
    let source = references::mend(source);
    let mut tokens = Tokens::new(&source, Syntax::Html);
    while let Some(token) = tokens.next() {
        match token {
            Token::Text(run) => blocks.text(&run),
            Token::Start(tag, _) => blocks.start(tag),
            Token::End(name, _) => blocks.end(name),
        }
    }
    blocks.finish();
    text
}

/// The text of a fragment of HTML as one clean line: for titles, names and subjects.
pub fn html_line(source: &str) -> String {
    if !source.contains(['<', '&']) {
        return clean_line(source);
    }
    let mut line = String::with_capacity(source.len());
    let source = references::mend(source);
    let mut tokens = Tokens::new(&source, Syntax::Html);
    while let Some(token) = tokens.next() {
        match token {
            Token::Text(run) => line.push_str(&run),
            Token::Start(tag, _) if blocks::divides(&tag.name) => line.push(' '),
            Token::End(name, _) if blocks::divides(name) => line.push(' '),
            Token::Start(..) | Token::End(..) => {}
        }
    }
    clean_line(&line)
}

#[cfg(test)]
mod tests;
