//! Tests of the input parser: bytes of terminals, whole and in pieces, and the keys that they mean.

use std::time::{Duration, Instant};

use proptest::collection::vec;
use proptest::prelude::*;

use super::parser::{Parser, Token};
use crate::app::Event;

/// Longer than anything open is kept.
const LONG: Duration = Duration::from_secs(3);

fn name(token: Token) -> String {
    match token {
        Token::Event(Event::Key(key)) => key.name(),
        Token::Event(event) => format!("{event:?}"),
        Token::Background(colour) => format!("{colour:?}"),
        Token::Attributes => "Attributes".to_owned(),
    }
}

fn names(tokens: Vec<Token>) -> String {
    tokens.into_iter().map(name).collect::<Vec<_>>().join(" ")
}

/// The tokens of pieces that come at once, and then nothing more.
fn parse<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> String {
    let (mut parser, now) = (Parser::default(), Instant::now());
    let mut tokens: Vec<Token> = pieces.into_iter().flat_map(|piece| parser.feed(piece, now)).collect();
    tokens.extend(parser.expire(now + LONG));
    names(tokens)
}

/// Checks bytes whole and byte by byte.
fn check(table: &[(&str, &str)]) {
    for (bytes, expected) in table {
        assert_eq!(parse([bytes.as_bytes()]), *expected, "{bytes:?}");
        assert_eq!(parse(bytes.as_bytes().chunks(1)), *expected, "{bytes:?} byte by byte");
    }
}

#[test]
fn characters_and_control_keys() {
    check(&[
        ("jJé漢😀 ", "j J é 漢 😀 space"),
        ("\r\n\t\x7f\x03\x1a\x08", "enter enter tab backspace ctrl-c ctrl-z ctrl-h"),
        ("\0\x1c\x1f", "ctrl-space ctrl-4 ctrl-7"),
        ("\x1b", "esc"),
        ("\x1b\x1b", "esc esc"),
        ("\x1bj\x1bé\x1b\r", "alt-j alt-é alt-enter"),
        ("\x1b\x1bj", "esc alt-j"),
        ("\x1b\x03", "esc ctrl-c"),
        ("\u{85}", ""),
    ]);
}

#[test]
fn named_keys_of_many_terminals() {
    check(&[
        ("\x1b[A\x1b[B\x1b[C\x1b[D\x1b[H\x1b[F", "up down right left home end"),
        ("\x1bOA\x1bOB\x1bOC\x1bOD\x1bOH\x1bOF", "up down right left home end"),
        ("\x1b[1~\x1b[7~\x1b[4~\x1b[8~\x1b[3~\x1b[5~\x1b[6~", "home home end end delete pgup pgdn"),
        ("\x1bOP\x1bOS\x1b[11~\x1b[15~\x1b[17~\x1b[21~\x1b[23~\x1b[24~", "f1 f4 f1 f5 f6 f10 f11 f12"),
        ("\x1b[[A\x1b[[E", "f1 f5"),
        ("\x1b[P\x1b[Q\x1b[S", "f1 f2 f4"),
        ("\x1b[Z\x1b[1;5Z", "shift-tab ctrl-shift-tab"),
        ("\x1bOM\x1bOj\x1bOp\x1bOy\x1bOX", "enter * 0 9 ="),
        ("\x1b[2~\x1b[E", ""),
        // With modifiers: xterm's, rxvt's, the console's.
        ("\x1b[1;5H\x1b[1;2A\x1b[1;3D\x1b[1;8F", "ctrl-home shift-up alt-left ctrl-alt-shift-end"),
        ("\x1b[1;2P\x1b[1;2R\x1b[15;2~\x1b[3;5~\x1b[6;3~", "shift-f1 shift-f3 shift-f5 ctrl-delete alt-pgdn"),
        ("\x1b[7^\x1b[7$\x1b[7@\x1b[a\x1bOb", "ctrl-home shift-home ctrl-shift-home shift-up ctrl-down"),
        ("\x1bO5A\x1bO1;2P", "ctrl-up shift-f1"),
        ("\x1b\x1b[A\x1b\x1bOP", "alt-up alt-f1"),
        ("\x1b[1;9A", ""),
    ]);
}

#[test]
fn keys_of_kittys_protocol_and_of_xterms() {
    check(&[
        ("\x1b[106u\x1b[27u\x1b[13u\x1b[9u\x1b[127u\x1b[32u", "j esc enter tab backspace space"),
        ("\x1b[99;5u\x1b[122;5u\x1b[97;3u", "ctrl-c ctrl-z alt-a"),
        ("\x1b[97;2u\x1b[97:65;2u\x1b[49:33;2u\x1b[49;2u\x1b[32;2u", "A A ! shift-1 space"),
        ("\x1b[106;1:1u\x1b[106;1:2u\x1b[106;1:3u", "j j"),
        ("\x1b[1;1:3A\x1b[1;1:1A\x1b[3;1:3~", "up"),
        ("\x1b[97;;97u\x1b[9;2u\x1b[13;5u", "a shift-tab ctrl-enter"),
        ("\x1b[57399u\x1b[57413u\x1b[57419u\x1b[57358u\x1b[57441;2u", "0 + up"),
        ("\x1b[97;9u\x1b[106;65u", "j"),
        ("\x1b[27;5;99~\x1b[27;2;65~\x1b[27;5;13~", "ctrl-c A ctrl-enter"),
        ("\x1b[4294967295u\x1b[99999999999u\x1b[0u", ""),
    ]);
}

#[test]
fn the_mouse_and_pasted_text() {
    check(&[
        ("\x1b[<0;3;5M\x1b[<0;3;5m", "Click(2, 4) Release"),
        ("\x1b[<32;300;200M\x1b[<64;1;1M\x1b[<65;1;1M", "Drag(299, 199) Wheel(-1, 0) Wheel(1, 0)"),
        ("\x1b[<66;5;7M\x1b[<67;5;7M", "WheelAcross(-1, (4, 6)) WheelAcross(1, (4, 6))"),
        ("\x1b[<1;1;1M\x1b[<2;1;1M\x1b[<35;1;1M\x1b[<128;1;1M", ""),
        ("\x1b[<16;1;1M\x1b[<0;0;0M", "Click(0, 0) Click(0, 0)"),
        ("\x1b[M !!\x1b[M#!!\x1b[M`!!\x1b[M@\"#j", "Click(0, 0) Release Wheel(-1, 0) Drag(1, 2) j"),
        ("\x1b[<0;3Mj", "j"),
        ("\x1b[200~q\x1b[Aé\r\n\x1b[201~j", "Paste(\"q\\u{1b}[Aé\\r\\n\") j"),
        ("\x1b[200~\x1b\x1b[201~", "Paste(\"\\u{1b}\")"),
        ("\x1b[200~endless", ""),
        ("\x1b[200~endless\x03", "ctrl-c"),
        ("\x1b[201~j", "j"),
    ]);
}

#[test]
fn answers_are_no_keys() {
    check(&[
        ("\x1b[?997;1nj\x1b[?2026;2$yj\x1b[?1uj\x1b[<201~j", "j j j j"),
        ("\x1b[24;80Rj\x1b[8;24;80tj\x1b[0nj\x1b[>41;354;0cj\x1b[4;1$yj\x1b[Ij\x1b[Oj", "j j j j j j j"),
        ("\x1b]10;rgb:ffff/ffff/ffff\x1b\\j\x1b]4;1;rgb:0/0/0\x07j\x1b]52;c;cXVpdA==\x07j", "j j j"),
        (
            "\x1bP>|XTerm(390)\x1b\\j\x1bP1+r544e=71\x1b\\j\x1b_Gi=1;OK\x1b\\j\x1b^q\x1b\\j\x1bXq\x07\x1b\\j",
            "j j j j j",
        ),
        ("\x1b]l\x1b\\j\x1b]2;réload\n\x07j", "j j"),
        ("\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\\x1b[?62;22cj", "Rgb(30, 30, 46) Attributes j"),
        ("\x1b]11;rgb:1e/1e/2e\x07\x1b[?6c", "Rgb(30, 30, 46) Attributes"),
    ]);
    let large = format!("\x1b]52;c;{}\x07j\x1b[{}mj", "cXVpdA==".repeat(20_000), "1;".repeat(10_000));
    check(&[(large.as_str(), "j j")]);
}

#[test]
fn what_is_cut_leaves_the_keyboard_alive() {
    let whole =
        ["\x1b[1;5H", "\x1b[?2026;2$y", "\x1b]11;rgb:0/0/0\x1b\\", "\x1bP>|x\x1b\\", "\x1b[<0;1;1M", "\x1bOA", "漢"];
    for bytes in whole.into_iter().chain(["\x1b[200~reload\x1b[201~", "\x1b[[A", "\x1b[M !!"]) {
        for end in 1..bytes.len() {
            let (cut, now) = (&bytes.as_bytes()[..end], Instant::now());
            // Another key sequence, or Ctrl-C, is heard behind whatever was cut.
            assert!(parse([cut, b"\x03"]).ends_with("ctrl-c"), "{cut:?}");
            let mut parser = Parser::default();
            parser.feed(cut, now);
            let deadline = parser.deadline().expect("something is open");
            let before = deadline.checked_sub(Duration::from_nanos(1)).expect("a time");
            assert!(names(parser.expire(before)).is_empty(), "{cut:?}");
            parser.expire(deadline);
            assert_eq!(names(parser.feed(b"q", deadline)), "q", "{cut:?}");
            assert_eq!(parser.deadline(), None);
        }
    }
}

#[test]
fn an_introducer_alone_is_a_key_with_alt() {
    check(&[("\x1b[", "alt-["), ("\x1bO", "alt-O"), ("\x1b]", "alt-]"), ("\x1bP", "alt-P"), ("\x1b_", "alt-_")]);
}

#[test]
fn what_is_open_is_given_up_in_time() {
    let now = Instant::now();
    for (bytes, millis) in [("\x1b", 50), ("\x1b[1", 500), ("\x1b]52;", 500), ("\x1bP\x1b", 500), ("\x1b[200~x", 2000)]
    {
        let mut parser = Parser::default();
        parser.feed(bytes.as_bytes(), now);
        assert_eq!(parser.deadline(), Some(now + Duration::from_millis(millis)), "{bytes:?}");
    }
}

/// Bytes of which many are parts of sequences.
fn noise() -> impl Strategy<Value = Vec<u8>> {
    let part = prop_oneof![
        Just(b"\x1b".to_vec()),
        prop::sample::select(b"[]OPX^_\\;:<?$~Mmu\x07\x9b0123456789".to_vec()).prop_map(|byte| vec![byte]),
        Just(b"\x1b[200~".to_vec()),
        vec(any::<u8>(), 1..4),
    ];
    vec(part, 0..60).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn no_bytes_leave_the_keyboard_dead(bytes in noise(), size in 1_usize..20) {
        let (mut parser, now) = (Parser::default(), Instant::now());
        let pieces: Vec<Token> = bytes.chunks(size).flat_map(|piece| parser.feed(piece, now)).collect();
        let whole = Parser::default().feed(&bytes, now);
        prop_assert_eq!(names(pieces), names(whole), "pieces are as the whole");
        parser.expire(now + LONG);
        prop_assert_eq!(names(parser.feed(b"q", now + LONG)), "q");
    }

    #[test]
    fn ctrl_c_is_heard_at_once_or_in_time(bytes in noise()) {
        let (mut parser, now) = (Parser::default(), Instant::now());
        parser.feed(&bytes, now);
        prop_assert!(names(parser.feed(b"\x03", now)).ends_with("ctrl-c"));
    }
}
