//! Random input from proptest, which takes away what a failure does not need and shows what is left.

use std::cell::Cell;
use std::fmt::Debug;
use std::rc::Rc;

use proptest::prelude::{ProptestConfig, Strategy, any, prop_assert};
use proptest::strategy::{NewTree, ValueTree};
use proptest::test_runner::{RngSeed, TestError, TestRunner};

/// How many draws of a part are kept, from the fewest on, where not all are needed.
const KEPT: [usize; 3] = [0, 8, 64];

/// A stream of random numbers (splitmix64). Draws that were taken away are 0, of which the simplest is made.
#[derive(Clone, Debug)]
pub(crate) struct Rng {
    state: u64,
    /// Draws left until all are 0.
    left: usize,
    /// For each draw, how many of its part are kept; all where nothing is said. Empty in a part.
    kept: Vec<usize>,
    taken: Rc<Cell<usize>>,
    is_told: bool,
}

impl Rng {
    /// The stream of a number, with no test that makes it simpler.
    pub(crate) fn new(seed: u64) -> Self {
        Self::stream(seed, Vec::new(), Rc::default())
    }

    fn stream(state: u64, kept: Vec<usize>, taken: Rc<Cell<usize>>) -> Self {
        taken.set(0);
        Self { state, left: usize::MAX, kept, taken, is_told: false }
    }

    fn draw(&mut self) -> (u64, usize) {
        let kept = self.kept.get(self.taken.get()).copied().unwrap_or(usize::MAX);
        self.taken.set(self.taken.get() + 1);
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        if self.left == 0 || kept == 0 {
            return (0, 0);
        }
        self.left -= 1;
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31), kept)
    }

    pub(crate) fn byte(&mut self) -> u8 {
        self.draw().0 as u8
    }

    /// A number below `end`, which must not be 0; the simplest is 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.draw().0 % end as u64) as usize
    }

    /// A number from `low` to `high`, both included; the simplest is the one nearest to 0.
    pub(crate) fn range(&mut self, low: i32, high: i32) -> i32 {
        let (start, count) = (0.clamp(low, high).abs_diff(low) as usize, high.abs_diff(low) as usize + 1);
        low + i32::try_from((start + self.below(count)) % count).unwrap_or(0)
    }

    /// Whether something is so, in so many of 100 cases; the simplest is that it is not.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) + percent >= 100
    }

    /// One of these; the simplest is the first.
    pub(crate) fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// A stream of its own that takes one draw of this one: what is taken away from it moves nothing that follows.
    pub(crate) fn part(&mut self) -> Self {
        let (state, left) = self.draw();
        Self { left, is_told: self.is_told, ..Self::stream(state, Vec::new(), Rc::default()) }
    }

    /// So many parts, without those that were taken away.
    pub(crate) fn parts(&mut self, count: usize) -> Vec<Self> {
        (0..count).map(|_| self.part()).filter(|part| part.left > 0).collect()
    }

    /// Up to so many of these, one after another.
    pub(crate) fn text(&mut self, most: usize, of: &[&str]) -> String {
        let count = self.below(most + 1);
        let text = self.parts(most).iter_mut().take(count).map(|part| *part.pick(of)).collect();
        self.tell(text)
    }

    /// A copy with up to `most` of its bytes replaced by others: by any, or by those of an alphabet.
    pub(crate) fn damage(&mut self, bytes: &[u8], most: usize, alphabet: Option<&[u8]>) -> Vec<u8> {
        let mut damaged = bytes.to_vec();
        let count = 1 + self.below(most);
        for mut part in self.parts(most).into_iter().take(count) {
            let place = part.below(damaged.len());
            damaged[place] = match alphabet {
                Some(bytes) => *part.pick(bytes),
                None => part.byte(),
            };
            self.tell((place, char::from(damaged[place])));
        }
        damaged
    }

    /// Shows what was made of the draws, if this is the case that a test fails with.
    pub(crate) fn tell<T: Debug>(&self, made: T) -> T {
        if self.is_told {
            #[expect(clippy::print_stderr, reason = "a failed test must show its case")]
            {
                eprintln!("  {made:?}");
            }
        }
        made
    }
}

/// A random case that becomes simpler as long as it fails: draw by draw, all of it is taken away, or most of its part.
struct Case {
    seed: u64,
    kept: Vec<usize>,
    /// Which of `KEPT` is tried for the last draw in `kept`.
    level: usize,
    /// Draws that the case took when it last failed.
    length: usize,
    taken: Rc<Cell<usize>>,
}

impl Case {
    fn try_next_draw(&mut self) -> bool {
        let has_more = self.kept.len() < self.length;
        if has_more {
            self.kept.push(KEPT[0]);
            self.level = 0;
        }
        has_more
    }
}

impl ValueTree for Case {
    type Value = Rng;

    fn current(&self) -> Rng {
        Rng::stream(self.seed, self.kept.clone(), Rc::clone(&self.taken))
    }

    fn simplify(&mut self) -> bool {
        self.length = self.taken.get();
        self.try_next_draw()
    }

    fn complicate(&mut self) -> bool {
        self.level += 1;
        let next = KEPT.get(self.level);
        if let Some(last) = self.kept.last_mut() {
            *last = next.copied().unwrap_or(usize::MAX);
        }
        next.is_some() || self.try_next_draw()
    }
}

#[derive(Debug)]
struct AnyCase;

impl Strategy for AnyCase {
    type Tree = Case;
    type Value = Rng;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        let seed = any::<u64>().new_tree(runner)?.current();
        Ok(Case { seed, kept: Vec::new(), level: 0, length: 0, taken: Rc::default() })
    }
}

/// How proptest runs: this many cases, and more in proportion where `PROPTEST_CASES` is over its default of 256; the same
/// ones in each run, and others with a number in `PROPTEST_RNG_SEED`.
pub(crate) fn config(count: u32) -> ProptestConfig {
    let asked = ProptestConfig::default();
    let cases = count.max(u32::try_from(u64::from(count) * u64::from(asked.cases) / 256).unwrap_or(u32::MAX));
    let rng_seed = if asked.rng_seed == RngSeed::Random { RngSeed::Fixed(0) } else { asked.rng_seed };
    let (max_shrink_iters, max_shrink_time) = (asked.max_shrink_iters.min(4096), asked.max_shrink_time.max(20_000));
    ProptestConfig { cases, rng_seed, max_shrink_iters, max_shrink_time, failure_persistence: None, ..asked }
}

/// Runs a case with so many random inputs as `config` says; one that fails is run again in its simplest form.
pub(crate) fn seeds(count: u32, case: impl Fn(&mut Rng)) {
    let outcome = TestRunner::new(config(count)).run(&AnyCase, |mut rng| {
        case(&mut rng);
        Ok(())
    });
    let Err(error) = outcome else { return };
    if let TestError::Fail(_, simplest) = &error {
        let mut rng = Rng { is_told: true, ..simplest.clone() };
        rng.tell("the simplest case that fails:");
        case(&mut rng);
    }
    unreachable!("{error}");
}

#[test]
fn a_case_that_fails_is_made_as_simple_as_it_can_be() {
    let make = |rng: &mut Rng| -> (bool, Vec<usize>, Vec<usize>) {
        let count = rng.below(41);
        let lists = [count, 30].map(|count| {
            let parts = rng.parts(40).into_iter().take(count);
            parts.map(|mut part| (0..200).map(|_| part.below(100)).sum()).collect()
        });
        let [first, second] = lists;
        (rng.chance(50), first, second)
    };
    let outcome = TestRunner::new(config(100)).run(&AnyCase, |mut rng| {
        let (_, first, second) = make(&mut rng);
        prop_assert!(first.iter().all(|&sum| sum == 0) || second.len() < 3);
        Ok(())
    });
    let Err(TestError::Fail(_, mut simplest)) = outcome else { unreachable!("some case fails") };
    let (is_chance, first, second) = make(&mut simplest);
    assert_eq!((is_chance, first.len(), second.len()), (false, 1, 3));
    assert!(first.iter().chain(&second).all(|&sum| sum < 8 * 100), "{first:?} {second:?}");
}
