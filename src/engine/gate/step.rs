//! What the person watching can do to a run: pause, speed, steps, held threads, faults.

use super::workers::Permit;
use super::{Grip, State};
use crate::base::ThreadId;
use crate::engine::control::StepResult;
use crate::machine::shared::Standing;
use crate::machine::{self, Senseless};
use crate::schedule::{Choice, Fault, Speed, StepUnit};

impl State {
    pub(in crate::engine) fn pause(&mut self) {
        if !self.course.is_over() {
            self.steering.pause();
            self.pace.clock.stop();
            self.workers.revoke(|_| true);
            self.trim();
        }
    }

    pub(in crate::engine) fn resume(&mut self) {
        if !self.course.is_over() && self.steering.is_paused() {
            self.steering.resume();
            self.watch.forget();
            self.pace.clock.start();
            self.workers.revoke(|_| true);
            self.trim();
            self.workers.rouse_all();
            self.settle();
        }
    }

    pub(in crate::engine) fn set_speed(&mut self, speed: Speed) {
        self.steering.set_speed(speed);
        self.pace.clock.set_speed(speed);
        self.trim();
        self.workers.rouse_all();
        self.settle();
    }

    pub(in crate::engine) fn hold(&mut self, thread: ThreadId, grip: Grip) {
        let is_held = |state: &State| state.shared.threads.get(thread.index()).map(|record| record.held);
        if self.course.is_over() || is_held(self).is_none_or(|held| held == (grip == Grip::Hold)) {
            return;
        }
        self.leave_script();
        self.catch_up();
        self.looks.end();
        if self.hold_back(thread, grip) && grip == Grip::LetGo {
            self.leave_rest();
        }
        self.meet_breakpoints();
        self.trim();
        self.workers.notify(thread);
        self.settle();
    }

    pub(in crate::engine) fn inject(&mut self, fault: &Fault) -> Result<(), Senseless> {
        if self.course.is_over() {
            return Err(Senseless::RunOver);
        }
        self.catch_up();
        let done = self.harm(fault);
        if done.is_ok() {
            self.leave_script();
        }
        self.settle();
        done
    }

    /// Injects a fault, from the plan or from outside, and wakes the threads that this concerns.
    pub(super) fn harm(&mut self, fault: &Fault) -> Result<(), Senseless> {
        self.record_here();
        self.looks.end();
        machine::inject(&mut self.shared, fault)?;
        self.journal.choice(&Choice::Fault(fault.clone()));
        self.plan.look_soon();
        self.follow();
        Ok(())
    }

    /// Allows a step; pauses the run first, if it is not.
    pub(in crate::engine) fn step(&mut self, target: Option<ThreadId>, unit: StepUnit) -> StepResult {
        if self.course.is_over() {
            return StepResult::NotAlive;
        }
        if !self.steering.is_paused() {
            self.pause();
        }
        self.workers.revoke(|permit| matches!(permit, Permit::Line(_)));
        self.steering.begin_step();
        self.watch.forget();
        match target {
            None if !self.turn.all_go() => self.step_in_turn(unit),
            _ => self.step_one(target, unit),
        }
    }

    /// Allows a step of the thread that has or gets the turn: what would have come next without a pause.
    fn step_in_turn(&mut self, unit: StepUnit) -> StepResult {
        self.steering.begin_stride(unit, self.shared.step);
        self.settle();
        self.workers.rouse_all();
        match self.turn.holder() {
            Some(holder) => StepResult::Moves(holder),
            None if self.workers.anybody_moves() => StepResult::Next,
            None => {
                self.steering.end_stride();
                StepResult::Blocked
            }
        }
    }

    /// Allows a step of that thread; with `None`, where all may go, of the one that has waited longest.
    fn step_one(&mut self, target: Option<ThreadId>, unit: StepUnit) -> StepResult {
        self.catch_up();
        let Some(thread) = target.or_else(|| self.next_in_turn()) else { return StepResult::Blocked };
        if !self.workers.is_alive(thread) {
            return StepResult::NotAlive;
        }
        match self.shared.standing(thread) {
            Standing::Ready | Standing::TimedOut => {}
            Standing::Waiting(Some(until)) => self.jump_to(until),
            Standing::Waiting(None) => return StepResult::Blocked,
        }
        if self.scripted_thread() != Some(thread) {
            self.leave_script();
        }
        if let Some(worker) = self.workers.get_mut(thread) {
            worker.permit = Some(match (unit, worker.permit) {
                (StepUnit::Line, _) => Permit::Line(None),
                (StepUnit::Operation, Some(Permit::Operations(count))) => Permit::Operations(count.saturating_add(1)),
                (StepUnit::Operation, _) => Permit::Operations(1),
            });
            worker.notify();
        }
        StepResult::Moves(thread)
    }

    /// The thread that takes a step that names no thread, where all may go: of the threads that can go on the one that
    /// has waited longest, or else the one whose deadline comes first. Threads that are still on their way to the gate
    /// come last.
    fn next_in_turn(&self) -> Option<ThreadId> {
        let free = || self.workers.alive().filter(|thread| !self.is_held(*thread));
        let rank = |thread| {
            let worker = self.workers.get(thread)?;
            Some((worker.permit.is_some(), worker.thread().is_none(), worker.moved))
        };
        let longest = self.shared.able(free()).map(|(thread, _)| thread).min_by_key(|thread| (rank(*thread), *thread));
        let limit = |thread| Some((self.shared.standing(thread).limit()?, thread));
        longest.or_else(|| free().filter_map(limit).min().map(|(_, thread)| thread))
    }
}
