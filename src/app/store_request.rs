//! The requests to the store, which keeps things beyond the end of the program, and its answers.

use std::collections::HashSet;
use std::sync::Arc;

use super::Message;
use crate::model::{Entry, Thread};
use crate::view::{
    Author, AuthorNote, Authors, Bookmark, Bookmarks, LastVisit, OrderedThread, ReadingState, Seen, StoryMemory,
};

/// A request to the store. They are done one after the other, each as a whole or not at all.
#[derive(Clone, Debug)]
pub enum StoreRequest {
    /// Tell what holds everywhere; [`StoreAnswer::Notes`] answers.
    Notes,
    /// The thread of this story was opened; [`StoreAnswer::Visit`] answers with the number.
    BeginVisit(u64, Arc<Thread>),
    /// Keep what was read on a visit so far.
    NoteVisit(u64, Box<Visited>),
    /// The thread was left.
    EndVisit(u64, Box<Visited>),
    /// Take the last visit of a story's thread back; [`StoreAnswer::TakenBack`] answers.
    TakeBackVisit(Box<Entry>),
    /// Take back that a visit of a story's thread was taken back; [`StoreAnswer::PutBack`] answers.
    PutBackVisit(Box<Entry>),
    /// Tell what is remembered of the threads of these stories; [`StoreAnswer::Stories`] answers.
    Stories(Vec<Entry>),
    /// Keep a bookmark; the words are for the reader once that is done.
    PutBookmark(Box<NewBookmark>, Message),
    /// Forget a bookmark; the words are for the reader once that is done.
    RemoveBookmark(Bookmark, Message),
    /// Keep a story's thread until it is cleared, or no longer; [`StoreAnswer::Saved`] answers.
    ToggleSaved {
        /// The story.
        entry: Box<Entry>,
        /// Whether that takes the last such change back.
        takes_back: bool,
    },
    /// Keep the note on an author; the words are for the reader once that is done.
    PutAuthor(Author, AuthorNote, Message),
    /// Keep whether lists hide the stories that were read.
    PutHidesRead(bool),
    /// Keep a line that was typed into the prompt of this name.
    PutTyped(&'static str, String),
}

/// An answer of the store.
#[derive(Clone, Debug)]
pub enum StoreAnswer {
    /// What holds everywhere.
    Notes {
        /// The reader's notes on authors.
        authors: Authors,
        /// The reader's bookmarks.
        bookmarks: Bookmarks,
        /// Whether lists hide the stories that were read.
        hides_read: bool,
        /// The names of prompts, and the lines that were typed into each, the last one first.
        typed: Vec<(String, Vec<String>)>,
    },
    /// Something is kept, as these words say.
    Kept(Message),
    /// All that is remembered of the thread of a visit.
    Visit(u64, Box<ThreadMemory>),
    /// What is remembered of the thread of each of these stories.
    Stories(Vec<(Entry, StoryMemory)>),
    /// The last visit of a story's thread was taken back, where there was one; with the one before, where there is one.
    TakenBack {
        /// The story.
        entry: Box<Entry>,
        /// Whether there was one to be taken back.
        is_done: bool,
        /// The visit before.
        before: Option<LastVisit>,
    },
    /// Whether a story's thread is kept until it is cleared; `None` where it is not stored.
    Saved {
        /// The story.
        entry: Box<Entry>,
        /// Whether it is kept so now.
        is_saved: Option<bool>,
        /// Whether that took a change back.
        takes_back: bool,
    },
    /// The visit of a story's thread that was taken back last holds again, unless the thread was opened since.
    PutBack {
        /// The story.
        entry: Box<Entry>,
        /// Whether there was one that could hold again.
        is_done: bool,
        /// The last visit now.
        last: Option<LastVisit>,
    },
}

/// The state of a visit.
#[derive(Clone, Debug)]
pub struct Visited {
    /// The thread in the site's order and in the one that shows.
    pub thread: OrderedThread,
    /// Whether each comment of the one that shows has stood on the screen.
    pub is_read: Vec<bool>,
    /// Folds, thresholds, order and place.
    pub state: ReadingState,
    /// Whether those that were kept before were taken up; if not, they stay.
    pub is_taken_up: bool,
}

/// All that is remembered of a thread.
#[derive(Clone, Debug, Default)]
pub struct ThreadMemory {
    /// The comments that were there when it was last left; `None` where it never was.
    pub seen: Option<Seen>,
    /// The ids of the comments that have stood on the screen.
    pub read: HashSet<String>,
    /// Folds, thresholds, order and place as they were left, if they were.
    pub state: Option<ReadingState>,
}

/// A bookmark that is to be kept.
#[derive(Clone, Debug)]
pub struct NewBookmark {
    /// The story.
    pub entry: Entry,
    /// The id of the comment; `None` for the story itself.
    pub comment: Option<String>,
    /// The address of the comment or story.
    pub url: String,
    /// The author of the comment or story; may be empty.
    pub author: String,
    /// The first words of the comment; empty for a story.
    pub words: String,
}
