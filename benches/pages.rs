//! Costs of reading pages and answers with HTML in them, beside those of the tokens of the same bytes by html5gum alone, and of
//! the program on such a file the time to the first text and the most memory beside the file. `LURKER_BINARY` names another
//! binary to measure than the one just built.
#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

#[path = "support/measure.rs"]
mod measure;
#[path = "support/opening.rs"]
mod opening;
#[path = "support/slashdot_page.rs"]
mod slashdot_page;
#[path = "support/terminal_output.rs"]
mod terminal_output;

use std::convert::Infallible;
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};
use lurker::markup;
use lurker::site::saved;
use measure::{Numbers, median, report};
use opening::{Opening, open};
use slashdot_page::{body, page};

fn main() {
    // `cargo test --benches` and the like only want to know that it runs.
    let is_bench = std::env::args().any(|arg| arg == "--bench");
    let sizes: &[u32] = if is_bench { &[1_000, 10_000, 100_000] } else { &[100] };
    for &size in sizes {
        let runs = if size < 100_000 { 9 } else { 3 };
        slashdot(size, runs);
        algolia(size, runs);
    }
    bodies(if is_bench { 10_000 } else { 100 });
}

/// How long a piece of work takes beside another.
fn times(one: Duration, other: Duration) -> String {
    format!("{:.2} of that", one.as_secs_f64() / other.as_secs_f64())
}

/// What html5gum takes for the tokens of a source, of which nothing is kept.
fn tokens(source: &str, runs: usize) -> Duration {
    let count = |source: &str| {
        let mut count = 0;
        let emitter = CallbackEmitter::new(|_: CallbackEvent<'_>, _: Span<usize>| {
            count += 1;
            None::<Infallible>
        });
        let Ok(()) = Tokenizer::new_with_emitter(source, emitter).finish();
        count
    };
    median(runs, || (), |()| count(source))
}

/// Opens the file in the program, which shows this title.
fn program(file: &str, title: &str, size: u32) {
    const FIRST_TEXT: u32 = 15;
    const MEMORY: u32 = 25;
    let binary = std::env::var_os("LURKER_BINARY").map_or_else(|| env!("CARGO_BIN_EXE_lurker").into(), PathBuf::from);
    let folder = std::env::temp_dir().join(format!("lurker-bench-pages-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a temporary folder");
    fs::write(folder.join("config.toml"), "[store]\nenabled = false\n").expect("a temporary file");
    let path = folder.join("discussion");
    fs::write(&path, file).expect("a temporary file");
    let command = format!("exec {} {}", binary.display(), path.display());
    let mut all: Vec<Opening> = (0..5).map(|_| open(&folder, &command, (title, size))).collect();
    all.sort_by_key(|opening| opening.first_text);
    let Opening { first_text, last, memory } = &all[2];
    report("the program: first text", *first_text, &format!("at most {FIRST_TEXT} ms wanted"));
    report("the program: all comments", *last, "");
    let beside = (memory / 1024).saturating_sub(file.len() as u64 >> 20);
    let what = "the program: most memory beside the file";
    println!("{what:<56} {beside:>10} MB   at most {MEMORY} wanted for 10 000 comments");
    fs::remove_dir_all(folder).expect("the folder");
}

fn slashdot(size: u32, runs: usize) {
    let page = page(size);
    println!("a page of Slashdot with {size} comments, {} kB", page.len() / 1000);
    let usual = tokens(&page, runs);
    report("its tokens by html5gum", usual, "");
    let own = median(runs, || (), |()| saved::read(page.as_bytes(), None).expect("a page of Slashdot"));
    report("the page into a thread", own, &format!("{}; at most 1 wanted", times(own, usual)));
    program(&page, "Where Do You Keep Your Rocks?", size);
}

fn algolia(size: u32, runs: usize) {
    let answer = algolia_answer(size);
    println!("an answer of Algolia with {size} comments, {} kB", answer.len() / 1000);
    let usual = median(runs, || (), |()| serde_json::from_str::<serde_json::Value>(&answer).expect("JSON"));
    report("its values by serde_json", usual, "");
    let own = median(runs, || (), |()| saved::read(answer.as_bytes(), None).expect("an answer of Algolia"));
    report("the answer into a thread", own, &times(own, usual));
    program(&answer, "Where do you keep your rocks?", size);
}

/// A discussion in which every fourth comment begins a new branch of three more, each of which answers the one before it.
fn algolia_answer(size: u32) -> String {
    const BRANCH: u32 = 4;
    let mut numbers = Numbers(7);
    let mut json = r#"{"id":1,"type":"story","author":"op","title":"Where do you keep your rocks?","url":"https://rocks.example/","points":300,"created_at_i":1777700000,"story_id":1,"children":["#.to_owned();
    for number in 0..size {
        let (id, parent) = (number + 2, if number % BRANCH == 0 { 1 } else { number + 1 });
        let separator = if number > 0 && number % BRANCH == 0 { "," } else { "" };
        let text = serde_json::to_string(&body(number, &mut numbers)).expect("a text");
        write!(
            json,
            r#"{separator}{{"id":{id},"type":"comment","author":"person{}","parent_id":{parent},"story_id":1,"points":null,"title":null,"url":null,"created_at":"2026-05-02T09:15:00.000Z","created_at_i":{},"options":[],"text":{text},"children":["#,
            number % 5_000,
            1_777_700_000 + number,
        )
        .expect("a string takes all");
        if number % BRANCH == BRANCH - 1 || number + 1 == size {
            json.push_str(&"]}".repeat((number % BRANCH + 1) as usize));
        }
    }
    json + "]}"
}

fn bodies(count: u32) {
    let mut numbers = Numbers(7);
    let bodies: Vec<String> = (0..count).map(|number| body(number, &mut numbers)).collect();
    println!("{count} bodies of comments");
    let usual = median(9, || (), |()| bodies.iter().map(|body| tokens(body, 1)).sum::<Duration>());
    report("their tokens by html5gum", usual, "");
    let own = median(9, || (), |()| bodies.iter().map(|body| markup::html(body).plain.len()).sum::<usize>());
    report("the bodies into texts", own, &format!("{}; at most 1 wanted", times(own, usual)));
}
