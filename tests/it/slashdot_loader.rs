//! Loading whole discussions of Slashdot from a simulated server, which may mean several things by its parameters.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use lurker::model::{Comment, State, Thread};
use lurker::site::slashdot::{self, parse};
use lurker::site::{Answer, LoadError, Loader, Request};

const STORY: &str = "http://127.0.0.1:8080/story/26/05/02/1259237/many-words";
const DISCUSSION: u64 = 7000;

/// What the server does with `d2_seen=1`, a comment that does not exist.
#[derive(Clone, Copy, PartialEq)]
enum Fake {
    /// Sends everything.
    Everything,
    /// Sends what the page does not list.
    Unlisted,
    /// Answers with nothing.
    Nothing,
}

/// How the server wants several numbers in `cids`.
#[derive(Clone, Copy, PartialEq)]
enum Cids {
    Repeated,
    Commas,
    Ignored,
}

/// One comment of the simulated discussion.
struct Post {
    parent: u64,
    score: i32,
}

struct Server {
    posts: BTreeMap<u64, Post>,
    /// The comments that the page lists: the best ones.
    listed: BTreeSet<u64>,
    fake: Fake,
    cids: Cids,
    per_round: usize,
    requests: usize,
}

impl Server {
    fn new(count: u64, fake: Fake, cids: Cids) -> Self {
        let cid = |number: u64| 60_000_000 + number * 3;
        let post = |number: u64| {
            let parent = if number.is_multiple_of(7) { 0 } else { cid(number - 1 - number * 31 % number.min(40)) };
            (cid(number), Post { parent, score: (number * 13 % 7) as i32 - 1 })
        };
        let posts: BTreeMap<u64, Post> = (0..count).map(post).collect();
        let mut best: Vec<u64> = posts.keys().copied().collect();
        best.sort_by_key(|cid| (-posts[cid].score, *cid));
        // Every third of the listed is one of the worst, so that the page has hidden ones too.
        let worst = best.iter().rev().step_by(3).take(30);
        let listed = best.iter().take(70).chain(worst).copied().collect();
        Self { posts, listed, fake, cids, per_round: 10, requests: 0 }
    }

    /// How the page shows a comment: hidden, in one line, or in full (thresholds 1 and 4).
    fn mode(&self, cid: u64) -> &'static str {
        let Post { parent, score } = self.posts[&cid];
        match score {
            ..1 => "hidden",
            score if score < 4 - i32::from(parent == 0) => "oneline",
            _ => "full contain",
        }
    }

    fn inner(&self, cid: u64, mode: &str) -> String {
        if mode == "hidden" {
            return String::new();
        }
        let (details, body) = match mode {
            "oneline" if cid.is_multiple_of(2) => (String::new(), format!("Words of {cid}, cu")),
            "oneline" => (String::new(), format!("Words of {cid}, uncut.")),
            _ => (
                format!("on Saturday May 02, 2026 @0{}:{:02}PM", cid % 9 + 1, cid % 60),
                format!("<p>Words of {cid}, uncut.</p>"),
            ),
        };
        format!(
            "<h4><a id=\"comment_link_{cid}\" href=\"//x.slashdot.org/comments.pl?sid={DISCUSSION}&amp;cid={cid}\">Re:</a>\
             <span id=\"comment_score_{cid}\" class=\"score\"> (<span>Score:</span>{})</span></h4>\
             <span class=\"by\">by <a href=\"//slashdot.org/~u{cid}\">u{cid}</a></span>\
             <span class=\"otherdetails\" id=\"comment_otherdetails_{cid}\">{details}</span>\
             <div class=\"commentBody\"><div id=\"comment_body_{cid}\">{body}</div></div>",
            self.posts[&cid].score
        )
    }

    fn facts(&self, cid: u64) -> String {
        let Post { parent, score } = self.posts[&cid];
        format!("{{ uid: {cid}, pid: {parent}, subject: \"Re:Topic\", read: 0, points: {score}, kids: [  ] }}")
    }

    fn page(&self) -> String {
        let mut page = format!(
            "<html><link rel=canonical href=\"{STORY}\"><article data-fhid=9 data-fhtype=story>\
             <span id=\"title-9\"><a href=\"{STORY}\">Many words</a></span></article>\
             <span class=totalcommentcnt>{}</span><ul id=\"commentlisting\">",
            self.posts.len()
        );
        let cut = |cid: &&u64| self.mode(**cid) == "oneline" && cid.is_multiple_of(2);
        for &cid in &self.listed {
            let mode = self.mode(cid);
            let inner = self.inner(cid, mode);
            _ = write!(
                page,
                "<li id=\"tree_{cid}\" class=\"comment {mode}\"><div id=\"comment_{cid}\">{inner}</div></li>"
            );
        }
        let facts: Vec<String> = self.listed.iter().map(|&cid| format!("{cid}: {}", self.facts(cid))).collect();
        let cut: Vec<String> = self.listed.iter().filter(cut).map(|cid| format!("{cid}:3")).collect();
        _ = write!(
            page,
            "</ul><script>D2.comments({{ {} }}); D2.discussion_id({DISCUSSION}); D2.d2_seen('{}');
             D2.more_comments_num({}); D2.abbrev_comments({{{}}});</script></html>",
            facts.join(", "),
            pack(&self.listed),
            self.posts.len() - self.listed.len(),
            cut.join(",")
        );
        page
    }

    fn ajax(&self, form: &str) -> String {
        let mut seen = None;
        let mut asked = BTreeSet::new();
        for (key, value) in url::form_urlencoded::parse(form.as_bytes()) {
            match key.as_ref() {
                "d2_seen" => seen = Some(value.into_owned()),
                "cids" if self.cids == Cids::Commas || !value.contains(',') => {
                    asked.extend(value.split(',').filter_map(|cid| cid.parse::<u64>().ok()));
                }
                _ => {}
            }
        }
        if self.cids == Cids::Ignored || self.cids == Cids::Commas && !form.contains("%2C") {
            asked.clear();
        }
        let mut seen: BTreeSet<u64> = match (seen.as_deref(), self.fake) {
            (None, _) => self.posts.keys().copied().filter(|cid| !asked.contains(cid)).collect(),
            (Some("1"), Fake::Nothing) => return String::new(),
            (Some("1"), Fake::Unlisted) => self.listed.clone(),
            (Some(seen), _) => unpack(seen),
        };
        let unseen: Vec<u64> = self.posts.keys().copied().filter(|cid| !seen.contains(cid)).collect();
        let sent = &unseen[..unseen.len().min(self.per_round)];
        seen.extend(sent);
        let html: Vec<String> = sent
            .iter()
            .map(|&cid| format!("comment_{cid}: \"{}\"", self.inner(cid, "full").replace('"', "\\\"")))
            .collect();
        let order: Vec<String> = sent.iter().map(u64::to_string).collect();
        let facts: Vec<String> = sent.iter().map(|&cid| self.facts(cid)).collect();
        format!(
            "{{ eval_first: \"D2.d2_seen('{}'); D2.updateMoreNum({});\", html: {{ {} }}, update_data: \
             {{ totalcommentcnt: {}, new_cids_order: [ {} ], new_cids_data: [ {} ] }} }}",
            pack(&seen),
            unseen.len() - sent.len(),
            html.join(", "),
            self.posts.len(),
            order.join(", "),
            facts.join(", ")
        )
    }

    fn answer(&mut self, request: &Request) -> Answer {
        self.requests += 1;
        let body = match &request.form {
            None => self.page(),
            Some(form) => self.ajax(form),
        };
        Answer {
            status: 200,
            url: request.url.clone(),
            content_type: "text/html; charset=utf-8".into(),
            body: body.into(),
            ..Answer::default()
        }
    }
}

fn pack(cids: &BTreeSet<u64>) -> String {
    let sorted: Vec<u64> = cids.iter().copied().collect();
    let steps = sorted.iter().enumerate().map(|(place, cid)| if place == 0 { *cid } else { cid - sorted[place - 1] });
    steps.map(|step| step.to_string()).collect::<Vec<_>>().join(",")
}

fn unpack(seen: &str) -> BTreeSet<u64> {
    let mut cid = 0;
    let step = |step: &str| {
        cid += step.parse::<u64>().expect("a packed number");
        cid
    };
    seen.split(',').map(step).collect()
}

fn loader(text: &str) -> slashdot::SlashdotLoader {
    slashdot::SlashdotLoader::new(parse(text, Some("127.0.0.1:8080")).expect("an address"))
}

/// Loads to the end; never more than one request at a time.
fn run(loader: &mut slashdot::SlashdotLoader, mut answer: impl FnMut(&Request) -> Result<Answer, LoadError>) {
    loop {
        let requests = loader.next();
        let Some(request) = requests.first() else { return };
        assert_eq!(requests.len(), 1);
        assert!(loader.next().is_empty(), "a second request in flight");
        loader.answer(request.key, answer(request));
    }
}

fn load(server: &mut Server) -> Thread {
    let mut loader = loader(STORY);
    run(&mut loader, |request| Ok(server.answer(request)));
    loader.snapshot().expect("a thread")
}

fn assert_whole(thread: &Thread, server: &Server) {
    assert_eq!(thread.len() as usize, server.posts.len());
    assert!(thread.notes().is_empty(), "{:?}", thread.notes());
    for comment in thread.iter() {
        let cid: u64 = comment.id().parse().expect("a number");
        assert_eq!(comment.body().plain, format!("Words of {cid}, uncut."));
        let post = &server.posts[&cid];
        assert_eq!(comment.parent().map_or("0", Comment::id), post.parent.to_string());
        assert_eq!((comment.score(), comment.subject()), (Some(post.score), "Re:Topic"));
        assert!(comment.posted_at().is_some());
    }
    let top: Vec<&str> = thread.iter().filter(|comment| comment.depth() == 0).map(Comment::id).collect();
    assert!(top.is_sorted());
}

#[test]
fn a_thousand_comments_ten_a_round() {
    let mut server = Server::new(1046, Fake::Everything, Cids::Repeated);
    let thread = load(&mut server);
    assert_whole(&thread, &server);
    assert_eq!(server.requests, 1 + 105);
}

#[test]
fn rounds_of_what_the_page_had_whole_are_progress_too() {
    let mut server = Server::new(346, Fake::Everything, Cids::Repeated);
    server.posts.values_mut().for_each(|post| post.score = 5);
    server.listed = server.posts.keys().copied().take(100).collect();
    let thread = load(&mut server);
    assert_whole(&thread, &server);
    assert_eq!(server.requests, 1 + 35);
}

#[test]
fn under_every_other_meaning_too() {
    for fake in [Fake::Unlisted, Fake::Nothing] {
        for cids in [Cids::Repeated, Cids::Commas] {
            let mut server = Server::new(1046, fake, cids);
            let thread = load(&mut server);
            assert_whole(&thread, &server);
            assert!(server.requests <= 1 + 1 + 95 + 1 + 12, "{}", server.requests);
        }
    }
}

#[test]
fn what_cannot_be_had_is_said() {
    let mut server = Server::new(146, Fake::Unlisted, Cids::Ignored);
    let thread = load(&mut server);
    let missing = thread.iter().filter(|comment| comment.state() == State::Missing).count();
    assert!(missing > 0 && thread.len() == 146);
    assert!(thread.notes().contains(&format!("{missing} of 146 comments could not be loaded")), "{:?}", thread.notes());
    assert!(thread.notes().iter().any(|note| note.ends_with("of 146 comments are cut short")), "{:?}", thread.notes());
    assert!(server.requests < 12, "{}", server.requests);
}

#[test]
fn the_page_is_shown_at_once_and_progress_grows() {
    let mut server = Server::new(346, Fake::Everything, Cids::Repeated);
    let mut loader = loader(STORY);
    assert!(loader.snapshot().is_err());
    let mut before = 0;
    run_with_look(&mut loader, &mut server, |loader, requests| {
        let thread = loader.snapshot().expect("what is here so far");
        let progress = loader.progress();
        assert_eq!(progress.stated, Some(346));
        assert!(thread.len() >= 100 && progress.loaded >= before && requests > 0);
        before = progress.loaded;
    });
    assert_eq!(before, 346);
}

fn run_with_look(
    loader: &mut slashdot::SlashdotLoader,
    server: &mut Server,
    mut inspect: impl FnMut(&slashdot::SlashdotLoader, usize),
) {
    while let [request] = loader.next().as_slice() {
        let answer = server.answer(request);
        loader.answer(request.key, Ok(answer));
        inspect(loader, server.requests);
    }
}

#[test]
fn requests_are_what_the_site_wants() {
    let mut server = Server::new(146, Fake::Nothing, Cids::Repeated);
    let mut loader = loader(STORY);
    let mut forms = Vec::new();
    run(&mut loader, |request| {
        match &request.form {
            None => assert_eq!((request.url.as_str(), request.headers.len()), (STORY, 0)),
            Some(form) => {
                assert_eq!(request.url, "http://127.0.0.1:8080/ajax.pl");
                let header =
                    |name| request.headers.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str());
                assert_eq!(header("Content-Type"), Some("application/x-www-form-urlencoded"));
                assert_eq!(header("Referer"), Some(STORY));
                assert_eq!(header("X-Requested-With"), Some("XMLHttpRequest"));
                forms.push(form.clone());
            }
        }
        Ok(server.answer(request))
    });
    let everything = "op=comments_fetch&discussion_id=7000&d2_seen=1&fetch_all=1&threshold=-1&highlightthresh=-1";
    assert_eq!(forms[0], everything);
    assert!(forms[1].contains(&format!("&d2_seen={}&", pack(&server.listed).replace(',', "%2C"))));
    assert!(forms.last().is_some_and(|form| form.matches("&cids=").count() > 1 && !form.contains("d2_seen")));
}

#[test]
fn a_whole_page_needs_nothing_more() {
    let mut server = Server::new(1, Fake::Everything, Cids::Repeated);
    server.posts.values_mut().for_each(|post| post.score = 5);
    let thread = load(&mut server);
    assert_whole(&thread, &server);
    assert_eq!(server.requests, 1);
}

#[test]
fn a_bare_discussion_starts_at_ajax() {
    let mut server = Server::new(46, Fake::Everything, Cids::Repeated);
    let mut loader = loader("slashdot:7000");
    run(&mut loader, |request| {
        assert!(request.form.is_some());
        assert!(loader_has_nothing(request));
        Ok(server.answer(request))
    });
    let thread = loader.snapshot().expect("a thread");
    assert_whole(&thread, &server);
    assert_eq!((thread.story().title.as_str(), thread.story().id.as_str()), ("Slashdot discussion 7000", "7000"));
    let mut empty = self::loader("slashdot:7000");
    run(&mut empty, |_| Ok(Answer { status: 200, ..Answer::default() }));
    assert!(empty.snapshot().is_err_and(|error| error.to_string().contains("no comments of discussion 7000")));
}

fn loader_has_nothing(request: &Request) -> bool {
    request.headers.iter().any(|(name, value)| *name == "Referer" && value.contains("comments.pl?sid=7000"))
}

#[test]
fn a_failed_round_keeps_the_page() {
    for (status, body, reason) in [
        (403, "", "refused (403)"),
        (500, "", "cannot answer now (500)"),
        (200, "<title>Just a moment...</title>", "browser check"),
        (200, "<p>Oops</p>", "something else than comments (it begins “Oops”)"),
    ] {
        let mut server = Server::new(146, Fake::Everything, Cids::Repeated);
        let mut loader = loader(STORY);
        run(&mut loader, |request| {
            let answer = server.answer(request);
            Ok(if request.form.is_some() { Answer { status, body: body.into(), ..answer } } else { answer })
        });
        let thread = loader.snapshot().expect("the page's comments");
        assert_eq!((thread.len() as usize, server.requests), (server.listed.len(), 2));
        assert!(thread.notes().iter().any(|note| note.contains(reason)), "{reason}: {:?}", thread.notes());
        assert!(thread.notes().iter().any(|note| note.ends_with("of 146 comments could not be loaded")));
    }
}

#[test]
fn a_page_that_is_none_is_refused() {
    let ordinary_end = "<script src=\"/cdn-cgi/challenge-platform/scripts/jsd/main.js\"></script>";
    for (status, body, reason) in [
        (403, "x", "it may be asking for a browser check; [Browser]"),
        (503, "Just a moment...", "refused (503)"),
        (404, "", "no such story (404); [Check(\"check the address\")]"),
        (410, "", "no such story (410); [Check(\"check the address\")]"),
        (200, " \n", "sent an empty answer; [Retry]"),
        (200, "<form><input name=unickname></form>", "a login instead of the story"),
        (200, "<p>Hello</p>", "not a Slashdot story page (it begins “Hello”)"),
        (200, "<title>Just a moment...</title><div id=challenge-form>", "browser check"),
        (
            200,
            "<article data-fhtype=story data-fhid=1><span id=title-1><a>A list</a></span></article>",
            "not a Slashdot story",
        ),
        (
            200,
            "<ul id=commentlisting></ul><span class=totalcommentcnt>3</span>",
            "says there are 3 comments but sent none; [Retry, Browser]",
        ),
    ] {
        let mut loader = loader(STORY);
        run(&mut loader, |_| Ok(Answer { status, body: body.into(), ..Answer::default() }));
        let error = loader.snapshot().err().unwrap_or_else(|| unreachable!("{body} was taken"));
        let says = format!("{error}; {:?}", error.advice);
        assert!(says.contains(reason), "{says}");
    }
    let mut moved = self::loader(STORY);
    let url = "https://slashdot.org/my/login?x".to_owned();
    run(&mut moved, |_| {
        Ok(Answer { status: 200, url: url.clone(), body: "<p>Welcome</p>".into(), ..Answer::default() })
    });
    assert!(moved.snapshot().is_err_and(|error| error.to_string().contains("a login instead of the story")));
    let mut loader = loader(STORY);
    run(&mut loader, |_| Err(LoadError::other("", "The network is down")));
    assert_eq!(loader.snapshot().err(), Some(LoadError::other("", "The network is down")));
    let mut quiet = self::loader(STORY);
    let page = format!("<ul id=commentlisting></ul><span class=totalcommentcnt>0</span>{ordinary_end}");
    run(&mut quiet, |_| Ok(Answer { status: 200, body: page.clone().into(), ..Answer::default() }));
    assert!(quiet.snapshot().is_ok_and(|thread| thread.is_empty()));
}

#[test]
fn an_empty_tree_is_asked_for_anyway() {
    let mut server = Server::new(26, Fake::Everything, Cids::Repeated);
    server.listed.clear();
    let thread = load(&mut server);
    assert_whole(&thread, &server);
}

#[test]
fn a_server_that_makes_up_comments_is_left() {
    let mut loader = loader(STORY);
    let (mut cid, mut requests) = (0, 0);
    run(&mut loader, |request| {
        (cid, requests) = (cid + 1, requests + 1);
        let body = match request.form {
            None => {
                "<ul id=commentlisting></ul><script>D2.discussion_id(7000);D2.more_comments_num(9)</script>".to_owned()
            }
            Some(_) => format!(
                "{{eval_first:\"D2.d2_seen('{cid}');D2.updateMoreNum(9)\",update_data:{{new_cids_order:[{cid}],new_cids_data:[{{pid:0}}]}}}}"
            ),
        };
        Ok(Answer { status: 200, body: body.into(), ..Answer::default() })
    });
    assert_eq!(requests, 1000);
    assert!(loader.snapshot().is_ok_and(|thread| thread.notes().iter().any(|note| note.contains("999 of 999"))));
}
