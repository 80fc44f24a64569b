//! lurker: a terminal reader for threaded, scored discussions.

pub mod markup;
pub mod model;
pub mod shell;
pub mod site;
pub mod view;
