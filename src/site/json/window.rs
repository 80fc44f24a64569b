//! The part of a text that is being read, of a file that comes piece by piece.

use std::io::{ErrorKind, Read, Result};
use std::mem;

/// The bytes that are read at once.
const PIECE: usize = 1 << 17;

/// A text of which the beginning is gone and the end has not come yet; bytes that are no UTF-8 are replaced.
pub(super) struct Window<'s> {
    source: Box<dyn Read + Send + 's>,
    text: String,
    /// The bytes of `text` that are gone.
    at: usize,
    /// The beginning of a character whose other bytes have not come.
    cut: Vec<u8>,
    piece: Vec<u8>,
    is_last: bool,
    /// Line and column of the start of `text`, both from 1.
    place: (usize, usize),
}

impl<'s> Window<'s> {
    /// Reads the first piece, without a byte order mark.
    ///
    /// # Errors
    /// The source's error.
    pub(super) fn open(source: Box<dyn Read + Send + 's>) -> Result<Self> {
        let (text, cut, piece) = (String::new(), Vec::new(), vec![0; PIECE]);
        let mut window = Self { source, text, at: 0, cut, piece, is_last: false, place: (1, 1) };
        window.fill()?;
        if window.text.starts_with('\u{FEFF}') {
            window.text.remove(0);
        }
        Ok(window)
    }

    /// What is here of the text; what is gone before [`Window::at`] too.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The byte up to which the text is gone.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Lets the text up to a byte go.
    pub(super) fn pass_to(&mut self, at: usize) {
        self.at = at;
    }

    /// Gives away the text with what is gone of it, and keeps what is not, in the memory of another text.
    pub(super) fn give_away(&mut self, mut other: String) -> String {
        self.place = self.place_behind(self.at);
        other.clear();
        other.push_str(self.text.get(mem::take(&mut self.at)..).unwrap_or_default());
        mem::replace(&mut self.text, other)
    }

    /// Whether the end of the text is here.
    pub(super) fn is_last(&self) -> bool {
        self.is_last
    }

    /// Line and column of a byte of the text that is here, from 1.
    pub(super) fn line_and_column(&self, at: usize) -> (usize, usize) {
        self.place_behind(at)
    }

    /// Reads on. Where much is here that is not gone, as much again, so that a long value is not looked at over and over.
    ///
    /// # Errors
    /// The source's error.
    pub(super) fn fill(&mut self) -> Result<()> {
        self.place = self.place_behind(self.at);
        self.text.drain(..mem::take(&mut self.at));
        let here = self.text.len();
        let wanted = if here < PIECE { 1 } else { here };
        while !self.is_last && self.text.len() < here + wanted {
            match self.source.read(&mut self.piece) {
                Ok(count) => self.add(count),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn place_behind(&self, end: usize) -> (usize, usize) {
        let gone = self.text.get(..end).unwrap_or_default();
        let (line, column) = self.place;
        match gone.rfind('\n') {
            None => (line, column + gone.chars().count()),
            Some(last) => {
                let lines = gone.bytes().filter(|&byte| byte == b'\n').count();
                (line + lines, 1 + gone.get(last + 1..).unwrap_or_default().chars().count())
            }
        }
    }

    /// Adds the piece's first bytes to the text; none are the end.
    fn add(&mut self, count: usize) {
        self.is_last = count == 0;
        let mut bytes = mem::take(&mut self.cut);
        let read = self.piece.get(..count).unwrap_or_default();
        let bytes = if bytes.is_empty() {
            read
        } else {
            bytes.extend_from_slice(read);
            &bytes
        };
        let mut rest = bytes;
        // The check of what is sound throughout is several times as fast as a walk over its chunks.
        while let Err(error) = str::from_utf8(rest) {
            let (sound, odd) = rest.split_at(error.valid_up_to());
            self.text.push_str(str::from_utf8(sound).unwrap_or_default());
            let length = error.error_len().unwrap_or(odd.len());
            if error.error_len().is_none() && !self.is_last {
                self.cut = odd.to_vec();
            } else {
                self.text.push(char::REPLACEMENT_CHARACTER);
            }
            rest = odd.get(length..).unwrap_or_default();
        }
        self.text.push_str(str::from_utf8(rest).unwrap_or_default());
    }
}
