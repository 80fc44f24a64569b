//! The rules tried on small made-up sources, each with what the rule must say of it.

use super::functions::functions;
use super::source::Source;
use super::{counts_in_u16, form, habits, named_against_the_layers, needed_against_the_layers, sites_named, sizes};
use super::{unclear_first_line, uses};

fn source(name: &str, whole: &str) -> Source {
    Source::read(name, whole)
}

#[test]
fn tests_are_left_out_and_production_behind_them_is_read() {
    for (whole, production) in [
        ("a();\n#[cfg(test)]\nmod tests;\nb();\n", "a();\nb();\n"),
        ("a();\n#[cfg(test)]\nmod tests {\n    fn f() {}\n}\nb();\n", "a();\nb();\n"),
        ("#[cfg(test)]\nuse a::{b, c};\nuse d;\n", "use d;\n"),
        ("fn a() {\n    #[cfg(test)]\n    use b;\n    c();\n}\n", "fn a() {\n    c();\n}\n"),
        ("#[cfg(test)]\n#[expect(x, reason = \"]\")]\npub(crate) fn a(b: [u8; 2]) -> C {\n    d;\n}\ne();\n", "e();\n"),
        ("#[cfg(test)]\nconst A: B = B { c: 1 };\nd();\n", "d();\n"),
        ("#[cfg(test)]\nconst fn a() {\n}\nb();\n", "b();\n"),
        ("#[cfg(test)]\npub(in crate::site) fn a() {\n}\nb();\n", "b();\n"),
        ("#[cfg(test)]\npub use a;\nb();\n", "b();\n"),
        ("#[cfg(test)]\ncrate::a::b({ c; });\nd();\n", "d();\n"),
        ("#[cfg(test)]\nmod tests {\n    // }\n    const A: &str = \"}\";\n}\nb();\n", "b();\n"),
        ("let a = \"#[cfg(test)]\";\nb();\n", "let a = \"#[cfg(test)]\";\nb();\n"),
        ("// #[cfg(test)]\nb();\n", "// #[cfg(test)]\nb();\n"),
        ("#![cfg(test)]\na();\n", ""),
    ] {
        assert_eq!(source("a.rs", whole).production, production, "{whole}");
    }
}

#[test]
#[should_panic(expected = "a test item begins with \"field\"")]
fn a_test_item_of_another_kind_is_not_passed_over() {
    source("a.rs", "struct A {\n    #[cfg(test)]\n    field: B,\n}\n");
}

#[test]
fn comments_and_quotes_are_told_from_code() {
    for (whole, code) in [
        ("a // b", "a     "),
        ("a \"// b\" c", "a \"    \" c"),
        ("a /* b /* c */ d */ e", "a                   e"),
        (r#""\"a" b"#, r#""   " b"#),
        (r#""\\" b"#, r#""  " b"#),
        (r##"r"\" a r#"b " c"# d"##, r##"r" " a r#"     "# d"##),
        (r##"br#"a"# cr"b" d"##, r##"br#" "# cr" " d"##),
        ("r#type \"a\" b", "r#type \" \" b"),
        (r#"'"' a '\'' b '\\' c"#, "' ' a '  ' b '  ' c"),
        ("b'\"' a", "b' ' a"),
        ("f<'a>(&'a str, 'b')", "f<'a>(&'a str, ' ')"),
        ("'é' a \"日\n本\" b", "'  ' a \"   \n   \" b"),
        ("\"a", "\" "),
    ] {
        assert_eq!(source("a.rs", whole).code, code, "{whole}");
    }
    assert_eq!(source("a.rs", "a(\"b // c\") // d").uncommented, "a(\"b // c\")     ");
}

#[test]
fn every_function_is_measured_by_its_body() {
    for (whole, lengths) in [
        ("fn a() {}\n", &[1][..]),
        ("pub(in crate::view) fn a() {\n    b();\n}\n", &[3]),
        ("pub(crate) const fn a() {\n    b();\n}\n", &[3]),
        ("pub async unsafe fn a() {\n    b();\n}\n", &[3]),
        ("extern \"C\" fn a() {\n}\n", &[2]),
        ("fn a(\n    b: B,\n) -> [u8; 2]\nwhere\n    B: C,\n{\n    d();\n}\n", &[8]),
        ("fn a() {\n    b(\"}\");\n    // }\n    c('}');\n}\n", &[5]),
        ("trait A {\n    fn b(&self);\n    fn c(&self) {\n    }\n}\n", &[2]),
        ("fn a() {\n    fn b() {\n    }\n}\n", &[4, 2]),
        ("type A = fn (B) -> C;\n// fn a() {}\nconst D: &str = \"fn a() {}\";\n", &[]),
    ] {
        let found: Vec<usize> = functions(&source("a.rs", whole)).iter().map(|function| function.lines).collect();
        assert_eq!(found, lengths, "{whole}");
    }
}

#[test]
fn large_functions_are_wrong() {
    let of = |lines: &[usize]| {
        let whole: Vec<String> = lines.iter().map(|lines| format!("fn a() {{{}}}", "\n".repeat(lines - 1))).collect();
        let mut found = functions(&source("a.rs", &whole.join("\n")));
        found.sort_unstable();
        sizes(&found)
    };
    assert_eq!(of(&[8; 60]), [""; 0]);
    assert_eq!(of(&[9; 60]), ["the median function has 9 lines"]);
    assert_eq!(of(&[[3; 60].as_slice(), &[51]].concat()), [""; 0]);
    assert_eq!(of(&[[3; 60].as_slice(), &[51, 52]].concat()).len(), 1);
    assert_eq!(of(&[[3; 60].as_slice(), &[101]].concat()).len(), 1);
}

#[test]
fn layers_and_crates_are_seen_however_they_are_named() {
    let crates = ["regex".to_owned(), "url".to_owned()];
    for (name, whole, is_wrong) in [
        ("view/a.rs", "use crate::model::Thread;\nuse regex::Regex;", false),
        ("view/a.rs", "use crate::ui::Glyphs;", true),
        ("view.rs", "fn a() -> crate::ui::Glyphs {}", true),
        ("view/a.rs", "// crate::ui\nconst A: &str = \"crate::ui::B\";", false),
        ("view/a.rs", "const A: char = '\"';\nuse crate::ui::B;\nconst C: char = '\"';", true),
        ("view/a.rs", "#[cfg(test)]\nuse crate::ui::A;", false),
        ("view/a.rs", "#[cfg(test)]\nuse crate::model::A;\nuse crate::ui::B;", true),
        ("view/a.rs", "use crate::{model, ui};", true),
        ("print/a.rs", "use url::Url;", true),
        ("print/a.rs", "pub use url;", true),
        ("print/a.rs", "fn a() { url::Url::parse() }", true),
        ("print/a.rs", "fn a() { self::url::parse(curl::b) }", false),
        ("view/a.rs", "use std::fs;", true),
        ("view/a.rs", "use std::{fmt, fs};", true),
        ("shell/a.rs", "use std::fs;\nuse crate::ui::A;\nuse url::Url;", false),
        ("views.rs", "use crate::ui::A;", false),
    ] {
        let wrong = named_against_the_layers(&source(name, whole), &crates);
        assert_eq!(!wrong.is_empty(), is_wrong, "{whole}: {wrong:?}");
    }
    let up = [source("view.rs", "mod a;"), source("view/a.rs", "use super::super::ui::B;"), source("ui.rs", "")];
    assert_eq!(needed_against_the_layers(&up), ["view/a.rs needs ui.rs"]);
    let beside =
        [source("view.rs", "mod a;"), source("view/a.rs", "use super::super::model::B;"), source("model.rs", "")];
    assert_eq!(needed_against_the_layers(&beside), [""; 0]);
}

#[test]
fn u16_is_of_the_screen() {
    for (name, whole, is_wrong) in [
        ("app/a.rs", "a: u16", true),
        ("app/a.rs", "// u16", false),
        ("app.rs", "\"u16\"", false),
        ("ui.rs", "a: u16", false),
    ] {
        assert_eq!(counts_in_u16(&source(name, whole)), is_wrong, "{whole}");
    }
}

#[test]
fn the_form_of_a_file_is_seen() {
    let long = format!("//! A.\n{}", "a();\n".repeat(499));
    for (name, whole, wrong) in [
        ("a.rs", "//! A.\n", 0),
        ("a.rs", "// A.\n", 1),
        ("a/mod.rs", "//! A.\n", 1),
        ("a.rs", &long, 0),
        ("a.rs", &format!("{long}b();\n"), 1),
        ("a.rs", &format!("{long}#[cfg(test)]\nmod tests {{\n}}\n"), 0),
        ("a.rs", &format!("#[cfg(test)]\nuse a;\n{long}"), 0),
    ] {
        assert_eq!(form(&source(name, whole)).len(), wrong, "{}", whole.chars().take(60).collect::<String>());
    }
}

#[test]
fn a_question_is_no_purpose() {
    let long = format!("//! {}", "a".repeat(116));
    for (whole, is_wrong) in [
        ("//! What a thread is.", true),
        ("//! How?", true),
        ("//! Where: there", true),
        ("//! Whatever a stranger sends, read.", false),
        ("//! Says what a thread is.", false),
        (&long, false),
        (&format!("{long}a"), true),
    ] {
        assert_eq!(unclear_first_line(&source("a.rs", whole)).is_some(), is_wrong, "{whole}");
    }
}

#[test]
fn habits_are_found_in_code_alone() {
    for (whole, found) in [
        ("a.unwrap()", 1),
        ("a.unwrap_or(b)", 0),
        ("panic!(\"a\"); todo!()", 2),
        ("// panic!()", 0),
        ("\"panic!()\"", 0),
        ("'\"'; panic!(); '\"'", 1),
        ("r#\"\"\"#; panic!(); \"\"", 1),
        ("#[cfg(test)]\nmod tests {\n    panic!();\n}\n", 0),
        ("#[cfg(test)]\nmod tests {\n}\nfn a() {\n    dbg!(b);\n}\n", 1),
    ] {
        assert_eq!(habits(&source("a.rs", whole)).len(), found, "{whole}");
    }
}

#[test]
fn sites_are_named_in_code_and_in_texts() {
    for (name, whole, found) in [
        ("view/a.rs", "let a = \"Reddit\";", &["reddit"][..]),
        ("site/a.rs", "use super::lemmy::A; // reddit", &["lemmy"]),
        ("site/lemmy/a.rs", "lemmy()", &[]),
        ("site/lemmy.rs", "lemmy()", &[]),
        ("site/lemmysque.rs", "lemmy()", &["lemmy"]),
        ("view/a.rs", "r#\"a // discourse\"#", &["discourse"]),
        ("view/a.rs", "#[cfg(test)]\nuse lemmy;", &[]),
    ] {
        assert_eq!(sites_named(&source(name, whole)), found, "{whole}");
    }
}

/// Each file is `name: text`; each pair of those that close a circle is `from -> to`.
#[test]
fn circles_are_found_and_what_is_none_is_not() {
    type Case = (&'static [(&'static str, &'static str)], &'static [&'static str]);
    const CASES: [Case; 11] = [
        (&[("a.rs", "use crate::b::B;"), ("b.rs", "")], &[]),
        (&[("a.rs", "use crate::b::B;"), ("b.rs", "fn f() -> crate::a::A {}")], &["a.rs -> b.rs", "b.rs -> a.rs"]),
        (
            &[("a.rs", "use super::b;"), ("b.rs", "use crate::c::{D, E};"), ("c.rs", "use crate::a::{self as z};")],
            &["a.rs -> b.rs", "b.rs -> c.rs", "c.rs -> a.rs"],
        ),
        // A parent and its children, whatever they need of each other.
        (&[("a.rs", "mod b;\npub use b::B;\nstruct A;"), ("a/b.rs", "use super::A;")], &[]),
        (&[("a.rs", "mod b;\nfn f() { b::g() }"), ("a/b.rs", "use super::A;"), ("a/b/c.rs", "use crate::a::A;")], &[]),
        (
            &[
                ("a.rs", "mod b;\nmod c;"),
                ("a/b.rs", "mod d;"),
                ("a/b/d.rs", "use crate::a::c::C;"),
                ("a/c.rs", "use super::b;"),
            ],
            &["a/b.rs -> a/c.rs", "a/c.rs -> a/b.rs"],
        ),
        // A name that is passed on leads to where it is from: no need of the parent, and a need of the sister.
        (
            &[
                ("a.rs", "mod b;\nmod c;\nuse b::B;\nfn f(b: B) {}\npub use c::C;"),
                ("a/b.rs", "use super::C;"),
                ("a/c.rs", ""),
            ],
            &[],
        ),
        (
            &[
                ("a.rs", "mod b;\nmod c;\npub use b::B;\npub use c::C;"),
                ("a/b.rs", "use super::C;"),
                ("a/c.rs", "use super::B;"),
            ],
            &["a/b.rs -> a/c.rs", "a/c.rs -> a/b.rs"],
        ),
        (&[("a.rs", "mod b;\nfn f() { b::g() }"), ("a/b.rs", "pub(super) fn g() {}\npub(in crate::a) fn h() {}")], &[]),
        (&[("a.rs", "use crate::b::B;"), ("b.rs", "// crate::a::A\n#[cfg(test)]\nuse crate::a::A;")], &[]),
        (
            &[
                ("a.rs", "use crate::{x::X, b::{c::{self, D as E}, F}};"),
                ("b.rs", "mod c;"),
                ("b/c.rs", "use super::super::a::*;"),
            ],
            &["a.rs -> b.rs", "b.rs -> a.rs"],
        ),
    ];
    for (files, pairs) in CASES {
        let sources: Vec<Source> = files.iter().map(|(name, whole)| source(name, whole)).collect();
        let circular = uses::circular(&uses::among_sisters(&uses::needs(&sources)));
        let found: Vec<String> = circular.iter().map(|(from, to)| format!("{from} -> {to}")).collect();
        assert_eq!(found, pairs, "{files:?}");
    }
}
