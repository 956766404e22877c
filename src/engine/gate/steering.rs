//! What the person watching can do to a run: pause, speed, steps, held threads, faults.

use super::{Permit, State, Stride};
use crate::base::ThreadId;
use crate::engine::control::StepResult;
use crate::machine;
use crate::machine::shared::Standing;
use crate::schedule::{Fault, Speed, StepUnit};

impl State {
    pub(in crate::engine) fn pause(&mut self) {
        if self.end.is_none() {
            self.paused = true;
            self.clock.stop();
            self.revoke(|_| true);
            self.stride = None;
            self.trim();
        }
    }

    pub(in crate::engine) fn resume(&mut self) {
        if self.end.is_none() && self.paused {
            self.paused = false;
            self.script_over = false;
            self.watch.forget();
            self.clock.start();
            self.revoke(|_| true);
            self.stride = None;
            self.trim();
            self.rouse_all();
            self.settle();
        }
    }

    pub(in crate::engine) fn set_speed(&mut self, speed: Speed) {
        self.speed = speed;
        self.clock.set_speed(speed);
        self.trim();
        self.rouse_all();
        self.settle();
    }

    pub(in crate::engine) fn hold(&mut self, thread: ThreadId, hold: bool) {
        let is_held = |state: &State| state.shared.threads.get(thread.index()).map(|record| record.held);
        if self.end.is_some() || is_held(self).is_none_or(|held| held == hold) {
            return;
        }
        self.leave_script();
        self.catch_up();
        self.looks.end();
        if self.hold_back(thread, hold) && !hold {
            self.leave_rest();
        }
        self.meet_breakpoints();
        self.trim();
        if let Some(worker) = self.worker(thread) {
            worker.condvar.notify_one();
        }
        self.settle();
    }

    pub(in crate::engine) fn inject(&mut self, fault: &Fault) -> Result<(), String> {
        if self.end.is_some() {
            return Err("the run is over".to_owned());
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
    pub(super) fn harm(&mut self, fault: &Fault) -> Result<(), String> {
        self.record_here();
        self.looks.end();
        machine::inject(&mut self.shared, fault)?;
        self.record_injected(fault);
        self.follow();
        Ok(())
    }

    /// Allows a step; pauses the run first, if it is not.
    pub(in crate::engine) fn step(&mut self, target: Option<ThreadId>, unit: StepUnit) -> StepResult {
        if self.end.is_some() {
            return StepResult::NotAlive;
        }
        if !self.paused {
            self.pause();
        }
        self.revoke(|permit| matches!(permit, Permit::Line(_)));
        self.stride = self.stride.filter(|stride| matches!(stride, Stride::Operations(_)));
        self.watch.forget();
        self.script_over = false;
        match target {
            None if !self.all_go() => self.step_in_turn(unit),
            _ => self.step_one(target, unit),
        }
    }

    /// Allows a step of the thread that has or gets the turn: what would have come next without a pause.
    fn step_in_turn(&mut self, unit: StepUnit) -> StepResult {
        self.stride = Some(match (unit, self.stride) {
            (StepUnit::Line, _) => Stride::Line(None),
            (StepUnit::Operation, Some(Stride::Operations(until))) => Stride::Operations(until.saturating_add(1)),
            (StepUnit::Operation, _) => Stride::Operations(self.shared.step + 1),
        });
        self.settle();
        self.rouse_all();
        match self.turn {
            Some(turn) => StepResult::Moves(turn),
            None if self.anybody_moves() => StepResult::Next,
            None => {
                self.stride = None;
                StepResult::Blocked
            }
        }
    }

    /// Allows a step of that thread; with `None`, where all may go, of the one that has waited longest.
    fn step_one(&mut self, target: Option<ThreadId>, unit: StepUnit) -> StepResult {
        self.catch_up();
        let Some(thread) = target.or_else(|| self.next_in_turn()) else { return StepResult::Blocked };
        if !self.is_alive(thread) {
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
        if let Some(worker) = self.worker_mut(thread) {
            worker.permit = Some(match (unit, worker.permit) {
                (StepUnit::Line, _) => Permit::Line(None),
                (StepUnit::Operation, Some(Permit::Operations(count))) => Permit::Operations(count.saturating_add(1)),
                (StepUnit::Operation, _) => Permit::Operations(1),
            });
            worker.condvar.notify_one();
        }
        StepResult::Moves(thread)
    }

    /// The thread that takes a step that names no thread, where all may go: of the threads that can go on the one that
    /// has waited longest, or else the one whose deadline comes first. Threads that are still on their way to the gate
    /// come last.
    fn next_in_turn(&self) -> Option<ThreadId> {
        let free = || self.alive().filter(|(thread, _)| !self.is_held(*thread));
        let ready = free().filter(|(thread, _)| !matches!(self.shared.standing(*thread), Standing::Waiting(_)));
        let longest = ready
            .min_by_key(|(thread, worker)| (worker.permit.is_some(), worker.deposit.is_none(), worker.moved, *thread));
        let sleeping = || {
            free().filter_map(|(thread, _)| match self.shared.standing(thread) {
                Standing::Waiting(Some(until)) => Some((until, thread)),
                _ => None,
            })
        };
        longest.map(|(thread, _)| thread).or_else(|| sleeping().min().map(|(_, thread)| thread))
    }
}
