//! A soak: the program in a pseudo-terminal among sites that fail, with random keys, mouse reports, sizes and loads, for as
//! long as `LURKER_SOAK_SECONDS` says. Memory and open files must not grow.

use std::fs;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rustix::process::Pid;

use super::engine::shape;
use crate::store::Folder;
use crate::support::fake_sites::{SITES, USUAL, pass};
use crate::support::pty::{Session, lurker};
use crate::support::random::Rng;
use crate::support::server::{Ending, Received, Reply, Server};

/// The size of the terminal between storms of keys.
const SIZE: (u16, u16) = (100, 30);
/// Keys and mouse reports of one storm.
const STORM: usize = 60;
/// The most pages that lie over each other after a storm.
const MOST_PAGES: usize = 200;
/// Esc in a form that is not the beginning of anything.
const ESC: &str = "\x1b[27u";
/// Lines of the foot, where nothing is pressed: a press on the hint for the way out ends the program on the first page.
const FOOT: u16 = 2;
/// Growth that is none: a tenth, and this many kibibytes.
const ALLOWANCE: u64 = 4096;

/// Keys that neither leave the page, nor start another program, nor open what must be closed again; nor help, where a press on
/// a line does what the line says.
const KEYS: [&str; 61] = [
    "j", "j", "j", "j", "k", "k", "J", "K", "h", "l", "\r", " ", "b", "c", "C", "E", "1", "2", "9", "x", "=", "z", "Z",
    "t", "T", "p", "u", "a", ",", ".", "[", "]", "%", "n", "N", "g", "G", "i", "w", "X", "m", "r", "R", "}", "{", "y",
    "Y", "\t", "\x1b[Z", "\x0f", "\x04", "\x15", "\x06", "\x02", "\x05", "\x19", "\x1b[A", "\x1b[B", "\x1b[C",
    "\x1b[D", "H",
];

/// What is typed into prompts.
const LINES: [&str; 18] = [
    "/words\r",
    "/\\x\x1b[27u",
    "fby:ada\r",
    "fscore:>2 OR is:new\r",
    "f(\r",
    "s20%\r",
    "s10m\r",
    "s3\r",
    "Sn",
    "Sf",
    "Ss",
    ":demo\r",
    ":lobsters\r",
    ":hn\r",
    ":lemmy\r",
    ":slashdot\r",
    ":nothing\r",
    "M\x1b[27u",
];

/// A server of one site that fails in one of three answers.
struct FailingSite {
    name: &'static str,
    server: Server,
}

impl FailingSite {
    fn new(name: &'static str) -> Self {
        let of =
            |list: bool| SITES.iter().find(|site| site.is_list() == list && site.key.trim_end_matches(" list") == name);
        let (thread, list) = (of(false).expect("a site"), of(true).expect("a list"));
        let number = AtomicU64::new(0);
        let server = Server::start(move |request: &Received| {
            let number = number.fetch_add(1, Ordering::Relaxed);
            if let Some(reply) = pass(request) {
                return reply;
            }
            let site = if (list.is_first)(request) && name != "lobsters" || request.path.ends_with("hottest.json") {
                list
            } else {
                thread
            };
            let usual = (site.serve)(request, USUAL);
            match shape((name, number)) % 18 {
                0 => (site.busy)(),
                1 => Reply::status(500),
                2 => usual.ending(Ending::Reset),
                3 => usual.ending(Ending::Truncate),
                4 => usual.ending(Ending::CloseAtOnce),
                5 => Reply::ok("<html>\u{1b}[31mnothing"),
                _ => usual,
            }
        });
        Self { name, server }
    }

    fn config(&self) -> String {
        let url = self.server.url();
        match self.name {
            "hn" => format!("[sites.hn]\nalgolia_url = \"{url}\"\nfirebase_url = \"{url}\"\n"),
            name => format!("[sites.{name}]\nurl = \"{url}\"\n"),
        }
    }

    /// The line that opens its thread.
    fn line(&self) -> String {
        let site = SITES.iter().find(|site| site.key == self.name).expect("a site");
        format!(":{}\r", (site.target)(&self.server.url()))
    }
}

/// The program's resident memory in kibibytes, and its open files.
fn measured(process: Pid) -> (u64, usize) {
    let folder = format!("/proc/{}", process.as_raw_nonzero());
    let status = fs::read_to_string(format!("{folder}/status")).expect("it runs");
    let resident =
        status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB")?.parse().ok());
    (resident.expect("its memory"), fs::read_dir(format!("{folder}/fd")).expect("it runs").count())
}

/// A random key, mouse report, or line for a prompt. Presses are on so many lines.
fn input(rng: &mut Rng, sites: &[FailingSite], lines: usize) -> String {
    let mut place = |end| 1 + rng.below(end);
    match place(40) {
        1 if lines > 0 => format!("\x1b[<0;{};{}M", place(110), place(lines)),
        2 => format!("\x1b[<32;{};{}M", place(110), place(32)),
        3 => format!("\x1b[<{};5;5M", 63 + place(2)),
        4 | 5 => (*rng.pick(&LINES)).to_owned(),
        6 => rng.pick(sites).line(),
        7 => format!("\x1b[200~{}\x1b[201~", rng.pick(&["words", "a\nb", "\x1b]0;x\x07"])),
        8 => ESC.to_owned(),
        _ => (*rng.pick(&KEYS)).to_owned(),
    }
}

/// Closes what is open, and goes back to the page that was first.
fn calm(session: &mut Session) {
    session.resize(SIZE);
    for _ in 0..MOST_PAGES {
        session.keys(&ESC.repeat(6)).keys("?").wait_for(" Keys ");
        session.keys(ESC);
        // The row of hints says whether there is a page to go back to.
        let says = ["q back", "q quit"];
        let screen = session.wait("hints", |screen| {
            let shown = screen.contents();
            !shown.contains(" Keys ") && says.iter().any(|says| shown.contains(says))
        });
        if screen.contents().contains(says[1]) {
            return;
        }
        session.keys("\x7f");
    }
    unreachable!("the first page is not reached");
}

fn storm(session: &mut Session, rng: &mut Rng, sites: &[FailingSite]) {
    let size = |rng: &mut Rng| (1 + rng.below(200) as u16, 1 + rng.below(60) as u16);
    let resizes: Vec<_> = (0..STORM).map(|_| rng.chance(3).then(|| size(rng))).collect();
    // A program that lags has a size of before when a press comes, or learns of a later one before it reads the press.
    let lowest = resizes.iter().flatten().map(|(_, height)| *height).fold(SIZE.1, u16::min);
    for resize in resizes {
        if let Some(size) = resize {
            session.resize(size);
        }
        session.keys(&input(rng, sites, usize::from(lowest.saturating_sub(FOOT))));
    }
}

/// Memory and open files after each storm, in two halves: the most of each.
fn most(half: &[(u64, usize)]) -> (u64, usize) {
    let memory = half.iter().map(|(memory, _)| *memory).max();
    (memory.unwrap_or(0), half.iter().map(|(_, files)| *files).max().unwrap_or(0))
}

#[test]
#[ignore = "takes as long as LURKER_SOAK_SECONDS says"]
fn nothing_grows_in_a_long_storm() {
    let seconds = std::env::var("LURKER_SOAK_SECONDS").ok().and_then(|value| value.parse().ok());
    let time = Duration::from_secs(seconds.expect("LURKER_SOAK_SECONDS is a number"));
    let sites = ["slashdot", "hn", "lobsters", "lemmy", "discourse"].map(FailingSite::new);
    let folder = Folder::new("soak");
    fs::create_dir_all(folder.path()).expect("a folder");
    let config: String = sites.iter().map(FailingSite::config).collect();
    let file = folder.path().join("config.toml");
    fs::write(&file, format!("browser = \"true\"\n[network]\ntimeout_seconds = 1\n{config}")).expect("written");
    // On a first page that fails, a press on the way out ends the program; the demo does not fail.
    let mut command = lurker(&["demo"]);
    command.env("LURKER_CONFIG", file);
    command.env("LURKER_DATA", folder.path().join("data"));
    let mut session = Session::start(command, SIZE);
    // What is typed before the terminal is the program's own is thrown away.
    session.wait_for("q quit");
    let (begun, mut rng, mut samples) = (Instant::now(), Rng::new(0), Vec::new());
    let process = session.foreground();
    while begun.elapsed() < time {
        storm(&mut session, &mut rng, &sites);
        calm(&mut session);
        samples.push(measured(process));
    }
    let inputs = samples.len() * STORM;
    let (before, after) = samples.split_at(samples.len() / 2);
    let [(memory, files), (later, files_later)] = [before, after].map(most);
    let requests: usize = sites.iter().map(|site| site.server.counts().arrived).sum();
    say(&format!(
        "{inputs} keys, reports, lines and sizes and {requests} requests in {} s: at most {memory} KiB and {files} open files \
         in the first half, {later} KiB and {files_later} in the second",
        begun.elapsed().as_secs()
    ));
    assert!(later <= memory + memory / 10 + ALLOWANCE, "memory grows: {samples:?}");
    assert!(files_later <= files + 4, "open files grow: {samples:?}");
    session.keys("q");
    let ended = session.end();
    assert!(ended.code == 0 && ended.signal.is_none(), "{} {:?}", ended.code, ended.signal);
    ended.assert_restored();
}

#[expect(clippy::print_stdout, reason = "the figures are for whoever asks")]
fn say(line: &str) {
    println!("\n{line}");
}
