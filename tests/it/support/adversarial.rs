//! Inputs that cost a program most that repeats a look over what it has seen: each of a size of choice.

use serde_json::{Value, json};

/// A name, and the bytes of an input that has about `n` bytes.
pub(crate) type Kind = (&'static str, fn(usize) -> Vec<u8>);

/// Every kind of input.
pub(crate) const KINDS: [Kind; 44] = [
    ("own: quotes in quotes", |n| own(&json!({"text": repeated(&format!("{}x\n\n", "> ".repeat(40)), n)}))),
    ("own: one line of quotes", |n| own(&json!({"text": format!("{}x", repeated("> ", n))}))),
    ("own: short lines with marks", |n| {
        own(&json!({"text": repeated("ab\n", n / 8), "marks": marks(n / 24, 3, &["strong", "emphasis"])}))
    }),
    ("own: marks on one line", |n| {
        own(&json!({"text": repeated("ab ", n / 8), "marks": marks(n / 24, 3, &["strong", "literal"])}))
    }),
    ("own: marks over all of the text", |n| {
        let mark = |at: usize| json!([(["strong", "emphasis", "literal"][at % 3]), 0, n / 2]);
        own(&json!({"text": repeated("word ", n / 2), "marks": (0..n / 40).map(mark).collect::<Vec<_>>()}))
    }),
    ("own: links over all of the text", |n| {
        let mark = |at: usize| json!(["link", 0, n / 2, at % 9]);
        let links: Vec<String> = (0..9).map(|at| format!("http://{at}.example")).collect();
        own(
            &json!({"text": repeated("a.example ", n / 2), "links": links, "marks": (0..n / 40).map(mark).collect::<Vec<_>>()}),
        )
    }),
    ("own: links without marks", |n| {
        let links: Vec<String> = (0..n / 40).map(|at| format!("https://a.example/{at}")).collect();
        own(&json!({"text": repeated("no link here ", n / 2), "links": links}))
    }),
    ("own: links without marks that begin alike", |n| {
        let links: Vec<String> = (0..n / 60).map(|at| format!("http://{}{at}", "http".repeat(6))).collect();
        own(&json!({"text": repeated("http", n / 2), "links": links}))
    }),
    ("own: blocks in blocks", |n| {
        let block = |at: usize| json!([(["quote", "item", "code"][at % 3]), 0, n / 2]);
        own(
            &json!({"text": "x", "verbatim": repeated("- a\n", n / 2), "marks": (0..n / 40).map(block).collect::<Vec<_>>()}),
        )
    }),
    ("own: items of nine digits", |n| own(&json!({"text": repeated("123456789. a\n", n)}))),
    ("own: items in items", |n| own(&json!({"text": format!("{}x", repeated("- ", n))}))),
    ("own: code of blank lines", |n| own(&json!({"text": format!("    a\n{}    b", repeated("    \n", n))}))),
    ("own: fences", |n| own(&json!({"text": repeated("    ```````a\n", n)}))),
    ("own: one word", |n| own(&json!({"text": "x".repeat(n)}))),
    ("own: wide characters", |n| own(&json!({"text": repeated("漢字", n)}))),
    ("own: marks on one letter", |n| own(&json!({"text": format!("a{}", repeated("\u{301}", n))}))),
    ("own: spaces", |n| own(&json!({"text": format!("a{}b", " ".repeat(n))}))),
    ("own: cells", |n| own(&json!({"text": repeated("a | b\n", n)}))),
    ("own: cells on one line", |n| own(&json!({"text": repeated("a | ", n) + "\n" + &repeated("b | ", n)}))),
    ("own: signs of Markdown", |n| own(&json!({"text": repeated("*_`[]<>#~&amp;\\", n)}))),
    ("own: long author, subject and label", |n| {
        own(&json!({"author": "a ".repeat(n / 6), "subject": "s ".repeat(n / 6), "label": "l ".repeat(n / 6)}))
    }),
    ("own: replies to replies", |n| {
        let comment = |id: usize| json!({"id": id.to_string(), "parent": id.checked_sub(1).map(|id| id.to_string()), "text": "a\nb\nc"});
        whole(&json!((0..n / 60).map(comment).collect::<Vec<_>>()))
    }),
    ("own: one id", |n| whole(&json!(vec![json!({"id": "1", "text": "x"}); n / 30]))),
    ("own: lists in lists", |n| {
        let depth = n / 2;
        format!(
            r#"{{"format":"lurker-thread-1","title":"T","x":{}{},"comments":[]}}"#,
            "[".repeat(depth),
            "]".repeat(depth)
        )
        .into_bytes()
    }),
    ("own: keys", |n| {
        let keys: String = (0..n / 8).map(|_| r#""id":"","#).collect();
        format!(r#"{{"format":"lurker-thread-1","title":"T","comments":[{{{keys}"text":"x"}}]}}"#).into_bytes()
    }),
    ("HTML: quotes in quotes", |n| page(&repeated("<blockquote>a<p>b", n))),
    ("HTML: paragraphs in quotes", |n| page(&format!("{}{}", "<blockquote>".repeat(32), repeated("a<p>", n)))),
    ("HTML: items of nine digits", |n| {
        page(&format!("{}{}", "<ol start=123456789><li>".repeat(32), repeated("a<br>", n)))
    }),
    ("HTML: formats in formats", |n| page(&repeated("<b><i><code>a", n))),
    ("HTML: raised words in raised words", |n| {
        page(&format!("{}a b{}", "<sup>".repeat(n / 11), "</sup>".repeat(n / 11)))
    }),
    ("HTML: raised words that are open", |n| {
        page(&format!("{}{}", repeated("<sup>a b", n / 2), repeated("</sup>", n / 2)))
    }),
    ("HTML: links", |n| page(&repeated("<a href=http://a.b>c.d</a> ", n))),
    ("HTML: links that are open", |n| page(&repeated("<a href=//a>", n))),
    ("HTML: entities", |n| page(&repeated("&amp;&#195;&notin", n))),
    ("HTML: attributes", |n| page(&format!("<a {}>x</a>", repeated("a=1 b='2' ", n)))),
    ("HTML: attributes in double quotes", |n| page(&format!("<a {}>x</a>", repeated("a=\"1\" ", n)))),
    ("HTML: tags that are open", |n| page(&repeated("<", n))),
    ("HTML: code of blank lines", |n| page(&format!("<pre>a{}b</pre>", "\n".repeat(n)))),
    ("Markdown: quotes in quotes", |n| post(&repeated("> > > > > > > >\n> > a\n", n))),
    ("Markdown: signs", |n| post(&repeated("*a_b`c[d](e)![f<g>~h^i|r/rust ", n))),
    ("Markdown: quotes under titles of spoilers", |n| post(&repeated("**spoiler**\n\n> x\n\n", n))),
    ("Markdown: spoiler blocks", |n| post(&repeated("::: spoiler t\nx\n:::\n", n))),
    ("Markdown: spoilers in a spoiler", |n| post(&format!("**spoiler**\n\n{}", repeated("> a >!b!< c\n>\n", n)))),
    ("Markdown: names among links", |n| post(&repeated("r/rust [x](http://y.z) ", n))),
];

fn repeated(unit: &str, bytes: usize) -> String {
    unit.repeat(bytes / unit.len() + 1)
}

fn marks(count: usize, step: usize, kinds: &[&str]) -> Vec<Value> {
    (0..count).map(|at| json!([kinds[at % kinds.len()], at * step, at * step + 1])).collect()
}

/// lurker's own form, with one comment that has these keys too.
fn own(comment: &Value) -> Vec<u8> {
    let mut comment = comment.clone();
    comment["id"] = json!("1");
    whole(&json!([comment]))
}

fn whole(comments: &Value) -> Vec<u8> {
    format!(r#"{{"format":"lurker-thread-1","title":"T","comments":{comments}}}"#).into_bytes()
}

/// A discussion of Hacker News with this HTML in a comment.
fn page(html: &str) -> Vec<u8> {
    let comment = json!({"id": 2, "type": "comment", "author": "b", "created_at_i": 2, "text": html, "children": [],
        "parent_id": 1, "story_id": 1});
    json!({"id": 1, "type": "story", "title": "T", "author": "a", "created_at_i": 1, "points": 1, "children": [comment]})
        .to_string()
        .into_bytes()
}

/// A thread of Reddit with this Markdown in a comment.
fn post(markdown: &str) -> Vec<u8> {
    let listing =
        |kind: &str, data: Value| json!({"kind": "Listing", "data": {"children": [{"kind": kind, "data": data}]}});
    let head = json!({"id": "p", "subreddit": "t", "title": "T", "author": "o", "permalink": "/r/t/comments/p/x/",
        "selftext": "", "created_utc": 1, "score": 1, "num_comments": 1});
    let comment =
        json!({"id": "c", "parent_id": "t3_p", "link_id": "t3_p", "author": "u", "body": markdown, "replies": ""});
    json!([listing("t3", head), listing("t1", comment)]).to_string().into_bytes()
}
