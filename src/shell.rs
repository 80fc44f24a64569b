//! What waits: terminal, network, files, browser and clipboard; and the loop that ties them to the program.

pub mod args;
pub mod fetch;
pub mod host;
pub mod http;
pub mod input;
pub mod run;
pub mod source;
mod start;
pub mod terminal;

pub use start::{shipped_keys, start};
