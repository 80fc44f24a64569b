//! A site that is not there: the least that a site needs, as the example of how to add one.
//!
//! Its thread is `https://toy.example/b/12`, short `toy:12`; `/b/12.json` holds all of it. Its one list is the front page,
//! `https://toy.example/`, whose JSON is `/front.json`.

use super::json::Value;
use super::list::{complete_entries, tabs};
use super::one_request::OneRequest;
use super::sample::Kind;
use super::{
    Answer, ConfigKey, HostInfo, Info, Limit, ListTarget, LoadError, Loader, ParsedTarget, Site, SiteConfig, Target,
    ThreadTarget,
};
use super::{Format, Sample};
use super::{damage, status, web};
use crate::markup::{clean_line, html};
use crate::model::{Builder, Draft, Entry, Heading, Listing, Story, Thread};

/// Facts about the site.
static INFO: Info = Info {
    example: "https://toy.example/b/12 or toy:12",
    hints: &["toy:", "toy.example"],
    sections: &["front"],
    hosts: &[HostInfo { name: "toy.example", in_flight: 1, limits: &[Limit::new(60, 60)], timeout: None }],
    config_keys: &[ConfigKey::address("url", &["toy.example"])],
    ..Info::new("toy", "Toyboard")
};

const HOME: &str = "https://toy.example";

/// The site, for the table of sites.
static TOY: Site = Site::new(
    &INFO,
    |target, config| thread_id(target, home(config)).map(|id| thread_of(id, home(config))),
    list_by_name,
    |target, config| path_on_site(target, home(config)).filter(String::is_empty).map(|_| front_page(config)),
    &[
        Format::thread("a thread of Toyboard", is_thread, read_thread),
        Format::list("a list of Toyboard", is_list, read_list),
    ],
);

/// The site's address, or the other one that the config names, which comes without a slash at its end.
fn home(config: &SiteConfig) -> &str {
    config.url().unwrap_or(HOME)
}

fn list_by_name(name: &str, config: &SiteConfig) -> ParsedTarget {
    match name {
        "" | "front" => Ok(front_page(config)),
        name => Err(format!("Toyboard has no list {}; there is toy/front", clean_line(name))),
    }
}

fn front_page(config: &SiteConfig) -> Target {
    Target::list(FrontPage { home: home(config).to_owned(), sections: config.sections(INFO.sections) })
}

/// The number of the thread that an address or a short form names.
fn thread_id(target: &str, home: &str) -> Option<u64> {
    if let Some(id) = target.trim().strip_prefix("toy:") {
        return id.parse().ok();
    }
    let path = path_on_site(target, home)?;
    let id = path.strip_prefix("b/")?;
    id.strip_suffix(".json").unwrap_or(id).parse().ok()
}

/// The path of an address of the site, with or without a scheme, `www.`, a query and a fragment, without the slashes around
/// it.
fn path_on_site(address: &str, home: &str) -> Option<String> {
    let url = web::parse_url(address.trim(), "https")?;
    let is_home = |home: &str| web::parse_url(home, "https").is_some_and(|home| web::same_host(&url, &home));
    let is_own = [home, HOME, "https://www.toy.example"].into_iter().any(is_home);
    is_own.then(|| url.path().trim_matches('/').to_owned())
}

/// The thread of this number.
fn thread_of(id: u64, home: &str) -> ThreadTarget {
    let page = format!("{home}/b/{id}");
    let json = format!("{page}.json");
    let read = move |answer: &Answer| {
        status::check(INFO.title, &format!("thread {id}"), answer)?;
        read_thread(&Sample::of(&answer.body))
    };
    ThreadTarget::new(&INFO, page, None, move || OneRequest::new(INFO.title, json.clone(), read))
}

/// Whether a file is the JSON of a thread.
fn is_thread(file: &Sample<'_>) -> bool {
    file.kind() == Kind::Object && file.names_all(&["toy_title", "posts"])
}

/// Reads the JSON of a thread.
fn read_thread(file: &Sample<'_>) -> Result<Thread, LoadError> {
    let document = file.document();
    let root = document.root();
    let Some(title) = root.get("toy_title").line() else { return Err(unexpected(file, "a thread")) };
    let mut builder = Builder::new();
    root.get("posts").items().for_each(|post| push(post, &mut builder));
    if let Some(note) = document.damage_note() {
        builder.note(note);
    }
    let id = root.get("id").id().map_or_else(String::new, |id| id.to_string());
    let url = if id.is_empty() { String::new() } else { format!("{HOME}/b/{id}") };
    Ok(builder.finish(Story { site: INFO.name.to_owned(), id, url, title, ..Story::default() }))
}

/// The error that an answer of status 200 is, where it is not `what` was expected.
fn unexpected(file: &Sample<'_>, what: &str) -> LoadError {
    let other = || status::unexpected(INFO.title, format!("sent something else than {what}"), file.bytes());
    status::no_content(INFO.title, file.bytes()).unwrap_or_else(other)
}

fn push(post: Value<'_>, builder: &mut Builder) {
    let body = html(&post.get("html").text().unwrap_or_default());
    builder.push(&Draft {
        id: &clean_line(&post.get("id").words().unwrap_or_default()),
        parent: post.get("answers").words().map(|id| clean_line(&id)).as_deref(),
        author: post.get("by").line().as_deref(),
        score: post.get("points").score(),
        posted_at: post.get("at").moment(),
        body: body.borrow(),
        ..Draft::default()
    });
}

/// The list of all threads.
#[derive(Debug)]
struct FrontPage {
    home: String,
    /// The sections on the tab bar.
    sections: Vec<String>,
}

impl ListTarget for FrontPage {
    fn heading(&self) -> Heading {
        let (target, url) = ("toy/front".to_owned(), format!("{}/", self.home));
        Heading { target, url, tabs: tabs(INFO.name, &self.sections), ..INFO.heading("front") }
    }

    /// There is one page. A site with more puts into `Listing::next` what names the page after this one, and gets it back
    /// as the argument.
    fn loader(&self, _: Option<&str>) -> Box<dyn Loader<Listing>> {
        let heading = self.heading();
        let read = move |answer: &Answer| {
            status::check(INFO.title, "such list", answer)?;
            Ok(Listing { heading: heading.clone(), ..read_list(&Sample::of(&answer.body))? })
        };
        Box::new(OneRequest::new(INFO.title, format!("{}/front.json", self.home), read))
    }
}

/// Whether a file is the JSON of a list.
fn is_list(file: &Sample<'_>) -> bool {
    file.kind() == Kind::List && file.names_all(&["toy_title"])
}

/// Reads the JSON of a list.
fn read_list(file: &Sample<'_>) -> Result<Listing, LoadError> {
    if file.kind() != Kind::List {
        return Err(unexpected(file, "a list"));
    }
    let document = file.document();
    let whole = document.root().items().filter(|thread| thread.is_whole());
    let (entries, left_out) = complete_entries(whole.map(entry), "Threads");
    if let Some(place) = document.damage_place().filter(|_| entries.is_empty()) {
        return Err(damage::before_first_entry(INFO.title, &place));
    }
    let heading = INFO.heading("a saved list");
    let notes = document.damage_note().into_iter().chain(left_out).collect();
    Ok(Listing { heading, entries, notes, next: None })
}

fn entry(thread: Value<'_>) -> Option<Entry> {
    let id = thread.get("id").id()?;
    let (title, url) = (thread.get("toy_title").line()?, format!("{HOME}/b/{id}"));
    Some(Entry { site: INFO.name.to_owned(), id: id.to_string(), title, url, ..Entry::default() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Cause;
    use crate::site::{Sites, list, sites_with_lists, thread};

    const THREAD: &str = r#"{"toy_title": "Kites & string", "posts": [
        {"id": 1, "by": "ann", "points": 3, "at": "2026-05-01T10:00:00Z", "html": "<p>Cotton."},
        {"id": 2, "answers": 1, "by": "bob", "points": 1, "html": "<i>Linen</i>"}, {"id": 3, "html": "Silk"}]}"#;

    const FRONT: &str = r#"[{"id": 12, "toy_title": "Kites"}, {"id": "x"}]"#;

    fn sites() -> Sites {
        Sites::default().with_site(&TOY)
    }

    /// The result of a loader after one answer.
    fn load<T>(mut loader: Box<dyn Loader<T>>, url: &str, status: u16, body: &str) -> Result<T, LoadError> {
        let requests = loader.next();
        assert_eq!(requests.iter().map(|request| request.url.as_str()).collect::<Vec<_>>(), [url]);
        loader.answer(0, Ok(Answer { status, body: body.as_bytes().to_vec(), ..Answer::default() }));
        assert!(loader.next().is_empty());
        loader.snapshot()
    }

    #[test]
    fn its_thread_is_loaded_by_every_form_of_its_address() {
        for target in [
            "toy:12",
            "https://toy.example/b/12",
            " toy.example/b/12/ ",
            "//www.toy.example/b/12?a=b#c",
            "http://toy.example/b/12.json",
        ] {
            let address = thread(target, &sites()).expect(target);
            assert_eq!((address.site(), address.page()), ("toy", "https://toy.example/b/12"));
            let thread = load(address.loader(), "https://toy.example/b/12.json", 200, THREAD).expect("a thread");
            let comments: Vec<_> = thread.iter().map(|comment| (comment.depth(), comment.body().plain)).collect();
            assert_eq!(comments, [(0, "Cotton."), (1, "Linen"), (0, "Silk")]);
            assert_eq!((thread.story().title.as_str(), thread.story().site.as_str()), ("Kites & string", "toy"));
        }
        assert!(thread("https://toy.example/about", &sites()).is_none());
        assert!(thread("toy:12", &Sites::default()).is_none(), "it is in no table");
    }

    #[test]
    fn its_list_opens_by_the_sites_name() {
        assert_eq!(sites_with_lists(&sites()).last().map(String::as_str), Some("toy"));
        let front = list("toy", &sites()).and_then(Result::ok).expect("a list");
        let listing = load(front.loader(None), "https://toy.example/front.json", 200, FRONT).expect("a list");
        assert_eq!(listing.notes, ["Threads without a number or a title, which are left out: 1"]);
        assert_eq!(
            list("https://toy.example/", &sites()).and_then(Result::ok).map(|list| list.heading()),
            Some(front.heading())
        );
        assert_eq!(
            listing.entries.iter().map(|entry| entry.url.as_str()).collect::<Vec<_>>(),
            ["https://toy.example/b/12"]
        );
        let error = list("toy/back", &sites()).and_then(Result::err);
        assert_eq!(error.as_deref(), Some("Toyboard has no list back; there is toy/front"));
    }

    #[test]
    fn its_errors_are_those_of_all_sites() {
        let load = |status, body| {
            let address = thread("toy:12", &sites()).expect("an address");
            load(address.loader(), "https://toy.example/b/12.json", status, body).expect_err("no thread").cause
        };
        assert!(matches!(load(404, ""), Cause::NotFound { status: Some(404), .. }));
        assert!(matches!(load(429, ""), Cause::RateLimited(429)));
        assert!(matches!(load(200, " "), Cause::Empty));
        assert!(matches!(load(200, "[1]"), Cause::Unexpected { .. }));
        let front = list("toy", &sites()).and_then(Result::ok).expect("a list");
        let error =
            self::tests::load(front.loader(None), "https://toy.example/front.json", 200, "<p>No").expect_err("a page");
        assert!(matches!(error.cause, Cause::Unexpected { .. }));
    }

    #[test]
    fn a_file_cut_off_anywhere_keeps_what_is_whole() {
        for cut in 0..=THREAD.len() {
            let Ok(thread) = read_thread(&Sample::of(&THREAD.as_bytes()[..cut])) else { continue };
            assert!(
                thread.len() <= 3 && (cut == THREAD.len()) == thread.notes().is_empty(),
                "{cut}: {:?}",
                thread.notes()
            );
        }
        for cut in 0..=FRONT.len() {
            let Ok(list) = read_list(&Sample::of(&FRONT.as_bytes()[..cut])) else { continue };
            assert!(list.entries.iter().all(|entry| entry.title == "Kites"), "{cut}");
        }
    }

    #[test]
    fn its_saved_threads_are_told_from_other_files() {
        let told = |bytes: &[u8]| TOY.formats.iter().map(|format| (format.is)(&Sample::of(bytes))).collect::<Vec<_>>();
        assert_eq!(told(THREAD.as_bytes()), [true, false]);
        assert_eq!(told(FRONT.as_bytes()), [false, true]);
        assert_eq!(told(br#"{"title": "Kites", "posts": []}"#), [false, false]);
    }
}
