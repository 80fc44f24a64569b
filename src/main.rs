//! The `lurker` program: reads the command line and hands it on.

use std::process::ExitCode;

use clap::Parser;
use lurker::shell::args::Args;

fn main() -> ExitCode {
    lurker::shell::start(&Args::parse())
}
