//! The state of a load's transfers: bytes received, and the host that is not asked yet.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::app::TransferLine;

/// Less than this is here before anybody wonders.
const WORTH_TELLING: u64 = 100_000;
const MEGABYTE: u64 = 1_000_000;

/// Counts what comes, and knows who is waited for.
#[derive(Debug, Default)]
pub struct TransferStatus {
    received: AtomicU64,
    wait: Mutex<Option<HostWait>>,
}

/// A host that is not asked for a while.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostWait {
    /// Its name.
    pub host: String,
    /// Whether the host itself asks for that.
    pub is_asked_for: bool,
    /// The end.
    pub until: Instant,
}

impl TransferStatus {
    /// Bytes of bodies that have come so far, decompressed, also of answers that broke off.
    pub fn received(&self) -> u64 {
        self.received.load(Ordering::Relaxed)
    }

    /// The host that is left alone for now, and how long still.
    pub fn wait(&self) -> Option<(HostWait, Duration)> {
        let wait = self.wait.lock().unwrap_or_else(PoisonError::into_inner).clone()?;
        let left = wait.until.checked_duration_since(Instant::now()).filter(|left| !left.is_zero())?;
        Some((wait, left))
    }

    /// The same in words, where it is worth any: `1.2 MB so far`, `lobste.rs asks to wait 12 s`, `lobste.rs is asked again in
    /// 12 s`.
    pub fn line(&self) -> Option<TransferLine> {
        if let Some((wait, left)) = self.wait().filter(|(_, left)| left.as_secs() > 0) {
            let says = if wait.is_asked_for { "asks to wait" } else { "is asked again in" };
            let (host, left) = (wait.host, left.as_secs());
            return Some(TransferLine { words: format!("{host} {says} {left} s"), short: format!("wait {left} s") });
        }
        let received = Some(self.received()).filter(|received| *received >= WORTH_TELLING)?;
        let short = format!("{}.{} MB", received / MEGABYTE, received % MEGABYTE / (MEGABYTE / 10));
        Some(TransferLine { words: format!("{short} so far"), short })
    }

    pub(super) fn add(&self, bytes: usize) {
        self.received.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    pub(super) fn waits_for(&self, wait: HostWait) {
        *self.wait.lock().unwrap_or_else(PoisonError::into_inner) = Some(wait);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(transfer: &TransferStatus) -> Option<String> {
        transfer.line().map(|line| line.words)
    }

    #[tokio::test(start_paused = true)]
    async fn it_tells_what_is_worth_telling() {
        let transfer = TransferStatus::default();
        for (more, line) in [
            (99_999, None),
            (1, Some("0.1 MB so far")),
            (1_149_999, Some("1.2 MB so far")),
            (9_000_000, Some("10.2 MB so far")),
        ] {
            transfer.add(more);
            assert_eq!(words(&transfer).as_deref(), line);
        }
        let wait = |is_asked_for| {
            let until = Instant::now() + Duration::from_secs(12);
            HostWait { host: "lobste.rs".to_owned(), is_asked_for, until }
        };
        transfer.waits_for(wait(false));
        assert_eq!(words(&transfer).as_deref(), Some("lobste.rs is asked again in 12 s"));
        transfer.waits_for(wait(true));
        assert_eq!(words(&transfer).as_deref(), Some("lobste.rs asks to wait 12 s"));
        tokio::time::advance(Duration::from_millis(11_500)).await;
        assert_eq!(words(&transfer).as_deref(), Some("10.2 MB so far"), "half a second is no wait to speak of");
    }
}
