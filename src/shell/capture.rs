//! `lurker capture`: every request and answer of one load, written as JSON lines without secrets, for a bug report.

mod redact;

use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use serde::Serialize;
use tokio::task::JoinSet;

use self::redact::{without_login, without_secrets};
use super::config::Config;
use super::exit::{FAILURE, Failure};
use super::http::Client;
use super::printing::{limits_folder, say};
use crate::app;
use crate::model::{LoadError, counted};
use crate::site::{Answer, Loader, Request, SITES, Site, Sites, Target, parse, saved};

/// The first line.
#[derive(Serialize)]
struct Head<'a> {
    format: &'static str,
    target: &'a str,
    /// The addresses that stand in for those of the sites.
    addresses: BTreeMap<&'static str, BTreeMap<&'static str, String>>,
}

/// A request, and its answer or the error in place of it.
#[derive(Serialize)]
struct Exchange {
    request: RequestOut,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<AnswerOut>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

#[derive(Serialize)]
struct RequestOut {
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    form: Option<String>,
    /// The names of its own headers; what they say may be secret.
    headers: Vec<&'static str>,
}

#[derive(Serialize)]
struct AnswerOut {
    status: u16,
    url: String,
    content_type: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<String>,
    /// A body that is no UTF-8, a character for each byte.
    #[serde(skip_serializing_if = "Option::is_none")]
    bytes: Option<String>,
}

impl RequestOut {
    fn new(request: &Request) -> Self {
        let headers: Vec<&'static str> = request.headers.iter().map(|(name, _)| *name).collect();
        let is_login = headers.iter().any(|name| name.eq_ignore_ascii_case("authorization"));
        let form = request.form.as_ref().map(|form| if is_login { "…".to_owned() } else { without_secrets(form) });
        Self { url: without_login(&request.url), form, headers }
    }
}

impl AnswerOut {
    fn new(answer: Answer) -> Self {
        let Answer { status, url, content_type, body, .. } = answer;
        let (body, bytes) = match String::from_utf8(body) {
            Ok(text) => (Some(without_secrets(&text)), None),
            Err(error) => (None, Some(error.into_bytes().into_iter().map(char::from).collect::<String>())),
        };
        let bytes = bytes.map(|bytes| without_secrets(&bytes));
        Self { status, url: without_login(&url), content_type, body, bytes }
    }
}

/// Captures the load of a target.
pub(super) fn run(config: Config, target: &str, file: &Path) -> Result<u8, Failure> {
    let parsed = parse(target, &config.sites).transpose().map_err(Failure::usage)?;
    let parsed = parsed.ok_or_else(|| Failure::usage(format!("{target}: is no thread or list of a site")))?;
    let options = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file);
    let wrong = |error: io::Error| Failure::one(FAILURE, format!("{}: {error}", file.display()));
    let mut out = BufWriter::new(options.map_err(wrong)?);
    let head = Head { format: saved::CAPTURE, target: &without_login(target), addresses: addresses(&config.sites) };
    write_line(&head, &mut out).map_err(wrong)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(wrong)?;
    let client = Client::new(&config.network.with_limits_in(limits_folder()));
    let client = client.map_err(|error| Failure::one(FAILURE, app::plain(&error)))?;
    let mut write = |exchange: &Exchange| write_line(exchange, &mut out);
    let outcome = runtime.block_on(async {
        match parsed {
            Target::Thread(thread) => capture(&client, thread.loader(), &mut write).await,
            Target::List(list) => capture(&client, list.loader(None), &mut write).await,
        }
    });
    runtime.shutdown_background();
    let (count, outcome) = outcome.map_err(wrong)?;
    out.flush().map_err(wrong)?;
    say(&format!(
        "{}: {} with answers, without secrets; look at it before you send it",
        file.display(),
        counted(count, "request")
    ));
    outcome.map(|()| 0).map_err(|error| Failure::one(FAILURE, app::plain(&error)))
}

fn write_line(line: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.write_all(b"\n")
}

fn addresses(sites: &Sites) -> BTreeMap<&'static str, BTreeMap<&'static str, String>> {
    let own = |site: &&Site| {
        let info = site.info();
        let is_address = |name: &str| info.config_keys.iter().any(|key| key.name == name && key.is_address());
        (info.name, sites.of(info.name).texts(is_address).collect())
    };
    SITES.iter().map(own).filter(|(_, own): &(_, BTreeMap<_, _>)| !own.is_empty()).collect()
}

/// Makes all requests of a loader, and writes each with its answer; returns their number, and the reason where nothing came.
async fn capture<T>(
    client: &Client,
    mut loader: Box<dyn Loader<T>>,
    write: &mut dyn FnMut(&Exchange) -> io::Result<()>,
) -> io::Result<(usize, Result<(), LoadError>)> {
    let (mut flight, mut count) = (JoinSet::new(), 0);
    loop {
        for request in loader.next() {
            let client = client.clone();
            flight.spawn(async move { (client.send(&request).await, request) });
        }
        let Some(joined) = flight.join_next().await else { break };
        let (outcome, request) = joined.map_err(io::Error::other)?;
        let (answer, error) = match &outcome {
            Ok(answer) => (Some(AnswerOut::new(answer.clone())), None),
            Err(error) => (None, Some(error.to_string())),
        };
        write(&Exchange { request: RequestOut::new(&request), answer, error })?;
        loader.answer(request.key, outcome);
        count += 1;
    }
    Ok((count, loader.snapshot().map(|_| ())))
}
