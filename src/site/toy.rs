//! A site that is not there: the least that a site needs, as the example of how to add one.
//!
//! Its thread is `https://toy.example/b/12`, short `toy:12`; `/b/12.json` holds all of it. Its one list is the front page.

use super::json::{Document, Value};
use super::list::tabs;
use super::one_request::OneRequest;
use super::{Answer, Info, ListTarget, LoadError, Loader, ParsedTarget, Site, SiteConfig, Target, ThreadTarget};
use super::{Format, Sample};
use super::{status, web};
use crate::markup::html;
use crate::model::{Builder, Draft, Entry, Heading, Listing, Story, Thread};

/// The site, for the table of sites.
#[derive(Debug)]
struct Toy;

/// Facts about the site.
static INFO: Info = Info {
    example: "https://toy.example/b/12 or toy:12",
    hints: &["toy"],
    sections: &["front"],
    ..Info::new("toy", "Toyboard")
};

const HOME: &str = "https://toy.example";

impl Site for Toy {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn parse(&self, target: &str, config: &SiteConfig) -> Option<ParsedTarget> {
        let home = config.url().unwrap_or(HOME);
        if let Some(id) = thread_id(target, home) {
            return Some(Ok(Target::thread(ToyThread { id, home: home.to_owned() })));
        }
        match INFO.list_name(target)? {
            "" | "front" => Some(Ok(Target::list(FrontPage { home: home.to_owned() }))),
            name => Some(Err(format!("Toyboard has no list {name}; there is toy/front"))),
        }
    }

    fn formats(&self) -> &'static [Format] {
        const FORMATS: &[Format] = &[Format::thread("Toyboard: a thread", is_thread, read_thread)];
        FORMATS
    }
}

/// The number of the thread that an address or a short form names.
fn thread_id(target: &str, home: &str) -> Option<u64> {
    if let Some(id) = target.strip_prefix("toy:") {
        return id.parse().ok();
    }
    let (url, home) = (web::parse_url(target, "https")?, web::parse_url(home, "https")?);
    let id = url.path().strip_prefix("/b/").filter(|_| web::same_host(&url, &home))?;
    id.parse().ok()
}

/// A thread, by its number.
#[derive(Debug)]
struct ToyThread {
    id: u64,
    home: String,
}

impl ThreadTarget for ToyThread {
    fn site(&self) -> &'static str {
        INFO.name
    }

    fn page(&self) -> String {
        format!("{}/b/{}", self.home, self.id)
    }

    fn comment(&self) -> Option<&str> {
        None
    }

    fn loader(&self) -> Box<dyn Loader> {
        let what = format!("thread {}", self.id);
        let read = move |answer: &Answer| match status::error_of(INFO.title, &what, answer) {
            Some(error) => Err(error),
            None => read_thread(&Sample::of(&answer.body)),
        };
        Box::new(OneRequest::new(INFO.title, format!("{}.json", self.page()), read))
    }
}

/// Whether a file is the JSON of a thread.
fn is_thread(file: &Sample<'_>) -> bool {
    file.names_all(&["toy_title", "posts"])
}

/// Reads the JSON of a thread.
fn read_thread(file: &Sample<'_>) -> Result<Thread, LoadError> {
    let document = file.document();
    let root = document.root();
    let Some(title) = root.get("toy_title").line() else {
        let unexpected = || status::unexpected(INFO.title, "sent something else than a thread", file.bytes());
        return Err(status::no_content(INFO.title, file.bytes()).unwrap_or_else(unexpected));
    };
    let mut builder = Builder::new();
    root.get("posts").items().for_each(|post| push(post, &mut builder));
    if let Some(note) = document.damage_note() {
        builder.note(note);
    }
    Ok(builder.finish(Story { site: INFO.name.to_owned(), title, ..Story::default() }))
}

fn push(post: Value<'_>, builder: &mut Builder) {
    let body = html(&post.get("html").text().unwrap_or_default());
    builder.push(&Draft {
        id: &post.get("id").words().unwrap_or_default(),
        parent: post.get("answers").words().as_deref(),
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
}

impl ListTarget for FrontPage {
    fn heading(&self) -> Heading {
        Heading {
            site: INFO.name.to_owned(),
            title: format!("{}: front", INFO.title),
            target: "toy/front".to_owned(),
            url: format!("{}/", self.home),
            tabs: tabs(INFO.name, &["front".to_owned()]),
            search: None,
        }
    }

    fn loader(&self, _: Option<&str>) -> Box<dyn Loader<Listing>> {
        let (heading, home) = (self.heading(), self.home.clone());
        let read = move |answer: &Answer| match status::error_of(INFO.title, "such list", answer) {
            Some(error) => Err(error),
            None => {
                Ok(Listing { entries: entries(&answer.body, &home), heading: heading.clone(), ..Listing::default() })
            }
        };
        Box::new(OneRequest::new(INFO.title, format!("{}/front.json", self.home), read))
    }
}

fn entries(body: &[u8], home: &str) -> Vec<Entry> {
    let document = Document::read(body);
    let entry = |thread: Value<'_>| {
        let id = thread.get("id").id()?;
        let url = format!("{home}/b/{id}");
        Some(Entry {
            site: INFO.name.to_owned(),
            id: id.to_string(),
            title: thread.get("toy_title").line()?,
            url,
            ..Entry::default()
        })
    };
    document.root().items().filter_map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Cause;
    use crate::site::{Sites, list, sites_with_lists, thread};

    const THREAD: &str = r#"{"toy_title": "Kites & string", "posts": [
        {"id": 1, "by": "ann", "points": 3, "at": "2026-05-01T10:00:00Z", "html": "<p>Cotton."},
        {"id": 2, "answers": 1, "by": "bob", "points": 1, "html": "<i>Linen</i>"}, {"id": 3, "html": "Silk"}]}"#;

    fn sites() -> Sites {
        Sites::default().with_site(&Toy)
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
        for target in ["toy:12", "https://toy.example/b/12", "toy.example/b/12"] {
            let address = thread(target, &sites()).expect(target);
            assert_eq!((address.site(), address.page().as_str()), ("toy", "https://toy.example/b/12"));
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
        let body = r#"[{"id": 12, "toy_title": "Kites"}, {"id": "x"}]"#;
        let listing = load(front.loader(None), "https://toy.example/front.json", 200, body).expect("a list");
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
    }

    #[test]
    fn its_saved_threads_are_told_from_other_files() {
        let [format] = Toy.formats() else { unreachable!("one format") };
        assert!((format.is)(&Sample::of(THREAD.as_bytes())));
        assert!(!(format.is)(&Sample::of(br#"{"title": "Kites", "posts": []}"#)));
    }
}
