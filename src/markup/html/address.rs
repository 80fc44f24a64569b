//! Link addresses: made safe and complete, and compared with the text that a site shows for them.

use crate::markup::clean_line;

const SCHEMES: [&str; 3] = ["http", "https", "mailto"];

/// The address of a link, clean and complete; `None` for anything but the web and mail. One that begins with a slash is of
/// the origin, if there is one.
pub(super) fn address(href: &str, origin: &str) -> Option<String> {
    // Browsers leave out line breaks and tabs; a space in the middle would end the address for many programs.
    let joined: String = href.chars().filter(|c| !matches!(c, '\n' | '\r' | '\t')).collect();
    let href = clean_line(&joined).replace(' ', "%20");
    if let Some(rest) = href.strip_prefix("//").filter(|rest| !rest.is_empty()) {
        return Some(format!("https://{rest}"));
    }
    if href.starts_with('/') && href != "//" {
        return (!origin.is_empty()).then(|| format!("{origin}{href}"));
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
    use super::{address, is_of_domain, is_shortened};

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
            assert_eq!(address(href, "").as_deref(), expected, "{href:?}");
        }
        assert_eq!(address("/a?b", "https://a.example").as_deref(), Some("https://a.example/a?b"));
        assert_eq!(address("//b.example", "https://a.example").as_deref(), Some("https://b.example"));
        assert_eq!(address("#a", "https://a.example"), None);
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
