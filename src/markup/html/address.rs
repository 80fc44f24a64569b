//! Link addresses: made safe and complete, and compared with the text that a site shows for them.

use crate::markup::clean_line;

const SCHEMES: [&str; 3] = ["http", "https", "mailto"];

/// The address of a link, clean and complete; `None` for anything but the web and mail.
pub(super) fn address(href: &str) -> Option<String> {
    // Browsers leave out line breaks and tabs; a space in the middle would end the address for many programs.
    let joined: String = href.chars().filter(|c| !matches!(c, '\n' | '\r' | '\t')).collect();
    let href = clean_line(&joined).replace(' ', "%20");
    if let Some(rest) = href.strip_prefix("//").filter(|rest| !rest.is_empty()) {
        return Some(format!("https://{rest}"));
    }
    let (scheme, rest) = href.split_once(':')?;
    let scheme = SCHEMES.into_iter().find(|known| scheme.eq_ignore_ascii_case(known))?;
    let target = if scheme == "mailto" { rest } else { rest.strip_prefix("//")? };
    (!target.is_empty()).then(|| format!("{scheme}:{rest}"))
}

/// Whether the domain is the address's host, or one above it, with or without `www`.
pub(super) fn is_of_domain(address: &str, domain: &str) -> bool {
    let bare = |name: &str| name.strip_prefix("www.").unwrap_or(name).to_ascii_lowercase();
    let (host, domain) = (bare(host(address)), bare(domain));
    let above = host.strip_suffix(&domain);
    above.is_some_and(|above| !domain.is_empty() && (above.is_empty() || above.ends_with('.')))
}

/// The host of an address that a text, by the address in it, does not lead to: `https://example.org/` over another's.
///
/// The address in the text is a word with a scheme or `www`, or all of it is one that is written as a domain.
pub(super) fn other_host<'a>(text: &str, address: &'a str) -> Option<&'a str> {
    let lone = !text.trim().contains(char::is_whitespace);
    let mut shown = text.split_whitespace().map(|word| word.trim_matches(|c| "()[]{}<>«»“”‘’\"',;.!".contains(c)));
    let leads_elsewhere = shown.any(|word| {
        let is_address =
            word.contains("://") || starts_with_ignoring_case(word, "www.") || lone && is_domain(host(word));
        is_address && !is_of_domain(address, host(word))
    });
    Some(host(address)).filter(|host| leads_elsewhere && !host.is_empty())
}

fn starts_with_ignoring_case(word: &str, start: &str) -> bool {
    word.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}

/// Labels with dots between them, the last of letters alone.
fn is_domain(word: &str) -> bool {
    let is_label = |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    let last = word.rsplit('.').next().unwrap_or_default();
    word.contains('.')
        && word.split('.').all(is_label)
        && last.chars().count() > 1
        && last.chars().all(char::is_alphabetic)
}

fn host(address: &str) -> &str {
    // To browsers, a backslash is a slash.
    let address = address.strip_prefix("mailto:").unwrap_or(address);
    let authority = without_scheme(address).split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    host.split(':').next().unwrap_or_default()
}

/// Whether the text is the address with parts left out: `https://example.org/a/lo...`, `example.org/…/page`.
pub(super) fn is_shortened(text: &str, address: &str) -> bool {
    let text = text.replace("...", "…");
    let Some((head, tail)) = text.split_once('…') else { return false };
    let shown = without_scheme(head);
    if !shown.contains('.') && shown.len() == head.len() {
        return false;
    }
    let Some(mut rest) = without_scheme(address).strip_prefix(shown) else { return false };
    let (middle, end) = tail.rsplit_once('…').unwrap_or(("", tail));
    for part in middle.split('…') {
        let Some((_, after)) = rest.split_once(part) else { return false };
        rest = after;
    }
    rest.ends_with(end)
}

fn without_scheme(address: &str) -> &str {
    address.split_once("://").map_or(address, |(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::{address, is_of_domain, is_shortened, other_host};

    #[test]
    fn only_web_and_mail_addresses() {
        let table = [
            ("https://example.org/a?b#c", Some("https://example.org/a?b#c")),
            (" HTTP://example.org\n", Some("http://example.org")),
            ("//example.org/x", Some("https://example.org/x")),
            ("mailto:a@example.org", Some("mailto:a@example.org")),
            ("https://exam\nple.org/\ta b", Some("https://example.org/a%20b")),
            ("https://example.org/\u{202e}\u{1b}]8;;x", Some("https://example.org/]8;;x")),
            ("java\nscript:alert(1)", None),
            ("\u{1}javascript:alert(1)", None),
            ("data:text/html,x", None),
            ("file:///etc/passwd", None),
            ("/relative", None),
            ("item?id=1", None),
            ("http:", None),
            ("https://", None),
            ("//", None),
            ("mailto:", None),
            ("", None),
        ];
        for (href, expected) in table {
            assert_eq!(address(href).as_deref(), expected, "{href:?}");
        }
    }

    #[test]
    fn domains() {
        let table = [
            ("https://www.example.org/x", "example.org", true),
            ("https://example.org:80", "www.Example.org", true),
            ("https://user@en.example.org?x", "example.org", true),
            ("https://badexample.org/", "example.org", false),
            ("https://example.org/", "other.org", false),
            ("https://example.org/", "", false),
        ];
        for (address, domain, expected) in table {
            assert_eq!(is_of_domain(address, domain), expected, "{address} {domain}");
        }
    }

    #[test]
    fn texts_that_name_another_host() {
        let table = [
            ("https://bank.example/login", "https://evil.example/x", Some("evil.example")),
            ("see https://bank.example, now", "http://evil.example", Some("evil.example")),
            ("HTTPS://BANK.EXAMPLE", "https://evil.example:8080/", Some("evil.example")),
            ("bank.example", "https://bank.example@evil.example/", Some("evil.example")),
            ("https://bank.example", "https://evil.example\\@bank.example/", Some("evil.example")),
            ("www.bank.example/x", "https://www.evil.example/", Some("www.evil.example")),
            ("bank.example.", "https://bank.example.evil.example/", Some("bank.example.evil.example")),
            ("someone@bank.example", "mailto:someone@evil.example", Some("evil.example")),
            ("https://bank.example/a", "https://www.bank.example/b", None),
            ("bank.example", "https://en.bank.example/b", None),
            ("the bank", "https://evil.example/", None),
            ("and/or", "https://example.org/", None),
            ("1.5", "https://example.org/", None),
            ("i.e.", "https://example.org/", None),
            ("see bank.example there", "https://example.org/", None),
            ("someone@bank.example", "mailto:someone@bank.example", None),
        ];
        for (text, address, expected) in table {
            assert_eq!(other_host(text, address), expected, "{text} {address}");
        }
    }

    #[test]
    fn shortened_addresses() {
        let address = "https://example.org/first/second/page.html";
        let table = [
            ("https://example.org/fir...", true),
            ("http://example.org/fir…", true),
            ("example.org/first...", true),
            ("example.org/…/page.html", true),
            ("https://…/...", true),
            ("https://example.org/...cond...html", true),
            ("https://example.org/x...", false),
            ("see this...", false),
            ("example.org", false),
            ("...", false),
            ("first…", false),
        ];
        for (text, expected) in table {
            assert_eq!(is_shortened(text, address), expected, "{text}");
        }
    }
}
