//! Busy waits that nobody can end: `while not ready: pass`, when nobody is left to set `ready`.
//!
//! A turn of such a loop changes nothing, so what the thread does next depends on what it looks at alone. Once no thread that
//! can go on may change that, and the thread has come round often enough since, it would go round for ever: it is reported,
//! and stopped. Python would burn a processor; here the run comes to its end, as with any other thread that waits for ever. A
//! change that does come from somewhere, by a signal or a fault, lets it look again.

use super::settle::report_trouble;
use super::trouble;
use crate::base::ThreadId;
use crate::event::{Blocker, EventKind};
use crate::machine::memory::operation::{Operation, Stage};
use crate::machine::memory::thread::Thread;
use crate::machine::run::image::Image;
use crate::machine::sync::shared::{Circling, Shared, Waiting};
use crate::machine::sync::time;

/// Watches these threads, and no others, from now on.
pub(in crate::machine) fn watch(shared: &mut Shared, threads: &[ThreadId]) {
    if threads.is_empty() && shared.circling.is_empty() {
        return;
    }
    let before = std::mem::take(&mut shared.circling);
    let entry = |thread: &ThreadId| {
        let known = before.iter().find(|entry| entry.thread == *thread).copied();
        let (code, at) = *shared.record(*thread).stands.last()?;
        Some(known.unwrap_or(Circling { thread: *thread, code, at, turns: 0, looks: 0, endless: false }))
    };
    shared.circling = threads.iter().filter_map(entry).collect();
}

/// How a thread that was seen in a loop stands to it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::machine) enum Round {
    /// It was in none, or may yet get out of it.
    Open,
    /// It has left the loop: those that counted on it to stay there have to be looked at again.
    Left,
    /// It is certain that it goes round for ever, and it was stopped.
    Endless,
}

/// A thread is about to perform: looks whether it still goes round. As each of several may wait for what another would do
/// behind its own loop, it is certain of none before it is of all.
pub(in crate::machine) fn look(shared: &mut Shared, thread: &Thread, image: &Image) -> Round {
    let me = thread.id;
    if shared.record(me).waiting.as_ref().is_some_and(|waiting| waiting.on == Blocker::Change) {
        shared.record_mut(me).waiting = None;
        shared.resting.retain(|resting| *resting != me);
        return Round::Left; // something has changed, perhaps
    }
    let Some(place) = shared.circling.iter().position(|entry| entry.thread == me) else { return Round::Open };
    let again = shared.record(me).waiting.is_some(); // it goes on with what it came to before
    let entry = &mut shared.circling[place];
    let stand = shared.threads[me.index()].stands.last().copied();
    let circle = stand.and_then(|(code, at)| image.reach().circle(code, at).filter(|_| code == entry.code));
    let Some(circle) = circle.filter(|circle| circle.contains(entry.at)) else {
        shared.circling.clear();
        return Round::Left;
    };
    if !again {
        entry.looks += 1;
        entry.turns += u32::from(stand == Some((entry.code, entry.at)));
    }
    // It comes by at least one instruction of a turn for each operation.
    let longest = circle.turns().saturating_mul(circle.len() as u32);
    entry.endless |= entry.turns > circle.turns() || entry.looks > longest;
    if !shared.circling.iter().all(|entry| entry.endless) {
        return Round::Open;
    }
    rest(shared, me, &circle.what);
    Round::Endless
}

fn rest(shared: &mut Shared, me: ThreadId, what: &str) {
    // Its own operation stays pending; this one is nobody's.
    let operation = Operation::Touch { object: shared.process_of(me).namespace, write: false };
    let on = Blocker::Change;
    shared.record_mut(me).waiting = Some(Waiting { operation, stage: Stage::default(), on, until: None, ready: false });
    shared.emit(me, EventKind::Blocked { on, until: None });
    shared.resting.push(me);
    if !trouble::is_reported(shared, me) {
        let trouble = trouble::endless_loop(shared, me, what);
        report_trouble(shared, me, trouble);
    }
}

/// Whether what the thread is about to perform may change what somebody looks at. One that only looks does not.
pub(in crate::machine) fn may_change(shared: &Shared, thread: &Thread, image: &Image) -> bool {
    let stand = shared.record(thread.id).stands.last();
    let looks = stand.is_some_and(|(code, at)| image.reach().circle(*code, *at).is_some());
    !looks && thread.pending.as_ref().is_some_and(changes)
}

fn changes(operation: &Operation) -> bool {
    !matches!(
        operation,
        Operation::Touch { write: false, .. }
            | Operation::Print { .. }
            | Operation::Time(time::Action::Sleep(_) | time::Action::Read { .. })
    )
}

/// Something may have changed: threads that were stopped look again.
pub(in crate::machine) fn stir(shared: &mut Shared, by: ThreadId) {
    for index in 0..shared.resting.len() {
        let thread = shared.resting[index];
        if let Some(waiting) = &mut shared.record_mut(thread).waiting
            && waiting.on == Blocker::Change
            && !waiting.ready
        {
            waiting.ready = true;
            shared.emit(thread, EventKind::Ready { by: Some(by) });
            shared.woken.push(thread);
        }
    }
}
