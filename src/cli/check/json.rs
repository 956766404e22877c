//! What is said of a file, as JSON.

use super::Checked;
use super::text::{message, model};
use crate::check::verdict::Defect;
use serde_json::json;

/// One object.
pub(super) fn object(checked: &Checked) -> serde_json::Value {
    let defect = |defect: &Defect| {
        let model = model(checked, &defect.played.events);
        let names: Vec<_> = defect.threads.iter().map(|thread| model.thread_name(*thread).to_owned()).collect();
        json!({
            "kind": defect.kind.name(),
            "message": message(defect, &model),
            "threads": names,
            "lines": defect.lines,
            "schedule": defect.schedule(),
            "loop": defect.loops(),
            "other": defect.other.as_ref().map(|other| &other.schedule),
            "steps": defect.steps.len(),
            "switches": defect.played.switches,
        })
    };
    let Checked { name, answer, seconds, .. } = checked;
    json!({
        "file": name,
        "verdict": answer.verdict.name(),
        "defects": answer.defects.iter().map(defect).collect::<Vec<_>>(),
        "notes": answer.notes.iter().map(defect).collect::<Vec<_>>(),
        "states": answer.found.states,
        "transitions": answer.found.steps,
        "seconds": seconds,
        "bounds": answer.doubts,
        "assumptions": answer.assumptions,
    })
}
