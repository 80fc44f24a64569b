//! The output of a program in a pseudo-terminal.

use std::io::Read;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Instant;

/// What comes from a terminal, with the time of each part.
pub(crate) fn output(mut reader: Box<dyn Read + Send>) -> Receiver<(Instant, Vec<u8>)> {
    let (sender, output) = channel();
    thread::spawn(move || {
        let mut chunk = vec![0; 65536];
        while let Ok(count @ 1..) = reader.read(&mut chunk) {
            if sender.send((Instant::now(), chunk[..count].to_vec())).is_err() {
                return;
            }
        }
    });
    output
}
