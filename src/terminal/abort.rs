//! When the process gets no memory, or cannot go on for another reason, Rust's runtime aborts it, without any cleaning
//! up. But the terminal has to be restored, and the exit status has to say what happened.
//!
//! So a thread stands by. The signal's handler can only write to pipes: first to one on which that thread waits, then
//! to one that is full, which stops the aborting thread until the other one has restored the terminal and ended the
//! process. The handler takes no lock that another thread may hold, and allocates nothing.

use super::screen;
use rustix::io::{Errno, ioctl_fionbio, write};
use signal_hook::consts::SIGABRT;
use signal_hook::low_level::{self, pipe};
use std::io::{self, PipeReader, PipeWriter, Read, stderr};
use std::thread;

/// The message.
const WORDS: &[u8] = b"raddle: there is no memory left, or raddle has a defect; it has to stop here\n";

/// From now on an abort leaves the terminal as it was found, and ends the process with this status.
///
/// # Errors
/// When there are no pipes or threads for it: then it does what it always does.
pub fn stand_by(status: i32) -> io::Result<()> {
    let (calls, call) = io::pipe()?;
    let (open, full) = io::pipe()?;
    let held = full.try_clone()?;
    thread::Builder::new().name("last words".to_owned()).spawn(move || wait(calls, &open, &held, status))?;
    pipe::register(SIGABRT, call)?;
    let kept = full.try_clone()?;
    pipe::register(SIGABRT, full)?;
    fill(&kept)?;
    Ok(())
}

/// Fills a pipe, so that a thread that writes to it has to wait.
fn fill(to: &PipeWriter) -> io::Result<()> {
    ioctl_fionbio(to, true)?;
    for piece in [&[0; 4096][..], &[0]] {
        while let Ok(_) | Err(Errno::INTR) = write(to, piece) {}
    }
    Ok(ioctl_fionbio(to, false)?)
}

/// Waits for an abort. Both ends of the full pipe have to stay open.
fn wait(mut calls: PipeReader, _open: &PipeReader, _full: &PipeWriter, status: i32) {
    if calls.read_exact(&mut [0]).is_ok() {
        screen::give_back();
        let _ = write(stderr(), WORDS);
        low_level::exit(status);
    }
}
