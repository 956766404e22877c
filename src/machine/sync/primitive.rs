//! What every primitive says of the actions on it.

use super::shared::{Shared, Turn};
use crate::base::ThreadId;
use crate::event::Blocker;
use crate::machine::memory::native::Result;
use crate::machine::memory::operation::{Progress, Stage};
use crate::schedule::Alternative;

/// An action on a primitive, or on what is one for the whole program: threads, time.
///
/// *perform* does the action or says what blocks it. It is tried again when *ready* says that it can go on, or with
/// `Alternative::TimeOut` when its limit is over.
pub trait Primitive {
    /// What it is done to: an object, or `()`.
    type On: Copy;

    /// Does the action, or says what blocks it.
    ///
    /// # Errors
    /// What it raises.
    fn perform(&self, turn: &mut Turn<'_>, on: Self::On, stage: Stage, alternative: Alternative) -> Result<Progress>;

    /// Whether a thread could go on with the action, which has come to this stage.
    fn ready(&self, _shared: &Shared, _me: ThreadId, _on: Self::On, _stage: Stage) -> bool {
        true
    }

    /// Whether an attempt does no more than stop the thread, as long as it is not ready. With a limit an attempt does
    /// more: the limit begins.
    fn waits(&self, _shared: &Shared, _me: ThreadId, _on: Self::On) -> bool {
        false
    }

    /// A thread stops waiting, because it is killed or an exception is raised in it: it leaves every list of waiters.
    fn cancel(&self, _shared: &mut Shared, _me: ThreadId, _on: Self::On, _stage: Stage) {}

    /// What a waiting thread has to do before an exception from outside may be raised in it: a `Condition.wait` takes
    /// its lock again first. It then waits for this, at this stage, without a limit; `None`: it has to do nothing.
    fn unwind(&self, _shared: &Shared, _me: ThreadId, _on: Self::On, _stage: Stage) -> Option<(Blocker, Stage)> {
        None
    }

    /// What it does, as a verb that the object's name may follow.
    fn verb(&self) -> &'static str;
}
