//! Bytes that are got ready on another thread while those before them are read.

use std::io::{self, Read};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, available_parallelism};

/// The bytes that are got ready at once.
const PIECE: u64 = 1 << 16;
/// The most pieces that wait to be read.
const MOST_READY: usize = 4;

/// Reads a source by way of another thread, which may have taken more of it in the end than was read. `None`, and nothing is
/// read, where there is one processor, or no thread to be had.
pub(super) fn read_ahead<T>(source: &mut (impl Read + Send), read: impl FnOnce(Ahead) -> T) -> Option<T> {
    available_parallelism().ok().filter(|processors| processors.get() > 1)?;
    by_another_thread(source, read)
}

fn by_another_thread<T>(source: &mut (impl Read + Send), read: impl FnOnce(Ahead) -> T) -> Option<T> {
    thread::scope(|scope| {
        let (pieces, ready) = sync_channel(MOST_READY);
        thread::Builder::new().spawn_scoped(scope, move || send_all(source, &pieces)).ok()?;
        Some(read(Ahead { ready, piece: io::Cursor::default() }))
    })
}

/// Sends the source in pieces, to its end, its error, or until nobody reads them.
fn send_all(source: &mut impl Read, pieces: &SyncSender<io::Result<Vec<u8>>>) {
    loop {
        let mut piece = Vec::with_capacity(PIECE as usize);
        let outcome = source.take(PIECE).read_to_end(&mut piece);
        let is_end = piece.is_empty() || outcome.is_err();
        if pieces.send(outcome.map(|_| piece)).is_err() || is_end {
            break;
        }
    }
}

/// The source's bytes as they are got ready.
pub(super) struct Ahead {
    ready: Receiver<io::Result<Vec<u8>>>,
    piece: io::Cursor<Vec<u8>>,
}

impl Read for Ahead {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.piece.read(buffer)?;
        if count > 0 || buffer.is_empty() {
            return Ok(count);
        }
        // Behind the end nothing is sent.
        let Ok(next) = self.ready.recv() else { return Ok(0) };
        self.piece = io::Cursor::new(next?);
        self.piece.read(buffer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes that come three at a time or less, and an error at their end.
    struct Broken(u32);

    impl Read for Broken {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.0 = self.0.checked_sub(1).ok_or_else(|| io::Error::other("broken"))?;
            b"abc".as_slice().read(buffer)
        }
    }

    #[test]
    fn what_is_read_ahead_is_the_source() {
        for length in [0, 1, PIECE - 1, PIECE, PIECE + 1, 9 * PIECE + 5] {
            let bytes: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
            let mut read = Vec::new();
            by_another_thread(&mut &bytes[..], |mut ahead| ahead.read_to_end(&mut read))
                .expect("a thread")
                .expect("bytes");
            assert_eq!(read, bytes);
        }
    }

    #[test]
    fn an_error_comes_behind_whole_pieces_and_who_reads_no_further_waits_for_nobody() {
        let mut read = Vec::new();
        let error =
            by_another_thread(&mut Broken(100_000), |mut ahead| ahead.read_to_end(&mut read)).expect("a thread");
        assert_eq!(error.map_err(|error| error.to_string()), Err("broken".to_owned()));
        assert_eq!((read.len() as u64 % PIECE, read.len() > 200_000), (0, true));
        let mut first = [0; 3];
        let mut endless = io::repeat(7);
        by_another_thread(&mut endless, |mut ahead| ahead.read_exact(&mut first)).expect("a thread").expect("bytes");
        assert_eq!(first, [7; 3]);
    }
}
