//! What is shown of a thread or a list: modes from thresholds or filter, folds, rows, the reader's place, lines of a width.
//!
//! The one thing kept between frames is the [`Shape`] (which rows there are) and the [`Place`] (which row the reader is on,
//! and where on the screen it stands). Everything with a height is measured anew for the few rows of one screen, so
//! nothing depends on how long the thread is.

mod age;
mod bar;
mod change;
mod filter;
mod found;
mod hand;
mod hit;
mod layout;
mod modifiers;
mod motion;
mod news;
mod place;
mod query;
mod reload;
mod search;
mod selection;
mod shape;
mod shelf;
mod subject;
mod threshold;
mod typed;
mod wrap;

pub use age::age;
pub use bar::{Bucket, Cell, cells};
pub use hand::{Hand, Opened};
pub use layout::{Geometry, Placed, RowLine};
pub use modifiers::{LABELS, Modifier, Modifiers};
pub use news::{News, Seen};
pub use place::Place;
pub use query::{Query, QueryError};
pub use search::Search;
pub use selection::{Selected, Selection};
pub use shape::{Counts, Look, Row, Shape};
pub use shelf::{Shelf, domain, entry_facts};
pub use subject::{changed_score_words, comment_count, own_subject, score_words, stand_in};
pub use threshold::{Mode, Scale, Thresholds};
pub use typed::Typed;
pub use wrap::{Line, wrap};

use std::sync::Arc;

use self::found::Found;
use self::hand::Hands;
use crate::model::Thread;

/// A thread as one reader looks at it.
#[derive(Clone, Debug)]
pub struct View {
    thread: Arc<Thread>,
    selected: Selected,
    hands: Hands,
    /// What the reader did by hand before a filter was set, which is as it was once the filter is cleared.
    aside: Option<Hands>,
    shape: Shape,
    place: Place,
    /// Where the reader went last. Every change works out the place anew from here, so that the reader is back when the
    /// row is, however many changes lie between.
    home: Place,
    /// The row that the reader went to last and the id of its comment, where the last state of the thread left it out.
    absent_home: Option<(Row, String)>,
    geometry: Geometry,
    scale: Scale,
    distribution: Vec<Bucket>,
    /// Places jumped from, oldest first; `jump` is how many of them lie behind.
    jumps: Vec<Place>,
    jump: usize,
    found: Found,
}
