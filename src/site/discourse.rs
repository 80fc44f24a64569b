//! Discourse: the topic's JSON with its first posts and the ids of all, then the rest by id, 20 at a time; and lists.
//!
//! Any host may be a forum, so an address is told by its path alone, and other sites' addresses must be tried first.
//! The first post is the story; the others are comments, flat in the JSON and a tree by `reply_to_post_number`. A
//! comment's id is its post number, which is what permalinks name and what is unique within a topic.
//!
//! # Lists
//!
//! `discourse/HOST`, `discourse/HOST/c/SLUG/ID` (perhaps with the slugs of the categories above in front) and
//! `discourse/HOST/tag/NAME` are the topics of a forum, of a category and with a tag, each with an order behind it if need
//! be: `latest`, `hot`, `top`, `new`; `discourse/HOST/search:WORDS` searches. Without `HOST` they are of the forum of the
//! config; there is no other usual one. A section of the config is a tab: one that names an order is that of the place
//! where the reader is, any other a target of its own, what stands behind `discourse/`. The first that is an order is the
//! one of pages where none is named.
//!
//! The form of lists and searches is known from the project's source and from hearsay, not from captured answers:
//! `/latest.json` has `topic_list.topics`, with numbers of `users` in `posters`; pages are counted from 0, and there is
//! another where `more_topics_url` stands. `/search.json` has `posts` and `topics` side by side, pages counted from 1 to
//! 10, and another where `more_full_page_results` says so.
//!
//! # What is assumed, and not known of every forum
//!
//! - A reply to the first post, to a post that is not here, or to a notice of the forum stands at the top level.
//! - A post without an entry for likes has 0 of them, if it is a regular one; what else has no entry has no score.
//! - `user_deleted` is the author's doing, `deleted_at` the moderators', and `hidden` the readers' flags.
//! - `posts_count` counts the notices too. Those are left out, and counted in a note if they say anything. Of a topic in a
//!   list it is one more than the comments.
//! - A forum has a list of new topics for members alone, so that is requested as the latest by their making.
//! - Lists name categories only by number. Where the names come beside them, which few forums do, they are shown.
//! - A saved answer does not name its forum. Where its users' pictures do (`/user_avatar/HOST/…`), that is believed.

mod address;
mod entries;
mod errors;
mod list;
mod loader;
mod page;
mod pages;
mod poll;
mod post;
mod section;
mod topic;

pub use address::{DiscourseAddress, parse};
pub use loader::DiscourseLoader;
pub use page::{looks_like_list_page, looks_like_page, read_list_page, read_page};

use self::topic::Topic;
use super::LoadError;
use super::sample::Kind;
use super::{ConfigKey, Info, Limit, Scoring, Site, SiteConfig, ThreadTarget};
use super::{Format, Sample};
use crate::model::{Listing, ScoreKind, Thread};

/// Facts about the site.
static INFO: Info = Info {
    phrase: "a Discourse forum",
    example: "https://HOST/t/some-title/123 or discourse:HOST/123",
    hints: &["discourse:", "/t/"],
    sections: &section::USUAL,
    scoring: Scoring { kind: ScoreKind::Likes, ..Scoring::VOTES },
    on_any_host: true,
    limits: &[Limit::new(50, 10), Limit::new(200, 60)],
    config_keys: &[ConfigKey::address("url", &[])],
    ..Info::new("discourse", "Discourse")
};

/// Discourse, for the table of sites. Any host may be a forum, so none has limits of its own.
pub static DISCOURSE: Site = Site {
    knows_host: list::is_of_forum,
    ..Site::new(
        &INFO,
        thread,
        list::parse_name,
        list::parse_address,
        &[
            Format::thread("a topic of Discourse", looks_like, read_saved),
            Format::list("a list of Discourse", looks_like_list, read_saved_list),
            Format::thread("a page of Discourse", looks_like_page, read_page),
            Format::list("a page of Discourse with a list", looks_like_list_page, read_list_page),
        ],
    )
};

/// The thread that an address or a short form names.
fn thread(target: &str, config: &SiteConfig) -> Option<ThreadTarget> {
    let address = parse(target, config.url())?;
    let (page, comment) = (address.url.clone(), address.comment.clone());
    Some(ThreadTarget::new(&INFO, page, comment, move || DiscourseLoader::new(address.clone())))
}

/// Reads the JSON of a topic, or of some of its posts, without the network.
///
/// # Errors
/// The bytes are no topic; the error says what they seem to be.
pub fn read_saved(file: &Sample<'_>) -> Result<Thread, LoadError> {
    let mut topic = Topic::default();
    topic.take(file.document());
    if topic.is_topic() { Ok(topic.thread(true)) } else { Err(errors::from_body(file.bytes(), "the forum", "topic")) }
}

/// Whether a file is the JSON of a topic of Discourse, or of some of its posts.
pub fn looks_like(file: &Sample<'_>) -> bool {
    file.kind() == Kind::Object && file.names_all(&["post_stream", "post_number"])
}

/// Reads the JSON of a list of topics, or of a search.
///
/// # Errors
/// The bytes are no topic; the error says what they seem to be.
pub fn read_saved_list(file: &Sample<'_>) -> Result<Listing, LoadError> {
    pages::read_saved(file)
}

/// Whether a file is the JSON of a list of topics, or of a search that found some.
pub fn looks_like_list(file: &Sample<'_>) -> bool {
    file.kind() == Kind::Object && file.names_all(&["topics"]) && entries::is_list(file.document())
}
