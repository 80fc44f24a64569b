//! Running a target: a fixed number of inputs among the tests, or as many as fit into a time, in a process of their own.
//!
//! Each input is made of seeds, and of earlier inputs whose outcome had a shape that no other had. The numbers come from a
//! seed, so a run can be repeated. An input with which a check fails is made shorter, saved, and named.

use std::any::Any;
use std::cell::Cell;
use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, Once, PoisonError};
use std::time::Duration;
use std::{env, str, thread};

use rustix::process::{Resource, Rlimit, setrlimit};
use rustix::time::{ClockId, clock_gettime};

use super::mutate::mutated;
use crate::support::random::Rng;

/// The address space that a long run may take.
const MEMORY: u64 = 2 << 30;
/// The longest time of a processor for one input of a long run.
const PATIENCE: Duration = Duration::from_secs(30);
/// The most inputs that are kept to make others of.
const KEPT: usize = 4096;
/// The most tries to make a find shorter.
const SHORTENINGS: usize = 2000;
/// The most words of the seeds that are put into inputs.
const TOKENS: usize = 2000;

/// One kind of input, and what must hold of each.
pub(super) struct Target {
    /// Its name, which is that of its test.
    pub(super) name: &'static str,
    /// The inputs of a run among the tests: about as many as a second takes.
    pub(super) inputs: usize,
    /// Good inputs, which must pass as they are.
    pub(super) seeds: Vec<Vec<u8>>,
    /// Words of the format beside those of the seeds.
    pub(super) tokens: &'static [&'static str],
    /// Panics where something does not hold; otherwise the shape of the outcome, by which inputs are told apart.
    pub(super) check: fn(&[u8]) -> u64,
}

/// An input that fails, and what the check said.
struct Find {
    input: Vec<u8>,
    says: String,
}

/// A number for the shape of an outcome.
pub(super) fn shape(of: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}

/// Runs a target as the environment says: see `fuzz/README.md`.
pub(super) fn run(target: &Target) {
    if let Some(file) = env::var_os("LURKER_FUZZ_INPUT") {
        (target.check)(&fs::read(file).expect("LURKER_FUZZ_INPUT names a file"));
        return;
    }
    let Some(seconds) = number("LURKER_FUZZ_SECONDS") else {
        let mut search = Search::new(target);
        return told(target, search.seeds().and_then(|()| (0..target.inputs).try_for_each(|_| search.step())));
    };
    if env::var_os("LURKER_FUZZ_CHILD").is_none() {
        return run_apart(target);
    }
    run_for(target, Duration::from_secs(seconds));
}

fn number(variable: &str) -> Option<u64> {
    let value = env::var(variable).ok()?;
    Some(value.parse().ok().unwrap_or_else(|| unreachable!("{variable} is a number: {value}")))
}

/// Runs this target alone in another process, so that memory is its own and a find ends nothing else.
#[expect(clippy::print_stdout, reason = "the figures are for whoever asks")]
fn run_apart(target: &Target) {
    let mut command = Command::new(env::current_exe().expect("a program"));
    command.args(["--exact", &format!("fuzz::{}", target.name), "--nocapture"]).env("LURKER_FUZZ_CHILD", "1");
    let Output { status, stdout, stderr } = command.output().expect("it runs");
    let (stdout, stderr) = (String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
    for line in stdout.lines().filter(|line| line.starts_with("| ")) {
        println!("\n{line}");
    }
    assert!(status.success(), "{}: {status}\n{stderr}", target.name);
}

fn run_for(target: &Target, time: Duration) {
    let limit = Some(MEMORY);
    setrlimit(Resource::As, Rlimit { current: limit, maximum: limit }).expect("less memory");
    let mut search = Search::new(target);
    let (done, is_done) = channel::<()>();
    let (name, current) = (target.name, Arc::clone(&search.current));
    let watchdog = thread::spawn(move || watch(name, &current, &is_done));
    let mut outcome = search.seeds();
    while outcome.is_ok() && processor_time() < time {
        outcome = search.step();
    }
    drop(done);
    watchdog.join().expect("it watches to the end");
    row(target, &search, processor_time(), outcome.is_err());
    told(target, outcome);
}

/// The time for which the process has had a processor: a machine that does other things makes no find of it, and no less
/// of a run.
fn processor_time() -> Duration {
    Duration::try_from(clock_gettime(ClockId::ProcessCPUTime)).unwrap_or_default()
}

/// Ends the process with an input that takes too long.
fn watch(name: &str, current: &Mutex<(usize, Vec<u8>)>, is_done: &Receiver<()>) {
    let (mut last, mut since) = (0, processor_time());
    while is_done.recv_timeout(Duration::from_secs(1)) == Err(RecvTimeoutError::Timeout) {
        let (number, input) = &*current.lock().unwrap_or_else(PoisonError::into_inner);
        if *number != last {
            (last, since) = (*number, processor_time());
        }
        if processor_time().saturating_sub(since) > PATIENCE {
            let file = save(name, input);
            eprint_line(&format!("an input takes longer than {PATIENCE:?}: {}", file.display()));
            std::process::exit(1);
        }
    }
}

/// A line of the table in SECURITY.md: target, inputs, seconds of a processor, shapes, finds, the most memory.
#[expect(clippy::print_stdout, reason = "the figures are for whoever asks")]
fn row(target: &Target, search: &Search, took: Duration, is_find: bool) {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak =
        status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    let peak = peak.map_or_else(|| "?".to_owned(), |kibibytes| format!("{} MiB", kibibytes / 1024));
    let (inputs, shapes, finds) = (search.inputs, search.shapes.len(), u8::from(is_find));
    println!("\n| `{}` | {inputs} | {} | {shapes} | {finds} | {peak} |", target.name, took.as_secs());
}

#[expect(clippy::print_stderr, reason = "a process that ends by itself must say why")]
fn eprint_line(line: &str) {
    eprintln!("{line}");
}

fn told(target: &Target, outcome: Result<(), Find>) {
    if let Err(Find { input, says }) = outcome {
        let input = shortened(target, &input);
        let file = save(target.name, &input);
        let shown = String::from_utf8_lossy(input.get(..400).unwrap_or(&input)).into_owned();
        unreachable!("{}: {says}\nthe input of {} bytes is in {}: {shown:?}", target.name, input.len(), file.display());
    }
}

fn save(name: &str, input: &[u8]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fuzz");
    fs::create_dir_all(&folder).expect("a folder for finds");
    let file = folder.join(format!("{name}-{:016x}", shape(input)));
    fs::write(&file, input).expect("the find is saved");
    file
}

/// A run of a target so far.
struct Search<'t> {
    target: &'t Target,
    rng: Rng,
    /// The seeds, and behind them what was kept.
    pool: Vec<Vec<u8>>,
    tokens: Vec<Vec<u8>>,
    shapes: HashSet<u64>,
    inputs: usize,
    /// The number of the input at hand, and the input.
    current: Arc<Mutex<(usize, Vec<u8>)>>,
    /// The file that each input is written to before it is checked, for one that ends the process.
    trace: Option<PathBuf>,
}

impl<'t> Search<'t> {
    fn new(target: &'t Target) -> Self {
        assert!(!target.seeds.is_empty(), "{} has no seeds", target.name);
        let rng = Rng::new(number("LURKER_FUZZ_SEED").unwrap_or(0));
        let (pool, tokens) = (target.seeds.clone(), tokens(target));
        let trace = env::var_os("LURKER_FUZZ_TRACE").map(PathBuf::from);
        Self { target, rng, pool, tokens, shapes: HashSet::new(), inputs: 0, current: Arc::default(), trace }
    }

    /// Checks the seeds as they are.
    fn seeds(&mut self) -> Result<(), Find> {
        self.target.seeds.iter().try_for_each(|seed| self.check(seed).map(drop))
    }

    /// Makes an input and checks it.
    fn step(&mut self) -> Result<(), Find> {
        let seeds = self.target.seeds.len();
        let from = if self.rng.chance(40) { &self.pool[..seeds] } else { &self.pool };
        let input = mutated(&mut self.rng, from, &self.tokens);
        if self.check(&input)? && self.pool.len() < KEPT {
            self.pool.push(input);
        }
        Ok(())
    }

    /// Whether the outcome has a shape of its own.
    fn check(&mut self, input: &[u8]) -> Result<bool, Find> {
        self.inputs += 1;
        {
            let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
            current.0 = self.inputs;
            current.1.clear();
            current.1.extend_from_slice(input);
        }
        if let Some(file) = &self.trace {
            fs::write(file, input).expect("LURKER_FUZZ_TRACE names a file");
        }
        match outcome(self.target, input) {
            Ok(shape) => Ok(self.shapes.insert(shape)),
            Err(says) => Err(Find { input: input.to_vec(), says }),
        }
    }
}

/// The words of the seeds, with the signs that stand at them.
fn tokens(target: &Target) -> Vec<Vec<u8>> {
    let words = target.seeds.iter().flat_map(|seed| seed.split(|byte| b" \n,{}[]>".contains(byte)));
    let words: BTreeSet<&[u8]> = words.filter(|word| (2..40).contains(&word.len())).collect();
    let (step, own) = (words.len() / TOKENS + 1, target.tokens.iter().map(|token| token.as_bytes()));
    own.chain(words.into_iter().step_by(step)).map(<[u8]>::to_vec).collect()
}

thread_local! {
    static IS_QUIET: Cell<bool> = const { Cell::new(false) };
}

/// The shape of an input's outcome, or the words of its panic.
fn outcome(target: &Target, input: &[u8]) -> Result<u64, String> {
    let words = |panic: Box<dyn Any + Send>| match panic.downcast::<String>() {
        Ok(says) => *says,
        Err(panic) => panic.downcast_ref::<&str>().map_or_else(String::new, |says| (*says).to_owned()),
    };
    panic::catch_unwind(AssertUnwindSafe(|| (target.check)(input))).map_err(words)
}

/// A shorter input that fails too.
fn shortened(target: &Target, input: &[u8]) -> Vec<u8> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !IS_QUIET.get() {
                usual(info);
            }
        }));
    });
    IS_QUIET.set(true);
    let (mut short, mut tries) = (input.to_vec(), 0);
    let mut length = short.len() / 2;
    while length > 0 && tries < SHORTENINGS {
        let mut at = 0;
        while at + length <= short.len() && tries < SHORTENINGS {
            tries += 1;
            let without = [&short[..at], &short[at + length..]].concat();
            match outcome(target, &without) {
                Ok(_) => at += length,
                Err(_) => short = without,
            }
        }
        length /= 2;
    }
    IS_QUIET.set(false);
    short
}
