//! Files and standard input: the format is told from the content, and the site that it belongs to reads it.

mod native;
mod stories;
#[cfg(test)]
mod tests;

use super::sample::Kind;
use super::{Content, LoadError, Sample, Sites, charset};

/// Reads a saved discussion or list. `site` is the short name of the site that it comes from, where the reader says so.
///
/// # Errors
/// The content is of no known kind; the error says what it seems to be, and which kinds can be read.
pub fn read(bytes: &[u8], site: Option<&str>) -> Result<Content, LoadError> {
    let bytes = &*charset::without_utf16(bytes);
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(LoadError::other("it", "is empty"));
    }
    let file = Sample::of(bytes);
    if native::looks_like(&file) {
        return native::read(&file).map(|thread| Content::Thread(Box::new(thread)));
    }
    if stories::looks_like(&file) {
        return stories::read(&file).map(|listing| Content::List(Box::new(listing)));
    }
    let known = Sites::default();
    let formats = |lists: bool| {
        let sites = known.most_certain_first().filter(|own| site.is_none_or(|site| site == own.info().name));
        sites.flat_map(|own| own.formats).filter(move |format| format.is_list() == lists)
    };
    let fitting = formats(true).chain(formats(false)).find(|format| (format.is)(&file));
    // If the reader names the site, that site's own error helps most.
    if let Some(format) = fitting.or_else(|| formats(false).next().filter(|_| site.is_some())) {
        return format.read(&file);
    }
    Err(LoadError::other("", format!("it is no discussion that lurker knows; {}", first_look(&file))))
}

/// The kind of a file by its first bytes. Only plain text is quoted: markup and binary data tell a reader nothing.
fn first_look(file: &Sample<'_>) -> String {
    const READ: usize = 200;
    const SHOWN: usize = 60;
    let start = file.bytes().get(..READ).unwrap_or(file.bytes());
    // A character that the end of the look cuts in half is no sign of binary data.
    let is_text = std::str::from_utf8(start).map_or_else(|error| error.error_len().is_none(), |_| true);
    match file.kind() {
        _ if !is_text || start.contains(&0) => "it is binary data, or text in an unknown encoding".to_owned(),
        Kind::Page | Kind::Feed => "it is a page or feed of another kind".to_owned(),
        Kind::Object | Kind::List => "it is JSON of another kind".to_owned(),
        Kind::Text => {
            let line = crate::markup::clean_line(&String::from_utf8_lossy(start));
            format!("it begins: {}", line.chars().take(SHOWN).collect::<String>())
        }
    }
}
