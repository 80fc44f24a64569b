//! lurker: a terminal reader for threaded, scored discussions.

pub mod app;
pub mod markup;
pub mod model;
pub mod print;
pub mod shell;
pub mod site;
pub mod ui;
pub mod view;
