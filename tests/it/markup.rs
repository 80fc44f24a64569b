//! Promises of the markup layer for every text, held against invented and captured sources.

use crate::support::random::config;
use crate::support::texts;
use lurker::markup::{clean, clean_line, html, html_line, plain, to_plain};
use lurker::model::Text;
use proptest::prelude::*;
use texts::{check, check_plain_form, is_forbidden};

const PIECES: [&str; 90] = [
    "a",
    "b c",
    " ",
    "\n",
    "word",
    ">",
    "&gt;",
    "&gt; q",
    "- ",
    "- x",
    "12. ",
    "1. y",
    "5",
    "=",
    "...",
    "[x.y]",
    "é",
    "\u{301}",
    "\u{200d}",
    "\u{1f468}",
    "\u{202e}",
    "\u{1b}[0m",
    "\t",
    "\r",
    "&nbsp;",
    "&#x27;",
    "&amp;",
    "&#27;",
    "&#195;&#169;",
    "&#8203;",
    "&lt;p&gt;",
    "<p>",
    "</p>",
    "<br>",
    "<br><br>",
    "<i>",
    "</i>",
    "<b>",
    "</b>",
    "<code>",
    "</code>",
    "<pre>",
    "</pre>",
    "<pre>x\n\n  y\n",
    "<pre><code>\n  x",
    "<ul>",
    "</ul>",
    "<ol>",
    "<ol start=12>",
    "</ol>",
    "<li>",
    "</li>",
    "<dl>",
    "<dt>",
    "<dd>",
    "</dl>",
    "<blockquote>",
    "</blockquote>",
    "<div class=quote>",
    "<div>",
    "</div>",
    "<a href='http://x.y/long'>",
    "<a href=\"javascript:x\">",
    "<a href=//x.y>",
    "</a>",
    "http://x.y/l...",
    "x.y…",
    "<h1>",
    "</h1>",
    "<hr>",
    "<img src=http://x.y/z.png alt='an image'>",
    "<img>",
    "<table>",
    "<tr>",
    "<td>",
    "</td>",
    "</table>",
    "<script>",
    "</script>",
    "<!-- ",
    " -->",
    "<",
    "<a",
    "\"",
    "<del>",
    "</del>",
    "<sup>",
    "<template>",
    "</template>",
    "    ",
];

pub(crate) fn soup() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&PIECES[..]), 0..40).prop_map(|pieces| pieces.concat())
}

const LINE_PIECES: [&str; 16] =
    ["\n", "\n", "\n\n", "> ", ">", "- ", "10. ", "    ", "  ", " ", "a", "b c", "\n    ", "\n  ", "\n> ", "\t"];

proptest! {
    #![proptest_config(config(1000))]

    #[test]
    fn any_text_is_cleaned(text in any::<String>()) {
        let cleaned = clean(&text);
        prop_assert!(!cleaned.contains(is_forbidden), "{cleaned:?}");
        prop_assert_eq!(clean(&cleaned), &*cleaned);
        let line = clean_line(&text);
        prop_assert_eq!(clean_line(&line), &*line);
    }

    #[test]
    fn special_characters_are_cleaned(text in "[a \n\r\t\u{7f}-\u{ad}\u{300}-\u{350}\u{600}-\u{620}\u{900}-\u{960}\u{2000}-\u{2070}\u{fe00}-\u{fe0f}\u{1f3f0}-\u{1f400}\u{1f466}\u{e0061}-\u{e007f}\u{e0100}❤漢]{0,24}") {
        let cleaned = clean(&text);
        prop_assert!(!cleaned.contains(is_forbidden), "{cleaned:?}");
        prop_assert_eq!(clean(&cleaned), &*cleaned);
    }

    #[test]
    fn any_source_makes_a_text(source in any::<String>()) {
        check(&html(&source));
        check_plain_form(&html(&source));
        check(&plain(&source));
    }

    #[test]
    fn any_tags_make_a_text(source in soup()) {
        let text = html(&source);
        check(&text);
        check_plain_form(&text);
        let line = html_line(&source);
        prop_assert_eq!(clean_line(&line), &*line);
    }

    #[test]
    fn blocks_survive_the_plain_form(source in soup()) {
        // A paragraph that looks like a block is read as one.
        let source = source.replace("- ", "").replace("1. ", "").replace("12. ", "").replace("<code>", "<b>").replace("<hr>", "");
        let text = html(&source);
        let read = plain(&to_plain(text.borrow()));
        let blocks = |text: &Text| text.marks.iter().filter(|mark| mark.kind.is_block()).copied().collect::<Vec<_>>();
        prop_assert_eq!(&read.plain, &text.plain);
        prop_assert_eq!(blocks(&read), blocks(&text), "{}", text.plain);
    }

    #[test]
    fn any_plain_form_is_read(pieces in prop::collection::vec(prop::sample::select(&LINE_PIECES[..]), 0..30)) {
        check(&plain(&pieces.concat()));
    }

    #[test]
    fn any_bytes_make_a_text(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        check(&html(&String::from_utf8_lossy(&bytes)));
    }
}

#[test]
fn every_truncation_makes_a_text() {
    let bodies = [
        "<p><div class=\"quote\"><p>Twice as &#8220;fast&#8221;?</p></div></p><p>No: <a href=\"https://bench.example/run?x=1&amp;y=2\" rel=\"nofollow\">https://bench.example/run?...</a> [bench.example] says <b><i>half</b> that</i>.<br>And <tt>top</tt>:<ol><li>first<li>second</ol>",
        "&gt; caf&#195;&#169; \u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}<p>See <a href=\"https:&#x2F;&#x2F;a.example&#x2F;long\" rel=\"nofollow\">https:&#x2F;&#x2F;a.exam...</a><p><pre><code>  let x = &quot;y&quot;;\n\n  x &lt; 3\n</code></pre>\nDone",
        "<h2>Why</h2>\n<ul>\n<li><p>one</p>\n<pre><code class=\"lang-rust\">fn main() {\n\n}\n</code></pre>\n</li>\n<li>two <del>three</del> <img src=\"//i.example/x.png\" alt=\"four\"></li>\n</ul>\n<table><thead><tr><th>a</th></tr></thead></table>\n<hr>\n",
    ];
    for body in bodies {
        for end in (0..=body.len()).filter(|&end| body.is_char_boundary(end)) {
            let text = html(body.get(..end).unwrap_or_default());
            check(&text);
            check_plain_form(&text);
        }
    }
}
