//! The gate before every operation, and the state behind it.
//!
//! A worker that wants to perform asks [`State::decide`]. It may go; or it waits, at the gate (it could perform, but is
//! held back: the run is paused, the thread is held, its pace or the reader's lag forbids it) or parked (the machine
//! says that its operation cannot go on). While a worker waits, its thread lies in the state, where others can look at
//! it. Everything here happens under the state's lock. Under a policy that lets one thread go at a time, a thread that
//! could perform also needs the turn; `turn` gives it. `steering` is how a run is steered from outside.

mod bar;
mod breakpoints;
mod plan;
mod polling;
mod record;
mod reports;
mod script;
mod sight;
mod steering;
mod time;
mod turn;

use self::breakpoints::Watch;
use super::channel::{Notice, Parcel, Post, Spare};
use super::clock::Clock;
use super::run::{Options, RunEnd};
use crate::base::ThreadId;
use crate::event::Position;
use crate::machine::image::Image;
use crate::machine::shared::{Shared, Standing};
use crate::machine::thread::Thread;
use crate::machine::{self, Outcome};
use crate::policy::{Kind, Priorities};
use crate::schedule::tape::Tape;
use crate::schedule::{Alternative, Speed};
use parking_lot::Condvar;
use plan::Plan;
pub use plan::Planned;
use polling::Looks;
pub(super) use script::Script;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;
use turn::Decider;

/// The visible moment that an operation is shown for on the screen, one after another, in nanoseconds of played time.
const MOMENT: u64 = 250_000_000;
/// Events that are sent together while nothing holds a thread back.
const BATCH: usize = 512;
/// Instructions that a thread may do while it keeps the state to itself. Long enough that handing the state over costs
/// little when several threads want it; short enough that the wait is not noticed.
const STRETCH: u64 = 1_000;
/// Room for those, and for the events that a stretch of sailing adds.
const ROOM: usize = 2 * BATCH;

/// What workers, reader and controls share, under one lock.
#[derive(Debug)]
pub(super) struct State {
    /// The machine's part.
    pub(super) shared: Shared,
    clock: Clock,
    /// The threads that were started, by id.
    workers: Vec<Option<Worker>>,
    /// How many of them move.
    moving: usize,
    paused: bool,
    paced: bool,
    speed: Speed,
    policy: Kind,
    /// Where the policy's random numbers start.
    seed: u64,
    /// What decides at this moment which thread goes next.
    decider: Decider,
    priorities: Priorities,
    /// Faults that are still to come.
    plan: Plan,
    watch: Watch,
    /// The thread that has the turn, under a policy that lets one go at a time.
    turn: Option<ThreadId>,
    /// The thread that went last, unless it has stopped since.
    mover: Option<ThreadId>,
    /// What a step that names no thread allows the threads that get the turn.
    stride: Option<Stride>,
    /// No operation is shown before this played time: the last one is still shown.
    due: u64,
    /// The latest operations, as far as they changed nothing.
    looks: Looks,
    /// The thread that wakes when a played wait is over.
    keeper: Option<ThreadId>,
    /// Nothing holds a thread up: not paused, none held, no pace, not over. (The reader's lag is checked separately.)
    flowing: bool,
    /// And all threads go as they like, no planned fault is still to come, and there is no breakpoint.
    sailing: bool,
    /// All threads that are left wait without a deadline.
    stuck: bool,
    end: Option<RunEnd>,
    /// Set with `end`: for threads that do not hold the lock.
    abort: Arc<AtomicBool>,
    spare: Arc<Spare>,
    notice: Option<News>,
    /// The choices that were made.
    tape: Option<Tape>,
    /// The tape that decided is at its end, and the run waits to be told how to go on.
    script_over: bool,
}

/// News that were not sent yet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum News {
    Still,
    Over,
}

/// A started thread, as the gate sees it.
#[derive(Debug)]
struct Worker {
    /// What its operating-system thread waits on, and nothing else.
    condvar: Arc<Condvar>,
    place: Place,
    /// The thread itself, while its worker waits.
    deposit: Option<Box<Thread>>,
    /// That one has looked up from computing, after whole turns.
    rests: bool,
    /// What it may do although the run is paused.
    permit: Option<Permit>,
    /// How many operations the run had performed after its last one: the thread with the lowest number has waited
    /// longest.
    moved: u64,
    /// It was woken alone, of all that could go on: it wakes the next one once it has performed, or stopped again.
    relays: bool,
    /// It is known to be ready: where threads take turns, it has not run since it was started or preempted.
    ready: bool,
    /// Where it was last seen.
    seen: Option<Position>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Place {
    /// It advances, performs, or is about to look at the gate again.
    Moving,
    /// It could perform, and is held back.
    Gate,
    /// Its operation could not go on when it looked last.
    Parked,
    /// It is over.
    Over,
}

/// What a step allows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Permit {
    /// So many operations.
    Operations(u32),
    /// Operations as long as the thread stands on this line (`None`: the one where it is found).
    Line(Option<u32>),
}

/// What a step that names no thread allows: the turns are the same as without a pause.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stride {
    /// Operations until there have been so many in the run.
    Operations(u64),
    /// Operations as long as this thread, the first to go, stands on this line.
    Line(Option<(ThreadId, u32)>),
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
            clock,
            workers: Vec::new(),
            moving: 0,
            paused: options.paused,
            paced: options.paced,
            speed: options.speed,
            policy: options.policy,
            seed: options.seed,
            decider: Decider::of(options.policy, options.seed, choices),
            priorities: options.priorities.clone(),
            plan: State::plan_of(options),
            watch: Watch::new(options, image),
            turn: None,
            mover: None,
            stride: None,
            due: 0,
            looks: Looks::default(),
            keeper: None,
            flowing: false,
            sailing: false,
            stuck: false,
            end: None,
            abort,
            spare,
            notice: None,
            tape: options.record.then(Tape::default),
            script_over: false,
        };
        state.trim();
        state
    }

    // What a worker asks.

    /// Whether `me` may perform at once: the fast path, on which nothing is deposited and nothing is asked.
    pub(super) fn sails(&mut self, me: ThreadId, post: &Post) -> bool {
        self.sailing && !post.lags(self.shared.seq) && {
            self.shared.now = self.clock.now();
            self.shared.standing(me) == Standing::Ready
        }
    }

    /// Lets a thread that has just performed go on while it has the state, if nothing holds it back.
    pub(super) fn sail(&mut self, thread: &mut Thread, image: &Image, post: &Post) {
        if self.sails(thread.id, post) {
            // An instruction makes one event at most.
            let allowance = post.room(self.shared.seq).min(STRETCH);
            let step = self.shared.step;
            self.record_here();
            machine::sail(&mut self.shared, thread, image, allowance as u32);
            self.record_steps(thread.id, Alternative::Go, self.shared.step - step);
            self.performed(thread.id, &Outcome::Done);
        }
    }

    /// Puts a thread into the state while its worker waits.
    pub(super) fn deposit(&mut self, thread: Box<Thread>) {
        if let Some(worker) = self.worker_mut(thread.id) {
            worker.deposit = Some(thread);
            worker.rests = false;
        }
    }

    /// Takes it out again.
    pub(super) fn withdraw(&mut self, me: ThreadId) -> Option<Box<Thread>> {
        self.worker_mut(me)?.deposit.take()
    }

    /// What `me`, whose thread is deposited, does next.
    pub(super) fn decide(&mut self, me: ThreadId, image: &Image, post: &Post) -> Decision {
        self.arrive(me, image);
        self.end_stride_elsewhere(me, image);
        loop {
            // If nothing holds the thread up, it takes its turn at the moment at which the turn was given.
            if !self.flowing || self.turn != Some(me) {
                self.shared.now = self.clock.now();
            }
            self.unfold_unless_turns();
            if self.end.is_some() {
                return Decision::End;
            }
            let alternative = match self.shared.standing(me) {
                Standing::Ready => Alternative::Go,
                Standing::TimedOut => Alternative::TimeOut,
                Standing::Waiting(until) => {
                    self.put(me, Place::Parked);
                    self.settle();
                    if self.place(me) == Some(Place::Parked) {
                        return Decision::Wait(self.alarm(until).and_then(|until| self.clock.when(until)));
                    }
                    continue; // Time has jumped to its deadline.
                }
            };
            return match self.bar(me, image, post) {
                None => {
                    self.take_turn(me);
                    Decision::Go(alternative)
                }
                Some(wait) => {
                    self.put(me, Place::Gate);
                    let before = self.turn;
                    self.settle();
                    // `me` is awake, so nobody can wake it: it has to see for itself what became of it.
                    if (self.turn != before && self.turn == Some(me)) || self.place(me) != Some(Place::Gate) {
                        continue;
                    }
                    Decision::Wait(wait)
                }
            };
        }
    }

    /// `me` has performed: updates the state, and wakes the threads that this concerns.
    pub(super) fn performed(&mut self, me: ThreadId, outcome: &Outcome) {
        if self.is_pacing() {
            self.due = self.clock.played() + MOMENT;
        }
        let moved = self.shared.step;
        self.plan.follow(&self.shared, me, outcome);
        if *outcome != Outcome::Done {
            self.mover = self.mover.filter(|mover| *mover != me);
        }
        self.stride_on(me, outcome);
        if let Some(worker) = self.worker_mut(me) {
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
        if let Some(status) = self.shared.status {
            self.finish(RunEnd::Exited(status));
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
        let index = thread.index();
        if self.workers.len() <= index {
            self.workers.resize_with(index + 1, || None);
        }
        self.stuck = false;
        self.workers[index] = Some(Worker {
            condvar: Arc::new(Condvar::new()),
            place: Place::Moving,
            deposit: None,
            rests: false,
            permit: None,
            moved: self.shared.step,
            relays: false,
            ready: !self.all_go(),
            seen: None,
        });
        self.moving += 1;
    }

    /// What `me` waits on.
    pub(super) fn condvar(&self, me: ThreadId) -> Option<Arc<Condvar>> {
        Some(self.worker(me)?.condvar.clone())
    }

    // What is on its way to the reader.

    /// Whether there is anything to send.
    pub(super) fn has_parcel(&self) -> bool {
        !self.shared.events.is_empty() || self.notice.is_some()
    }

    /// Whether `me`, which waits now, has to send what there is. Not if it is little and another thread is on its way,
    /// which will send it later. Otherwise, where threads take turns, there would be a batch for nearly every event.
    pub(super) fn has_to_send(&self, me: ThreadId, post: &Post) -> bool {
        self.has_batch() || (self.has_parcel() && (!self.anybody_follows(me) || post.lags(self.shared.seq)))
    }

    /// Whether any other thread moves, or is the next to go.
    fn anybody_follows(&self, me: ThreadId) -> bool {
        self.turn.is_some_and(|turn| turn != me) || self.moving > usize::from(self.is_moving(me))
    }

    /// Whether there is enough to send for a worker that goes on.
    pub(super) fn has_batch(&self) -> bool {
        self.notice.is_some() || self.shared.events.len() >= if self.flowing { BATCH } else { 1 }
    }

    /// Takes what there is to send. It is sent after the lock was given back.
    pub(super) fn parcel(&mut self) -> Parcel {
        let room = if self.flowing && !self.shared.events.is_empty() { ROOM } else { 0 };
        let events = std::mem::replace(&mut self.shared.events, self.spare.take(room));
        let total = self.shared.seq;
        let notice = self.notice.take().map(|news| match news {
            News::Still => Notice::Still { total },
            News::Over => Notice::Over { total },
        });
        Parcel { events, notice }
    }

    // Waking, and the end.

    /// Wakes the threads that the machine names, as far as they can go on.
    fn wake_woken(&mut self) {
        let all_go = self.all_go();
        let mut woken = std::mem::take(&mut self.shared.woken);
        for thread in woken.drain(..) {
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

    /// A parked thread has to look again. Where threads take turns, its worker sleeps on until it gets the turn: the machine
    /// says where the thread stands.
    fn wake(&mut self, thread: ThreadId) {
        let Some(worker) = self.worker(thread).filter(|worker| worker.place == Place::Parked) else { return };
        if self.all_go() {
            worker.condvar.notify_one();
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
        let can = |state: &State, thread| !matches!(state.shared.standing(thread), Standing::Waiting(_));
        loop {
            let parked = self.alive().filter(|(id, worker)| worker.place == Place::Parked && can(self, *id));
            let Some((next, _)) = parked.min_by_key(|(id, worker)| (worker.moved, *id)) else { return };
            self.wake(next);
            let Some(worker) = self.worker_mut(next) else { return };
            // One that computes does not come to an operation soon.
            worker.relays = worker.deposit.as_ref().is_some_and(|thread| thread.pending.is_some());
            if worker.relays {
                return;
            }
        }
    }

    /// `me` has performed or stopped: if it was woken by `wake_next`, it wakes the next one.
    fn relay(&mut self, me: ThreadId) {
        let relays = self.worker_mut(me).is_some_and(|worker| std::mem::take(&mut worker.relays));
        if relays && self.all_go() {
            self.wake_next();
        }
    }

    /// Lets every worker look again; that does not change where it stands.
    pub(super) fn rouse_all(&self) {
        for worker in self.workers.iter().flatten() {
            worker.condvar.notify_one();
        }
    }

    /// Ends the run from outside, if it is not over yet.
    pub(super) fn call_off(&mut self) {
        self.finish(if self.is_stuck() { RunEnd::Stuck } else { RunEnd::Aborted });
    }

    /// Ends the run, if it is not over yet.
    pub(super) fn finish(&mut self, end: RunEnd) {
        if self.end.is_none() {
            self.clock.stop();
            self.close_tape(&end);
            self.end = Some(end);
            self.notice = Some(News::Over);
            self.abort.store(true, Ordering::Relaxed);
            self.trim();
            self.rouse_all();
        }
    }

    // What a control asks.

    pub(super) fn end(&self) -> Option<&RunEnd> {
        self.end.as_ref()
    }

    pub(super) fn is_stuck(&self) -> bool {
        self.stuck && self.end.is_none()
    }

    pub(super) fn is_paused(&self) -> bool {
        self.paused
    }

    pub(super) fn speed(&self) -> Speed {
        self.speed
    }

    pub(super) fn now(&self) -> u64 {
        self.clock.shown()
    }

    // Small things.

    fn worker(&self, thread: ThreadId) -> Option<&Worker> {
        self.workers.get(thread.index())?.as_ref()
    }

    fn worker_mut(&mut self, thread: ThreadId) -> Option<&mut Worker> {
        self.workers.get_mut(thread.index())?.as_mut()
    }

    /// The started threads that are not over.
    fn alive(&self) -> impl Iterator<Item = (ThreadId, &Worker)> {
        let all = (0..).map(ThreadId).zip(&self.workers);
        all.filter_map(|(thread, worker)| Some((thread, worker.as_ref()?)))
            .filter(|(_, worker)| worker.place != Place::Over)
    }

    pub(super) fn put(&mut self, thread: ThreadId, place: Place) {
        let Some(worker) = self.worker_mut(thread) else { return };
        let before = std::mem::replace(&mut worker.place, place);
        worker.permit = worker.permit.filter(|_| place != Place::Parked);
        self.moving -= usize::from(before == Place::Moving);
        self.moving += usize::from(place == Place::Moving);
        if place != Place::Moving {
            self.relay(thread);
        }
        if place == Place::Parked && matches!(self.stride, Some(Stride::Line(Some((first, _)))) if first == thread) {
            self.stride = None;
        }
    }

    /// Where the thread is, if it was started.
    fn place(&self, thread: ThreadId) -> Option<Place> {
        Some(self.worker(thread)?.place)
    }

    fn is_moving(&self, thread: ThreadId) -> bool {
        self.place(thread) == Some(Place::Moving)
    }

    /// Works out again whether anything holds a thread back.
    fn trim(&mut self) {
        let anybody_held = self.shared.threads.iter().any(|record| record.held);
        self.flowing = self.end.is_none() && !self.paused && !anybody_held && !self.is_pacing();
        self.sailing = self.flowing && self.all_go() && !self.plan.is_open() && self.watch.is_empty();
    }

    fn revoke(&mut self, which: impl Fn(Permit) -> bool) {
        for worker in self.workers.iter_mut().flatten() {
            worker.permit = worker.permit.filter(|permit| !which(*permit));
        }
    }
}
