//! Work on many comments, of which another thread does half.

use std::panic::resume_unwind;
use std::thread::{self, available_parallelism};

/// With fewer items, the other thread begins too late to be of use.
const FEWEST: usize = 200;

/// The number of items whose results are in memory at once.
const AT_ONCE: usize = 1000;

/// Some work on each item, and what is made of its result, in the order of the items. Few results are in memory at once.
/// The work must not depend on the thread.
pub(in crate::site) fn for_each<I: Sync, T: Send>(
    items: &[I],
    work: impl Fn(&I) -> T + Sync,
    mut take: impl FnMut(&I, T),
) {
    for part in items.chunks(AT_ONCE) {
        for (item, result) in part.iter().zip(map(part, &work)) {
            take(item, result);
        }
    }
}

/// The results of some work on each item, in their order. The work must not depend on the thread.
pub(in crate::site) fn map<I: Sync, T: Send>(items: &[I], work: impl Fn(&I) -> T + Sync) -> Vec<T> {
    let can_be_divided = items.len() >= FEWEST && available_parallelism().is_ok_and(|cores| cores.get() > 1);
    let (own, others) = items.split_at(if can_be_divided { items.len() / 2 } else { items.len() });
    let on_others = || others.iter().map(&work).collect::<Vec<T>>();
    thread::scope(|scope| {
        let other = can_be_divided.then(|| thread::Builder::new().spawn_scoped(scope, on_others).ok()).flatten();
        let mut results = Vec::with_capacity(items.len());
        results.extend(own.iter().map(&work));
        match other.map(thread::ScopedJoinHandle::join) {
            Some(Ok(others)) => results.extend(others),
            Some(Err(panic)) => resume_unwind(panic),
            None => results.extend(others.iter().map(&work)),
        }
        results
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_keep_the_order_of_the_items() {
        for count in [0, 1, FEWEST - 1, FEWEST, 5 * FEWEST + 1, 2 * AT_ONCE, 2 * AT_ONCE + 1] {
            let items: Vec<usize> = (0..count).collect();
            let expected: Vec<usize> = items.iter().map(|item| item * 2).collect();
            assert_eq!(map(&items, |item| item * 2), expected);
            let mut taken = Vec::new();
            for_each(&items, |item| item * 2, |item, result| taken.push((*item, result)));
            assert_eq!(taken, items.into_iter().zip(expected).collect::<Vec<_>>());
        }
    }
}
