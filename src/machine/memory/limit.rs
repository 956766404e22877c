//! How long operations may wait.

use super::encode::encoded;

/// How long an operation may wait.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Limit {
    /// As long as it takes.
    Forever,
    /// Not at all.
    Never,
    /// So many nanoseconds.
    Within(u64),
}

encoded!(
    enum Limit {
        Forever,
        Never,
        Within(time),
    }
);
