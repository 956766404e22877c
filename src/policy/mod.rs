//! Which thread goes next: one file per scheduling policy.
//!
//! Under the operating system's policy there is nothing to decide: every thread goes as soon as it can. Under any
//! other, one thread moves at a time. When it stands before its next operation, and so do all others that could go on,
//! the policy picks the one that performs. It knows only the state of the run, and has its own random generator, so
//! that the same program and the same seed give the same run.

mod gil;
mod pct;
mod priority;
mod random;
mod round_robin;
mod sides;

use crate::base::ThreadId;
use crate::base::mix::{STRIDE, mix};
use crate::machine::Execution;
use crate::machine::shared::Shared;
use std::fmt::Debug;

pub use priority::Priorities;
pub use sides::Sides;

/// How many choices a run is taken to have that was not measured, because the policy was chosen in the middle of it.
pub const USUAL_CHOICES: u64 = 1_000;

/// A scheduling policy.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Kind {
    /// All go; the operating system decides.
    Os,
    /// One after the other, each for a quantum of operations.
    RoundRobin,
    /// Any, at random.
    Random,
    /// The one of the highest priority.
    Priority,
    /// Random priorities, and a few changes of them: finds rare bugs with a known probability.
    Pct,
    /// One until it blocks or its interval of time is over: CPython's global interpreter lock.
    Gil,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 6] = [Kind::Os, Kind::RoundRobin, Kind::Random, Kind::Priority, Kind::Pct, Kind::Gil];

    /// Its name, as on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Os => "os",
            Kind::RoundRobin => "round-robin",
            Kind::Random => "random",
            Kind::Priority => "priority",
            Kind::Pct => "pct",
            Kind::Gil => "gil",
        }
    }

    /// The policy of that name.
    pub fn of_name(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// What it does, in a sentence.
    pub fn about(self) -> &'static str {
        match self {
            Kind::Os => "Every thread runs as soon as it can; the operating system decides, and no two runs are alike.",
            Kind::RoundRobin => "One thread at a time, one after the other, a few operations each.",
            Kind::Random => {
                "One thread at a time; before every operation the next one is picked at random, by the seed."
            }
            Kind::Priority => "One thread at a time: of those that could run, the one with the highest priority.",
            Kind::Pct => "One thread at a time, by random priorities that change twice: good at finding rare bugs.",
            Kind::Gil => {
                "One thread of a process until it blocks, or 5 ms pass while others wait: CPython's interpreter lock."
            }
        }
    }

    /// How many choices a run has from here on, if the policy goes by that: see `pct`. This runs the program, without
    /// threads, for some thousand steps at most.
    pub fn measure(self, run: impl FnOnce() -> Execution, seed: u64) -> u64 {
        let measured = if self == Kind::Pct { pct::measure(run(), seed) } else { None };
        measured.unwrap_or(USUAL_CHOICES)
    }

    /// The policy at work, with its random numbers starting at `seed`, in a run that has so many choices; `None` where there is
    /// nothing to decide.
    pub fn start(self, seed: u64, choices: u64) -> Option<Box<dyn Policy>> {
        Some(match self {
            Kind::Os => return None,
            Kind::RoundRobin => Box::new(round_robin::RoundRobin::default()),
            Kind::Random => Box::new(random::Random::new(seed)),
            Kind::Priority => Box::new(priority::Priority::default()),
            Kind::Pct => Box::new(pct::Pct::new(seed, choices)),
            Kind::Gil => Box::new(gil::Gil::default()),
        })
    }
}

/// What a policy decides by.
#[derive(Clone, Copy, Debug)]
pub struct Moment<'a> {
    /// Those that could go on, by id; there is at least one.
    pub ready: &'a [ThreadId],
    /// For each of them, how many operations there had been after its last one: the thread with the lowest number has
    /// waited longest.
    pub since: &'a [u64],
    /// The thread that went last, if it has not stopped since: it still has what the policy gave it. Where processes go side by
    /// side, one of each.
    pub going: &'a [ThreadId],
    /// What work each process has done, as time; none for those that did nothing.
    pub worked: &'a [u64],
    /// The state that they share.
    pub shared: &'a Shared,
    /// Their priorities, for the policy that goes by them.
    pub priorities: &'a Priorities,
}

/// A policy at work.
pub trait Policy: Debug + Send {
    /// Picks one of those that are ready.
    fn pick(&mut self, moment: Moment<'_>) -> ThreadId;
}

/// The next of those that are ready after `last`, around the circle of ids.
fn next_after(last: Option<ThreadId>, ready: &[ThreadId]) -> ThreadId {
    let after = ready.iter().find(|thread| last.is_some_and(|last| **thread > last));
    *after.unwrap_or(&ready[0])
}

/// Pseudorandom numbers.
#[derive(Clone, Debug)]
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STRIDE);
        mix(self.0)
    }

    /// A number below `bound`, which is not 0.
    fn below(&mut self, bound: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(bound)) >> 64) as u64
    }
}

#[cfg(test)]
mod tests;
