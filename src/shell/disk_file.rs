//! Files that a target names: their paths, reading them, and what is said of a path that leads to no file.

use std::ffi::OsString;
use std::fs::{self, File, FileType};
use std::io::{self, IsTerminal, Read};
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};

use rustix::io::Errno;
use url::Url;

/// The path that a target is: one that leads somewhere, or a `file:` address. A folder, or a link to nowhere, is one too.
pub(super) fn path(target: &str) -> Option<PathBuf> {
    if target.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("file:")) {
        return Url::parse(target).ok()?.to_file_path().ok();
    }
    let path = Path::new(target);
    path.symlink_metadata().is_ok().then(|| path.to_path_buf())
}

/// A word of the command line as text: one that is no UTF-8 is a file's name, and becomes its `file:` address.
pub(super) fn word(word: OsString) -> OsString {
    if word.to_str().is_some() {
        return word;
    }
    let address = std::path::absolute(&word).ok().and_then(|path| Url::from_file_path(path).ok());
    address.map_or(word, |address| String::from(address).into())
}

/// A file or standard input, of which at most so many bytes can be read. Its errors are the end of a line that names it.
pub(super) struct Incoming {
    source: Box<dyn Read + Send>,
    most: u64,
    rest: u64,
}

impl Incoming {
    /// Opens a file, or standard input.
    ///
    /// # Errors
    /// What is there instead, or the reason why it cannot be read.
    pub(super) fn open(path: Option<&Path>, most: u64) -> Result<Self, String> {
        let source: Box<dyn Read + Send> = match path {
            Some(path) => Box::new(open_file(path)?),
            None => Box::new(io::stdin()),
        };
        Ok(Self { source, most, rest: most })
    }
}

impl Read for Incoming {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(into).map_err(|error| match error.kind() {
            io::ErrorKind::Interrupted => error,
            _ => io::Error::other(reason(&error)),
        })?;
        let too_large = || io::Error::other(format!("larger than {} MiB", self.most >> 20));
        self.rest = self.rest.checked_sub(count as u64).ok_or_else(too_large)?;
        Ok(count)
    }
}

/// The name of a file or of standard input, for messages.
pub(super) fn name(path: Option<&Path>) -> String {
    path.map_or_else(|| "standard input".to_owned(), |path| path.display().to_string())
}

fn open_file(path: &Path) -> Result<File, String> {
    let about = fs::metadata(path).map_err(|error| without_file(path, &error))?;
    if let Some(says) = unreadable(about.file_type()) {
        return Err(says.to_owned());
    }
    let file = File::open(path).map_err(|error| reason(&error))?;
    if file.is_terminal() {
        return Err("is a terminal; name a file".to_owned());
    }
    Ok(file)
}

/// What stands at a path that cannot be read as a file. A pipe can, and so can a device that gives characters.
fn unreadable(kind: FileType) -> Option<&'static str> {
    if kind.is_dir() {
        Some("is a folder; name a file in it")
    } else if kind.is_socket() {
        Some("is a socket, which nothing is read from; name a file")
    } else if kind.is_block_device() {
        Some("is a disk, not a file on it; name a file")
    } else {
        None
    }
}

/// The reason why nothing is found at a path.
fn without_file(path: &Path, error: &io::Error) -> String {
    match fs::read_link(path) {
        Ok(_) if error.raw_os_error() == Some(Errno::LOOP.raw_os_error()) => {
            "is a link that leads in a circle".to_owned()
        }
        Ok(to) if error.kind() == io::ErrorKind::NotFound => {
            format!("is a link to {}, which is not there", to.display())
        }
        _ => reason(error),
    }
}

/// The system's error message, without its number.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}
