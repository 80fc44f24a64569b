//! Conditions on numbers: `3`, `>=3`, `2..4`.

/// The numbers that a condition allows, both ends included; the low end above the high one where it allows none.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numbers {
    low: i64,
    high: i64,
}

impl Numbers {
    /// Reads a condition: a whole number, perhaps behind `>` `>=` `<` `<=` `=`, or a range as `2..4`, `2..`, `..4`.
    pub(super) fn parse(condition: &str) -> Option<Self> {
        let number = |text: &str| text.parse::<i64>().ok();
        if let Some((low, high)) = condition.split_once("..") {
            let bound = |text: &str, open| if text.is_empty() { Some(open) } else { number(text) };
            let is_open = low.is_empty() && high.is_empty();
            return (!is_open).then_some(Self { low: bound(low, i64::MIN)?, high: bound(high, i64::MAX)? });
        }
        let signs = condition.len() - condition.trim_start_matches(['<', '>', '=']).len();
        let (sign, value) = condition.split_at_checked(signs)?;
        let value = number(value)?;
        let none = Self { low: 1, high: 0 };
        match sign {
            ">=" => Some(Self { low: value, high: i64::MAX }),
            "<=" => Some(Self { low: i64::MIN, high: value }),
            ">" => Some(value.checked_add(1).map_or(none, |low| Self { low, high: i64::MAX })),
            "<" => Some(value.checked_sub(1).map_or(none, |high| Self { low: i64::MIN, high })),
            "=" | "" => Some(Self { low: value, high: value }),
            _ => None,
        }
    }

    /// Whether it allows a number.
    pub(super) fn allow(self, number: impl Into<i64>) -> bool {
        (self.low..=self.high).contains(&number.into())
    }
}
