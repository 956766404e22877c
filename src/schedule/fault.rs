//! Faults: harm done on purpose, to see how the program copes with it.

use crate::base::{ObjectId, ThreadId};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Harm done on purpose, to see how the program copes with it. Here threads and objects are ids; in a
/// [`FaultPlan`](super::FaultPlan), which is made before any exist, they are names.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each variant's comment names its fields")]
pub enum Fault<T = ThreadId, O = ObjectId> {
    /// The thread ends where it stands; what it holds stays held.
    Kill { thread: T },
    /// An exception of the named builtin type is raised in the thread where it stands; its `with` and `finally` unwind.
    Raise { thread: T, exception: Arc<str> },
    /// The thread stops where it stands until it is thawed.
    Freeze { thread: T },
    /// A frozen thread may go on.
    Thaw { thread: T },
    /// The thread stops where it stands for so many nanoseconds of the run's clock.
    Delay { thread: T, time: u64 },
    /// Each operation of the thread takes so many nanoseconds of the run's clock longer; 0: normal speed again.
    Slow { thread: T, time: u64 },
    /// The thread, which waits for a condition, wakes although nobody has notified it.
    Wake { thread: T },
    /// The thread, which waits with a limit, times out at once.
    Expire { thread: T },
    /// The `nth` release of this lock from now on is lost: it stays held. 1 is the next one.
    LeakLock { lock: O, nth: u32 },
    /// The lock becomes free; its holder no longer holds it.
    TakeLock { lock: O },
    /// The `nth` notify of this condition from now on wakes nobody. 1 is the next one.
    DropNotify { condition: O, nth: u32 },
    /// The barrier breaks.
    BreakBarrier { barrier: O },
    /// The thread's process ends where its threads stand, as by SIGKILL: what they hold stays held, and its ends of pipes
    /// close.
    KillProcess { thread: T },
    /// The `nth` message that is sent through this pipe from now on is lost. 1 is the next one.
    LoseMessage { pipe: O, nth: u32 },
    /// What lies in this pipe, or is sent through it, arrives only after so many nanoseconds of the run's clock.
    DelayMessage { pipe: O, time: u64 },
    /// The pipe breaks: nobody can send through it any more, and what lies in it is the last that is received.
    BreakPipe { pipe: O },
    /// There is no room left in the pipe: who sends waits until the message was received.
    FillPipe { pipe: O },
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
    /// `SIGUSR1`: the program decides what it means.
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

impl<T, O> Fault<T, O> {
    /// The word for it: on the command line, in metadata, and in JSON.
    pub fn name(&self) -> &'static str {
        match self {
            Fault::Kill { .. } => "kill",
            Fault::Raise { .. } => "raise",
            Fault::Freeze { .. } => "freeze",
            Fault::Thaw { .. } => "thaw",
            Fault::Delay { .. } => "delay",
            Fault::Slow { .. } => "slow",
            Fault::Wake { .. } => "wake",
            Fault::Expire { .. } => "expire",
            Fault::LeakLock { .. } => "leak",
            Fault::TakeLock { .. } => "take",
            Fault::DropNotify { .. } => "drop-notify",
            Fault::BreakBarrier { .. } => "break",
            Fault::KillProcess { .. } => "kill-process",
            Fault::LoseMessage { .. } => "lose-message",
            Fault::DelayMessage { .. } => "delay-message",
            Fault::BreakPipe { .. } => "break-pipe",
            Fault::FillPipe { .. } => "fill-pipe",
            Fault::Signal { .. } => "signal",
        }
    }

    /// The thread that it strikes, if it strikes one.
    pub fn thread(&self) -> Option<&T> {
        match self {
            Fault::Kill { thread }
            | Fault::Raise { thread, .. }
            | Fault::Freeze { thread }
            | Fault::Thaw { thread }
            | Fault::Delay { thread, .. }
            | Fault::Slow { thread, .. }
            | Fault::Wake { thread }
            | Fault::Expire { thread }
            | Fault::KillProcess { thread } => Some(thread),
            Fault::LeakLock { .. }
            | Fault::TakeLock { .. }
            | Fault::DropNotify { .. }
            | Fault::BreakBarrier { .. }
            | Fault::LoseMessage { .. }
            | Fault::DelayMessage { .. }
            | Fault::BreakPipe { .. }
            | Fault::FillPipe { .. }
            | Fault::Signal { .. } => None,
        }
    }

    /// The object that it strikes, if it strikes one.
    pub fn object(&self) -> Option<&O> {
        match self {
            Fault::LeakLock { lock, .. } | Fault::TakeLock { lock } => Some(lock),
            Fault::DropNotify { condition, .. } => Some(condition),
            Fault::BreakBarrier { barrier } => Some(barrier),
            Fault::LoseMessage { pipe, .. }
            | Fault::DelayMessage { pipe, .. }
            | Fault::BreakPipe { pipe }
            | Fault::FillPipe { pipe } => Some(pipe),
            Fault::Kill { .. }
            | Fault::Raise { .. }
            | Fault::Freeze { .. }
            | Fault::Thaw { .. }
            | Fault::Delay { .. }
            | Fault::Slow { .. }
            | Fault::Wake { .. }
            | Fault::Expire { .. }
            | Fault::KillProcess { .. }
            | Fault::Signal { .. } => None,
        }
    }

    /// The same fault, with another way to name its thread and object.
    ///
    /// # Errors
    /// What `thread` or `object` says.
    pub fn map<U, P, E>(
        &self,
        thread: impl FnOnce(&T) -> Result<U, E>,
        object: impl FnOnce(&O) -> Result<P, E>,
    ) -> Result<Fault<U, P>, E> {
        let t = thread;
        let o = object;
        Ok(match self {
            Fault::Kill { thread } => Fault::Kill { thread: t(thread)? },
            Fault::Raise { thread, exception } => Fault::Raise { thread: t(thread)?, exception: exception.clone() },
            Fault::Freeze { thread } => Fault::Freeze { thread: t(thread)? },
            Fault::Thaw { thread } => Fault::Thaw { thread: t(thread)? },
            Fault::Delay { thread, time } => Fault::Delay { thread: t(thread)?, time: *time },
            Fault::Slow { thread, time } => Fault::Slow { thread: t(thread)?, time: *time },
            Fault::Wake { thread } => Fault::Wake { thread: t(thread)? },
            Fault::Expire { thread } => Fault::Expire { thread: t(thread)? },
            Fault::LeakLock { lock, nth } => Fault::LeakLock { lock: o(lock)?, nth: *nth },
            Fault::TakeLock { lock } => Fault::TakeLock { lock: o(lock)? },
            Fault::DropNotify { condition, nth } => Fault::DropNotify { condition: o(condition)?, nth: *nth },
            Fault::BreakBarrier { barrier } => Fault::BreakBarrier { barrier: o(barrier)? },
            Fault::KillProcess { thread } => Fault::KillProcess { thread: t(thread)? },
            Fault::LoseMessage { pipe, nth } => Fault::LoseMessage { pipe: o(pipe)?, nth: *nth },
            Fault::DelayMessage { pipe, time } => Fault::DelayMessage { pipe: o(pipe)?, time: *time },
            Fault::BreakPipe { pipe } => Fault::BreakPipe { pipe: o(pipe)? },
            Fault::FillPipe { pipe } => Fault::FillPipe { pipe: o(pipe)? },
            Fault::Signal { signal } => Fault::Signal { signal: *signal },
        })
    }
}
