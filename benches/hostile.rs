//! Time to read and print inputs that were made to cost most, at one size, twice and four times that: what is linear takes
//! twice and four times as long.
#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

#[path = "../tests/it/support/adversarial.rs"]
mod adversarial;

use std::hint::black_box;
use std::time::{Duration, Instant};

use lurker::print::{self, TextOptions};
use lurker::site::{Content, saved};
use lurker::view::{Selection, Thresholds};

const LARGE: usize = 1 << 20;
const SMALL: usize = 1 << 12;
/// Rounds of which the shortest counts.
const ROUNDS: usize = 3;

fn main() {
    // `cargo test --benches` and the like only want to know that it runs.
    let size = if std::env::args().any(|arg| arg == "--bench") { LARGE } else { SMALL };
    println!("{:<44} {:>9} {:>9} {:>9}   most out, of the bytes in", "input", "n ms", "2n ms", "4n ms");
    for (name, make) in adversarial::KINDS {
        let costs = [1, 2, 4].map(|times| cost(&make(times * size)));
        let [one, two, four] = costs.map(|(took, _)| format!("{:.1}", took.as_secs_f64() * 1e3));
        let most = costs.iter().map(|(_, tenths)| *tenths).max().unwrap_or(0);
        println!("{name:<44} {one:>9} {two:>9} {four:>9}   {}.{} ×", most / 10, most % 10);
    }
}

/// The time to read an input and to print it in every form, and how many tenths of it the longest print is long.
fn cost(bytes: &[u8]) -> (Duration, usize) {
    let all: Selection = Thresholds::new(None, None).into();
    let options = TextOptions { width: 80, colour: false, ascii: false, now: 1_791_474_000 };
    let mut longest = 0;
    let rounds = (0..ROUNDS).map(|_| {
        let begun = Instant::now();
        if let Ok(Content::Thread(thread)) = saved::read(black_box(bytes), None) {
            let mut out = [Vec::new(), Vec::new(), Vec::new()];
            let [text, markdown, json] = &mut out;
            print::text(&thread, &all, options, text).expect("a vector takes all");
            print::markdown(&thread, &all, markdown).expect("a vector takes all");
            print::json(&thread, &all, json).expect("a vector takes all");
            longest = black_box(out).iter().map(Vec::len).max().unwrap_or(0);
        }
        begun.elapsed()
    });
    let shortest = rounds.min().unwrap_or_default();
    (shortest, longest * 10 / bytes.len())
}
