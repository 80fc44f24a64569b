//! The places of a discussion, which `site:`, `in:` and `domain:` name: its site, its community or section, a host.

use super::name::is_same_name;

/// Whether a host is this one or a part of it: `gist.github.com` is in `github.com`. `www.` counts for nothing.
pub(super) fn is_host_in(host: &str, named: &str) -> bool {
    let (host, named) = (host.to_ascii_lowercase(), named.to_ascii_lowercase());
    let named = named.strip_prefix("www.").unwrap_or(&named);
    host.strip_suffix(named).is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

/// Whether a discussion is in the community, section or tag of this name: one of those that the site states, with commas
/// between, or the one that its address names.
pub(super) fn is_in(stated: &str, address: &str, name: &str) -> bool {
    let name = bare(name);
    let is_it = |place: &str| {
        let place = bare(place.trim());
        let local = place.split('@').next().unwrap_or_default();
        is_same_name(place, name) || is_same_name(local, name)
    };
    !name.is_empty() && (stated.split(',').any(is_it) || of_address(address).into_iter().flatten().any(is_it))
}

/// A name without the signs that sites put before it: `r/rust`, `/c/rust`, `!rust@lemmy.world`.
fn bare(name: &str) -> &str {
    let name = name.strip_prefix('/').unwrap_or(name);
    let unsigned = ["r/", "c/", "!"].iter().find_map(|sign| name.strip_prefix(sign));
    unsigned.unwrap_or(name)
}

/// The community in an address's path (`/r/rust`, `/c/rust@lemmy.world`), and the section in its host (`tech.slashdot.org`).
fn of_address(address: &str) -> [Option<&str>; 2] {
    let (_, rest) = address.split_once("://").unwrap_or_default();
    let mut parts = rest.split(['/', '?', '#']);
    let host = parts.next().unwrap_or_default();
    let community = if matches!(parts.next(), Some("r" | "c")) { parts.next() } else { None };
    let section = if host.split('.').count() > 2 { host.split('.').next() } else { None };
    [community, section.filter(|section| *section != "www")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_have_parts() {
        for (host, named, is_in) in [
            ("github.com", "github.com", true),
            ("gist.github.com", "GitHub.com", true),
            ("github.com", "www.github.com", true),
            ("notgithub.com", "github.com", false),
            ("github.com", "gist.github.com", false),
            ("", "github.com", false),
        ] {
            assert_eq!(is_host_in(host, named), is_in, "{host} in {named}");
        }
    }

    #[test]
    fn places_are_known_by_what_is_stated_and_by_address() {
        let reddit = "https://www.reddit.com/r/rust/comments/3hahrw/x";
        for (stated, address, name, expected) in [
            ("r/rust", "", "rust", true),
            ("rust", "", "r/Rust", true),
            ("rust@lemmy.world", "", "rust", true),
            ("rust@lemmy.world", "", "!rust@lemmy.world", true),
            ("rust@lemmy.world", "", "rust@lemmy.ml", false),
            ("rust, compilers", "", "compilers", true),
            ("rust, compilers", "", "rust, compilers", false),
            ("site feedback", "", "Site Feedback", true),
            ("rusty", "", "rust", false),
            ("", reddit, "rust", true),
            ("", reddit, "r/rust", true),
            ("", reddit, "www", false),
            ("", reddit, "comments", false),
            ("", "https://tech.slashdot.org/story/26/09/09/2151202", "tech", true),
            ("", "https://slashdot.org/story/26/09/09/2151202", "slashdot", false),
            ("", "", "", false),
        ] {
            assert_eq!(is_in(stated, address, name), expected, "{name} for {stated:?} {address:?}");
        }
    }
}
