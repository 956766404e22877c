//! Work beside a run, on an operating-system thread of its own that nobody waits for.

use std::{io, thread};

/// Room for what goes deep into values.
const STACK_SIZE: usize = 16 << 20;

/// Does the work there.
///
/// # Errors
/// When there is no thread for it.
pub fn aside(name: &str, work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    thread::Builder::new().name(name.to_owned()).stack_size(STACK_SIZE).spawn(work).map(drop)
}
