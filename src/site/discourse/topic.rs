//! A topic as far as it is known: its head, the ids of its posts, and the posts that have come → thread.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::INFO;
use super::address::topic_url;
use super::post::Post;
use crate::markup::html_line;
use crate::model::{Builder, Draft, Flags, Story, Thread, counted, is_or_are, not_here};
use crate::site::grammar::{self, host};
use crate::site::json::{Document, Value};

/// The loaded part of a topic.
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
    is_page: bool,
}

/// The topic's own facts.
#[derive(Clone, Debug, Default)]
struct Head {
    id: Option<i64>,
    slug: Option<String>,
    title: Option<String>,
    author: Option<String>,
    posted_at: Option<i64>,
    posts_count: Option<u32>,
    link: String,
    is_closed: bool,
}

/// The facts that a page of a topic states.
#[derive(Clone, Debug, Default)]
pub(super) struct PageHead {
    pub(super) id: Option<i64>,
    pub(super) slug: Option<String>,
    pub(super) title: Option<String>,
    /// The number of posts.
    pub(super) posts_count: Option<u32>,
}

impl Head {
    fn of(topic: Value<'_>) -> Self {
        Self {
            id: topic.get("id").whole(),
            slug: topic.get("slug").line(),
            title: title(topic),
            author: topic.get("details").get("created_by").user_name(),
            posted_at: topic.get("created_at").moment(),
            posts_count: topic.get("posts_count").count(),
            link: topic.get("featured_link").address(),
            is_closed: topic.get("closed").is_true() || topic.get("archived").is_true(),
        }
    }

    /// Learns what a post says of its topic.
    fn learn(&mut self, post: Value<'_>) {
        self.id = self.id.or_else(|| post.get("topic_id").whole());
        self.slug = self.slug.take().or_else(|| post.get("topic_slug").line());
        self.posts_count = self.posts_count.or_else(|| post.get("posts_count").count());
    }
}

impl Topic {
    /// A topic of this forum, of which nothing has come.
    pub(super) fn from_origin(origin: String) -> Self {
        Self { origin, ..Self::default() }
    }

    /// A topic as a page of this forum shows it; of two posts with one number the first stays.
    pub(super) fn from_page(origin: String, head: PageHead, posts: Vec<(i64, Post)>) -> Self {
        let PageHead { id, slug, title, posts_count } = head;
        let head = Head { id, slug, title, posts_count, ..Head::default() };
        let mut topic = Self { origin, head, is_page: true, ..Self::default() };
        for (number, post) in posts {
            topic.posts.entry(number).or_insert(post);
        }
        topic
    }

    /// Takes an answer; says how many posts it brought that were not here. The first answer gives the head.
    pub(super) fn take(&mut self, document: &Document) -> usize {
        let stream = document.root().get("post_stream");
        self.notes.extend(document.damage_note());
        if self.posts.is_empty() && self.stream.is_empty() {
            self.head = Head::of(document.root());
            self.stream = stream.get("stream").items().filter_map(Value::whole).collect();
        }
        let posts: Vec<Value<'_>> = stream.get("posts").items().filter(|post| post.is_whole()).collect();
        if self.origin.is_empty() {
            self.origin = origin_in_pictures(posts.iter().copied()).unwrap_or_default();
        }
        let before = self.posts.len();
        for post in posts {
            let Some(number) = Post::number(post) else { continue };
            self.head.learn(post);
            self.held.extend(post.get("id").whole());
            if let Entry::Vacant(place) = self.posts.entry(number) {
                place.insert(Post::of(post, &self.origin));
            }
        }
        self.posts.len() - before
    }

    /// Whether anything of a topic is here.
    pub(super) fn is_topic(&self) -> bool {
        !self.posts.is_empty() || !self.stream.is_empty() && self.head.title.is_some()
    }

    /// The ids of the posts that have not come, in their order.
    pub(super) fn lacking(&self) -> Vec<i64> {
        let mut listed = HashSet::new();
        self.stream.iter().copied().filter(|id| !self.held.contains(id) && listed.insert(*id)).collect()
    }

    /// Adds a sentence on what could not be loaded.
    pub(super) fn note(&mut self, note: String) {
        self.notes.push(note);
    }

    /// The number of comments that are here, text and all.
    pub(super) fn loaded(&self) -> u32 {
        self.comments().filter(|(_, post)| post.is_here()).count() as u32
    }

    /// The number of comments: posts without the first one and the loaded notices.
    pub(super) fn stated(&self) -> Option<u32> {
        let notices = self.posts.values().filter(|post| post.is_notice).count();
        let comments = self.total()?.saturating_sub(notices + 1) as u32;
        Some(comments.max(self.comments().count() as u32))
    }

    /// The thread; with a note on what is missing if no more will come.
    pub(super) fn thread(&self, is_done: bool) -> Thread {
        let mut builder = Builder::new();
        let story = self.story();
        for (number, post) in self.in_order() {
            self.push(&mut builder, (number, post), &story, is_done);
        }
        for note in self.notes.iter().cloned().chain(is_done.then(|| self.gaps()).into_iter().flatten()) {
            builder.note(note);
        }
        builder.finish(story)
    }

    fn push(&self, builder: &mut Builder, (number, post): (i64, &Post), story: &Story, is_done: bool) {
        // Once no more will come, the builder counts the comments without the one that they answer.
        let may_answer = |parent: i64| match self.posts.get(&parent) {
            Some(_) => self.is_comment(parent),
            None => is_done && parent != 1,
        };
        let parent = post.reply_to.filter(|parent| *parent != number && may_answer(*parent));
        let op = !story.author.is_empty() && post.author.as_ref() == Some(&story.author);
        let url = if story.url.is_empty() { String::new() } else { format!("{}/{number}", story.url) };
        builder.push(&Draft {
            id: &number.to_string(),
            parent: parent.map(|parent| parent.to_string()).as_deref(),
            author: post.author.as_deref(),
            url: &url,
            score: post.likes,
            posted_at: post.posted_at,
            state: post.state,
            flags: Flags { op, ..Flags::default() },
            body: post.body.borrow(),
            ..Draft::default()
        });
    }

    fn story(&self) -> Story {
        let (head, first) = (&self.head, self.posts.get(&1));
        let id = self.id().map(|id| id.to_string()).unwrap_or_default();
        let host = host(&self.origin);
        Story {
            id: if host.is_empty() { id.clone() } else { format!("{host}/{id}") },
            url: topic_url(&self.origin, head.slug.as_deref(), &id),
            title: head.title.clone().unwrap_or_else(|| format!("Discourse topic {id}").trim_end().to_owned()),
            author: head.author.clone().or_else(|| first?.author.clone()).unwrap_or_default(),
            posted_at: head.posted_at.or_else(|| first?.posted_at),
            link: head.link.clone(),
            text: first.map(|first| first.body.clone()).unwrap_or_default(),
            score: first.and_then(|first| first.likes),
            archived: head.is_closed,
            stated_comments: self.stated(),
            ..INFO.story()
        }
    }

    /// The topic's number.
    pub(super) fn id(&self) -> Option<i64> {
        self.head.id
    }

    fn is_comment(&self, number: i64) -> bool {
        number != 1 && self.posts.get(&number).is_some_and(|post| !post.is_notice)
    }

    fn comments(&self) -> impl Iterator<Item = (i64, &Post)> {
        self.posts.iter().map(|(number, post)| (*number, post)).filter(|(number, _)| self.is_comment(*number))
    }

    /// The comments in the order of the topic's list; what that does not name comes last, by number.
    fn in_order(&self) -> Vec<(i64, &Post)> {
        let places: HashMap<i64, usize> = self.stream.iter().enumerate().map(|(place, id)| (*id, place)).collect();
        let mut comments: Vec<(i64, &Post)> = self.comments().collect();
        comments.sort_by_key(|(_, post)| post.id.and_then(|id| places.get(&id).copied()).unwrap_or(usize::MAX));
        comments
    }

    /// The number of posts: the larger of the stated count and the length of the topic's list.
    fn total(&self) -> Option<usize> {
        let counted = self.head.posts_count.map(|count| count as usize);
        // A page names neither; its last post has a number.
        let last = self.posts.keys().next_back().and_then(|&last| usize::try_from(last).ok()).filter(|_| self.is_page);
        counted.max(Some(self.stream.len()).filter(|&listed| listed > 0)).max(last)
    }

    fn gaps(&self) -> Vec<String> {
        let here = self.posts.values().filter(|post| post.is_here()).count();
        let total = self.total().filter(|&total| total > here);
        let notices = self.posts.values().filter(|post| post.is_notice && !post.body.plain.is_empty()).count();
        let missing = total.map(|total| not_here(total - here, total, "post", "here"));
        let left_out = (notices > 0)
            .then(|| format!("{} of the forum {} left out", counted(notices as u64, "notice"), is_or_are(notices)));
        missing.into_iter().chain(left_out).collect()
    }
}

/// The title of a topic: as it was written, or with what the forum made of it.
pub(super) fn title(topic: Value<'_>) -> Option<String> {
    let fancy = || topic.get("fancy_title").text().map(|title| html_line(&title));
    topic.get("title").line().or_else(fancy).filter(|title| !title.is_empty())
}

/// The forum that the pictures of posts' authors or of users name.
pub(super) fn origin_in_pictures<'v>(mut users: impl Iterator<Item = Value<'v>>) -> Option<String> {
    users.find_map(|user| {
        let picture = user.get("avatar_template").text()?;
        let (_, rest) = picture.split_once("/user_avatar/")?;
        let host = rest.split('/').next().filter(|host| host.contains('.'))?;
        grammar::origin_of(&format!("https://{host}/"))
    })
}
