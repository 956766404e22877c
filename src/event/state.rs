//! The states of a thread.

use super::{Ending, EventKind};
use serde::{Deserialize, Serialize};

/// The states of a thread.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum ThreadState {
    /// Made, not started.
    New,
    /// Could run, is not running.
    Ready,
    /// Running.
    Running,
    /// Waits for a condition, event, queue, barrier, semaphore or time.
    Waiting,
    /// Waits for a lock.
    Blocked,
    /// Waits for another thread to end.
    Joining,
    /// Returned.
    Finished,
    /// Ended by an exception.
    Crashed,
    /// Ended from outside.
    Killed,
    /// There no more, because the program has ended.
    CutOff,
}

impl ThreadState {
    /// Every state, in the order of a thread's life.
    pub const ALL: [ThreadState; 10] = [
        ThreadState::New,
        ThreadState::Ready,
        ThreadState::Running,
        ThreadState::Waiting,
        ThreadState::Blocked,
        ThreadState::Joining,
        ThreadState::Finished,
        ThreadState::Crashed,
        ThreadState::Killed,
        ThreadState::CutOff,
    ];

    /// The word for it, as on the screen and in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            ThreadState::New => "new",
            ThreadState::Ready => "ready",
            ThreadState::Running => "running",
            ThreadState::Waiting => "waiting",
            ThreadState::Blocked => "blocked",
            ThreadState::Joining => "joining",
            ThreadState::Finished => "finished",
            ThreadState::Crashed => "crashed",
            ThreadState::Killed => "killed",
            ThreadState::CutOff => "cut off",
        }
    }

    /// Whether the thread is over.
    pub fn is_over(self) -> bool {
        matches!(self, ThreadState::Finished | ThreadState::Crashed | ThreadState::Killed | ThreadState::CutOff)
    }

    /// Whether the thread cannot go on by itself.
    pub fn is_stopped(self) -> bool {
        matches!(self, ThreadState::Waiting | ThreadState::Blocked | ThreadState::Joining)
    }

    /// The state of the event's own thread after it; `None` when the event leaves it as it was.
    #[inline]
    pub fn after(kind: &EventKind) -> Option<ThreadState> {
        Some(match kind {
            EventKind::Blocked { on, .. } => on.state(),
            EventKind::Ready { .. } | EventKind::Preempted => ThreadState::Ready,
            EventKind::Ended { how: Ending::Finished } => ThreadState::Finished,
            EventKind::Ended { how: Ending::Crashed(_) } => ThreadState::Crashed,
            EventKind::Ended { how: Ending::Killed } => ThreadState::Killed,
            EventKind::Ended { how: Ending::CutOff } => ThreadState::CutOff,
            EventKind::PolicySet { .. }
            | EventKind::FaultInjected { .. }
            | EventKind::Held
            | EventKind::LetGo
            | EventKind::ObjectShown { .. }
            | EventKind::Trouble(_)
            | EventKind::ProcessEnded { .. }
            | EventKind::Copied { .. }
            | EventKind::EndOpened { .. }
            | EventKind::ProgramEnded { .. } => return None,
            EventKind::ThreadCreated { .. }
            | EventKind::ThreadStarted { .. }
            | EventKind::ThreadRenamed { .. }
            | EventKind::Began
            | EventKind::Resumed
            | EventKind::TimedOut { .. }
            | EventKind::Acquired { .. }
            | EventKind::AcquireFailed { .. }
            | EventKind::Released { .. }
            | EventKind::PermitTaken { .. }
            | EventKind::PermitReturned { .. }
            | EventKind::Notified { .. }
            | EventKind::EventSet { .. }
            | EventKind::EventCleared { .. }
            | EventKind::BarrierEntered { .. }
            | EventKind::BarrierPassed { .. }
            | EventKind::BarrierBroken { .. }
            | EventKind::BarrierReset { .. }
            | EventKind::Put { .. }
            | EventKind::Got { .. }
            | EventKind::TaskDone { .. }
            | EventKind::Submitted { .. }
            | EventKind::WorkerAdded { .. }
            | EventKind::TaskBegun { .. }
            | EventKind::TaskEnded { .. }
            | EventKind::PoolShutDown { .. }
            | EventKind::PoolBroken { .. }
            | EventKind::FutureChanged { .. }
            | EventKind::CallbackAdded { .. }
            | EventKind::Obtained { .. }
            | EventKind::Asked { .. }
            | EventKind::Imported { .. }
            | EventKind::Joined { .. }
            | EventKind::AskedAlive { .. }
            | EventKind::Slept
            | EventKind::TimeRead
            | EventKind::Drew { .. }
            | EventKind::Io { .. }
            | EventKind::Read { .. }
            | EventKind::Wrote { .. }
            | EventKind::Printed { .. }
            | EventKind::HandlerSet { .. }
            | EventKind::SignalRaised { .. }
            | EventKind::SignalTaken { .. }
            | EventKind::ProcessStarted { .. }
            | EventKind::ProcessSignalled { .. }
            | EventKind::EndClosed { .. }
            | EventKind::FaultFired { .. } => ThreadState::Running,
        })
    }
}
