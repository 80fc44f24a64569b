//! The state of a load's transfers: bytes received, and the host that asks to wait.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// Less than this is here before anybody wonders.
const WORTH_TELLING: u64 = 100_000;
const MEGABYTE: u64 = 1_000_000;

/// Counts what comes, and knows who is waited for.
#[derive(Debug, Default)]
pub struct TransferStatus {
    received: AtomicU64,
    wait: Mutex<Option<(String, Instant)>>,
}

impl TransferStatus {
    /// Bytes of bodies that have come so far, decompressed, also of answers that broke off.
    pub fn received(&self) -> u64 {
        self.received.load(Ordering::Relaxed)
    }

    /// The host that is left alone for now, and how long still.
    pub fn wait(&self) -> Option<(String, Duration)> {
        let (host, until) = self.wait.lock().unwrap_or_else(PoisonError::into_inner).clone()?;
        let left = until.checked_duration_since(Instant::now()).filter(|left| !left.is_zero())?;
        Some((host, left))
    }

    /// The same in words, where it is worth any: `1.2 MB so far`, `lobste.rs asks to wait 12 s`.
    pub fn line(&self) -> Option<String> {
        if let Some((host, left)) = self.wait().filter(|(_, left)| left.as_secs() > 0) {
            return Some(format!("{host} asks to wait {} s", left.as_secs()));
        }
        let received = Some(self.received()).filter(|received| *received >= WORTH_TELLING)?;
        Some(format!("{}.{} MB so far", received / MEGABYTE, received % MEGABYTE / (MEGABYTE / 10)))
    }

    pub(super) fn add(&self, bytes: usize) {
        self.received.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    pub(super) fn waits_for(&self, host: &str, until: Instant) {
        *self.wait.lock().unwrap_or_else(PoisonError::into_inner) = Some((host.to_owned(), until));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
            assert_eq!(transfer.line().as_deref(), line);
        }
        transfer.waits_for("lobste.rs", Instant::now() + Duration::from_secs(12));
        assert_eq!(transfer.line().as_deref(), Some("lobste.rs asks to wait 12 s"));
        tokio::time::advance(Duration::from_millis(11_500)).await;
        assert_eq!(transfer.line().as_deref(), Some("10.2 MB so far"), "half a second is no wait to speak of");
    }
}
