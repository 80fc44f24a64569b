//! One comment, one post: the fields of both versions of the interface, each of which may be missing.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::Value;

use super::address;
use crate::markup::clean_line;
use crate::model::State;

/// A comment as it was sent.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) id: u64,
    /// Its ancestors from the top down, without itself.
    pub(super) above: Vec<u64>,
    pub(super) author: Option<String>,
    pub(super) author_id: Option<u64>,
    pub(super) content: String,
    pub(super) state: State,
    pub(super) score: Option<i32>,
    pub(super) posted_at: Option<i64>,
    /// How many comments the site says are below it.
    pub(super) stated_below: u32,
    /// Where it was written.
    pub(super) home: String,
    /// The origin of the instance that sent it, where it tells.
    pub(super) origin: Option<String>,
    /// The post as it stands beside the comment.
    pub(super) post: Post,
}

/// A post as it was sent.
#[derive(Clone, Debug, Default)]
pub(super) struct Post {
    pub(super) id: Option<u64>,
    pub(super) title: String,
    pub(super) author: Option<String>,
    pub(super) author_id: Option<u64>,
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

impl Row {
    /// Reads a `CommentView`; `None` without a number.
    pub(super) fn of(view: &Value) -> Option<Self> {
        let comment = &view["comment"];
        let id = comment["id"].as_u64()?;
        let creator = &view["creator"];
        let mut post = Post::of(view);
        post.id = comment["post_id"].as_u64().or(post.id);
        // Beside a comment stand the comment's author and counts.
        (post.author, post.score, post.stated) = (None, None, None);
        Some(Self {
            id,
            above: above(text(comment, &["path"]), id),
            author: author(creator),
            author_id: first(comment, &["creator_id", "user_id"]).as_u64().or(creator["id"].as_u64()),
            content: text(comment, &["content", "body"]).to_owned(),
            state: state(comment),
            score: score(&[&view["counts"], comment]),
            posted_at: time(text(comment, &["published", "published_at"])),
            stated_below: count(&[&view["counts"], comment], "child_count").unwrap_or_default(),
            home: text(comment, &["ap_id"]).to_owned(),
            origin: local_origin(comment).or_else(|| local_origin(creator)).or_else(|| post.origin.clone()),
            post,
        })
    }
}

impl Post {
    /// Reads a `PostView`, or what stands in a comment's view.
    pub(super) fn of(view: &Value) -> Self {
        let (post, creator) = (&view["post"], &view["creator"]);
        Self {
            id: post["id"].as_u64(),
            title: clean_line(text(post, &["name", "title"])),
            author: author(creator),
            author_id: first(post, &["creator_id", "user_id"]).as_u64(),
            link: address::web(text(post, &["url"])).map(|url| clean_line(url.as_str())).unwrap_or_default(),
            content: text(post, &["body"]).to_owned(),
            state: state(post),
            score: score(&[&view["counts"], post]),
            posted_at: time(text(post, &["published", "published_at"])),
            is_locked: post["locked"].as_bool() == Some(true),
            stated: count(&[&view["counts"], post], "comments"),
            home: text(post, &["ap_id"]).to_owned(),
            origin: [post, creator, &view["community"]].into_iter().find_map(local_origin),
        }
    }
}

/// The first of these names that is there.
fn first<'v>(value: &'v Value, names: &[&str]) -> &'v Value {
    names.iter().map(|name| &value[*name]).find(|value| !value.is_null()).unwrap_or(&Value::Null)
}

fn text<'v>(value: &'v Value, names: &[&str]) -> &'v str {
    first(value, names).as_str().unwrap_or_default()
}

/// The ancestors in a path: `0.A.B.SELF`. The site allows 50; of a path beyond all measure the nearest are kept.
fn above(path: &str, id: u64) -> Vec<u64> {
    const KEPT: usize = 1000;
    let numbers = path.rsplit('.').filter_map(|part| part.parse().ok());
    let mut above: Vec<u64> = numbers.filter(|&above| above != 0 && above != id).take(KEPT).collect();
    above.reverse();
    above
}

/// A name, with the host where that is another one.
fn author(creator: &Value) -> Option<String> {
    let name = clean_line(text(creator, &["name", "user_name"]));
    if name.is_empty() || creator["deleted"].as_bool() == Some(true) {
        return None;
    }
    let host = clean_line(&address::host(text(creator, &["actor_id", "ap_id"])));
    let is_remote = creator["local"].as_bool() == Some(false) && !host.is_empty();
    Some(if is_remote { format!("{name}@{host}") } else { name })
}

fn state(value: &Value) -> State {
    match (value["removed"].as_bool(), value["deleted"].as_bool()) {
        (Some(true), _) => State::Removed,
        (_, Some(true)) => State::Deleted,
        _ => State::Live,
    }
}

fn score(places: &[&Value]) -> Option<i32> {
    let score = places.iter().find_map(|place| place["score"].as_i64())?;
    Some(score.clamp(i32::MIN.into(), i32::MAX.into()) as i32)
}

fn count(places: &[&Value], name: &str) -> Option<u32> {
    let count = places.iter().find_map(|place| place[name].as_u64())?;
    Some(count.min(u32::MAX.into()) as u32)
}

/// Where a thing is local, its address tells whose answer this is.
fn local_origin(value: &Value) -> Option<String> {
    let is_local = value["local"].as_bool() == Some(true);
    address::origin_of(text(value, &["ap_id", "actor_id"])).filter(|_| is_local)
}

/// A time; until 0.18 they had no zone, and were UTC.
fn time(text: &str) -> Option<i64> {
    let zoned = text.parse::<Timestamp>().ok();
    let naive = || TimeZone::UTC.to_timestamp(text.parse::<DateTime>().ok()?).ok();
    zoned.or_else(naive).map(Timestamp::as_second)
}
