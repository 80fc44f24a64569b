//! Mutation: an input made of others, by damage that parsers meet and by pieces of the format at hand.

use crate::support::random::Rng;

/// The most bytes of an input.
const MOST: usize = 1 << 16;
/// The most bytes of a piece that is moved or repeated.
const PIECE: usize = 2048;
/// Signs at which pieces of most formats begin and end.
const BORDERS: &[u8] = b"{}[]()<>\"'`,;:=&\n ";

/// Numbers at which arithmetic goes wrong.
const NUMBERS: [&str; 14] = [
    "0",
    "-1",
    "1",
    "255",
    "65536",
    "2147483648",
    "-2147483649",
    "4294967296",
    "9223372036854775807",
    "-9223372036854775808",
    "99999999999999999999",
    "1e300",
    "0.5",
    "0000000000000000000001",
];

/// Texts that are hard on any reader of text.
const TEXTS: [&[u8]; 20] = [
    b"\0",
    b"\x1b[31m",
    b"\x1b]52;c;x\x07",
    b"\xff",
    b"\xc3",
    b"\xed\xa0\x80",
    b"\r\n",
    b"\\u0000",
    b"\\ud83d",
    b"&#x202e;",
    b"&lt;",
    "\u{202e}".as_bytes(),
    "\u{200b}".as_bytes(),
    "\u{feff}".as_bytes(),
    "e\u{301}\u{301}".as_bytes(),
    "漢字".as_bytes(),
    "👩‍👩‍👧".as_bytes(),
    "\u{a0}".as_bytes(),
    "\u{85}".as_bytes(),
    "ẞİ".as_bytes(),
];

/// An input made of one of `from`, and of pieces of others; `tokens` are words of its format.
pub(super) fn mutated(rng: &mut Rng, from: &[Vec<u8>], tokens: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = rng.pick(from).clone();
    // Now a scratch, now a wreck.
    let most = *rng.pick(&[2, 4, 16]);
    for _ in 0..=rng.below(most) {
        match rng.below(12) {
            0 => flip(rng, &mut bytes),
            1 => overwrite(rng, &mut bytes),
            2..5 if !tokens.is_empty() => {
                let token = rng.pick(tokens);
                insert(rng, &mut bytes, token);
            }
            5 => {
                let text = rng.pick(&TEXTS);
                insert(rng, &mut bytes, text);
            }
            6 => number(rng, &mut bytes),
            7 => {
                let (start, end) = piece(rng, &bytes);
                bytes.drain(start..end);
            }
            8 => repeat(rng, &mut bytes),
            9 => {
                let other = rng.pick(from);
                let (start, end) = piece(rng, other);
                insert(rng, &mut bytes, &other[start..end]);
            }
            10 if rng.chance(30) => bytes.truncate(rng.below(bytes.len() + 1)),
            10 => splice(rng, &mut bytes, from),
            _ => swap(rng, &mut bytes),
        }
        bytes.truncate(MOST);
    }
    bytes
}

fn flip(rng: &mut Rng, bytes: &mut [u8]) {
    if !bytes.is_empty() {
        let at = rng.below(bytes.len());
        bytes[at] ^= 1 << rng.below(8);
    }
}

fn overwrite(rng: &mut Rng, bytes: &mut [u8]) {
    if !bytes.is_empty() {
        let at = rng.below(bytes.len());
        bytes[at] = if rng.chance(50) { rng.byte() } else { *rng.pick(BORDERS) };
    }
}

fn insert(rng: &mut Rng, bytes: &mut Vec<u8>, piece: &[u8]) {
    let at = border(rng, bytes);
    bytes.splice(at..at, piece.iter().copied());
}

/// Puts another number in the place of one.
fn number(rng: &mut Rng, bytes: &mut Vec<u8>) {
    let from = rng.below(bytes.len() + 1);
    let Some(start) = bytes[from..].iter().position(u8::is_ascii_digit).map(|at| from + at) else { return };
    let length = bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    bytes.splice(start..start + length, rng.pick(&NUMBERS).bytes());
}

/// Puts a piece there several times more, now and then so often that depth and length count.
fn repeat(rng: &mut Rng, bytes: &mut Vec<u8>) {
    let (start, end) = piece(rng, bytes);
    let times = *rng.pick(&[1, 1, 2, 3, 8, 40, 300]);
    let copies = bytes[start..end].repeat(times.min(PIECE * 8 / (end - start).max(1)));
    bytes.splice(end..end, copies);
}

/// Goes on as another does from some place on.
fn splice(rng: &mut Rng, bytes: &mut Vec<u8>, from: &[Vec<u8>]) {
    let other = rng.pick(from);
    let (here, there) = (border(rng, bytes), border(rng, other));
    bytes.truncate(here);
    bytes.extend_from_slice(&other[there..]);
}

fn swap(rng: &mut Rng, bytes: &mut Vec<u8>) {
    let (start, end) = piece(rng, bytes);
    let taken: Vec<u8> = bytes.drain(start..end).collect();
    insert(rng, bytes, &taken);
}

/// A place in the bytes: any one, or one behind a border.
fn border(rng: &mut Rng, bytes: &[u8]) -> usize {
    let at = rng.below(bytes.len() + 1);
    let next = bytes[at..].iter().take(PIECE).position(|byte| BORDERS.contains(byte));
    if rng.chance(25) { at } else { next.map_or(at, |next| at + next + usize::from(rng.chance(50))) }
}

/// A piece of the bytes, most often from one border to another.
fn piece(rng: &mut Rng, bytes: &[u8]) -> (usize, usize) {
    let start = border(rng, bytes);
    let length = *rng.pick(&[1, 4, 16, 64, 256, PIECE]);
    let end = start + rng.below((bytes.len() - start).min(length) + 1);
    let next = bytes[end..].iter().take(64).position(|byte| BORDERS.contains(byte));
    (start, if rng.chance(25) { end } else { next.map_or(end, |next| end + next) })
}
