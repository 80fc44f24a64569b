//! Bookmarks of comments and stories.

use super::clipboard_browser::address_here;
use super::own_lists::is_of_people;
use super::{App, NewBookmark, PageContent, StoreRequest};
use crate::model::{Comment, Entry, Story, story_key};
use crate::view::{Bookmark, Bookmarks, ThreadView, first_words};

/// Columns of the first words of a bookmarked comment.
const WORDS: usize = 80;

impl App {
    /// The reader's bookmarks.
    pub fn bookmarks(&self) -> &Bookmarks {
        &self.bookmarks
    }

    /// Bookmarks the comment or story that the reader is on, or takes its bookmark away.
    pub(super) fn toggle_bookmark(&mut self) {
        let here = match self.page.content() {
            PageContent::Unloaded | PageContent::Loading(_) | PageContent::Failed(_) => None,
            PageContent::Thread(thread) => Some(bookmark_here(thread.view())),
            PageContent::List(list) if is_of_people(list.view()) => None,
            PageContent::List(list) => list.view().entry().map(of_entry),
        };
        let Some(new) = here else {
            self.say("there is nothing to bookmark here");
            return;
        };
        let what = if new.comment.is_some() { "comment" } else { "story" };
        let bookmark = Bookmark { comment: new.comment.clone(), ..entry_bookmark(&new.entry) };
        if self.bookmarks.toggle(bookmark.clone(), new.url.clone()) {
            self.remember(format!("{what} bookmarked"), |says| StoreRequest::PutBookmark(Box::new(new), says));
        } else {
            let says = format!("the {what}'s bookmark is gone");
            self.remember(says, |says| StoreRequest::RemoveBookmark(bookmark, says));
        }
    }
}

fn bookmark_here(view: &ThreadView) -> NewBookmark {
    let story = view.thread().story();
    let entry = Entry {
        site: story.site.clone(),
        id: story.id.clone(),
        title: story.title.clone(),
        url: story.url.clone(),
        link: story.link.clone(),
        author: story.author.clone(),
        posted_at: story.posted_at,
        score: story.score,
        comments: story.stated_comments,
        score_kind: story.score_kind.of_story(),
        ..Entry::default()
    };
    let url = address_here(view).to_owned();
    match view.place().row.comment().and_then(|index| view.thread().get(index)) {
        Some(comment) => of_comment(entry, comment, url),
        None => NewBookmark { url, ..of_entry(&entry) },
    }
}

fn of_comment(entry: Entry, comment: Comment<'_>, url: String) -> NewBookmark {
    let author = comment.author().unwrap_or_default().to_owned();
    let words = first_words(comment.body(), WORDS);
    NewBookmark { entry, comment: Some(comment.id().to_owned()), url, author, words }
}

fn of_entry(entry: &Entry) -> NewBookmark {
    let (url, author) = (entry.url.clone(), entry.author.clone());
    if entry.comment.is_empty() {
        return NewBookmark { entry: entry.clone(), comment: None, url, author, words: String::new() };
    }
    // What stands there is the comment's; nothing is told of its story but which one it is.
    let story = Entry { site: entry.site.clone(), id: entry.id.clone(), ..Entry::default() };
    NewBookmark { entry: story, comment: Some(entry.comment.clone()), url, author, words: entry.title.clone() }
}

/// The bookmark of a comment of a story.
pub fn comment_bookmark(story: &Story, id: &str) -> Bookmark {
    Bookmark { comment: Some(id.to_owned()), ..story_bookmark(story) }
}

/// The bookmark of a story.
pub fn story_bookmark(story: &Story) -> Bookmark {
    Bookmark { site: story.site.clone(), story: story_key(&story.id, &story.url), comment: None }
}

/// The bookmark of a story in a list, or of the comment that stands there.
pub fn entry_bookmark(entry: &Entry) -> Bookmark {
    let comment = Some(&entry.comment).filter(|comment| !comment.is_empty()).cloned();
    Bookmark { site: entry.site.clone(), story: story_key(&entry.id, &entry.url), comment }
}
