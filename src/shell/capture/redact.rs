//! Secrets, and texts without them.

use url::Url;

/// Names behind which a secret stands, in JSON, in forms and in pages.
const NAMES: [&str; 12] = [
    "access_token",
    "refresh_token",
    "id_token",
    "auth_token",
    "authenticity_token",
    "csrf-token",
    "csrf_token",
    "client_secret",
    "password",
    "jwt",
    "reskey",
    "session_id",
];

/// The text with `…` in place of the value behind each name of a secret.
pub(super) fn without_secrets(text: &str) -> String {
    let (mut kept, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((start, end)) = next_secret(rest) {
        let (before, behind) = rest.split_at(start);
        kept.push_str(before);
        kept.push('…');
        rest = behind.get(end - start..).unwrap_or_default();
    }
    kept + rest
}

/// The bytes of the next secret in a text.
fn next_secret(text: &str) -> Option<(usize, usize)> {
    let names = NAMES.iter().flat_map(|name| text.match_indices(name));
    let secrets = names.filter_map(|(place, name)| value_behind(text, place + name.len()));
    secrets.min()
}

/// The value behind the name that ends here: `": "value"`, `=value`, `" content="value"`. None where it is empty, or is
/// left out already.
fn value_behind(text: &str, end: usize) -> Option<(usize, usize)> {
    let rest = text.get(end..)?;
    let signs = rest.trim_start_matches(['"', '\'', '\\', ' ']);
    let signs = signs.strip_prefix("content").or_else(|| signs.strip_prefix("value")).unwrap_or(signs);
    let value = signs.strip_prefix([':', '='])?.trim_start_matches(['\\', ' ']);
    let value = value.strip_prefix(['"', '\'']).unwrap_or(value);
    let start = text.len() - value.len();
    let quote = text.get(..start)?.chars().next_back().filter(|c| matches!(c, '"' | '\''));
    let ends = |c: char| match quote {
        Some(quote) => c == quote || c == '\\',
        None => c.is_whitespace() || "\"'\\&<>,}".contains(c),
    };
    let length = value.find(ends).unwrap_or(value.len());
    (length > 0 && !value.starts_with('…')).then_some((start, start + length))
}

/// The address without a user's name and password, and without secrets.
pub(super) fn without_login(address: &str) -> String {
    let login = Url::parse(address).ok().filter(|url| !url.username().is_empty() || url.password().is_some());
    let bare = login.and_then(|mut url| {
        url.set_username("").ok()?;
        url.set_password(None).ok()?;
        Some(url.to_string())
    });
    without_secrets(bare.as_deref().unwrap_or(address))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_left_out_wherever_they_stand() {
        for (text, kept) in [
            (
                r#"{"access_token": "abc.def", "token_type": "bearer"}"#,
                r#"{"access_token": "…", "token_type": "bearer"}"#,
            ),
            (r#"{"jwt":"e30","a":1}"#, r#"{"jwt":"…","a":1}"#),
            ("grant=x&client_secret=s3cret&b=2", "grant=x&client_secret=…&b=2"),
            (r#"<meta name="csrf-token" content="Zm9v==" />"#, r#"<meta name="csrf-token" content="…" />"#),
            (r#"<input name="authenticity_token" value='a b'>"#, r#"<input name="authenticity_token" value='…'>"#),
            (r#"password: "one" and password=two"#, r#"password: "…" and password=…"#),
            ("a comment on passwords and the jwt format", "a comment on passwords and the jwt format"),
            (r#"{"jwt":""}"#, r#"{"jwt":""}"#),
        ] {
            assert_eq!(without_secrets(text), kept);
        }
        assert_eq!(without_login("https://me:pw@example.org/x?jwt=abc"), "https://example.org/x?jwt=…");
        assert_eq!(without_login("hn:1"), "hn:1");
    }
}
