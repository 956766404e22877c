//! A thread as the events show it: its state now, and the timeline of its states.

use super::chunks::Chunks;
use super::story::Grain;
use super::timeline::{Axis, Moment, SPAN_LIMIT, Span, Timeline};
use crate::base::{ObjectId, ProcessId, ThreadId};
use crate::event::{Blocker, ThreadState};
use std::sync::Arc;

/// A lock that a thread holds now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Held {
    /// The lock.
    pub object: ObjectId,
    /// The line where it was taken.
    pub line: u32,
}

/// A stretch of time in which a thread held a lock.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hold {
    /// The lock.
    pub object: ObjectId,
    /// The line where it was taken.
    pub line: u32,
    /// When it was taken.
    pub from: Moment,
    /// When it was let go; `None` while it is held.
    pub to: Option<Moment>,
}

/// A stretch of time in which a thread was deadlocked, or held back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stretch {
    /// The moment the cycle closed, or it was held.
    pub from: Moment,
    /// When that ended; `None` while it lasts.
    pub to: Option<Moment>,
}

/// One thread of the program.
#[derive(Clone, Debug)]
pub struct Thread {
    /// Its id, which is also its row.
    pub id: ThreadId,
    /// The process that it belongs to.
    pub process: ProcessId,
    /// Its name, safe to show; a second thread of the same name gets `#2`.
    pub name: Arc<str>,
    /// Whether it is a daemon.
    pub daemon: bool,
    /// Its state now.
    pub state: ThreadState,
    /// Since when it is in that state.
    pub since: Moment,
    /// The line where it was last seen, 0 before that.
    pub line: u32,
    /// What it waits for, while it cannot go on.
    pub blocked_on: Option<Blocker>,
    /// When that wait times out, on the run's clock.
    pub until: Option<u64>,
    /// The locks that it holds, in the order it took them.
    pub held: Vec<Held>,
    /// Whether a fault keeps it from going on, whatever it waits for.
    pub frozen: bool,
    /// By how many nanoseconds a fault makes each of its operations longer.
    pub slow: u64,
    /// The traceback's last line, when it crashed.
    pub error: Option<String>,
    /// Its states over time.
    pub timeline: Timeline,
    /// The locks it held over time, by when they were taken.
    pub holds: Chunks<Hold>,
    /// How coarse the older ones are.
    grain: Grain,
    /// When it was deadlocked.
    pub deadlocks: Vec<Stretch>,
    /// When the person watching held it back.
    pub held_back: Vec<Stretch>,
    /// When faults were injected into it.
    pub faults: Vec<Moment>,
    /// The sequence numbers of its events that are in the log.
    pub events: Chunks<u64>,
    /// It was started and another thread has gone since: it stands aside, or it computes if time passes.
    pub(super) aside: bool,
}

impl Thread {
    /// A thread that was just made.
    pub(super) fn new(id: ThreadId, name: Arc<str>, made: Moment, state: ThreadState) -> Self {
        let mut thread = Thread {
            id,
            process: ProcessId::FIRST,
            name,
            daemon: false,
            state,
            since: made,
            line: 0,
            blocked_on: None,
            until: None,
            held: Vec::new(),
            frozen: false,
            slow: 0,
            error: None,
            timeline: Timeline::default(),
            holds: Chunks::default(),
            grain: Grain::default(),
            deadlocks: Vec::new(),
            held_back: Vec::new(),
            faults: Vec::new(),
            events: Chunks::default(),
            aside: false,
        };
        thread.timeline.push(Span::new(state, made, 0, None));
        thread
    }

    /// Puts the thread into `state`; its wait is over.
    #[inline(always)] // Done for every event; out of line it costs a tenth more.
    pub(super) fn enter(&mut self, state: ThreadState, on: Option<Blocker>, moment: Moment) {
        debug_assert!(is_legal(self.state, state), "{} cannot go from {:?} to {state:?}", self.name, self.state);
        let changed = self.state != state || self.blocked_on != on;
        self.blocked_on = on;
        self.until = None;
        if !changed {
            return;
        }
        self.state = state;
        self.since = moment;
        self.draw(moment);
        self.leave_deadlock(moment);
        if state.is_over() {
            self.hold_back(false, moment);
        }
    }

    /// Notes that a fault freezes the thread, or thaws it. What it stands before is as it was.
    pub(super) fn freeze(&mut self, frozen: bool, moment: Moment) {
        if self.frozen != frozen {
            self.frozen = frozen;
            self.draw(moment);
        }
    }

    /// Notes that the person watching holds the thread back, or lets go of it.
    pub(super) fn hold_back(&mut self, hold: bool, moment: Moment) {
        if hold && !self.is_held_back() {
            self.held_back.push(Stretch { from: moment, to: None });
        } else if !hold && let Some(stretch) = self.held_back.last_mut() {
            stretch.to.get_or_insert(moment);
        }
    }

    /// Whether the person watching holds it back now. A thread that has ended is not held.
    pub fn is_held_back(&self) -> bool {
        self.held_back.last().is_some_and(|stretch| stretch.to.is_none())
    }

    /// Whether it is frozen now. A thread that has ended is not.
    pub fn is_frozen(&self) -> bool {
        self.frozen && !self.state.is_over()
    }

    /// From this moment on its timeline shows it as it is.
    fn draw(&mut self, moment: Moment) {
        let span = match self.is_frozen() {
            true => Span::new(ThreadState::Blocked, moment, self.line, Some(Blocker::Frozen)),
            false => Span::new(self.state, moment, self.line, self.blocked_on),
        };
        let is_drawn =
            span.on == Some(Blocker::Frozen) && self.timeline.spans().last().is_some_and(|it| it.on == span.on);
        if !is_drawn {
            self.timeline.push(span);
        }
    }

    /// Notes that the thread took `object` at `line`; whether it did not hold it before.
    pub(super) fn take(&mut self, object: ObjectId, line: u32) -> bool {
        let is_new = !self.holds_lock(object);
        if is_new {
            self.held.push(Held { object, line });
        }
        is_new
    }

    /// Notes that it holds `object` from that moment on.
    pub(super) fn begin_hold(&mut self, object: ObjectId, line: u32, from: Moment) {
        // Of those that were taken together, long ago, the first stands for all that are over. There are two changes of
        // state to each, as a rule.
        if self.holds.len() >= SPAN_LIMIT / 2 {
            let first = |one: &Hold, next: &Hold| (one.to.is_some() && next.to.is_some()).then_some(*one);
            self.grain.thin(&mut self.holds, |hold| hold.from, first);
        }
        self.holds.push(Hold { object, line, from, to: None });
    }

    /// Notes that the thread let go of `object`.
    pub(super) fn let_go(&mut self, object: ObjectId, to: Moment) {
        self.held.retain(|held| held.object != object);
        let open = self.holds.iter().rposition(|hold| hold.object == object && hold.to.is_none());
        if let Some(hold) = open.and_then(|index| self.holds.get_mut(index)) {
            hold.to = Some(to);
        }
    }

    /// Notes that the thread is part of a deadlock from now on.
    pub(super) fn mark_deadlocked(&mut self, moment: Moment) {
        if !self.is_deadlocked() {
            self.deadlocks.push(Stretch { from: moment, to: None });
        }
    }

    /// Notes that the thread is part of no deadlock any more.
    #[inline]
    pub(super) fn leave_deadlock(&mut self, moment: Moment) {
        if let Some(stretch) = self.deadlocks.last_mut() {
            stretch.to.get_or_insert(moment);
        }
    }

    /// Whether it is part of a deadlock now.
    pub fn is_deadlocked(&self) -> bool {
        self.deadlocks.last().is_some_and(|stretch| stretch.to.is_none())
    }

    /// Whether it was part of a deadlock until the end of the program cut it off.
    pub fn was_cut_off_in_deadlock(&self) -> bool {
        let end = self.deadlocks.last().and_then(|stretch| stretch.to);
        self.state == ThreadState::CutOff && end.is_some_and(|end| end.step == self.since.step)
    }

    /// Whether it was deadlocked anywhere in `from..to` of `axis`.
    pub fn was_deadlocked(&self, axis: Axis, from: u64, to: u64) -> bool {
        let before = self.deadlocks.partition_point(|stretch| axis.place(stretch.from) < to);
        let Some(stretch) = before.checked_sub(1).map(|index| self.deadlocks[index]) else { return false };
        stretch.to.is_none_or(|end| axis.place(end) > from)
    }

    /// Whether it holds `object` now.
    pub fn holds_lock(&self, object: ObjectId) -> bool {
        self.held.iter().any(|held| held.object == object)
    }

    /// The first lock that it took within `from..to` of `axis`.
    pub fn taken_within(&self, axis: Axis, from: u64, to: u64) -> Option<&Hold> {
        let begin = self.holds.partition_point(|hold| axis.place(hold.from) < from);
        self.holds.get(begin).filter(|hold| axis.place(hold.from) < to)
    }
}

/// Whether a thread may go from the one state to the other. Nothing follows the end, and nothing precedes the start.
fn is_legal(from: ThreadState, to: ThreadState) -> bool {
    use ThreadState::{Blocked, Crashed, CutOff, Finished, Joining, Killed, New, Ready, Running, Waiting};
    match (from, to) {
        (Finished | Crashed | Killed | CutOff, _) | (_, New) => false,
        (New, Ready | Finished | Crashed | Killed | CutOff) => true,
        (New, Running | Waiting | Blocked | Joining) => false,
        (
            Ready | Running | Waiting | Blocked | Joining,
            Ready | Running | Waiting | Blocked | Joining | Finished | Crashed | Killed | CutOff,
        ) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_follows_the_end_and_nothing_precedes_the_start() {
        use ThreadState::*;
        assert!(is_legal(New, Ready) && is_legal(Ready, Blocked) && is_legal(Blocked, Ready) && is_legal(New, Killed));
        assert!(!is_legal(Finished, Running) && !is_legal(New, Running) && !is_legal(Ready, New));
    }

    #[test]
    fn a_held_thread_stays_held_until_it_is_let_go_or_has_ended() {
        let moment = |at| Moment { at, step: at, story: at };
        let mut thread = Thread::new(ThreadId(1), "t".into(), moment(0), ThreadState::New);
        thread.hold_back(true, moment(2));
        thread.hold_back(true, moment(3));
        thread.enter(ThreadState::Ready, None, moment(4));
        assert!(thread.is_held_back());
        thread.hold_back(false, moment(5));
        thread.hold_back(false, moment(6));
        thread.hold_back(true, moment(7));
        thread.enter(ThreadState::Killed, None, moment(8));
        let stretch = |from, to| Stretch { from: moment(from), to: Some(moment(to)) };
        assert_eq!((thread.is_held_back(), thread.held_back), (false, vec![stretch(2, 5), stretch(7, 8)]));
    }

    #[test]
    fn a_deadlock_lasts_until_the_thread_moves_again() {
        let moment = |at| Moment { at, step: at, story: at };
        let mut thread = Thread::new(ThreadId(1), "t".into(), moment(0), ThreadState::Ready);
        thread.enter(ThreadState::Blocked, None, moment(5));
        thread.mark_deadlocked(moment(7));
        assert!(thread.is_deadlocked() && thread.was_deadlocked(Axis::Time, 7, 8));
        assert!(!thread.was_deadlocked(Axis::Time, 0, 7));
        thread.enter(ThreadState::Ready, None, moment(9));
        assert!(!thread.is_deadlocked() && !thread.was_deadlocked(Axis::Time, 9, 10));
        assert!(thread.was_deadlocked(Axis::Time, 8, 9));
    }
}
