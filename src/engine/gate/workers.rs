//! The started threads, as the gate sees them: where each stands, and what wakes it.
//!
//! What holds of them: for each place there is a list of those that are there, by id, so that nobody has to look at all
//! threads to find a few; so a place is only changed here. And a thread that its worker has deposited is taken out by that
//! worker alone.

use crate::base::ThreadId;
use crate::event::Position;
use crate::machine::thread::Thread;
use parking_lot::Condvar;
use std::sync::Arc;

/// The workers, by their threads' ids.
#[derive(Debug, Default)]
pub(super) struct Workers {
    list: Vec<Option<Worker>>,
    moving: Vec<ThreadId>,
    at_gate: Vec<ThreadId>,
    parked: Vec<ThreadId>,
}

/// A started thread.
#[derive(Debug)]
pub(super) struct Worker {
    /// What its operating-system thread waits on, and nothing else.
    condvar: Arc<Condvar>,
    place: Place,
    /// The thread itself, while its worker waits.
    deposit: Option<Box<Thread>>,
    /// That one has looked up from computing, after whole turns.
    rests: bool,
    /// What it may do although the run is paused.
    pub(super) permit: Option<Permit>,
    /// How many operations the run had performed after its last one: the thread with the lowest number has waited
    /// longest.
    pub(super) moved: u64,
    /// It was woken alone, of all that could go on: it wakes the next one once it has performed, or stopped again.
    pub(super) relays: bool,
    /// It is known to be ready: where threads take turns, it has not run since it was started or preempted.
    pub(super) ready: bool,
    /// Where it was last seen.
    pub(super) seen: Option<Position>,
}

/// Where a worker is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::engine) enum Place {
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
pub(super) enum Permit {
    /// So many operations.
    Operations(u32),
    /// Operations as long as the thread stands on this line (`None`: the one where it is found).
    Line(Option<u32>),
}

impl Worker {
    /// Where it is.
    pub(super) fn place(&self) -> Place {
        self.place
    }

    /// The thread, while its worker waits.
    pub(super) fn thread(&self) -> Option<&Thread> {
        self.deposit.as_deref()
    }

    /// Whether its thread, which is deposited, has come to an operation.
    pub(super) fn operates(&self) -> bool {
        self.thread().is_some_and(|thread| thread.pending.is_some())
    }

    /// Whether its thread, which is deposited, has looked up from computing, after whole turns.
    pub(super) fn rests(&self) -> bool {
        self.rests && self.deposit.is_some()
    }

    /// Has its operating-system thread look again.
    pub(super) fn notify(&self) {
        self.condvar.notify_one();
    }
}

impl Workers {
    /// Takes over a thread that was started after so many operations.
    pub(super) fn admit(&mut self, thread: ThreadId, moved: u64, ready: bool) {
        let index = thread.index();
        if self.list.len() <= index {
            self.list.resize_with(index + 1, || None);
        }
        self.list[index] = Some(Worker {
            condvar: Arc::new(Condvar::new()),
            place: Place::Moving,
            deposit: None,
            rests: false,
            permit: None,
            moved,
            relays: false,
            ready,
            seen: None,
        });
        insert(&mut self.moving, thread);
    }

    pub(super) fn get(&self, thread: ThreadId) -> Option<&Worker> {
        self.list.get(thread.index())?.as_ref()
    }

    pub(super) fn get_mut(&mut self, thread: ThreadId) -> Option<&mut Worker> {
        self.list.get_mut(thread.index())?.as_mut()
    }

    /// The ones that are not over, in no particular order.
    pub(super) fn alive(&self) -> impl Iterator<Item = ThreadId> {
        self.moving().chain(self.at_gate()).chain(self.parked())
    }

    /// The threads that move, by id.
    pub(super) fn moving(&self) -> impl Iterator<Item = ThreadId> {
        self.moving.iter().copied()
    }

    /// The threads that stand at the gate, by id.
    pub(super) fn at_gate(&self) -> impl Iterator<Item = ThreadId> {
        self.at_gate.iter().copied()
    }

    /// The threads that are parked, by id.
    pub(super) fn parked(&self) -> impl Iterator<Item = ThreadId> {
        self.parked.iter().copied()
    }

    /// The list of those that are there.
    fn those_at(&mut self, place: Place) -> Option<&mut Vec<ThreadId>> {
        match place {
            Place::Moving => Some(&mut self.moving),
            Place::Gate => Some(&mut self.at_gate),
            Place::Parked => Some(&mut self.parked),
            Place::Over => None,
        }
    }

    /// Where the thread is, if it was started.
    pub(super) fn place(&self, thread: ThreadId) -> Option<Place> {
        Some(self.get(thread)?.place)
    }

    /// The thread is there from now on. A step does not outlast that its operation cannot go on.
    pub(super) fn put(&mut self, thread: ThreadId, place: Place) {
        let Some(worker) = self.get_mut(thread) else { return };
        worker.permit = worker.permit.filter(|_| place != Place::Parked);
        let before = std::mem::replace(&mut worker.place, place);
        if before == place {
            return;
        }
        if let Some(those) = self.those_at(before) {
            remove(those, thread);
        }
        if let Some(those) = self.those_at(place) {
            insert(those, thread);
        }
    }

    /// Whether the thread was started, and is not over.
    pub(super) fn is_alive(&self, thread: ThreadId) -> bool {
        self.place(thread).is_some_and(|place| place != Place::Over)
    }

    /// Whether any thread moves.
    pub(super) fn anybody_moves(&self) -> bool {
        !self.moving.is_empty()
    }

    /// Whether any other thread moves.
    pub(super) fn others_move(&self, me: ThreadId) -> bool {
        self.moving().any(|thread| thread != me)
    }

    /// Puts a thread here while its worker waits.
    pub(super) fn deposit(&mut self, thread: Box<Thread>) {
        self.place_thread(thread, false);
    }

    /// Puts a thread here that has looked up from computing.
    pub(super) fn rest(&mut self, thread: Box<Thread>) {
        self.place_thread(thread, true);
    }

    fn place_thread(&mut self, thread: Box<Thread>, rests: bool) {
        if let Some(worker) = self.get_mut(thread.id) {
            (worker.deposit, worker.rests) = (Some(thread), rests);
        }
    }

    /// Whether the thread has not come to its next operation yet.
    pub(super) fn is_on_its_way(&self, thread: ThreadId) -> bool {
        self.get(thread).is_some_and(|worker| worker.place != Place::Over && !worker.operates())
    }

    /// Takes it out again.
    pub(super) fn withdraw(&mut self, me: ThreadId) -> Option<Box<Thread>> {
        self.get_mut(me)?.deposit.take()
    }

    /// What `me` waits on.
    pub(super) fn condvar(&self, me: ThreadId) -> Option<Arc<Condvar>> {
        Some(self.get(me)?.condvar.clone())
    }

    /// Has the thread's worker look again.
    pub(super) fn notify(&self, thread: ThreadId) {
        if let Some(worker) = self.get(thread) {
            worker.notify();
        }
    }

    /// Has every worker look again; that does not change where it stands.
    pub(super) fn rouse_all(&self) {
        self.list.iter().flatten().for_each(Worker::notify);
    }

    /// Takes back what steps allowed.
    pub(super) fn revoke(&mut self, which: impl Fn(Permit) -> bool) {
        for worker in self.list.iter_mut().flatten() {
            worker.permit = worker.permit.filter(|permit| !which(*permit));
        }
    }

    /// How many operations the run had performed after the thread's last one.
    pub(super) fn moved(&self, thread: ThreadId) -> u64 {
        self.get(thread).map_or(0, |worker| worker.moved)
    }

    /// Whether a step names the thread.
    pub(super) fn is_named(&self, thread: ThreadId) -> bool {
        self.get(thread).is_some_and(|worker| worker.permit.is_some())
    }
}

/// Puts the thread into a list by id.
fn insert(list: &mut Vec<ThreadId>, thread: ThreadId) {
    if let Err(index) = list.binary_search(&thread) {
        list.insert(index, thread);
    }
}

/// Takes it out.
fn remove(list: &mut Vec<ThreadId>, thread: ThreadId) {
    if let Ok(index) = list.binary_search(&thread) {
        list.remove(index);
    }
}
