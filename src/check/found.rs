//! What a search has found.

use super::accesses::{Overwritten, Race};
use super::bounds::Bound;
use super::space::SeatId;
use crate::base::ObjectId;

/// What went wrong.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Kind {
    /// Nobody can go on, or a thread can never again.
    Stuck,
    /// Threads wait for each other in a ring.
    Ring,
    /// An exception of this class ended a thread.
    Crashed(Box<str>),
    /// A thread writes over what another has written since it read.
    Lost(Overwritten),
    /// Nothing happens any more, and a thread that has ended still has this lock.
    Held(ObjectId),
    /// This thread computes for ever, in this line.
    Endless(SeatId, u32),
    /// Nothing but looking goes on, for ever.
    Livelock,
    /// The others get on for ever, and a thread does not.
    Starves,
    /// What was asked for has come true.
    Reached,
    /// Something else is printed than on another way: on this one.
    Differs(String, Vec<(SeatId, u8)>),
}

/// How something goes wrong.
#[derive(Clone, Debug)]
pub struct Defect {
    /// What.
    pub kind: Kind,
    /// The steps up to there: who goes, and how.
    pub steps: Vec<(SeatId, u8)>,
    /// How many of the steps, at the end, go on for ever.
    pub cycle: usize,
    /// The thread that it concerns, if that is not told by the steps.
    pub who: Option<SeatId>,
}

/// What a search has found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// How many states were kept.
    pub states: usize,
    /// How many steps.
    pub steps: usize,
    /// In how many kept states the program is over.
    pub ends: usize,
    /// In how many nobody can go on.
    pub stuck: usize,
    /// How often the machine has done a step.
    pub runs: u64,
    /// How often the search was begun.
    pub rounds: usize,
    /// The shortest way to each kind of defect.
    pub defects: Vec<Defect>,
    /// Accesses to one place that can stand next to each other, one of them a write: the first ones found.
    pub races: Vec<(Race, Vec<(SeatId, u8)>)>,
    /// What ended the search before it was through.
    pub cut: Option<Bound>,
    /// Some way through the program never ends.
    pub endless: bool,
    /// There was too much to look at to tell whether somebody starves.
    pub unsure: bool,
}

impl Defect {
    /// What goes wrong with the last step.
    pub(super) fn at_end(kind: Kind, steps: Vec<(SeatId, u8)>) -> Defect {
        Defect { kind, steps, cycle: 0, who: None }
    }
}
