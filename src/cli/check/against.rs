//! `--against OLD`: how the way on which an older text goes wrong goes in the new one, and the two verdicts side by side.

use super::text::{message, model};
use super::{Check, Checked, Interrupt, Task, search};
use crate::base::sources::number_of;
use crate::base::{SafeText, ThreadId};
use crate::check::follow::{self, End, Followed};
use crate::check::verdict::{Defect, Verdict};
use crate::session::before;
use serde_json::{Value, json};
use std::ffi::OsStr;
use std::fmt::Write as _;

/// An older text, and what became of its defect.
pub(super) struct Against {
    old: Checked,
    followed: Option<Followed>,
}

/// Checks the older text, and follows its defect in the new one.
///
/// # Errors
/// What is said, and the exit status.
pub(super) fn compare(
    file: &OsStr,
    options: &Check,
    interrupt: &Interrupt,
    new: Task<'_>,
) -> Result<Against, (String, u8)> {
    let (old, start) = search(file, &Check { record: None, against: None, ..options.clone() }, interrupt)?;
    let followed = match old.answer.defects.first() {
        Some(defect) => {
            let followed = follow::follow(start, new.start.clone(), &defect.steps);
            Some(
                followed
                    .map_err(|error| (format!("raddle: the search and the machine differ: {error}"), super::FAILED))?,
            )
        }
        None => None,
    };
    Ok(Against { old, followed })
}

impl Against {
    /// As text; `new` is what was said of the new text.
    pub(super) fn text(&self, new: &Checked) -> String {
        let new_name = SafeText::brief(&new.name);
        let mut text = format!("\nbefore: {}\n", super::text::row(&self.old));
        let (Some(defect), Some(followed)) = (self.old.answer.defects.first(), &self.followed) else {
            if self.old.answer.verdict == Verdict::Verified {
                let _ = writeln!(text, "nothing went wrong before");
            }
            return text;
        };
        let model = model(&self.old, &defect.played.events);
        let name = |thread: ThreadId| SafeText::brief(model.thread_name(thread)).into_string();
        // Writing to a string does not fail.
        let _ = writeln!(text, "  {}", message(defect, &model));
        let _ = writeln!(text, "that way in {new_name}:");
        for line in before::words(followed, [&self.old.legend.source, &new.legend.source], name) {
            let _ = writeln!(text, "  {line}");
        }
        text
    }

    /// As JSON.
    pub(super) fn json(&self) -> Value {
        let end = |followed: &Followed| match followed.end {
            End::Taken => "taken",
            End::Waits(..) => "waits",
            End::Gone(_) => "gone",
        };
        let first = |followed: &Followed| {
            followed
                .first
                .as_ref()
                .map(|first| json!({ "step": first.step, "old_line": number_of(first.lines[0]), "line": number_of(first.lines[1]) }))
        };
        json!({
            "file": self.old.name,
            "verdict": self.old.answer.verdict.name(),
            "defects": self.old.answer.defects.iter().map(|defect: &Defect| defect.kind.name()).collect::<Vec<_>>(),
            "first": self.followed.as_ref().and_then(first),
            "followed": self.followed.as_ref().map(|followed| followed.steps),
            "steps": self.followed.as_ref().map(|followed| followed.of),
            "end": self.followed.as_ref().map(end),
        })
    }
}
