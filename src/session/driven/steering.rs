//! What the person watching can do to a driven run.

use super::{Driven, Permit, Stride};
use crate::base::ThreadId;
use crate::event::{Breakpoint, Strike};
use crate::machine::Senseless;
use crate::machine::shared::Standing;
use crate::policy::{Kind, USUAL_CHOICES};
use crate::schedule::tape::Close;
use crate::schedule::{Choice, Fault, StepUnit};
use crate::session::ports::Steering;

/// Turns that a step, or a frame, takes at most.
const TURNS: u32 = 20_000;

impl Driven {
    /// Takes the turns that may be taken now, until there are so many events to give.
    pub(super) fn go_on(&mut self, limit: usize) {
        for _ in 0..TURNS {
            if !self.settle() || self.shared().events.len() >= limit {
                return;
            }
            let Some(thread) = self.next_to_go() else { return };
            let waits = !self.settings.paused && self.is_pacing() && !self.clock.is_due();
            if waits && self.is_visible(thread) {
                return;
            }
            self.go(thread);
        }
    }

    /// Stops every thread where it is.
    pub(super) fn halt(&mut self) {
        if !self.over {
            self.settings.paused = true;
            self.revoke();
        }
    }

    /// No step is allowed any more.
    fn revoke(&mut self) {
        self.stride = None;
        self.walkers.iter_mut().flatten().for_each(|walker| walker.permit = None);
    }

    /// Allows a step of the thread that has or gets the turn.
    fn step_in_turn(&mut self, unit: StepUnit) {
        self.stride = Some(match (unit, self.stride) {
            (StepUnit::Line, _) => Stride::Line(None),
            (StepUnit::Operation, Some(Stride::Operations(until))) => Stride::Operations(until.saturating_add(1)),
            (StepUnit::Operation, _) => Stride::Operations(self.shared().step + 1),
        });
    }

    /// Allows a step of that thread, or else, where all may go, of the one that has waited longest.
    fn step_one(&mut self, target: Option<ThreadId>, unit: StepUnit) {
        self.catch_up();
        let Some(thread) = target.or_else(|| self.longest()).or_else(|| self.earliest()) else { return };
        match self.shared().standing(thread) {
            Standing::Ready | Standing::TimedOut => {}
            Standing::Waiting(Some(until)) => self.jump_to(until),
            Standing::Waiting(None) => return,
        }
        if let Some(walker) = self.walker_mut(thread) {
            walker.permit = Some(match (unit, walker.permit) {
                (StepUnit::Line, _) => Permit::Line(None),
                (StepUnit::Operation, Some(Permit::Operations(count))) => Permit::Operations(count.saturating_add(1)),
                (StepUnit::Operation, _) => Permit::Operations(1),
            });
        }
    }

    /// The thread whose deadline comes first.
    fn earliest(&self) -> Option<ThreadId> {
        let free = self.alive().map(|(thread, _)| thread).filter(|thread| !self.shared().record(*thread).held);
        let sleeping = free.filter_map(|thread| Some((self.shared().standing(thread).limit()?, thread)));
        sleeping.min().map(|(_, thread)| thread)
    }

    /// What is decided changes: the turn is given anew.
    fn decide_again(&mut self) {
        self.turn = None;
        self.settle();
    }

    fn set_held(&mut self, choice: &Choice) {
        if !self.over {
            self.catch_up();
            self.looks.end();
            self.note(choice);
            self.meet_breakpoints();
            self.settle();
        }
    }
}

impl Steering for Driven {
    fn is_paused(&self) -> bool {
        self.settings.paused
    }

    fn pause(&mut self) {
        self.halt();
    }

    fn resume(&mut self) {
        if !self.over && self.settings.paused {
            self.settings.paused = false;
            self.strike = None;
            self.revoke();
        }
    }

    fn step(&mut self, thread: Option<ThreadId>, unit: StepUnit) {
        if self.over || thread.is_some_and(|thread| self.walker(thread).is_none()) {
            return;
        }
        if !self.settings.paused {
            self.halt();
        }
        self.strike = None;
        self.stride = self.stride.filter(|stride| matches!(stride, Stride::Operations(_)));
        for walker in self.walkers.iter_mut().flatten() {
            walker.permit = walker.permit.filter(|permit| matches!(permit, Permit::Operations(_)));
        }
        if thread.is_none() && !self.all_go() {
            self.step_in_turn(unit);
        } else {
            self.step_one(thread, unit);
        }
        self.go_on(usize::MAX);
    }

    fn strike(&self) -> Option<Strike> {
        self.strike.clone().filter(|_| !self.over)
    }

    fn schedulers(&self) -> Vec<(&'static str, &'static str)> {
        Kind::ALL.map(|kind| (kind.name(), kind.about())).into()
    }

    fn set_scheduler(&mut self, name: &str) {
        let Some(policy) = Kind::of_name(name).filter(|_| !self.over) else { return };
        if policy != self.settings.policy {
            self.catch_up();
            self.settings.policy = policy;
            self.note_policy();
        }
        self.decider = policy.start(self.settings.seed, USUAL_CHOICES);
        self.decide_again();
    }

    fn raise_priority(&mut self, thread: ThreadId, by: i32) {
        let Some(name) = self.shared().threads.get(thread.index()).map(|record| record.name.clone()) else { return };
        if self.over {
            return;
        }
        let priority = self.settings.priorities.own(self.shared(), thread).saturating_add(by);
        self.catch_up();
        self.settings.priorities.by_name.insert(name.to_string(), priority);
        self.note(&Choice::Priority { name, priority });
        if self.settings.policy == Kind::Priority {
            self.decide_again();
        }
    }

    fn hold(&mut self, thread: ThreadId) {
        self.set_held(&Choice::Hold(thread));
    }

    fn let_go(&mut self, thread: ThreadId) {
        self.set_held(&Choice::LetGo(thread));
    }

    fn inject(&mut self, fault: Fault) -> Result<(), String> {
        if self.over {
            return Err(Senseless::RunOver.to_string());
        }
        self.catch_up();
        self.looks.end();
        let done = self.choose(&Choice::Fault(fault));
        self.stuck = false;
        self.meet_breakpoints();
        if self.shared().status().is_some() {
            self.finish(Close::Exited);
        }
        self.settle();
        done
    }

    fn missed(&self) -> Vec<String> {
        let symbols = &self.execution.image().program.symbols;
        let unknown = self.breakpoints.unknown(symbols);
        unknown
            .map(|breakpoint: &Breakpoint| format!("there was no stop when {breakpoint}: nothing had that name"))
            .collect()
    }
}
