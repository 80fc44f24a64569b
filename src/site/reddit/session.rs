//! Requests under the reader's registration: first a token, then what is wanted, and once a new token where the old is
//! no longer taken. One request at a time.

use std::borrow::Cow;
use std::fmt;

use super::account::Account;
use super::errors;
use crate::site::json::Document;
use crate::site::{Answer, LoadError, Request};

/// The way to Reddit of one load.
#[derive(Debug)]
pub(super) struct Session {
    account: Account,
    pass: Pass,
    is_renewed: bool,
    requests: u32,
    in_flight: Option<u32>,
}

/// The means of authentication.
enum Pass {
    Token(String),
    /// The request for a token.
    Login(Request),
    Failed(LoadError),
}

impl fmt::Debug for Pass {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Token(_) => formatter.write_str("Token(…)"),
            Self::Login(_) => formatter.write_str("Login(…)"),
            Self::Failed(error) => write!(formatter, "Failed({error})"),
        }
    }
}

impl Session {
    /// A session, which asks for the secret now if there is no token. Without an id it makes no request; `instead` says
    /// what the reader may do then.
    pub(super) fn new(account: Account, instead: &str) -> Self {
        let pass = if account.has_id() { pass(&account) } else { Pass::Failed(errors::no_client_id(instead)) };
        Self { account, pass, is_renewed: false, requests: 0, in_flight: None }
    }

    pub(super) fn account(&self) -> &Account {
        &self.account
    }

    /// The error that prevents all requests.
    pub(super) fn error(&self) -> Option<&LoadError> {
        if let Pass::Failed(error) = &self.pass { Some(error) } else { None }
    }

    /// The request to make now, on the way to what is at this address; nothing while one is in flight.
    ///
    /// The token goes to the interface alone.
    pub(super) fn request(&mut self, url: &str) -> Option<Request> {
        if self.in_flight.is_some() {
            return None;
        }
        let mut request = match &self.pass {
            Pass::Failed(_) => return None,
            Pass::Login(request) => request.clone(),
            Pass::Token(token) => {
                let headers = if url.starts_with(self.account.interface()) {
                    vec![("authorization", format!("bearer {token}"))]
                } else {
                    Vec::new()
                };
                Request { key: 0, url: url.to_owned(), form: None, headers }
            }
        };
        self.requests += 1;
        self.in_flight = Some(self.requests);
        request.key = self.requests;
        Some(request)
    }

    /// Takes an outcome, and gives it back if it is of what was wanted, or if that cannot be loaded; else the same is to be
    /// requested again.
    pub(super) fn answer(&mut self, key: u32, outcome: Result<Answer, LoadError>) -> Option<Result<Answer, LoadError>> {
        self.in_flight.take_if(|asked| *asked == key)?;
        let pass = match (&self.pass, outcome) {
            (Pass::Failed(_), _) => return None,
            (Pass::Login(_), outcome) => match outcome.and_then(|answer| token(&answer)) {
                Ok(token) => {
                    self.account.token.keep(&token);
                    Pass::Token(token)
                }
                Err(error) => Pass::Failed(error),
            },
            (Pass::Token(token), Ok(answer)) if answer.status == 401 && !self.is_renewed => {
                self.account.token.forget(token);
                self.is_renewed = true;
                pass(&self.account)
            }
            (Pass::Token(_), outcome) => return Some(outcome),
        };
        self.pass = pass;
        self.error().map(|error| Err(error.clone()))
    }
}

/// The token that there is, or the way to one.
fn pass(account: &Account) -> Pass {
    match account.token.get() {
        Some(token) => Pass::Token(token),
        None => account.login().map_or_else(Pass::Failed, Pass::Login),
    }
}

fn token(answer: &Answer) -> Result<String, LoadError> {
    let document = Document::read(&answer.body);
    let token = document.root().get("access_token").text().map(Cow::into_owned);
    // Whatever a header cannot carry is no token.
    let token = token.filter(|token| !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic()));
    token.filter(|_| answer.status < 300).ok_or_else(|| errors::from_login(answer, &document))
}
