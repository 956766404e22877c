//! When a search is to end: after some time, with so much memory, or when somebody presses Ctrl-C.

use crate::check::bounds::{Bound, Size};
use crate::engine::{Stopwatch, resident};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use signal_hook::low_level;
use std::cell::Cell;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

/// So many states are expanded between two looks at the memory, unless much comes at once.
const STATES: u32 = 256;
/// So much is much, in bytes.
const MUCH: usize = 1 << 20;
/// Signals that come within this time are one: `timeout` and its like send it to a process and to its group.
const TWICE: Duration = Duration::from_millis(200);

/// Whether somebody wants raddle to end.
#[derive(Clone, Debug, Default)]
pub(super) struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// From now on the first Ctrl-C is noted, and one that comes later ends the process.
    pub(super) fn listen() -> io::Result<Interrupt> {
        let interrupt = Interrupt::default();
        let (mut signals, noted) = (Signals::new([SIGINT, SIGTERM])?, interrupt.0.clone());
        let listen = move || {
            let mut first = None;
            for signal in signals.forever() {
                noted.store(true, Ordering::Relaxed);
                if first.get_or_insert_with(Stopwatch::start).elapsed() > TWICE {
                    low_level::exit(128 + signal);
                }
            }
        };
        thread::Builder::new().name("signals".to_owned()).spawn(listen)?;
        Ok(interrupt)
    }

    /// Whether one came.
    pub(super) fn came(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// The limits of the search of one file.
#[derive(Debug)]
pub(super) struct Limits<'a> {
    pub(super) clock: &'a Stopwatch,
    /// When it ends, by that clock.
    pub(super) until: Option<Duration>,
    /// How much memory the process may have, in bytes.
    pub(super) memory: u64,
    pub(super) interrupt: &'a Interrupt,
    /// How many states were expanded since the last look.
    pub(super) states: Cell<u32>,
}

impl Limits<'_> {
    /// What is reached, if anything.
    pub(super) fn reached(&self, size: Size) -> Option<Bound> {
        if self.interrupt.came() {
            return Some(Bound::Interrupted);
        }
        if self.until.is_some_and(|until| self.clock.elapsed() > until) {
            return Some(Bound::Time);
        }
        self.states.set(self.states.get() + 1);
        if self.states.get() < STATES && size.growth < MUCH {
            return None;
        }
        self.states.set(0);
        let after = resident().map(|now| now.saturating_add(size.growth as u64));
        after.is_some_and(|after| after > self.memory).then_some(Bound::Memory)
    }
}
