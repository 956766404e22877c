//! Which thread goes next in a driven run, and what a turn is: an operation, or a slice of computing.

use super::clock::{COMPUTING, LOOKING, OPERATING};
use super::{Driven, Permit, Stand, Stride};
use crate::base::{Symbol, ThreadId};
use crate::event::{Breakpoint, Strike};
use crate::machine::{self, Outcome, Pause, files};
use crate::policy::Moment;
use crate::schedule::Choice;
use crate::schedule::tape::{Check, Close};

/// Turns of loops, calls and returns that a thread computes for until it looks up.
const FUEL: u32 = 5_000;

impl Driven {
    /// Has all threads come to their next operations; then one gets the turn, or time passes until one can go on. Whether one
    /// can.
    pub(super) fn settle(&mut self) -> bool {
        while !self.over && self.arrive() {
            if self.give_turn() {
                return true;
            }
            if !self.pass_time() {
                break;
            }
        }
        false
    }

    /// Every thread that computes comes to where it stops. `false`: the run has stopped at a line before that.
    fn arrive(&mut self) -> bool {
        for thread in (0..self.walkers.len() as u32).map(ThreadId) {
            loop {
                match self.walker(thread).map(|walker| walker.stand) {
                    Some(Stand::Moving) => self.advance(thread),
                    Some(Stand::Line(line)) if self.may_walk_on(thread) => self.walk_on(thread, line),
                    Some(Stand::Line(_)) => return false,
                    None | Some(Stand::Rest | Stand::Struck(_) | Stand::Operation) => break,
                }
            }
        }
        true
    }

    fn advance(&mut self, thread: ThreadId) {
        let Driven { execution, walkers, stops, .. } = self;
        let Some(walker) = walkers.get_mut(thread.index()).and_then(Option::as_mut) else { return };
        let mut fuel = FUEL;
        let pause = if stops.is_empty() && !walker.footing.is_midst() {
            walker.footing = machine::Footing::default();
            execution.advance(thread, fuel)
        } else {
            execution.advance_to_line(thread, &mut fuel, stops, &mut walker.footing)
        };
        let stand = match pause {
            Some(Pause::Operation) => Stand::Operation,
            // A delayed thread waits as if it stood before an operation.
            Some(Pause::OutOfFuel) if self.shared().record(thread).delayed.is_some() => {
                self.work(thread, COMPUTING);
                self.struck(thread)
            }
            Some(Pause::OutOfFuel) => Stand::Rest,
            None => self.stop_at_line(thread),
        };
        self.put(thread, stand);
        if let Some(Stride::Line(Some((first, start)))) = self.stride
            && first == thread
            && self.line_of(thread) != Some(start)
        {
            self.stride = None;
        }
    }

    fn put(&mut self, thread: ThreadId, stand: Stand) {
        if let Some(walker) = self.walker_mut(thread) {
            walker.stand = stand;
        }
    }

    /// The thread has computed for long, and is struck there, if it is.
    fn struck(&self, thread: ThreadId) -> Stand {
        let turns = self.execution.thread(thread).map(|thread| thread.turns);
        turns.filter(|_| self.shared().is_struck(thread)).map_or(Stand::Moving, Stand::Struck)
    }

    pub(super) fn line_of(&self, thread: ThreadId) -> Option<u32> {
        Some(machine::line_of(self.execution.thread(thread)?, self.execution.image()))
    }

    /// Whether only the turn keeps the thread where it is.
    fn could_go(&self, thread: ThreadId) -> bool {
        self.walker(thread).is_some() && !self.shared().record(thread).held && !self.is_waiting(thread)
    }

    /// Gives the turn to a thread, if one can take it. Where all may go, nobody needs one.
    fn give_turn(&mut self) -> bool {
        if self.decider.is_some() && self.turn.is_some_and(|turn| self.could_go(turn)) {
            return true;
        }
        self.turn = None;
        let ready: Vec<ThreadId> = self.alive().map(|(thread, _)| thread).filter(|it| self.could_go(*it)).collect();
        if ready.is_empty() {
            return self.alive().any(|(thread, walker)| walker.permit.is_some() && !self.is_waiting(thread));
        }
        let moved = |thread: &ThreadId| self.walker(*thread).map_or(0, |walker| walker.moved);
        let since: Vec<u64> = ready.iter().map(moved).collect();
        let Driven { decider, execution, settings, sides, .. } = self;
        let Some(policy) = decider else { return true };
        let (shared, priorities) = (execution.shared(), &settings.priorities);
        let (going, worked) = (sides.going(), sides.worked());
        let picked = policy.pick(Moment { ready: &ready, since: &since, going, worked, shared, priorities });
        self.turn = Some(picked);
        if let Some(mover) = sides.preempted(picked, &ready, settings.policy, shared) {
            self.note(&Choice::Preempt(mover));
            if let Some(walker) = self.walker_mut(mover) {
                walker.ready = true;
            }
        }
        true
    }

    /// The thread that goes now, if any may: one that a step names, or the one whose turn it is.
    pub(super) fn next_to_go(&mut self) -> Option<ThreadId> {
        let named = self.alive().filter(|(thread, walker)| walker.permit.is_some() && !self.is_waiting(*thread));
        let named: Vec<ThreadId> = named.map(|(thread, _)| thread).collect();
        if let Some(thread) = named.into_iter().find(|thread| self.permits(*thread)) {
            return Some(thread);
        }
        if self.settings.paused && self.stride.is_none() {
            return None;
        }
        let next = match self.all_go() {
            true => self.longest(),
            false => self.turn,
        };
        next.filter(|thread| !self.settings.paused || self.permits(*thread))
    }

    /// Of those that could go the one that has waited longest.
    pub(super) fn longest(&self) -> Option<ThreadId> {
        let ready = self.alive().filter(|(thread, _)| self.could_go(*thread));
        ready.min_by_key(|(thread, walker)| (walker.moved, *thread)).map(|(thread, _)| thread)
    }

    /// Whether a step allows the thread to go.
    fn permits(&mut self, thread: ThreadId) -> bool {
        let (Some(line), stride) = (self.line_of(thread), self.stride) else { return false };
        let operates = self.execution.thread(thread).is_some_and(|it| it.pending.is_some());
        let Some(walker) = self.walker_mut(thread) else { return false };
        if walker.stand == Stand::Rest {
            return walker.permit.is_some() || stride.is_some();
        }
        match (walker.permit, stride) {
            (None, None) => false,
            (Some(Permit::Operations(_)), _) | (None, Some(Stride::Operations(_) | Stride::Line(Some(_)))) => true,
            (Some(Permit::Line(None)), _) => {
                walker.permit = Some(Permit::Line(Some(line)));
                true
            }
            (Some(Permit::Line(Some(start))), _) => {
                if start != line {
                    walker.permit = None;
                }
                start == line
            }
            (None, Some(Stride::Line(None))) => {
                self.stride = Some(Stride::Line(operates.then_some((thread, line))));
                true
            }
        }
    }

    /// Whether the thread, when it goes, shows an operation.
    pub(super) fn is_visible(&self, thread: ThreadId) -> bool {
        self.walker(thread).is_some_and(|walker| walker.stand != Stand::Rest)
    }

    /// The thread has its turn.
    pub(super) fn go(&mut self, thread: ThreadId) {
        let Some(stand) = self.walker(thread).map(|walker| walker.stand) else { return };
        self.turn = self.turn.filter(|turn| *turn != thread);
        let Driven { sides, settings, execution, .. } = self;
        sides.goes(thread, settings.policy, execution.shared());
        self.clock.end_wait(0);
        self.stuck = false;
        match stand {
            Stand::Rest => {
                if self.walker_mut(thread).is_some_and(|walker| std::mem::take(&mut walker.ready)) {
                    self.note(&Choice::Proceed(thread));
                }
                self.work(thread, COMPUTING);
                let stand = self.struck(thread);
                self.put(thread, stand);
            }
            Stand::Operation => self.perform(thread, None),
            Stand::Struck(turns) => self.perform(thread, Some(turns)),
            Stand::Moving | Stand::Line(_) => {}
        }
    }

    /// The thread performs; one that was computing has looked up after so many turns.
    fn perform(&mut self, thread: ThreadId, struck: Option<u64>) {
        let Some(alternative) = self.shared().standing(thread).alternative() else { return };
        let reads = self.execution.thread(thread).is_some_and(|thread| thread.reads_clock());
        if reads {
            self.pass_work_done();
        }
        self.record_here();
        let (events, step) = (self.shared().seq, self.shared().step);
        // The thread is alive, as long as it is among those that walk.
        let Ok(outcome) = self.execution.perform(thread, alternative) else { return };
        let check = Check::new(self.shared().record(thread).line, self.shared().seq);
        match struck {
            Some(turns) => self.tape.struck(thread, turns, check),
            None => self.tape.steps(thread, alternative, 1, check),
        }
        self.performed(thread, &outcome);
        self.have_reports();
        self.look_for_polling(thread, events, step);
        self.admit();
        self.work(thread, if reads { LOOKING } else { OPERATING });
        match outcome {
            Outcome::Done => {
                self.put(thread, Stand::Moving);
                self.work(thread, 0);
            }
            Outcome::Blocked => {
                self.put(thread, Stand::Operation);
                self.give_nothing(thread);
                if self.is_waiting(thread) {
                    self.stop_stepping(thread);
                }
            }
            Outcome::Over => {}
        }
    }

    /// Nothing is outside: what the thread waits for from there does not exist.
    fn give_nothing(&mut self, thread: ThreadId) {
        while let Some(want) = files::wanted(self.shared(), thread)
            && self.note(&Choice::Given(want.of_nothing()))
        {}
    }

    fn performed(&mut self, thread: ThreadId, outcome: &Outcome) {
        self.clock.show_operation();
        let (moved, done) = (self.shared().step, *outcome == Outcome::Done);
        if !done {
            self.sides.stopped(thread);
        }
        let named = self.walker(thread).is_some_and(|walker| walker.permit.is_some());
        self.stride = match self.stride {
            Some(Stride::Operations(until)) if named => Some(Stride::Operations(until.saturating_add(1))),
            Some(Stride::Operations(until)) if moved >= until => None,
            Some(Stride::Line(Some((first, _)))) if first == thread && !done => None,
            stride => stride,
        };
        if let Some(walker) = self.walker_mut(thread) {
            (walker.moved, walker.ready) = (moved, false);
            walker.permit = match walker.permit {
                Some(Permit::Operations(count @ 2..)) => Some(Permit::Operations(count - 1)),
                Some(line @ Permit::Line(_)) if done => Some(line),
                Some(Permit::Operations(_) | Permit::Line(_)) | None => None,
            };
        }
        if *outcome == Outcome::Over {
            self.walkers[thread.index()] = None;
        }
        self.drop_cut_off();
        self.meet_breakpoints();
        if self.shared().status().is_some() {
            self.finish(Close::Exited);
        }
    }

    /// The thread waits: a step of it ends.
    fn stop_stepping(&mut self, thread: ThreadId) {
        if let Some(walker) = self.walker_mut(thread) {
            walker.permit = None;
        }
        if matches!(self.stride, Some(Stride::Line(Some((first, _)))) if first == thread) {
            self.stride = None;
        }
    }

    // Breakpoints.

    /// Looks at what has happened since the last time.
    pub(super) fn meet_breakpoints(&mut self) {
        let Driven { breakpoints, execution, next, .. } = self;
        let (shared, image) = (execution.shared(), execution.image());
        let symbols = &image.program.symbols;
        let from = shared.events.partition_point(|event| event.seq < *next);
        *next = shared.seq;
        let name = |symbol: Symbol| symbols.get(symbol.index()).map_or("", |name| &**name);
        let mut first = None;
        for event in &shared.events[from..] {
            if let Some(met) = breakpoints.meet(event, &name) {
                first.get_or_insert((event.thread, event.line, met));
            }
        }
        if breakpoints.lack_values() {
            breakpoints.look_up(symbols, &|place| machine::value_at(place, shared, image));
        }
        if let Some((thread, line, breakpoint)) = first {
            self.stop(thread, line, breakpoint);
        }
    }

    /// The thread has come to a line with a breakpoint.
    fn stop_at_line(&mut self, thread: ThreadId) -> Stand {
        let line = self.line_of(thread).unwrap_or(0);
        // What stopped the run before comes first.
        if !self.settings.paused || self.stride.is_some() || self.strike.is_none() {
            self.stop(thread, line, Breakpoint::Line(line));
        }
        Stand::Line(line)
    }

    fn stop(&mut self, thread: ThreadId, line: u32, breakpoint: Breakpoint) {
        if self.over {
            return;
        }
        self.halt();
        self.strikes += 1;
        self.strike = Some(Strike { number: self.strikes, thread, line, breakpoint });
    }

    /// Whether the thread may go on from the line that it has come to.
    fn may_walk_on(&self, thread: ThreadId) -> bool {
        let named = self.walker(thread).is_some_and(|walker| walker.permit.is_some());
        !self.settings.paused || named || self.stride.is_some()
    }

    /// A step of a line is one of this line.
    fn walk_on(&mut self, thread: ThreadId, line: u32) {
        self.put(thread, Stand::Moving);
        if let Some(Permit::Line(start)) = self.walker_mut(thread).and_then(|walker| walker.permit.as_mut()) {
            start.get_or_insert(line);
        }
    }
}
