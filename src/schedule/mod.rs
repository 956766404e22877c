//! Choices: everything about a run that the program does not decide itself. A list of them is a *schedule*. Of the
//! other parts it knows only `base`.

mod fault;
mod given;
mod plan;
pub mod tape;

pub use fault::{Fault, Signal};
pub use given::{Found, Given};
pub use plan::{FaultPlan, FaultPlanError, Name, When, seconds};

use crate::base::ThreadId;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How a thread's pending operation goes on, where there is more than one way.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Alternative {
    /// It succeeds, or blocks if it has to.
    Go,
    /// Its timeout fires.
    TimeOut,
}

/// One decision, or a fact that the program does not decide either.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each variant's comment names its fields")]
pub enum Choice {
    /// The run's clock says this from now on, in nanoseconds since the run's start.
    Clock(u64),
    /// The thread performs its pending operation.
    Step(ThreadId, Alternative),
    /// The thread, which computes, looks up after so many turns of loops, calls and returns since its last operation,
    /// and performs there, because something from outside struck it; or, if nothing did, says what it reaches.
    Struck { thread: ThreadId, turns: u64 },
    /// The thread could go on, but another one is the next to go.
    Preempt(ThreadId),
    /// The thread, which was started or preempted and has not run since, computes from now on.
    Proceed(ThreadId),
    /// The person watching holds the thread back: it performs only if a step names it.
    Hold(ThreadId),
    /// The thread, which was held back, is let go of.
    LetGo(ThreadId),
    /// From now on this policy decides which thread goes next.
    Policy(Arc<str>),
    /// Threads of that name have this priority from now on.
    Priority { name: Arc<str>, priority: i32 },
    /// A fault is injected.
    Fault(Fault),
    /// The thread, which has come to its next operation, says what it reaches, so that memory can be given back.
    Report(ThreadId),
    /// Something comes from outside that the program reads.
    Given(Given),
}

/// How far one step goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StepUnit {
    /// One operation.
    Operation,
    /// Until the thread stands on another line, or cannot go on.
    Line,
}

/// How fast a run goes on the screen.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Speed {
    /// That many times the default, at which four operations a second are shown; sleeps shrink in the same way.
    Times(f64),
    /// As fast as possible: operations take no visible moment.
    Max,
}
