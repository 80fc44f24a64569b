//! Load errors as values: subject, cause and advice.
//!
//! The words of an error say no key and no screen. What to do is an [`Advice`], which whoever shows the error puts into
//! words of its own: the screen names the keys in force, a print names none.

use std::fmt;
use std::time::Duration;

use super::counted;

/// The reason why something could not be loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadError {
    /// The subject of the sentence: `Lobsters`, `example.org:81`, `page.html`. May be empty where the
    /// cause is a whole sentence.
    pub subject: String,
    /// The cause.
    pub cause: Cause,
    /// Advice, the best first; empty where nothing helps.
    pub advice: Vec<Advice>,
}

/// The cause of a failed load. Each reads as the rest of a sentence behind [`LoadError::subject`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// No answer has come so far; nothing has failed.
    Pending,
    /// There is no such thing: `story tdfoqh`, `such topic`; with the HTTP status that said so.
    NotFound {
        /// The selection itself.
        what: String,
        /// The HTTP status, where one said it.
        status: Option<u16>,
    },
    /// Too many requests; the HTTP status that said so.
    RateLimited(u16),
    /// The server is up but cannot answer (5xx).
    Unavailable(Said),
    /// The server refuses.
    Refused(Said),
    /// The server wants a login.
    LoginRequired(Said),
    /// The server asks whether a person reads (Cloudflare, Anubis), with the status of that page, 200 for a file.
    BrowserCheck(u16),
    /// The server sent its login page instead of what was requested: `story`.
    LoginPage(String),
    /// A status that means none of these.
    Status(Said),
    /// The answer has no content.
    Empty,
    /// The answer is something else than was requested.
    Unexpected {
        /// The predicate of a sentence: `sent a page instead of JSON`, `is not a Slashdot story page`.
        says: String,
        /// The first words of what came, without markup; may be empty.
        begins: String,
    },
    /// The server states a number of comments, and not one of them came, for these reasons where there are any.
    NoComments {
        /// The number of comments, as the server states it.
        stated: u32,
        /// The errors of the requests for them.
        errors: Vec<LoadError>,
    },
    /// Several ways to the same were tried, and each failed, in this order.
    AllFailed(Vec<LoadError>),
    /// The network failed: `refused the connection`, `did not answer within 15 s`.
    Network(String),
    /// It is not stored, and no site is to be asked.
    NotStored,
    /// Something that only one site or file knows, in words of its own.
    Other(String),
}

/// An HTTP status, and a message of the server's or the first words of its answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// The status.
    pub status: u16,
    /// The words as they are to be shown, clean and short; may be empty.
    pub words: String,
    /// Whether the words are a message to the reader, and not the first words of the answer.
    pub is_message: bool,
}

/// Advice on an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Advice {
    /// The same again may succeed.
    Retry,
    /// The same again may succeed after a while of unknown length.
    RetryLater,
    /// The same again may succeed after this time.
    RetryIn(Duration),
    /// A browser may show it.
    Browser,
    /// The address, or a name or number in it, may be wrong: `check the address`.
    Check(String),
    /// A key of the config may be set: `max_body_mebibytes`.
    Config(String),
    /// Something that only one site knows, as an imperative: `wait`, `save the page`.
    Other(String),
}

impl LoadError {
    /// An error with nothing to do about it.
    pub fn new(subject: impl Into<String>, cause: Cause) -> Self {
        Self { subject: subject.into(), cause, advice: Vec::new() }
    }

    /// The state of a load to which nothing has come from `subject` yet.
    pub fn pending(subject: impl Into<String>) -> Self {
        Self::new(subject, Cause::Pending)
    }

    /// A cause that only one site or file knows: `subject` did `says`.
    pub fn other(subject: impl Into<String>, says: impl Into<String>) -> Self {
        Self::new(subject, Cause::Other(says.into()))
    }

    /// The same with the name of the file or stream that it is about in front.
    #[must_use]
    pub fn within(self, name: &str) -> Self {
        let space = if self.subject.is_empty() { "" } else { " " };
        Self { subject: format!("{name}:{space}{}", self.subject), ..self }
    }

    /// The same with something to do about it, behind what is there.
    #[must_use]
    pub fn advise(mut self, advice: Advice) -> Self {
        self.advice.push(advice);
        self
    }

    /// Whether the network failed, and not the site.
    pub fn is_of_network(&self) -> bool {
        match &self.cause {
            Cause::Network(_) => true,
            Cause::AllFailed(errors) => !errors.is_empty() && errors.iter().all(Self::is_of_network),
            _ => false,
        }
    }

    /// Whether too many requests are the cause.
    pub fn is_rate_limit(&self) -> bool {
        match &self.cause {
            Cause::RateLimited(_) => true,
            Cause::NoComments { errors, .. } | Cause::AllFailed(errors) => errors.iter().any(Self::is_rate_limit),
            _ => false,
        }
    }
}

/// Subject and cause as one sentence, without the advice.
impl fmt::Display for LoadError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Cause::Pending = self.cause {
            return write!(formatter, "Nothing has come from {} yet", self.subject);
        }
        let space = if self.subject.is_empty() { "" } else { " " };
        write!(formatter, "{}{space}{}", self.subject, self.cause)
    }
}

impl std::error::Error for LoadError {}

impl fmt::Display for Cause {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pending => formatter.write_str("has sent nothing yet"),
            Self::NotFound { what, status: Some(status) } => write!(formatter, "has no {what} ({status})"),
            Self::NotFound { what, status: None } => write!(formatter, "has no {what}"),
            Self::RateLimited(status) => write!(formatter, "asks to slow down ({status})"),
            Self::Unavailable(said) => write!(formatter, "cannot answer now {said}"),
            Self::Refused(said) => write!(formatter, "refused {said}"),
            Self::LoginRequired(said) => write!(formatter, "wants a login {said}"),
            Self::BrowserCheck(200..=299) => formatter.write_str("asks for a browser check"),
            Self::BrowserCheck(status) => {
                write!(formatter, "refused ({status}): it may be asking for a browser check")
            }
            Self::LoginPage(what) => write!(formatter, "asks for a login instead of the {what}"),
            Self::Status(said) => write!(formatter, "answered with status {}{}", said.status, said.quote()),
            Self::Empty => formatter.write_str("sent an empty answer"),
            Self::Unexpected { says, begins: words } => write!(formatter, "{says}{}", begins(words)),
            Self::NoComments { stated, errors } if errors.is_empty() => {
                write!(formatter, "says there {} but sent none", are_comments(*stated))
            }
            Self::NoComments { stated, errors } => {
                write!(formatter, "says there {} but sent none: {}", are_comments(*stated), joined(errors))
            }
            Self::AllFailed(errors) => write!(formatter, "could not be loaded: {}", joined(errors)),
            Self::Network(says) | Self::Other(says) => formatter.write_str(says),
            Self::NotStored => formatter.write_str("is not stored, and --offline asks no site"),
        }
    }
}

impl fmt::Display for Said {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "({}){}", self.status, self.quote())
    }
}

impl Said {
    fn quote(&self) -> String {
        match self.words.as_str() {
            words if self.is_message && !words.is_empty() => format!(" (“{words}”)"),
            words => begins(words),
        }
    }
}

/// `is 1 comment`, `are 2 comments`.
fn are_comments(number: u32) -> String {
    format!("{} {}", if number == 1 { "is" } else { "are" }, counted(number, "comment"))
}

/// ` (it begins “…”)`, or nothing where there are no words.
fn begins(words: &str) -> String {
    if words.is_empty() { String::new() } else { format!(" (it begins “{words}”)") }
}

/// The errors one after the other; a beginning that two have in common is written once.
fn joined(errors: &[LoadError]) -> String {
    let mut said: Vec<String> = Vec::new();
    for error in errors.iter().map(ToString::to_string) {
        if !said.contains(&error) {
            said.push(error);
        }
    }
    said.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_two_ways_have_in_common_is_said_once() {
        let down = LoadError::new("a.example", Cause::Network("refused the connection".to_owned()));
        let slow = LoadError::new("b.example", Cause::RateLimited(429));
        let all = LoadError::new("The site", Cause::AllFailed(vec![down.clone(), slow, down]));
        let says = "The site could not be loaded: a.example refused the connection; b.example asks to slow down (429)";
        assert_eq!(all.to_string(), says);
        assert!(all.is_rate_limit());
    }
}
