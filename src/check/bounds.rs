//! What ends a search before it is through.

/// How many states a search keeps by default.
pub const STATES: u32 = 10_000_000;
/// How much memory it may have by default, in bytes.
pub const MEMORY: u64 = 4 << 30;

/// What was reached.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Bound {
    /// The search has taken as long as it may.
    Time,
    /// It keeps as many states as it may.
    States,
    /// It has as much memory as it may.
    Memory,
    /// Somebody has ended it.
    Interrupted,
    /// The program makes processes, and each of them has an interpreter lock of its own.
    LocksOfProcesses,
    /// A process has other values of its own on different ways, which its threads copy.
    Frozen,
}

impl Bound {
    /// Whether a smaller program would not have reached it.
    pub fn is_of_size(self) -> bool {
        match self {
            Bound::Time | Bound::States | Bound::Memory | Bound::Interrupted => true,
            Bound::LocksOfProcesses | Bound::Frozen => false,
        }
    }

    /// In a sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            Bound::Time => "the search was ended at its limit of time (--max-time)",
            Bound::States => "the search was ended at its limit of states (--max-states)",
            Bound::Memory => "the search was ended at its limit of memory (--max-memory)",
            Bound::LocksOfProcesses => {
                "each process has an interpreter lock of its own, which a search does not follow yet"
            }
            Bound::Frozen => "a variable that is bound once holds different values when its process starts a thread",
            Bound::Interrupted => "the search was interrupted",
        }
    }
}

/// How large a search is.
#[derive(Clone, Copy, Default, Debug)]
pub struct Size {
    /// How many states it keeps.
    pub states: usize,
    /// How many bytes its tables may take at once, beside what they have, when another state comes.
    pub growth: usize,
    /// How many steps it has taken.
    pub steps: usize,
    /// How many steps from the beginning it is.
    pub depth: usize,
    /// How often it was begun; 0: it looks at loops.
    pub round: usize,
}

/// What ends a search before it is through: asked before each state is expanded.
pub type Stop<'a> = &'a dyn Fn(Size) -> Option<Bound>;
