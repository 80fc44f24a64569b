//! Costs of the store: times of visits, threads and lists, and the size of threads beside their text.
#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

#[path = "support/measure.rs"]
mod measure;

use std::fs;
use std::sync::Arc;

use lurker::model::{Builder, Draft, ScoreKind, Story, Text, Thread};
use lurker::print;
use lurker::site::saved;
use lurker::store::{LoadedThread, ReadingState, Store, ThreadKey, Validators, VisitNote};
use lurker::view::Selection;
use measure::{Numbers, median, report};

const NOW: i64 = 1_790_000_000;
const ROOM: u64 = 1 << 30;

fn main() {
    // `cargo test --benches` and the like only want to know that it runs.
    let is_bench = std::env::args().any(|arg| arg == "--bench");
    let (large, middle) = if is_bench { (100_000, 10_000) } else { (1_000, 100) };
    let folder = std::env::temp_dir().join(format!("lurker-bench-store-{}", std::process::id()));
    let (mut store, _) = Store::open(&folder, ROOM, NOW).expect("a store");
    visit(&mut store, large);
    thread(&mut store, middle);
    list(&mut store);
    sizes();
    let opened = median(21, || (), |()| Store::open(&folder, ROOM, NOW).expect("a store"));
    report("opening the store", opened, "at most 2 ms wanted");
    fs::remove_dir_all(folder).expect("the folder");
}

/// Words as frequent as those of a language: the n-th about n times rarer than the first.
fn vocabulary() -> Vec<String> {
    let mut numbers = Numbers(3);
    let word = |rank: u64, numbers: &mut Numbers| -> String {
        let length = 2 + u64::from(rank.max(1).ilog2()) / 3 + numbers.below(4);
        (0..length)
            .map(|_| char::from(b"etaoinshrdlucmfwypvbgkjqxz"[(numbers.below(26) * numbers.below(26) / 26) as usize]))
            .collect()
    };
    (0..20_000).map(|rank| word(rank, &mut numbers)).collect()
}

/// A discussion of Hacker News of so many comments of about so many words.
fn discussion(id: u64, size: u32, words_each: u64, vocabulary: &[String]) -> Thread {
    let mut numbers = Numbers(id);
    let mut builder = Builder::new();
    let mut ids: Vec<u64> = Vec::new();
    let mut next = 43_000_000 + id * 1000;
    for index in 0..u64::from(size) {
        next += 1 + numbers.below(40);
        let parent = (index > 0 && numbers.below(8) > 0)
            .then(|| ids[(index - 1 - numbers.below(index.min(40))) as usize].to_string());
        let mut plain = String::new();
        for word in 0..words_each / 2 + numbers.below(words_each) {
            // Log-uniform ranks give Zipf's frequencies.
            let bits = numbers.below(15);
            let rank = ((1 << bits) + numbers.below(1 << bits)) as usize - 1;
            plain.push_str(&vocabulary[rank.min(vocabulary.len() - 1)]);
            plain.push_str(if word % 50 == 49 { "\n\n" } else { " " });
        }
        let (id, author) = (next.to_string(), &vocabulary[1000 + numbers.below(5000) as usize]);
        builder.push(&Draft {
            id: &id,
            parent: parent.as_deref(),
            author: Some(author),
            url: &format!("https://news.ycombinator.com/item?id={id}"),
            score: Some(numbers.below(7) as i32 - 1),
            posted_at: Some(NOW - 100_000 + index.cast_signed() * 40),
            body: Text::unmarked(plain.trim_end()).borrow(),
            ..Draft::default()
        });
        ids.push(next);
    }
    builder.finish(Story {
        site: "hn".to_owned(),
        id: id.to_string(),
        url: format!("https://news.ycombinator.com/item?id={id}"),
        title: "A story".to_owned(),
        score_kind: ScoreKind::Estimate,
        score_range: Some((-1, 5)),
        ..Story::default()
    })
}

fn share(part: u64, whole: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a ratio of two digits")]
    let share = part as f64 / whole as f64;
    share
}

fn visit(store: &mut Store, size: u32) {
    let thread = Arc::new(discussion(1, size, 60, &vocabulary()));
    let is_read = (0..size).map(|index| index % 3 == 0).collect();
    let note = VisitNote { thread: Arc::clone(&thread), is_read, state: ReadingState::default() };
    let begun = median(5, || (), |()| store.begin_visit(thread.story(), NOW).expect("begun"));
    report(&format!("beginning the first visit of {size} comments"), begun, "");
    let visit = store.begin_visit(thread.story(), NOW).expect("begun").id;
    let ended = median(9, || (), |()| store.end_visit(visit, &note, NOW).expect("ended"));
    report(&format!("marking a visit of {size} comments"), ended, "at most 20 ms wanted");
    let begun = median(9, || (), |()| store.begin_visit(thread.story(), NOW).expect("begun"));
    report(&format!("beginning another visit of {size} comments"), begun, "");
}

fn thread(store: &mut Store, size: u32) {
    let thread = discussion(2, size, 60, &vocabulary());
    let put = median(
        5,
        || (),
        |()| {
            let validators = Validators::default();
            let loaded = LoadedThread { thread: &thread, address: "", validators, loaded_at: NOW };
            store.put_thread(&loaded).expect("stored");
        },
    );
    report(&format!("storing a thread of {size} comments"), put, "");
    let mut json = Vec::new();
    print::json(&thread, &Selection::default(), &mut json).expect("a vector takes all");
    let file = std::env::temp_dir().join(format!("lurker-bench-store-{}.json", std::process::id()));
    fs::write(&file, json).expect("a temporary file");
    let read = median(11, || (), |()| saved::read(&fs::read(&file).expect("the file"), None).expect("a thread"));
    fs::remove_file(file).expect("the file");
    let stored = median(11, || (), |()| store.thread(&ThreadKey::of(thread.story())).expect("readable"));
    let note = format!(
        "{:.2} of its JSON file's {:.3} ms; at most 1.3 wanted",
        stored.as_secs_f64() / read.as_secs_f64(),
        read.as_secs_f64() * 1e3
    );
    report(&format!("opening a stored thread of {size} comments"), stored, &note);
}

fn list(store: &mut Store) {
    let vocabulary = vocabulary();
    let mut keys = Vec::new();
    for id in 100..130 {
        let thread = Arc::new(discussion(id, 200, 60, &vocabulary));
        let visit = store.begin_visit(thread.story(), NOW).expect("begun");
        let note = VisitNote { thread: Arc::clone(&thread), is_read: vec![true; 200], state: ReadingState::default() };
        store.end_visit(visit.id, &note, NOW).expect("ended");
        keys.push(ThreadKey::of(thread.story()));
    }
    let entries = median(51, || (), |()| store.entries(&keys).expect("readable"));
    report("a list of 30 with the number of comments seen", entries, "at most 2 ms wanted");
}

/// What the bytes of a thread are, which takes so many in the file and whose text alone is compressed to so many.
fn parts(file: &rusqlite::Connection, used: u64, text_alone: u64, count: u64) {
    let number = |sql: &str| file.query_row(sql, [], |row| row.get::<_, u32>(0)).expect("a number");
    let packed = u64::from(number("SELECT sum(length(data)) FROM content")) / count;
    let row = u64::from(number("SELECT sum(length(site || id || url || title || link || author)) FROM thread")) / count;
    let url = u64::from(number("SELECT sum(length(url)) FROM thread")) / count;
    println!(
        "  {packed} B packed, with {text_alone} for the text alone; {row} B the texts of its row, with {url} for its address; {} B \
         numbers, indices and room in pages",
        used.saturating_sub(packed + row)
    );
}

/// The growth of the file for threads of a size, beside their text.
fn sizes() {
    let vocabulary = vocabulary();
    for (size, words) in [(1, 20), (2, 60), (10, 60), (50, 60), (140, 60), (500, 60), (2000, 90)] {
        let folder = std::env::temp_dir().join(format!("lurker-bench-size-{}-{size}", std::process::id()));
        let (mut store, _) = Store::open(&folder, ROOM, NOW).expect("a store");
        let count = 40;
        let (mut text, mut text_alone) = (0, 0);
        let before = store.contents().expect("readable").used;
        for id in 0..count {
            let thread = discussion(1000 + id, size, words, &vocabulary);
            let plain: String = thread.iter().map(|comment| comment.body().plain).collect();
            text += plain.len() as u64;
            text_alone += zstd::bulk::compress(plain.as_bytes(), 3).expect("compressed").len() as u64;
            let validators = Validators::default();
            let loaded = LoadedThread { thread: &thread, address: "", validators, loaded_at: NOW };
            store.put_thread(&loaded).expect("stored");
        }
        let used = store.contents().expect("readable").used - before;
        let wanted = if text / count >= 50_000 { 0.6 } else { 1.0 };
        println!(
            "{:<56} {:>9.2}     at most {wanted} wanted ({} B for {} B of text)",
            format!("a thread of {size} comments beside its text"),
            share(used, text),
            used / count,
            text / count
        );
        if size <= 2 {
            let file = rusqlite::Connection::open(store.path()).expect("the file");
            parts(&file, used / count, text_alone / count, count);
        }
        fs::remove_dir_all(folder).expect("the folder");
    }
}
