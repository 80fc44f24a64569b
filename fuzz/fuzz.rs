//! Fuzz targets: each makes inputs at random from good ones, and checks what must hold of any. `README.md` has the commands.

mod addresses;
mod bodies;
mod containers;
mod documents;
mod engine;
mod mutate;
mod planted;
mod reader;
mod settings;
mod soak;
mod stored;
mod terminal;

use engine::{Target, run};

const HTML: &[&str] = &[
    "<b>",
    "</b>",
    "<p>",
    "<blockquote>",
    "</blockquote>",
    "<pre>",
    "</pre>",
    "<code>",
    "<ul><li>",
    "<ol start=9><li>",
    "<a href=\"https://a.example/x\">",
    "</a>",
    "<br>",
    "<table><tr><td>",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "<div class=\"",
    "</div>",
    "&amp;",
    "&#39;",
    "&nbsp;",
    "<img src=\"//a.example/i.png\" alt=\"x\">",
    "<iframe src=",
];
const JSON: &[&str] = &[
    "null",
    "true",
    "[]",
    "{}",
    "\"\"",
    ",",
    ":",
    "[[",
    "{\"a\":",
    "\"id\":",
    "\"parent\":",
    "\\\"",
    "\\u2028",
    "-1",
    "\"<p>x</p>\"",
    "1e9",
    "\"&lt;\"",
    "\"2026-01-01T00:00:00Z\"",
];
const MARKDOWN: &[&str] = &[
    "*",
    "**",
    "_",
    "`",
    "```\n",
    "~~",
    "+ ",
    "\n\n&gt; ",
    "> ",
    ">",
    "- ",
    "1. ",
    "    ",
    "\n\n",
    "[x](https://a.example)",
    "![",
    "](",
    "<https://a.example>",
    "&amp;",
    "\\",
    "| a | b |\n|---|---|\n",
    "# ",
    "---\n",
    ">!",
    "!<",
    "^",
    "[1]: https://a.example\n",
    "https://a.example/b",
    "r/rust",
    "u/ann",
    "@ann@b.example",
    "::: spoiler x\n",
    ":::\n",
    "~",
    "$$",
];

/// A target for documents of a site: the fixtures of these names.
fn documents(
    name: &'static str,
    inputs: usize,
    seeds: &[&str],
    tokens: &'static [&'static str],
    check: fn(&[u8]) -> u64,
) {
    run(&Target { name, inputs, seeds: documents::fixtures(seeds), tokens, check });
}

#[test]
fn slashdot_page() {
    documents("slashdot_page", 300, &["slashdot/story-"], HTML, |bytes| documents::check(bytes, "slashdot"));
}

#[test]
fn slashdot_other() {
    let seeds = ["slashdot/ajax", "slashdot/copied", "slashdot/feed", "slashdot/front"];
    documents("slashdot_other", 300, &seeds, HTML, |bytes| documents::check(bytes, "slashdot"));
}

#[test]
fn hackernews_page() {
    let seeds = ["item-2", "more-", "newest-", "news-", "permalink-", "user-"].map(|name| format!("hackernews/{name}"));
    let seeds: Vec<&str> = seeds.iter().map(String::as_str).collect();
    documents("hackernews_page", 300, &seeds, HTML, |bytes| documents::check(bytes, "hn"));
}

#[test]
fn hackernews_algolia() {
    let seeds = ["hackernews/algolia", "hackernews/search", "hackernews/records"];
    documents("hackernews_algolia", 300, &seeds, JSON, |bytes| documents::check(bytes, "hn"));
}

#[test]
fn hackernews_firebase() {
    let seeds = ["hackernews/items", "hackernews/poll", "hackernews/stories"];
    documents("hackernews_firebase", 300, &seeds, JSON, |bytes| documents::check(bytes, "hn"));
}

#[test]
fn lobsters_json() {
    documents("lobsters_json", 300, &["lobsters/*.json"], JSON, |bytes| documents::check(bytes, "lobsters"));
}

#[test]
fn lobsters_page() {
    documents("lobsters_page", 300, &["lobsters/*.html"], HTML, |bytes| documents::check(bytes, "lobsters"));
}

#[test]
fn lemmy_json() {
    documents("lemmy_json", 300, &["lemmy/*.json"], JSON, |bytes| documents::check(bytes, "lemmy"));
}

#[test]
fn lemmy_page() {
    documents("lemmy_page", 300, &["lemmy/*.html"], HTML, |bytes| documents::check(bytes, "lemmy"));
}

#[test]
fn reddit_json() {
    documents("reddit_json", 300, &["reddit/*.json"], JSON, |bytes| documents::check(bytes, "reddit"));
}

#[test]
fn reddit_page() {
    documents("reddit_page", 300, &["reddit/*.html", "reddit/*.atom"], HTML, |bytes| documents::check(bytes, "reddit"));
}

#[test]
fn discourse_json() {
    documents("discourse_json", 300, &["discourse/*.json"], JSON, |bytes| documents::check(bytes, "discourse"));
}

#[test]
fn discourse_page() {
    documents("discourse_page", 300, &["discourse/*.html"], HTML, |bytes| documents::check(bytes, "discourse"));
}

#[test]
fn thread_format() {
    let (seeds, check) = (documents::own_form(), documents::check_any);
    run(&Target { name: "thread_format", inputs: 300, seeds, tokens: JSON, check });
}

#[test]
fn captures() {
    let (seeds, check) = (documents::captures(), documents::check_any);
    run(&Target { name: "captures", inputs: 300, seeds, tokens: JSON, check });
}

#[test]
fn containers() {
    const TOKENS: &[&str] = &[
        "Content-Type: ",
        "HTTP/1.1 200\r\n",
        "charset=",
        "utf-16le",
        "gzip",
        "chunked",
        "=3D",
        "=\n",
        "--",
        "base64",
    ];
    run(&Target {
        name: "containers",
        inputs: 300,
        seeds: containers::seeds(),
        tokens: TOKENS,
        check: containers::check,
    });
}

#[test]
fn html() {
    run(&Target { name: "html", inputs: 300, seeds: bodies::html_seeds(), tokens: HTML, check: bodies::check_html });
}

#[test]
fn markdown() {
    let (seeds, check) = (bodies::markdown_seeds(), bodies::check_markdown);
    run(&Target { name: "markdown", inputs: 300, seeds, tokens: MARKDOWN, check });
}

#[test]
fn clean() {
    run(&Target { name: "clean", inputs: 300, seeds: bodies::plain_seeds(), tokens: &[], check: bodies::check_clean });
}

#[test]
fn wrap() {
    run(&Target { name: "wrap", inputs: 300, seeds: bodies::any_seeds(), tokens: MARKDOWN, check: bodies::check_wrap });
}

#[test]
fn print_markdown() {
    let (seeds, check) = (bodies::any_seeds(), bodies::check_print_markdown);
    run(&Target { name: "print_markdown", inputs: 300, seeds, tokens: MARKDOWN, check });
}

#[test]
fn print_text() {
    let (seeds, check) = (documents::own_form(), bodies::check_print_text);
    run(&Target { name: "print_text", inputs: 300, seeds, tokens: JSON, check });
}

#[test]
fn config() {
    run(&Target {
        name: "config",
        inputs: 300,
        seeds: settings::configs(),
        tokens: &[],
        check: settings::check_config,
    });
}

#[test]
fn theme() {
    run(&Target { name: "theme", inputs: 300, seeds: settings::themes(), tokens: &[], check: settings::check_theme });
}

#[test]
fn keys() {
    run(&Target { name: "keys", inputs: 300, seeds: settings::keys(), tokens: &[], check: settings::check_keys });
}

#[test]
fn query() {
    run(&Target { name: "query", inputs: 300, seeds: settings::queries(), tokens: &[], check: settings::check_query });
}

#[test]
fn addresses() {
    const TOKENS: &[&str] =
        &["https://", "?id=", "#comment", "/../", "%2F", "@", ":80", "javascript:", "//", "%00", "www."];
    run(&Target { name: "addresses", inputs: 300, seeds: addresses::seeds(), tokens: TOKENS, check: addresses::check });
}

#[test]
fn update() {
    run(&Target { name: "update", inputs: 30, seeds: reader::seeds(), tokens: &[], check: reader::check });
}

#[test]
fn terminal_input() {
    let (seeds, check) = (terminal::seeds(), terminal::check);
    run(&Target { name: "terminal_input", inputs: 300, seeds, tokens: terminal::TOKENS, check });
}

#[test]
fn stored_thread() {
    run(&Target {
        name: "stored_thread",
        inputs: 30,
        seeds: stored::seeds(),
        tokens: JSON,
        check: stored::check_thread_row,
    });
}

#[test]
fn stored_rows() {
    let (seeds, check) = (stored::row_seeds(), stored::check_rows);
    run(&Target { name: "stored_rows", inputs: 30, seeds, tokens: JSON, check });
}
