//! Rate limits across processes: several lurkers share a host's permits and its past through files.
//!
//! For each host there is a file for each permit, locked while a request is under way, and one that holds the past: when
//! the host wants no request before, and when the last requests ended, in milliseconds since 1970 UTC, one a line. It is
//! read and written under a lock. A lock is the process's, so it ends with it.

use std::fs::{DirBuilder, File, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::time::{Instant, sleep};

use super::host_limits::{HostLimits, Wait};
use crate::site::Limit;

/// The time after which a permit that another process has is asked for again.
const POLL: Duration = Duration::from_millis(100);
/// A process that keeps a permit for longer is not waited for: it may have been stopped with a request under way.
const PATIENCE: Duration = Duration::from_secs(20);
/// Attempts to lock a past, and the pause between two of them.
const LOCK_ATTEMPTS: u32 = 20;
const LOCK_PAUSE: Duration = Duration::from_millis(1);
/// The most bytes of a past that are read; lurker writes far fewer.
const LARGEST_PAST: u64 = 1 << 20;

/// The limits of one host, shared with other processes.
#[derive(Debug)]
pub(super) struct ProcessLimit {
    /// The folder and the start of the names of the host's files.
    stem: PathBuf,
    in_flight: usize,
    limits: Vec<Limit>,
}

/// One request to a host among those of all processes; dropping it ends the request.
#[derive(Debug)]
pub(super) struct ProcessPermit {
    /// Locked as long as it is open.
    _slot: File,
    past: PathBuf,
    /// The longest stretch of time that counts.
    longest: Duration,
    begun: u64,
}

/// The requests to a host, of all processes.
#[derive(Debug, Default)]
struct Past {
    rest_until: u64,
    /// When requests ended; of those under way, when they began.
    times: Vec<u64>,
}

impl ProcessLimit {
    /// The limits of a host, shared through a folder, which is made if it is not there; `None` where it cannot be used.
    pub(super) fn new(folder: &Path, host: &HostLimits) -> Option<Self> {
        DirBuilder::new().recursive(true).mode(0o700).create(folder).ok()?;
        // A port is parted from its host by a colon, which no file system minds on the systems that lurker knows.
        let limits = host.limits.clone();
        Some(Self { stem: folder.join(host.host.replace(['/', '\0'], "_")), in_flight: host.in_flight.max(1), limits })
    }

    /// Waits for a permit, and enters the request into the past.
    ///
    /// # Errors
    /// The time to wait before it may be asked for again.
    pub(super) async fn enter(&self) -> Result<Option<ProcessPermit>, Wait> {
        let Some(slot) = self.slot().await else { return Ok(None) };
        let longest = self.limits.iter().map(|limit| limit.within).max().unwrap_or_default();
        let path = self.past();
        let entered = change(&path, |past| {
            // Under the lock no other process is ahead of this moment.
            let begun = now();
            past.forget(longest);
            past.wait(&self.limits, begun).map_or(Ok(()), Err)?;
            past.times.push(begun);
            Ok(begun)
        });
        match entered {
            Ok(Err(wait)) => Err(wait),
            Ok(Ok(begun)) => Ok(Some(ProcessPermit { _slot: slot, past: path, longest, begun })),
            Err(_) => Ok(None),
        }
    }

    /// Makes no request for as long, in no process.
    pub(super) fn rest(&self, wait: Duration) {
        let until = now().saturating_add(milliseconds(wait));
        // What cannot be shared holds in this process.
        let _ = change(&self.past(), |past| past.rest_until = past.rest_until.max(until));
    }

    fn past(&self) -> PathBuf {
        self.stem.with_added_extension("past")
    }

    /// A permit's file, locked; `None` where files cannot be locked, or others keep all of them.
    async fn slot(&self) -> Option<File> {
        let given_up = Instant::now() + PATIENCE;
        while Instant::now() < given_up {
            for number in 0..self.in_flight {
                let file = open(&self.stem.with_added_extension(number.to_string())).ok()?;
                match file.try_lock() {
                    Ok(()) => return Some(file),
                    Err(TryLockError::WouldBlock) => {}
                    Err(TryLockError::Error(_)) => return None,
                }
            }
            sleep(POLL).await;
        }
        None
    }
}

impl Drop for ProcessPermit {
    fn drop(&mut self) {
        let (begun, ended, longest) = (self.begun, now(), self.longest);
        let _ = change(&self.past, |past| {
            if let Some(time) = past.times.iter_mut().find(|time| **time == begun) {
                *time = ended;
            }
            past.forget(longest);
        });
    }
}

impl Past {
    fn parse(text: &str) -> Self {
        let mut numbers = text.lines().filter_map(|line| line.parse().ok());
        Self { rest_until: numbers.next().unwrap_or_default(), times: numbers.collect() }
    }

    fn text(&self) -> String {
        let numbers = std::iter::once(self.rest_until).chain(self.times.iter().copied());
        numbers.map(|number| number.to_string() + "\n").collect()
    }

    /// Drops what counts no more, and what a clock that was set back has left in the future.
    fn forget(&mut self, longest: Duration) {
        let now = now();
        self.times.retain(|time| *time <= now && now - *time < milliseconds(longest));
    }

    /// The reason for which a request must wait now.
    fn wait(&self, limits: &[Limit], now: u64) -> Option<Wait> {
        if self.rest_until > now {
            return Some(Wait::Rest(Duration::from_millis(self.rest_until - now)));
        }
        let left = |limit: &Limit| {
            let within = milliseconds(limit.within);
            let mut counted: Vec<u64> =
                self.times.iter().copied().filter(|time| now.saturating_sub(*time) < within).collect();
            counted.sort_unstable();
            let oldest = counted.len().checked_sub(limit.requests.max(1)).and_then(|index| counted.get(index))?;
            Some(Duration::from_millis((oldest.saturating_add(within)).saturating_sub(now)))
        };
        limits.iter().filter_map(left).max().map(Wait::Limit)
    }
}

/// Reads a past, changes it and writes it, while no other process does.
fn change<T>(path: &Path, change: impl FnOnce(&mut Past) -> T) -> io::Result<T> {
    let mut file = open(path)?;
    lock(&file)?;
    let mut bytes = Vec::new();
    Read::by_ref(&mut file).take(LARGEST_PAST).read_to_end(&mut bytes)?;
    let mut past = Past::parse(&String::from_utf8_lossy(&bytes));
    let outcome = change(&mut past);
    file.rewind()?;
    file.set_len(0)?;
    file.write_all(past.text().as_bytes())?;
    Ok(outcome)
}

/// Locks a past. Who has it needs it for less than a millisecond, unless it was stopped just then.
fn lock(file: &File) -> io::Result<()> {
    for _ in 0..LOCK_ATTEMPTS {
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => std::thread::sleep(LOCK_PAUSE),
            outcome => return outcome.map_err(io::Error::from),
        }
    }
    Err(io::ErrorKind::WouldBlock.into())
}

fn open(path: &Path) -> io::Result<File> {
    File::options().read(true).write(true).create(true).truncate(false).mode(0o600).open(path)
}

fn now() -> u64 {
    milliseconds(SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default())
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use std::env;
    use std::fs;

    use super::*;

    fn limits(in_flight: usize, limits: &[Limit]) -> HostLimits {
        HostLimits { host: "example.org:81".to_owned(), in_flight, limits: limits.to_vec(), timeout: None }
    }

    /// A folder that is gone with it.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            Self(env::temp_dir().join(format!("lurker-limits-{name}-{}", std::process::id())))
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_second_process_waits_for_the_permit_of_the_first() {
        let folder = Folder::new("permits");
        let host = limits(1, &[]);
        let [first, second] = [(); 2].map(|()| ProcessLimit::new(&folder.0, &host).expect("a folder"));
        let permit = first.enter().await.expect("allowed");
        assert!(permit.is_some());
        assert!(tokio::time::timeout(Duration::from_secs(5), second.enter()).await.is_err());
        drop(permit);
        let kept = second.enter().await.expect("allowed");
        assert!(kept.is_some());
        assert!(first.enter().await.expect("allowed").is_none(), "a process that was stopped is not waited for");
    }

    #[tokio::test]
    async fn limits_and_rests_hold_for_all_processes() {
        let folder = Folder::new("rests");
        let host = limits(9, &[Limit::new(2, 3600)]);
        let [first, second] = [(); 2].map(|()| ProcessLimit::new(&folder.0, &host).expect("a folder"));
        drop(first.enter().await.expect("allowed"));
        let under_way = second.enter().await.expect("allowed");
        for limit in [&first, &second] {
            let Err(Wait::Limit(left)) = limit.enter().await else { unreachable!("two are all") };
            assert!((3500..=3600).contains(&left.as_secs()), "{left:?}");
        }
        drop(under_way);
        first.rest(Duration::from_hours(2));
        let Err(Wait::Rest(left)) = second.enter().await else { unreachable!("it is to rest") };
        assert!(left.as_secs() > 7100, "{left:?}");
    }

    #[test]
    fn a_past_is_read_whatever_stands_there() {
        for (text, read) in [("", (0, 0)), ("5\n7\n9\n", (5, 2)), ("x\n-1\n7\n\u{0}", (7, 0))] {
            let past = Past::parse(text);
            assert_eq!((past.rest_until, past.times.len()), read, "{text}");
        }
        let mut past = Past { rest_until: 0, times: vec![now() + 1_000_000, now() - 5_000, 0] };
        past.forget(Duration::from_mins(1));
        assert_eq!(past.times.len(), 1, "of the future and long ago");
    }

    #[test]
    fn a_folder_that_cannot_be_made_shares_nothing() {
        assert!(ProcessLimit::new(Path::new("/dev/null/lurker"), &limits(1, &[])).is_none());
    }
}
