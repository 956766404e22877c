//! What goes from one thread to another: the start of a process, a message.

use super::chunks::{Chunks, Iter};
use super::timeline::{Axis, Moment};
use crate::base::{ObjectId, ThreadId};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// The most links that are kept: then the older half goes.
const LIMIT: usize = 1 << 12;
/// The most messages of one channel that are remembered until they are received.
const UNDER_WAY: usize = 1 << 12;

/// Where something left a thread, and where it reached another one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Link {
    /// Who made the process, or sent the message.
    pub from: ThreadId,
    /// When.
    pub left: Moment,
    /// The process's main thread, or who received the message.
    pub to: ThreadId,
    /// When.
    pub reached: Moment,
}

/// All links of a run, and what may become one.
#[derive(Clone, Debug, Default)]
pub(super) struct Links {
    /// By when they reached the other thread.
    all: Chunks<Link>,
    /// By channel.
    under_way: BTreeMap<ObjectId, Arc<UnderWay>>,
}

/// What was sent through a channel and not received. Messages do not overtake each other.
#[derive(Clone, Debug, Default)]
struct UnderWay {
    sent: VecDeque<(ThreadId, Moment)>,
    /// How many that were sent before those are forgotten.
    forgotten: u64,
}

impl Links {
    /// A thread made a process.
    pub(super) fn start(&mut self, from: ThreadId, to: ThreadId, moment: Moment) {
        self.push(Link { from, left: moment, to, reached: moment });
    }

    /// A thread sent a message.
    pub(super) fn send(&mut self, channel: ObjectId, from: ThreadId, moment: Moment) {
        let under_way = Arc::make_mut(self.under_way.entry(channel).or_default());
        if under_way.sent.len() == UNDER_WAY {
            under_way.sent.pop_front();
            under_way.forgotten += 1;
        }
        under_way.sent.push_back((from, moment));
    }

    /// A thread received one.
    pub(super) fn receive(&mut self, channel: ObjectId, to: ThreadId, reached: Moment) {
        let Some(under_way) = self.under_way.get_mut(&channel).map(Arc::make_mut) else { return };
        if let Some(left) = under_way.forgotten.checked_sub(1) {
            under_way.forgotten = left;
        } else if let Some((from, left)) = under_way.sent.pop_front() {
            self.push(Link { from, left, to, reached });
        }
    }

    fn push(&mut self, link: Link) {
        if self.all.len() == LIMIT {
            self.all.drop_front(LIMIT / 2);
        }
        self.all.push(link);
    }

    /// Keeps what lies in these channels alone.
    pub(super) fn retain(&mut self, stays: impl Fn(ObjectId) -> bool) {
        self.under_way.retain(|channel, _| stays(*channel));
    }

    /// Those that reach the other thread there or later.
    pub(super) fn from(&self, axis: Axis, place: u64) -> Iter<'_, Link> {
        let first = self.all.partition_point(|link| axis.place(link.reached) < place);
        self.all.range(first..self.all.len())
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::object;
    use super::*;

    fn at(step: u64) -> Moment {
        Moment { at: step, step, story: step }
    }

    /// From whom to whom, when it left, and when it reached the other.
    fn all(links: &Links) -> Vec<(u32, u32, u64, u64)> {
        links.from(Axis::Time, 0).map(|it| (it.from.0, it.to.0, it.left.at, it.reached.at)).collect()
    }

    #[test]
    fn what_is_received_was_sent_first() {
        let mut links = Links::default();
        links.start(ThreadId(0), ThreadId(1), at(1));
        links.send(object(0), ThreadId(0), at(2));
        links.send(object(1), ThreadId(1), at(3));
        links.send(object(0), ThreadId(2), at(4));
        links.receive(object(0), ThreadId(1), at(5));
        links.receive(object(0), ThreadId(3), at(6));
        links.receive(object(0), ThreadId(3), at(7));
        assert_eq!(all(&links), [(0, 1, 1, 1), (0, 1, 2, 5), (2, 3, 4, 6)]);
        assert_eq!(links.from(Axis::Time, 5).count(), 2);
    }

    #[test]
    fn what_was_forgotten_is_no_other_message() {
        let mut links = Links::default();
        (0..=UNDER_WAY as u64).for_each(|step| links.send(object(0), ThreadId(0), at(step)));
        (0..2).for_each(|_| links.receive(object(0), ThreadId(1), at(9_000)));
        assert_eq!(all(&links), [(0, 1, 1, 9_000)]);
        (0..LIMIT as u64).for_each(|step| links.start(ThreadId(0), ThreadId(1), at(9_000 + step)));
        assert_eq!(all(&links).len(), LIMIT / 2 + 1);
    }
}
