//! Pairs of events: an item that is put and got, a notify and the thread that it wakes. Both ends carry one number.

use crate::base::ObjectId;
use crate::event::{Event, EventKind, Shown};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// The most items of one queue that are remembered until they are taken out.
const IN_FLIGHT: usize = 4096;

/// One end of a pair.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pair {
    /// The object between the two ends.
    pub object: ObjectId,
    /// The pair's number among those of that object, from 1.
    pub number: u32,
    /// Whether this end is the cause: the put, the notify.
    pub sends: bool,
}

impl Pair {
    pub(super) fn other_end(self) -> Pair {
        Pair { sends: !self.sends, ..self }
    }

    /// Whether the two are the ends of one pair.
    pub fn belongs_to(self, other: Pair) -> bool {
        (self.object, self.number) == (other.object, other.number) && self.sends != other.sends
    }
}

/// What is needed to find the other ends.
#[derive(Clone, Debug, Default)]
pub(super) struct Pairs {
    /// Items that were not taken out yet, by queue, with their numbers.
    items: BTreeMap<ObjectId, Arc<VecDeque<(Shown, u32)>>>,
    /// How many pairs each object has.
    counts: BTreeMap<ObjectId, u32>,
    /// The last notify or set: its event, its step, its object, and its pair's number once it has woken somebody.
    call: Option<(u64, u64, ObjectId, Option<u32>)>,
}

impl Pairs {
    /// The end that `event` is, and an earlier event that turns out to be the other end. `waited_for`: what the event's
    /// thread stood before.
    pub(super) fn find(&mut self, event: &Event, waited_for: Option<ObjectId>) -> (Option<Pair>, Option<u64>) {
        match &event.kind {
            EventKind::Put { object, item, .. } => {
                let number = self.next(*object);
                let items = Arc::make_mut(self.items.entry(*object).or_default());
                if items.len() == IN_FLIGHT {
                    items.pop_front();
                }
                items.push_back((item.clone(), number));
                (Some(Pair { object: *object, number, sends: true }), None)
            }
            EventKind::Got { object, item, .. } => {
                let number = self.items.get_mut(object).and_then(|items| take(Arc::make_mut(items), item));
                (number.map(|number| Pair { object: *object, number, sends: false }), None)
            }
            EventKind::Notified { object, .. } | EventKind::EventSet { object } => {
                self.call = Some((event.seq, event.step, *object, None));
                (None, None)
            }
            EventKind::Ready { .. } | EventKind::Blocked { .. } => self.wake(event, waited_for),
            _ => (None, None),
        }
    }

    /// Whether the last call woke the event's thread, which then goes on, or goes on to wait for a lock.
    fn wake(&mut self, event: &Event, waited_for: Option<ObjectId>) -> (Option<Pair>, Option<u64>) {
        let Some((seq, step, object, known)) = self.call else { return (None, None) };
        if step != event.step || waited_for != Some(object) {
            return (None, None);
        }
        let number = known.unwrap_or_else(|| self.next(object));
        self.call = Some((seq, step, object, Some(number)));
        (Some(Pair { object, number, sends: false }), Some(seq))
    }

    /// What lies in a queue, the oldest first.
    pub(super) fn contents(&self, queue: ObjectId) -> impl Iterator<Item = &Shown> {
        self.items.get(&queue).into_iter().flat_map(|items| items.iter().map(|(item, _)| item))
    }

    /// Keeps what is known of these objects alone.
    pub(super) fn retain(&mut self, stays: impl Fn(ObjectId) -> bool) {
        self.items.retain(|object, _| stays(*object));
        self.counts.retain(|object, _| stays(*object));
    }

    fn next(&mut self, object: ObjectId) -> u32 {
        let count = self.counts.entry(object).or_default();
        *count = count.wrapping_add(1);
        *count
    }
}

/// Takes an item that looks like `item` out of those in flight: the oldest or the newest, or else any.
fn take(items: &mut VecDeque<(Shown, u32)>, item: &Shown) -> Option<u32> {
    if items.front().is_some_and(|(first, _)| first == item) {
        return items.pop_front().map(|(_, number)| number);
    }
    let index = items.iter().rposition(|(other, _)| other == item)?;
    items.remove(index).map(|(_, number)| number)
}

#[cfg(test)]
mod tests {
    use super::super::samples::{self, Script, object};
    use super::*;
    use crate::base::ThreadId;
    use crate::event::Blocker;

    #[test]
    fn every_item_that_is_got_was_put() {
        let model = samples::producer_consumer();
        let ends: Vec<_> = model.log().iter().filter_map(|event| model.pair(event.seq)).collect();
        let shown: Vec<_> = ends.iter().map(|end| (end.number, end.sends)).collect();
        assert_eq!(shown, [(1, true), (2, true), (1, false), (3, true), (4, true), (5, true)]);
        assert!(ends[0].belongs_to(ends[2]) && !ends[0].belongs_to(ends[1]));
    }

    #[test]
    fn a_notify_and_those_it_wakes_share_a_number() {
        let mut script = Script::new("", &[]);
        script.thread(1, "a").thread(2, "b");
        let stop = EventKind::Blocked { on: Blocker::Object(object(0)), until: None };
        script.does(1, 1, stop.clone()).does(2, 1, stop);
        script.does(0, 2, EventKind::Notified { object: object(0), woken: 0 });
        script.also(0, 2, EventKind::Notified { object: object(0), woken: 2 });
        script.also(1, 1, EventKind::Blocked { on: Blocker::Lock(object(1)), until: None });
        script.does(2, 1, EventKind::Ready { by: Some(ThreadId(0)) });
        let model = script.model();
        let ends: Vec<_> = model.log().iter().map(|event| model.pair(event.seq)).skip(6).collect();
        let end = |sends| Some(Pair { object: object(0), number: 1, sends });
        assert_eq!(ends, [None, end(true), end(false), end(false)], "the first notify woke nobody");
    }
}
