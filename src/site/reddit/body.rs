//! Bodies of posts and comments → text: from the site's own HTML where it is sent, else from the Markdown.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use crate::markup;
use crate::model::Text;
use crate::site::json::Value;
use crate::site::{name_links, web};

/// Markdown in which pictures have their addresses, which the site keeps apart: `![gif](giphy|abc)`.
pub(super) fn with_media<'m>(markdown: &'m str, media: Value<'_>) -> Cow<'m, str> {
    if !markdown.contains("](") {
        return Cow::Borrowed(markdown);
    }
    let known: HashMap<_, _> = media.pairs().filter_map(|(id, item)| Some((id, media_address(item)?))).collect();
    let mut out = String::with_capacity(markdown.len());
    let mut rest = markdown;
    while let Some((before, behind)) = rest.split_once("](") {
        out.extend([before, "]("]);
        rest = behind;
        let end = behind.find([')', ' ', '\n']).unwrap_or(behind.len());
        let (id, after) = behind.split_at_checked(end).unwrap_or((behind, ""));
        let giphy = || Some(format!("https://giphy.com/gifs/{}", id.strip_prefix("giphy|")?.split('|').next()?));
        if let Some(address) = known.get(id).cloned().or_else(giphy) {
            out.push_str(&address);
            rest = after;
        }
    }
    Cow::Owned(out + rest)
}

/// The address of a picture or a clip, in its largest form.
pub(super) fn media_address(item: Value<'_>) -> Option<String> {
    let source = item.get("s");
    let address = [source.get("u"), source.get("gif"), source.get("mp4"), item.get("hlsUrl")]
        .into_iter()
        .find_map(Value::text)?;
    Some(web::address(&address.replace("&amp;", "&"))).filter(|address| !address.is_empty())
}

/// Reads a text that the site sends twice: as HTML, and as the Markdown that it is made from.
pub(super) fn body(html: &str, markdown: &str, origin: &str) -> Text {
    if html.is_empty() {
        return from_markdown(markdown, origin);
    }
    let html = html.replace("href=\"//", "href=\"https://").replace("href=\"/", &format!("href=\"{origin}/"));
    let text = markup::html(&html);
    // A comment that is nothing but `>` becomes an empty quote.
    if text.plain.is_empty() { from_markdown(markdown, origin) } else { text }
}

fn from_markdown(markdown: &str, origin: &str) -> Text {
    let mut text = markup::markdown(&common(markdown, origin));
    if text.plain.is_empty() {
        return Text::unmarked(markup::html_line(markdown));
    }
    link_names(&mut text, origin);
    text
}

/// The source with what only Reddit has written as elsewhere, save in code: links to the site itself
/// (`[rules](/r/rust/wiki)`), and headings without a space (`#This`).
fn common(markdown: &str, origin: &str) -> String {
    let own = format!("]({origin}/");
    let mut out = String::with_capacity(markdown.len());
    let mut is_fenced = false;
    for line in markdown.split_inclusive('\n') {
        let is_fence = ["```", "~~~"].iter().any(|fence| line.trim_start().starts_with(fence));
        is_fenced ^= is_fence;
        if is_fence || is_fenced || line.starts_with("    ") || line.contains('`') {
            out.push_str(line);
            continue;
        }
        let words = line.trim_start_matches('#');
        let level = line.len() - words.len();
        let is_heading = (1..=6).contains(&level) && words.starts_with(|c: char| !c.is_whitespace());
        out.extend(std::iter::repeat_n('#', level));
        out.push_str(if is_heading { " " } else { "" });
        out.push_str(&words.replace("](/", &own));
    }
    out
}

/// Makes links of the names of subreddits and people (`/r/rust`, `u/ada`), as the site does.
fn link_names(text: &mut Text, origin: &str) {
    let address = |range: &Range<usize>| {
        format!("{origin}/{}", text.plain.get(range.clone()).unwrap_or_default().trim_start_matches('/'))
    };
    let names = names(&text.plain).into_iter().map(|range| (range.clone(), address(&range))).collect();
    name_links::link_names(text, names);
}

/// The ranges of names: `r/` or `u/` and two letters or more, with or without a slash before, not in a word or path.
fn names(text: &str) -> Vec<Range<usize>> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let mut found = Vec::new();
    for (at, _) in text.match_indices('/') {
        let (Some(before), Some(after)) = (text.get(..at), text.get(at + 1..)) else { continue };
        let length = after.find(|c| !is_name(c)).unwrap_or(after.len());
        let ends_word = !after.get(length..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
        let Some(prefix) = before.strip_suffix(['r', 'u']).filter(|_| length > 1 && ends_word) else { continue };
        let start = prefix.strip_suffix('/').unwrap_or(prefix);
        let is_alone = !start.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '/' | '.' | ':' | '-'));
        if is_alone {
            found.push(start.len()..at + 1 + length);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Mark, MarkKind};

    const HOST: &str = "https://www.reddit.com";

    fn links(markdown: &str) -> Vec<(String, String)> {
        let text = body("", markdown, HOST);
        let link = |mark: &Mark| match mark.kind {
            MarkKind::Link(number) => {
                let words = text.plain.get(mark.start as usize..mark.end as usize).expect("marks are on characters");
                Some((words.to_owned(), text.links.get(number as usize)?.replace(HOST, "")))
            }
            _ => None,
        };
        text.marks.iter().filter_map(link).collect()
    }

    #[test]
    fn names_become_links() {
        let table: [(&str, &[(&str, &str)]); 12] = [
            (
                "see /r/rust, r/go and u/ada_l-1!",
                &[("/r/rust", "/r/rust"), ("r/go", "/r/go"), ("u/ada_l-1", "/u/ada_l-1")],
            ),
            ("(/u/ada)", &[("/u/ada", "/u/ada")]),
            ("*r/rust*", &[("r/rust", "/r/rust")]),
            (
                "r/rust [x](https://a.example) r/go",
                &[("r/rust", "/r/rust"), ("x", "https://a.example"), ("r/go", "/r/go")],
            ),
            ("or/rust a/r/rust x_r/rust 1/r/rust ./r/rust", &[]),
            ("https://a.example/r/rust a.example/r/rust", &[("https://a.example/r/rust", "https://a.example/r/rust")]),
            ("`r/rust`\n\n    r/rust", &[]),
            ("[r/rust](https://a.example)", &[("r/rust", "https://a.example")]),
            ("r/ u/a //r/rust r/é", &[]),
            ("[rules](/r/rust/wiki)", &[("rules", "/r/rust/wiki")]),
            ("`[rules](/r/rust/wiki)`", &[]),
            ("größe r/größe r/gr", &[("r/gr", "/r/gr")]),
        ];
        for (markdown, expected) in table {
            let expected: Vec<(String, String)> =
                expected.iter().map(|(words, link)| ((*words).to_owned(), (*link).to_owned())).collect();
            assert_eq!(links(markdown), expected, "{markdown}");
        }
    }

    #[test]
    fn the_dialect() {
        for (markdown, expected) in [
            ("a >!b!< c", "a (spoiler: b) c"),
            ("x^2^ and ^tiny", "x^2 and ^tiny"),
            ("&#x200B;\n\na &gt; b &lt; c", "a > b < c"),
            ("> q\n\nb", "q\n\nb"),
            ("~~gone~~", "~~gone~~"),
            ("#One\n\n####### Seven\n\n    #code\n\n\\#x", "One\n\n####### Seven\n\n#code\n\n#x"),
            ("```\n#define X\n```\n#Y", "#define X\n\nY"),
            (">", ">"),
        ] {
            assert_eq!(body("", markdown, HOST).plain, expected, "{markdown}");
        }
        assert_eq!(body("<div class=\"md\"></div>", "&gt;", HOST).plain, ">");
    }
}
