//! Orders in which threads take locks. If one thread takes `b` while it holds `a`, and another takes `a` while it holds `b`, they
//! could come to wait for each other, though in this run they did not: a *possible* deadlock. A fold over events, as the rest
//! of the model is.
//!
//! It is none if one of them had ended before the other was started, or if both held one more lock then (a *gate*), or all of
//! them more permits of a semaphore than there are; nor if one of them would have given up after a while. (Havelund, *Using runtime analysis to guide model checking of Java programs*,
//! SPIN 2000; Bensalem and Havelund, *Dynamic deadlock analysis of multi-threaded programs*, 2005.) Events, queues and the like
//! may keep threads apart, too: that is not looked at, so the word is *possible*.
//!
//! What is kept is bounded: the first takings, and the first circles of them.

use super::Model;
use super::races::Clock;
use super::thread::Held;
use super::timeline::Moment;
use crate::base::{ObjectId, ThreadId};
use crate::event::{Event, EventKind};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The most takings that are kept.
const TAKINGS: usize = 512;
/// The most circles that are told.
const CIRCLES: usize = 64;
/// The longest circle, in threads.
const LONGEST: usize = 8;
/// How many takings are tried to close a circle with a new one.
const TRIES: usize = 20_000;
/// With more threads than that, nothing is looked at.
const THREADS: usize = 1024;

/// A thread takes a lock while it holds another one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Taking {
    /// Who.
    pub thread: ThreadId,
    /// What it holds, since which line.
    pub held: Held,
    /// What it takes, in which line.
    pub takes: Held,
    /// When, and by which event.
    pub moment: Moment,
    #[expect(missing_docs, reason = "see above")]
    pub seq: u64,
    /// The locks that it holds besides, and the semaphores of which it has a permit.
    gates: Vec<ObjectId>,
    seats: Vec<ObjectId>,
    /// What had ended before, and what was started after.
    clock: Arc<Clock>,
}

/// Takings that could become a deadlock, each of a lock that the next one holds; the one that came first begins.
pub type Circle = Vec<Taking>;

/// The orders of a run.
#[derive(Clone, Debug, Default)]
pub(super) struct Orders {
    takings: Vec<Taking>,
    circles: Vec<Circle>,
    /// The locks of each circle.
    told: BTreeSet<Vec<ObjectId>>,
    /// By thread: what it knows to be over.
    clocks: Vec<Arc<Clock>>,
    /// Who has a permit of which semaphore, and how many each has.
    permits: Vec<(ThreadId, ObjectId)>,
    capacities: BTreeMap<ObjectId, u64>,
}

impl Orders {
    /// What could become a deadlock.
    pub(super) fn circles(&self) -> &[Circle] {
        &self.circles
    }

    /// Whether the event may say anything to [`Orders::follow`].
    pub(super) fn concerns(event: &Event, held: &[Held]) -> bool {
        match &event.kind {
            EventKind::Acquired { depth, limited, .. } => *depth <= 1 && !limited && !held.is_empty(),
            EventKind::ThreadStarted { .. } | EventKind::Joined { .. } => true,
            EventKind::PermitTaken { .. } | EventKind::PermitReturned { .. } => true,
            _ => false,
        }
    }

    /// Takes in an event; `held` is what its thread held before.
    pub(super) fn follow(&mut self, event: &Event, held: &[Held], moment: Moment) {
        if event.thread.index() >= THREADS {
            return;
        }
        match event.kind {
            EventKind::ThreadStarted { started } if started.index() < THREADS => {
                let mut clock = (*self.clock(event.thread)).clone();
                self.put(event.thread, |clock| clock.tick(event.thread));
                clock.tick(started);
                self.put(started, |old| *old = clock);
            }
            EventKind::Joined { target } if target.index() < THREADS => {
                let known = self.clock(target);
                self.put(event.thread, |clock| {
                    clock.join(&known);
                });
            }
            EventKind::PermitTaken { object, value } if self.permits.len() < TAKINGS => {
                self.permits.push((event.thread, object));
                let taken = self.permits.iter().filter(|(_, semaphore)| *semaphore == object).count() as u64;
                let capacity = self.capacities.entry(object).or_default();
                *capacity = (*capacity).max(value.saturating_add(taken));
            }
            EventKind::PermitReturned { object, .. } => {
                let own = self.permits.iter().position(|permit| *permit == (event.thread, object));
                let any = || self.permits.iter().position(|(_, semaphore)| *semaphore == object);
                if let Some(permit) = own.or_else(any) {
                    self.permits.swap_remove(permit);
                }
            }
            EventKind::Acquired { object, .. } => {
                let seats = self.permits.iter().filter(|(thread, _)| *thread == event.thread);
                let seats: Vec<ObjectId> = seats.map(|(_, semaphore)| *semaphore).collect();
                let (thread, clock) = (event.thread, self.clock(event.thread));
                let takes = Held { object, line: event.line };
                for (index, held_one) in held.iter().enumerate() {
                    let gates = held.iter().enumerate().filter(|(other, _)| *other != index);
                    let gates = gates.map(|(_, held)| held.object).collect();
                    let (held, clock, seats) = (*held_one, clock.clone(), seats.clone());
                    self.add(Taking { thread, held, takes, moment, seq: event.seq, gates, seats, clock });
                }
            }
            _ => {}
        }
    }

    fn clock(&mut self, thread: ThreadId) -> Arc<Clock> {
        while self.clocks.len() <= thread.index() {
            let next = ThreadId(self.clocks.len() as u32);
            self.clocks.push(Arc::new(Clock::of(next)));
        }
        self.clocks[thread.index()].clone()
    }

    fn put(&mut self, thread: ThreadId, change: impl FnOnce(&mut Clock)) {
        self.clock(thread);
        change(Arc::make_mut(&mut self.clocks[thread.index()]));
    }

    fn add(&mut self, new: Taking) {
        let is_new = !self.takings.iter().any(|taking| taking.is_like(&new));
        if !is_new || self.takings.len() == TAKINGS || self.circles.len() == CIRCLES {
            return;
        }
        let (mut circle, mut tries) = (vec![&new], TRIES);
        let is_free = |circle: &[&Taking]| self.has_seats(circle);
        if let Some(circle) = close(&self.takings, &mut circle, &is_free, &mut tries) {
            let mut locks: Vec<ObjectId> = circle.iter().map(|taking| taking.held.object).collect();
            locks.sort_unstable();
            if self.told.insert(locks) {
                self.circles.push(circle);
            }
        }
        self.takings.push(new);
    }

    /// Whether there are permits for all of them at the same time.
    fn has_seats(&self, circle: &[&Taking]) -> bool {
        let needed = |semaphore| circle.iter().filter(|taking| taking.seats.contains(semaphore)).count() as u64;
        self.capacities.iter().all(|(semaphore, capacity)| needed(semaphore) <= *capacity)
    }
}

impl Taking {
    /// Whether the other one says nothing new.
    fn is_like(&self, other: &Taking) -> bool {
        (self.thread, self.held, self.takes, &self.gates) == (other.thread, other.held, other.takes, &other.gates)
            && (&self.seats, &self.clock) == (&other.seats, &other.clock)
    }

    /// Whether both may happen at the same time.
    fn may_meet(&self, other: &Taking) -> bool {
        let knows = |one: &Taking, other: &Taking| one.clock.epoch(other.thread) >= other.clock.epoch(other.thread);
        self.thread != other.thread
            && self.held.object != other.held.object
            && !knows(self, other)
            && !knows(other, self)
            && !self.gates.iter().any(|gate| other.gates.contains(gate) || other.held.object == *gate)
            && !other.gates.contains(&self.held.object)
    }
}

/// Goes on from the last taking, up to one that takes what the first one holds.
fn close<'a>(
    all: &'a [Taking],
    circle: &mut Vec<&'a Taking>,
    is_free: &dyn Fn(&[&Taking]) -> bool,
    tries: &mut usize,
) -> Option<Circle> {
    let (first, last) = (circle[0], circle[circle.len() - 1]);
    if circle.len() > 1 && last.takes.object == first.held.object {
        let oldest = (0..circle.len()).min_by_key(|at| (circle[*at].seq, circle[*at].thread)).unwrap_or(0);
        let around = circle[oldest..].iter().chain(&circle[..oldest]);
        return is_free(circle).then(|| around.map(|taking| (*taking).clone()).collect());
    }
    if circle.len() == LONGEST {
        return None;
    }
    for next in all.iter().filter(|next| next.held.object == last.takes.object) {
        *tries = tries.checked_sub(1)?;
        if circle.iter().all(|taking| taking.may_meet(next)) {
            circle.push(next);
            let closed = close(all, circle, is_free, tries);
            if closed.is_some() {
                return closed;
            }
            circle.pop();
        }
    }
    None
}

/// What the threads of a circle do, in a sentence without its full stop.
pub fn sentence(circle: &Circle, model: &Model) -> String {
    let part = |taking: &Taking| {
        let (takes, held) = (model.object_name(taking.takes.object), model.object_name(taking.held.object));
        let (line, since) = (model.spot(taking.takes.line), model.spot(taking.held.line));
        let thread = model.thread_name(taking.thread);
        format!("{thread} takes {takes} (line {line}) while it holds {held} (line {since})")
    };
    let parts: Vec<String> = circle.iter().map(part).collect();
    format!("{}: at the same time that is a deadlock", parts.join(", "))
}

/// Its locks but for that one.
pub fn others(circle: &Circle, lock: ObjectId) -> impl Iterator<Item = ObjectId> {
    circle.iter().map(|taking| taking.held.object).filter(move |other| *other != lock)
}

/// The names of its locks.
pub fn locks(circle: &Circle, model: &Model) -> String {
    let names: Vec<_> = circle.iter().map(|taking| model.object_name(taking.held.object)).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock_of(thread: ThreadId) -> Clock {
        Clock::of(thread)
    }

    fn taking(thread: u32, held: u32, takes: u32, gates: &[u32]) -> Taking {
        let id = |slot: u32| ObjectId { maker: ThreadId::MAIN, slot };
        Taking {
            thread: ThreadId(thread),
            held: Held { object: id(held), line: 1 },
            takes: Held { object: id(takes), line: 2 },
            moment: Moment::default(),
            seq: 0,
            gates: gates.iter().map(|gate| id(*gate)).collect(),
            seats: Vec::new(),
            clock: Arc::new(clock_of(ThreadId(thread))),
        }
    }

    fn circles(takings: &[Taking]) -> Vec<Vec<u32>> {
        let mut orders = Orders::default();
        takings.iter().for_each(|taking| orders.add(taking.clone()));
        orders.circles.iter().map(|circle| circle.iter().map(|taking| taking.thread.0).collect()).collect()
    }

    #[test]
    fn opposite_orders_of_two_threads_are_a_circle() {
        assert_eq!(circles(&[taking(1, 8, 9, &[]), taking(2, 9, 8, &[])]), [[1, 2]]);
        assert_eq!(circles(&[taking(1, 8, 9, &[]), taking(2, 8, 9, &[])]), [[0; 0]; 0]);
        assert_eq!(circles(&[taking(1, 8, 9, &[]), taking(1, 9, 8, &[])]), [[0; 0]; 0], "it is one thread");
        assert_eq!(circles(&[taking(1, 8, 9, &[7]), taking(2, 9, 8, &[7])]), [[0; 0]; 0], "there is a gate");
        assert_eq!(circles(&[taking(1, 8, 9, &[7]), taking(2, 9, 8, &[])]), [[1, 2]], "only one goes through it");
    }

    #[test]
    fn who_finds_no_seat_is_no_danger() {
        let seat = ObjectId { maker: ThreadId::MAIN, slot: 5 };
        let seated = |taking: Taking| Taking { seats: vec![seat], ..taking };
        for (capacity, count) in [(1, 0), (2, 1)] {
            let mut orders = Orders { capacities: [(seat, capacity)].into(), ..Orders::default() };
            orders.add(seated(taking(1, 8, 9, &[])));
            orders.add(seated(taking(2, 9, 8, &[])));
            assert_eq!(orders.circles.len(), count);
        }
    }

    #[test]
    fn three_threads_may_be_a_circle() {
        let takings = [taking(1, 7, 8, &[]), taking(2, 8, 9, &[]), taking(3, 9, 7, &[])];
        assert_eq!(circles(&takings), [[1, 2, 3]]);
        assert_eq!(circles(&takings[..2]), [[0; 0]; 0]);
        let many: Vec<Taking> =
            (1..40).map(|thread| taking(thread, 7, 8, &[])).chain([taking(50, 8, 7, &[])]).collect();
        assert_eq!(circles(&many).len(), 1, "the same locks are told once");
    }

    #[test]
    fn who_was_over_before_the_other_began_is_no_danger() {
        let mut later = taking(2, 9, 8, &[]);
        let mut clock = clock_of(ThreadId(2));
        clock.join(&clock_of(ThreadId(1)));
        later.clock = Arc::new(clock);
        assert_eq!(circles(&[taking(1, 8, 9, &[]), later]), [[0; 0]; 0]);
    }
}
