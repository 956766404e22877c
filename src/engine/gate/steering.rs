//! How the person watching steers a run: pause, speed, and the step that names no thread.
//!
//! A stride is there only while the run is paused.

use crate::base::ThreadId;
use crate::machine::Outcome;
use crate::schedule::{Speed, StepUnit};

/// What the run was told.
#[derive(Debug)]
pub(super) struct Steering {
    paused: bool,
    /// A person watches.
    paced: bool,
    speed: Speed,
    /// What a step that names no thread allows the threads that get the turn.
    stride: Option<Stride>,
    /// The tape that decided is at its end, and the run waits to be told how to go on.
    at_end_of_tape: bool,
}

/// What a step that names no thread allows: the turns are the same as without a pause.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Stride {
    /// Operations until there have been so many in the run.
    Operations(u64),
    /// Operations as long as this thread, the first to go, stands on this line.
    Line(Option<(ThreadId, u32)>),
}

impl Steering {
    pub(super) fn new(paused: bool, paced: bool, speed: Speed) -> Self {
        Steering { paused, paced, speed, stride: None, at_end_of_tape: false }
    }

    pub(super) fn is_paused(&self) -> bool {
        self.paused
    }

    pub(super) fn pause(&mut self) {
        self.paused = true;
        self.stride = None;
    }

    pub(super) fn resume(&mut self) {
        self.paused = false;
        self.stride = None;
        self.at_end_of_tape = false;
    }

    pub(super) fn speed(&self) -> Speed {
        self.speed
    }

    pub(super) fn set_speed(&mut self, speed: Speed) {
        self.speed = speed;
    }

    /// Whether a person watches at a speed at which operations can be told apart.
    pub(super) fn shows_operations(&self) -> bool {
        self.paced && self.speed != Speed::Max
    }

    pub(super) fn is_at_end_of_tape(&self) -> bool {
        self.at_end_of_tape
    }

    /// The tape that decided is at its end.
    pub(super) fn end_tape(&mut self) {
        self.at_end_of_tape = true;
    }

    /// A step is wanted: what an earlier one of a line still allows is over.
    pub(super) fn begin_step(&mut self) {
        self.stride = self.stride.filter(|stride| matches!(stride, Stride::Operations(_)));
        self.at_end_of_tape = false;
    }

    pub(super) fn stride(&self) -> Option<Stride> {
        self.stride
    }

    /// Allows a step, after so many operations.
    pub(super) fn begin_stride(&mut self, unit: StepUnit, steps: u64) {
        self.stride = Some(match (unit, self.stride) {
            (StepUnit::Line, _) => Stride::Line(None),
            (StepUnit::Operation, Some(Stride::Operations(until))) => Stride::Operations(until.saturating_add(1)),
            (StepUnit::Operation, _) => Stride::Operations(steps + 1),
        });
    }

    pub(super) fn end_stride(&mut self) {
        self.stride = None;
    }

    /// The first thread of a step of a line goes, on this line; `None`: it has no operation of its own there.
    pub(super) fn set_out(&mut self, first: Option<(ThreadId, u32)>) {
        self.stride = Some(Stride::Line(first));
    }

    /// `me` has stopped: that ends a step of a line that it began.
    pub(super) fn stopped(&mut self, me: ThreadId) {
        self.stride = self.stride.filter(|stride| !matches!(stride, Stride::Line(Some((first, _))) if *first == me));
    }

    /// `me` has come to the gate on this line: a step of a line that it began ends where it stands on another one.
    pub(super) fn arrived(&mut self, me: ThreadId, line: impl FnOnce() -> Option<u32>) {
        if let Some(Stride::Line(Some((first, start)))) = self.stride
            && first == me
            && line() != Some(start)
        {
            self.stride = None;
        }
    }

    /// `me` has performed the operation after which there were so many: what that leaves of the step. `named`: another
    /// step named `me`. (A thread that was struck while it computed may have had no operation to perform.)
    pub(super) fn performed(&mut self, me: ThreadId, named: bool, steps: u64, outcome: Outcome) {
        self.stride = match self.stride {
            Some(Stride::Operations(until)) if named => Some(Stride::Operations(until.saturating_add(1))),
            Some(Stride::Operations(until)) if steps >= until => None,
            Some(Stride::Line(Some((first, _)))) if first == me && outcome != Outcome::Done => None,
            stride => stride,
        };
    }
}
