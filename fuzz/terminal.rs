//! Bytes of a terminal: however they are cut they mean the same, and the keyboard stays alive behind them.

use std::time::{Duration, Instant};

use lurker::app::{Event, Key};
use lurker::shell::input::parser::{Parser, Token};

use super::engine::shape;

pub(super) const TOKENS: &[&str] = &[
    "\x1b",
    "\x1b[",
    "\x1bO",
    "\x1b]",
    "\x1bP",
    "\x1b\\",
    "\x07",
    "\x1b[200~",
    "\x1b[201~",
    "\x1b[<0;3;5M",
    "\x1b[M !!",
    "\x1b[1;5A",
    "\x1b[106;5u",
    "\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\",
    "\x1b[?62;22c",
    "\x03",
    "\x18",
    "\u{9b}",
    "é",
    "漢",
    "😀",
    "~",
];

/// How bytes may be cut: the first byte of an input says where.
pub(super) fn seeds() -> Vec<Vec<u8>> {
    let keys = [
        "jJé漢😀 \r\n\t\x7f\x03\x1a\x08",
        "\x1b[A\x1b[1;5H\x1b[15;2~\x1b[3^\x1bOP\x1b[[A\x1b[Z",
        "\x1b[97:65;2u\x1b[106;1:3u\x1b[27;5;99~",
    ];
    let mouse = ["\x1b[<0;3;5M\x1b[<64;1;1M\x1b[<32;300;200M\x1b[M !!\x1b[M`!!", "\x1b[200~q\x1b[Aé\r\n\x1b[201~j"];
    let answers = [
        "\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\\x1b[?62;22cj",
        "\x1b]52;c;cXVpdA==\x07\x1bP>|XTerm(390)\x1b\\\x1b_Gi=1;OK\x1b\\\x1b[?2026;2$y",
    ];
    let all = keys.into_iter().chain(mouse).chain(answers).enumerate();
    all.map(|(number, bytes)| [&[number as u8], bytes.as_bytes()].concat()).collect()
}

fn name(token: Token) -> String {
    match token {
        Token::Event(Event::Key(key)) => {
            assert_eq!(Key::parse(&key.name()), Some(key), "{key:?}");
            key.name()
        }
        Token::Event(event) => format!("{event:?}"),
        other => format!("{other:?}"),
    }
}

pub(super) fn check(bytes: &[u8]) -> u64 {
    let [cut, bytes @ ..] = bytes else { return 0 };
    let now = Instant::now();
    let whole: Vec<String> = Parser::default().feed(bytes, now).into_iter().map(name).collect();
    let (mut parser, mut pieces, mut rest, mut length) = (Parser::default(), Vec::new(), bytes, usize::from(*cut));
    while !rest.is_empty() {
        length = (length * 5 + 3) % 23;
        let (piece, behind) = rest.split_at((1 + length).min(rest.len()));
        pieces.extend(parser.feed(piece, now).into_iter().map(name));
        rest = behind;
    }
    assert_eq!(pieces, whole, "pieces are as the whole");
    let kinds = whole.iter().map(|name| name.split(['(', '-']).next().unwrap_or_default().len());
    let shape = shape((kinds.take(3).collect::<Vec<_>>(), whole.len().checked_ilog2(), parser.deadline().is_some()));
    // Nothing more comes, and then a key: it is heard.
    let later = now + Duration::from_secs(3);
    parser.expire(later);
    assert_eq!(parser.deadline(), None);
    assert_eq!(parser.feed(b"q", later).into_iter().map(name).collect::<Vec<_>>(), ["q"]);
    shape
}
