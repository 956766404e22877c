//! The gate before every operation, and the state behind it.
//!
//! A worker that wants to perform asks [`State::decide`]. It may go; or it waits, at the gate (it could perform, but is
//! held back: the run is paused, the thread is held, its pace or the reader's lag forbids it) or parked (the machine
//! says that its operation cannot go on). While a worker waits, its thread lies in the state, where others can look at
//! it. Everything here happens under the state's lock. Under a policy that lets one thread go at a time, a thread that
//! could perform also needs the turn; `turn` gives it. `steering` is how a run is steered from outside.

mod bar;
mod breakpoints;
mod course;
mod journal;
mod outbox;
mod outside;
mod pace;
mod plan;
mod polling;
mod record;
mod reports;
mod script;
mod sight;
mod steering;
mod step;
mod time;
mod turn;
mod turns;
mod workers;

use self::breakpoints::Watch;
use self::course::Course;
use self::journal::Journal;
use self::outbox::{News, Outbox};
use self::pace::Pace;
use self::plan::Plan;
use self::steering::Steering;
use self::turn::Turn;
use self::workers::{Permit, Workers};
use super::channel::{Parcel, Post, Spare};
use super::clock::Clock;
use super::run::{Options, RunEnd};
use crate::base::ThreadId;
use crate::machine::image::Image;
use crate::machine::shared::{Shared, Standing};
use crate::machine::thread::Thread;
use crate::machine::{self, Looks, Outcome};
use crate::schedule::{Alternative, Speed};
use parking_lot::Condvar;
pub use plan::Planned;
pub(super) use record::Grip;
pub(super) use script::Script;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;
pub(super) use workers::Place;

/// Instructions that a thread may do while it keeps the state to itself. Long enough that handing the state over costs
/// little when several threads want it; short enough that the wait is not noticed.
const STRETCH: u64 = 8_000;
/// Instructions that it may do after those until it has released its locks.
const GRACE: u64 = 1_000;

/// What workers, reader and controls share, under one lock.
///
/// Each part keeps its own fields in order, and knows nothing of the others; here they meet.
#[derive(Debug)]
pub(super) struct State {
    /// The machine's part.
    pub(super) shared: Shared,
    workers: Workers,
    turn: Turn,
    steering: Steering,
    pace: Pace,
    course: Course,
    outbox: Outbox,
    journal: Journal,
    /// Faults that are still to come.
    plan: Plan,
    watch: Watch,
    /// The latest operations, as far as they changed nothing.
    looks: Looks,
}

/// What a worker that wants to perform does next.
#[derive(Debug)]
pub(super) enum Decision {
    /// It performs.
    Go(Alternative),
    /// It waits to be woken, at most until then.
    Wait(Option<Instant>),
    /// The run is over.
    End,
}

impl State {
    pub(super) fn new(
        shared: Shared,
        image: &Arc<Image>,
        options: &Options,
        choices: u64,
        abort: Arc<AtomicBool>,
        spare: Arc<Spare>,
    ) -> Self {
        let mut clock = Clock::new(options.clock, options.speed);
        clock.jump_to(shared.now);
        if !options.paused {
            clock.start();
        }
        let mut state = State {
            shared,
            workers: Workers::default(),
            turn: Turn::new(options.policy, options.seed, choices, options.priorities.clone()),
            steering: Steering::new(options.paused, options.paced, options.speed),
            pace: Pace::new(clock),
            course: Course::new(abort),
            outbox: Outbox::new(spare),
            journal: Journal::new(options.record),
            plan: State::plan_of(options),
            watch: Watch::new(options, image),
            looks: Looks::default(),
        };
        state.trim();
        state
    }

    // What a worker asks.

    /// Whether `me` may perform at once: the fast path, on which nothing is deposited and nothing is asked.
    pub(super) fn sails(&mut self, me: ThreadId, post: &Post) -> bool {
        self.course.sails() && !self.lags(me, post) && {
            self.shared.now = self.pace.clock.now();
            self.plan.rests(&self.shared) && self.shared.standing(me) == Standing::Ready
        }
    }

    /// Whether the reader is so far behind that `me` has to wait for it.
    fn lags(&self, me: ThreadId, post: &Post) -> bool {
        let holds = !self.shared.record(me).holds.is_empty();
        post.lags(self.shared.seq.saturating_sub(if holds { post.slack() } else { 0 }))
    }

    /// Lets a thread that has just performed go on while it has the state, if nothing holds it back.
    pub(super) fn sail(&mut self, thread: &mut Thread, image: &Image, post: &Post) {
        if self.sails(thread.id, post) {
            // An instruction makes one event at most, and is one operation at most.
            let moments = self.plan.room(&self.shared);
            let allowance = STRETCH.min(post.room(self.shared.seq)).min(moments);
            let grace = GRACE.min(post.slack()).min(moments - allowance);
            let step = self.shared.step;
            self.record_here();
            machine::sail(&mut self.shared, thread, image, allowance as u32, grace as u32);
            let sailed = self.shared.step - step;
            self.record_steps(thread.id, Alternative::Go, sailed);
            self.performed(thread.id, Outcome::Done, sailed);
        }
    }

    /// Whether the run is over, or the thread's process was ended by another one.
    pub(super) fn is_over_for(&self, me: ThreadId) -> bool {
        self.course.is_over() || self.shared.record(me).is_over()
    }

    /// Puts a thread into the state while its worker waits.
    pub(super) fn deposit(&mut self, thread: Box<Thread>) {
        self.workers.deposit(thread);
    }

    /// Takes it out again.
    pub(super) fn withdraw(&mut self, me: ThreadId) -> Option<Box<Thread>> {
        self.workers.withdraw(me)
    }

    /// What `me`, whose thread is deposited, does next.
    pub(super) fn decide(&mut self, me: ThreadId, image: &Image, post: &Post) -> Decision {
        self.arrive(me, image);
        loop {
            // If nothing holds the thread up, it takes its turn at the moment at which the turn was given.
            if !self.course.flows() || self.turn.holder() != Some(me) {
                self.shared.now = self.pace.clock.now();
            }
            self.unfold_unless_turns();
            if self.is_over_for(me) {
                return Decision::End;
            }
            let standing = self.shared.standing(me);
            let Some(alternative) = standing.alternative() else {
                self.put(me, Place::Parked);
                self.settle();
                if self.workers.place(me) == Some(Place::Parked) {
                    let until = self.alarm(standing.limit());
                    return Decision::Wait(until.and_then(|until| self.pace.clock.when(until)));
                }
                continue; // Time has jumped to its deadline.
            };
            let Some(wait) = self.bar(me, image, post) else {
                self.take_turn(me);
                return Decision::Go(alternative);
            };
            self.put(me, Place::Gate);
            let before = self.turn.holder();
            self.settle();
            // `me` is awake, so nobody can wake it: it has to see for itself what became of it.
            let given = self.turn.holder() != before && self.turn.holder() == Some(me);
            if !given && self.workers.place(me) == Some(Place::Gate) {
                return Decision::Wait(wait);
            }
        }
    }

    /// `me` has come to the gate; its thread is deposited.
    fn arrive(&mut self, me: ThreadId, image: &Image) {
        let line = || self.workers.get(me)?.thread().map(|thread| machine::line_of(thread, image));
        self.steering.arrived(me, line);
        if self.plan.awaits_lines()
            && let Some(line) = line()
        {
            self.plan.arrive(me, line, self.shared.seq);
        }
    }

    /// `me` has performed, so many operations to their end: updates the state, and wakes the threads that this concerns.
    pub(super) fn performed(&mut self, me: ThreadId, outcome: Outcome, done: u64) {
        if self.is_pacing() {
            self.pace.show_operation();
        }
        let moved = self.shared.step;
        self.plan.follow(&self.shared, me, done);
        if outcome != Outcome::Done {
            self.turn.stopped(me);
        }
        self.steering.performed(me, self.workers.is_named(me), moved, outcome);
        if let Some(worker) = self.workers.get_mut(me) {
            worker.moved = moved;
            worker.ready = false;
            worker.permit = match (worker.permit, outcome) {
                (Some(Permit::Operations(count @ 2..)), _) => Some(Permit::Operations(count - 1)),
                (Some(line @ Permit::Line(_)), Outcome::Done) => Some(line),
                _ => None,
            };
        }
        match outcome {
            Outcome::Over => self.put(me, Place::Over),
            Outcome::Done | Outcome::Blocked => self.relay(me),
        }
        self.follow();
    }

    /// Does what the machine asks for after it has changed something: wakes threads, ends the run.
    pub(super) fn follow(&mut self) {
        if !self.shared.woken.is_empty() {
            self.wake_woken();
        }
        self.meet_breakpoints();
        if let Some(status) = self.shared.status() {
            self.finish(RunEnd::Exited(status));
        }
        if let Some(failure) = self.journal.failure() {
            self.finish(RunEnd::Failed(failure.to_string()));
        }
    }

    /// Takes over threads that the machine has started: their workers are to be spawned.
    pub(super) fn enlist(&mut self) -> Vec<Thread> {
        let started = std::mem::take(&mut self.shared.started);
        for thread in &started {
            self.admit(thread.id);
        }
        started
    }

    /// Takes over one thread.
    pub(super) fn admit(&mut self, thread: ThreadId) {
        self.course.come_loose();
        self.workers.admit(thread, self.shared.step, !self.turn.all_go());
    }

    /// What `me` waits on.
    pub(super) fn condvar(&self, me: ThreadId) -> Option<Arc<Condvar>> {
        self.workers.condvar(me)
    }

    // What is on its way to the reader.

    /// Whether `me`, which waits now, has to send what there is. Not if it is little and another thread is on its way,
    /// which will send it later. Otherwise, where threads take turns, there would be a batch for nearly every event.
    pub(super) fn has_to_send(&self, me: ThreadId, post: &Post) -> bool {
        let follows = || self.turn.holder().is_some_and(|holder| holder != me) || self.workers.others_move(me);
        self.has_batch() || (self.outbox.has_parcel(&self.shared) && (!follows() || post.lags(self.shared.seq)))
    }

    /// Whether there is enough to send for a worker that goes on.
    pub(super) fn has_batch(&self) -> bool {
        self.outbox.has_batch(&self.shared, self.course.flows())
    }

    /// Lets every worker look again; that does not change where it stands.
    pub(super) fn rouse_all(&self) {
        self.workers.rouse_all();
    }

    /// Takes what there is to send. It is sent after the lock was given back.
    pub(super) fn parcel(&mut self) -> Parcel {
        self.outbox.parcel(&mut self.shared, self.course.flows())
    }

    // Waking, and the end.

    /// Wakes the threads that the machine names, as far as they can go on.
    fn wake_woken(&mut self) {
        let all_go = self.turn.all_go();
        let mut woken = std::mem::take(&mut self.shared.woken);
        for thread in woken.drain(..) {
            if self.shared.record(thread).is_over() {
                self.cut_off(thread);
                continue;
            }
            match self.shared.standing(thread) {
                Standing::Waiting(until) => {
                    if until.is_some() {
                        self.leave_rest(); // Time can help it.
                    }
                    self.set_alarm(thread, until);
                }
                Standing::Ready | Standing::TimedOut if all_go => {}
                Standing::Ready | Standing::TimedOut => self.wake(thread),
            }
        }
        self.shared.woken = woken;
        if all_go {
            self.wake_next();
        }
    }

    /// The end of its process has ended the thread, wherever its worker is.
    fn cut_off(&mut self, thread: ThreadId) {
        self.turn.stopped(thread);
        if self.turn.holder() == Some(thread) {
            self.turn.take_back();
        }
        self.put(thread, Place::Over);
        self.workers.notify(thread);
    }

    /// A parked thread has to look again. Where threads take turns, its worker sleeps on until it gets the turn: the machine
    /// says where the thread stands.
    fn wake(&mut self, thread: ThreadId) {
        if self.workers.place(thread) != Some(Place::Parked) {
            return;
        }
        if self.turn.all_go() {
            self.workers.notify(thread);
            self.put(thread, Place::Moving);
        } else {
            self.put(thread, Place::Gate);
        }
        self.leave_rest();
    }

    /// Wakes one of the parked threads that can go on, the one that has waited longest; it will wake the next one. If all woke
    /// at once, all but one would find, as a rule, that the first has taken what they came for.
    ///
    /// Where all go as they like this holds: if a parked thread can go on, then another one relays, or its own alarm is set.
    fn wake_next(&mut self) {
        loop {
            let parked = self.shared.able(self.workers.parked());
            let moved = |thread| self.workers.moved(thread);
            let Some(next) = parked.map(|(thread, _)| thread).min_by_key(|thread| (moved(*thread), *thread)) else {
                return;
            };
            self.wake(next);
            let Some(worker) = self.workers.get_mut(next) else { return };
            // One that computes does not come to an operation soon.
            worker.relays = worker.operates();
            if worker.relays {
                return;
            }
        }
    }

    /// `me` has performed or stopped: if it was woken by `wake_next`, it wakes the next one.
    fn relay(&mut self, me: ThreadId) {
        let relays = self.workers.get_mut(me).is_some_and(|worker| std::mem::take(&mut worker.relays));
        if relays && self.turn.all_go() {
            self.wake_next();
        }
    }

    /// Ends the run from outside, if it is not over yet.
    pub(super) fn call_off(&mut self) {
        self.finish(if self.is_stuck() { RunEnd::Stuck } else { RunEnd::Aborted });
    }

    /// Ends the run, if it is not over yet.
    pub(super) fn finish(&mut self, end: RunEnd) {
        if !self.course.is_over() {
            self.pace.clock.stop();
            self.journal.close(&end);
            self.course.finish(end);
            self.outbox.tell(News::Over);
            self.trim();
            self.workers.rouse_all();
        }
    }

    // What a control asks.

    pub(super) fn end(&self) -> Option<&RunEnd> {
        self.course.end()
    }

    pub(super) fn is_stuck(&self) -> bool {
        self.course.is_stuck()
    }

    pub(super) fn is_paused(&self) -> bool {
        self.steering.is_paused()
    }

    pub(super) fn speed(&self) -> Speed {
        self.steering.speed()
    }

    pub(super) fn now(&self) -> u64 {
        self.pace.clock.shown()
    }

    // Small things.

    /// The thread is there from now on, and others learn of it whom that concerns.
    pub(super) fn put(&mut self, thread: ThreadId, place: Place) {
        self.workers.put(thread, place);
        if place != Place::Moving {
            self.relay(thread);
        }
        if place == Place::Parked {
            self.steering.stopped(thread);
        }
    }

    /// Works out again whether anything holds a thread back.
    fn trim(&mut self) {
        let anybody_held = self.shared.threads.iter().any(|record| record.held);
        let flows = !self.steering.is_paused() && !anybody_held && !self.is_pacing();
        let unseen = self.turn.all_go() && !self.plan.bars_sailing() && self.watch.is_empty();
        self.course.trim(flows, unseen);
    }
}
