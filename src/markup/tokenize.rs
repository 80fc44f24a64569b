//! The tokenizer of HTML, at a bounded depth of calls.
//!
//! html5gum 0.9 goes some calls deeper with each attribute of a tag whose value is in double quotes, and comes back at the
//! end of the tag: a tag with some ten thousand of them would end the program. An error of what it reads from brings it back
//! at once, and it goes on where it was. So it is given one behind every few quotes.

use std::convert::Infallible;
use std::fmt;

use html5gum::{Emitter, Readable, Reader, Tokenizer};

/// Double quotes between two pauses.
const QUOTES: u32 = 64;

/// Gives every token of a source to an emitter.
pub(crate) fn tokenize<E: Emitter<Token = Infallible>>(source: &str, emitter: E) {
    let reader = PausingReader { reader: source.to_reader(), quotes: 0 };
    // A pause is the only error; the next token is asked for behind it.
    Tokenizer::new_with_emitter(reader, emitter).for_each(drop);
}

/// Text in memory that brings the tokenizer back behind every few double quotes.
struct PausingReader<R> {
    reader: R,
    /// Quotes since the last pause.
    quotes: u32,
}

/// The error that is none.
#[derive(Debug)]
struct Pause;

impl fmt::Display for Pause {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("there is more to read")
    }
}

impl std::error::Error for Pause {}

impl<R> PausingReader<R> {
    /// Fails once where a pause is due. Behind a quote the tokenizer keeps nothing but its state.
    fn pause(&mut self) -> Result<(), Pause> {
        if self.quotes < QUOTES {
            return Ok(());
        }
        self.quotes = 0;
        Err(Pause)
    }
}

impl<R: Reader<Error = Infallible>> Reader for PausingReader<R> {
    type Error = Pause;

    fn read_byte(&mut self) -> Result<Option<u8>, Pause> {
        self.pause()?;
        let Ok(byte) = self.reader.read_byte();
        self.quotes += u32::from(byte == Some(b'"'));
        Ok(byte)
    }

    fn try_read_string(&mut self, text: &[u8], case_sensitive: bool) -> Result<bool, Pause> {
        let Ok(is_there) = self.reader.try_read_string(text, case_sensitive);
        Ok(is_there)
    }

    fn read_until<'b>(&'b mut self, needle: &[u8], buffer: &'b mut [u8; 4]) -> Result<Option<&'b [u8]>, Pause> {
        self.pause()?;
        let Ok(bytes) = self.reader.read_until(needle, buffer);
        self.quotes += u32::from(bytes == Some(b"\""));
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use html5gum::Span;
    use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};

    use super::*;

    /// The events of a source, by this tokenizer or by the usual one.
    fn events(source: &str, is_usual: bool) -> Vec<String> {
        let mut events = Vec::new();
        let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: Span<usize>| {
            events.push(format!("{event:?} {span:?}"));
            None::<Infallible>
        });
        emitter.naively_switch_states(true);
        if is_usual {
            let Ok(()) = Tokenizer::new_with_emitter(source, emitter).finish();
        } else {
            tokenize(source, emitter);
        }
        events
    }

    #[test]
    fn pauses_change_nothing() {
        let pieces = [
            "<a b=\"c\" d=\"\r\n&amp;\"e=\"f\">",
            "\"",
            "<p x=\"\"/>\r\n",
            "<!-- \" -->",
            "<script>\"</script>",
            "=\"<\" y",
        ];
        for count in 0..60_usize {
            let source: String = (0..count).map(|at| pieces[(at * count + at / 3) % pieces.len()]).collect();
            assert_eq!(events(&source, false), events(&source, true), "{source}");
        }
    }

    #[test]
    fn a_tag_with_a_hundred_thousand_attributes_is_read() {
        let attributes = "a=\"0\" ".repeat(100_000);
        assert_eq!(events(&format!("<p {attributes}>x"), false).len(), 200_003);
    }
}
