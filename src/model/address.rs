//! The canonical form of an address: by it, two addresses are of the same thread, or lead to the same page.

/// Parameters that say where a reader came from, and nothing of the page. Those of web analytics begin with `utm_`; these are
/// the click identifiers of advertisers and of senders of mail, as browsers' lists of parameters to strip have them.
const TRACKING: [&str; 20] = [
    "_hsenc",
    "_hsmi",
    "dclid",
    "fbclid",
    "gbraid",
    "gclid",
    "gclsrc",
    "igsh",
    "igshid",
    "mc_cid",
    "mc_eid",
    "msclkid",
    "oly_anon_id",
    "oly_enc_id",
    "ref_src",
    "ttclid",
    "twclid",
    "vero_id",
    "wbraid",
    "yclid",
];

/// The one form of all addresses of a page: `https`, the host in lower case without `www.` and without the scheme's own
/// port, the path without `index.html` and without a slash at its end, no tracking parameters, the others in the order of
/// their names, and no fragment, unless it is the address of a page itself (`#!/…`, `#/…`).
///
/// Other addresses (`mailto:`) and plain text stay as they are. A canonical form is its own canonical form. It is made
/// to compare by and to store under, not to be opened.
///
/// ```
/// let address = "http://www.Example.org:80/a/index.html?utm_source=x&b=2&a=1#top";
/// assert_eq!(lurker::model::canonical_address(address), "https://example.org/a?a=1&b=2");
/// ```
pub fn canonical_address(address: &str) -> String {
    let address = address.trim();
    let Some((scheme, rest)) = address.split_once("://").filter(|(scheme, _)| is_web(scheme)) else {
        return address.to_owned();
    };
    let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let mut canonical = format!("https://{}", canonical_host(scheme, host));
    let path = canonical_path(path);
    for (sign, part) in [("/", path), ("?", &canonical_query(query)), ("#", page_fragment(fragment))] {
        let part = part.trim();
        if !part.is_empty() {
            canonical.push_str(sign);
            canonical.push_str(part);
        }
    }
    canonical
}

fn is_web(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}

fn canonical_host(scheme: &str, host: &str) -> String {
    let host = host.to_ascii_lowercase();
    let own_port = if scheme.len() == "http".len() { ":80" } else { ":443" };
    let mut host = host.strip_suffix(own_port).unwrap_or(&host).trim();
    // The form has `https`, whose own port it must not have either.
    while let Some(rest) = host.strip_suffix(":443") {
        host = rest.trim_end();
    }
    // `www.org` is a name of its own.
    while let Some(rest) = host.strip_prefix("www.").filter(|rest| rest.contains('.')) {
        host = rest.trim_start();
    }
    host.to_owned()
}

fn canonical_path(path: &str) -> &str {
    let mut path = path;
    loop {
        path = path.trim_end_matches(|c: char| c == '/' || c.is_whitespace());
        path = match path.rsplit_once('/') {
            Some((folder, file)) if is_index(file) => folder,
            None if is_index(path) => "",
            _ => return path.trim(),
        };
    }
}

fn is_index(file: &str) -> bool {
    matches!(file, "index.html" | "index.htm")
}

fn canonical_query(query: &str) -> String {
    let mut parameters: Vec<&str> =
        query.split('&').map(str::trim).filter(|parameter| !is_tracking(name(parameter))).collect();
    parameters.sort_by_key(|parameter| name(parameter));
    parameters.join("&")
}

fn name(parameter: &str) -> &str {
    parameter.split_once('=').map_or(parameter, |(name, _)| name).trim_end()
}

fn is_tracking(name: &str) -> bool {
    name.is_empty() || name.starts_with("utm_") || TRACKING.contains(&name)
}

/// The fragment where it names a page that a script shows; nothing where it names a place within the page.
fn page_fragment(fragment: &str) -> &str {
    if fragment.starts_with(['!', '/']) { fragment } else { "" }
}

#[cfg(test)]
mod tests {
    use super::canonical_address;

    #[test]
    fn one_form_for_all_addresses_of_a_page() {
        for (canonical, addresses) in [
            (
                "https://example.org/a",
                &[
                    "http://example.org/a",
                    "HTTPS://www.EXAMPLE.org/a/",
                    " https://example.org:443/a#top ",
                    "http://example.org:80/a/index.html",
                    "https://example.org/a/index.htm?utm_source=feed&fbclid=1&",
                    "https://example.org/a?",
                ] as &[&str],
            ),
            (
                "https://example.org",
                &["http://example.org/", "https://www.example.org/index.html", "http://example.org?#"],
            ),
            (
                "https://example.org/item?a=2&b=1&b=0",
                &["https://example.org/item?b=1&a=2&b=0", "http://www.example.org/item/?b=1&b=0&utm_medium=x&a=2#c"],
            ),
            ("https://example.org:8080/x", &["http://example.org:8080/x/"]),
            ("https://example.org:80/x", &["https://example.org:80/x"]),
            ("https://example.org#!/page/2", &["https://example.org/#!/page/2"]),
            ("https://www.org/x", &["http://www.org/x"]),
            ("https://example.org/A?Q=a%20b", &["http://www.example.org/A/?Q=a%20b"]),
            ("https://example.org/news.html", &["http://example.org/news.html"]),
            ("mailto:me@example.org?subject=x", &["mailto:me@example.org?subject=x"]),
            ("hn/best", &["hn/best"]),
            ("", &[" "]),
        ] {
            for address in addresses {
                assert_eq!(canonical_address(address), canonical, "{address}");
                assert_eq!(canonical_address(canonical), canonical, "its own form");
            }
        }
    }

    #[test]
    fn different_pages_stay_apart() {
        let addresses = [
            "https://example.org/a",
            "https://example.org/b",
            "https://example.org/A",
            "https://example.org/a?page=2",
            "https://example.org/a?page=3",
            "https://example.org/a?b=1&b=0",
            "https://example.org/a?b=0&b=1",
            "https://old.example.org/a",
            "https://example.org:81/a",
            "https://example.org/a#/b",
        ];
        let forms: std::collections::BTreeSet<String> = addresses.map(canonical_address).into();
        assert_eq!(forms.len(), addresses.len());
    }

    #[test]
    fn a_canonical_form_is_its_own() {
        for address in [
            "http://?\n&",
            "https://a.b/c \t#x",
            "https://www.www.a.b:443:443/index.html/ /index.htm/",
            "http://a.b:443:80/?b= & a=1 &#! x ",
            "http://www. www.a.b/ ?utm_source =1",
        ] {
            let canonical = canonical_address(address);
            assert_eq!(canonical_address(&canonical), canonical, "{address:?}");
        }
    }
}
