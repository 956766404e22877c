//! What whoever drives a run notes among its events, beside what the program does.

use super::shared::Shared;
use crate::base::ThreadId;
use crate::event::EventKind;

/// The thread could go on, but another one is the next to go.
pub fn preempted(shared: &mut Shared, thread: ThreadId) {
    shared.emit(thread, EventKind::Preempted);
}
