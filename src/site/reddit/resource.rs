//! The resources that a thread's loader requests, and their addresses.

use url::form_urlencoded::Serializer;

use super::account::Account;
use super::address::RedditAddress;
use super::stubs::Call;

/// A resource of a thread.
#[derive(Clone, Debug)]
pub(super) enum Resource {
    /// The page of a share link, which leads to the thread.
    Share,
    /// The thread from its top.
    Thread,
    /// The comment that the address names, with what it answers.
    Comment(String),
    /// The comments behind stubs.
    Stub(Call),
}

impl Resource {
    /// Its name in messages.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Share => "share link",
            Self::Thread => "thread",
            Self::Comment(_) => "comment",
            Self::Stub(_) => "comments",
        }
    }

    /// The address that it is requested at.
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
