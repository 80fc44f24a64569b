//! The content of an answer or a file of Reddit: a thread, bare comments, a list of posts, a page, a token.

use crate::site::json::{Document, Value};

/// The content of JSON of Reddit's.
#[derive(Debug)]
pub(super) enum Shape<'a> {
    /// A post, and the top of the tree of its comments.
    Thread(Value<'a>, Vec<Value<'a>>),
    /// Comments of one thread without their post, as `/api/morechildren` sends them.
    Branch(Vec<Value<'a>>),
    /// Comments of any threads, as `/r/NAME/comments` and the page of a user have them.
    Stream(Vec<Value<'a>>),
    /// Posts.
    Posts(Vec<Value<'a>>),
    /// An answer with an access token.
    Token,
    /// Reddit's word for what is wrong, and its number.
    Error(String, i64),
    /// Anything else.
    Other,
}

/// Pages that Reddit sends in the place of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WebPage {
    /// The network or the program is shut out.
    Block,
    /// The question for the reader's age.
    Adults,
    /// Any other page.
    Other,
}

impl<'a> Shape<'a> {
    /// The shape of a document.
    pub(super) fn of(document: &'a Document) -> Self {
        let root = document.root();
        if root.is_list() {
            return Self::from_listings(root);
        }
        let things = root.get("json").get("data").get("things");
        if things.is_list() {
            return Self::Branch(things.items().collect());
        }
        if !root.get("access_token").is_null() {
            return Self::Token;
        }
        if let (Some(message), Some(number)) = (root.get("message").text(), root.get("error").integer()) {
            return Self::Error(message.into_owned(), number);
        }
        let things = things_of(root);
        if things.iter().any(|thing| is_comment(*thing)) {
            Self::Stream(things)
        } else if things.iter().any(|thing| is_post(*thing)) {
            Self::Posts(things)
        } else {
            Self::Other
        }
    }

    fn from_listings(root: Value<'a>) -> Self {
        let mut listings = root.items().map(things_of);
        let post = listings.next().unwrap_or_default().into_iter().find(|thing| is_post(*thing));
        post.map_or(Self::Other, |post| Self::Thread(post.get("data"), listings.next().unwrap_or_default()))
    }
}

/// The errors that an answer reports of its request: `json.errors`, lists of a name, words and a field.
pub(super) fn errors(document: &Document) -> Option<String> {
    let error = document.root().get("json").get("errors").items().next()?;
    let words: Vec<_> = error.items().take(2).filter_map(Value::text).collect();
    Some(words.join(": "))
}

/// The things in a listing.
pub(super) fn things_of(listing: Value<'_>) -> Vec<Value<'_>> {
    listing.get("data").get("children").items().collect()
}

/// Whether a thing is a comment.
pub(super) fn is_comment(thing: Value<'_>) -> bool {
    is_kind(thing, "t1")
}

/// Whether a thing is a post.
pub(super) fn is_post(thing: Value<'_>) -> bool {
    is_kind(thing, "t3")
}

/// Whether a thing stands for comments that were left out.
pub(super) fn is_stub(thing: Value<'_>) -> bool {
    is_kind(thing, "more")
}

fn is_kind(thing: Value<'_>, kind: &str) -> bool {
    thing.get("kind").text().is_some_and(|own| own == kind)
}

/// The page that these bytes are, if they are one.
pub(super) fn web_page(bytes: &[u8]) -> Option<WebPage> {
    const READ: usize = 1 << 16;
    let start = String::from_utf8_lossy(bytes.get(..READ).unwrap_or(bytes));
    let start = start.trim_start_matches('\u{feff}').trim_start();
    if !start.starts_with('<') {
        return None;
    }
    Some(if start.contains("whoa there, pardner") || start.contains("blocked due to a network policy") {
        WebPage::Block
    } else if start.contains("<title>reddit.com: over 18?") {
        WebPage::Adults
    } else {
        WebPage::Other
    })
}
