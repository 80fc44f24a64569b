//! Promises of the markup layer for every text, held against invented Markdown.

use crate::support::random::config;
use crate::support::texts;
use lurker::markup::markdown;
use proptest::prelude::*;
use texts::{check, check_plain_form};

const PIECES: [&str; 70] = [
    "a",
    "b c",
    " ",
    "\n",
    "\n\n",
    "  \n",
    "word",
    "> ",
    ">",
    "- ",
    "* ",
    "12. ",
    "1. y\n",
    "    ",
    "  ",
    "\t",
    "`",
    "```\n",
    "~~~\n",
    "*",
    "**",
    "_",
    "__",
    "~",
    "~~",
    "^",
    "^2^",
    "[",
    "]",
    "](",
    "](https://x.y/z)",
    "![",
    "(",
    ")",
    "<",
    "<b>",
    "</b>",
    "<br>",
    "<div>\n",
    "</div>\n",
    "<T>",
    "<!-- ",
    " -->",
    "https://x.y/l_(m)",
    "http://",
    "<https://x.y>",
    "<me@x.y>",
    "[1]: //x.y\n",
    "[1]",
    "[^1]",
    "\n[^1]: note\n",
    "::: spoiler x\n",
    ":::\n",
    ">!",
    "!<",
    "# ",
    "\n---\n",
    "\n===\n",
    "| a | b |\n|---|---|\n",
    "| c |\n",
    "|",
    "&gt;",
    "&#x200B;",
    "&nbsp;",
    "&amp;",
    "\\",
    "\u{301}",
    "\u{202e}",
    "\u{1b}[0m",
    "\r\n",
];

pub(crate) fn soup() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&PIECES[..]), 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(config(1000))]

    #[test]
    fn any_source_makes_a_text(source in any::<String>()) {
        let text = markdown(&source);
        check(&text);
        check_plain_form(&text);
    }

    #[test]
    fn any_signs_make_a_text(source in soup()) {
        let text = markdown(&source);
        check(&text);
        check_plain_form(&text);
    }
}

#[test]
fn every_truncation_makes_a_text() {
    let body = "> Twice as *fast*?\n\nNo: [my **bench**](https://bench.example/run?x=1&y=2) says `half` that\u{301}.  \n\
                And https://a.example/top_(x):\n\n1. first\n2. second\n   - third ~~fourth~~ ![five](//i.example/x.png)\n\n\
                ```rust\nfn main() {\n\n}\n```\n\n::: spoiler The *end*\n| a | b |\n|---|---|\n| 1 | H~2~O |\n:::\n\n\
                <details>x</details>\n\n>!six!<[^1]\n\n[^1]: seven &#x200B;&amp; \u{1f468}\u{200d}\u{1f469}\n\n---\n";
    for end in (0..=body.len()).filter(|&end| body.is_char_boundary(end)) {
        let text = markdown(body.get(..end).unwrap_or_default());
        check(&text);
        check_plain_form(&text);
    }
}
