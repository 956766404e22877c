//! What a search is to do.

use super::found::Kind;
use super::way::{Strikes, Way};
use crate::bytecode::CodeId;

/// What a search is to do.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Leave out steps that change nothing.
    pub reduce: bool,
    /// Go on after the first defect.
    pub keep_going: bool,
    /// Let threads wake from a condition without a notify.
    pub spurious: bool,
    /// So many faults may strike.
    pub faults: u32,
    /// These, as a set of bits.
    pub kinds: Strikes,
    /// What is printed is not to depend on who goes when.
    pub deterministic: bool,
    /// Threads go on where CPython's interpreter lock may be handed over, and nowhere else. Nothing is left out then.
    pub gil: bool,
    /// States are looked for where an assertion fails when this code runs.
    pub asked: Option<CodeId>,
    /// It is good if there is one, and not bad.
    pub wished: bool,
    /// The most states.
    pub most: usize,
}

impl Options {
    /// Everything that makes a difference is tried once, up to the first defect.
    pub fn usual(most: usize) -> Options {
        let (reduce, keep_going, spurious) = (true, false, false);
        let (faults, kinds, deterministic, gil) = (0, Strikes::default(), false, false);
        let (asked, wished) = (None, false);
        Options { reduce, keep_going, spurious, faults, kinds, deterministic, gil, asked, wished, most }
    }

    /// Whether that is what the search is for: if something is asked, nothing else.
    pub(super) fn seeks(&self, kind: &Kind) -> bool {
        self.asked.is_none() || *kind == Kind::Reached
    }

    /// Whether steps without a choice are no states of their own.
    pub(super) fn leaves_out(&self) -> bool {
        self.reduce || self.gil
    }

    /// Whether steps are left out that others stand for.
    pub(super) fn reduces(&self) -> bool {
        self.reduce && !self.gil
    }

    pub(super) fn tries(&self, way: Way) -> bool {
        match way {
            Way::Step(_) => true,
            Way::Wake => self.spurious,
            Way::Struck(strike) => self.kinds.has(strike),
        }
    }
}
