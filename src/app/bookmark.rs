//! Bookmarks of comments and stories.

use super::clipboard_browser::address_here;
use super::{App, PageContent};
use crate::model::{Entry, Story};
use crate::view::{Bookmark, Bookmarks, ThreadView};

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
            PageContent::List(list) => list.view().entry().map(|entry| (entry_bookmark(entry), entry.url.clone())),
        };
        let Some((bookmark, address)) = here else {
            self.message = Some("there is nothing to bookmark here".to_owned());
            return;
        };
        let what = if bookmark.comment.is_some() { "comment" } else { "story" };
        if self.bookmarks.toggle(bookmark, address) {
            self.say_remembered(&format!("{what} bookmarked"));
        } else {
            self.message = Some(format!("the {what}'s bookmark is gone"));
        }
    }

    /// Says what lurker has taken note of, and for how long.
    pub(super) fn say_remembered(&mut self, says: &str) {
        self.message = Some(format!("{says}; lurker remembers this until it ends"));
    }
}

fn bookmark_here(view: &ThreadView) -> (Bookmark, String) {
    let comment = view.place().row.comment().and_then(|index| view.thread().get(index));
    let bookmark = comment.map_or_else(
        || story_bookmark(view.thread().story()),
        |comment| comment_bookmark(comment.story(), comment.id()),
    );
    (bookmark, address_here(view).to_owned())
}

/// The bookmark of a comment of a story.
pub fn comment_bookmark(story: &Story, id: &str) -> Bookmark {
    Bookmark { comment: Some(id.to_owned()), ..story_bookmark(story) }
}

/// The bookmark of a story.
pub fn story_bookmark(story: &Story) -> Bookmark {
    Bookmark { site: story.site.clone(), story: story.id.clone(), comment: None }
}

/// The bookmark of a story in a list.
pub fn entry_bookmark(entry: &Entry) -> Bookmark {
    Bookmark { site: entry.site.clone(), story: entry.id.clone(), comment: None }
}
