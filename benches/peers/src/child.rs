//! Runs a command as a process of its own, and measures it.

use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;
use std::fs::File;
use std::io;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};
use wait4::Wait4;

/// What came of a command.
pub struct Ran {
    /// What it printed, its complaints included.
    pub output: String,
    /// From its start to its end.
    pub took: Duration,
    /// The time that it computed, on all cores.
    pub computed: Duration,
    /// The most memory that it, or a process that it waited for, had at one time, in bytes.
    pub peak: u64,
    /// Whether it was ended because it took too long.
    pub is_cut: bool,
}

/// Runs the command in `folder`, where its output is kept under `name`, and ends it and its children after `limit`.
pub fn run(command: &mut Command, folder: &Path, name: &str, limit: Duration) -> io::Result<Ran> {
    let kept = folder.join(name);
    let output = File::create(&kept)?;
    command.current_dir(folder).stdin(Stdio::null()).stderr(output.try_clone()?).stdout(output).process_group(0);
    let began = Instant::now();
    let child = command.spawn()?;
    let group = Pid::from_raw(i32::try_from(child.id()).map_err(io::Error::other)?);
    let (ended, end) = channel::<()>();
    let watch = std::thread::spawn(move || {
        let is_cut = end.recv_timeout(limit) == Err(RecvTimeoutError::Timeout);
        if is_cut {
            // It may have ended in this moment.
            let _ = killpg(group, Signal::SIGKILL);
        }
        is_cut
    });
    let waited = child.wait4();
    let took = began.elapsed();
    drop(ended);
    let is_cut = watch.join().map_err(|_| io::Error::other("the watch over a process ended"))?;
    let output = String::from_utf8_lossy(&std::fs::read(&kept)?).into_owned();
    let used = waited?.rusage;
    Ok(Ran { output, took, computed: used.utime + used.stime, peak: used.maxrss, is_cut })
}
