//! The shell: terminal, network, files, browser and clipboard, and the event loop that connects them to the app.

pub mod ansi_backend;
pub mod args;
pub mod background;
mod clipboard;
mod closest;
pub mod cluster_backend;
mod command_words;
pub mod config;
pub mod desktop;
mod disk_file;
pub mod documents;
mod draw_order;
pub mod fetch;
pub mod foreground;
pub mod http;
pub mod hyperlink;
pub mod input;
pub mod openers;
pub mod panics;
mod program;
pub mod reader_pause;
pub mod run;
pub mod scroll;
mod search;
mod secret;
mod signals;
pub mod source;
pub mod terminal;
pub mod terminal_output;
pub mod terminal_size;
pub mod theme;
mod toml_file;

pub use config::{shipped_keys, vi_keys};
pub use program::start;
