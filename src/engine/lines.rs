//! Stopping threads at lines: a worker walks up to the next line that has a breakpoint, and stops the run there.

use super::run::Inner;
use super::worker;
use crate::machine::thread::Thread;
use crate::machine::{self, Footing, Pause};
use parking_lot::Mutex;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The lines at which threads stop, for workers to look at without the state's lock.
#[derive(Debug, Default)]
pub(super) struct Lines {
    any: AtomicBool,
    lines: Mutex<Arc<BTreeSet<u32>>>,
}

impl Lines {
    pub(super) fn set(&self, lines: impl Iterator<Item = u32>) {
        let lines: BTreeSet<u32> = lines.collect();
        let any = !lines.is_empty();
        *self.lines.lock() = Arc::new(lines);
        self.any.store(any, Ordering::Release);
    }

    fn get(&self) -> Option<Arc<BTreeSet<u32>>> {
        self.any.load(Ordering::Acquire).then(|| self.lines.lock().clone())
    }
}

/// How a worker advances its thread.
#[derive(Debug)]
pub(super) struct Walk {
    /// Turns of loops, calls and returns of the thread between two looks at whether the run is over.
    slice: u32,
    /// What is left of those.
    left: u32,
    footing: Footing,
    /// After how many turns since its last operation the thread looks up at the latest.
    pub(super) stop: Option<u64>,
}

impl Walk {
    pub(super) fn new(slice: u32) -> Self {
        Walk { slice, left: slice, footing: Footing::default(), stop: None }
    }

    /// Advances the thread; `None`: it has come to a line with a breakpoint.
    pub(super) fn advance(&mut self, inner: &Inner, thread: &mut Thread) -> Option<Pause> {
        // It may have to look up twice at the same place.
        if self.stop == Some(thread.turns) {
            return Some(Pause::OutOfFuel);
        }
        let lines = match inner.lines.get() {
            Some(lines) => lines,
            None if self.footing.is_midst() => Arc::default(),
            None => {
                self.footing = Footing::default();
                let left = std::mem::replace(&mut self.left, self.slice).min(self.most(thread));
                return Some(machine::advance(thread, &inner.image, inner, left));
            }
        };
        self.left = self.left.min(self.most(thread));
        let pause = machine::advance_to_line(thread, &inner.image, inner, &mut self.left, &lines, &mut self.footing);
        if pause.is_some() {
            self.left = self.slice;
        }
        pause
    }

    /// How many turns the thread may do at most before it looks up.
    fn most(&self, thread: &Thread) -> u32 {
        let left = self.stop.and_then(|stop| stop.checked_sub(thread.turns)).filter(|left| *left > 0);
        left.map_or(u32::MAX, |left| u32::try_from(left).unwrap_or(u32::MAX))
    }
}

/// Stops the run, before the thread does anything on the line that it has come to, and waits until it may go on; `None` when
/// the run is over.
pub(super) fn stop(inner: &Inner, thread: Box<Thread>) -> Option<Box<Thread>> {
    let me = thread.id;
    let line = machine::line_of(&thread, &inner.image);
    let mut state = inner.state.lock();
    let condvar = state.condvar(me)?;
    state.deposit(thread);
    let mut told = false;
    loop {
        if state.is_over_for(me) {
            return None;
        }
        if state.may_walk_on(me) {
            // What stopped the run before comes first; when the thread may go on, it stops the run again.
            if told || !state.stop_at_line(me, line) {
                break;
            }
            told = true;
        } else {
            worker::wait(inner, &mut state, me, &condvar, None);
        }
    }
    state.walk_on(me, line);
    state.withdraw(me)
}
