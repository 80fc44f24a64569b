//! Exit codes, and what is said where a command fails.

use std::io;

/// Exit codes.
pub(super) const FAILURE: u8 = 1;
pub(super) const USAGE: u8 = 2;

/// An exit code, and what is said on standard error: a line for each thing that is wrong.
pub(super) struct Failure(pub(super) u8, pub(super) Vec<String>);

impl Failure {
    /// One thing is wrong.
    pub(super) fn one(code: u8, line: impl Into<String>) -> Self {
        Self(code, vec![line.into()])
    }

    /// The command line or the config is wrong.
    pub(super) fn usage(line: impl Into<String>) -> Self {
        Self::one(USAGE, line)
    }
}

/// The exit code after printing; a closed pipe is no error.
pub(super) fn written(outcome: io::Result<()>) -> Result<u8, Failure> {
    match outcome {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::one(FAILURE, format!("could not write: {error}")))
        }
        _ => Ok(0),
    }
}
