//! Links whose text reads as another host than they lead to: named on every screen and paper, in a way that no text can forge.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use lurker::markup;
use lurker::model::Text;
use lurker::view::{TextLine, leads_to, shown_address, wrap_noted};

use crate::support::pty;
use pty::Session;

/// The notes of a text.
fn notes(text: &Text) -> Vec<String> {
    let noted = wrap_noted(text.borrow(), 1000).into_iter();
    noted
        .filter_map(|line| match line {
            TextLine::Words(_) => None,
            TextLine::LeadsTo(link, piece) => Some(piece.of(&leads_to(text.borrow(), link)).to_owned()),
        })
        .collect()
}

fn noted(words: &str, address: &str) -> Vec<String> {
    notes(&markup::html(&format!("<p>so <a href=\"{address}\">{words}</a> it is</p>")))
}

/// Words that read as the host `bank.example`, or as an address of their own.
const READ_AS_ANOTHER: [&str; 66] = [
    "https://bank.example/login",
    "HTTPS://BANK.EXAMPLE",
    "bank.example",
    "Bank.Example.",
    "www.bank.example/x",
    "bank.example:8443",
    "bank.example...",
    "see bank.example there",
    "see https://bank.example, now",
    "🔒 bank.example",
    "🔒bank.example",
    "→ bank.example",
    "→bank.example←",
    "“bank.example”",
    "(bank.example)",
    "<b>bank</b>.<i>example</i>",
    "ba<i>nk.exam</i>ple",
    "bank．example",
    "bank。example",
    "bank｡example",
    "bank․example",
    "bank﹒example",
    "bankꓸexample",
    "ｂａｎｋ．ｅｘａｍｐｌｅ",
    "https：／／bank．example／login",
    "https://bank.example／login",
    "bank.example⁄login",
    "bank.example∕login",
    "https:\\\\bank.example",
    "https:\\bank.example",
    "https:/bank.example",
    "//bank.example",
    "\\\\bank.example\\x",
    "https:///bank.example",
    "https∶//bank.example",
    "ba\u{200b}nk.exa\u{ad}mple",
    "bank\u{2060}.example",
    "bank.exa\u{323}mple",
    "https://bank.example@evil.example",
    "https://bank.example:443@evil.example/",
    "https://bank.example＠evil.example",
    "bank.example@evil.example",
    "https://user:x@bank.example/",
    "https://b%61nk.example/",
    "b%61nk.example",
    "https://bank.example.",
    "https://localhost/",
    "http://bank",
    "127.0.0.1",
    "🔒 192.168.0.1/login",
    "http://127.0.0.1:8080/x",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0177.0.0.1",
    "0x7f.0.0.1",
    "[::1]",
    "http://[::1]/",
    "http://[2001:db8::1]:80/x",
    "https://evil.example [bank.example]",
    "https://evil.example/ → bank.example",
    "evil.example / bank.example",
    "мой-банк.рф",
    "銀行.example",
    "xn--bcher-kva.example",
    "someone@bank.example",
    "ftp://bank.example",
];

#[test]
fn whatever_reads_as_another_host_is_named() {
    let real = "leads to evil.example";
    for words in READ_AS_ANOTHER {
        assert_eq!(noted(words, "https://evil.example/x"), [real], "{words}");
    }
    for address in [
        "https://evil.example:8080/",
        "https://EVIL.example./",
        "https://bank.example@evil.example/",
        "https://bank.example:80@evil.example/",
        "https://evil.example\\@bank.example/",
        "https://%65vil.example/",
        "https://evil。example/",
        "https://evil.example/bank.example/",
        "https://evil.example?https://bank.example",
        "https://evil.example#bank.example",
        "mailto:bank.example@evil.example",
    ] {
        assert_eq!(noted("🔒 bank.example", address), [real], "{address}");
    }
    for (words, address, says) in [
        ("bank.example", "https://bank.example.evil.example/", "leads to bank.example.evil.example"),
        ("bank.example", "https://notbank.example/", "leads to notbank.example"),
        ("bank.example", "http://2130706433/", "leads to 127.0.0.1"),
        ("bank.example", "http://[0:0::1]/", "leads to [::1]"),
        ("www.bank.example", "https://www.evil.example/", "leads to www.evil.example"),
        ("en.bank.example", "https://bank.example/", "leads to bank.example"),
        ("a@bank.example", "mailto:a@evil.example?cc=a@bank.example", "leads to evil.example"),
        ("a@bank.example", "mailto:a@bank.example,b@evil.example", "leads to bank.example, evil.example"),
        ("bank.example", "https://bücher.example/", "leads to bücher.example (xn--bcher-kva.example)"),
    ] {
        assert_eq!(noted(words, address), [says], "{words} {address}");
    }
}

#[test]
fn a_word_is_read_whole_also_where_links_divide_it() {
    for html in [
        "<a href=\"https://evil.example\">bank</a><a href=\"https://evil.example\">.example</a>",
        "<a href=\"https://other.example\">bank</a><a href=\"https://evil.example\">.example</a>",
        "bank.<a href=\"https://evil.example\">example</a>",
        "https://<a href=\"https://evil.example\">bank</a>.example",
    ] {
        assert!(!notes(&markup::html(html)).is_empty(), "{html}");
    }
}

#[test]
fn letters_that_deceive_are_spelt_out() {
    for (address, host) in [
        ("https://раypal.example/", "раypal.example (xn--ypal-43d9g.example)"),
        ("https://аррӏе.example/", "аррӏе.example (xn--80ak6aa92e.example)"),
    ] {
        assert_eq!(noted(address, address), [format!("leads to {host}")], "{address}");
    }
    for address in [
        "https://bücher.example/",
        "https://xn--80ak6aa92e.example/",
        "https://пример.example/",
        "https://東京タワー.example/",
        "https://日本go.example/",
        "https://ελλάδα.example/",
        "https://한국.example/",
        "https://भारत.example/",
    ] {
        assert_eq!(noted(address, address), [""; 0], "{address}");
    }
    assert_eq!(shown_address("https://bücher.example/ü"), "https://bücher.example/ü (xn--bcher-kva.example)");
    assert_eq!(shown_address("https://xn--bcher-kva.example/ü"), "https://xn--bcher-kva.example/ü");
}

#[test]
fn links_that_say_where_they_lead_need_no_note() {
    for (words, address) in [
        ("https://bank.example/a", "https://www.bank.example/b"),
        ("https://www.bank.example", "https://bank.example/"),
        ("WWW.Bank.Example", "http://bank.example:80/"),
        ("bank.example", "https://en.bank.example/b"),
        ("bank.example.", "https://bank.example./"),
        ("bank。example", "https://bank.example/"),
        ("bank.example:8443", "https://bank.example/"),
        ("127.0.0.1", "http://2130706433/"),
        ("http://[0:0::1]/", "http://[::1]/"),
        ("https://b%61nk.example", "https://bank.example"),
        ("bücher.example", "https://xn--bcher-kva.example/"),
        ("BÜCHER.example", "https://bücher.example/"),
        ("https://bank.example/see/evil.example/login.html", "https://bank.example/see/evil.example/login.html"),
        ("https://bank.example/https://evil.example", "https://bank.example/https://evil.example"),
        ("https://bank.example/a@evil.example", "https://bank.example/a@evil.example"),
        ("https://bank.example/?q=evil.example", "https://bank.example/"),
        ("https://bank.example/a(b)_[c]", "https://bank.example/a(b)_[c]"),
        ("someone@bank.example", "mailto:someone@bank.example"),
        ("some.one@bank.example", "mailto:some.one@bank.example?subject=x.example"),
        ("the bank", "https://evil.example/"),
        ("the bank's page: here!", "https://evil.example/"),
        ("and/or", "https://evil.example/"),
        ("1.5", "https://evil.example/"),
        ("v1.2.3", "https://evil.example/"),
        ("Chrome 91.0.4472.124", "https://evil.example/"),
        ("i.e.", "https://evil.example/"),
        ("e.g. this", "https://evil.example/"),
        ("U.S.", "https://evil.example/"),
        ("page.html", "https://evil.example/"),
        ("Node.js", "https://evil.example/"),
        ("src/shell/run.rs", "https://evil.example/"),
        ("std::vec", "https://evil.example/"),
        ("12:30", "https://evil.example/"),
        ("日本。東京", "https://evil.example/"),
        ("wait... what", "https://evil.example/"),
        ("[1]", "https://evil.example/"),
        ("C:\\Windows\\x", "https://evil.example/"),
        ("// TODO", "https://evil.example/"),
        ("", "https://evil.example/"),
    ] {
        assert_eq!(noted(words, address), [""; 0], "{words} {address}");
    }
    let code = "<pre><a href=\"https://evil.example\">bank.example</a></pre>";
    assert_eq!(notes(&markup::html(code)), [""; 0], "code has no links");
    let two = "<a href=\"https://a.example\">a.example</a>/<a href=\"https://b.example\">b.example</a>";
    assert_eq!(notes(&markup::html(two)), [""; 0]);
    assert_eq!(notes(&markup::html("https://evil.example [bank.example] leads to bank.example")), [""; 0]);
}

#[test]
fn a_note_stands_right_below_the_end_of_its_link_and_keeps_within_the_width() {
    let host = format!("{}evil.example", "bank.example-login.".repeat(8));
    let text = markup::html(&format!("<p>one <a href=\"https://{host}/\">bank.example a b c</a> two three</p>"));
    let lines = wrap_noted(text.borrow(), 12);
    let words = |line: &TextLine| match line {
        TextLine::Words(line) => line.of(&text.plain).to_owned(),
        TextLine::LeadsTo(number, line) => format!("!{}", line.of(&leads_to(text.borrow(), *number))),
    };
    let lines: Vec<String> = lines.iter().map(words).collect();
    let first = lines.iter().position(|line| line.starts_with('!')).expect("a note");
    assert!(lines[..first].concat().contains("bank.example"), "{lines:?}");
    assert!(lines[first - 1].contains('c'), "the line in which the link ends: {lines:?}");
    let note: String = lines.iter().filter_map(|line| line.strip_prefix('!')).collect();
    assert_eq!(note.replace(' ', ""), format!("leadsto{host}"));
    assert!(lines.iter().all(|line| line.trim_start_matches('!').len() <= 12), "{lines:?}");
}

#[test]
fn large_hostile_texts_end() {
    for unit in [
        "a.b/",
        "bank.example",
        "[::1]",
        "//",
        "a.",
        ".",
        "%61.",
        "https:",
        "@a.b",
        "<a href=\"https://e.example\">b.example</a>",
    ] {
        let words = unit.repeat((1 << 16) / unit.len());
        noted(&words, "https://evil.example/");
        notes(&markup::html(&words));
    }
}

/// A thread file with a story text and a comment, each with a link of these words and words of its own behind it.
fn file(name: &str, words: &str, behind: &str) -> PathBuf {
    let text = format!("{words}\n{behind}");
    let end = words.len();
    let body = serde_json::json!({"text": text, "links": ["https://evil.example/x"], "marks": [["link", 0, end, 0]]});
    let mut comment = serde_json::json!({"id": "1", "author": "ann", "subject": "S"});
    let mut thread = serde_json::json!({"format": "lurker-thread-1", "title": "T", "site": "hn", "id": "1"});
    for object in [&mut comment, &mut thread] {
        object.as_object_mut().expect("an object").extend(body.as_object().expect("an object").clone());
    }
    thread["comments"] = serde_json::json!([comment]);
    let path = env::temp_dir().join(format!("lurker-link-host-{name}-{}.json", crate::support::unique()));
    fs::write(&path, thread.to_string()).expect("a file");
    path
}

fn printed(path: &Path, words: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lurker"));
    command
        .arg(path)
        .args(words)
        .env("XDG_CONFIG_HOME", "/nonexistent")
        .env("XDG_RUNTIME_DIR", "/dev/null")
        .env_remove("LURKER_CONFIG");
    let output = command.output().expect("the program runs");
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn on_paper_no_text_can_stand_where_a_note_begins() {
    let note = "! leads to evil.example";
    let (lie, forged) = ("🔒 bank.example", "! leads to bank.example");
    let (honest, lying) = (file("honest", "evil.example", forged), file("lying", lie, forged));
    for words in [&["-f", "text"][..], &["-f", "text", "--ascii"], &["-f", "text", "--ascii", "--width", "200"]] {
        let notes = |path: &Path| printed(path, words).lines().filter(|line| line.starts_with("! ")).count();
        assert_eq!(notes(&honest), 0, "{words:?} {}", printed(&honest, words));
        assert_eq!(notes(&lying), 2, "{words:?} {}", printed(&lying, words));
        assert_eq!(printed(&lying, words).matches(note).count(), 2, "{words:?}");
    }
    for path in [honest, lying] {
        fs::remove_file(path).expect("the file");
    }
}

#[test]
fn on_the_screen_a_note_looks_like_no_text_also_without_colours() {
    let path = file("screen", "→ bank.example", "! leads to bank.example");
    let name = path.to_str().expect("UTF-8");
    for words in [&[name][..], &[name, "--ascii"], &[name, "--color", "never", "--ascii"]] {
        let session = Session::start(pty::lurker(words), (80, 30));
        let screen =
            session.wait("both notes", |screen| screen.contents().matches("leads to evil.example").count() == 2);
        let rows: Vec<String> = screen.rows(0, 80).collect();
        for (line, row) in rows.iter().enumerate() {
            let Some((before, address)) = row.split_once("leads to") else { continue };
            let is_note = address.contains("evil.example");
            let column = u16::try_from(before.chars().count()).expect("few");
            let cell = screen.cell(u16::try_from(line).expect("few"), column).expect("a cell");
            assert_eq!((cell.inverse(), cell.bold()), (is_note, is_note), "{words:?} {row}");
        }
    }
    fs::remove_file(path).expect("the file");
}
