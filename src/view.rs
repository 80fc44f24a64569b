//! What is shown of a thread: modes from the thresholds, folds, rows, the reader's place, and lines of a width.
//!
//! The one thing kept between frames is the [`Shape`] (which rows there are) and the [`Place`] (which row the reader is on,
//! and where on the screen it stands). Everything with a height is measured anew for the few rows of one screen, so
//! nothing depends on how long the thread is.

mod age;
mod bar;
mod change;
mod hand;
mod layout;
mod motion;
mod place;
mod query;
mod search;
mod shape;
mod subject;
mod threshold;
mod wrap;

pub use age::age;
pub use bar::{Bucket, Cell, cells};
pub use hand::{Hand, Opened};
pub use layout::{Geometry, Placed, RowLine};
pub use place::Place;
pub use query::{Query, QueryError};
pub use search::Search;
pub use shape::{Counts, Look, Row, Shape};
pub use subject::{comment_count, own_subject, score_words, stand_in};
pub use threshold::{Mode, Scale, Thresholds};
pub use wrap::{Line, wrap};

use std::sync::Arc;

use self::place::Absent;
use crate::model::Thread;

/// A thread as one reader looks at it.
#[derive(Clone, Debug)]
pub struct View {
    thread: Arc<Thread>,
    thresholds: Thresholds,
    hands: Vec<Hand>,
    shape: Shape,
    place: Place,
    /// Where the reader went last. Every change works out the place anew from here, so that the reader is back when the
    /// row is, however many changes lie between.
    home: Place,
    absent: Absent,
    geometry: Geometry,
    scale: Scale,
    distribution: Vec<Bucket>,
    /// Places jumped from, oldest first; `jump` is how many of them lie behind.
    jumps: Vec<Place>,
    jump: usize,
}
