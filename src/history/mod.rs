//! The past of a run: its tape, played again in the machine to any moment.

mod cursor;

pub use cursor::{Cursor, Difference, Divergence, Moved};
