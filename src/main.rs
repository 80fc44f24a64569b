//! The `lurker` program.

fn main() {}
