//! The words of a refusal: what a file is, and what to open instead. Neither markup nor binary data is quoted.

use std::ops::Range;

use crate::markup::{clean_line, html_line};
use crate::model::Advice;
use crate::site::markup_scan::{Sink, Tag, scan};
use crate::site::sample::Kind;
use crate::site::{LoadError, Sample, Sites, Target, magic, parse};

/// The most characters of a file's text or title that are quoted.
const SHOWN: usize = 60;

/// The usual advice.
const SAVE: &str = "open the thread by its address, or save its page and open that";

/// The error for a file of no known format.
pub(super) fn of(file: &Sample<'_>) -> LoadError {
    let bytes = file.bytes();
    if let Some(name) = magic::name(bytes) {
        return refused(&format!("it is {name}")).advise(Advice::Other(advice_on(name).to_owned()));
    }
    let says = match file.kind() {
        _ if magic::is_binary(bytes) => "it is binary data of a kind that lurker does not know".to_owned(),
        Kind::Page => return of_page(file.start()),
        Kind::Feed => "it is a feed of another site".to_owned(),
        Kind::Object | Kind::List if begins_json(file.start()) => "it is JSON of another kind".to_owned(),
        Kind::Object | Kind::List | Kind::Text => {
            let start = bytes.get(..4 * SHOWN).unwrap_or(bytes);
            format!("it begins: {}", cut(&clean_line(&String::from_utf8_lossy(start))))
        }
    };
    refused(&says).advise(Advice::Other(SAVE.to_owned()))
}

/// The error for what came with the status of an HTTP answer, if that is one of a failure.
pub(super) fn of_answer(error: LoadError, status: Option<u16>) -> LoadError {
    match status.filter(|status| *status >= 400) {
        Some(status) => {
            let subject = format!("the server answered with status {status}: {}", error.subject).trim_end().to_owned();
            LoadError { subject, ..error }
        }
        None => error,
    }
}

fn refused(says: &str) -> LoadError {
    LoadError::other("", format!("it is no discussion that lurker knows; {says}"))
}

fn advice_on(name: &str) -> &'static str {
    if name.contains("archive") || name.ends_with(" data") { "unpack it, and open what is in it" } else { SAVE }
}

/// Whether a text that begins with a bracket goes on as JSON does: `[package]` is none.
fn begins_json(start: &str) -> bool {
    let start = start.trim_start();
    let rest = start.strip_prefix(['{', '[']).unwrap_or_default().trim_start();
    let is_digit = |c: char| c.is_ascii_digit();
    if start.starts_with('{') {
        rest.is_empty() || rest.starts_with(['"', '}'])
    } else {
        let is_word = ["true", "false", "null"].iter().any(|word| rest.starts_with(word));
        rest.is_empty() || is_word || rest.starts_with(is_digit) || rest.starts_with(['{', '[', ']', '"', '-'])
    }
}

fn cut(text: &str) -> String {
    text.chars().take(SHOWN).collect()
}

/// The error for a page, by what its head says.
fn of_page(start: &str) -> LoadError {
    let mut head = Head::default();
    scan(start, &mut head);
    let title = cut(&html_line(&head.title));
    let title = if title.is_empty() { String::new() } else { format!(" “{title}”") };
    let sites = Sites::default();
    let target = head.addresses.iter().find_map(|address| {
        let target = parse(address, &sites)?.ok()?;
        Some((address, matches!(target, Target::Thread(_))))
    });
    match target {
        Some((address, true)) => refused(&format!("it is the page{title}, and no comment is in it"))
            .advise(Advice::Other(format!("open it as {}", clean_line(address)))),
        Some((address, false)) => refused(&format!("it is the page{title}, and no story is in it"))
            .advise(Advice::Other(format!("open it as {}", clean_line(address)))),
        None => refused(&format!(
            "it is a page of another kind{}",
            if title.is_empty() { String::new() } else { format!(":{title}") }
        ))
        .advise(Advice::Other(SAVE.to_owned())),
    }
}

/// The head of a page.
#[derive(Default)]
struct Head {
    title: String,
    is_title: bool,
    /// The addresses that it says it has, the surest first.
    addresses: Vec<String>,
}

impl Sink for Head {
    fn open(&mut self, tag: &Tag, _: Range<usize>) {
        self.is_title = tag.name == "title" && self.title.is_empty();
        let address = match tag.name.as_str() {
            "link" if tag.get("rel").eq_ignore_ascii_case("canonical") => tag.get("href"),
            "meta" if tag.get("property") == "og:url" => tag.get("content"),
            _ => "",
        };
        if address.contains("://") {
            self.addresses.push(address.to_owned());
        }
    }

    fn close(&mut self, _: &str, _: Range<usize>) {
        self.is_title = false;
    }

    fn text(&mut self, text: &str) {
        if self.is_title {
            self.title.push_str(text);
        }
    }
}
