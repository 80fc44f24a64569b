//! Printed Markdown, read back by a reader of Markdown: the same text, no HTML, no link that was not there, and none lost.

use std::collections::BTreeSet;

use lurker::markup::{html, markdown, plain};
use lurker::model::{Builder, Draft, Entry, Heading, Listing, Mark, MarkKind, Story, Text, Thread};
use lurker::print;
use lurker::view::Selection;
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::support::random::config;

/// All that readers of Markdown know, but for what sets other quotes and dashes.
fn options() -> Options {
    Options::all()
        - Options::ENABLE_SMART_PUNCTUATION
        - Options::ENABLE_OLD_FOOTNOTES
        - Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        - Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
}

/// What a reader of Markdown makes of a source.
#[derive(Debug, Default, PartialEq)]
struct Read {
    /// The text without white space, and with the markers of items.
    text: String,
    links: BTreeSet<String>,
    /// Events that stand for nothing in a text.
    strange: Vec<String>,
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

fn read(source: &str) -> Read {
    let mut read = Read::default();
    let mut numbers: Vec<Option<u64>> = Vec::new();
    for event in Parser::new_ext(source, options()) {
        match event {
            Event::Text(text) | Event::Code(text) => read.text += &squeezed(&text),
            Event::Start(Tag::Link { dest_url, .. }) => _ = read.links.insert(dest_url.into_string()),
            Event::Start(Tag::List(number)) => numbers.push(number),
            Event::End(pulldown_cmark::TagEnd::List(_)) => _ = numbers.pop(),
            Event::Start(Tag::Item) => match numbers.last_mut() {
                Some(Some(number)) => {
                    read.text.extend([number.to_string().as_str(), "."]);
                    *number += 1;
                }
                _ => read.text.push('-'),
            },
            Event::Start(
                Tag::Paragraph
                | Tag::Heading { .. }
                | Tag::BlockQuote(None)
                | Tag::CodeBlock(_)
                | Tag::Emphasis
                | Tag::Strong,
            )
            | Event::End(_)
            | Event::SoftBreak
            | Event::HardBreak => {}
            other => read.strange.push(format!("{other:?}")),
        }
    }
    read
}

fn printed(thread: &Thread) -> String {
    let mut out = Vec::new();
    print::markdown(thread, &Selection::default(), &mut out).expect("a vector takes all");
    String::from_utf8(out).expect("UTF-8")
}

/// A thread of one comment with this text, and a reply, with this name in each place for one.
fn of_one(text: &Text, name: &str) -> Thread {
    let mut builder = Builder::new();
    let author = Some(name).filter(|name| !name.is_empty());
    let draft = |id| Draft { id, author, label: name, subject: name, body: text.borrow(), ..Draft::default() };
    builder.push(&draft("1"));
    builder.push(&Draft { parent: Some("1"), ..draft("2") });
    let story = Story {
        title: name.to_owned(),
        author: name.to_owned(),
        url: "https://s.example/a_b".to_owned(),
        ..Story::default()
    };
    builder.finish(Story { text: text.clone(), ..story })
}

pub(crate) fn check(text: &Text, name: &str) {
    let name = lurker::markup::clean_line(name);
    let source = printed(&of_one(text, &name));
    let read = read(&source);
    let author = if name.is_empty() { "?" } else { &name };
    let by = if name.is_empty() { String::new() } else { format!("by {name},") };
    let label = if name.is_empty() { String::new() } else { format!("({name})") };
    let body = if text.plain.is_empty() { "(no text)" } else { &text.plain };
    let unmarked =
        |number: &u32| !text.marks.iter().any(|mark| mark.kind == MarkKind::Link(*number) && !is_code(text, mark));
    let unmarked: String =
        (0..text.links.len() as u32).filter(unmarked).map(|n| text.links[n as usize].clone()).collect();
    let comment = format!("-{author}{label}{name}{body}{unmarked}");
    let expected = format!("{name}{by}2 comments, https://s.example/a_b{}{unmarked}{comment}{comment}", text.plain);
    assert_eq!(read.text, squeezed(&expected), "{text:?}\n{source}");
    assert_eq!(read.strange, Vec::<String>::new(), "{source}");
    let links: BTreeSet<String> = text.links.iter().cloned().chain(["https://s.example/a_b".to_owned()]).collect();
    assert_eq!(read.links, links, "{source}");
}

fn is_code(text: &Text, link: &Mark) -> bool {
    text.marks.iter().any(|mark| mark.kind == MarkKind::Code && mark.start <= link.start && link.end <= mark.end)
}

const SIGNS: [&str; 64] = [
    "a",
    "b c",
    " ",
    "  ",
    "\n",
    "\n\n",
    "- ",
    "+ ",
    "* ",
    "1. ",
    "2) ",
    "12345",
    "> ",
    ">",
    "#",
    "# ",
    "===",
    "---",
    "***",
    "___",
    "```",
    "~~~",
    "`",
    "``",
    "~~",
    "~",
    "*",
    "**",
    "_",
    "__",
    "[",
    "]",
    "(",
    ")",
    "](http://x.y)",
    "![",
    "!",
    "[a]: http://x.y",
    "[^1]",
    "[^1]: n",
    "[[w]]",
    "<b>",
    "</b>",
    "<!--",
    "<a@b.c>",
    "<http://x.y>",
    "http://x.y",
    "&",
    "&copy;",
    "&#35;",
    "&amp",
    ";",
    "\\",
    "|",
    "|---|",
    ":---",
    ": ",
    "$",
    "$$",
    "^",
    "{#i}",
    "é",
    "🦀",
    "\u{a0}",
];

fn signs() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&SIGNS[..]), 0..24).prop_map(|signs| signs.concat())
}

proptest! {
    #![proptest_config(config(3000))]

    #[test]
    fn any_signs_are_read_back(body in signs(), name in signs()) {
        check(&plain(&body), &name);
        let text = Text::unmarked(lurker::markup::clean(&body).trim_matches('\n').replace("\n\n\n", "\n\n"));
        check(&text, &name);
    }

    #[test]
    fn any_html_is_read_back(body in crate::markup::soup(), other in signs()) {
        check(&html(&body), "n");
        check(&html(&other.replace('\n', "<br>")), "n");
    }

    #[test]
    fn any_markdown_is_read_back(body in crate::markdown::soup(), other in signs()) {
        check(&markdown(&body), "n");
        check(&markdown(&other), "n");
    }

    /// Marks of any kinds, anywhere in a text of signs.
    #[test]
    fn any_marks_are_read_back(body in signs(), places in prop::collection::vec((0..60_usize, 1..12_usize, 0..4_usize), 0..8)) {
        let text = lurker::markup::clean(&body).trim_matches('\n').to_owned();
        let mut ends = [0; 4];
        let mut marks = Vec::new();
        let mut places = places;
        places.sort_unstable();
        for (start, length, kind) in places {
            let (start, end) = (text.floor_char_boundary(start), text.floor_char_boundary(start + length));
            if start >= ends[kind] && start < end && text.get(start..end).is_some_and(|words| !words.contains('\n')) {
                ends[kind] = end;
                let kind = [MarkKind::Emphasis, MarkKind::Strong, MarkKind::Literal, MarkKind::Link(0)][kind];
                marks.push(Mark { start: start as u32, end: end as u32, kind });
            }
        }
        marks.sort_by_key(|mark| (mark.start, std::cmp::Reverse(mark.end)));
        let is_link = |mark: &Mark| mark.kind == MarkKind::Link(0) && text.get(mark.start as usize..mark.end as usize).is_some_and(|words| !words.trim().is_empty());
        let has_link = marks.iter().any(is_link);
        marks.retain(|mark| mark.kind != MarkKind::Link(0) || is_link(mark));
        let links = if has_link { vec!["https://a.example/x_(y)&copy;\\>".to_owned()] } else { Vec::new() };
        check(&Text { plain: text.replace("\n\n\n", "\n\n"), marks: if text.contains("\n\n\n") { Vec::new() } else { marks },
            links: if text.contains("\n\n\n") { Vec::new() } else { links } }, "n");
    }
}

#[test]
fn ordinary_texts_keep_their_marks() {
    let table = [
        ("<p>One <b>two</b> <i>three</i><br>four", "One **two** *three*\\\nfour\n"),
        ("<blockquote>a<p>b</blockquote>c", "> a\n>\n> b\n\nc\n"),
        ("<pre>x\n\n```y</pre>", "````\nx\n\n```y\n````\n"),
        ("<code>a`b</code> <b>Hello.</b> <i>x</i>y", "``a`b`` **Hello.** *x*y\n"),
        ("<ul><li>a<li>b</ul><ol><li>c<li>d</ol>", "- a\n\n- b\n\n1. c\n\n2. d\n"),
        ("<a href='https://a.example/?b&amp;c'><i>it</i>!</a>", "[*it*!](<https://a.example/?b\\&c>)\n"),
        ("wow!<a href='https://a.example'>x</a>", "wow\\![x](<https://a.example>)\n"),
        ("AT&amp;T &amp;copy; 1. <br>2. x", "AT&T \\&copy; 1.\\\n2\\. x\n"),
    ];
    for (source, expected) in table {
        let text = html(source);
        let mut builder = Builder::new();
        builder.push(&Draft { id: "1", author: Some("a_b"), body: text.borrow(), ..Draft::default() });
        let printed = printed(&builder.finish(Story { title: "T".to_owned(), ..Story::default() }));
        let indented: String = expected
            .lines()
            .map(|line| if line.is_empty() { "\n".to_owned() } else { format!("  {line}\n") })
            .collect();
        assert_eq!(printed, format!("# T\n\n1 comment\n\n- **a\\_b**\n\n{indented}\n"), "{source}");
    }
}

#[test]
fn lists_of_stories_are_read_back() {
    for name in ["*a*", "<b>x</b>", "[x](http://y)", "1. x", "- x", "&copy;", "a\\", "`", "# h", "_", ""] {
        let entry = Entry {
            title: name.to_owned(),
            author: name.to_owned(),
            place: name.to_owned(),
            link: "https://l.example/_a_".to_owned(),
            url: "https://u.example/&copy;".to_owned(),
            ..Entry::default()
        };
        let heading = Heading { title: name.to_owned(), ..Heading::default() };
        let mut out = Vec::new();
        let list = Listing { heading, entries: vec![entry; 12], notes: vec![name.to_owned()], ..Listing::default() };
        print::stories_markdown(&list, 0, &mut out).expect("a vector takes all");
        let source = String::from_utf8(out).expect("UTF-8");
        let read = read(&source);
        assert_eq!(read.strange, Vec::<String>::new(), "{source}");
        assert_eq!(
            read.links,
            ["https://l.example/_a_", "https://u.example/&copy;"].map(str::to_owned).into(),
            "{source}"
        );
        let shown = if name.is_empty() { "?" } else { name };
        let by = if name.is_empty() { String::new() } else { format!("by {name}, {name}") };
        let entry = |rank| format!("{rank}. {shown} https://l.example/_a_ {by} https://u.example/&copy;");
        let entries = (1..=12).map(entry).collect::<Vec<_>>().join(" ");
        assert_eq!(read.text, squeezed(&format!("{name}({name}){entries}")), "{source}");
    }
}
