//! The life of a worker: the operating-system thread behind a Python thread.

use super::gate::{Decision, Place, State};
use super::lines::{self, Walk};
use super::run::{Inner, RunEnd};
use crate::base::ThreadId;
use crate::machine::files::Want;
use crate::machine::thread::Thread;
use crate::machine::{self, Outcome, Pause, lookout};
use crate::schedule::{Alternative, Given};
use parking_lot::{Condvar, MutexGuard};
use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Instant;

/// Turns of loops, calls and returns of a thread between two looks at whether the run is over.
const FUEL: u32 = 5_000;
/// What computing until the fuel is used up takes in virtual time, in nanoseconds: about what it takes CPython.
const COMPUTING: u64 = 250_000;
/// What an operation takes.
const OPERATING: u64 = 1_000;
/// What reading the clock takes: a thread that reads it again and again waits for a certain time.
const LOOKING: u64 = 20_000;

thread_local! {
    static WORKER: Cell<bool> = const { Cell::new(false) };
}

/// Whether the calling operating-system thread runs a Python thread. A panic hook should leave the terminal alone then:
/// the panic is caught, and shown as the run's end.
pub fn on_worker() -> bool {
    WORKER.get()
}

/// Runs a thread to its end, or the run's.
pub(super) fn work(inner: &Arc<Inner>, thread: Box<Thread>) {
    WORKER.set(true);
    let looker = inner.clone();
    lookout::listen(inner.bell(), move || looker.flush_if_free());
    let me = thread.id;
    // After a panic its remains are only looked at: the run is over.
    if let Err(panic) = catch_unwind(AssertUnwindSafe(|| live(inner, thread)))
        && !lookout::is_unwanted(&*panic)
    {
        inner.fail(format!("internal error in thread {me}: {}", message(&*panic)));
    }
    inner.flush(); // The end of the run may have come at a moment when it could not be reported.
    inner.left();
}

fn message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("unknown")
}

fn live(inner: &Arc<Inner>, mut thread: Box<Thread>) {
    let mut walk = Walk::new(FUEL);
    walk.stop = inner.state.lock().stop_of(thread.id);
    while !inner.is_over() {
        let back = match walk.advance(inner, &mut thread) {
            Some(Pause::OutOfFuel) => rest(inner, &mut walk, thread),
            Some(Pause::Operation) => operate(inner, &mut walk, thread, None),
            None => lines::stop(inner, thread),
        };
        match back {
            Some(back) => thread = back,
            None => return,
        }
    }
}

/// Looks up from a long computation: sends the events so far, since the next operation may be far away, waits while the
/// thread must not move, and lets a fault strike. `None` when the thread or the run is over.
fn rest(inner: &Arc<Inner>, walk: &mut Walk, mut thread: Box<Thread>) -> Option<Box<Thread>> {
    inner.flush();
    let me = thread.id;
    let mut state = inner.state.lock();
    if state.is_over_for(me) {
        return None;
    }
    state.look_up(&mut thread, &inner.image);
    while !state.may_compute(me, thread.turns) {
        let condvar = state.condvar(me)?;
        state.rest(thread);
        wait(inner, &mut state, me, &condvar, None);
        thread = state.withdraw(me)?;
        if state.is_over_for(me) {
            return None;
        }
    }
    state.put(me, Place::Moving);
    state.work(me, COMPUTING);
    let struck = state.is_struck(me, thread.turns);
    if !struck {
        walk.stop = walk.stop.filter(|stop| *stop > thread.turns); // the tape is followed no longer
    }
    drop(state);
    if struck {
        let turns = thread.turns;
        operate(inner, walk, thread, Some(turns))
    } else {
        Some(thread)
    }
}

/// Performs the thread's pending operation, as soon as it may and can; `None` when the thread or the run is over. A thread
/// that was computing has looked up after so many turns.
fn operate(
    inner: &Arc<Inner>,
    walk: &mut Walk,
    mut thread: Box<Thread>,
    mut looked_up: Option<u64>,
) -> Option<Box<Thread>> {
    let me = thread.id;
    let mut state = inner.state.lock();
    loop {
        let alternative;
        supply(inner, &mut state, me);
        (thread, alternative) = pass(inner, &mut state, thread)?;
        let work = if thread.reads_clock() { LOOKING } else { OPERATING };
        if work == LOOKING {
            state.pass_work_done();
        }
        let (events, step) = (state.shared.seq, state.shared.step);
        state.record_here();
        let outcome = machine::perform(&mut state.shared, &mut thread, &inner.image, alternative);
        let struck = looked_up.take();
        match struck {
            Some(turns) => state.record_struck(me, turns),
            None => state.record_steps(me, alternative, 1),
        }
        state.check_performed(me, struck);
        for change in state.take_changes() {
            if let Err(error) = inner.outside.change(&change) {
                state.finish(RunEnd::Failed(format!("what the program wrote cannot be written: {error}")));
            }
        }
        state.performed(me, outcome, u64::from(outcome == Outcome::Done));
        state.have_reports(&inner.image);
        state.look_for_polling(&thread, events, step);
        let started = state.enlist();
        state.follow_script();
        state.work(me, work);
        if !started.is_empty() {
            MutexGuard::unlocked(&mut state, || inner.spawn_all(started));
        }
        match outcome {
            Outcome::Blocked => {}
            Outcome::Done => {
                let (events, step) = (state.shared.seq, state.shared.step);
                state.sail(&mut thread, &inner.image, &inner.post);
                state.have_reports(&inner.image);
                let sailed = state.shared.step - step;
                state.look_for_polling(&thread, events, step);
                state.work(me, sailed.saturating_mul(OPERATING));
                walk.stop = state.stop_of(me);
                // Events before a long computation are not kept back until the next batch.
                if state.has_batch() || lookout::take_looked() {
                    send(inner, state);
                }
                return Some(thread);
            }
            Outcome::Over => {
                state.settle();
                send(inner, state);
                return None;
            }
        }
    }
}

/// Brings `me` what it waits for from outside, if somebody has it now. While a line is typed the state is free, and `me`
/// counts as moving: time stands still, and where threads take turns no other has one.
fn supply(inner: &Inner, state: &mut MutexGuard<'_, State>, me: ThreadId) {
    while let Some(want) = state.wanted(me) {
        let given = match want {
            Want::Here => Some(Given::Here(inner.outside.here())),
            Want::Path(path) => Some(Given::Found { what: inner.outside.find(&path), path }),
            Want::Line => {
                let parcel = state.parcel();
                MutexGuard::unlocked(state, || {
                    inner.post.send(parcel);
                    inner.outside.typed()
                })
            }
        };
        let Some(given) = given else { return };
        state.give(&given);
    }
}

/// Waits until the thread may and can perform; `None` when the run is over.
fn pass(inner: &Inner, state: &mut MutexGuard<'_, State>, thread: Box<Thread>) -> Option<(Box<Thread>, Alternative)> {
    let me: ThreadId = thread.id;
    if state.is_over_for(me) {
        return None;
    }
    if state.sails(me, &inner.post) {
        return Some((thread, Alternative::Go));
    }
    let condvar = state.condvar(me)?;
    state.deposit(thread);
    loop {
        match state.decide(me, &inner.image, &inner.post) {
            Decision::End => return None,
            Decision::Go(alternative) => return Some((state.withdraw(me)?, alternative)),
            Decision::Wait(until) => wait(inner, state, me, &condvar, until),
        }
    }
}

/// Makes `me`, whose thread is deposited, wait to be woken, at most until then. If there is something to send, it sends
/// that instead, and has to look again afterwards.
pub(super) fn wait(
    inner: &Inner,
    state: &mut MutexGuard<'_, State>,
    me: ThreadId,
    condvar: &Condvar,
    until: Option<Instant>,
) {
    if state.has_to_send(me, &inner.post) {
        let parcel = state.parcel();
        MutexGuard::unlocked(state, || inner.post.send(parcel));
        return;
    }
    match state.watch_of(me).or(until) {
        Some(until) => drop(condvar.wait_until(state, until)),
        None => condvar.wait(state),
    }
}

/// Gives the lock back, then sends what there is.
fn send(inner: &Inner, mut state: MutexGuard<'_, State>) {
    let parcel = state.parcel();
    drop(state);
    inner.post.send(parcel);
}
