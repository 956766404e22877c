//! The ways in which a thread goes on.

use crate::machine::strike::Strike;
use crate::schedule::Alternative;

/// A way to go on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Way {
    /// The thread performs.
    Step(Alternative),
    /// The thread, which waits on a condition, wakes though nobody has notified it.
    Wake,
    /// A fault strikes it.
    Struck(Strike),
}

/// All ways to go on.
pub const ALTERNATIVES: [Way; 13] = [
    Way::Step(Alternative::Go),
    Way::Step(Alternative::TimeOut),
    Way::Wake,
    Way::Struck(Strike::Kill),
    Way::Struck(Strike::Raise),
    Way::Struck(Strike::Leak),
    Way::Struck(Strike::Drop),
    Way::Struck(Strike::Take),
    Way::Struck(Strike::Break),
    Way::Struck(Strike::Freeze),
    Way::Struck(Strike::Interrupt),
    Way::Struck(Strike::KillProcess),
    Way::Struck(Strike::Lose),
];
/// The first of those that need not come, and are taken only on request; the one before the faults.
pub const WAKE: usize = 2;

/// Faults that may strike, as a set.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Strikes(u16);

impl Strikes {
    /// Those that a program may be expected to survive: a thread dies, a release or a notify is forgotten.
    pub const COMMON: [Strike; 3] = [Strike::Kill, Strike::Leak, Strike::Drop];

    /// Adds one.
    pub fn with(self, strike: Strike) -> Strikes {
        Strikes(self.0 | 1 << strike as u16)
    }

    /// Whether it is in it.
    pub fn has(self, strike: Strike) -> bool {
        self.0 & (1 << strike as u16) != 0
    }
}

impl FromIterator<Strike> for Strikes {
    fn from_iter<I: IntoIterator<Item = Strike>>(all: I) -> Self {
        all.into_iter().fold(Strikes::default(), Strikes::with)
    }
}
