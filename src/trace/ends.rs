//! The ends of a channel between processes, and who holds them.

use crate::base::{ProcessId, ThreadId};

/// An end that a process holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Held {
    /// The process.
    pub process: ProcessId,
    /// The thread by which the process has it: one of its own, or the one that made the process.
    pub by: ThreadId,
    /// Where that thread stood then.
    pub line: u32,
}

/// Who holds a channel's ends, once for each end.
#[derive(Clone, Debug, Default)]
pub struct Ends {
    /// The ends to receive from.
    pub readers: Vec<Held>,
    /// The ends to send to.
    pub writers: Vec<Held>,
    /// How many bytes have been sent and not received.
    pub bytes: u32,
    /// How many of them have room between the ends: the others wait at their sender.
    pub capacity: u64,
    /// A fault has left no room between them.
    pub filled: bool,
}

impl Ends {
    /// Both ends of a channel that was just made.
    pub(super) fn new(held: Held, capacity: u64) -> Ends {
        Ends { readers: vec![held], writers: vec![held], bytes: 0, capacity, filled: false }
    }

    /// Those to send to, or those to receive from.
    pub(super) fn side(&mut self, writes: bool) -> &mut Vec<Held> {
        if writes { &mut self.writers } else { &mut self.readers }
    }

    /// The process `child` is made from another one: it has what that one has, by that thread.
    pub(super) fn fork(&mut self, parent: ProcessId, child: Held) {
        for side in [&mut self.readers, &mut self.writers] {
            let more = side.iter().filter(|held| held.process == parent).count();
            side.extend(std::iter::repeat_n(child, more));
        }
    }

    /// The process gives up one end.
    pub(super) fn close(&mut self, process: ProcessId, writes: bool) {
        let side = self.side(writes);
        if let Some(at) = side.iter().position(|held| held.process == process) {
            side.remove(at);
        }
    }

    /// The process is over.
    pub(super) fn leave(&mut self, process: ProcessId) {
        self.readers.retain(|held| held.process != process);
        self.writers.retain(|held| held.process != process);
    }
}

/// Each process that holds such an end, once.
pub fn processes(side: &[Held]) -> Vec<Held> {
    let mut found: Vec<Held> = Vec::new();
    for held in side {
        if !found.iter().any(|known| known.process == held.process) {
            found.push(*held);
        }
    }
    found
}
