//! The ways in which a thread goes on.

use crate::schedule::Alternative;

/// A way to go on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Way {
    /// The thread performs.
    Step(Alternative),
    /// The thread, which waits on a condition, wakes though nobody has notified it.
    Wake,
}

/// All ways to go on.
pub const ALTERNATIVES: [Way; 3] = [Way::Step(Alternative::Go), Way::Step(Alternative::TimeOut), Way::Wake];
/// The last of them, which is taken only on request.
pub const WAKE: usize = 2;
