//! The command line: arguments become one [`Action`], the action is done, its result is an exit status.
//!
//! Exit statuses: `run` ends with the program's own, or 1 when it ended in a deadlock; 2 is wrong usage, 3 a scenario
//! that cannot be read or is refused, 4 that `check` could not say for sure, 128 + n an end by signal n, 70 a failure of
//! raddle itself: it could not write a file, it had no memory, or it has a defect.

mod arguments;
mod breakpoints;
mod check;
mod compare;
mod diagnostic;
mod folder;
mod gallery;
mod headless;
mod list;
mod live;
mod load;
mod memory;
mod outside;
mod record;
mod replay;
mod schedule;
mod signals;

use crate::terminal;
use arguments::Action;
use std::io::Write;
use std::process::ExitCode;

/// The run ended in a deadlock.
const DEADLOCK: u8 = 1;
/// The command line is wrong.
const USAGE: u8 = 2;
/// The scenario cannot be read or is refused.
const REFUSED: u8 = 3;
/// raddle could not do its work.
const FAILED: u8 = 70;
/// Standard output was closed: as if SIGPIPE had come.
const CLOSED: u8 = 128 + 13;

/// Does what the command line says; gives the exit status.
pub fn main() -> ExitCode {
    let action = match arguments::parse() {
        Ok(action) => action,
        Err(error) => {
            // clap words and styles its own messages; help and version go to standard output with status 0.
            let printed = error.print().and_then(|()| std::io::stdout().flush());
            let status = match (error.use_stderr(), printed) {
                (true, _) => USAGE,
                (false, Ok(())) => 0,
                (false, Err(error)) => unwritable(&error),
            };
            return ExitCode::from(status);
        }
    };
    // If that fails, an abort does what it always does.
    let _ = terminal::stand_by(i32::from(FAILED));
    let status = match action {
        Action::Gallery(screen) => gallery::open(None, &screen),
        Action::Watch(wanted, screen) => gallery::open(Some(&wanted), &screen),
        Action::Headless(wanted, options) => headless::run(&wanted, &options),
        Action::WatchReplay(options, screen) => replay::watch(&options, &screen),
        Action::Replay(options) => replay::run(&options),
        Action::List(options) => list::list(options),
        Action::Check(options) => check::run(&options),
        Action::WatchComparison(compare, screen) => compare::watch(&compare, &screen),
        Action::Compare(compare) => compare::run(&compare),
    };
    ExitCode::from(status)
}

/// Standard output cannot be written; gives the exit status. If the reader has seen enough and closed the pipe, that is
/// no error: it is as if SIGPIPE had come, but with the run's threads joined.
fn unwritable(error: &std::io::Error) -> u8 {
    if error.kind() == std::io::ErrorKind::BrokenPipe {
        return CLOSED;
    }
    complain(&format!("raddle: cannot write to standard output: {error}\n"));
    FAILED
}

/// Writes a complaint to standard error. If that fails, there is no way to say so.
fn complain(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}
