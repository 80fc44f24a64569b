//! The tokens are those of html5gum, whatever the source.

use std::convert::Infallible;
use std::fmt::Write;

use html5gum::Tokenizer;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use proptest::prelude::*;

use super::tag::Attribute;
use super::*;

/// The tokens of a source, as lines.
fn own(source: &str, syntax: Syntax) -> Vec<String> {
    let mut tokens = Tokens::new(source, syntax);
    let mut lines = Vec::new();
    while let Some(token) = tokens.next() {
        match token {
            Token::Text(text) => lines.push(format!("{text:?}")),
            Token::Start(tag, place) => {
                let mut line = format!("<{:?} {place:?} {}", tag.name, tag.closes_itself);
                for Attribute { name, value, .. } in tag.attributes() {
                    write!(line, " {name:?} {value:?}").expect("a string takes all");
                }
                lines.push(line);
            }
            Token::End(name, place) => lines.push(format!("</{name:?} {place:?}")),
        }
    }
    lines
}

/// The same by html5gum.
fn usual(source: &str, syntax: Syntax) -> Vec<String> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut lines = Vec::new();
    let (mut name, mut attributes, mut start) = (String::new(), Vec::<(String, String)>::new(), 0);
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: html5gum::Span<usize>| {
        match event {
            CallbackEvent::OpenStartTag { name: own } => {
                (name, start) = (text(own), span.start);
                attributes.clear();
            }
            CallbackEvent::AttributeName { name } => attributes.push((text(name), String::new())),
            CallbackEvent::AttributeValue { value } => {
                if let Some((_, last)) = attributes.last_mut() {
                    last.push_str(&text(value));
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                let mut line = format!("<{name:?} {:?} {self_closing}", start..span.end);
                for (name, value) in &attributes {
                    write!(line, " {name:?} {value:?}").expect("a string takes all");
                }
                lines.push(line);
            }
            CallbackEvent::EndTag { name } => lines.push(format!("</{:?} {:?}", text(name), span.start..span.end)),
            CallbackEvent::String { value } => lines.push(format!("{:?}", text(value))),
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
        }
        None::<Infallible>
    });
    emitter.naively_switch_states(syntax == Syntax::Html);
    let Ok(()) = Tokenizer::new_with_emitter(source, emitter).finish();
    lines
}

#[test]
fn tables_of_odd_sources() {
    for source in [
        "",
        "a < b </> c <3 </",
        "<",
        "x<!-->y<!--->z<!----!>w<!-- - -- --->v<!--a--!-->u<!--",
        "a<!-b>c<!>d<?xml x?>e</ f>g<![CDATA[h]]>i<!DOCTYPE j \"k>l\">m<!doctype",
        "<P ID='a&amp;b' id=c =d e= f= >x</P g=h / >",
        "<br/><br / ><a b=c/><a/b/c=d><i a='x'b=\"y\"c>",
        "<a b=>c<a b='",
        "<title>a<b>&lt;</titl></title\n>&amp;<textarea>\r\n</TEXTAREA>",
        "<script>a<!--<script>b</script>c--></script>d<script><!--></script>e<script><!--<scripts></script>f",
        "<script>a<!--<script>b</script>c</script>d<script><!-- </script",
        "<style>&lt;</style><plaintext></plaintext>\0",
        "&amp;&lt&notit;&notin;&#39;&#x2F;&#150;&#0;&#xD800;&#x110000;&#;&#x;&;&a;& &#39&#-1;&#+1;&#x+1;&amp",
        "<a b='&lt=&ltx&lt;&lt &notin;' c=&amp d=x&not\"y>\r\r\n\n",
        "<a\0b c\0d='e\0f'>g\0h<title>\0",
        "<noframes><b></noframes><noframe><b></noframe>",
        "<é><aé É=é>é",
    ] {
        for syntax in [Syntax::Html, Syntax::Xml] {
            assert_eq!(own(source, syntax), usual(source, syntax), "{source:?}");
        }
    }
}

fn piece() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "<",
        ">",
        "/",
        "!",
        "-",
        "--",
        "<!--",
        "-->",
        "?",
        "=",
        "\"",
        "'",
        "&",
        "&amp;",
        "&lt",
        "&#",
        "&#x",
        ";",
        "1",
        "f",
        "&notin",
        " ",
        "\n",
        "\r",
        "\t",
        "\0",
        "a",
        "B",
        "é",
        "<p",
        "</p>",
        "<a href=",
        "<script>",
        "</script",
        "script",
        "<!--<script ",
        "<title>",
        "</title>",
        "<style",
        "</style ",
        "<textarea>",
        "</textarea>",
        "<![CDATA[",
        "]]>",
        "<!doctype ",
        "</",
        "`",
        "<plaintext>",
    ];
    prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(miri) { 1 } else { 4000 }))]
    #[test]
    fn tokens_are_those_of_the_standard(source in piece()) {
        for syntax in [Syntax::Html, Syntax::Xml] {
            prop_assert_eq!(own(&source, syntax), usual(&source, syntax));
        }
    }
}

#[test]
fn a_tag_with_a_hundred_thousand_attributes_is_read() {
    let attributes = "a=\"0\" ".repeat(100_000);
    let source = format!("<p {attributes}>x");
    let mut tokens = Tokens::new(&source, Syntax::Html);
    assert!(matches!(tokens.next(), Some(Token::Start(tag, _)) if tag.attributes().len() == 100_000));
    assert!(matches!(tokens.next(), Some(Token::Text(text)) if text == "x"));
}
