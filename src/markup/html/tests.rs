//! Tables of HTML, in the dialects of the sites, and the texts they make.

use super::{html, html_line};
use crate::model::{MarkKind, Text};

/// A text with its marks shown: `{q }` quotes, `{c }` code, `{i }` items, `{e }` `{s }` `{l }` emphasis, strong and
/// literal text, `{0 }` the link of that number.
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
        ("<details><summary>Why</summary>because</details>", "Why\n\nbecause"),
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
