//! Texts that are read in pieces, against the same read as one document: of any damage, in pieces of any size.

use std::borrow::Cow;
use std::io::{self, Read};

use proptest::prelude::*;
use serde_json::Value as Model;

use super::ObjectInPieces;
use crate::site::json::tests::{any_json, model};
use crate::site::json::{Document, Value, for_each_batch};

/// A source that gives so many bytes at a time.
struct Slow<'b>(&'b [u8], usize);

impl Read for Slow<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let most = self.1.min(into.len());
        self.0.read(&mut into[..most])
    }
}

/// The pairs of an object, with an empty list in place of the long one.
fn pairs(root: Value<'_>) -> Vec<(String, Model)> {
    let pair = |(key, value): (Cow<'_, str>, Value<'_>)| match &*key {
        "list" if value.is_list() => (String::from("list"), Model::Array(Vec::new())),
        key => (key.to_owned(), model(value)),
    };
    root.pairs().map(pair).collect()
}

fn check(bytes: &[u8], size: usize) {
    let text = String::from_utf8_lossy(bytes);
    let mut pieces = ObjectInPieces::open(Slow(bytes, size), "list").expect("a source without errors");
    let mut items = Vec::new();
    for_each_batch(&mut pieces, &mut |batch| {
        if batch.begins {
            items.clear();
        }
        items.extend(batch.items().map(model));
    })
    .expect("a source without errors");
    let rest = pieces.rest();
    if !rest.root().get("list").is_list() {
        items.clear();
    }
    let whole = Document::read(bytes);
    let list = whole.root().get("list");
    assert_eq!(items, list.items().filter(|item| item.is_whole()).map(model).collect::<Vec<_>>(), "{text:?} {size}");
    assert_eq!(pairs(rest.root()), pairs(whole.root()), "{text:?} {size}");
    assert_eq!(pieces.damage, whole.damage(), "{text:?} {size}");
}

fn check_all(bytes: &[u8]) {
    for size in [1, 2, 3, 7, usize::MAX] {
        check(bytes, size);
    }
}

#[test]
fn what_is_damaged_or_odd_is_read_as_in_one_document() {
    for text in [
        r#"{"a":1,"list":[{"b":[1,{"c":2}]},2,"x"],"d":"e"}"#,
        "{\"list\":[1,\n 2,\n],}\n",
        r#"{"list":[1],"list":[2,3]}"#,
        r#"{"list":[1],"list":null}"#,
        r#"{"list":[1],"list":"cut"#,
        r#"{"list":[1],"list":[2"#,
        r#"{"list":[1],"list":tru"#,
        r#"{"l\u0069st":[1,"cut"#,
        r#"{"list":[1,[2,"cut"#,
        r#"{"list":[1 2],"a":3}"#,
        r#"{"list":[1,,2],"a":3}"#,
        r#"{"list":[1,12x],"a":3}"#,
        r#"{"list":[12"#,
        r#"{"list":[1e,2]}"#,
        r#"{"list":[1},"a":2}"#,
        r#"{"a":{"list":[1]},"list":5}"#,
        r#"{"a":1,,"list":[1]}"#,
        r#"{"a":1 "list":[1]}"#,
        r#"{"a":12x,"list":[1]}"#,
        r#"{"a":[1,{"b":2},x],"list":[1]}"#,
        r#"{"a":1,]"#,
        r#"{"a" 1}"#,
        r#"{"a":}"#,
        r#"{"a":1,"list":[1]} {"list":[2]}"#,
        r#"{"list":[1]} x"#,
        "{",
        "{}",
        " {\"a\":nul",
        "\u{FEFF}{\"é\":\"漢\",\n\"list\":[\"é\u{1F600}\",x]}",
    ] {
        check_all(text.as_bytes());
    }
    check_all(b"{\"list\":[\"a\xE6\xBC\",\"\xFF\xE6\"],\"b\":\"\xF0\x9F\x98");
}

#[test]
fn depth_is_no_matter() {
    const LEVELS: usize = 100_000;
    for end in [LEVELS, LEVELS / 2] {
        let text = format!("{{\"list\":[{}1{}]}}", "[".repeat(LEVELS), "]".repeat(end));
        let mut pieces = ObjectInPieces::open(text.as_bytes(), "list").expect("a source without errors");
        let mut items = 0;
        for_each_batch(&mut pieces, &mut |batch| items += batch.items().count()).expect("a source without errors");
        assert_eq!((items, pieces.damage.is_none()), if end == LEVELS { (1, true) } else { (0, false) });
    }
}

#[test]
fn an_error_of_the_source_is_handed_on() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("broken"))
        }
    }
    let mut pieces = ObjectInPieces::open(b"{\"list\":[1,".chain(Broken), "list").expect("a first piece");
    let mut items = 0;
    assert!(for_each_batch(&mut pieces, &mut |batch| items += batch.items().count()).is_err());
    assert_eq!(items, 1);
}

proptest! {
    #[test]
    fn any_cut_and_any_byte_is_read_as_in_one_document(
        items in prop::collection::vec(any_json(), 0..4),
        other in any_json(),
        cut in any::<prop::sample::Index>(),
        place in any::<prop::sample::Index>(),
        byte in any::<u8>(),
        size in 1..40_usize,
    ) {
        let text = serde_json::json!({ "a": other, "list": items, "z": 1 }).to_string().into_bytes();
        check(&text, size);
        let mut changed = text.clone();
        *place.get_mut(&mut changed[1..]) = byte;
        check(&changed, size);
        check(&text[..=cut.index(text.len())], size);
    }

    #[test]
    fn noise_is_read_as_in_one_document(
        noise in "(\"list\":|\\[|\\]|\\{|\\}|,|:|\"a\"|\"|\\\\|tru|null|12|-|e| |\n|é){0,30}",
        size in 1..8_usize,
    ) {
        check(format!("{{{noise}").as_bytes(), size);
        check(format!("{{\"list\":[{noise}").as_bytes(), size);
    }
}
