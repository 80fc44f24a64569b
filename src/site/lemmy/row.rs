//! One comment or post: the fields of both versions of the interface, each of which may be missing.

use crate::markup::clean_line;
use crate::model::State;
use crate::site::grammar::{self, host};
use crate::site::json::Value;

/// A comment as it was sent.
#[derive(Clone, Debug)]
pub(super) struct CommentRow {
    pub(super) id: u64,
    /// Its ancestors from the top down, without itself.
    pub(super) above: Vec<u64>,
    pub(super) author: Option<String>,
    pub(super) author_id: Option<u64>,
    pub(super) content: String,
    pub(super) state: State,
    pub(super) score: Option<i32>,
    pub(super) posted_at: Option<i64>,
    /// The number of comments below it, as the site states it.
    pub(super) stated_below: u32,
    /// Its address where it was written.
    pub(super) home: String,
    /// The origin of the instance that sent it, where it tells.
    pub(super) origin: Option<String>,
    /// The post as it stands beside the comment.
    pub(super) post: PostRow,
}

/// A post as it was sent.
#[derive(Clone, Debug, Default)]
pub(super) struct PostRow {
    pub(super) id: Option<u64>,
    pub(super) title: String,
    pub(super) author: Option<String>,
    pub(super) author_id: Option<u64>,
    /// The community it was posted in, with the host if that is another one.
    pub(super) community: String,
    pub(super) link: String,
    pub(super) content: String,
    pub(super) state: State,
    pub(super) score: Option<i32>,
    pub(super) posted_at: Option<i64>,
    pub(super) is_locked: bool,
    pub(super) stated: Option<u32>,
    pub(super) home: String,
    pub(super) origin: Option<String>,
}

impl CommentRow {
    /// Reads a `CommentView`; `None` without a number, or where damage cut it.
    pub(super) fn of(view: Value<'_>) -> Option<Self> {
        let (comment, creator) = (view.get("comment"), view.get("creator"));
        let id = comment.get("id").id().filter(|_| view.is_whole())?;
        let mut post = PostRow::of(view).unwrap_or_default();
        post.id = comment.get("post_id").id().or(post.id);
        // Beside a comment stand the comment's author and counts.
        (post.author, post.score, post.stated) = (None, None, None);
        let counts = [view.get("counts"), comment];
        Some(Self {
            id,
            above: above(comment, id),
            author: author(creator),
            author_id: comment.any(&["creator_id", "user_id"]).id().or_else(|| creator.get("id").id()),
            content: comment.any(&["content", "body"]).text().unwrap_or_default().into_owned(),
            state: state(comment),
            score: in_either(counts, |counts| counts.get("score").score()),
            posted_at: comment.any(&["published", "published_at"]).moment(),
            stated_below: in_either(counts, |counts| counts.get("child_count").count()).unwrap_or_default(),
            home: comment.get("ap_id").address(),
            origin: local_origin(comment).or_else(|| local_origin(creator)).or_else(|| post.origin.clone()),
            post,
        })
    }
}

impl PostRow {
    /// Reads a `PostView`, or what stands in a comment's view; `None` where damage cut it.
    pub(super) fn of(view: Value<'_>) -> Option<Self> {
        let (post, creator, community) = (view.get("post"), view.get("creator"), view.get("community"));
        let counts = [view.get("counts"), post];
        view.is_whole().then(|| Self {
            id: post.get("id").id(),
            title: post.any(&["name", "title"]).line().unwrap_or_default(),
            author: author(creator),
            author_id: post.any(&["creator_id", "user_id"]).id(),
            community: with_host(community).unwrap_or_default(),
            link: post.get("url").address(),
            content: post.get("body").text().unwrap_or_default().into_owned(),
            state: state(post),
            score: in_either(counts, |counts| counts.get("score").score()),
            posted_at: post.any(&["published", "published_at"]).moment(),
            is_locked: post.get("locked").is_true(),
            stated: in_either(counts, |counts| counts.get("comments").count()),
            home: post.get("ap_id").address(),
            origin: [post, creator, community].into_iter().find_map(local_origin),
        })
    }
}

/// The value in the first of two places that has one: version 3 keeps counts aside, version 4 in the row itself.
fn in_either<T>(places: [Value<'_>; 2], read: impl Fn(Value<'_>) -> Option<T>) -> Option<T> {
    places.into_iter().find_map(read)
}

/// The ancestors in a path: `0.A.B.SELF`; before version 0.17 there is none, and only the parent is told. The site allows
/// 50; of an absurdly long path, the nearest 1000 are kept.
fn above(comment: Value<'_>, id: u64) -> Vec<u64> {
    const KEPT: usize = 1000;
    let Some(path) = comment.get("path").text() else {
        return comment.get("parent_id").id().filter(|parent| *parent != id).into_iter().collect();
    };
    let numbers = path.rsplit('.').filter_map(|part| part.parse().ok());
    let mut above: Vec<u64> = numbers.filter(|&above| above != 0 && above != id).take(KEPT).collect();
    above.reverse();
    above
}

/// The author's name, unless the account is deleted.
fn author(creator: Value<'_>) -> Option<String> {
    with_host(creator).filter(|_| !creator.get("deleted").is_true())
}

/// The name of a person or a community, with the host where that is another one.
fn with_host(named: Value<'_>) -> Option<String> {
    let name = named.any(&["name", "user_name"]).line()?;
    let is_remote = named.get("local").boolean() == Some(false);
    let home = grammar::origin_of(&named.any(&["actor_id", "ap_id"]).text().unwrap_or_default());
    Some(match home.filter(|_| is_remote) {
        Some(home) => format!("{name}@{}", clean_line(host(&home))),
        None => name,
    })
}

fn state(row: Value<'_>) -> State {
    match (row.get("removed").is_true(), row.get("deleted").is_true()) {
        (true, _) => State::Removed,
        (_, true) => State::Deleted,
        _ => State::Live,
    }
}

/// The origin in the address of a row that is local: that of the instance which sent it.
fn local_origin(row: Value<'_>) -> Option<String> {
    let home = grammar::origin_of(&row.any(&["ap_id", "actor_id"]).text()?);
    home.filter(|_| row.get("local").is_true())
}
