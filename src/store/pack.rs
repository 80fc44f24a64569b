//! Packed bytes: compressed, with a checksum, so that damage which `SQLite` does not see is noticed.

use zstd::bulk::{Compressor, Decompressor};
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
    let damaged = || StoreError::new(Trouble::Damaged, "a part of it does not fit its checksum");
    let (length, frame) = packed.split_first_chunk().ok_or_else(damaged)?;
    let length = Some(u32::from_le_bytes(*length)).filter(|length| *length <= MOST).ok_or_else(damaged)?;
    let mut decompressor = Decompressor::with_dictionary(DICTIONARY.as_bytes())?;
    let bytes = decompressor.decompress(frame, length as usize).map_err(|_| damaged())?;
    if bytes.len() == length as usize { Ok(bytes) } else { Err(damaged()) }
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
            for place in 0..packed.len() {
                let mut damaged = packed.clone();
                damaged[place] ^= 0x10;
                assert!(unpack(&damaged).map_or(true, |unpacked| unpacked == bytes), "{place}");
            }
            assert!(unpack(&packed[..packed.len() - 1]).is_err());
        }
        assert!(unpack(b"").is_err());
    }
}
