//! A saved thread: two listings, the post and its comments, whose replies are listings in turn; walked with a stack.

use super::thing::{self, Form};
use crate::model::{Builder, Thread};
use crate::site::Refusal;
use crate::site::value::{Document, Value};

/// Whether these bytes look like a `.json` of Reddit.
pub fn looks_like(bytes: &[u8]) -> bool {
    const READ: usize = 65_536;
    let start = String::from_utf8_lossy(bytes.get(..READ).unwrap_or(bytes));
    let start = start.trim_start_matches('\u{feff}').trim_start();
    start.starts_with(['[', '{']) && start.contains("\"kind\"") && start.contains("\"Listing\"")
}

/// Reads a saved thread, without the network. Damage leaves a note, not an error, where the post came before it.
///
/// # Errors
/// What the file is instead of a thread.
pub fn read_saved(bytes: &[u8]) -> Result<Thread, Refusal> {
    let document = Document::read(bytes);
    let mut listings = document.root().items();
    let mut things = listings.next().map(things_of_listing).unwrap_or_default().into_iter();
    let post = things.find(|thing| is_kind(*thing, "t3")).map(|thing| thing.get("data"));
    let Some(post) = post else { return Err(no_thread(&document, bytes)) };
    let comments = listings.next().map(things_of_listing).unwrap_or_default();
    let mut walk = Walk {
        form: Form {
            is_escaped: is_escaped(post, &comments),
            is_contest: post.get("contest_mode").boolean() == Some(true),
        },
        ..Walk::default()
    };
    let story = thing::story(post, walk.form);
    walk.run(comments, &story);
    if let Some((line, column)) = document.damage() {
        walk.builder
            .note(format!("The JSON is damaged at line {line}, column {column}; what comes before that is here"));
    }
    walk.note_stubs();
    Ok(walk.builder.finish(story))
}

#[derive(Default)]
struct Walk {
    builder: Builder,
    form: Form,
    /// The ids of the comments that came.
    ids: Vec<String>,
    /// Comments that stubs stand for.
    folded: u64,
    /// Branches that go on in a thread of their own.
    continued: u64,
    is_part: bool,
}

impl Walk {
    fn run(&mut self, comments: Vec<Value<'_>>, story: &crate::model::Story) {
        let mut stack: Vec<(Value<'_>, Option<usize>)> =
            comments.into_iter().rev().map(|thing| (thing, None)).collect();
        while let Some((thing, parent)) = stack.pop() {
            let data = thing.get("data");
            if is_kind(thing, "more") {
                self.count_stub(data);
            } else if is_kind(thing, "t1") {
                self.is_part |= parent.is_none() && is_reply(data);
                let above = parent.and_then(|parent| self.ids.get(parent)).map(String::as_str);
                thing::push(data, above, self.form, story, &mut self.builder);
                stack.extend(
                    things_of_listing(data.get("replies")).into_iter().rev().map(|below| (below, Some(self.ids.len()))),
                );
                self.ids.push(self.id_of(data));
            }
        }
    }

    /// The comment's id, or the one that the builder makes up where it has none.
    fn id_of(&self, comment: Value<'_>) -> String {
        let id = thing::id(comment);
        if id.is_empty() { format!("#{}", self.builder.len()) } else { id }
    }

    fn count_stub(&mut self, stub: Value<'_>) {
        let count = stub.get("count").integer().and_then(|count| u64::try_from(count).ok()).unwrap_or_default();
        let listed = stub.get("children").items().count() as u64;
        match count.max(listed) {
            0 => self.continued += 1,
            folded => self.folded = self.folded.saturating_add(folded),
        }
    }

    fn note_stubs(&mut self) {
        if self.folded > 0 {
            self.builder.note(format!("Behind “more comments”, and not in the file: {}", self.folded));
        }
        if self.continued > 0 {
            self.builder.note(format!(
                "Branches that continue on a page of their own, and not in the file: {}",
                self.continued
            ));
        }
        if self.is_part {
            self.builder.note("This is one branch of the discussion, not all of it");
        }
    }
}

fn things_of_listing(listing: Value<'_>) -> Vec<Value<'_>> {
    listing.get("data").get("children").items().collect()
}

fn is_kind(thing: Value<'_>, kind: &str) -> bool {
    thing.get("kind").text().is_some_and(|own| own == kind)
}

fn is_reply(comment: Value<'_>) -> bool {
    comment.get("parent_id").text().is_some_and(|parent| parent.starts_with("t1_"))
}

/// Whether the texts are escaped once more than they should be: HTML then has no tag that is one.
fn is_escaped(post: Value<'_>, comments: &[Value<'_>]) -> bool {
    let of_comments = comments.iter().map(|thing| thing.get("data").get("body_html"));
    let mut texts = of_comments.chain([post.get("selftext_html")]).filter_map(Value::text);
    texts.any(|html| html.trim_start().starts_with("&lt;"))
}

/// What the file is, and how to save one that can be read.
fn no_thread(document: &Document, bytes: &[u8]) -> Refusal {
    let root = document.root();
    let what = if bytes.trim_ascii_start().first() == Some(&b'<') {
        "a web page of Reddit"
    } else if !root.get("data").is_null() {
        "a list of Reddit's, and no thread"
    } else if let Some((line, column)) = document.damage() {
        return Refusal(format!("the JSON is damaged at line {line}, column {column}, before the thread's post"));
    } else {
        "no thread of Reddit"
    };
    Refusal(format!("this is {what}; save the thread's address with .json at its end, and open that file"))
}
