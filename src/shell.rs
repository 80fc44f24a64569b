//! What waits: terminal, network, files, browser and clipboard; and the loop that ties them to the program.

pub mod args;
pub mod background;
mod clipboard;
pub mod cluster_backend;
pub mod config;
pub mod fetch;
pub mod host;
pub mod http;
pub mod hyperlink;
pub mod input;
pub mod papers;
pub mod run;
mod search;
mod secret;
pub mod source;
mod start;
pub mod terminal;
pub mod theme;

pub use config::shipped_keys;
pub use start::start;
