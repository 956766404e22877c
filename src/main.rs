//! The binary: maps the command line's result to an exit status.

use std::process::ExitCode;

fn main() -> ExitCode {
    raddle::cli::main()
}
