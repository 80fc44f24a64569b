//! Data that is compressed with gzip, zstd or brotli, unpacked within a bound.

use std::io::Read;

use flate2::read::MultiGzDecoder;

use super::{Inner, MARK};
use crate::model::Advice;
use crate::site::{LoadError, magic};

/// The bytes that tell whether data is compressed with brotli, which has no mark of its own.
const LOOK: usize = 4096;

/// Unpacks compressed data; `None` where it is none.
pub(super) fn read(bytes: &[u8], most: usize) -> Option<Result<Inner, LoadError>> {
    if bytes.starts_with(b"\x1F\x8B\x08") {
        return Some(unpack("gzip", MultiGzDecoder::new(bytes), most));
    }
    if bytes.starts_with(b"\x28\xB5\x2F\xFD") {
        return match zstd::stream::read::Decoder::with_buffer(bytes) {
            Ok(decoder) => Some(unpack("zstd", decoder, most)),
            Err(_) => Some(Err(LoadError::other("it", "is zstd data that cannot be unpacked"))),
        };
    }
    is_brotli(bytes).then(|| unpack("brotli", brotli(bytes), most))
}

/// Unpacks data of which a header says how it is compressed, unless that has been undone already.
pub(super) fn read_named(bytes: &[u8], encoding: &str, most: usize) -> Option<Result<Inner, LoadError>> {
    match encoding.trim() {
        "gzip" | "x-gzip" | "zstd" => read(bytes, most),
        "br" if is_brotli(bytes) => Some(unpack("brotli", brotli(bytes), most)),
        "deflate" if magic::is_binary(bytes) => Some(unpack("deflate", flate2::read::ZlibDecoder::new(bytes), most)),
        _ => None,
    }
}

fn brotli(bytes: &[u8]) -> brotli_decompressor::Decompressor<&[u8]> {
    brotli_decompressor::Decompressor::new(bytes, LOOK)
}

/// Whether data that begins as no text does, and is nothing else, unpacks to text.
fn is_brotli(bytes: &[u8]) -> bool {
    let is_odd = |byte: &u8| !byte.is_ascii_whitespace() && !(b' '..=b'~').contains(byte);
    if !bytes.iter().take(8).any(is_odd) || bytes.starts_with(MARK) || magic::name(bytes).is_some() {
        return false;
    }
    let mut start = Vec::new();
    // The end of the look is no damage.
    let outcome = brotli(bytes).take(LOOK as u64).read_to_end(&mut start);
    outcome.is_ok() && !start.is_empty() && !magic::is_binary(&start)
}

fn unpack(name: &str, from: impl Read, most: usize) -> Result<Inner, LoadError> {
    let mut bytes = Vec::new();
    let outcome = from.take(most as u64 + 1).read_to_end(&mut bytes);
    if bytes.len() > most {
        let says = format!("unpacks to more than {} MiB, which is the limit", most >> 20);
        return Err(LoadError::other("it", says).advise(Advice::Config("max_body_mebibytes".to_owned())));
    }
    let note = match outcome {
        Ok(_) => None,
        Err(_) if bytes.is_empty() => {
            return Err(LoadError::other("it", format!("is {name} data that cannot be unpacked")));
        }
        Err(_) => {
            Some(format!("the {name} data is damaged after {} bytes; what comes before that is here", bytes.len()))
        }
    };
    Ok(Inner { bytes, note, status: None })
}
