//! Several futures that a thread waits for: their state, and what is done to them.

use crate::base::ObjectId;
use crate::machine::memory::encode::encoded;
use crate::machine::memory::limit::Limit;
use crate::machine::memory::value::Value;
use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

/// Futures that are waited for together.
#[derive(Clone, Debug, Default)]
pub struct Futures {
    /// Those that the thread still waits for.
    pub left: IndexSet<ObjectId, FxBuildHasher>,
    /// When the wait that goes on ends.
    pub when: When,
}

encoded!(struct Futures { left, when });

/// When a wait for several futures ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum When {
    /// When one of them is done.
    #[default]
    FirstCompleted,
    /// When one of them has an exception, or all are done.
    FirstException,
    /// When all are done.
    AllCompleted,
}

encoded!(kind When);

impl When {
    pub(in crate::machine) fn named(value: &Value) -> Option<When> {
        match value {
            Value::Str(text) => Some(match text.as_str() {
                "FIRST_COMPLETED" => When::FirstCompleted,
                "FIRST_EXCEPTION" => When::FirstException,
                "ALL_COMPLETED" => When::AllCompleted,
                _ => return None,
            }),
            _ => None,
        }
    }
}

/// What is done to them.
#[derive(Clone, Debug)]
pub enum Action {
    /// Waits as `wait` does; gives those that are done.
    Wait(Value, Limit),
    /// Waits for one more; gives those that are done, in that order, and forgets them.
    Next(Limit),
}

encoded!(
    enum Action {
        Wait(when, limit),
        Next(limit),
    }
);
