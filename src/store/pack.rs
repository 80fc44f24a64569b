//! Packed bytes: compressed, with a checksum, so that damage which `SQLite` does not see is noticed.

use std::io::{self, Read};

use zstd::bulk::Compressor;
use zstd::stream::read::Decoder;
use zstd::zstd_safe::CParameter;

use super::dictionary::DICTIONARY;
use super::{Result, StoreError, Trouble};

const LEVEL: i32 = 3;

/// The most bytes that are unpacked.
const MOST: u32 = 1 << 30;

/// Compresses bytes, behind their number.
pub(super) fn pack(bytes: &[u8]) -> Result<Vec<u8>> {
    let length = u32::try_from(bytes.len()).ok().filter(|length| *length <= MOST);
    let length = length.ok_or_else(|| StoreError::new(Trouble::Other, "it is larger than 1 GiB"))?;
    let mut compressor = Compressor::with_dictionary(LEVEL, DICTIONARY.as_bytes())?;
    compressor.set_parameter(CParameter::ChecksumFlag(true))?;
    let mut packed = length.to_le_bytes().to_vec();
    packed.extend(compressor.compress(bytes)?);
    Ok(packed)
}

/// The bytes that were packed.
///
/// # Errors
/// They are damaged.
pub(super) fn unpack(packed: &[u8]) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    Unpacking::of(packed)?.read_to_end(&mut bytes).map_err(|_| damaged())?;
    Ok(bytes)
}

/// Packed bytes that are unpacked as they are read, so that they are never in memory whole. Damage is an error at the end
/// at the latest; before that, what was read may be wrong.
pub(super) struct Unpacking<'p> {
    decoder: Decoder<'static, &'p [u8]>,
    left: usize,
}

impl<'p> Unpacking<'p> {
    /// Begins to unpack.
    ///
    /// # Errors
    /// The beginning is damaged.
    pub(super) fn of(packed: &'p [u8]) -> Result<Self> {
        let (length, frame) = packed.split_first_chunk().ok_or_else(damaged)?;
        let length = Some(u32::from_le_bytes(*length)).filter(|length| *length <= MOST).ok_or_else(damaged)?;
        let decoder = Decoder::with_dictionary(frame, DICTIONARY.as_bytes())?;
        Ok(Self { decoder, left: length as usize })
    }

    /// Unpacks what was not asked for.
    ///
    /// # Errors
    /// They are damaged.
    pub(super) fn finish(mut self) -> Result<()> {
        io::copy(&mut self, &mut io::sink()).map_err(|_| damaged())?;
        Ok(())
    }
}

impl Read for Unpacking<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.decoder.read(buffer)?;
        let is_end = count == 0 && !buffer.is_empty();
        match self.left.checked_sub(count) {
            Some(left) if left == 0 || !is_end => self.left = left,
            _ => return Err(io::Error::new(io::ErrorKind::InvalidData, damaged())),
        }
        Ok(count)
    }
}

fn damaged() -> StoreError {
    StoreError::new(Trouble::Damaged, "a part of it does not fit its checksum")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_unpacked_and_damage_is_noticed() {
        let bytes: Vec<u8> = (0..5000_u32).flat_map(|number| (number / 7 % 251).to_le_bytes()).collect();
        for bytes in [&bytes[..], b"", b"one"] {
            let packed = pack(bytes).expect("packed");
            assert_eq!(unpack(&packed).expect("whole"), bytes);
            Unpacking::of(&packed).expect("a beginning").finish().expect("whole");
            for place in 0..packed.len() {
                let mut damaged = packed.clone();
                damaged[place] ^= 0x10;
                assert!(unpack(&damaged).map_or(true, |unpacked| unpacked == bytes), "{place}");
                let finished = Unpacking::of(&damaged).and_then(Unpacking::finish);
                assert_eq!(finished.is_ok(), unpack(&damaged).is_ok(), "{place}");
            }
            assert!(unpack(&packed[..packed.len() - 1]).is_err());
        }
        assert!(unpack(b"").is_err());
    }
}
