//! What waits: terminal, network, store, configuration, browser and clipboard.

pub mod http;
