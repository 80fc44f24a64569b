//! Fields as most sites read them, leniently: a wrong type counts as no value.

use std::borrow::Cow;

use super::{Document, MISSING, Value};
use crate::markup;
use crate::site::moment::moment;
use crate::site::web;

impl Document<'_> {
    /// The place of the damage, in words, if there is any.
    pub(in crate::site) fn damage_place(&self) -> Option<String> {
        self.damage().map(in_words)
    }

    /// The place of the damage in a series of values, in words, if there is any.
    pub(in crate::site) fn damage_place_of_series(&self) -> Option<String> {
        self.damage_of_series().map(in_words)
    }

    /// A sentence on the damage, if there is any.
    pub(in crate::site) fn damage_note(&self) -> Option<String> {
        self.damage_place().map(|place| format!("The JSON is damaged at {place}; what comes before that is here"))
    }
}

/// A place in words.
pub(super) fn in_words((line, column): (usize, usize)) -> String {
    format!("line {line}, column {column}")
}

impl<'a> Value<'a> {
    /// The value of the first of these keys that is not null.
    pub(in crate::site) fn any(self, keys: &[&str]) -> Value<'a> {
        let mut found = keys.iter().map(|key| self.get(key)).filter(|value| !value.is_null());
        found.next().unwrap_or(Value { place: MISSING, ..self })
    }

    /// A whole number, also one that is a text of digits.
    pub(in crate::site) fn whole(self) -> Option<i64> {
        let exact = || self.number()?.parse().ok();
        let rounded = || self.float().map(|number| number.round() as i64);
        let written = || self.text()?.trim().parse().ok();
        exact().or_else(rounded).or_else(written)
    }

    /// A whole number above 0.
    pub(in crate::site) fn id(self) -> Option<u64> {
        self.whole().and_then(|number| u64::try_from(number).ok()).filter(|&number| number > 0)
    }

    /// A whole number, kept within the range of scores.
    pub(in crate::site) fn score(self) -> Option<i32> {
        self.whole().map(|number| number.clamp(i32::MIN.into(), i32::MAX.into()) as i32)
    }

    /// A whole number as a count; none below 0.
    pub(in crate::site) fn count(self) -> Option<u32> {
        self.whole().and_then(|number| u32::try_from(number).ok())
    }

    /// A text, or the digits of a whole number.
    pub(in crate::site) fn words(self) -> Option<Cow<'a, str>> {
        let is_whole = |digits: &&str| digits.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit());
        self.text().or_else(|| self.number().filter(is_whole).map(Cow::Borrowed))
    }

    /// Whether it is `true`.
    pub(in crate::site) fn is_true(self) -> bool {
        self.boolean() == Some(true)
    }

    /// A text as one clean line, where there is anything in it.
    pub(in crate::site) fn line(self) -> Option<String> {
        Some(markup::clean_line(&self.text()?)).filter(|line| !line.is_empty())
    }

    /// An address of the web; empty where there is none.
    pub(in crate::site) fn address(self) -> String {
        self.text().map(|text| web::address(&text)).unwrap_or_default()
    }

    /// The name of a user, who is written as that name or as an object with it.
    pub(in crate::site) fn user_name(self) -> Option<String> {
        self.line().or_else(|| self.get("username").line())
    }

    /// The moment that an RFC 3339 text names, in seconds since 1970 UTC; one without a zone is of UTC.
    pub(in crate::site) fn moment(self) -> Option<i64> {
        moment(&self.text()?)
    }
}
