//! What can be asked of a thread, and at which address.

use url::form_urlencoded::Serializer;

use super::account::Account;
use super::address::RedditAddress;
use super::stubs::Call;

/// One request of a thread's loader.
#[derive(Clone, Debug)]
pub(super) enum Ask {
    /// The page of a share link, which leads to the thread.
    Share,
    /// The thread from its top.
    Thread,
    /// The comment that the address names, with what it answers.
    Comment(String),
    /// What stubs stand for.
    Stub(Call),
}

impl Ask {
    /// What is asked for, in words.
    pub(super) fn what(&self) -> &'static str {
        match self {
            Self::Share => "share link",
            Self::Thread => "thread",
            Self::Comment(_) => "comment",
            Self::Stub(_) => "comments",
        }
    }

    /// Where to ask.
    pub(super) fn url(&self, address: &RedditAddress, account: &Account) -> String {
        let thread = address.id.as_deref().unwrap_or_default();
        let (path, query) = match self {
            Self::Share => return address.url.clone(),
            Self::Thread => (format!("/comments/{thread}"), tree(&[])),
            Self::Comment(id) => (format!("/comments/{thread}/_/{id}"), tree(&[("context", "8")])),
            Self::Stub(Call::Below(id)) => (format!("/comments/{thread}/_/{id}"), tree(&[])),
            Self::Stub(Call::More(ids)) => ("/api/morechildren".to_owned(), by_ids(thread, ids)),
        };
        format!("{}{path}?{query}", account.interface())
    }
}

/// The query for a thread or a branch of it.
fn tree(also: &[(&str, &str)]) -> String {
    let usual = [("limit", "500"), ("sort", "confidence"), ("raw_json", "1"), ("threaded", "1")];
    Serializer::new(String::new()).extend_pairs(also).extend_pairs(usual).finish()
}

/// The query for comments by their ids, and for what is below them.
fn by_ids(thread: &str, ids: &[String]) -> String {
    let mut query = Serializer::new(String::new());
    query.append_pair("api_type", "json").append_pair("link_id", &format!("t3_{thread}"));
    query.append_pair("children", &ids.join(",")).append_pair("sort", "confidence");
    query.append_pair("limit_children", "false").append_pair("raw_json", "1").finish()
}
