//! What is known of a value: the reads that it comes from.

use crate::base::Symbol;

/// Lines of a program, in order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Lines(Vec<u32>);

impl Lines {
    pub(super) fn one(line: u32) -> Lines {
        Lines(vec![line])
    }

    pub(super) fn contains(&self, line: u32) -> bool {
        self.0.binary_search(&line).is_ok()
    }

    /// Adds those; whether there are more now.
    pub(super) fn add(&mut self, more: &Lines) -> bool {
        let before = self.0.len();
        for &line in &more.0 {
            if let Err(place) = self.0.binary_search(&line) {
                self.0.insert(place, line);
            }
        }
        self.0.len() > before
    }
}

/// What a value comes from.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Taint {
    /// Where what it is made of was read.
    pub(super) value: Lines,
    /// Where what was read decided that it is this one.
    pub(super) choice: Lines,
    /// A call or a display made it, so that it is another one each time.
    pub(super) made: bool,
    /// What it is called, if it could be a function.
    pub(super) callee: Option<Symbol>,
}

impl Taint {
    /// Adds what another value comes from; whether that is more.
    pub(super) fn add(&mut self, other: &Taint) -> bool {
        let more = self.value.add(&other.value) | self.choice.add(&other.choice) | (other.made && !self.made);
        self.made |= other.made;
        more
    }

    /// The value may also be that one; whether that says more.
    pub(super) fn or(&mut self, other: &Taint) -> bool {
        let other_name = self.callee.is_some() && self.callee != other.callee;
        if other_name {
            self.callee = None;
        }
        self.add(other) | other_name
    }

    /// Everything that was read for it.
    pub(super) fn all(&self) -> Lines {
        let mut all = self.value.clone();
        all.add(&self.choice);
        all
    }
}
