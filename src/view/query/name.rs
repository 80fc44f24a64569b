//! Names of people, labels and places, compared in any case of letters.

/// Whether two names are the same but for upper and lower case.
pub(super) fn is_same_name(one: &str, other: &str) -> bool {
    let lower = |text: &str| text.chars().flat_map(char::to_lowercase).collect::<String>();
    one.eq_ignore_ascii_case(other) || (!(one.is_ascii() && other.is_ascii()) && lower(one) == lower(other))
}
