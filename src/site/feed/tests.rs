//! Feeds of every kind, and every way in which they are broken.

use super::{Feed, Item, looks_like, read};

const HEAD: &str = "<rss version=\"2.0\"><channel><title>Tins</title><link>https://tins.example/</link>";

fn rss(items: &str) -> Feed {
    read(format!("{HEAD}{items}</channel></rss>").as_bytes())
}

fn only(items: &str) -> Item {
    let feed = rss(items);
    let [item] = feed.items.as_slice() else { unreachable!("{feed:?}") };
    item.clone()
}

#[test]
fn the_three_kinds() {
    let expected = Item {
        title: "Red & blue".into(),
        link: "https://tins.example/1?a=1&b=2".into(),
        id: "tin-1".into(),
        author: "Ada".into(),
        time: Some(1_363_791_420),
        html: "<p>One &amp; two</p>".into(),
        subject: "Lids".into(),
        ..Item::default()
    };
    for (kind, source) in [
        (
            "RSS 2.0",
            "\n<?xml version='1.0'?>\n<rss><channel><title>Tins</title><link>https://tins.example/</link>
            <image><title>no</title><link>no</link></image>
            <item><title>Red &amp; blue</title><link>https://tins.example/1?a=1&amp;b=2</link><guid>tin-1</guid>
            <dc:creator>Ada</dc:creator><pubDate>Wed, 20 Mar 2013 14:57:00 GMT</pubDate><category>Lids</category>
            <description>&lt;p&gt;One &amp;amp; two&lt;/p&gt;</description></item></channel></rss>",
        ),
        (
            "RDF",
            "<rdf:RDF xmlns='x'><channel rdf:about='y'><title>Tins</title><link>https://tins.example/</link>
            <items><rdf:Seq><rdf:li rdf:resource='z' /></rdf:Seq></items></channel>
            <item rdf:about='z'><title>Red & blue</title><link>https://tins.example/1?a=1&b=2</link><guid>tin-1</guid>
            <description><![CDATA[<p>One &amp; two</p>]]></description><dc:creator>Ada</dc:creator>
            <dc:date>2013-03-20T14:57:00+00:00</dc:date><dc:subject>Lids</dc:subject></item></rdf:RDF>",
        ),
        (
            "Atom",
            "<feed><id>f</id><link rel='self' href='no'/><link rel='alternate' href='https://tins.example/'/>
            <title type='text'>Tins</title><entry><author><name>Ada</name><uri>u</uri></author>
            <category term='lids' label='Lids'/><content type='xhtml'><p>One &amp; two</p></content><id>tin-1</id>
            <media:title>no</media:title><link href='https://tins.example/1?a=1&amp;b=2' /><link rel='edit' href='no'/>
            <updated>2026-01-01T00:00:00Z</updated><published>2013-03-20T14:57Z</published>
            <title>Red &amp; blue</title></entry></feed>",
        ),
    ] {
        assert!(looks_like(source), "{kind}");
        let feed = read(source.as_bytes());
        assert_eq!((feed.title.as_str(), feed.page.as_str(), feed.is_cut), ("Tins", "https://tins.example/", false));
        assert_eq!(feed.items, std::slice::from_ref(&expected), "{kind}");
    }
}

#[test]
fn what_slashdot_adds() {
    let item = only(
        "<item><slash:comments> 12\n</slash:comments><slash:section>ask</slash:section>
        <slash:department>no</slash:department><feedburner:origLink>https://a.example/</feedburner:origLink></item>",
    );
    assert_eq!(
        (item.comments, item.section.as_str(), item.original_link.as_str()),
        (Some(12), "ask", "https://a.example/")
    );
}

#[test]
fn what_is_never_closed_ends_where_the_next_begins() {
    let feed = rss(
        "<item><title>One<link>https://a.example/<description>Text <b>with</b> a <title>title</title> <dc:date>2026-01-01T00:00:00Z
        <item><title>Two</title><link/><guid>2</guid>",
    );
    let [one, two] = feed.items.as_slice() else { unreachable!("{feed:?}") };
    assert_eq!((one.title.as_str(), one.link.as_str(), one.time), ("One", "https://a.example/", Some(1_767_225_600)));
    assert_eq!(one.html, "Text <b>with</b> a <title>title</title>");
    assert_eq!((two.title.as_str(), two.link.as_str(), two.id.as_str()), ("Two", "", "2"));
}

#[test]
fn odd_texts() {
    for (source, expected) in [
        ("a &nbsp;b", "a \u{a0}b"),
        ("a &unheard; b", "a &unheard; b"),
        ("R&D & more &", "R&D & more &"),
        ("a <i>b</i> c", "a b c"),
        ("<![CDATA[a <b> & &amp;]]> d<![CDATA[]]>", "a <b> & &amp; d"),
        ("<!-- no -->a", "a"),
        ("&#233;&#xe9;", "éé"),
    ] {
        assert_eq!(only(&format!("<item><title>{source}</title></item>")).title, expected, "{source}");
    }
}

#[test]
fn the_bytes_decide_the_charset_whatever_is_declared() {
    for declared in ["ISO-8859-1", "UTF-8", "made-up"] {
        let feed = |title: &[u8]| {
            let head = format!("<?xml version=\"1.0\" encoding=\"{declared}\"?><rss><item><title>");
            read(&[head.as_bytes(), title, b"</title></item></rss>"].concat())
        };
        for title in ["café – ’".as_bytes(), b"caf\xe9 \x96 \x92"] {
            assert_eq!(feed(title).items.first().map(|item| item.title.as_str()), Some("café – ’"), "{declared}");
        }
    }
}

#[test]
fn what_is_no_feed() {
    for source in ["", "<", "<html><rss>", "{\"rss\": 1}", "<rssx>", "<?xml version='1.0'?><svg>", "feed", "<feed"] {
        assert!(!looks_like(source), "{source}");
    }
    assert_eq!(read(b"<html><title>Hm</title>").items, []);
}

#[test]
fn depth_and_size_are_no_matter() {
    let many = 20_000;
    for piece in ["<item>", "<entry><author>", "<item><description><b>", "<title>", "<![CDATA[", "</item>", "<a b='"] {
        let feed = read(piece.repeat(many).as_bytes());
        assert!(feed.items.len() <= many && feed.is_cut, "{piece}");
    }
    assert_eq!(read("<item><content>".repeat(many).as_bytes()).items.len(), many);
}
