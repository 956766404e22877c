//! Who has told whom what: the order that primitives make.
//!
//! A thread that releases a lock, puts an item, sets an event, and so on, *leaves* at the object all that it knows. A thread
//! that takes the lock, gets an item, or sees the event set, *picks up* what was left there. A thread begins with what its
//! starter knew, and whoever joins it picks up what it knew at its end.
//!
//! Where it is not sure what orders what, more order is assumed and not less: all that was ever left at an object is picked up
//! together, to be let go on by somebody is to know what he knew, and to ask an object for its state, or whether a thread is
//! alive, is to know what made it so. Methods of a container (`append`, `popleft`, `len`) are atomic, and order as a lock does.

use super::clock::Clock;
use crate::base::{ObjectId, ThreadId};
use crate::event::{Event, EventKind, FutureState, ObjectState, Place};
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
    /// What was left at objects that are no longer kept.
    forgotten: Clock,
    /// What was left at futures of which nothing more will become.
    settled: Clock,
}

/// A thread.
#[derive(Clone, Debug)]
struct Knower {
    clock: Clock,
    /// How often it got to know anything from others.
    news: u32,
    over: bool,
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
        self.grow(thread);
        &self.threads[thread.index()].clock
    }

    /// Whether there are so many threads that no order is kept.
    #[inline]
    pub(super) fn is_given_up(&self) -> bool {
        self.threads.len() > THREADS
    }

    /// Takes in the next event.
    pub(super) fn follow(&mut self, event: &Event) {
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
            EventKind::Asked { object, .. } => {
                self.pick_up(me, *object);
                self.pick_up_room(me, *object);
            }
            EventKind::FutureChanged { object, state } => self.change_future(me, *object, state),
            EventKind::Obtained { object, .. } => {
                self.pick_up(me, *object);
                // Where several are waited for, it is not said which.
                let settled = std::mem::take(&mut self.settled);
                self.learn(me, &settled);
                self.settled = settled;
            }
            EventKind::ObjectShown { object, state, .. } => {
                if let ObjectState::Queue { capacity: 1.., .. } = **state {
                    self.thing(*object).bounded = true;
                }
            }
            EventKind::ThreadStarted { started: other } => self.tell(me, *other),
            EventKind::Ready { by: Some(other) } => self.tell(*other, me),
            EventKind::Joined { target } => self.tell(*target, me),
            EventKind::AskedAlive { target, alive } => {
                if !alive {
                    self.tell(*target, me);
                }
                self.learn_of_the_dead(me);
            }
            EventKind::Ended { .. } => self.knower(me).over = true,
            EventKind::Read { place: Place::Content { object }, value } if value.item().is_none() => {
                self.pick_up(me, *object);
            }
            EventKind::Wrote { place: Place::Content { object }, value } if value.item().is_none() => {
                self.pick_up(me, *object);
                self.leave(me, *object);
            }
            _ => {}
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
        if self.thing(queue).bounded {
            self.pick_up_room(me, queue);
        }
        self.leave(me, queue);
    }

    fn get(&mut self, me: ThreadId, queue: ObjectId) {
        self.pick_up(me, queue);
        let clock = std::mem::take(&mut self.knower(me).clock);
        self.thing(queue).room.join(&clock);
        let knower = self.knower(me);
        knower.clock = clock;
        knower.clock.tick(me);
    }

    /// `me` knows from now on what was left at the object.
    fn pick_up(&mut self, me: ThreadId, object: ObjectId) {
        self.grow(me);
        let row = self.row(object);
        let (thing, knower) = (&*self.things[row], &mut self.threads[me.index()]);
        if thing.last.is_none_or(|(last, epoch, _)| knower.clock.epoch(last) < epoch) {
            let knower = knower.change();
            knower.news = knower.news.wrapping_add(u32::from(knower.clock.join(&thing.left)));
        }
    }

    /// `me` knows from now on what those knew who made room in the queue.
    fn pick_up_room(&mut self, me: ThreadId, queue: ObjectId) {
        let room = std::mem::take(&mut self.thing(queue).room);
        self.learn(me, &room);
        self.thing(queue).room = room;
    }

    /// What `me` knows is left at the object.
    fn leave(&mut self, me: ThreadId, object: ObjectId) {
        self.grow(me);
        let row = self.row(object);
        let (thing, knower) = (self.things[row].change(), self.threads[me.index()].change());
        let epoch = knower.clock.epoch(me);
        let stamp = (me, epoch, knower.news);
        match thing.last {
            Some((last, _, news)) if (last, news) == (me, knower.news) => thing.left.set(me, epoch),
            // Whoever knows of the last one knows all that was left.
            Some((last, at, _)) if knower.clock.epoch(last) >= at => thing.left.clone_from(&knower.clock),
            _ => drop(thing.left.join(&knower.clock)),
        }
        thing.last = (thing.left == knower.clock).then_some(stamp);
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
        let knower = self.knower(me);
        knower.news = knower.news.wrapping_add(u32::from(knower.clock.join(clock)));
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

    fn grow(&mut self, thread: ThreadId) {
        while self.threads.len() <= thread.index() {
            let clock = Clock::of(ThreadId(self.threads.len() as u32));
            self.threads.push(Row::new(Knower { clock, news: 0, over: false }));
        }
    }

    fn thing(&mut self, object: ObjectId) -> &mut Thing {
        let row = self.row(object);
        self.things[row].change()
    }

    fn row(&mut self, object: ObjectId) -> usize {
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
