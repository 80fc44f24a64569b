//! Reddit: threads from saved `.json` files and feeds, and which addresses are its own.
//!
//! Reddit answers no program that is not registered with it, so a thread that is asked for is refused here, with what can
//! be done instead. A saved answer to `/comments/ID.json` is read by `listing`, which walks its nested listings, and
//! `thing`, which reads one post or comment. A saved feed is read by `feed`.
//!
//! # What is shown of what is gone
//!
//! Deleted and removed comments all stay, also without answers: Reddit keeps their scores, shows them, and counts them.
//!
//! # What is assumed, and not known of the live site
//!
//! - A file was saved without `raw_json=1` if any HTML in it begins with `&lt;`; then every text in it is unescaped once
//!   more.
//! - A moderator's or an admin's word (`distinguished`) is a label, `Moderator` or `Admin`.
//! - `score_hidden`, and contest mode, make a score unknown.
//! - A comment at the top of the file whose parent is another comment heads a part of the discussion.

mod address;
pub mod feed;
mod listing;
mod loader;
mod thing;

pub use address::{Address, recognise};
pub use listing::{looks_like, read_saved};
pub use loader::Loader;
