//! A list of stories as text, JSON (`lurker-stories-1`) or Markdown.

use std::io::{self, Write};

use serde::Serialize;

use super::markdown::{address, escape};
use super::{TextOptions, rfc3339};
use crate::model::{Entry, Listing, Text};
use crate::view::{entry_facts, wrap_words};

/// The name of the format.
const FORMAT: &str = "lurker-stories-1";

#[derive(Serialize)]
struct ListOut<'a> {
    format: &'static str,
    site: &'a str,
    title: &'a str,
    url: &'a str,
    notes: &'a [String],
    stories: Vec<EntryOut<'a>>,
}

#[derive(Serialize)]
struct EntryOut<'a> {
    id: &'a str,
    site: &'a str,
    title: &'a str,
    url: &'a str,
    link: &'a str,
    author: &'a str,
    posted_at: Option<String>,
    score: Option<i32>,
    comments: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    good: Option<u32>,
    place: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    comment: &'a str,
}

impl<'a> EntryOut<'a> {
    fn new(entry: &'a Entry) -> Self {
        let Entry { site, id, title, url, link, author, posted_at, score, comments, good, place, comment, .. } = entry;
        let posted_at = posted_at.and_then(rfc3339);
        let (score, comments, good) = (*score, *comments, *good);
        Self { id, site, title, url, link, author, posted_at, score, comments, good, place, comment }
    }
}

/// Writes a list as one JSON object and a line break.
///
/// # Errors
/// The writer's error.
pub fn stories_json(list: &Listing, out: &mut dyn Write) -> io::Result<()> {
    let heading = &list.heading;
    let whole = ListOut {
        format: FORMAT,
        site: &heading.site,
        title: &heading.title,
        url: &heading.url,
        notes: &list.notes,
        stories: list.entries.iter().map(EntryOut::new).collect(),
    };
    serde_json::to_writer(&mut *out, &whole)?;
    out.write_all(b"\n")
}

/// Writes a list as text: rank and title of each story, its facts, what it links to, and its discussion's address.
///
/// # Errors
/// The writer's error.
pub fn stories_text(list: &Listing, options: TextOptions, out: &mut dyn Write) -> io::Result<()> {
    options.paragraph(&list.heading.title, "1", 0, out)?;
    for note in &list.notes {
        options.paragraph(&format!("({note})"), "", 0, out)?;
    }
    let margin = list.entries.len().to_string().len();
    for (entry, rank) in list.entries.iter().zip(1..) {
        let indent = margin + 2;
        let title = Text::unmarked(entry.title.as_str());
        let mut start = format!("\n{rank:>margin$}. ");
        for line in wrap_words(title.borrow(), options.width.saturating_sub(indent).max(1)) {
            write!(out, "{start}{}", options.styled("1", line.of(&entry.title)))?;
            start = format!("\n{:indent$}", "");
        }
        let dot = if options.ascii { "-" } else { "·" };
        writeln!(out)?;
        let facts = entry_facts(entry, options.now).join(&format!(" {dot} "));
        options.paragraph(&facts, "", indent, out)?;
        options.paragraph(&entry.link, "2", indent, out)?;
        options.paragraph(&entry.url, "2", indent, out)?;
    }
    Ok(())
}

/// Writes a list as a numbered list of Markdown.
///
/// # Errors
/// The writer's error.
pub fn stories_markdown(list: &Listing, now: i64, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {}\n", escape(&list.heading.title))?;
    for note in &list.notes {
        writeln!(out, "*({})*\n", escape(note))?;
    }
    for (entry, rank) in list.entries.iter().zip(1..) {
        let rank = format!("{rank}. ");
        let title = if entry.title.is_empty() { "?".to_owned() } else { escape(&entry.title) };
        let link = if entry.link.is_empty() { String::new() } else { format!(" {}", address(&entry.link)) };
        let facts: Vec<String> = entry_facts(entry, now).iter().map(|fact| escape(fact)).collect();
        let url = if entry.url.is_empty() { String::new() } else { address(&entry.url) };
        let facts = format!("{} {url}", facts.join(", "));
        writeln!(out, "{rank}**{title}**{link}  \n{:indent$}{}", "", facts.trim(), indent = rank.len())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Heading;
    use crate::site::{Content, saved};

    fn list() -> Listing {
        let full = Entry {
            site: "hn".to_owned(),
            id: "1".to_owned(),
            title: "A story with *stars* and many words in it".to_owned(),
            url: "https://news.example/1".to_owned(),
            link: "https://www.a.example/x".to_owned(),
            author: "ada".to_owned(),
            posted_at: Some(0),
            score: Some(12),
            comments: Some(1),
            place: "books".to_owned(),
            ..Entry::default()
        };
        let bare = Entry { site: "hn".to_owned(), id: "2".to_owned(), title: "Bare".to_owned(), ..Entry::default() };
        let heading = Heading { title: "News".to_owned(), site: "hn".to_owned(), ..Heading::default() };
        Listing { heading, entries: vec![full, bare], ..Listing::default() }
    }

    fn written(write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> String {
        let mut out = Vec::new();
        write(&mut out).expect("a vector takes all");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn text_keeps_to_the_paper() {
        let options = TextOptions { width: 31, colour: false, ascii: true, now: 7200 };
        let text = written(|out| stories_text(&list(), options, out));
        let expected = "News\n\n1. A story with *stars* and\n   many words in it\n   12 points - 1 comment - 2h -\n   by ada - books\n   https://www.a.example/x\n   https://news.example/1\n\n2. Bare\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn json_has_every_key() {
        let text = written(|out| stories_json(&list(), out));
        assert!(text.starts_with("{\"format\":\"lurker-stories-1\",\"site\":\"hn\""), "{text}");
        assert!(text.contains("\"posted_at\":\"1970-01-01T00:00:00Z\",\"score\":12,\"comments\":1"), "{text}");
        assert!(text.contains("\"posted_at\":null,\"score\":null,\"comments\":null"), "{text}");
        assert!(!text.contains("\"comment\":"), "{text}");
    }

    #[test]
    fn a_bookmarked_comment_is_read_again_as_one() {
        let entry = Entry { comment: "c7".to_owned(), ..list().entries.remove(0) };
        let text = written(|out| stories_json(&Listing { entries: vec![entry.clone()], ..list() }, out));
        let Ok(Content::List(read)) = saved::read(text.as_bytes(), None) else { unreachable!("{text}") };
        assert_eq!(read.entries[0].comment, "c7");
    }

    #[test]
    fn markdown_escapes_what_strangers_wrote() {
        let list = Listing { notes: vec!["2 are_hidden".to_owned()], ..list() };
        let text = written(|out| stories_markdown(&list, 7200, out));
        assert!(text.starts_with("# News\n\n*(2 are\\_hidden)*\n\n1. **"), "{text}");
        assert!(
            text.contains("1. **A story with \\*stars\\* and many words in it** <https://www.a.example/x>"),
            "{text}"
        );
    }
}
