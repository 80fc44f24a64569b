//! Hosts of addresses: compared as browsers resolve them, and named so that their letters cannot deceive.

use std::sync::LazyLock;

use regex::Regex;
use url::{Host, Url, quirks};

/// Endings of file names that are no top-level domains, so that `page.html` is no host.
const FILE_ENDINGS: [&str; 62] = [
    "asm", "asp", "aspx", "bat", "cfg", "cgi", "class", "conf", "cpp", "cs", "css", "csv", "cxx", "deb", "dll", "dmg",
    "doc", "docx", "epub", "exe", "gif", "go", "gz", "hpp", "htm", "html", "ini", "ipynb", "iso", "jar", "java",
    "jpeg", "jpg", "js", "json", "jsp", "jsx", "log", "lua", "mp3", "mp4", "ogg", "patch", "pdf", "php", "png", "ppt",
    "rb", "rpm", "sql", "svg", "tar", "tex", "tgz", "toml", "ts", "txt", "wasm", "xls", "xml", "yaml", "yml",
];

/// The scripts in use today (UAX #31, table 5), each with those that it is written together with: the labels of a host that
/// are in one of these are "highly restrictive" (UTS #39, section 5.2).
const SCRIPTS: [&[&str]; 29] = [
    &["Latn", "Hani", "Hira", "Kana"],
    &["Latn", "Hani", "Bopo"],
    &["Latn", "Hani", "Hang"],
    &["Arab"],
    &["Armn"],
    &["Beng"],
    &["Cyrl"],
    &["Deva"],
    &["Ethi"],
    &["Geor"],
    &["Grek"],
    &["Gujr"],
    &["Guru"],
    &["Hebr"],
    &["Khmr"],
    &["Knda"],
    &["Laoo"],
    &["Mlym"],
    &["Mong"],
    &["Mymr"],
    &["Orya"],
    &["Sinh"],
    &["Taml"],
    &["Telu"],
    &["Tfng"],
    &["Thaa"],
    &["Thai"],
    &["Tibt"],
    &["Yiii"],
];

/// Letters of Cyrillic and Greek that look like Latin ones in lower case.
const LOOK_LATIN: &str = "асԁеһіјӏорԛѕԝхуъьҽпгѵѡкмнтвαορνικτυωχγ";

/// The hosts that an address leads to, as they are resolved: in ASCII and lower case, an IPv4 address in decimal, an IPv6
/// address in brackets. One of a page; of mail one for each recipient.
pub(super) fn hosts_of(address: &str) -> Vec<String> {
    match address.strip_prefix("mailto:") {
        Some(mail) => {
            let recipients = mail.split('?').next().unwrap_or_default().replace("%40", "@");
            let host = |recipient: &str| host_of_authority(recipient.rsplit_once('@')?.1);
            recipients.split(',').filter_map(host).collect()
        }
        None => Url::parse(address).ok().and_then(|url| bare(url.host_str()?)).into_iter().collect(),
    }
}

/// The host of an authority (`user@host:port`) as it is resolved; `None` where it is none.
pub(super) fn host_of_authority(authority: &str) -> Option<String> {
    bare(Url::parse(&format!("http://{authority}/")).ok()?.host_str()?)
}

/// Without the dot of the root at its end.
fn bare(host: &str) -> Option<String> {
    let host = host.strip_suffix('.').unwrap_or(host);
    (!host.is_empty()).then(|| host.to_owned())
}

/// Whether `named` is the host `real` or a domain above it, with or without `www.`.
pub(super) fn is_of(real: &str, named: &str) -> bool {
    let without_www = |host| str::strip_prefix(host, "www.").unwrap_or(host).to_owned();
    let (real, named) = (without_www(real), without_www(named));
    let above = real.strip_suffix(&named);
    above.is_some_and(|above| above.is_empty() || above.ends_with('.') && named.contains('.') && !is_ip(&named))
}

fn is_ip(host: &str) -> bool {
    host.starts_with('[') || host.rsplit('.').next().is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether a word without a scheme is written as a host is: labels with dots between them, the last of letters; an IPv4
/// address in four parts; an IPv6 address in brackets.
pub(super) fn is_written_as_host(word: &str) -> bool {
    let inner = word.strip_prefix('[').and_then(|word| word.strip_suffix(']'));
    if let Some(inner) = inner {
        return inner.contains(':') && Host::parse(word).is_ok();
    }
    let last = word.rsplit('.').next().unwrap_or_default();
    let parts = word.split('.').count();
    if parts < 2 || word.split('.').any(str::is_empty) {
        return false;
    }
    let is_word = last.chars().count() > 1 && last.chars().all(|c| c.is_alphabetic() || is_mark(c));
    let is_top = is_word && !FILE_ENDINGS.contains(&last.to_ascii_lowercase().as_str());
    is_top
        || last.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("xn--"))
        || parts == 4 && host_of_authority(word).is_some_and(|host| is_ip(&host))
}

/// Whether a character belongs to the letter before it.
pub(super) fn is_mark(c: char) -> bool {
    unicode_width::UnicodeWidthChar::width(c) == Some(0) && !c.is_control()
}

/// A host for the reader: one that is not of ASCII with its punycode beside it.
pub(super) fn named(host: &str) -> String {
    match unicode(host) {
        Some(unicode) => format!("{unicode} ({host})"),
        None => host.to_owned(),
    }
}

/// The host in its own letters, where those are others than ASCII and nothing else.
fn unicode(host: &str) -> Option<String> {
    let unicode = host.contains("xn--").then(|| quirks::domain_to_unicode(host))?;
    let is_plain = unicode.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '.');
    Some(unicode).filter(|unicode| is_plain && unicode != host)
}

/// Whether the letters of a host, as a browser resolves it, may be read as others: a label in more than one script, or one of
/// letters that all look like Latin ones before a top-level domain in ASCII.
pub(super) fn is_deceptive(host: &str) -> bool {
    static IS_ONE_SCRIPT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&one_script()).ok());
    if !host.contains("xn--") {
        return false;
    }
    let unicode = quirks::domain_to_unicode(host);
    let has_ascii_top = unicode.rsplit('.').next().is_some_and(str::is_ascii);
    unicode.split('.').filter(|label| !label.is_ascii()).any(|label| {
        let is_mixed = !IS_ONE_SCRIPT.as_ref().is_some_and(|one| one.is_match(label));
        let is_look = |c: char| c == '-' || c.is_ascii_digit() || LOOK_LATIN.contains(c);
        is_mixed || has_ascii_top && label.chars().all(is_look)
    })
}

/// The pattern of a label in one script.
fn one_script() -> String {
    let class = |scripts: &&[&str]| {
        let scripts: String = scripts.iter().flat_map(|script| [r"\p{scx=", script, "}"]).collect();
        format!("[{scripts}0-9-]+")
    };
    format!("^(?:{})$", SCRIPTS.iter().map(class).collect::<Vec<_>>().join("|"))
}
