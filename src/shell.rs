//! What waits: terminal, network, files, browser and clipboard; and the loop that ties them to the program.

pub mod args;
pub mod careful;
pub mod config;
pub mod fetch;
pub mod host;
pub mod http;
pub mod input;
pub mod papers;
pub mod run;
mod secret;
pub mod source;
mod start;
pub mod terminal;

pub use config::shipped_keys;
pub use start::start;
