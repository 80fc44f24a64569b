//! The reader against `serde_json`'s on random values, and alone on what is no JSON.

use proptest::prelude::*;
use serde_json::Value as Model;

use super::{Document, Value};

/// The value in `serde_json`'s own form; recursion is fine for the shallow values of these tests.
pub(super) fn model(value: Value) -> Model {
    if value.is_list() {
        value.items().map(model).collect()
    } else if value.is_object() {
        Model::Object(value.pairs().map(|(key, value)| (key.into_owned(), model(value))).collect())
    } else if let Some(text) = value.text() {
        Model::from(text)
    } else if let Some(boolean) = value.boolean() {
        Model::from(boolean)
    } else if let Some(number) = value.number() {
        number.parse::<i64>().map_or_else(|_| Model::from(value.float()), Model::from)
    } else {
        Model::Null
    }
}

pub(super) fn any_json() -> impl Strategy<Value = Model> {
    let leaf = prop_oneof![
        Just(Model::Null),
        any::<bool>().prop_map(Model::from),
        any::<i64>().prop_map(Model::from),
        any::<i32>().prop_map(|number| Model::from(f64::from(number) / 64.0 + 0.001)),
        any::<String>().prop_map(Model::from),
        "[a-z\"\\\\\u{1F600}\n]{0,6}".prop_map(Model::from),
    ];
    leaf.prop_recursive(6, 80, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Model::from),
            prop::collection::vec(("[a-c\"\\\\é]{0,3}", inner), 0..8)
                .prop_map(|pairs| Model::Object(pairs.into_iter().collect())),
        ]
    })
}

/// All non-ASCII characters as `\u` escapes, as many servers send them.
fn escaped(json: &str) -> String {
    let mut out = String::new();
    for c in json.chars() {
        if c.is_ascii() {
            out.push(c);
        } else {
            out.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04X}")));
        }
    }
    out
}

proptest! {
    #[test]
    fn what_is_json_is_read_as_it_is(json in any_json()) {
        for text in [json.to_string(), format!(" {json:#}\n"), escaped(&json.to_string())] {
            let document = Document::read(text.as_bytes());
            prop_assert_eq!(document.damage(), None, "{}", text);
            prop_assert_eq!(&model(document.root()), &json);
        }
    }

    #[test]
    fn a_cut_text_keeps_its_beginning(json in any_json(), cut in any::<prop::sample::Index>()) {
        let text = Model::from(vec![Model::from("first"), json, Model::from("last")]).to_string();
        let end = cut.index(text.len());
        let document = Document::read(&text.as_bytes()[..end]);
        prop_assert!(document.damage().is_some());
        _ = model(document.root());
        if end >= "[\"first\"".len() {
            let first = document.root().items().next().and_then(Value::text);
            prop_assert_eq!(first.as_deref(), Some("first"));
        }
    }

    #[test]
    fn noise_is_survived(bytes in prop::collection::vec(any::<u8>(), 0..200), text in "[\\[\\]{}:,\"\\\\u0-9a-f .eE+-]{0,80}") {
        for bytes in [bytes.as_slice(), text.as_bytes()] {
            let document = Document::read(bytes);
            let agreed = serde_json::from_slice::<Model>(bytes);
            _ = model(document.root());
            prop_assert!(agreed.is_err() || document.damage().is_none());
        }
    }
}

fn root_of(text: &str) -> Model {
    model(Document::read(text.as_bytes()).root())
}

#[test]
fn accessors_say_what_is_there() {
    let document =
        Document::read(br#"{"a":1,"b":"x\ud83d\ude00","c":[true,null],"a":2.75,"d":99999999999999999999,"e":-1e400}"#);
    let root = document.root();
    assert_eq!((root.get("a").integer(), root.get("a").float()), (Some(2), Some(2.75)));
    assert_eq!(root.get("b").text().as_deref(), Some("x\u{1F600}"));
    assert_eq!((root.get("d").integer(), root.get("e").integer()), (Some(i64::MAX), Some(i64::MIN)));
    assert_eq!(root.get("c").items().filter(|item| item.boolean() == Some(true)).count(), 1);
    assert!(root.get("c").is_list() && root.is_object() && root.get("none").get("deeper").is_null());
    assert_eq!((root.get("b").integer(), root.get("a").text(), root.items().count()), (None, None, 0));
}

#[test]
fn damage_has_a_place_and_what_came_before_it_stays() {
    for (text, kept, place) in [
        ("", "null", (1, 1)),
        ("[1,\n 2, x]", "[1,2]", (2, 5)),
        (r#"{"a":1,"b"#, r#"{"a":1}"#, (1, 10)),
        (r#"{"a":1,"b":"cut of"#, r#"{"a":1,"b":"cut of"}"#, (1, 19)),
        (r#"{"a":1,"b": tru"#, r#"{"a":1}"#, (1, 13)),
        ("[[1],[2,3", "[[1],[2]]", (1, 9)),
        ("[1 2]", "[1]", (1, 4)),
        ("[1} ", "[1]", (1, 3)),
        ("{} {}", "{}", (1, 4)),
        ("<html>", "null", (1, 1)),
    ] {
        let document = Document::read(text.as_bytes());
        assert_eq!(model(document.root()).to_string(), kept, "{text}");
        assert_eq!(document.damage(), Some(place), "{text}");
    }
}

#[test]
fn odd_strings_are_read_all_the_same() {
    assert_eq!(root_of(r#""\ud83d!\ude00\q\u12""#), Model::from("\u{FFFD}!\u{FFFD}q\u{FFFD}12"));
    assert_eq!(root_of("[\"a\nb\",]"), Model::from(vec!["a\nb"]));
    assert_eq!(model(Document::read(b"\xEF\xBB\xBF[\"\xFF\"]").root()), Model::from(vec!["\u{FFFD}"]));
}

#[test]
fn a_series_is_read_value_by_value() {
    for (text, kept, place) in [
        ("{\"a\":1}\n[2] 3", "{\"a\":1} [2] 3", None),
        ("[1][2", "[1] []", Some((1, 5))),
        ("[1]\n<html>", "[1]", Some((2, 1))),
        ("  ", "", None),
    ] {
        let document = Document::read(text.as_bytes());
        let roots: Vec<String> = document.roots().map(|root| model(root).to_string()).collect();
        assert_eq!((roots.join(" ").as_str(), document.damage_of_series()), (kept, place), "{text}");
    }
}

#[test]
fn what_damage_cut_is_not_whole() {
    for (text, whole) in [
        ("[[1],[2],[3,", vec![true, true, false]),
        ("[[1],{\"a\":[2]},{\"a\":[3]", vec![true, true, false]),
        ("[[1],[2]", vec![true, true]),
        ("[[1],[2]]", vec![true, true]),
    ] {
        let document = Document::read(text.as_bytes());
        assert_eq!(document.root().items().map(Value::is_whole).collect::<Vec<_>>(), whole, "{text}");
        assert_eq!(document.root().is_whole(), text.ends_with("]]"), "{text}");
    }
}

#[test]
fn fields_of_any_type_are_read_as_far_as_they_make_sense() {
    let document = Document::read(
        br#"[1, -2, 2.6, "7", "x", null, 18446744073709551615, true, "2024-03-01T10:00:00.5Z", "2024-03-01T10:00:00", [1]]"#,
    );
    let items = || document.root().items();
    let (none, most) = (None, Some(i64::MAX));
    assert_eq!(
        items().map(Value::whole).collect::<Vec<_>>(),
        [Some(1), Some(-2), Some(3), Some(7), none, none, most, none, none, none, none]
    );
    assert_eq!(
        items().skip(7).map(Value::moment).collect::<Vec<_>>(),
        [none, Some(1_709_287_200), Some(1_709_287_200), none]
    );
    let item = |place: usize| items().nth(place).unwrap_or(document.root());
    assert_eq!(
        (item(6).score(), item(1).score(), item(1).count(), item(1).id()),
        (Some(i32::MAX), Some(-2), None, None)
    );
    assert_eq!((item(0).count(), item(3).id(), item(7).is_true(), item(0).is_true()), (Some(1), Some(7), true, false));
    let words: Vec<_> = items().take(6).map(|item| item.words().unwrap_or_default()).collect();
    assert_eq!(words, ["1", "-2", "", "7", "x", ""]);
    let object = Document::read(br#"{"a":null,"b":" x  y ","c":""}"#);
    let root = object.root();
    assert_eq!(root.any(&["none", "a", "b"]).line().as_deref(), Some("x y"));
    assert!(root.any(&["none", "a"]).is_null() && root.get("c").line().is_none() && object.damage_note().is_none());
    let said = Document::read(b"{").damage_note();
    assert_eq!(said.as_deref(), Some("The JSON is damaged at line 1, column 2; what comes before that is here"));
}

fn below(value: Value<'_>) -> Option<Value<'_>> {
    value.items().next().or_else(|| value.pairs().next().map(|(_, value)| value))
}

#[test]
fn depth_is_no_matter() {
    const LEVELS: usize = 200_000;
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let text = format!("{}1{}", open.repeat(LEVELS), close.repeat(LEVELS));
        let document = Document::read(text.as_bytes());
        assert_eq!(document.damage(), None);
        let levels = std::iter::successors(Some(document.root()), |value| below(*value)).count();
        assert_eq!(levels, LEVELS + 1);
        let cut = Document::read(&text.as_bytes()[..text.len() / 2]);
        assert!(cut.damage().is_some());
    }
}
