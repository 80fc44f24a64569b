//! Tables of HTML, in the dialects of the sites, and the texts they make.

use super::{html, html_line};
use crate::model::{MarkKind, Text};

/// A text with its marks shown: `{q }` quotes, `{c }` code, `{i }` items, `{e }` `{s }` `{l }` emphasis, strong and
/// literal text, `{p }` a spoiler, `{0 }` the link of that number.
fn shown(text: &Text) -> String {
    let mut signs: Vec<(usize, usize, String)> = Vec::new();
    for (number, mark) in text.marks.iter().enumerate() {
        let name = match mark.kind {
            MarkKind::Quote => "q".to_owned(),
            MarkKind::Code => "c".to_owned(),
            MarkKind::Item => "i".to_owned(),
            MarkKind::Emphasis => "e".to_owned(),
            MarkKind::Strong => "s".to_owned(),
            MarkKind::Literal => "l".to_owned(),
            MarkKind::Spoiler => "p".to_owned(),
            MarkKind::Link(link) => link.to_string(),
        };
        signs.push((mark.start as usize, number + 1, format!("{{{name} ")));
        signs.push((mark.end as usize, 0, "}".to_owned()));
    }
    signs.sort();
    let mut shown = String::new();
    let mut at = 0;
    for (place, _, sign) in signs {
        shown.push_str(text.plain.get(at..place).expect("marks are in order and on characters"));
        shown.push_str(&sign);
        at = place;
    }
    shown + text.plain.get(at..).expect("marks are on characters")
}

fn check(table: &[(&str, &str)]) {
    for (source, expected) in table {
        assert_eq!(shown(&html(source)), *expected, "{source}");
    }
}

#[test]
fn paragraphs_and_white_space() {
    check(&[
        ("", ""),
        ("one", "one"),
        ("one<p>two<p>three", "one\n\ntwo\n\nthree"),
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("<p>one</p>\n<p></p><p> </p></p>\n<p>two</p>\n", "one\n\ntwo"),
        ("  a\n b\t\tc&nbsp;d &#160; e ", "a b c d  e"),
        ("a<br>b<br/>c<br><br>d<br><br><br>e<br>", "a\nb\nc\n\nd\n\ne"),
        ("a<br>\n <br>b</br>c", "a\n\nb\nc"),
        ("<div>a</div><div>b<div>c</div></div>d", "a\n\nb\n\nc\n\nd"),
        ("<h2>Title</h2>text<hr>more", "{s Title}\n\ntext\n\n---\n\nmore"),
        ("a<!-- b -->c<?php d ?>e<!doctype x>", "ace"),
        ("<script>alert(1)</script>a<style>p {}</style>b<template><template>x</template>y</template>c", "abc"),
        ("a<iframe src=x>b</iframe><noscript>c<p>d</noscript>e", "ae"),
        ("x<sup>2</sup> and <del>gone</del> <s>too </s>now</s>", "x^2 and ~~gone~~ ~~too~~ now"),
        ("a < b && c <3 x<y", "a < b && c <3 x"),
        ("<table><tr><th>a<th>b<tr><td>1</td><td></td><td>3</td></table>x", "a | b\n1 | | 3\n\nx"),
        ("<details><summary>Why</summary>because</details>x", "{s Why}\n\n{q {p because}}\n\nx"),
    ]);
}

#[test]
fn entities() {
    check(&[
        ("it&#x27;s &quot;a&#x2F;b&quot; &lt;p&gt; &amp;amp;", "it's \"a/b\" <p> &amp;"),
        ("&hellip; &copy &nosuch; &#8212; & &#", "… © &nosuch; — & &#"),
        ("caf&#195;&#169; na&#xC3;&#xAF;ve lone &#195;", "café naïve lone Ã"),
        ("&#146;&#0;&#27;[31m&#x202e;&#8203;x&#xd800;", "’\u{fffd}[31mx\u{fffd}"),
    ]);
}

#[test]
fn inline_marks() {
    check(&[
        ("<i>a</i> <em>b</em> <b>c</b> <strong>d</strong>", "{e a} {e b} {s c} {s d}"),
        ("<tt>a</tt> <code>b <kbd>c</kbd></code>", "{l a} {l b c}"),
        ("<b><i>x</b>y</i>z", "{e {s x}y}z"),
        ("<i>a<p>b</i>c", "{e a}\n\n{e b}c"),
        ("<i> a </i>b<i></i><b> </b>c", "{e a} b c"),
        ("<i><i>x</i>y</i>z", "{e xy}z"),
        ("</i>a</b><i>unclosed", "a{e unclosed}"),
        ("<I>a<br>b</I>", "{e a}\n{e b}"),
        ("<i foo=bar>a</i <b>b</b>", "{e a}b"),
        ("a<i", "a"),
    ]);
}

#[test]
fn links() {
    let table = [
        ("<a href=\"https://a.example/\" rel=nofollow>x</a>y", "{0 x}y", vec!["https://a.example/"]),
        ("<a href=\"https:&#x2F;&#x2F;a.example&#x2F;b\">x</a>", "{0 x}", vec!["https://a.example/b"]),
        ("<a href='//a.example/b'>x <i>y</i></a>", "{0 x {e y}}", vec!["https://a.example/b"]),
        ("<a href='javascript:alert(1)'>x</a> <a>y</a> <a href='/z'>z</a>", "x y z", vec![]),
        (
            "<a href='http://a.example'>x<a href='http://b.example'>y</a>z</a>",
            "{0 x}{1 y}z",
            vec!["http://a.example", "http://b.example"],
        ),
        ("<a href='http://a.example'>x<p>y</a>", "{0 x}\n\n{0 y}", vec!["http://a.example"]),
        ("<a href='http://a.example'> </a>x", "x", vec![]),
        (
            "<a href='http://a.example/long'>http://a.exam...</a>.",
            "{0 http://a.example/long}.",
            vec!["http://a.example/long"],
        ),
        (
            "<a href='http://a.example/long'>a.example/<b>l</b>...</a>",
            "{0 a.example/{s l}...}",
            vec!["http://a.example/long"],
        ),
        (
            "<i><a href='http://a.example/long'>http://…/...</a></i>",
            "{0 {e http://a.example/long}}",
            vec!["http://a.example/long"],
        ),
        ("<a href='http://www.a.example/x'>x</a> [a.example], y", "{0 x}, y", vec!["http://www.a.example/x"]),
        ("<a href='http://a.example/x'>x</a> [b.example]", "{0 x} [b.example]", vec!["http://a.example/x"]),
        ("<a href='http://a.example/x'>x</a> <i>[a.example]", "{0 x} {e [a.example]}", vec!["http://a.example/x"]),
        (
            "<a href='http://a.example/x'>http://b.example/</a> [a.example], <i><a href='http://a.example'>c.example</a>!</i>",
            "{0 http://b.example/}, {e {1 c.example}!}",
            vec!["http://a.example/x", "http://a.example"],
        ),
        ("<a href='http://a.example'>b.example<p>x</a>", "{0 b.example}\n\n{0 x}", vec!["http://a.example"]),
        ("<img alt='a cat' src='http://a.example/c.png'>", "{0 a cat}", vec!["http://a.example/c.png"]),
        (
            "<img src='http://a.example/c.png'><img alt=':)' class=emoji src='http://x'><img class='a avatar' src='http://x'>",
            "{0 image}:)",
            vec!["http://a.example/c.png"],
        ),
        ("<a href='http://a.example'><img alt=cat src='http://b.example'></a>", "{0 cat}", vec!["http://a.example"]),
    ];
    for (source, expected, addresses) in table {
        let text = html(source);
        assert_eq!(shown(&text), expected, "{source}");
        assert_eq!(text.links, addresses, "{source}");
    }
}

#[test]
fn media_keep_their_addresses() {
    let table: [(&str, &str, &[&str]); 14] = [
        ("<a href='http://a.example'><img src='http://b.example/t.png'></a>", "{0 image}", &["http://a.example"]),
        ("<a href='http://a.example'><img src=x title='A talk'></a>", "{0 A talk}", &["http://a.example"]),
        ("<a href='http://a.example'><img src=x>seen</a>", "{0 seen}", &["http://a.example"]),
        ("<img alt='map|690x300' src=http://a.example/m>", "{0 map}", &["http://a.example/m"]),
        ("<img src='data:x' data-src=http://a.example/m>", "{0 image}", &["http://a.example/m"]),
        ("<img srcset='http://a.example/m 2x, http://a.example/n'>", "{0 image}", &["http://a.example/m"]),
        ("x <iframe src='//a.example/e' title='A film'>no</iframe>y", "x {0 A film}y", &["https://a.example/e"]),
        (
            "<video><source src='http://a.example/v'><a href='http://a.example/v'>v</a></video>z",
            "{0 video}z",
            &["http://a.example/v"],
        ),
        ("<video src='http://a.example/v'>no</video>z", "{0 video}z", &["http://a.example/v"]),
        ("<audio controls>a <b>song</b></audio>", "a {s song}", &[]),
        ("<embed src='http://a.example/s'>x", "{0 embedded file}x", &["http://a.example/s"]),
        ("<div class=v data-video-src='http://a.example/v'></div>x", "{0 video}\n\nx", &["http://a.example/v"]),
        (
            "<div><a class=lightbox href='http://a.example/i' title=shot><img alt=shot src=x><div class=meta><span>shot</span><span>5 KB</span></div></a></div>y",
            "{0 shot}\n\ny",
            &["http://a.example/i"],
        ),
        ("<x-film href=u>a <y-z>b</y-z></x-film>", "a b", &[]),
    ];
    for (source, expected, addresses) in table {
        let text = html(source);
        assert_eq!(shown(&text), expected, "{source}");
        assert_eq!(text.links, addresses, "{source}");
    }
}

#[test]
fn a_preview_of_a_page_is_one_link() {
    let page = |address: &str, inner: &str| format!("<aside class=onebox {address}>{inner}</aside>z");
    let stated = "data-onebox-src='http://a.example/p'";
    let link = "<a href='http://a.example/p'>";
    for (source, expected) in [
        (
            page(
                stated,
                &format!(
                    "<header class=source><img src=http://b.example/i>{link}Site</a></header><article><img src=http://b.example/t><h3>{link}Head</a></h3><p>More {link}words</a></p></article>"
                ),
            ),
            "{0 {s Head}}\n\nMore words\n\nz",
        ),
        (page("", &format!("{link}<img src=x></a><h4>{link}Head</a></h4>")), "{0 {s Head}}\n\nz"),
        (page(stated, "<p>Words</p>"), "Words\n\n{0 http://a.example/p}\n\nz"),
    ] {
        let text = html(&source);
        assert_eq!(shown(&text), expected, "{source}");
        assert_eq!(text.links, ["http://a.example/p"], "{source}");
    }
}

#[test]
fn classes_say_what_is_covered_or_checked() {
    check(&[
        ("It was <span class=md-spoiler-text>the butler</span>.", "It was (spoiler: {p the butler})."),
        ("<span class=spoiler>a <span>b</span><br>c</span> d", "(spoiler: {p a b}\n{p c}) d"),
        ("a<div class=spoiler><p>b</p><p>c</p></div>d", "a\n\n{s spoiler}\n\n{q {p b}\n\n{p c}}\n\nd"),
        (
            "<details><summary>a</summary>b<details><summary>c</summary>d</details></details>e",
            "{s a}\n\n{q {p b}\n\n{s {p c}}\n\n{q {p d}}}\n\ne",
        ),
        (
            "<ul><li><span class='chcklst-box'></span> open<li><span class='chcklst-box checked'></span>done</ul>",
            "{i - [ ] open}\n{i - [x] done}",
        ),
        ("<input type=checkbox checked disabled> a <input type=checkbox> b<input type=text>", "[x] a [ ] b"),
        ("<span>0</span><span class=info-label>voters</span>", "0 voters"),
    ]);
}

#[test]
fn dates_notes_and_raised_words() {
    check(&[
        (
            "on <span class=discourse-local-date data-date=2025-03-04 data-time=10:00:00 data-timezone=Europe/Berlin>2025-03-04T09:00:00Z</span>.",
            "on 2025-03-04 10:00 Europe/Berlin.",
        ),
        ("<span class=discourse-local-date data-date=2025-03-04>x</span> y", "2025-03-04 y"),
        ("<span class=discourse-local-date>x</span> y", "x y"),
        ("a<sup class=footnote-ref><a href=#f>[1]</a></sup> b", "a[1] b"),
        ("<ol><li><p>The note. <a href=#r class=footnote-backref>↩︎</a></p></ol>", "{i 1. The note.}"),
        ("2<sup>10</sup>", "2^10"),
        ("2<sup>10 + <i>n</i></sup> and 2<sup>(10 + 1)</sup>", "2^(10 + {e n}) and 2^(10 + 1)"),
        ("<i>2<sup>a b</sup></i> <b>c</b>", "{e 2^(a b)} {s c}"),
        ("x<sup>a<br>b c</sup>", "x^a\nb c"),
    ]);
}

#[test]
fn quotes() {
    check(&[
        ("<blockquote>a<p>b</blockquote>c", "{q a\n\nb}\n\nc"),
        ("<p><div class=\"quote\"><p>a</p></div></p>\nb", "{q a}\n\nb"),
        ("<div class=\"quote\"><div>a</div>b</div>c", "{q a\n\nb}\n\nc"),
        ("<blockquote><blockquote>a</blockquote>b</blockquote>", "{q {q a}\n\nb}"),
        ("<blockquote> <p></p> </blockquote>a", "a"),
        ("<blockquote><i>a</blockquote>b</i>", "{q {e a}}\n\n{e b}"),
        ("&gt; a<p>b", "{q a}\n\nb"),
        (" &gt;a<p>&gt;&gt; b", "{q a}\n\n{q {q b}}"),
        ("<i>&gt; a</i><p><i>&gt;</i> b", "{q {e a}}\n\n{q b}"),
        ("&gt; a<br>&gt; b<br>&gt; &gt; c<br>d", "{q a\nb\n{q c}}\nd"),
        ("&gt;<p>a &gt; b", "a > b"),
        ("&gt;5 apples<p>&gt;= 3<p>&gt; 7", ">5 apples\n\n>= 3\n\n{q 7}"),
        ("<code>&gt; a</code>", "{l > a}"),
        ("<blockquote>&gt; a<p>b</blockquote>", "{q {q a}\n\nb}"),
    ]);
}

#[test]
fn lists() {
    check(&[
        ("a<ul><li>b<li>c</ul>d", "a\n\n{i - b}\n{i - c}\n\nd"),
        ("<ol><li>a</li><li>b</li></ol>", "{i 1. a}\n{i 2. b}"),
        ("<ol start=9><li>a</li><li>b</li></ol>", "{i 9. a}\n{i 10. b}"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "{i - a\n{i - b}}\n{i - c}"),
        ("<ul><li><p>a</p><p>b</p></li><li><p>c</p></li></ul>", "{i - a\n\nb}\n\n{i - c}"),
        ("<ul><li></li><li> </li><li>a</ul>", "{i - a}"),
        ("<li>a<li>b", "{i - a}\n{i - b}"),
        ("<dl><dt>term<dd>what<dt>next<dd>that</dl>", "term\n{i - what}\nnext\n{i - that}"),
        ("<ul><li><blockquote>a</blockquote></li></ul>", "{i - {q a}}"),
        ("<ul><li>a<blockquote><li>b</blockquote></li>c</ul>", "{i - a\n\n{q {i - b}}}\n\nc"),
        ("<ul><li>a<ul></li><li>b</ul></ul>", "{i - a\n{i - b}}"),
        ("<ul><li><ul><li>a</ul></ul>", "{i - {i - a}}"),
    ]);
}

#[test]
fn code() {
    check(&[
        ("a<p><pre><code>  x\n\n  y\n</code></pre>\nb", "a\n\n{c   x\n\n  y}\n\nb"),
        ("<pre>\n\nx\ty\r\nz  \n\n</pre>", "{c x   y\nz}"),
        ("<pre><code>a &lt; <b>b</b>\n&nbsp;c</code></pre>", "{c a < {s b}\n c}"),
        ("<pre> \n </pre>a", "a"),
        ("<pre>a<br>b<p>c", "{c a\nb\nc}"),
        ("<pre>&gt; a", "{c > a}"),
        ("<blockquote><pre>a</blockquote>b", "{q {c a}}\n\nb"),
        ("<div><pre><div>a</div>b</pre>c</div>d", "{c a\nb}\n\nc\n\nd"),
        ("<ul><li><pre>a\nb</pre><li>c</ul>", "{i - {c a\nb}}\n\n{i - c}"),
        ("<ecode>if (x)\n  y</ecode>", "{c if (x)\n  y}"),
    ]);
}

#[test]
fn one_line_of_html() {
    let table = [
        ("A &amp; B &lt;C&gt;", "A & B <C>"),
        ("<b>bold</b>ly <br>new\nline", "boldly new line"),
        ("<p>one</p>two", "one two"),
        ("> 100 &gt; 5", "> 100 > 5"),
        ("&#27;[2J\u{202e}x", "[2Jx"),
        ("  plain  ", "plain"),
    ];
    for (source, expected) in table {
        assert_eq!(html_line(source), expected, "{source}");
    }
}

#[test]
fn depth_is_bounded() {
    let deep = format!("{}x{}y", "<blockquote>".repeat(500), "</blockquote>".repeat(500));
    let text = html(&deep);
    assert_eq!(text.plain, "x\n\ny");
    assert_eq!(text.marks.len(), 32);
    assert_eq!(html(&format!("{} x", "&gt;".repeat(500))).marks.len(), 32);
}

#[test]
fn large_hostile_input_ends() {
    let units = [
        "<b>",
        "<a href",
        "<a href=x>",
        "<a href=\"http://x.y/\">",
        "&",
        "&#",
        "&#195;",
        "&lt",
        "<",
        "</",
        "<!--",
        "<ul>",
        "<li>",
        "<li>x",
        "<div>",
        "</div>",
        "<blockquote>x",
        "<pre>",
        "<pre>x\n",
        "\n",
        "&nbsp;",
        "<br>",
        "<br>x",
        "> ",
        ">",
        "<td>",
        "<p>x",
        "<b a=1 ",
        "<template>",
        "<i>x<p>",
        "<ol start=4294967295><li>x",
        "[",
        "...",
        "\u{301}",
        "<del>",
        "<a href=http://x.y/>...</a> [x",
        "</i>",
        "<i><p>",
    ];
    for unit in units {
        let text = html(&unit.repeat((1 << 18) / unit.len()));
        assert!(text.plain.len() < (1 << 20) * 10, "{unit}");
    }
}

#[test]
fn raised_words_cost_no_more_than_their_number() {
    let brackets = |source: &str| html(source).plain.matches('(').count();
    for n in [10, 20, 40] {
        assert_eq!(brackets(&format!("{}a b{}", "x<sup>".repeat(n), "</sup>".repeat(n))), 4, "{n} around each other");
        assert_eq!(brackets(&"x<sup>a b</sup> ".repeat(n)), n, "{n} behind each other");
    }
}
