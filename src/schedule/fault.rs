//! Faults: harm done on purpose, to see what the program makes of it.

use crate::base::{ObjectId, ThreadId};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Harm done on purpose, to see what the program makes of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each variant's comment names its fields")]
pub enum Fault {
    /// The thread ends where it stands; what it holds stays held.
    Kill { thread: ThreadId },
    /// An exception of the named builtin type is raised in the thread where it stands; its `with` and `finally` unwind.
    Raise { thread: ThreadId, exception: Arc<str> },
    /// The thread stops where it stands until it is thawed.
    Freeze { thread: ThreadId },
    /// A frozen thread may go on.
    Thaw { thread: ThreadId },
    /// The next release of this lock is lost: it stays held.
    LeakLock { lock: ObjectId },
    /// The next notify of this condition wakes nobody.
    DropNotify { condition: ObjectId },
    /// The program is sent a signal, which the main thread takes.
    Signal { signal: Signal },
}

/// The signals that a program can be sent, which are the same on every Unix.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Signal {
    /// `SIGHUP`: the terminal is gone.
    Hup,
    /// `SIGINT`: what Ctrl-C sends.
    Int,
    /// `SIGUSR1`: whatever the program says.
    Usr1,
    /// `SIGUSR2`: likewise.
    Usr2,
    /// `SIGTERM`: please end.
    Term,
}

impl Signal {
    /// All of them.
    pub const ALL: [Signal; 5] = [Signal::Hup, Signal::Int, Signal::Usr1, Signal::Usr2, Signal::Term];

    /// Its number, as on Linux.
    pub fn number(self) -> i32 {
        match self {
            Signal::Hup => 1,
            Signal::Int => 2,
            Signal::Usr1 => 10,
            Signal::Usr2 => 12,
            Signal::Term => 15,
        }
    }

    /// The signal with that number.
    pub fn of_number(number: i32) -> Option<Signal> {
        Signal::ALL.into_iter().find(|signal| signal.number() == number)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Signal::Hup => "SIGHUP",
            Signal::Int => "SIGINT",
            Signal::Usr1 => "SIGUSR1",
            Signal::Usr2 => "SIGUSR2",
            Signal::Term => "SIGTERM",
        }
    }
}

impl Fault {
    /// The word for it, as on the screen and in JSON.
    pub fn name(&self) -> &'static str {
        match self {
            Fault::Kill { .. } => "kill",
            Fault::Raise { .. } => "raise",
            Fault::Freeze { .. } => "freeze",
            Fault::Thaw { .. } => "thaw",
            Fault::LeakLock { .. } => "leak lock",
            Fault::DropNotify { .. } => "drop notify",
            Fault::Signal { .. } => "signal",
        }
    }
}
