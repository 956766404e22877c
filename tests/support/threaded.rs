//! What CPython made of a program with threads, whose lines may come in any order. `tests/record` writes it.

use serde::Deserialize;

/// The exit status of a run that ended in a deadlock.
pub(crate) const DEADLOCKED: i32 = 1;

/// Such a recording.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Recording {
    exit: Exit,
    /// The lines of standard output, sorted.
    pub(crate) lines: Vec<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Exit {
    Status(i32),
    Hang(Hang),
}

#[derive(Deserialize)]
enum Hang {
    #[serde(rename = "hang")]
    Hang,
}

impl Recording {
    /// Whether the program never ended.
    pub(crate) fn hangs(&self) -> bool {
        matches!(self.exit, Exit::Hang(Hang::Hang))
    }

    /// The exit status that raddle is to have.
    pub(crate) fn status(&self) -> i32 {
        if let Exit::Status(status) = self.exit { status } else { DEADLOCKED }
    }
}
