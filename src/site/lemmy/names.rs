//! Names of communities (`!rust@host`) and people (`@ada@host`) in a text, which the site makes links of.

use std::ops::Range;

use crate::markup::markdown;
use crate::model::Text;
use crate::site::name_links::link_names;

/// Reads a text, with its names as links to where they are at home.
pub(super) fn body(source: &str) -> Text {
    let mut text = markdown(source);
    let names = names(&text.plain);
    link_names(&mut text, names);
    text
}

/// The names in a text, not within a word, and their addresses.
fn names(text: &str) -> Vec<(Range<usize>, String)> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    let mut found = Vec::new();
    let mut last = 0;
    for (at, sign) in text.match_indices(['!', '@']) {
        let (before, rest) = text.split_at_checked(at).unwrap_or((text, ""));
        let is_alone = !before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '/' | '.' | '@' | '!'));
        if at < last || !is_alone {
            continue;
        }
        let behind = rest.get(1..).unwrap_or_default();
        let (name, behind) =
            behind.split_at_checked(behind.find(|c| !is_name(c)).unwrap_or(behind.len())).unwrap_or_default();
        let Some(behind) = behind.strip_prefix('@').filter(|_| !name.is_empty()) else { continue };
        let host = behind.get(..behind.find(|c| !is_host(c)).unwrap_or(behind.len())).unwrap_or_default();
        let host = host.trim_end_matches(['.', '-']);
        if host.contains('.') && !host.starts_with(['.', '-']) {
            last = at + 1 + name.len() + 1 + host.len();
            let kind = if sign == "!" { 'c' } else { 'u' };
            found.push((at..last, format!("https://{host}/{kind}/{name}")));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn names_are_told_from_addresses_of_mail_and_from_shouts() {
        let table: [(&str, &[&str]); 5] = [
            ("Visit !rust@a.example, and @bob@b.example.", &["https://a.example/c/rust", "https://b.example/u/bob"]),
            ("(!c-d_1@a-b.example/x)", &["https://a-b.example/c/c-d_1"]),
            ("bob@b.example a!c@d.example x/@u@v.example @@a@b.example", &[]),
            ("wow! @bob !rust @bob@host !a@.b !@a.b", &[]),
            ("é!c@d.example \u{3000}!c@d.example", &["https://d.example/c/c"]),
        ];
        for (text, addresses) in table {
            let found: Vec<String> = names(text).into_iter().map(|(_, address)| address).collect();
            assert_eq!(found, addresses, "{text}");
        }
    }
}
