//! Which reads a program's writes depend on, as its text says.

use super::Symbol;
use std::fmt;

/// How a write depends on a read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Link {
    /// What is written is made from what was read: `total = seen + 1`.
    Value,
    /// What was read decided that it is written: `if total is None: total = 1`.
    Choice {
        /// A call or a display makes what is written, so that it is another one each time.
        made: bool,
    },
}

/// Knows which reads the writes of a program depend on. Both are identified by their lines (from 1).
pub trait Flow: fmt::Debug + Send + Sync {
    /// How a write at line `write` depends on a read at line `read`, if it does: of a variable or attribute of that name or,
    /// without a name, of an item of a container.
    fn link(&self, name: Option<Symbol>, read: u32, write: u32) -> Option<Link>;
}
