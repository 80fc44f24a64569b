//! The `lurker` program: reads the command line and hands it on.

use std::process::ExitCode;

use lurker::shell::args::Args;

fn main() -> ExitCode {
    Args::read(std::env::args_os()).map_or_else(|code| code, |args| lurker::shell::start(&args))
}
