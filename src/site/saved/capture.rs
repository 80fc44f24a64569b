//! Captures: every request and answer of one load, as JSON lines, read as if the site had answered.
//!
//! The first line names the target and the addresses that stood in for the site's own; each other one has a request and
//! its answer, or the error that came in place of it.

use std::borrow::Cow;

use crate::model::LoadError;
use crate::site::json::{Document, Value};
use crate::site::{Answer, Content, Loader, Request, Sample, SiteConfig, Sites, Target, Validators, parse};

/// The name of the format, which stands at the start of every such file.
pub(super) const FORMAT: &str = "lurker-capture-1";

/// The most rounds of requests: more than any load makes, so that a made-up file comes to an end.
const MOST_ROUNDS: usize = 10_000;

/// Whether this is a capture.
pub(super) fn looks_like(file: &Sample<'_>) -> bool {
    file.start().trim_start().strip_prefix("{\"format\":\"").is_some_and(|rest| rest.starts_with(FORMAT))
}

/// Reads it.
///
/// # Errors
/// It names no target, or what was answered holds no thread or list.
pub(super) fn read(bytes: &[u8]) -> Result<Content, LoadError> {
    let document = Document::read(bytes);
    let mut lines = document.roots();
    let head = lines.next().ok_or_else(|| LoadError::other("the capture", "has no first line"))?;
    let target = head.get("target").line().unwrap_or_default();
    let mut exchanges: Vec<Exchange> = lines.map(Exchange::read).collect();
    let wrong = |says: String| LoadError::other("the capture", says);
    match parse(&target, &sites(head)) {
        Some(Ok(Target::Thread(thread))) => {
            replay(thread.loader(), &mut exchanges).map(|thread| Content::Thread(Box::new(thread)))
        }
        Some(Ok(Target::List(list))) => {
            replay(list.loader(None), &mut exchanges).map(|list| Content::List(Box::new(list)))
        }
        Some(Err(says)) => Err(wrong(says)),
        None => Err(wrong("names no thread or list of a site".to_owned())),
    }
}

/// The sites with the addresses that stood in for their own.
fn sites(head: Value<'_>) -> Sites {
    let mut sites = Sites::default();
    let all: Vec<_> = sites.all().map(crate::site::Site::info).collect();
    for info in all {
        let own = head.get("addresses").get(info.name);
        let mut config = SiteConfig::default();
        for key in info.config_keys {
            if let Some(address) = own.get(key.name).line() {
                config = config.with(key.name, &address);
            }
        }
        sites = sites.with(info.name, config);
    }
    sites
}

/// Has a loader make its requests of what was captured.
fn replay<T>(mut loader: Box<dyn Loader<T>>, exchanges: &mut Vec<Exchange>) -> Result<T, LoadError> {
    for _ in 0..MOST_ROUNDS {
        let requests = loader.next();
        if requests.is_empty() {
            break;
        }
        for request in requests {
            let outcome = answer(&request, exchanges);
            loader.answer(request.key, outcome);
        }
    }
    loader.snapshot()
}

fn answer(request: &Request, exchanges: &mut Vec<Exchange>) -> Result<Answer, LoadError> {
    let is_it = |exchange: &Exchange| exchange.url == request.url && exchange.has_form == request.form.is_some();
    match exchanges.iter().position(is_it) {
        Some(place) => exchanges.remove(place).outcome,
        None => Err(LoadError::other("the capture", "holds no answer to a request that is made now")),
    }
}

/// A request and its answer.
struct Exchange {
    url: String,
    has_form: bool,
    outcome: Result<Answer, LoadError>,
}

impl Exchange {
    fn read(line: Value<'_>) -> Self {
        let (request, answer) = (line.get("request"), line.get("answer"));
        let text = |value: Value<'_>| value.text().map(Cow::into_owned).unwrap_or_default();
        let outcome = match line.get("error").line() {
            Some(says) => Err(LoadError::other("", says)),
            None => Ok(Answer {
                status: answer
                    .get("status")
                    .integer()
                    .and_then(|status| u16::try_from(status).ok())
                    .unwrap_or_default(),
                url: answer.get("url").address(),
                content_type: text(answer.get("content_type")),
                body: body(answer),
                validators: Validators::default(),
            }),
        };
        Self { url: text(request.get("url")), has_form: !request.get("form").is_null(), outcome }
    }
}

/// The body as text, or, where it is no UTF-8, as a text with a character for each byte.
fn body(answer: Value<'_>) -> Vec<u8> {
    match answer.get("bytes").text() {
        Some(bytes) => bytes.chars().filter_map(|c| u8::try_from(u32::from(c)).ok()).collect(),
        None => answer.get("body").text().map(|text| text.into_owned().into_bytes()).unwrap_or_default(),
    }
}
