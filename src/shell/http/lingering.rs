//! Cancelled exchanges: each keeps its permit until it is answered or its connection is closed.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::time::timeout;

/// The time that a cancelled exchange is given to be answered. Then its connection is closed.
const ANSWERED_WITHIN: Duration = Duration::from_secs(1);

/// An exchange, which goes on for a while when it is dropped before its end.
pub(super) struct Lingering<T: Send + 'static> {
    exchange: Option<Pin<Box<dyn Future<Output = T> + Send>>>,
}

impl<T: Send + 'static> Lingering<T> {
    /// Wraps an exchange, which owns its permit.
    pub(super) fn new(exchange: impl Future<Output = T> + Send + 'static) -> Self {
        Self { exchange: Some(Box::pin(exchange)) }
    }
}

impl<T: Send + 'static> Future for Lingering<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        // One that panics is gone: it must not go on by itself.
        let Some(mut exchange) = self.exchange.take() else { return Poll::Pending };
        let polled = exchange.as_mut().poll(context);
        if polled.is_pending() {
            self.exchange = Some(exchange);
        }
        polled
    }
}

impl<T: Send + 'static> Drop for Lingering<T> {
    fn drop(&mut self) {
        // Without a runtime, the program ends and its connections with it.
        if let (Some(exchange), Ok(runtime)) = (self.exchange.take(), Handle::try_current()) {
            runtime.spawn(timeout(ANSWERED_WITHIN, exchange));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tokio::sync::Semaphore;
    use tokio::time::{advance, sleep};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_dropped_exchange_keeps_what_it_owns_until_its_end_or_for_a_second() {
        for (takes, freed) in [(300, 300), (60_000, 1_000)] {
            let permits = Arc::new(Semaphore::new(1));
            let permit = Arc::clone(&permits).try_acquire_owned().expect("a permit");
            let mut exchange = Lingering::new(async move {
                sleep(Duration::from_millis(takes)).await;
                drop(permit);
            });
            assert!(timeout(Duration::from_millis(100), &mut exchange).await.is_err());
            drop(exchange);
            advance(Duration::from_millis(freed - 150)).await;
            tokio::task::yield_now().await;
            assert_eq!(permits.available_permits(), 0, "{takes}");
            let begun = tokio::time::Instant::now();
            let _again = permits.acquire().await;
            assert!(begun.elapsed() <= Duration::from_millis(250), "{takes}: {:?}", begun.elapsed());
        }
    }
}
