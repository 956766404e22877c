//! What an operation leads to for threads that stand still: who is stopped, who goes on, what is then wrong.

use super::circle;
use super::image::Image;
use super::interpreter::{NoFinals, Vm};
use super::operations;
use super::trouble;
use crate::base::ThreadId;
use crate::event::{Blocker, EventKind, Trouble};
use crate::machine::memory::reach::Reach;
use crate::machine::memory::thread::Thread;
use crate::machine::memory::value::Value;
use crate::machine::sync::shared::{Shared, Waiting};
use std::sync::Arc;

/// What became of an operation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It is done; the thread goes on.
    Done,
    /// The thread cannot go on; its operation is to be performed again when it can.
    Blocked,
    /// The thread is over.
    Over,
}

pub(in crate::machine) fn raise(thread: &mut Thread, image: &Image, exception: Value) {
    Vm::new(thread, image, Reach::Private, &NoFinals).raise(exception, true);
}

/// The thread stops before something, which may let it go on at once.
pub(in crate::machine) fn block(shared: &mut Shared, me: ThreadId, mut waiting: Waiting) {
    let (on, until) = (waiting.on, waiting.until);
    waiting.ready = operations::ready(shared, me, &waiting.operation, waiting.stage);
    shared.emit(me, EventKind::Blocked { on, until });
    if waiting.ready {
        shared.emit(me, EventKind::Ready { by: None });
        shared.woken.push(me);
    }
    shared.record_mut(me).waiting = Some(waiting);
}

/// Threads that wait before what was touched look again: some can go on now, some no longer. One that waits in another
/// process, before a copy of it, looks in vain.
pub(in crate::machine) fn settle(shared: &mut Shared, me: ThreadId, touched: &[Blocker]) {
    for on in touched {
        look_again(shared, Some(me), *on);
    }
}

/// Likewise, when it was no thread that changed what they wait for.
pub(in crate::machine) fn settle_from_outside(shared: &mut Shared, on: Blocker) {
    look_again(shared, None, on);
}

fn look_again(shared: &mut Shared, by: Option<ThreadId>, on: Blocker) {
    if shared.silent {
        return;
    }
    for index in 0..shared.threads.len() {
        let thread = ThreadId(index as u32);
        let Some(waiting) = &shared.threads[index].waiting else { continue };
        if waiting.on != on || Some(thread) == by {
            continue;
        }
        let ready = operations::ready(shared, thread, &waiting.operation, waiting.stage);
        if ready == waiting.ready {
            continue;
        }
        let until = waiting.until;
        if let Some(waiting) = &mut shared.threads[index].waiting {
            waiting.ready = ready;
        }
        let event = if ready { EventKind::Ready { by } } else { EventKind::Blocked { on, until } };
        shared.emit(thread, event);
        shared.woken.push(thread);
    }
}

/// A thread has just blocked: is something wrong now? Not while it will go on by itself: then it can still help the
/// same threads as before.
pub(in crate::machine) fn look_for_trouble(shared: &mut Shared, image: &Image, me: ThreadId) {
    if !shared.silent && trouble::may_last(shared, me) {
        look_at_all(shared, image, me);
    }
}

/// Perhaps no thread is left that could help some threads.
pub(in crate::machine) fn look_at_all(shared: &mut Shared, image: &Image, me: ThreadId) {
    if shared.silent {
        return;
    }
    let found = trouble::find(shared, image, me);
    shared.suspected = found.suspected.then(|| shared.suspected.unwrap_or(shared.step));
    circle::watch(shared, &found.circling);
    for trouble in found.troubles {
        report_trouble(shared, me, trouble);
    }
}

/// Reports a trouble, once.
pub(in crate::machine) fn report_trouble(shared: &mut Shared, me: ThreadId, trouble: Trouble) {
    trouble::remember(shared, &trouble);
    shared.emit(me, EventKind::Trouble(Arc::new(trouble)));
}

/// An exception from outside is raised in a thread, and ends its wait. It comes once the operation has undone what it
/// did so far: a condition's wait takes its lock again.
pub(in crate::machine) fn abandon(
    shared: &mut Shared,
    thread: &mut Thread,
    image: &Image,
    waiting: Option<Waiting>,
    exception: Value,
) -> Outcome {
    let me = thread.id;
    if let Some(waiting) = &waiting
        && let Some((on, stage)) = operations::unwind(shared, me, waiting)
    {
        thread.raise_then = Some(exception);
        thread.pending = Some(waiting.operation.clone());
        block(shared, me, Waiting { on, stage, until: None, ready: false, operation: waiting.operation.clone() });
        look_for_trouble(shared, image, me);
        return Outcome::Blocked;
    }
    forget(shared, me, waiting.as_ref());
    if waiting.is_some() {
        shared.emit(me, EventKind::Ready { by: None });
    }
    thread.pending = None;
    thread.raising = None;
    // A thread that has not begun has no frame to raise it in yet.
    Vm::new(thread, image, Reach::Private, &NoFinals).enter_thread();
    raise(thread, image, exception);
    Outcome::Done
}

/// A thread no longer counts as waiting for something.
pub(super) fn forget(shared: &mut Shared, me: ThreadId, waiting: Option<&Waiting>) {
    if let Some(waiting) = waiting {
        operations::cancel(shared, me, waiting);
        settle(shared, me, &[waiting.on]);
    }
}
