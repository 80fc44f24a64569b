//! Tables of Markdown, in the dialects of the sites, and the texts they make.

use super::markdown;
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

#[test]
fn many_spoilers_under_titles_end() {
    for unit in ["**spoiler**\n\n> x\n\n", "::: spoiler t\nx\n:::\n", ">!a!< ", "**spoiler**\n\n> a >!b!< c\n\n"] {
        let text = markdown(&unit.repeat((1 << 19) / unit.len()));
        assert!(text.marks.iter().any(|mark| mark.kind == MarkKind::Spoiler), "{unit}");
    }
}

fn check(table: &[(&str, &str)]) {
    for (source, expected) in table {
        assert_eq!(shown(&markdown(source)), *expected, "{source}");
    }
}

#[test]
fn paragraphs_and_lines() {
    check(&[
        ("", ""),
        ("one", "one"),
        ("one\ntwo\n\nthree", "one two\n\nthree"),
        ("one  \ntwo\\\nthree", "one\ntwo\nthree"),
        ("# One\ntext\n\nTwo\n---\n###### Six", "{s One}\n\ntext\n\n{s Two}\n\n{s Six}"),
        ("a\n\n***\n\nb", "a\n\n---\n\nb"),
        ("a &amp; b &lt;c&gt; &copy; &#8212; AT&T \\*x\\*", "a & b <c> © — AT&T *x*"),
        ("a\r\nb\r\n\r\nc", "a b\n\nc"),
    ]);
}

#[test]
fn words() {
    check(&[
        ("*a* _b_ **c** __d__ `e  f` ***g***", "{e a} {e b} {s c} {s d} {l e f} {s {e g}}"),
        ("snake_case_word 2*3*4", "snake_case_word 2{e 3}4"),
        ("~~gone~~ ~5 to ~7 and H~2~O, ~so~", "~~gone~~ ~5 to ~7 and H~2~O, ~so~"),
        ("x^2^ 10^5 and 10^6 ^_^ ^a^b^ ^ ^^", "x^2 10^5 and 10^6 ^_^ ^a^b ^ ^^"),
        ("*a\nb*", "{e a b}"),
        ("`a\nb`", "{l a b}"),
        ("a `<b>` `&amp;`", "a {l <b>} {l &amp;}"),
    ]);
}

#[test]
fn blocks() {
    check(&[
        ("> a\n> b\n>\n> > c\n\nd", "{q a b\n\n{q c}}\n\nd"),
        ("> a\nlazy", "{q a lazy}"),
        ("a\n- b\n- c\n  - d\n\ne", "a\n\n{i - b}\n{i - c\n{i - d}}\n\ne"),
        ("3. a\n4. b", "{i 3. a}\n{i 4. b}"),
        ("- a\n\n  b\n- c", "{i - a\n\nb}\n\n{i - c}"),
        ("- > a\n  > b", "{i - {q a b}}"),
        ("```rust\nlet x = \"<y>\";\n\n  z\n```\na", "{c let x = \"<y>\";\n\n  z}\n\na"),
        ("a\n\n    code\n      more\n\nb", "a\n\n{c code\n  more}\n\nb"),
        ("```\n> a\n::: spoiler x\n:::\n>!y!<\n```", "{c > a\n::: spoiler x\n:::\n>!y!<}"),
        ("- ```\n  x\n  ```\n- y", "{i - {c x}}\n\n{i - y}"),
        ("| a | b |\n|---|:-:|\n| 1 | *2* |\n| 3 |\n\nx", "a | b\n1 | {e 2}\n3 |\n\nx"),
        ("- [ ] a\n- [x] b", "{i - [ ] a}\n{i - [x] b}"),
        ("a[^1] and[^n]\n\n[^1]: The note\n\n[^n]: Other", "a[1] and[n]\n\n[1] The note\n\n[n] Other"),
    ]);
}

#[test]
fn links() {
    let table = [
        ("[x *y*](https://a.example/b \"title\")z", "{0 x {e y}}z", vec!["https://a.example/b"]),
        ("[x][1]\n\n[1]: //a.example/b", "{0 x}", vec!["https://a.example/b"]),
        ("[x](javascript:alert(1)) [y](/c/z) [z]()", "x y z", vec![]),
        (
            "<https://a.example/> <me@a.example>",
            "{0 https://a.example/} {1 me@a.example}",
            vec!["https://a.example/", "mailto:me@a.example"],
        ),
        (
            "See https://a.example/x_y_z?a=1&amp;b=2&c=3, (http://b.example/w_(x)).",
            "See {0 https://a.example/x_y_z?a=1&b=2&c=3}, ({1 http://b.example/w_(x)}).",
            vec!["https://a.example/x_y_z?a=1&b=2&c=3", "http://b.example/w_(x)"],
        ),
        ("**https://a.example**!", "{0 {s https://a.example}}!", vec!["https://a.example"]),
        ("[https://a.example/b](https://c.example)", "{0 https://a.example/b}", vec!["https://c.example"]),
        (
            "`https://a.example` xhttps://a.example https:// http",
            "{l https://a.example} xhttps://a.example https:// http",
            vec![],
        ),
        ("[a](https://a.example/) [a.example] b", "{0 a} [a.example] b", vec!["https://a.example/"]),
        ("![a *cat* \"x\"](https://a.example/c.png)", "{0 a cat \"x\"}", vec!["https://a.example/c.png"]),
        ("![](https://a.example/c.png)", "{0 image}", vec!["https://a.example/c.png"]),
        ("[![](https://a.example/c.png)](https://b.example)", "{0 image}", vec!["https://b.example"]),
        ("![gif](giphy|abc)", "gif", vec![]),
        ("@me@a.example !rust@b.example r/rust u/me /c/x", "@me@a.example !rust@b.example r/rust u/me /c/x", vec![]),
    ];
    for (source, expected, addresses) in table {
        let text = markdown(source);
        assert_eq!(shown(&text), expected, "{source}");
        assert_eq!(text.links, addresses, "{source}");
    }
}

#[test]
fn spoilers() {
    check(&[
        ("a\n::: spoiler The *end*\nb\n\nc\n:::\nd", "a\n\n{s The {e end} (spoiler)}\n\n{q {p b}\n\n{p c}}\n\nd"),
        (":::spoiler\nb\n:::", "{s spoiler}\n\n{q {p b}}"),
        ("::: spoiler x\nunclosed", "{s x (spoiler)}\n\n{q {p unclosed}}"),
        ("::: spoiler x\n- a\n- b\n:::\n:::", "{s x (spoiler)}\n\n{q {i {p - a}}\n{i {p - b}}}\n\n:::"),
        ("::: spoiler x\n```\n:::\n```\n:::\ny", "{s x (spoiler)}\n\n{q {c {p :::}}}\n\ny"),
        (
            "::: spoiler a\nb\n::: spoiler c\nd\n:::\ne\n:::",
            "{s a (spoiler)}\n\n{q {p b}\n\n{s {p c (spoiler)}}\n\n{q {p d}}\n\n{p e}}",
        ),
        (">!b!< a >! c !< >!d", "(spoiler: {p b}) a (spoiler: {p c}) >!d"),
        ("> !a", "{q !a}"),
        (">!a", "{q !a}"),
    ]);
}

#[test]
fn leftovers_and_html() {
    check(&[
        ("a\n\n&#x200B;\n\n&nbsp;\n\nb &amp;#x200B; c", "a\n\nb c"),
        ("a<br>b <b>c</b> <!-- d --> e", "a\nb c e"),
        ("<div>\na &amp; b <script>x</script>\n</div>\n\nc", "a & b x\n\nc"),
        ("Vec<T> and <user name>, 1 < 2", "Vec<T> and <user name>, 1 < 2"),
        ("<details>\n<summary>Why</summary>\n\n*because*\n\n</details>", "Why\n\n{e because}"),
        ("\u{1b}[2J\u{202e}x &#27; &#x202e;y", "[2Jx y"),
    ]);
}

#[test]
fn depth_is_bounded() {
    let text = markdown(&format!("{} x", ">".repeat(500)));
    assert_eq!((text.plain.as_str(), text.marks.len()), ("x", 32));
    assert_eq!(markdown(&"- ".repeat(500)).plain, "---");
    assert_eq!(markdown(&format!("{}\n\nx", "-".repeat(500))).plain, "---\n\nx");
    assert_eq!(markdown(&"1. ".repeat(500)).plain, "");
}

#[test]
fn large_hostile_input_ends() {
    let units = [
        ">",
        "> ",
        "> a\n",
        "[",
        "![",
        "[]",
        "[a](",
        "[a](<b",
        "]",
        "*",
        "*a ",
        "**a",
        "*a_ ",
        "_",
        "`",
        "` ",
        "``a",
        "```\n",
        "~",
        "~a ",
        "~~",
        "<",
        "<a",
        "<a ",
        "</",
        "<!--",
        "<!A ",
        "<?",
        "<![CDATA[",
        "&",
        "&#",
        "&lt",
        "\\",
        "\n",
        "- ",
        "- a\n",
        "1. ",
        "1. a\n",
        "# ",
        "#\n",
        "|",
        "|a|\n|-|\n",
        "a|b\n-|-\n",
        "|-",
        ":::",
        "::: spoiler x\n",
        ":::\n",
        ">!",
        ">!a!<",
        "^",
        "^a",
        "http",
        "http://",
        "http://a ",
        "http://a.",
        "http://a)",
        "(",
        "[^1]",
        "[^1]: a\n",
        "[^1]: a\n\n[^1]",
        "[a]: b\n",
        "[a]\n[a]: ",
        "    a\n",
        "  \n",
        "a\n",
        "a\n---\n",
        "***\n",
        "\u{301}",
        "<b>",
        "<x>",
        "a\\\n",
        "$",
        "$$a",
        "(http://a",
        "<div>\n",
        "<br>",
        "\t",
        "- - \n",
        "* \t",
        "[a][b]",
        "![a](b)",
        "a**",
        "a*b_",
        "<a@b",
        "\"",
        "[![",
        "*_",
        "\0",
        "+",
    ];
    for unit in units {
        let text = markdown(&unit.repeat((1 << 15) / unit.len()));
        assert!(text.plain.len() < (1 << 20) * 10, "{unit}");
    }
}
