//! Costs of lurker's own JSON, at several sizes: reading beside `serde_json` into typed structs over the same bytes,
//! writing, and of the program on such a file, and on the same by standard input, the time to the first text and the most
//! memory beside all strings of the file. `LURKER_BINARY` names another binary to measure than the one just built.
#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

#[path = "support/measure.rs"]
mod measure;
#[path = "support/opening.rs"]
mod opening;
#[path = "support/terminal_output.rs"]
mod terminal_output;

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use lurker::model::{Builder, Draft, Mark, MarkKind, ScoreKind, Story, Text, Thread};
use lurker::print;
use lurker::site::saved;
use lurker::view::Thresholds;
use measure::{Numbers, median, report};
use opening::{Opening, open};
use serde::Deserialize;

const NOW: i64 = 1_790_000_000;
/// The title by which the first text of the program is known.
const TITLE: &str = "A story of some length";
/// The goals.
const RATIO: f64 = 1.2;
const FIRST_TEXT: u32 = 15;
const MEMORY: f64 = 1.6;
/// How often the program is run on each file.
const RUNS: usize = 5;

fn main() {
    // `cargo test --benches` and the like only want to know that it runs.
    let is_bench = std::env::args().any(|arg| arg == "--bench");
    let sizes: &[u32] = if is_bench { &[1_000, 10_000, 100_000, 1_000_000] } else { &[300] };
    let binary = std::env::var_os("LURKER_BINARY").map_or_else(|| env!("CARGO_BIN_EXE_lurker").into(), PathBuf::from);
    let folder = std::env::temp_dir().join(format!("lurker-bench-json-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a temporary folder");
    fs::write(folder.join("config.toml"), "[store]\nenabled = false\n").expect("a temporary file");
    let file = |size: u32| folder.join(format!("discussion-of-{size}.json"));
    for &size in sizes {
        write(&discussion(size), &file(size));
    }
    // Before anything is read here: the system copies the table of what a program has in memory to begin another one, which
    // takes 10 ms of the gigabytes that reading leaves.
    let opened: Vec<_> = sizes.iter().map(|&size| opened(&binary, &folder, &file(size), size)).collect();
    for (&size, opened) in sizes.iter().zip(&opened) {
        let file = file(size);
        println!("{size} comments, {} kB of JSON", fs::metadata(&file).map_or(0, |about| about.len()) / 1000);
        let strings = reading(&file, if size > 100_000 { 3 } else { 9 });
        report_opened(opened, strings);
    }
    fs::remove_dir_all(folder).expect("the folder");
}

/// A discussion in the shape of a real one: most replies go to recent comments, bodies of 10 to 130 words, some with a link.
fn discussion(size: u32) -> Thread {
    const WORDS: [&str; 16] = [
        "terminal", "the", "of", "a", "green", "latency", "which", "never", "catalog", "queue", "is", "and", "naïve",
        "日本", "keyboard", "they",
    ];
    let mut numbers = Numbers(7);
    let mut builder = Builder::new();
    for index in 0..u64::from(size) {
        let parent =
            (index > 0 && numbers.below(8) > 0).then(|| (index - 1 - numbers.below(index.min(40))).to_string());
        let words: Vec<&str> = (0..10 + numbers.below(120)).map(|_| WORDS[numbers.below(16) as usize]).collect();
        let mut body = Text::unmarked(words.chunks(40).map(|words| words.join(" ")).collect::<Vec<_>>().join("\n\n"));
        if numbers.below(5) == 0 {
            body.links.push(format!("https://example.org/{index}"));
            body.marks.push(Mark { start: 0, end: words[0].len() as u32, kind: MarkKind::Link(0) });
        }
        builder.push(&Draft {
            id: &index.to_string(),
            parent: parent.as_deref(),
            author: Some(words[1]),
            label: ["", "Funny", "Insightful"][numbers.below(3) as usize],
            subject: "Re:Something said before",
            url: &format!("https://example.org/comments.pl?sid=1&cid={index}"),
            score: Some(numbers.below(7) as i32 - 1),
            posted_at: Some(NOW - 1_000_000 + index.cast_signed()),
            body: body.borrow(),
            ..Draft::default()
        });
    }
    builder.finish(Story {
        id: "1".to_owned(),
        title: TITLE.to_owned(),
        score_range: Some((-1, 5)),
        score_kind: ScoreKind::Points,
        ..Story::default()
    })
}

fn write(thread: &Thread, file: &Path) {
    let mut out = File::create(file).map(std::io::BufWriter::new).expect("a temporary file");
    let selection = Thresholds::new(Some(1), Some(4)).into();
    let begun = Instant::now();
    print::json(thread, &selection, &mut out).and_then(|()| out.flush()).expect("room on the disk");
    report("written", begun.elapsed(), "");
    // What the system still had to write would be measured with what comes next.
    out.get_ref().sync_all().expect("a disk");
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "read for the cost of reading")]
struct PlainThread {
    title: String,
    comments: Vec<PlainComment>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "read for the cost of reading")]
struct PlainComment {
    id: String,
    parent: Option<String>,
    depth: u32,
    author: Option<String>,
    author_id: String,
    op: bool,
    anonymous: bool,
    score: Option<i32>,
    label: String,
    subject: String,
    posted_at: Option<String>,
    url: String,
    text: String,
    links: Vec<String>,
    state: String,
    mode: String,
}

impl PlainComment {
    fn strings(&self) -> usize {
        let optional = [&self.parent, &self.author, &self.posted_at].into_iter().flatten();
        let own =
            [&self.id, &self.author_id, &self.label, &self.subject, &self.url, &self.text, &self.state, &self.mode];
        optional.chain(own).chain(&self.links).map(String::len).sum()
    }
}

/// Reads the file in all ways; gives the bytes of all its strings.
fn reading(file: &Path, runs: usize) -> usize {
    let json = fs::read(file).expect("the file");
    let plain = || serde_json::from_slice::<PlainThread>(&json).expect("typed structs fit");
    let took = median(runs, || (), |()| plain());
    report("serde_json into typed structs", took, "");
    let strings = plain().comments.iter().map(PlainComment::strings).sum();
    let note = |own: Duration| format!("{:.2} × that; at most {RATIO} wanted", own.as_secs_f64() / took.as_secs_f64());
    let own = median(runs, || (), |()| saved::read(&json, None).expect("lurker reads its own JSON"));
    report("into a thread, from memory", own, &note(own));
    drop(json);
    let coming = |()| {
        let source = File::open(file).expect("the file");
        let mut snapshots = 0;
        saved::read_coming(source, None, 0, &mut |_| snapshots += 1).expect("lurker reads its own JSON")
    };
    let own = median(runs, || (), coming);
    report("into a thread, from the file, shown on the way", own, &note(own));
    strings
}

/// The file opened in the program in both ways, each as it went most of the time.
fn opened(binary: &Path, folder: &Path, file: &Path, size: u32) -> [(&'static str, Opening); 2] {
    [
        ("a file", format!("exec {} {}", binary.display(), file.display())),
        ("standard input", format!("exec {} - < {}", binary.display(), file.display())),
    ]
    .map(|(name, command)| {
        let mut all: Vec<Opening> = (0..RUNS).map(|_| open(folder, &command, (TITLE, size))).collect();
        all.sort_by_key(|opening| opening.first_text);
        (name, all.swap_remove(RUNS / 2))
    })
}

fn report_opened(opened: &[(&str, Opening)], strings: usize) {
    for (name, Opening { first_text, last, memory }) in opened {
        report(&format!("the program, {name}: first text"), *first_text, &format!("at most {FIRST_TEXT} ms wanted"));
        report(&format!("the program, {name}: all comments"), *last, "");
        #[expect(clippy::cast_precision_loss, reason = "a ratio of two digits")]
        let ratio = *memory as f64 * 1024.0 / strings as f64;
        println!(
            "{:<56} {:>10.1} MB   {ratio:.2} × all strings; at most {MEMORY} wanted",
            format!("the program, {name}: most memory"),
            memory / 1024
        );
    }
}
