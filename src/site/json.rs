//! Lenient reading of JSON for Lobsters, which alone still reads by slots and not by `value`: a wrong type loses that field
//! alone, and damage only what stands behind it.
//!
//! Values go straight into slots as the parser meets them. What nobody asks for is skipped without recursion, however
//! deep it is.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// A value that is neither list nor object; `Nothing` is `null`, and what stands where something else was expected.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::site) enum Scalar {
    #[default]
    Nothing,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
}

impl Scalar {
    /// The text, or an empty one.
    pub(in crate::site) fn text(&self) -> &str {
        if let Self::Text(text) = self { text } else { "" }
    }

    /// The text, unless it is empty or none.
    pub(in crate::site) fn filled(&self) -> Option<&str> {
        Some(self.text()).filter(|text| !text.trim().is_empty())
    }

    /// The whole number, also from a float or a text.
    pub(in crate::site) fn int(&self) -> Option<i64> {
        match self {
            Self::Int(number) => Some(*number),
            Self::Float(number) => Some(number.round() as i64),
            Self::Text(text) => text.trim().parse().ok(),
            Self::Nothing | Self::Bool(_) => None,
        }
    }

    /// The whole number, kept within the range of scores.
    pub(in crate::site) fn score(&self) -> Option<i32> {
        self.int().map(|number| number.clamp(i32::MIN.into(), i32::MAX.into()) as i32)
    }

    /// The whole number as a count; none below 0.
    pub(in crate::site) fn count(&self) -> Option<u32> {
        self.int().and_then(|number| u32::try_from(number).ok())
    }

    /// Whether it is `true`.
    pub(in crate::site) fn is_true(&self) -> bool {
        *self == Self::Bool(true)
    }

    /// The moment that an RFC 3339 text names, in seconds since 1970 UTC.
    pub(in crate::site) fn moment(&self) -> Option<i64> {
        self.text().parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_second)
    }
}

/// What takes a value; the forms that it does not expect are read past.
pub(in crate::site) trait Sink<'de>: Sized {
    /// Takes a value that is neither list nor object.
    fn scalar(self, _value: Scalar) {}

    /// Takes a list.
    fn seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    /// Takes an object.
    fn map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(())
    }
}

impl Sink<'_> for &mut Scalar {
    fn scalar(self, value: Scalar) {
        *self = value;
    }
}

/// A record that takes its fields by name.
pub(in crate::site) trait Fields {
    /// Takes the value of one field: `map.next_value_seed(Any(slot))`, or [`skip`].
    fn field<'de, A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error>;
}

/// Reads past the value of a field that nobody asks for.
pub(in crate::site) fn skip<'de, A: MapAccess<'de>>(map: &mut A) -> Result<(), A::Error> {
    map.next_value::<IgnoredAny>().map(drop)
}

/// Fills a record from an object.
pub(in crate::site) struct Object<'t, T>(pub(in crate::site) &'t mut T);

impl<'de, T: Fields> Sink<'de> for Object<'_, T> {
    fn map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            self.0.field(&name, &mut map)?;
        }
        Ok(())
    }
}

/// Fills records from a list of objects. One that damage cuts short is left out.
pub(in crate::site) struct List<'t, T>(pub(in crate::site) &'t mut Vec<T>);

impl<'de, T: Fields + Default> Sink<'de> for List<'_, T> {
    fn seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        loop {
            let mut item = T::default();
            if seq.next_element_seed(Any(Object(&mut item)))?.is_none() {
                return Ok(());
            }
            self.0.push(item);
        }
    }
}

/// A user's name: a string, or an object with a `username`.
pub(in crate::site) struct UserName<'t>(pub(in crate::site) &'t mut Scalar);

impl<'de> Sink<'de> for UserName<'_> {
    fn scalar(self, value: Scalar) {
        *self.0 = value;
    }

    fn map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            if name == "username" {
                map.next_value_seed(Any(&mut *self.0))?;
            } else {
                skip(&mut map)?;
            }
        }
        Ok(())
    }
}

/// Reads any value into a sink.
pub(in crate::site) struct Any<S>(pub(in crate::site) S);

impl<'de, S: Sink<'de>> DeserializeSeed<'de> for Any<S> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, S: Sink<'de>> Visitor<'de> for Any<S> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any value")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.0.scalar(Scalar::Bool(value));
        Ok(())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.0.scalar(Scalar::Int(value));
        Ok(())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.0.scalar(Scalar::Int(i64::try_from(value).unwrap_or(i64::MAX)));
        Ok(())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.0.scalar(Scalar::Float(value));
        Ok(())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        self.0.scalar(Scalar::Text(value.to_owned()));
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<(), A::Error> {
        self.0.seq(seq)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        self.0.map(map)
    }
}

/// Fills a record from JSON as far as that can be read; where it cannot, a note on the place of the damage.
pub(in crate::site) fn read<T: Fields>(bytes: &[u8], record: &mut T) -> Option<String> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}');
    let outcome = Any(Object(record)).deserialize(&mut serde_json::Deserializer::from_str(text));
    let error = outcome.err()?;
    let place = format!("line {}, column {}", error.line(), error.column());
    Some(format!("The JSON is damaged at {place}; what stands before that is here"))
}

/// An address that may be opened, with nothing in it that could harm a terminal; else an empty text.
pub(in crate::site) fn address(text: &str) -> String {
    let url = url::Url::parse(text.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    url.map(String::from).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Record {
        name: Scalar,
        user: Scalar,
        inner: Vec<Record>,
    }

    impl Fields for Record {
        fn field<'de, A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
            match name {
                "name" => map.next_value_seed(Any(&mut self.name)),
                "user" => map.next_value_seed(Any(UserName(&mut self.user))),
                "inner" => map.next_value_seed(Any(List(&mut self.inner))),
                _ => skip(map),
            }
        }
    }

    fn record(json: &str) -> (Record, Option<String>) {
        let mut record = Record::default();
        let damage = read(json.as_bytes(), &mut record);
        (record, damage)
    }

    #[test]
    fn a_wrong_type_loses_that_field_alone() {
        for wrong in ["null", "true", "-7", "1.5", "\"x\"", "[1,{\"a\":[]}]", "{\"b\":[{}]}"] {
            let json = format!(
                "{{\"name\":\"n\",\"inner\":{wrong},\"other\":{wrong},\"user\":{{\"username\":\"u\",\"x\":{wrong}}}}}"
            );
            let (record, damage) = record(&json);
            assert_eq!((record.name.text(), record.user.text(), damage), ("n", "u", None), "{wrong}");
        }
    }

    #[test]
    fn depth_is_no_matter() {
        let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
        for name in ["name", "user", "inner", "other"] {
            let (record, damage) = record(&format!("{{\"{name}\":{deep},\"user\":\"u\"}}"));
            assert_eq!((record.user.text(), damage), ("u", None), "{name}");
        }
    }

    #[test]
    fn damage_loses_what_stands_behind_it() {
        let (record, damage) = record("{\"name\":\"n\",\"inner\":[{\"name\":\"a\"},{\"name\":\"b\"");
        assert_eq!((record.name.text(), record.inner.len()), ("n", 1));
        let note = damage.unwrap_or_default();
        assert!(note.starts_with("The JSON is damaged at line 1, column "), "{note}");
    }

    #[test]
    fn numbers_of_all_kinds() {
        let number = |json: &str| record(&format!("{{\"name\":{json}}}")).0.name;
        let numbers = ["1", "-2", "2.6", "\"7\"", "\"x\"", "null", "18446744073709551615", "true"].map(number);
        let whole: Vec<Option<i64>> = numbers.iter().map(Scalar::int).collect();
        let expected = [Some(1), Some(-2), Some(3), Some(7), None, None, Some(i64::MAX), None];
        assert_eq!(whole, expected);
        assert_eq!(numbers[6].score(), Some(i32::MAX));
        assert_eq!((numbers[1].count(), numbers[0].count()), (None, Some(1)));
    }
}
