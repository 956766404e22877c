//! Who goes on, and where on the story that is.
//!
//! One rule, for every axis and every policy. An operation belongs to the thread that performs it: that one is running, and
//! every other that is neither stopped nor over is ready, since each operation has a moment of its own. Where time passes between
//! two operations nobody has one to show: who could go on computes there, and is running, but where threads take turns only
//! the one whose turn it is, or of each process the one that has its interpreter lock. A thread that is held back does not compute.

use super::Model;
use crate::base::ThreadId;
use crate::event::{Event, ThreadState};
use crate::trace::story;
use crate::trace::thread::Thread;
use crate::trace::timeline::{Axis, Moment};

/// How wide it is that nobody can go on.
const STILL: u64 = 3 * Axis::STEP;

/// Whether a thread that gets from the one state to the other, by an event of its own, does so by an operation. A thread that is
/// stopped and now stands before something else was sent there by another.
#[inline]
pub(super) fn performs(before: ThreadState, after: ThreadState) -> bool {
    match after {
        ThreadState::Running | ThreadState::Finished | ThreadState::Crashed => true,
        ThreadState::Waiting | ThreadState::Blocked | ThreadState::Joining => {
            matches!(before, ThreadState::Ready | ThreadState::Running)
        }
        ThreadState::New | ThreadState::Ready | ThreadState::Killed | ThreadState::CutOff => false,
    }
}

impl Model {
    /// The moment of the next event.
    #[inline]
    pub(super) fn reach(&mut self, event: &Event) -> Moment {
        let (from, moment) = self.last.later(event.step, event.at);
        if from.story != moment.story {
            self.story.add(from, moment);
            self.compute(from);
        }
        if self.gap.is_some() {
            self.stop_computing(moment);
        }
        (self.last, self.now) = (moment, self.now.max(moment.at));
        moment
    }

    /// The clock says `now`, after so many operations. What events would say too, they need not say first: while nothing
    /// happens, the model goes along with the clock.
    pub fn pass_time(&mut self, steps: u64, now: u64) {
        // With events under way it is not known what happened since the last one.
        if steps > self.last.step + 1 || now <= self.now || self.event_count() == 0 {
            return;
        }
        self.now = now;
        let (from, moment) = self.last.later(steps, now);
        if from.story != moment.story {
            self.compute(from);
        }
    }

    /// A stretch of time begins: who stands aside computes in it, unless threads take turns.
    fn compute(&mut self, from: Moment) {
        if self.gap.is_some() {
            return;
        }
        self.gap = Some(from);
        if let Some(mover) = self.mover
            && self.threads[mover.index()].is_held_back()
            && self.threads[mover.index()].state == ThreadState::Running
        {
            self.thread_mut(mover).enter(ThreadState::Ready, None, from);
            self.stand_aside(mover);
        }
        if self.turns && !self.gil.in_force() {
            return;
        }
        let mut aside = std::mem::take(&mut self.aside);
        aside.retain(|&id| {
            let process = self.threads[id.index()].process;
            let goes = !self.turns || self.gil.holder(process) == Some(id);
            let thread = self.thread_mut(id);
            thread.aside = thread.state == ThreadState::Ready;
            if thread.aside && goes && !thread.frozen && !thread.is_held_back() {
                thread.enter(ThreadState::Running, None, from);
            }
            thread.aside
        });
        self.aside = aside;
    }

    /// The stretch is over: something happens.
    #[cold]
    fn stop_computing(&mut self, moment: Moment) {
        self.gap = None;
        let aside = std::mem::take(&mut self.aside);
        for &id in &aside {
            if self.mover != Some(id) && self.threads[id.index()].state == ThreadState::Running {
                self.thread_mut(id).enter(ThreadState::Ready, None, moment);
            }
        }
        self.aside = aside;
    }

    /// `next` performs: the one that did before stands aside, if it could go on.
    pub(super) fn give_way(&mut self, next: ThreadId, moment: Moment) {
        let Some(before) = self.mover.replace(next) else { return };
        match self.threads[before.index()].state {
            ThreadState::Running => self.thread_mut(before).enter(ThreadState::Ready, None, moment),
            ThreadState::Ready => {}
            ThreadState::New
            | ThreadState::Waiting
            | ThreadState::Blocked
            | ThreadState::Joining
            | ThreadState::Finished
            | ThreadState::Crashed
            | ThreadState::Killed
            | ThreadState::CutOff => return,
        }
        self.stand_aside(before);
    }

    /// Notes that the thread, which is ready, computes when time passes.
    pub(super) fn stand_aside(&mut self, id: ThreadId) {
        let thread = self.thread_mut(id);
        if !std::mem::replace(&mut thread.aside, true) {
            self.aside.push(id);
        }
    }

    /// Whether nobody can go on, and no time changes that: what happens next, if anything, comes from outside.
    pub fn stands_still(&self) -> bool {
        let stopped = |thread: &Thread| match thread.state.is_stopped() {
            true => thread.until.is_none() || thread.is_frozen(),
            false => thread.is_frozen() || thread.is_held_back(),
        };
        let mut alive = self.threads.iter().filter(|it| !it.state.is_over() && it.state != ThreadState::New).peekable();
        alive.peek().is_some() && alive.all(|thread| stopped(thread))
    }

    /// Where an event lies on `axis`.
    pub fn place(&self, axis: Axis, event: &Event) -> u64 {
        match axis {
            Axis::Time => event.at,
            Axis::Story => self.story.place(event.step, event.at),
        }
    }

    /// The moment of a place of `axis`: exact in what the log still has.
    pub fn moment(&self, axis: Axis, place: u64) -> Moment {
        let count = self.log.partition_point(|event| self.place(axis, event) <= place);
        let event = count.checked_sub(1).and_then(|index| self.log.get(index));
        match axis {
            Axis::Time => {
                let step = event.map_or(0, |event| event.step);
                Moment { at: place, step, story: self.story.place(step, place) }
            }
            Axis::Story => {
                let moment = self.story.moment(place, self.last, event.map(|event| event.at));
                Moment { at: moment.at.min(self.now.max(self.last.at)), ..moment }
            }
        }
    }

    /// The moment at which an operation begins, which may be one of those to come: exact in what the log still has.
    pub fn operation(&self, step: u64) -> Moment {
        let next = self.log.partition_point(|event| event.step < step);
        match self.log.get(next) {
            // What time passed before an operation passed before its first event.
            Some(event) if next > 0 || self.folded == 0 => {
                Moment { at: event.at, step, story: self.story.place(step, event.at) }
            }
            _ => self.moment(Axis::Story, self.story.place(step, u64::MAX)),
        }
    }

    /// How many events `thread` has within `from..to` of `axis`.
    pub fn events_within(&self, thread: ThreadId, axis: Axis, from: u64, to: u64) -> usize {
        let Some(thread) = self.thread(thread) else { return 0 };
        let before = |limit: u64| {
            thread.events.partition_point(|&seq| self.event(seq).is_none_or(|event| self.place(axis, event) < limit))
        };
        before(to).saturating_sub(before(from))
    }

    /// Where the run ends so far on `axis`: the last operation, and what time has passed since, are part of it. Where nobody can
    /// go on no time passes; on the story that has a width, too.
    pub fn end(&self, axis: Axis) -> u64 {
        match axis {
            Axis::Time => self.now.max(self.last.at) + 1,
            Axis::Story if self.event_count() == 0 => 0,
            Axis::Story => {
                let still = if self.stands_still() { STILL } else { 0 };
                self.last.story + Axis::STEP + still.max(story::width(self.now.saturating_sub(self.last.at)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Blocker, EventKind};
    use crate::trace::samples::{self, Script};

    /// One character for each operation's width: the worst state there.
    fn lane(model: &Model, thread: usize) -> String {
        let timeline = &model.threads()[thread].timeline;
        let state = |place: u64| timeline.slice(Axis::Story, place, place + Axis::STEP)?.states.worst();
        let cells = (0..model.end(Axis::Story)).step_by(Axis::STEP as usize);
        let glyph = |state: Option<ThreadState>| match state {
            Some(ThreadState::Running) => 'R',
            Some(ThreadState::Ready) => 'r',
            Some(ThreadState::Waiting) => 'w',
            Some(ThreadState::Blocked) => 'x',
            Some(_) => '?',
            None => ' ',
        };
        cells.map(|place| glyph(state(place))).collect()
    }

    /// Two threads are started and go by turns; a second passes, and the main thread goes to sleep. `first` and `before` are
    /// what else happens, at the start and before the second.
    fn script(first: Option<EventKind>, before: Option<EventKind>) -> Script {
        let mut script = Script::new("", &[]);
        first.into_iter().for_each(|kind| _ = script.also(0, 1, kind));
        script.does(0, 1, EventKind::Began).thread(1, "a").thread(2, "b");
        script.does(1, 2, EventKind::TimeRead).does(2, 2, EventKind::TimeRead).does(1, 2, EventKind::TimeRead);
        before.into_iter().for_each(|kind| _ = script.also(1, 2, kind));
        script.wait(1_000 * samples::TICK).does(0, 3, EventKind::Blocked { on: Blocker::Time, until: Some(1 << 40) });
        script
    }

    #[test]
    fn an_operation_belongs_to_its_thread_and_time_to_those_who_compute() {
        let lanes = |script: &Script| [0, 1, 2].map(|thread| lane(&script.model(), thread));
        let policy = EventKind::PolicySet { name: "round-robin".into() };
        assert_eq!(lanes(&script(None, None)), ["RRRrrrRRRRRRRw", " rrRrRRRRRRRRr", "  rrRrRRRRRRRr"]);
        assert_eq!(lanes(&script(Some(policy), None)), ["RRRrrrrrrrrrrw", " rrRrRRRRRRRRr", "  rrRrrrrrrrrr"]);
        let held = script(None, Some(EventKind::Held));
        assert_eq!(lanes(&held), ["RRRrrrRRRRRRRw", " rrRrRrrrrrrrr", "  rrRrRRRRRRRr"]);
    }

    #[test]
    fn while_time_passes_the_model_is_what_it_will_be() {
        for script in [script(None, None), script(None, Some(EventKind::Held))] {
            let (whole, last) = (script.model(), &script.events[script.events.len() - 1]);
            let mut model = Model::new(script.legend.clone());
            script.events[..script.events.len() - 1].iter().for_each(|event| model.apply(event));
            for now in (model.last().at..last.at).step_by(50_000_000).chain([last.at]) {
                let end = model.end(Axis::Story);
                model.pass_time(last.step, now);
                assert!(model.end(Axis::Story) >= end);
                for thread in 0..3 {
                    let so_far = lane(&model, thread);
                    assert!(lane(&whole, thread).starts_with(&so_far[..so_far.len() - 1]), "{so_far}");
                }
            }
            assert!(whole.end(Axis::Story) - model.end(Axis::Story) <= Axis::STEP);
            model.apply(last);
            assert_eq!([0, 1, 2].map(|it| lane(&model, it)), [0, 1, 2].map(|it| lane(&whole, it)));
        }
    }

    #[test]
    fn a_short_block_is_seen_in_the_operation_that_meets_it() {
        let mut script = Script::new("", &[]);
        script.does(0, 1, EventKind::Began).thread(1, "a").lock(0, "l").takes(0, 2, 0).blocks_on_lock(1, 3, 0);
        script.does(0, 2, EventKind::Released { object: samples::object(0), depth: 0 });
        script.also(1, 3, EventKind::Ready { by: Some(ThreadId(0)) }).takes(1, 3, 0);
        assert_eq!([0, 1].map(|thread| lane(&script.model(), thread)), ["RRRrRr", " rrxxR"]);
        let moments = [0, 3, 5].map(|step| script.model().operation(step));
        assert_eq!(
            moments.map(|it| (it.step, it.at / samples::TICK, it.story / Axis::STEP)),
            [(0, 0, 0), (3, 3, 3), (5, 5, 5)]
        );
    }

    #[test]
    fn a_program_in_which_nobody_can_go_on_stands_still() {
        let still = samples::deadlock();
        assert!(still.stands_still() && !samples::crash_script().model().stands_still());
        assert!(!script(None, None).model().stands_still(), "a sleep ends");
        assert_eq!(still.end(Axis::Story), still.last().story + Axis::STEP + STILL);
    }
}
