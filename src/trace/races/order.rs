//! Who has told whom what: the order that primitives make.
//!
//! A thread that releases a lock, puts an item, sets an event, and so on, *leaves* at the object all that it knows. A thread
//! that takes the lock, gets an item, or sees the event set, *picks up* what was left there. A thread begins with what its
//! starter knew, and a thread that joins it picks up what it knew at its end.
//!
//! Where it is not sure what orders what, more order is assumed and not less: all that was ever left at an object is picked up
//! together, to be let go on by somebody is to know what he knew, and to ask an object for its state, or whether a thread is
//! alive, is to know what made it so. Methods of a container (`append`, `popleft`, `len`) are atomic, and order as a lock does.

use super::clock::Clock;
use crate::base::{ObjectId, ThreadId};
use crate::event::{Blocker, Event, EventKind, FutureState, ObjectState, Place};
use crate::trace::row::Row;
use std::collections::BTreeMap;
use std::sync::Arc;

/// With more threads than that, no order is kept: a clock has a number for each.
const THREADS: usize = 2048;
/// The most objects at which something is left. Of others all is known to everybody who comes to an object anew.
const OBJECTS: usize = 1 << 14;

/// The order of a run so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Order {
    threads: Vec<Row<Knower>>,
    things: Vec<Row<Thing>>,
    rows: Arc<BTreeMap<ObjectId, usize>>,
    /// The object that was looked up last: it is often the next one too.
    latest: Option<(ObjectId, usize)>,
    /// What was left at objects that are no longer kept.
    forgotten: Clock,
    /// What was left at futures of which nothing more will become.
    settled: Clock,
    /// There were so many threads that no order is kept, and nothing of all that.
    given_up: bool,
}

/// A thread.
#[derive(Clone, Debug)]
struct Knower {
    clock: Clock,
    /// How often it got to know anything from others.
    news: u32,
    over: bool,
    /// It waits for a lock: the thread that lets it go on tells it nothing that it will not pick up there.
    wants_lock: bool,
}

impl Knower {
    /// Knows from now on what that clock does.
    fn learn(&mut self, clock: &Clock) {
        self.news = self.news.wrapping_add(u32::from(self.clock.join(clock)));
    }
}

/// An object at which something is left.
#[derive(Clone, Debug, Default)]
struct Thing {
    left: Clock,
    /// For a queue of a limited size: what those knew who made room in it.
    room: Clock,
    bounded: bool,
    /// Who left something last, at which epoch, and how much news it had had: `left` is then all that it knew, and no more.
    last: Option<(ThreadId, u32, u32)>,
}

impl Order {
    /// The clock of `thread`.
    #[inline]
    pub(super) fn clock(&mut self, thread: ThreadId) -> &Clock {
        if self.is_given_up() {
            return &self.forgotten;
        }
        self.grow(thread);
        &self.threads[thread.index()].clock
    }

    /// Whether there are so many threads that no order is kept.
    #[inline]
    pub(super) fn is_given_up(&self) -> bool {
        self.given_up || self.threads.len() > THREADS
    }

    /// What was known goes: the clocks of many threads are large.
    #[cold]
    fn give_up(&mut self) {
        if !self.given_up {
            *self = Order { given_up: true, ..Order::default() };
        }
    }

    /// Takes in the next event.
    pub(super) fn follow(&mut self, event: &Event) {
        if self.is_given_up() {
            return self.give_up();
        }
        let me = event.thread;
        match &event.kind {
            EventKind::Acquired { object, .. }
            | EventKind::PermitTaken { object, .. }
            | EventKind::BarrierPassed { object }
            | EventKind::TaskBegun { future: object, .. }
            | EventKind::CallbackAdded { object } => self.pick_up(me, *object),
            EventKind::Released { object, .. }
            | EventKind::PermitReturned { object, .. }
            | EventKind::EventSet { object }
            | EventKind::EventCleared { object }
            | EventKind::BarrierEntered { object, .. }
            | EventKind::BarrierBroken { object }
            | EventKind::BarrierReset { object }
            | EventKind::TaskDone { object, .. }
            | EventKind::Submitted { future: object, .. } => self.leave(me, *object),
            EventKind::Put { object, .. } => self.put(me, *object),
            EventKind::Got { object, .. } => self.get(me, *object),
            // The import of one module may wait for that of another: they know what the others have made.
            EventKind::Imported { .. } => {
                self.pick_up(me, ObjectId::GLOBALS);
                self.leave(me, ObjectId::GLOBALS);
            }
            EventKind::Asked { object, .. } => {
                self.pick_up(me, *object);
                self.pick_up_room(me, *object);
            }
            EventKind::FutureChanged { object, state } => self.change_future(me, *object, state),
            EventKind::Obtained { .. } => {
                // Where several are waited for, it is not said which.
                let settled = std::mem::take(&mut self.settled);
                self.learn(me, &settled);
                self.settled = settled;
            }
            EventKind::ObjectShown { object, state, .. } => self.thing_shown(*object, state),
            EventKind::Copied { object, state: Some(state), .. } => self.thing_shown(*object, state),
            EventKind::ThreadStarted { started: other } => self.tell(me, *other),
            EventKind::Blocked { on, .. } => {
                let wants_lock = matches!(on, Blocker::Lock(_));
                self.grow(me);
                if self.threads[me.index()].wants_lock != wants_lock {
                    self.knower(me).wants_lock = wants_lock;
                }
            }
            EventKind::Ready { by: Some(other) } if !self.threads.get(me.index()).is_some_and(|it| it.wants_lock) => {
                self.tell(*other, me);
            }
            EventKind::Joined { target } => self.tell(*target, me),
            EventKind::AskedAlive { target, alive } => {
                if !alive {
                    self.tell(*target, me);
                }
                self.learn_of_the_dead(me);
            }
            EventKind::Ended { .. } => self.knower(me).over = true,
            // Those of one item are places, and do not come here.
            EventKind::Read { place: Place::Content { object }, .. } => self.pick_up(me, *object),
            EventKind::Wrote { place: Place::Content { object }, .. } => {
                self.pick_up(me, *object);
                self.leave(me, *object);
            }
            // Nobody learns of another thread by these.
            EventKind::Ready { .. }
            | EventKind::Read { .. }
            | EventKind::Wrote { .. }
            | EventKind::ThreadCreated { .. }
            | EventKind::ThreadRenamed { .. }
            | EventKind::Began
            | EventKind::Preempted
            | EventKind::Resumed
            | EventKind::Held
            | EventKind::LetGo
            | EventKind::TimedOut { .. }
            | EventKind::AcquireFailed { .. }
            | EventKind::Notified { .. }
            | EventKind::WorkerAdded { .. }
            | EventKind::TaskEnded { .. }
            | EventKind::PoolShutDown { .. }
            | EventKind::PoolBroken { .. }
            | EventKind::Slept
            | EventKind::TimeRead
            | EventKind::Drew { .. }
            | EventKind::Io { .. }
            | EventKind::Printed { .. }
            | EventKind::HandlerSet { .. }
            | EventKind::SignalRaised { .. }
            | EventKind::SignalTaken { .. }
            | EventKind::ProcessStarted { .. }
            | EventKind::ProcessEnded { .. }
            | EventKind::ProcessSignalled { .. }
            | EventKind::EndOpened { .. }
            | EventKind::EndClosed { .. }
            | EventKind::Copied { state: None, .. }
            | EventKind::PolicySet { .. }
            | EventKind::FaultInjected { .. }
            | EventKind::FaultFired { .. }
            | EventKind::Trouble(_)
            | EventKind::ProgramEnded { .. } => {}
        }
    }

    fn thing_shown(&mut self, object: ObjectId, state: &ObjectState) {
        if let ObjectState::Queue { capacity: 1.., .. } = state {
            self.thing(object).bounded = true;
        }
    }

    fn change_future(&mut self, me: ThreadId, object: ObjectId, state: &FutureState) {
        if !state.is_done() {
            return self.pick_up(me, object);
        }
        self.leave(me, object);
        let left = &self.things[self.rows[&object]].left;
        self.settled.join(left);
    }

    fn put(&mut self, me: ThreadId, queue: ObjectId) {
        let row = self.row(queue);
        if self.things[row].bounded {
            self.pick_up_room(me, queue);
        }
        self.leave(me, queue);
    }

    fn get(&mut self, me: ThreadId, queue: ObjectId) {
        self.pick_up(me, queue);
        let row = self.row(queue);
        let (thing, knower) = (self.things[row].change(), self.threads[me.index()].change());
        thing.room.join(&knower.clock);
        knower.clock.tick(me);
    }

    /// `me` knows from now on what was left at the object.
    fn pick_up(&mut self, me: ThreadId, object: ObjectId) {
        self.grow(me);
        let row = self.row(object);
        let (thing, knower) = (&*self.things[row], &mut self.threads[me.index()]);
        if thing.last.is_none_or(|(last, epoch, _)| knower.clock.epoch(last) < epoch) {
            knower.change().learn(&thing.left);
        }
    }

    /// `me` knows from now on what those knew who made room in the queue.
    fn pick_up_room(&mut self, me: ThreadId, queue: ObjectId) {
        self.grow(me);
        let row = self.row(queue);
        self.threads[me.index()].change().learn(&self.things[row].room);
    }

    /// What `me` knows is left at the object.
    fn leave(&mut self, me: ThreadId, object: ObjectId) {
        self.grow(me);
        let row = self.row(object);
        let (thing, knower) = (self.things[row].change(), self.threads[me.index()].change());
        let epoch = knower.clock.epoch(me);
        let stamp = (me, epoch, knower.news);
        thing.last = match thing.last {
            Some((last, _, news)) if (last, news) == (me, knower.news) => {
                thing.left.set(me, epoch);
                Some(stamp)
            }
            // A thread that knows of the last one knows all that was left.
            Some((last, at, _)) if knower.clock.epoch(last) >= at => {
                thing.left.clone_from(&knower.clock);
                Some(stamp)
            }
            _ => {
                thing.left.join(&knower.clock);
                (thing.left == knower.clock).then_some(stamp)
            }
        };
        knower.clock.tick(me);
    }

    /// `other` knows from now on what `me` knows.
    fn tell(&mut self, me: ThreadId, other: ThreadId) {
        if me == other {
            return;
        }
        self.grow(me);
        let clock = std::mem::take(&mut self.threads[me.index()].change().clock);
        self.learn(other, &clock);
        let knower = self.threads[me.index()].change();
        knower.clock = clock;
        knower.clock.tick(me);
    }

    fn learn(&mut self, me: ThreadId, clock: &Clock) {
        self.knower(me).learn(clock);
    }

    fn learn_of_the_dead(&mut self, me: ThreadId) {
        for other in 0..self.threads.len() {
            if self.threads[other].over {
                self.tell(ThreadId(other as u32), me);
            }
        }
    }

    fn knower(&mut self, thread: ThreadId) -> &mut Knower {
        self.grow(thread);
        self.threads[thread.index()].change()
    }

    #[inline(always)]
    fn grow(&mut self, thread: ThreadId) {
        if self.threads.len() <= thread.index() {
            self.add(thread);
        }
    }

    #[cold]
    fn add(&mut self, thread: ThreadId) {
        while self.threads.len() <= thread.index() {
            let clock = Clock::of(ThreadId(self.threads.len() as u32));
            self.threads.push(Row::new(Knower { clock, news: 0, over: false, wants_lock: false }));
        }
    }

    fn thing(&mut self, object: ObjectId) -> &mut Thing {
        let row = self.row(object);
        self.things[row].change()
    }

    #[inline]
    fn row(&mut self, object: ObjectId) -> usize {
        match self.latest {
            Some((latest, row)) if latest == object => row,
            _ => {
                let row = self.look_up(object);
                self.latest = Some((object, row));
                row
            }
        }
    }

    fn look_up(&mut self, object: ObjectId) -> usize {
        if let Some(&row) = self.rows.get(&object) {
            return row;
        }
        if self.things.len() == OBJECTS {
            for thing in self.things.drain(..) {
                self.forgotten.join(&thing.left);
                self.forgotten.join(&thing.room);
            }
            self.rows = Arc::default();
        }
        let row = self.things.len();
        let (left, room) = (self.forgotten.clone(), self.forgotten.clone());
        // Where something was forgotten, a queue may have been one of a limited size.
        let bounded = self.forgotten != Clock::default();
        self.things.push(Row::new(Thing { left, room, bounded, last: None }));
        Arc::make_mut(&mut self.rows).insert(object, row);
        row
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Ending, ObjectKind, Shown};
    use crate::trace::samples::object;

    const A: ThreadId = ThreadId(1);
    const B: ThreadId = ThreadId(2);
    const C: ThreadId = ThreadId(3);

    /// Takes in what threads do.
    fn follow(order: &mut Order, events: &[(ThreadId, EventKind)]) {
        for (thread, kind) in events {
            order.follow(&Event { seq: 0, step: 0, at: 0, thread: *thread, line: 1, kind: kind.clone() });
        }
    }

    /// Whether `later` knows of what `earlier` did before `events`, and of what it did after them.
    fn known(earlier: ThreadId, later: ThreadId, events: &[(ThreadId, EventKind)]) -> (bool, bool) {
        let mut order = Order::default();
        let before = order.clock(earlier).epoch(earlier);
        follow(&mut order, events);
        let after = order.clock(earlier).epoch(earlier);
        let seen = order.clock(later).epoch(earlier);
        (seen >= before, seen >= after)
    }

    fn released(slot: u32) -> EventKind {
        EventKind::Released { object: object(slot), depth: 0 }
    }

    fn acquired(slot: u32) -> EventKind {
        EventKind::Acquired { object: object(slot), depth: 1, limited: false }
    }

    fn asked() -> EventKind {
        EventKind::Asked { object: object(0), answer: Shown::Bool(true) }
    }

    #[test]
    fn what_is_left_at_an_object_is_picked_up_there_and_what_comes_later_is_not() {
        let o = object(0);
        let content = || Place::Content { object: o };
        let done = FutureState::Returned(Shown::None);
        let pairs = [
            (released(0), acquired(0)),
            (EventKind::PermitReturned { object: o, value: 1 }, EventKind::PermitTaken { object: o, value: 0 }),
            (EventKind::EventSet { object: o }, asked()),
            (EventKind::EventCleared { object: o }, asked()),
            (EventKind::BarrierEntered { object: o, count: 1 }, EventKind::BarrierPassed { object: o }),
            (EventKind::BarrierBroken { object: o }, asked()),
            (EventKind::BarrierReset { object: o }, asked()),
            (EventKind::TaskDone { object: o, unfinished: 0 }, asked()),
            (
                EventKind::Put { object: o, item: Shown::None, depth: 1, bytes: 0 },
                EventKind::Got { object: o, item: Shown::None, depth: 0, bytes: 0 },
            ),
            (EventKind::Got { object: o, item: Shown::None, depth: 0, bytes: 0 }, asked()),
            (
                EventKind::Submitted { object: object(1), future: o, pending: 1 },
                EventKind::TaskBegun { object: object(1), future: o, pending: 0 },
            ),
            (
                EventKind::Submitted { object: object(1), future: o, pending: 1 },
                EventKind::FutureChanged { object: o, state: FutureState::Running },
            ),
            (
                EventKind::FutureChanged { object: o, state: done.clone() },
                EventKind::Obtained { object: o, answer: Shown::None },
            ),
            // Of several futures that are waited for it is not said which are done.
            (
                EventKind::FutureChanged { object: o, state: done.clone() },
                EventKind::Obtained { object: object(5), answer: Shown::None },
            ),
            (EventKind::FutureChanged { object: o, state: done }, EventKind::CallbackAdded { object: o }),
            (
                EventKind::Wrote { place: content(), value: Shown::None },
                EventKind::Read { place: content(), value: Shown::None },
            ),
            (
                EventKind::Wrote { place: content(), value: Shown::None },
                EventKind::Wrote { place: content(), value: Shown::None },
            ),
        ];
        for (leaves, picks_up) in pairs {
            let events = [(A, leaves), (B, picks_up)];
            assert_eq!(known(A, B, &events), (true, false), "{events:?}");
            let [leaves, picks_up] = events;
            assert_eq!(known(A, B, &[picks_up, leaves]), (false, false), "nobody knows beforehand");
        }
    }

    #[test]
    fn nothing_is_known_by_what_tells_nothing() {
        let o = object(0);
        let quiet = [
            (released(0), acquired(1)),
            (acquired(0), acquired(0)),
            (released(0), released(0)),
            (EventKind::EventSet { object: o }, EventKind::TimedOut { on: Blocker::Object(o) }),
            (released(0), EventKind::AcquireFailed { object: o }),
            (
                EventKind::Read { place: Place::Content { object: o }, value: Shown::None },
                EventKind::Wrote { place: Place::Content { object: o }, value: Shown::None },
            ),
            (
                EventKind::Put { object: o, item: Shown::None, depth: 1, bytes: 0 },
                EventKind::Put { object: o, item: Shown::None, depth: 2, bytes: 0 },
            ),
            // The queue has no limit: who takes from it makes no room.
            (
                EventKind::Got { object: o, item: Shown::None, depth: 1, bytes: 0 },
                EventKind::Put { object: o, item: Shown::None, depth: 2, bytes: 0 },
            ),
            (EventKind::Slept, EventKind::Ready { by: None }),
            (EventKind::Slept, EventKind::AskedAlive { target: A, alive: true }),
            (
                EventKind::FutureChanged { object: o, state: FutureState::Running },
                EventKind::Obtained { object: object(5), answer: Shown::None },
            ),
        ];
        for (one, other) in quiet {
            assert!(!known(A, B, &[(A, one.clone()), (B, other.clone())]).0, "{one:?} {other:?}");
        }
    }

    #[test]
    fn who_makes_room_in_a_queue_tells_who_puts_something_there() {
        let o = object(0);
        let shown = |capacity| EventKind::ObjectShown {
            object: o,
            what: ObjectKind::Queue,
            name: "q".into(),
            state: Box::new(ObjectState::Queue { depth: 0, capacity }),
        };
        let got = || EventKind::Got { object: o, item: Shown::None, depth: 0, bytes: 0 };
        let put = || EventKind::Put { object: o, item: Shown::None, depth: 1, bytes: 0 };
        assert_eq!(known(A, B, &[(C, shown(1)), (A, got()), (B, put())]), (true, false));
        assert_eq!(
            known(A, B, &[(C, shown(1)), (A, got()), (C, put()), (B, put())]),
            (true, false),
            "and all after it"
        );
        assert_eq!(known(A, B, &[(C, shown(0)), (A, got()), (B, put())]), (false, false));
    }

    #[test]
    fn threads_tell_at_their_start_and_their_end_and_when_they_let_somebody_go_on() {
        assert_eq!(known(A, B, &[(A, EventKind::ThreadStarted { started: B })]), (true, false));
        assert_eq!(known(A, B, &[(B, EventKind::Joined { target: A })]), (true, false));
        assert_eq!(known(A, B, &[(B, EventKind::AskedAlive { target: A, alive: false })]), (true, false));
        let ended = (A, EventKind::Ended { how: Ending::Finished });
        let other = (B, EventKind::AskedAlive { target: C, alive: true });
        assert!(known(A, B, &[ended.clone(), other.clone()]).0, "who looks around sees who is over");
        assert!(!known(A, B, &[other, ended]).0);
        let ready = |on| {
            let blocked = (B, EventKind::Blocked { on, until: None });
            known(A, B, &[blocked, (B, EventKind::Ready { by: Some(A) })])
        };
        assert_eq!(ready(Blocker::Object(object(0))), (true, false));
        assert_eq!(ready(Blocker::Lock(object(0))), (false, false), "it picks that up when it has the lock");
        let lock = (B, EventKind::Blocked { on: Blocker::Lock(object(0)), until: None });
        let time = (B, EventKind::Blocked { on: Blocker::Time, until: None });
        assert!(known(A, B, &[lock, time, (B, EventKind::Ready { by: Some(A) })]).0);
    }

    #[test]
    fn what_one_was_told_is_told_on() {
        let chain = [(A, released(0)), (B, acquired(0)), (B, released(1)), (C, acquired(1))];
        assert_eq!(known(A, C, &chain), (true, false));
        // Also when the last one at the first object was another, who knew nothing of it.
        let several = [(A, released(0)), (B, released(0)), (C, acquired(0))];
        assert!(known(A, C, &several).0 && known(B, C, &several).0);
        let again = [(A, released(0)), (B, released(0)), (A, released(0)), (C, acquired(0))];
        assert!(known(A, C, &again).0 && known(B, C, &again).0);
        let known_of_the_last =
            [(A, released(0)), (B, released(0)), (B, released(1)), (C, acquired(1)), (C, acquired(0))];
        assert!(known(A, C, &known_of_the_last).0, "the last one knew less than was left");
        // News in between is left as well.
        let news = [(A, released(0)), (B, released(1)), (A, acquired(1)), (A, released(0)), (C, acquired(0))];
        assert!(known(B, C, &news).0 && known(A, C, &news).0);
    }

    #[test]
    fn who_waits_for_several_futures_knows_what_was_done_however_often_it_was_asked_for() {
        let done = EventKind::FutureChanged { object: object(0), state: FutureState::Returned(Shown::None) };
        let obtained = || EventKind::Obtained { object: object(5), answer: Shown::None };
        assert_eq!(known(A, C, &[(A, done), (B, obtained()), (C, obtained())]), (true, false));
    }

    #[test]
    fn a_second_round_tells_of_the_second_round() {
        let mut order = Order::default();
        follow(&mut order, &[(A, released(0)), (B, acquired(0))]);
        let second = order.clock(A).epoch(A);
        assert!(order.clock(B).epoch(A) < second);
        follow(&mut order, &[(A, released(0)), (B, acquired(0))]);
        assert!(order.clock(B).epoch(A) >= second);
    }

    #[test]
    fn what_is_left_at_objects_that_are_forgotten_is_known_to_all_who_come_to_new_ones() {
        let mut order = Order::default();
        let first = order.clock(A).epoch(A);
        follow(&mut order, &[(A, released(0))]);
        for slot in 1..=OBJECTS as u32 {
            follow(&mut order, &[(C, acquired(slot))]);
        }
        assert!(order.things.len() <= OBJECTS && order.clock(B).epoch(A) < first);
        follow(&mut order, &[(B, acquired(7))]);
        assert!(order.clock(B).epoch(A) >= first);
        // Who made room in a queue, too.
        let mut order = Order::default();
        let first = order.clock(A).epoch(A);
        follow(&mut order, &[(A, EventKind::Got { object: object(0), item: Shown::None, depth: 0, bytes: 0 })]);
        (1..=OBJECTS as u32).for_each(|slot| follow(&mut order, &[(C, acquired(slot))]));
        follow(&mut order, &[(B, EventKind::Put { object: object(0), item: Shown::None, depth: 1, bytes: 0 })]);
        assert!(order.clock(B).epoch(A) >= first);
    }

    #[test]
    fn with_too_many_threads_no_order_is_kept() {
        let mut order = Order::default();
        order.clock(ThreadId(THREADS as u32 - 1));
        assert!(!order.is_given_up());
        order.clock(ThreadId(THREADS as u32));
        assert!(order.is_given_up());
    }
}
