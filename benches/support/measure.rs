//! Measuring, for all benches: reproducible numbers, the median of a piece of work, and a line of the report.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// A reproducible stream of numbers (splitmix64).
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }
}

/// The median time of a piece of work, with something made anew for each run.
pub(crate) fn median<S, T>(runs: usize, mut make: impl FnMut() -> S, mut work: impl FnMut(S) -> T) -> Duration {
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let state = make();
            let begun = Instant::now();
            let result = black_box(work(black_box(state)));
            let took = begun.elapsed();
            drop(result);
            took
        })
        .collect();
    times.sort_unstable();
    times[runs / 2]
}

pub(crate) fn report(what: &str, took: Duration, note: &str) {
    println!("{what:<56} {:>10.3} ms   {note}", took.as_secs_f64() * 1e3);
}
