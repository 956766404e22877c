//! Events on their way from the workers to the one reader.
//!
//! Sequence numbers are given inside the state's lock; batches are sent outside it, so one may overtake another. The
//! reader puts them back in order, and so sees 0, 1, 2, … without gaps. The channel itself has no bound, because a send
//! must not block: workers wait at the gate while the reader lags too far behind.

use super::run::Inner;
use crate::event::Event;
use crossbeam::channel::{Receiver, RecvTimeoutError, Sender};
use parking_lot::Mutex;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// How long the reader waits for a batch that was taken from the state before it looks again.
const ON_ITS_WAY: Duration = Duration::from_millis(20);
/// How long the reader waits for the state, which a native may keep for a long time.
const KEPT: Duration = Duration::from_millis(30);

/// What is sent at once: consecutive events, and news about the run.
#[derive(Debug)]
pub(super) struct Parcel {
    pub(super) events: Vec<Event>,
    pub(super) notice: Option<Notice>,
}

/// News that is no event.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Notice {
    /// Nothing goes on by itself: all threads wait, or a breakpoint has stopped the run.
    Still {
        /// How many events there were until then.
        total: u64,
    },
    /// The run is over.
    Over {
        /// How many events there were.
        total: u64,
    },
}

/// Room for events that was used before: memory that both sides know already.
#[derive(Debug, Default)]
pub(super) struct Spare(Mutex<Vec<Vec<Event>>>);

impl Spare {
    /// More than are ever on their way while the reader keeps up.
    const MOST: usize = 8;

    /// Room for `count` events at least.
    pub(super) fn take(&self, count: usize) -> Vec<Event> {
        let used = if count > 0 { self.0.lock().pop() } else { None };
        used.unwrap_or_else(|| Vec::with_capacity(count))
    }

    fn give_back(&self, mut room: Vec<Event>) {
        room.clear();
        let mut spare = self.0.lock();
        if spare.len() < Self::MOST && room.capacity() > 0 {
            spare.push(room);
        }
    }
}

/// The workers' end of the channel.
#[derive(Debug)]
pub(super) struct Post {
    sender: Sender<Parcel>,
    /// How many events the reader may lag behind.
    backlog: u64,
    /// How many events the reader has taken; `u64::MAX` once there is no reader.
    read: AtomicU64,
    /// When the reader has taken so many, it wakes the threads that wait for it; `u64::MAX`: none waits.
    awaited: AtomicU64,
}

impl Post {
    /// `before`: how many events there were before the first that is sent.
    pub(super) fn new(sender: Sender<Parcel>, backlog: u64, before: u64) -> Self {
        Post { sender, backlog: backlog.max(1), read: AtomicU64::new(before), awaited: AtomicU64::new(u64::MAX) }
    }

    /// Sends. No lock may be held.
    pub(super) fn send(&self, parcel: Parcel) {
        if !parcel.events.is_empty() || parcel.notice.is_some() {
            // It fails when there is no reader any more; then the events are not needed.
            let _ = self.sender.send(parcel);
        }
    }

    /// Whether the reader lags too far behind when there are `total` events.
    pub(super) fn lags(&self, total: u64) -> bool {
        total.saturating_sub(self.read.load(Ordering::Relaxed)) > self.backlog
    }

    /// How many events more there may be for a thread that holds a lock: if it stopped, all that want the lock would too.
    pub(super) fn slack(&self) -> u64 {
        self.backlog / 16
    }

    /// How many more events there may be before it does.
    pub(super) fn room(&self, total: u64) -> u64 {
        self.backlog.saturating_sub(total.saturating_sub(self.read.load(Ordering::Relaxed)))
    }

    /// Asks the reader to wake the gate when it has caught up with `total` halfway. False when it already has.
    pub(super) fn await_reader(&self, total: u64) -> bool {
        let enough = total.saturating_sub(self.backlog / 2);
        self.awaited.store(enough, Ordering::SeqCst);
        // Sequentially consistent, as in `took`: either the reader sees the wish, or the wish sees what was read.
        // The wish stays in either case: it may stand for another thread that waits.
        self.read.load(Ordering::SeqCst) < enough
    }

    /// The reader has taken `total` events. True when it has to wake the gate.
    fn took(&self, total: u64) -> bool {
        self.read.store(total, Ordering::SeqCst);
        let awaited = self.awaited.load(Ordering::SeqCst);
        awaited != u64::MAX && total >= awaited && self.awaited.swap(u64::MAX, Ordering::SeqCst) != u64::MAX
    }
}

/// Puts batches back in order.
#[derive(Debug, Default)]
struct Order {
    /// The number of the first event that is missing.
    next: u64,
    /// Events before it that were not taken yet.
    ready: VecDeque<Event>,
    /// Batches from behind it, by their first number.
    early: BTreeMap<u64, Vec<Event>>,
}

impl Order {
    fn accept(&mut self, events: Vec<Event>) {
        let Some(first) = events.first().map(|event| event.seq) else { return };
        if first != self.next {
            self.early.insert(first, events);
            return;
        }
        self.append(events);
        while let Some(entry) = self.early.first_entry().filter(|entry| *entry.key() == self.next) {
            let events = entry.remove();
            self.append(events);
        }
    }

    fn append(&mut self, events: Vec<Event>) {
        self.next += events.len() as u64;
        if self.ready.is_empty() {
            self.ready = events.into(); // as it is, without a copy
        } else {
            self.ready.extend(events);
        }
    }
}

/// The events of a run, in order, each once. There is one reader.
#[derive(Debug)]
pub struct EventStream {
    /// The run; `None` when another stream reads it.
    inner: Option<Arc<Inner>>,
    receiver: Receiver<Parcel>,
    order: Order,
    notice: Option<Notice>,
    /// The last time another thread kept the state.
    kept: bool,
}

/// What a wait for an event brought.
#[derive(Clone, PartialEq, Debug)]
pub enum Received {
    /// The next event.
    Event(Event),
    /// Nothing in the given time.
    Nothing,
    /// Everything was read, and nothing more will come by itself: the run is over, all its threads wait forever, or a
    /// breakpoint has stopped it.
    Quiet,
}

impl EventStream {
    /// `before`: how many events there were before the first that comes.
    pub(super) fn new(inner: Arc<Inner>, receiver: Receiver<Parcel>, before: u64) -> Self {
        let order = Order { next: before, ..Order::default() };
        EventStream { inner: Some(inner), receiver, order, notice: None, kept: false }
    }

    /// A stream that has nothing to give.
    pub(super) fn at_end() -> Self {
        let notice = Some(Notice::Over { total: 0 });
        EventStream { inner: None, receiver: crossbeam::channel::never(), order: Order::default(), notice, kept: false }
    }

    /// Waits for the next event. `None` when everything was read and nothing more will come by itself: the run is over
    /// (for good), stuck (all its threads wait forever, unless something from outside interferes), or stopped by a
    /// breakpoint.
    pub fn recv(&mut self) -> Option<Event> {
        match self.receive(None) {
            Received::Event(event) => Some(event),
            Received::Nothing | Received::Quiet => None,
        }
    }

    /// Waits for the next event, each time something arrives at most for `limit`.
    pub fn recv_timeout(&mut self, limit: Duration) -> Received {
        self.receive(Some(limit))
    }

    /// Waits for the next events, and replaces `batch` by all that came together: for a reader that must be fast. False
    /// where [`EventStream::recv`] gives `None`.
    pub fn recv_batch(&mut self, batch: &mut Vec<Event>) -> bool {
        let used = std::mem::take(batch);
        if let Some(inner) = &self.inner {
            inner.spare.give_back(used);
        }
        if self.fill(None).is_err() {
            return false;
        }
        *batch = std::mem::take(&mut self.order.ready).into();
        self.took();
        true
    }

    fn receive(&mut self, limit: Option<Duration>) -> Received {
        if let Err(otherwise) = self.fill(limit) {
            return otherwise;
        }
        let Some(event) = self.order.ready.pop_front() else { return Received::Nothing };
        // The workers are told once for each batch: each time costs both sides.
        if self.order.ready.is_empty() {
            self.took();
        }
        Received::Event(event)
    }

    /// Waits until there are events to take; says what there is instead, if none come.
    fn fill(&mut self, limit: Option<Duration>) -> Result<(), Received> {
        while self.order.ready.is_empty() {
            if self.is_quiet() {
                return Err(Received::Quiet);
            }
            let parcel = match limit {
                Some(limit) => self.receiver.recv_timeout(limit),
                None => self.receiver.recv().map_err(RecvTimeoutError::from),
            };
            match parcel {
                Ok(parcel) => self.accept(parcel),
                Err(RecvTimeoutError::Timeout) => return Err(Received::Nothing),
                Err(RecvTimeoutError::Disconnected) => return Err(Received::Quiet),
            }
        }
        Ok(())
    }

    /// Everything that has happened until now and was not read yet, but at most `limit` events. It waits only for a
    /// batch that a worker is sending at this moment.
    pub fn drain(&mut self, limit: usize) -> Vec<Event> {
        let Some(inner) = &self.inner else { return Vec::new() };
        let patience = if self.kept { Duration::ZERO } else { KEPT };
        let collected = inner.state.try_lock_for(patience).map(|mut state| (state.parcel(), state.shared.seq));
        self.kept = collected.is_none();
        let total = match collected {
            Some((parcel, total)) => {
                self.accept(parcel);
                total
            }
            None => self.order.next, // what is there already will do
        };
        while let Ok(parcel) = self.receiver.try_recv() {
            self.accept(parcel);
        }
        while self.order.ready.len() < limit && self.order.next < total {
            match self.receiver.recv_timeout(ON_ITS_WAY) {
                Ok(parcel) => self.accept(parcel),
                Err(_) => break,
            }
        }
        let count = limit.min(self.order.ready.len());
        let events = self.order.ready.drain(..count).collect();
        self.took();
        events
    }

    fn accept(&mut self, parcel: Parcel) {
        self.order.accept(parcel.events);
        if let Some(notice) = parcel.notice
            && !matches!(self.notice, Some(Notice::Over { .. }))
        {
            self.notice = Some(notice);
        }
    }

    /// Whether everything was read of a run that is over or stands still. A standstill lasts until something from outside
    /// interferes: it is told as often as the reader asks.
    fn is_quiet(&mut self) -> bool {
        match self.notice {
            Some(Notice::Over { total }) => self.order.next >= total,
            Some(Notice::Still { total }) => self.order.next >= total && self.stands_still(),
            None => false,
        }
    }

    /// Whether the run still stands still, and all was read of it.
    fn stands_still(&mut self) -> bool {
        let Some(inner) = &self.inner else { return true };
        let state = inner.state.lock();
        let (still, total) = (state.is_still(), state.shared.seq);
        drop(state);
        if !still {
            self.notice = None; // It goes on, and will tell the next standstill.
        }
        still && self.order.next >= total
    }

    /// Tells the workers how far the reader is.
    fn took(&self) {
        self.report(self.order.next - self.order.ready.len() as u64);
    }

    fn report(&self, total: u64) {
        let Some(inner) = &self.inner else { return };
        if !inner.post.took(total) {
            return;
        }
        match inner.state.try_lock_for(KEPT) {
            Some(state) => state.rouse_all(),
            None => inner.send_errand(Box::new(|state| state.rouse_all())),
        }
    }
}

impl Drop for EventStream {
    fn drop(&mut self) {
        self.report(u64::MAX);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::ThreadId;
    use crate::event::EventKind;
    use proptest::prelude::*;

    fn batch(numbers: std::ops::Range<u64>) -> Vec<Event> {
        let event = |seq| Event { seq, step: seq, at: 0, thread: ThreadId::MAIN, line: 1, kind: EventKind::Began };
        numbers.map(event).collect()
    }

    proptest! {
        #[test]
        fn whatever_overtakes_what_the_order_is_kept(cuts in prop::collection::vec(1u64..40, 1..30), keys in prop::collection::vec(any::<u32>(), 30)) {
            let mut batches = Vec::new();
            let mut total = 0;
            for (length, key) in cuts.iter().zip(&keys) {
                batches.push((*key, batch(total..total + length)));
                total += length;
            }
            batches.sort_by_key(|(key, _)| *key);
            let mut order = Order::default();
            for (_, events) in batches {
                order.accept(events);
            }
            let numbers: Vec<u64> = order.ready.iter().map(|event| event.seq).collect();
            prop_assert_eq!(numbers, (0..total).collect::<Vec<_>>());
            prop_assert!(order.early.is_empty());
        }
    }

    #[test]
    fn a_thread_that_waits_for_the_reader_is_woken() {
        let post = Post::new(crossbeam::channel::unbounded().0, 10, 0);
        assert!(!post.lags(10) && post.lags(11));
        assert!(post.await_reader(11));
        assert!(!post.took(5));
        assert!(post.took(6));
        assert!(!post.took(7));
        assert!(!post.await_reader(11));
        assert!(post.took(11), "in vain: that nobody waits is known too late");
        assert!(!post.took(12));
        assert!(!post.took(u64::MAX) && !post.lags(1_000_000));
    }

    #[test]
    fn a_thread_that_need_not_wait_keeps_another_threads_wish() {
        let post = Post::new(crossbeam::channel::unbounded().0, 10, 0);
        assert!(post.await_reader(100));
        // The reader has come far enough, and has not yet looked which threads wait.
        post.read.store(100, Ordering::SeqCst);
        assert!(!post.await_reader(101));
        assert!(post.took(100));
    }
}
