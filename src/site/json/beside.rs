//! Batches of items that are found on another thread while those before them are read.

use std::io;
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::thread::{self, available_parallelism};

use super::{Batch, ObjectInPieces};

/// The most batches that wait to be read.
const MOST_READY: usize = 1;

/// How many batches are read before another thread helps: so many are read sooner than it begins, and have enough to be
/// shown, which two busy threads would hold up.
const ALONE: usize = 2;

/// Gives away each batch of a text in turn. `take` stays on this thread.
///
/// # Errors
/// The source's error; what came before it has been given away.
pub(in crate::site) fn for_each_batch(pieces: &mut ObjectInPieces<'_>, take: &mut dyn FnMut(&Batch)) -> io::Result<()> {
    let mut batch = Batch::default();
    for _ in 0..ALONE {
        let Some(next) = pieces.next(batch)? else { return Ok(()) };
        take(&next);
        batch = next;
    }
    let is_worth_it = pieces.reads_on()? && available_parallelism().is_ok_and(|processors| processors.get() > 1);
    if is_worth_it && let Some(outcome) = by_another_thread(pieces, take) {
        return outcome;
    }
    while let Some(next) = pieces.next(batch)? {
        take(&next);
        batch = next;
    }
    Ok(())
}

/// `None`, and nothing is read, where there is no thread to be had.
fn by_another_thread(pieces: &mut ObjectInPieces<'_>, take: &mut dyn FnMut(&Batch)) -> Option<io::Result<()>> {
    thread::scope(|scope| {
        let (batches, ready) = sync_channel(MOST_READY);
        let (used, free) = channel();
        thread::Builder::new().spawn_scoped(scope, move || find_all(pieces, &batches, &free)).ok()?;
        let each = ready.into_iter().try_for_each(|batch| {
            let batch = batch?;
            take(&batch);
            // Where nothing more is looked for, nobody wants its memory.
            _ = used.send(batch);
            Ok(())
        });
        Some(each)
    })
}

/// Sends all batches, to the end, an error, or until nobody takes them, in the memory of those that were used.
fn find_all(pieces: &mut ObjectInPieces<'_>, batches: &SyncSender<io::Result<Batch>>, free: &Receiver<Batch>) {
    while let Some(batch) = pieces.next(free.try_recv().unwrap_or_default()).transpose() {
        let is_error = batch.is_err();
        if batches.send(batch).is_err() || is_error {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    /// An object with so many numbers in its list.
    fn object(count: usize) -> String {
        let items: Vec<String> = (0..count).map(|number| format!("{{\"n\": {number}}}")).collect();
        format!("{{\"list\": [{}], \"behind\": true}}", items.join(", "))
    }

    fn numbers(batch: &Batch) -> Vec<i64> {
        batch.items().filter_map(|item| item.get("n").integer()).collect()
    }

    #[test]
    fn another_thread_finds_the_same_items_and_the_rest() {
        for count in [0, 1, 100_000] {
            let text = object(count);
            let mut pieces = ObjectInPieces::open(text.as_bytes(), "list").expect("a source without errors");
            let mut found = Vec::new();
            by_another_thread(&mut pieces, &mut |batch| found.extend(numbers(batch)))
                .expect("a thread")
                .expect("items");
            assert!(found.into_iter().eq(0..i64::try_from(count).expect("few")));
            assert_eq!(pieces.rest().root().get("behind").boolean(), Some(true));
            assert_eq!(pieces.damage_place(), None);
        }
    }

    #[test]
    fn what_is_read_alone_and_what_is_read_beside_are_all_items_in_order() {
        for count in [0, 1, 50_000, 300_000] {
            let text = object(count);
            let mut pieces = ObjectInPieces::open(text.as_bytes(), "list").expect("a source without errors");
            let mut found = Vec::new();
            for_each_batch(&mut pieces, &mut |batch| found.extend(numbers(batch))).expect("items");
            assert!(found.into_iter().eq(0..i64::try_from(count).expect("few")));
        }
    }

    #[test]
    fn an_error_of_the_source_comes_behind_what_it_gave() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("broken"))
            }
        }
        let (text, whole) = (object(50_000), 49_990);
        let source = text.as_bytes().get(..text.len() - 60).expect("a long text").chain(Broken);
        let mut pieces = ObjectInPieces::open(source, "list").expect("a first piece");
        let mut found = Vec::new();
        let outcome = by_another_thread(&mut pieces, &mut |batch| found.extend(numbers(batch))).expect("a thread");
        assert_eq!(outcome.map_err(|error| error.to_string()), Err("broken".to_owned()));
        assert!(found.len() >= whole, "{} came", found.len());
        assert!(found.into_iter().zip(0..).all(|(found, number)| found == number));
    }
}
