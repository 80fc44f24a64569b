//! Files and standard input: the format is told from the content, and the site that it belongs to reads it.

mod beginning;
mod capture;
mod native;
mod refusal;
mod stories;
#[cfg(test)]
mod tests;

use std::io::{self, Read};

use super::container::unpack;
use super::{Content, Format, LoadError, Sample, Sites};
use crate::model::Thread;

/// The most bytes that something in a file may unpack to, unless the reader says otherwise.
const MOST: usize = 64 << 20;

/// The bytes at the start of a file that tell lurker's own form.
const START: u64 = 256;

/// The name of the format of captures.
pub const CAPTURE: &str = capture::FORMAT;

/// Reads a saved discussion or list. `site` is the short name of the site that it comes from, where the reader says so.
///
/// # Errors
/// The content is of no known kind; the error says what it seems to be, and what to do instead.
pub fn read(bytes: &[u8], site: Option<&str>) -> Result<Content, LoadError> {
    read_within(bytes, site, MOST)
}

/// Reads a saved discussion or list, in which nothing may unpack to more than `most` bytes.
///
/// # Errors
/// The content is of no known kind, or too large; the error says what it seems to be, and what to do instead.
pub fn read_within(bytes: &[u8], site: Option<&str>, most: usize) -> Result<Content, LoadError> {
    let unpacked = unpack(bytes, most)?;
    let content = read_unpacked(&unpacked.bytes, site);
    let content = content.map_err(|error| refusal::of_answer(error, unpacked.status))?;
    Ok(content.with_notes(unpacked.notes))
}

/// Reads a saved discussion or list as it comes, as [`read_within`] does. `show` gets the thread as far as it is here, a few
/// times on the way, where the file is large, and of a format that can be read so. Of lurker's own form the whole file is
/// never in memory.
///
/// # Errors
/// It could not be read, or the content is of no known kind or too large; the error says what it seems to be, and what to do
/// instead.
pub fn read_coming(
    mut source: impl Read + Send,
    site: Option<&str>,
    most: usize,
    show: &mut dyn FnMut(Thread),
) -> Result<Content, LoadError> {
    let broken = |error: io::Error| LoadError::other("", error.to_string());
    let mut start = Vec::new();
    source.by_ref().take(START).read_to_end(&mut start).map_err(broken)?;
    if native::begins_like(&start) {
        let thread = native::read(start.chain(source), Some(show))?;
        let thread = thread.ok_or_else(|| refusal::of(&Sample::of(&start)))?;
        return Ok(Content::Thread(Box::new(thread)));
    }
    beginning::read_to_end(&mut start, source, (site, most), show).map_err(broken)?;
    read_within(&start, site, most)
}

/// Reads a thread in lurker's own form piece by piece, so that the whole form is never in memory.
///
/// # Errors
/// It could not be read, or is of another form.
pub fn read_own(source: impl Read + Send) -> Result<Thread, LoadError> {
    native::read(source, None)?.ok_or_else(|| LoadError::other("it", "is no thread in lurker's own form"))
}

fn read_native(file: &Sample<'_>) -> Result<Option<Thread>, LoadError> {
    #[cfg(test)]
    crate::site::parse_count::add(file.bytes().len());
    native::read(file.bytes(), None)
}

fn read_unpacked(bytes: &[u8], site: Option<&str>) -> Result<Content, LoadError> {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if text.iter().all(u8::is_ascii_whitespace) {
        return Err(LoadError::other("it", "is empty"));
    }
    let file = Sample::of(bytes);
    if capture::looks_like(&file) {
        return capture::read(bytes);
    }
    if native::looks_like(&file)
        && let Some(thread) = read_native(&file)?
    {
        return Ok(Content::Thread(Box::new(thread)));
    }
    if stories::looks_like(&file) {
        return stories::read(&file).map(|listing| Content::List(Box::new(listing)));
    }
    let certain = formats(site, false).filter(|format| format.is_certain());
    let mut all = certain.chain(formats(site, true)).chain(formats(site, false));
    let fitting = all.find(|format| (format.is)(&file));
    // If the reader names the site, that site's own error helps most.
    if let Some(format) = fitting.or_else(|| formats(site, false).next().filter(|_| site.is_some())) {
        return format.read(&file);
    }
    Err(refusal::of(&file))
}

/// The formats of lists or of threads, of all sites or of the one that the reader names.
fn formats(site: Option<&str>, lists: bool) -> impl Iterator<Item = &'static Format> {
    let sites = Sites::default();
    let own = sites.most_certain_first().filter(|own| site.is_none_or(|site| site == own.info().name));
    let formats: Vec<_> = own.flat_map(|own| own.formats).filter(|format| format.is_list() == lists).collect();
    formats.into_iter()
}
