//! The words of an error and of its advice, with the keys in force or without any.

use super::{App, GlobalCommand, KeyMap, Message};
use crate::model::{Advice, Cause, LoadError, wait_words};

/// An error in one line that names no key: for print mode.
pub fn plain(error: &LoadError) -> String {
    words(error, None).words().to_owned()
}

/// An error in one line that names the keys in force.
pub fn keyed(error: &LoadError, keys: &KeyMap) -> Message {
    words(error, Some(keys))
}

impl App {
    /// An error in one line for the screen. A browser is not spoken of where the page has no address for it.
    pub fn error_words(&self, error: &LoadError) -> Message {
        keyed(&self.on_screen(error), &self.keys)
    }

    /// An error as the screen says it: what is not stored goes by the name that the reader knows.
    pub(super) fn on_screen(&self, error: &LoadError) -> LoadError {
        let mut error = error.clone();
        if !self.page.is_on_web() {
            error.advice.retain(|advice| *advice != Advice::Browser);
        }
        if error.cause == Cause::NotStored {
            error.subject = self.missing_name();
        }
        error
    }

    /// The name of what is not stored.
    fn missing_name(&self) -> String {
        let name = self.page_name();
        match self.opened_entry() {
            _ if self.page.has_content() => format!("the next page of {name}"),
            Some(entry) => format!("“{}” ({})", entry.title, entry.site),
            None => name.to_owned(),
        }
    }
}

/// `A did B; check C, then try again with r, or open it in the browser with O`.
fn words(error: &LoadError, keys: Option<&KeyMap>) -> Message {
    let mut words = Message::from(error.to_string());
    let mut before: Option<&Advice> = None;
    for advice in &error.advice {
        let joined = match before {
            None => "; ",
            Some(before) if !is_retry(before) && is_retry(advice) => ", then ",
            Some(_) => ", or ",
        };
        words = words.and(joined).and(advice_words(advice, keys));
        before = Some(advice);
    }
    words
}

fn is_retry(advice: &Advice) -> bool {
    match advice {
        Advice::Retry | Advice::RetryLater | Advice::RetryIn(_) => true,
        Advice::Browser | Advice::Check(_) | Advice::Config(_) | Advice::Other(_) => false,
    }
}

fn advice_words(advice: &Advice, keys: Option<&KeyMap>) -> Message {
    let with = |does: &str, command| with_key(does, keys, command);
    match advice {
        Advice::Retry => with("try again", GlobalCommand::Reload),
        Advice::RetryLater => with("try again later", GlobalCommand::Reload),
        Advice::RetryIn(wait) => with(&format!("try again in {}", wait_words(*wait)), GlobalCommand::Reload),
        Advice::Browser if keys.is_none() => "open it in a browser".into(),
        Advice::Browser => with("open it in the browser", GlobalCommand::BrowseStory),
        Advice::Config(key) => format!("set {key} in the config").into(),
        Advice::Check(says) | Advice::Other(says) => says.as_str().into(),
    }
}

/// `try again with r`; without the key where none gives the command.
fn with_key(does: &str, keys: Option<&KeyMap>, command: GlobalCommand) -> Message {
    let named = keys.and_then(|keys| keys.key_with(&format!("{does} with "), command, ""));
    named.unwrap_or_else(|| does.into())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn refused(advice: &[Advice]) -> LoadError {
        LoadError { advice: advice.to_vec(), ..LoadError::new("a.example", Cause::Network("broke off".to_owned())) }
    }

    #[test]
    fn advice_names_the_keys_in_force_or_none() {
        let (check, wait) = (Advice::Check("check the address".to_owned()), Advice::RetryIn(Duration::from_secs(17)));
        let mut keys = KeyMap::default();
        keys.bind("reload", ["R"]).expect("a key");
        let says = |advice: &[Advice]| {
            let error = refused(advice);
            (keyed(&error, &keys).words().to_owned(), plain(&error))
        };
        let both =
            |keyed: &str, plain: &str| (format!("a.example broke off{keyed}"), format!("a.example broke off{plain}"));
        assert_eq!(says(&[]), both("", ""));
        assert_eq!(
            says(&[Advice::Retry, Advice::Browser]),
            both("; try again with R, or open it in the browser", "; try again, or open it in a browser")
        );
        assert_eq!(
            says(&[check, wait]),
            both(
                "; check the address, then try again in 17 seconds with R",
                "; check the address, then try again in 17 seconds"
            )
        );
        assert_eq!(says(&[Advice::RetryLater]), both("; try again later with R", "; try again later"));
        let config = Advice::Config("max_body_mebibytes".to_owned());
        let set = "; set max_body_mebibytes in the config";
        assert_eq!(says(&[config]), both(set, set));
    }
}
