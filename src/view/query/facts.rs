//! The facts that queries test, of a comment and of a story in a list.

use super::super::{Freshness, Search, domain};
use crate::model::{Comment, Entry, MarkKind};

/// A state that `is:` names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::view) enum State {
    /// Of a comment: written by the author of the story.
    Op,
    /// Not there on the earlier visit.
    New,
    /// Of a comment: hidden on the earlier visit, and shown now.
    Risen,
    /// Of a comment: has stood on the screen. Of a story: opened by the reader.
    Read,
    /// By an author whom the reader follows.
    Followed,
    /// Of a comment: written without a name.
    Anonymous,
}

/// The facts of a comment or a story. Those that only one of the two has are never asked of the other: the parser refuses
/// such terms.
pub(in crate::view) trait Facts {
    /// Whether a pattern is found in its texts.
    fn contains(&self, pattern: &Search) -> bool;
    /// The author, if known.
    fn author(&self) -> Option<&str>;
    /// The score, if known.
    fn score(&self) -> Option<i32>;
    /// The short name of its site.
    fn site(&self) -> &str;
    /// The address of the discussion.
    fn address(&self) -> &str;
    /// Whether it is in a state.
    fn is(&self, state: State) -> bool;
    /// Whether it has a link.
    fn has_link(&self) -> bool;
    /// Of a comment: whether it has code.
    fn has_code(&self) -> bool {
        false
    }
    /// Of a comment: the label.
    fn label(&self) -> Option<&str> {
        None
    }
    /// Of a comment: the characters of its text.
    fn length(&self) -> u64 {
        0
    }
    /// Of a comment: the number of its author's account.
    fn account(&self) -> Option<u64> {
        None
    }
    /// Of a comment: the highest number of an account in its thread.
    fn highest_account(&self) -> Option<u64> {
        None
    }
    /// Of a story: the title.
    fn title(&self) -> Option<&str> {
        None
    }
    /// Of a story: the host of its link.
    fn domain(&self) -> Option<&str> {
        None
    }
    /// Of a story: the community, section or tags, as the site states them.
    fn place(&self) -> Option<&str> {
        None
    }
    /// Of a story: the number of comments, as the site states it.
    fn comments(&self) -> Option<u32> {
        None
    }
}

/// A comment, with what is known of it beyond its thread.
#[derive(Clone, Copy, Debug)]
pub(in crate::view) struct CommentFacts<'a> {
    pub(in crate::view) comment: Comment<'a>,
    /// The score that counts: with modifiers for a filter, the site's for a modifier.
    pub(in crate::view) score: Option<i32>,
    pub(in crate::view) freshness: Freshness,
    /// The highest number of an account in the thread; needed only where a query asks for it.
    pub(in crate::view) highest_account: Option<u64>,
    /// Whether the reader follows the author.
    pub(in crate::view) is_followed: bool,
    /// Whether it has stood on the screen; needed only where a query asks for it.
    pub(in crate::view) is_read: bool,
}

impl Facts for CommentFacts<'_> {
    fn contains(&self, pattern: &Search) -> bool {
        pattern.is_in(self.comment)
    }

    fn author(&self) -> Option<&str> {
        self.comment.author()
    }

    fn score(&self) -> Option<i32> {
        self.score
    }

    fn site(&self) -> &str {
        &self.comment.story().site
    }

    fn address(&self) -> &str {
        &self.comment.story().url
    }

    fn is(&self, state: State) -> bool {
        match state {
            State::Op => self.comment.flags().op,
            State::Anonymous => self.comment.flags().anonymous,
            State::New => self.freshness == Freshness::Posted,
            State::Risen => self.freshness == Freshness::Risen,
            State::Read => self.is_read,
            State::Followed => self.is_followed,
        }
    }

    fn has_link(&self) -> bool {
        self.comment.body().link_count() > 0
    }

    fn has_code(&self) -> bool {
        let is_code = |kind| matches!(kind, MarkKind::Code | MarkKind::Literal);
        self.comment.body().marks.iter().any(|mark| is_code(mark.kind))
    }

    fn label(&self) -> Option<&str> {
        Some(self.comment.label())
    }

    fn length(&self) -> u64 {
        self.comment.body().plain.chars().count() as u64
    }

    fn account(&self) -> Option<u64> {
        account(self.comment)
    }

    fn highest_account(&self) -> Option<u64> {
        self.highest_account
    }
}

/// The number of the author's account, where the site gives out numbers.
pub(in crate::view) fn account(comment: Comment<'_>) -> Option<u64> {
    comment.author_id().parse().ok().filter(|_| !comment.flags().anonymous)
}

/// A story of a list, with what is known of it beyond the list.
#[derive(Clone, Copy, Debug)]
pub(in crate::view) struct StoryFacts<'a> {
    pub(in crate::view) entry: &'a Entry,
    /// Whether it was not there when the list was loaded before.
    pub(in crate::view) is_new: bool,
    /// Whether the reader has opened it from the list.
    pub(in crate::view) is_read: bool,
    /// Whether the reader follows the author.
    pub(in crate::view) is_followed: bool,
}

impl Facts for StoryFacts<'_> {
    fn contains(&self, pattern: &Search) -> bool {
        let Entry { title, author, place, link, .. } = self.entry;
        pattern.is_in_any(&[title, author, place, domain(link)])
    }

    fn author(&self) -> Option<&str> {
        Some(self.entry.author.as_str()).filter(|author| !author.is_empty())
    }

    fn score(&self) -> Option<i32> {
        self.entry.score
    }

    fn site(&self) -> &str {
        &self.entry.site
    }

    fn address(&self) -> &str {
        &self.entry.url
    }

    fn is(&self, state: State) -> bool {
        match state {
            State::New => self.is_new,
            State::Read => self.is_read,
            State::Followed => self.is_followed,
            State::Op | State::Anonymous | State::Risen => false,
        }
    }

    fn has_link(&self) -> bool {
        !self.entry.link.is_empty()
    }

    fn title(&self) -> Option<&str> {
        Some(&self.entry.title)
    }

    fn domain(&self) -> Option<&str> {
        Some(domain(&self.entry.link))
    }

    fn place(&self) -> Option<&str> {
        Some(&self.entry.place)
    }

    fn comments(&self) -> Option<u32> {
        self.entry.comments
    }
}
