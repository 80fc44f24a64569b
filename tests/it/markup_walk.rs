//! Every word and every address of a body is in the text that is made of it, but for furniture that is named here.

use crate::support::corpus::folder;
use crate::support::fixtures;
use std::path::Path;

use html5gum::{DefaultEmitter, HtmlString, StartTag, Token, Tokenizer};
use lurker::markup::{clean, html_within};
use lurker::model::Text;
use serde_json::Value;

/// Where addresses that begin with a slash are.
const ORIGIN: &str = "https://forum.example";

/// Elements whose words are not in the text: the name, a class that they must have, and the reason.
const UNREAD: [(&str, &str, &str); 9] = [
    ("script", "", "is for programs"),
    ("style", "", "is for programs"),
    ("iframe", "", "is shown where a page cannot be, and its address is there"),
    ("video", "", "is shown where a film cannot be, and its address is there"),
    ("svg", "", "is a drawing"),
    ("header", "source", "names the site of a preview, whose title is a link to it"),
    ("div", "meta", "repeats the name of an image, and tells its size"),
    ("span", "discourse-local-date", "is made anew of its date, time and zone"),
    ("a", "footnote-backref", "is the way back from a note"),
];

/// Images whose address is not in the text, by class, and the reason.
const UNSEEN: [(&str, &str); 3] = [
    ("emoji", "its description is the sign itself"),
    ("avatar", "stands beside the name"),
    ("site-icon", "stands beside a preview's title"),
];

/// The words and addresses of a body that are missing from its text.
pub(crate) fn missing(source: &str) -> Vec<String> {
    let text = html_within(source, ORIGIN);
    let mut missing = Vec::new();
    let mut walk = Walk { text: &text, open: Vec::new() };
    for token in Tokenizer::new_with_emitter(source, naive()) {
        let Ok(token) = token;
        missing.extend(walk.take(&token));
    }
    missing
}

fn naive() -> DefaultEmitter<()> {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    emitter
}

struct Walk<'t> {
    text: &'t Text,
    /// The open elements that matter, each with whether its words are not read.
    open: Vec<(String, bool)>,
}

impl Walk<'_> {
    fn take(&mut self, token: &Token<()>) -> Vec<String> {
        match token {
            Token::StartTag(tag) => self.start(tag),
            Token::EndTag(tag) => {
                let name = string(&tag.name);
                if let Some(place) = self.open.iter().rposition(|(open, _)| *open == name) {
                    self.open.truncate(place);
                }
                Vec::new()
            }
            Token::String(words) if !self.is_unread() => self.words(&string(words)),
            _ => Vec::new(),
        }
    }

    fn is_unread(&self) -> bool {
        self.open.iter().any(|(_, unread)| *unread)
    }

    fn is_in(&self, name: &str) -> bool {
        self.open.iter().any(|(open, _)| open == name)
    }

    fn start(&mut self, tag: &StartTag<()>) -> Vec<String> {
        let name = string(&tag.name);
        let value = |key: &[u8]| tag.attributes.get(key).map(|value| string(value)).unwrap_or_default();
        let classes = value(b"class");
        let is_of = |class: &str| class.is_empty() || classes.split_whitespace().any(|own| own == class);
        let unread = UNREAD.iter().any(|(element, class, _)| name == *element && is_of(class));
        let is_icon = UNSEEN.iter().any(|(class, _)| is_of(class));
        // A picture in a link stands for what the link leads to; in a preview, too.
        let is_sign = name == "img" && (is_icon || self.is_in("a") || self.is_in("aside"));
        let is_hidden = self.is_unread();
        let keys: [&[u8]; 3] = [b"href", b"src", b"data-video-src"];
        let addresses = keys.into_iter().map(value).filter(|_| !is_sign && !is_hidden && !unread || name == "iframe");
        let addresses = addresses.filter_map(|address: String| whole(&address));
        let lost: Vec<String> = addresses.filter(|address| !self.has(address)).collect();
        if !["img", "br", "hr", "source", "input", "embed", "wbr", "meta", "link", "use", "path"]
            .contains(&name.as_str())
        {
            self.open.push((name, unread));
        }
        lost
    }

    fn has(&self, address: &str) -> bool {
        self.text.links.iter().any(|link| link == address) || self.text.plain.contains(address)
    }

    fn words(&self, words: &str) -> Vec<String> {
        let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let plain = bare(&self.text.plain);
        let words = clean(words);
        // Sites shorten an address for show; the text has all of it.
        let is_shortened = |word: &&str| word.contains('…') || word.contains("...");
        let lost = words.split_whitespace().filter(|word| !is_shortened(word) && !plain.contains(&bare(word)));
        lost.map(str::to_owned).collect()
    }
}

fn string(bytes: &HtmlString) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// An address of the web as the text has it; nothing for a place on the same page, for data, for a mail program.
fn whole(address: &str) -> Option<String> {
    let address = clean(address.trim()).replace([' ', '\n'], "%20");
    match address.split_once(':') {
        _ if address.starts_with("//") => Some(format!("https:{address}")),
        _ if address.starts_with('/') => Some(format!("{ORIGIN}{address}")),
        Some(("http" | "https", _)) => Some(address),
        _ => None,
    }
}

/// The bodies under these keys in the JSON of an answer.
fn bodies(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| bodies(value, found)),
        Value::Object(fields) => {
            for (key, value) in fields {
                match value {
                    Value::String(text)
                        if ["cooked", "body_html", "comment", "text", "comment_text"].contains(&key.as_str()) =>
                    {
                        found.push(text.clone());
                    }
                    value => bodies(value, found),
                }
            }
        }
        _ => {}
    }
}

fn check(files: &[(String, Vec<u8>)], least: usize) {
    let mut found = Vec::new();
    let is_json = |name: &str| Path::new(name).extension().is_some_and(|ending| ending == "json" || ending == "jsonl");
    for (_, bytes) in files.iter().filter(|(name, _)| is_json(name)) {
        for value in serde_json::Deserializer::from_slice(bytes).into_iter::<Value>().map_while(Result::ok) {
            bodies(&value, &mut found);
        }
    }
    assert!(found.len() >= least, "{} bodies", found.len());
    let lost: Vec<(String, String)> = found
        .iter()
        .flat_map(|body| missing(body).into_iter().map(|lost| (lost, body.chars().take(400).collect())))
        .collect();
    assert!(
        lost.is_empty(),
        "{} of {} bodies' parts are lost: {:#?}",
        lost.len(),
        found.len(),
        lost.iter().take(12).collect::<Vec<_>>()
    );
}

#[test]
fn nothing_of_own_bodies_is_lost() {
    check(&fixtures::all(), 20);
}

#[test]
fn what_is_lost_is_noticed() {
    assert_eq!(missing("<p>a <template>lost</template></p><object><a href=/x>b</a></object>"), ["lost"]);
    assert_eq!(missing("<link href=https://a.example/x>y"), ["https://a.example/x"]);
}

#[test]
#[ignore = "needs the captured answers: set LURKER_CORPUS to their folder"]
fn nothing_of_captured_bodies_is_lost() {
    check(&fixtures::within(&folder()), 500);
}
