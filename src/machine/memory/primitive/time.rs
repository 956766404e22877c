//! What is done with time.

use crate::machine::memory::encode::encoded;

/// What is done with time.
#[derive(Clone, Copy, Debug)]
pub enum Action {
    /// Sleeps so many nanoseconds.
    Sleep(u64),
    /// Reads the clock.
    Read {
        /// The wall clock; else the time since the run's start.
        wall: bool,
        /// In whole nanoseconds; else in seconds.
        whole: bool,
    },
}

encoded!(enum Action { Sleep(time), Read { wall, whole } });
