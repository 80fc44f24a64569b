//! A discussion as far as it has come, from all answers, and the thread that it makes.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use super::INFO;
use super::address::page_url;
use super::post::{self, Body, Kind, Order, Post};
use super::tree::Tree;
use crate::markup;
use crate::model::{Builder, Draft, Flags, State, Story, Text, TextRef, Thread, counted};
use crate::site::both_cores;

/// A discussion on its way: items in the order in which they came, each number once.
#[derive(Clone, Debug, Default)]
pub(super) struct Discussion<'a> {
    posts: Vec<Post<'a>>,
    places: HashMap<u64, usize>,
    live: u32,
}

impl<'a> Discussion<'a> {
    /// Takes an item from Firebase, which has the last word.
    pub(super) fn take(&mut self, post: Post<'a>) {
        self.put(post, Post::merge);
    }

    /// Takes an item from Algolia, which fills in what is not known.
    pub(super) fn fill(&mut self, post: Post<'a>) {
        self.put(post, |own, mut new| {
            new.merge(std::mem::take(own));
            *own = new;
        });
    }

    /// Takes all items of an answer of Algolia's.
    pub(super) fn fill_with(&mut self, posts: Vec<Post<'a>>) {
        self.posts.reserve(posts.len());
        for post in posts {
            self.fill(post);
        }
    }

    fn put(&mut self, post: Post<'a>, join: impl FnOnce(&mut Post<'a>, Post<'a>)) {
        let place = match self.places.entry(post.id) {
            Entry::Occupied(entry) => {
                let own = &mut self.posts[*entry.get()];
                self.live -= u32::from(own.is_live_comment());
                join(own, post);
                *entry.get()
            }
            Entry::Vacant(entry) => {
                self.posts.push(post);
                *entry.insert(self.posts.len() - 1)
            }
        };
        self.live += u32::from(self.posts[place].is_live_comment());
    }

    pub(super) fn get(&self, id: u64) -> Option<&Post<'a>> {
        self.posts.get(*self.places.get(&id)?)
    }

    pub(super) fn posts(&self) -> &[Post<'a>] {
        &self.posts
    }

    /// The topmost item above this one that is here; itself, where its parent is not here.
    pub(super) fn top_of(&self, id: u64) -> Option<u64> {
        let mut met = HashSet::from([id]);
        let mut top = self.get(id)?;
        // In a circle there is no top.
        while let Some(above) = top.parent.filter(|above| met.insert(*above)).and_then(|above| self.get(above)) {
            top = above;
        }
        Some(top.id)
    }

    /// The number of loaded comments that have a text to read.
    pub(super) fn live(&self) -> u32 {
        self.live
    }

    /// The choices of a poll that have come, in the poll's order.
    fn choices(&self, poll: &Post) -> Vec<&Post<'a>> {
        let is_own = |post: &&Post<'_>| {
            let is_choice = post.kind == Kind::Choice && !post.html.is_empty();
            is_choice && post.parent.is_none_or(|parent| parent == poll.id)
        };
        let mut choices: Vec<&Post<'a>> = self.posts.iter().filter(is_own).collect();
        choices.sort_by_key(|choice| poll.parts.iter().position(|part| *part == choice.id));
        choices
    }

    /// The thread under an item: a story, or a comment whose story is not known.
    pub(super) fn thread(&self, head: u64, notes: Vec<String>) -> Thread {
        let tree = Tree::of(&self.posts, &self.places, head);
        let story = self.story(head);
        let room = self.posts.iter().map(Post::room).sum();
        let mut builder = Builder::with_room(tree.order.len(), room);
        let text = |&place: &usize| self.posts[place].body.as_ref().map(Body::text);
        both_cores::for_each(&tree.order, text, |&place, text| {
            let post = &self.posts[place];
            if post.id != head || post.kind == Kind::Comment {
                let parent = tree.parents[place].filter(|&parent| parent != head || self.is_comment(head));
                let parent = parent.filter(|_| post.id != head).map(post::id_of);
                push((post, text.as_deref()), parent.as_deref(), &story.author, &mut builder);
            }
        });
        for note in notes {
            builder.note(note);
        }
        let thread = builder.finish(story);
        let posts: Vec<Option<&Post<'_>>> =
            thread.iter().map(|comment| comment.id().parse().ok().and_then(|id| self.get(id))).collect();
        let is_ranked = |post: Option<&Post<'_>>| post.is_some_and(|post| post.kids_order == Order::Ranked);
        let is_story_ranked = !self.is_comment(head) && is_ranked(self.get(head));
        thread.with_estimates(
            |parent| parent.map_or(is_story_ranked, |parent| is_ranked(posts[parent as usize])),
            |index| posts[index as usize].is_some_and(|post| post.faded),
        )
    }

    fn is_comment(&self, id: u64) -> bool {
        self.get(id).is_some_and(|post| post.kind == Kind::Comment)
    }

    fn story(&self, head: u64) -> Story {
        let unknown = Post { id: head, ..Post::default() };
        let post = self.get(head).unwrap_or(&unknown);
        let is_comment = post.kind == Kind::Comment;
        let id = post::id_of(head);
        let is_known = !id.starts_with('#');
        Story {
            url: if is_known { page_url(head) } else { String::new() },
            id: if is_known { id } else { String::new() },
            title: title(post),
            author: post.author.clone().filter(|_| !is_comment).unwrap_or_default(),
            posted_at: post.posted_at,
            link: post.link.clone(),
            text: if is_comment { Text::default() } else { self.text(post) },
            score: post.points().filter(|_| !is_comment),
            stated_comments: post.descendants,
            ..INFO.story()
        }
    }

    /// A story's own text; of a poll, with its choices and their scores as a list.
    fn text(&self, post: &Post) -> Text {
        let choices = self.choices(post);
        if choices.is_empty() {
            let body = post.body.as_ref().map(|body| body.text().into_owned());
            return body.unwrap_or_else(|| markup::html(&post.html));
        }
        let mut html = format!("{}<ul>", post.html);
        for choice in choices {
            let points = match choice.score {
                Some(score) => format!(" ({})", counted(score, "point")),
                None => String::new(),
            };
            _ = write!(html, "<li>{}{points}</li>", choice.html);
        }
        html.push_str("</ul>");
        markup::html(&html)
    }
}

fn push((post, text): (&Post, Option<&Text>), parent: Option<&str>, op: &str, builder: &mut Builder) {
    let state = post.state();
    let author = post.author.as_deref();
    let id = post::id_of(post.id);
    let url = if id.starts_with('#') { String::new() } else { page_url(post.id) };
    let text = text.filter(|_| matches!(state, State::Live | State::Dead));
    builder.push(&Draft {
        id: &id,
        parent,
        author,
        url: &url,
        posted_at: post.posted_at,
        state,
        flags: Flags { op: author.is_some_and(|author| author == op), ..Flags::default() },
        body: text.map_or_else(TextRef::default, Text::borrow),
        ..Draft::default()
    });
}

/// The title, or what stands for one: dead and deleted stories have none.
fn title(post: &Post) -> String {
    let kind = match (post.kind, post.author.as_deref()) {
        _ if !post.title.is_empty() => return post.title.clone(),
        (Kind::Comment, Some(author)) => return format!("Comment by {author}"),
        (Kind::Comment, None) => "Comment",
        _ if post.deleted => "Deleted story",
        _ if post.dead => "Dead story",
        _ => "Hacker News item",
    };
    format!("{kind} {}", post.id)
}
