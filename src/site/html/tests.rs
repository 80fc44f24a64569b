//! Trees of small pages, well-formed and not, and what selectors find in them.

use std::fmt::Write as _;

use super::{Document, Element, Tree};

/// The elements of a page as `name(…)`, with the text of those that hold none.
fn shape(source: &str) -> String {
    let tree = Tree::read(source);
    let page = Document::new(source, &tree);
    let mut out = String::new();
    let mut open: Vec<Element<'_>> = Vec::new();
    for element in page.all("*") {
        while open.pop_if(|around| !around.holds(element)).is_some() {
            out.push(')');
        }
        let text = if element.children().next().is_none() { element.line() } else { String::new() };
        _ = write!(out, " {}({text}", element.name());
        open.push(element);
    }
    out + &")".repeat(open.len())
}

#[test]
fn trees() {
    for (source, expected) in [
        ("", ""),
        ("<p>a<p>b<div>c</div>", " p(a) p(b) div(c)"),
        ("<div><p>a<b>b</div>c", " div( p( b(b)))"),
        ("<ul><li>a<ul><li>b<li>c</ul><li>d</ul>", " ul( li( ul( li(b) li(c))) li(d))"),
        ("<table><tr><td>a<td>b<tr><td>c</table>d", " table( tr( td(a) td(b)) tr( td(c)))"),
        ("<table><tr><td><table><tr><td>a</table><td>b</table>", " table( tr( td( table( tr( td(a)))) td(b)))"),
        ("<dl><dt>a<dd>b<dt>c</dl>", " dl( dt(a) dd(b) dt(c))"),
        ("<div>a<br>b<img src=x></img><input>c</div>", " div( br() img() input())"),
        ("<b>a<i>b</b>c</i>d", " b( i(b))"),
        ("<td><span>a</div></table></span>b</td>", " td( span(a))"),
        ("<div><span>a</div>b</span>", " div( span(a))"),
        ("<span><p>a</span>b", " span( p(a))"),
        ("<div><td>a</div>b</td>", " div( td(ab))"),
        ("<body><p>a</body></html><p>b", " body( p(a) p(b))"),
        ("<head><title>a &lt;b></title><body>b", " head( title(a <b>)) body(b)"),
        ("<div>a<script>'<p>'</script>b<style>p{}</style></div>", " div( script() style())"),
        ("<svg><path/><use/></svg><i>a</i>", " svg( path() use()) i(a)"),
        ("<x-y>a<x-y>b</x-y></x-y><x-y>c", " x-y( x-y(b)) x-y(c)"),
        ("<!-- <p> --><P CLASS=A>a<", " p(a<)"),
        ("<p <b>a", " p(a)"),
        ("</p></div>a", ""),
    ] {
        assert_eq!(shape(source), expected, "{source}");
    }
}

#[test]
fn texts_and_sources() {
    let source = "<DIV id=x data-n='&lt;1&gt;'>a &amp; b <i>c</i> d<br/>e<script>f</script></DIV > g";
    let tree = Tree::read(source);
    let page = Document::new(source, &tree);
    let div = page.find("div").expect("a div");
    assert_eq!((div.text(), div.line().as_str()), ("a & b c de", "a & b c de"));
    assert_eq!(div.own_line(), "a & b d e");
    assert_eq!(div.inner(), "a &amp; b <i>c</i> d<br/>e<script>f</script>");
    assert_eq!((div.get("data-n"), div.get("id"), div.get("none")), ("<1>", "x", ""));
    assert!(div.has("id") && !div.has("none"));
    let i = div.find("i").expect("an i");
    assert_eq!((i.inner(), div.inner_before(i)), ("c", "a &amp; b "));
    assert_eq!(i.next().map(Element::name), Some("br"));
    assert_eq!(i.parent(), Some(div));
    assert_eq!(page.find("script").map(Element::inner), Some("f"));
    assert!(page.all("script, i").eq(div.all("i, script")));
}

#[test]
fn selectors() {
    let source =
        "<div class='a b' id=d><p class=a>1<p>2<div class=c><p x=''>3</p><a href='/u/x?y'>4</a></div></div><p>5";
    let tree = Tree::read(source);
    let page = Document::new(source, &tree);
    let found = |found: &mut dyn Iterator<Item = Element<'_>>| found.map(Element::own_line).collect::<String>();
    for (selector, expected) in [
        ("p", "1235"),
        ("div p", "123"),
        ("div > p", "123"),
        (".a > p", "12"),
        ("> p", "5"),
        (".a.b .c p", "3"),
        (".a > .c > p", "3"),
        (".b > p, .c a", "124"),
        ("p.a", "1"),
        ("#d p[x]", "3"),
        ("[x=\"\"]", "3"),
        ("a[href^=/u/]", "4"),
        ("a[href$=y]", "4"),
        ("a[href*=\"x?\"]", "4"),
        ("a[href=/u/]", ""),
        ("p p", ""),
        ("video, p[none], .none, #none", ""),
        (".c > .a", ""),
    ] {
        assert_eq!(found(&mut page.all(selector)), expected, "{selector}");
    }
    let inner = page.find(".c").expect("a div");
    assert_eq!(found(&mut inner.all("p")), "3");
    assert_eq!(found(&mut inner.all("div p, .c p, .a > p")), "");
    assert_eq!(found(&mut inner.all("> a")), "4");
    assert_eq!(inner.ancestors().map(Element::name).collect::<Vec<_>>(), ["div"]);
}

#[test]
fn the_address_that_a_page_gives() {
    for (source, expected) in [
        (
            "<link rel=canonical href=https://a.example/><meta property=og:url content=https://b.example>",
            "https://a.example/",
        ),
        ("<link rel=canonical href=http><meta property=\"og:url\" content=https://b.example>", "https://b.example/"),
        ("<!-- saved from url=(0022)https://a.example/?x=1 -->\n<html>", "https://a.example/?x=1"),
        (
            "<html><!--\n Page saved with SingleFile \n url: https://a.example/x \n saved date: Tue -->",
            "https://a.example/x",
        ),
        ("<p>saved from url=(0022)https://a.example/", ""),
    ] {
        let tree = Tree::read(source);
        assert_eq!(Document::new(source, &tree).address(), expected, "{source}");
    }
}

#[test]
fn what_is_deep_is_found_where_it_is() {
    let (deep, ends) = ("<div>".repeat(2000), "</div>".repeat(2000));
    let source = format!("<main>{deep}<p>a</p>{ends}</main><i>b</i>");
    let tree = Tree::read(&source);
    let page = Document::new(&source, &tree);
    let [p, i] = ["p", "i"].map(|name| page.find(name).expect("it is there"));
    assert!(!page.is_too_deep() && page.find("main").is_some_and(|main| main.holds(p) && !main.holds(i)));
    assert_eq!((p.text(), i.text(), i.parent()), ("a", "b", None));
    assert_eq!((page.all("div").count(), p.ancestors().count()), (2000, 512));
    let last = page.all("div").last().expect("a div");
    assert_eq!((last.find("p"), last.children().next()), (Some(p), Some(p)));
    let unclosed = format!("<main>{}</main><i>b</i>", "<b>".repeat(600));
    let tree = Tree::read(&unclosed);
    assert!(Document::new(&unclosed, &tree).is_too_deep());
}

#[test]
fn a_page_that_is_cut_off() {
    for (source, expected) in [
        ("<html><body><div><p>a</div></body></html>", false),
        ("<html><body><div><p>a</body>", false),
        ("<html><body><div><p>a</div>", false),
        ("<p>a<ul><li>b</ul><table><tr><td>c</table>", false),
        ("<table><tr><td>c", true),
        ("<html><body><div><p>a", true),
        ("<html><body><p>a <b", false),
        ("<html><body><div>a</div><span class='b", false),
    ] {
        let tree = Tree::read(source);
        assert_eq!(Document::new(source, &tree).is_cut(), expected, "{source}");
    }
}

#[test]
fn a_comment_without_what_answers_it() {
    let source = "<div class=c>1<div class=c><a>2</a><b>3</b></div><a>4</a><p><div class=c><i>5</i></div></div>";
    let tree = Tree::read(source);
    let all: Vec<_> = Document::new(source, &tree).all(".c").collect();
    let own = all[0].without(".c");
    assert_eq!(own.find("a").map(Element::text), Some("4"));
    assert_eq!((own.find("b"), own.find("i"), own.find(".c")), (None, None, None));
    assert_eq!(own.all("a, b, p").map(Element::name).collect::<String>(), "ap");
    assert_eq!(all[1].without(".c").find("b").map(Element::text), Some("3"));
}

#[test]
fn large_hostile_input_ends() {
    for unit in [
        "<b>",
        "</b>",
        "<b></i>",
        "<p>",
        "<li>",
        "<ul><li>",
        "<td>",
        "<table>",
        "<div><p>",
        "<a b=1 b=2 ",
        "<a x",
        "<x",
        "&lt",
        "<script>",
        "<svg/>",
        "<tr><b>",
        "<!--",
        "<b><p></b>",
        "<span><div></span>",
        "<option>",
        "</p></li></td>",
        "=",
    ] {
        let source = unit.repeat((1 << 18) / unit.len());
        let tree = Tree::read(&source);
        let page = Document::new(&source, &tree);
        assert!(page.all("div b a, p > li > td[x=1], [b]").count() <= source.len(), "{unit}");
    }
    let names = (0..20_000).fold(String::new(), |names, n| names + &format!("<x{n} y{n}=1>"));
    assert_eq!(Document::new(&names, &Tree::read(&names)).all("[y7]").count(), 1);
}
