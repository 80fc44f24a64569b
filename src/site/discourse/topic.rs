//! A topic as far as it is known: its head, the ids of its posts, and the posts that have come → thread.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::de::MapAccess;

use super::post::Post;
use crate::markup::{clean_line, html_line};
use crate::model::{Builder, Draft, Flags, ScoreKind, Story, Thread};
use crate::site::json::{self, Any, Fields, List, Object, Scalar, Scalars, UserName, address, skip};

/// What has come of a topic.
#[derive(Clone, Debug, Default)]
pub(super) struct Topic {
    /// Scheme, host and port of the forum, or empty where that is not known.
    origin: String,
    head: Head,
    /// The ids of all posts, in their order.
    stream: Vec<i64>,
    /// The posts that have come, by number.
    posts: BTreeMap<i64, Post>,
    held: HashSet<i64>,
    notes: Vec<String>,
}

/// An answer as sent: a whole topic, or some posts of one.
#[derive(Clone, Debug, Default)]
struct Head {
    id: Scalar,
    title: Scalar,
    fancy_title: Scalar,
    slug: Scalar,
    created_at: Scalar,
    posts_count: Scalar,
    closed: Scalar,
    archived: Scalar,
    link: Scalar,
    details: Details,
    stream: Stream,
}

#[derive(Clone, Debug, Default)]
struct Details {
    created_by: Scalar,
}

#[derive(Clone, Debug, Default)]
struct Stream {
    posts: Vec<Post>,
    ids: Vec<Scalar>,
}

impl Fields for Head {
    fn field<'de, A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        let slot = match name {
            "id" => &mut self.id,
            "title" => &mut self.title,
            "fancy_title" => &mut self.fancy_title,
            "slug" => &mut self.slug,
            "created_at" => &mut self.created_at,
            "posts_count" => &mut self.posts_count,
            "closed" => &mut self.closed,
            "archived" => &mut self.archived,
            "featured_link" => &mut self.link,
            "details" => return map.next_value_seed(Any(Object(&mut self.details))),
            "post_stream" => return map.next_value_seed(Any(Object(&mut self.stream))),
            _ => return skip(map),
        };
        map.next_value_seed(Any(slot))
    }
}

impl Fields for Details {
    fn field<'de, A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        if name == "created_by" { map.next_value_seed(Any(UserName(&mut self.created_by))) } else { skip(map) }
    }
}

impl Fields for Stream {
    fn field<'de, A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        match name {
            "posts" => map.next_value_seed(Any(List(&mut self.posts))),
            "stream" => map.next_value_seed(Any(Scalars(&mut self.ids))),
            _ => skip(map),
        }
    }
}

impl Topic {
    /// A topic of this forum, of which nothing has come.
    pub(super) fn of_origin(origin: String) -> Self {
        Self { origin, ..Self::default() }
    }

    /// Takes an answer; says how many posts it brought that were not here. The first answer gives the head.
    pub(super) fn take(&mut self, bytes: &[u8]) -> usize {
        let mut head = Head::default();
        self.notes.extend(json::read(bytes, &mut head));
        let Stream { posts, ids } = std::mem::take(&mut head.stream);
        if self.posts.is_empty() && self.stream.is_empty() {
            self.head = head;
            self.stream = ids.iter().filter_map(Scalar::int).collect();
        }
        if self.origin.is_empty() {
            self.origin = origin_in_pictures(&posts).unwrap_or_default();
        }
        let before = self.posts.len();
        for mut post in posts {
            let Some(number) = post.number() else { continue };
            self.held.extend(post.id());
            self.posts.entry(number).or_insert_with(|| {
                post.read(&self.origin);
                post
            });
        }
        self.posts.len() - before
    }

    /// Whether anything of a topic is here.
    pub(super) fn is_topic(&self) -> bool {
        !self.posts.is_empty() || !self.stream.is_empty() && self.head.title.filled().is_some()
    }

    /// The ids of the posts that have not come, in their order.
    pub(super) fn lacking(&self) -> Vec<i64> {
        let mut listed = HashSet::new();
        self.stream.iter().copied().filter(|id| !self.held.contains(id) && listed.insert(*id)).collect()
    }

    /// Adds a sentence on what could not be had.
    pub(super) fn note(&mut self, note: String) {
        self.notes.push(note);
    }

    /// How many comments are here.
    pub(super) fn loaded(&self) -> u32 {
        self.comments().count() as u32
    }

    /// How many comments there are: posts without the first one and the notices that are here.
    pub(super) fn stated(&self) -> Option<u32> {
        let notices = self.posts.values().filter(|post| post.is_notice()).count();
        let comments = self.total()?.saturating_sub(notices + 1) as u32;
        Some(comments.max(self.loaded()))
    }

    /// The thread; with a note on what is missing if no more will come.
    pub(super) fn thread(&self, is_done: bool) -> Thread {
        let mut builder = Builder::new();
        let story = self.story();
        for (number, post) in self.in_order() {
            self.push(&mut builder, number, post, &story);
        }
        for note in self.notes.iter().cloned().chain(is_done.then(|| self.gaps()).into_iter().flatten()) {
            builder.note(note);
        }
        builder.finish(story)
    }

    fn push(&self, builder: &mut Builder, number: i64, post: &Post, story: &Story) {
        let parent = post.reply_to().filter(|parent| *parent != number && self.is_comment(*parent));
        let author = post.author();
        let op = !story.author.is_empty() && author.as_ref() == Some(&story.author);
        let url = if story.url.is_empty() { String::new() } else { format!("{}/{number}", story.url) };
        builder.push(&Draft {
            id: &number.to_string(),
            parent: parent.map(|parent| parent.to_string()).as_deref(),
            author: author.as_deref(),
            url: &url,
            score: post.likes(),
            posted_at: post.posted_at(),
            state: post.state(),
            flags: Flags { op, ..Flags::default() },
            body: post.body().borrow(),
            ..Draft::default()
        });
    }

    fn story(&self) -> Story {
        let (head, first) = (&self.head, self.posts.get(&1));
        let id = self.id().map(|id| id.to_string()).unwrap_or_default();
        let author = head.details.created_by.filled().map(clean_line).or_else(|| first.and_then(Post::author));
        let host = self.origin.split_once("://").map_or("", |(_, host)| host);
        Story {
            site: "discourse".to_owned(),
            id: if host.is_empty() { id.clone() } else { format!("{host}/{id}") },
            url: self.url(&id),
            title: self.title(&id),
            author: author.unwrap_or_default(),
            posted_at: head.created_at.moment().or_else(|| first.and_then(Post::posted_at)),
            link: address(head.link.text()),
            text: first.map(|first| first.body().clone()).unwrap_or_default(),
            score: first.and_then(Post::likes),
            score_kind: ScoreKind::Likes,
            archived: head.closed.is_true() || head.archived.is_true(),
            stated_comments: self.stated(),
            ..Story::default()
        }
    }

    fn title(&self, id: &str) -> String {
        let plain = self.head.title.filled().map(clean_line);
        let fancy = || self.head.fancy_title.filled().map(html_line);
        plain.or_else(fancy).unwrap_or_else(|| format!("Discourse topic {id}").trim_end().to_owned())
    }

    fn url(&self, id: &str) -> String {
        let origin = &self.origin;
        if origin.is_empty() || id.is_empty() {
            return String::new();
        }
        let in_post = || self.posts.values().find_map(|post| post.topic_slug.filled());
        let slug = self.head.slug.filled().or_else(in_post).unwrap_or("-");
        address(&format!("{origin}/t/{}/{id}", slug.replace(['/', '?', '#', '\\', '%'], "-")))
    }

    /// The topic's number.
    pub(super) fn id(&self) -> Option<i64> {
        self.head.id.int().or_else(|| self.posts.values().find_map(|post| post.topic_id.int()))
    }

    fn is_comment(&self, number: i64) -> bool {
        number != 1 && self.posts.get(&number).is_some_and(|post| !post.is_notice())
    }

    fn comments(&self) -> impl Iterator<Item = (i64, &Post)> {
        self.posts.iter().map(|(number, post)| (*number, post)).filter(|(number, _)| self.is_comment(*number))
    }

    /// The comments in the order of the topic's list; what that does not name comes last, by number.
    fn in_order(&self) -> Vec<(i64, &Post)> {
        let places: HashMap<i64, usize> = self.stream.iter().enumerate().map(|(place, id)| (*id, place)).collect();
        let mut comments: Vec<(i64, &Post)> = self.comments().collect();
        comments.sort_by_key(|(_, post)| post.id().and_then(|id| places.get(&id).copied()).unwrap_or(usize::MAX));
        comments
    }

    /// How many posts there are, by the topic's count and list and by what its posts say.
    fn total(&self) -> Option<usize> {
        let in_post = || self.posts.values().find_map(|post| post.posts_count.count());
        let counted = self.head.posts_count.count().or_else(in_post).map(|count| count as usize);
        counted.max(Some(self.stream.len()).filter(|&listed| listed > 0))
    }

    fn gaps(&self) -> Vec<String> {
        let here = self.posts.len();
        let total = self.total().filter(|&total| total > here);
        let notices = self.posts.values().filter(|post| post.is_notice() && !post.body().plain.is_empty()).count();
        let missing = total.map(|total| format!("{} of {total} posts are not here", total - here));
        let left_out = match notices {
            0 => None,
            1 => Some("1 notice of the forum is left out".to_owned()),
            _ => Some(format!("{notices} notices of the forum are left out")),
        };
        missing.into_iter().chain(left_out).collect()
    }
}

/// The forum that the users' pictures name.
fn origin_in_pictures(posts: &[Post]) -> Option<String> {
    posts.iter().find_map(|post| {
        let (_, rest) = post.avatar.text().split_once("/user_avatar/")?;
        let host = rest.split('/').next().filter(|host| host.contains('.'))?;
        Some(origin_of(&format!("https://{host}/"))).filter(|origin| !origin.is_empty())
    })
}

/// Scheme, host and port of an address; empty when it has none.
pub(super) fn origin_of(url: &str) -> String {
    url::Url::parse(url).map(|url| url.origin().ascii_serialization()).unwrap_or_default()
}
