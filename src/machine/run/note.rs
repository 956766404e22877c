//! What the driver of a run notes among its events, beside what the program does.

use crate::base::{ProcessId, ThreadId};
use crate::event::EventKind;
use crate::machine::sync::shared::{Phase, Shared};

/// The thread could go on, but another one is the next to go.
pub fn preempted(shared: &mut Shared, thread: ThreadId) {
    shared.emit(thread, EventKind::Preempted);
}

/// The thread, which was started or preempted and has not run since, computes from now on.
pub fn resumed(shared: &mut Shared, thread: ThreadId) {
    shared.emit(thread, EventKind::Resumed);
}

/// The person watching holds the thread back, or lets go of it. `false`: that changes nothing, or there is no thread to
/// hold.
pub fn held(shared: &mut Shared, thread: ThreadId, hold: bool) -> bool {
    let Some(record) = shared.threads.get_mut(thread.index()) else { return false };
    if record.held == hold || matches!(record.phase, Phase::Over(_)) {
        return false;
    }
    record.held = hold;
    shared.emit(thread, if hold { EventKind::Held } else { EventKind::LetGo });
    true
}

/// From now on that policy decides which thread goes next. The machine does not work out which one that is: it only
/// notes the policy's name. The driver of the run calls this when the policy is set, and at the start unless it is
/// `os`.
pub fn policy_set(shared: &mut Shared, name: &str) {
    let first = shared.processes[ProcessId::FIRST].household.main;
    shared.emit(first, EventKind::PolicySet { name: name.into() });
}
