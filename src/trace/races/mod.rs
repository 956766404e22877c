//! Races: updates that were lost, and accesses that nothing orders. A fold over events, as the rest of the model is.
//!
//! A *lost update* is something that happened in this run: a thread read a place (a name, an attribute, or an item of a
//! container), another one wrote it, and then the first wrote it, by what it had read before. So it overwrote what it never
//! saw. Whether a write goes by what was read says the program's text (`base::Flow`). Who overwrites blindly (`latest = x`)
//! loses nothing that it meant to keep; nor does who looked, and then wrote what stands there already.
//!
//! An *unordered access* is milder, since a plain flag is often meant so: two threads touched a place, one of them wrote, and
//! no primitive put the one before the other, so that it might as well have been the other way round. It is found with vector
//! clocks and epochs, as in Flanagan and Freund, FastTrack: efficient and precise dynamic race detection, PLDI 2009; `order`
//! says what orders. A container's methods order, and are not told of: places are what is read and written by name or by index.
//!
//! What is kept is bounded: the first findings, the first notes, the places that were touched last, a few readers of each.

mod clock;
mod order;
mod spots;
pub mod words;

pub use spots::Access;

use super::chunks::Chunks;
use super::timeline::Moment;
use crate::base::{Flow, Link, Symbol, ThreadId};
use crate::event::{Event, EventKind, Item, Place, Shown};
use order::Order;
use spots::{Spot, Spots};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The most findings, and the most notes, that are kept.
const FINDINGS: usize = 1000;
/// The most moments of a thread at which it lost an update or had one lost.
const MARKS: usize = 1000;

/// An update that was lost: the first one of its place.
#[derive(Clone, Debug)]
pub struct LostUpdate {
    /// The row of the place among the model's data.
    pub row: usize,
    /// Which item of the container there, if it is one.
    pub key: Option<Shown>,
    /// What the thread read.
    pub read: Access,
    /// What another thread wrote then, which is lost.
    pub lost: Access,
    /// What the thread wrote over it.
    pub write: Access,
    /// What was read only decided that it was written; otherwise what was written is made of it.
    pub choice: bool,
    /// How often that happened to the place.
    pub times: u64,
}

/// Two accesses that nothing orders: the first ones of their row of the data.
#[derive(Clone, Debug)]
pub struct Unordered {
    /// The row of the place among the model's data.
    pub row: usize,
    /// Which item of the container there, if it is one.
    pub key: Option<Shown>,
    /// The one that came first.
    pub first: Access,
    /// The one that nothing put behind it.
    pub second: Access,
    /// How many accesses there were that an earlier one is not ordered with.
    pub times: u64,
}

/// What is known of a run's races.
#[derive(Clone, Debug)]
pub struct Races {
    flow: Arc<dyn Flow>,
    order: Order,
    spots: Spots,
    lost: Chunks<LostUpdate>,
    unordered: Chunks<Unordered>,
    /// The note on each row of the data that has one.
    noted: Arc<BTreeMap<usize, usize>>,
    marks: Arc<BTreeMap<ThreadId, Chunks<Moment>>>,
}

impl Races {
    pub(super) fn new(flow: Arc<dyn Flow>) -> Races {
        Races {
            flow,
            order: Order::default(),
            spots: Spots::default(),
            lost: Chunks::default(),
            unordered: Chunks::default(),
            noted: Arc::default(),
            marks: Arc::default(),
        }
    }

    /// Takes in the next event. `row`: the row of the data that it touches.
    #[inline]
    pub(super) fn follow(&mut self, event: &Event, row: Option<usize>, moment: Moment) {
        let (place, value, writes) = match &event.kind {
            EventKind::Read { place, value } => (place, value, false),
            EventKind::Wrote { place, value } => (place, value, true),
            _ => return self.order.follow(event),
        };
        let item = value.item();
        if item.is_none() && matches!(place, Place::Content { .. }) {
            return self.order.follow(event);
        }
        // Of a line that is not the program's nobody could tell.
        let Some(row) = row.filter(|_| event.line > 0) else { return };
        let value = item.map_or(value, |item| &item.value).clone();
        let epoch = self.order.clock(event.thread).epoch(event.thread);
        let (thread, line, seq) = (event.thread, event.line, event.seq);
        let access = Access { thread, line, moment, value, seq, writes, epoch };
        self.access(access, row, named(place), item.map(|item| &**item));
    }

    fn access(&mut self, access: Access, row: usize, name: Option<Symbol>, item: Option<&Item>) {
        let me = access.thread;
        let clock = self.order.clock(me);
        let Some(spot) = self.spots.get(row, item) else { return };
        let before = |other: &Access| other.thread == me || other.epoch <= clock.epoch(other.thread);
        let unordered = match &spot.write {
            Some(write) if !before(write) => Some(write.clone()),
            write if access.writes => {
                // Those before the last write were looked at then.
                let since = write.as_ref().map_or(0, |write| write.seq);
                spot.reads.iter().find(|read| read.seq >= since && !before(read)).cloned()
            }
            _ => None,
        };
        let lost = if access.writes { lost(spot, &access, name, &*self.flow) } else { None };
        let told = (lost.is_some() || unordered.is_some()).then(|| access.clone());
        if access.writes {
            spot.write = Some(access);
        } else {
            spot.read(access);
        }
        let Some(access) = told else { return };
        let key = item.map(|item| item.key.clone());
        if let Some(first) = unordered.filter(|_| !self.order.is_given_up()) {
            self.note(Unordered { row, key: key.clone(), first, second: access.clone(), times: 1 });
        }
        if let Some((read, lost, choice)) = lost {
            self.find(LostUpdate { row, key, read, lost, write: access, choice, times: 1 }, item);
        }
    }

    /// Notes two accesses, or that there is another pair of the same row.
    fn note(&mut self, note: Unordered) {
        if let Some(known) = self.noted.get(&note.row).and_then(|&number| self.unordered.get_mut(number)) {
            known.times += 1;
        } else if self.unordered.len() < FINDINGS {
            Arc::make_mut(&mut self.noted).insert(note.row, self.unordered.len());
            self.unordered.push(note);
        }
    }

    /// Keeps a finding, or that it happened again.
    fn find(&mut self, found: LostUpdate, item: Option<&Item>) {
        for access in [&found.lost, &found.write] {
            let marks = Arc::make_mut(&mut self.marks).entry(access.thread).or_default();
            if marks.len() == MARKS {
                marks.drop_front(MARKS / 2);
            }
            marks.push(access.moment);
        }
        let number = self.lost.len();
        let Some(spot) = self.spots.get(found.row, item) else { return };
        match spot.lost {
            Some(known) => self.lost.get_mut(known).into_iter().for_each(|known| known.times += 1),
            None if number < FINDINGS => {
                spot.lost = Some(number);
                self.lost.push(found);
            }
            None => {}
        }
    }

    /// The updates that were lost, the first one of each place.
    pub fn lost(&self) -> &Chunks<LostUpdate> {
        &self.lost
    }

    /// Accesses that nothing orders, the first ones of each row of the data.
    pub fn unordered(&self) -> &Chunks<Unordered> {
        &self.unordered
    }

    /// The note on that row of the data.
    pub fn note_on(&self, row: usize) -> Option<&Unordered> {
        self.unordered.get(*self.noted.get(&row)?)
    }

    /// The moments at which `thread` overwrote an update, or had written one that was lost.
    pub fn marks(&self, thread: ThreadId) -> impl Iterator<Item = Moment> {
        self.marks.get(&thread).into_iter().flatten().copied()
    }
}

impl LostUpdate {
    /// Whether `thread` has a part in it.
    pub fn concerns(&self, thread: ThreadId) -> bool {
        self.write.thread == thread || self.lost.thread == thread
    }
}

impl Unordered {
    /// Whether `thread` has a part in it.
    pub fn concerns(&self, thread: ThreadId) -> bool {
        self.first.thread == thread || self.second.thread == thread
    }
}

/// What is lost if that is written now: the read that it goes by, the write that it overwrites, and whether the read only
/// decided that it is written.
fn lost(spot: &Spot, write: &Access, name: Option<Symbol>, flow: &dyn Flow) -> Option<(Access, Access, bool)> {
    let current = spot.write.as_ref().filter(|current| current.thread != write.thread)?;
    // What stands there is what was read, though another one wrote it once more.
    let stale = |read: &&Access| read.seq < current.seq && !is_same(&read.value, &current.value);
    let read = spot.read_of(write.thread).filter(stale)?;
    let choice = match flow.link(name, read.line, write.line)? {
        Link::Value => false,
        Link::Choice { made } if made || !is_same(&current.value, &write.value) => true,
        Link::Choice { .. } => return None,
    };
    Some((read.clone(), current.clone(), choice))
}

/// Whether two values are surely the same: of objects that look alike, and of texts that were cut, nobody can tell.
fn is_same(one: &Shown, other: &Shown) -> bool {
    let is_plain = match one {
        Shown::Text(text) => {
            text.starts_with(|c: char| matches!(c, '\'' | '"' | '-' | '0'..='9')) && !text.contains('…')
        }
        _ => true,
    };
    is_plain && one == other
}

/// The name behind a place; `None` for an item.
fn named(place: &Place) -> Option<Symbol> {
    match place {
        Place::Global(name) | Place::Cell { name, .. } | Place::Attribute { name, .. } => Some(*name),
        Place::Content { .. } => None,
    }
}
