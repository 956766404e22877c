//! What is said of a file, as JSON.

use super::Checked;
use super::text::{message, model};
use super::under::Row;
use crate::base::FileId;
use crate::base::sources::number_of;
use crate::check::verdict::{Defect, Listed};
use serde_json::json;

/// One object.
pub(super) fn object(checked: &Checked) -> serde_json::Value {
    let defect = |defect: &Defect| {
        let model = model(checked, &defect.played.events);
        let names: Vec<_> = defect.threads.iter().map(|thread| model.thread_name(*thread).to_owned()).collect();
        // Of each line; nothing, where all are in the scenario's own file.
        let source = &checked.legend.source;
        let in_others = defect.lines.iter().any(|line| source.other(*line).is_some());
        let files = in_others
            .then(|| defect.lines.iter().map(|line| source.short(FileId::of(*line)).to_owned()).collect::<Vec<_>>());
        json!({
            "kind": defect.kind.name(),
            "message": message(defect, &model),
            "threads": names,
            "lines": defect.lines.iter().map(|line| number_of(*line)).collect::<Vec<_>>(),
            "files": files,
            "schedule": defect.schedule(),
            "loop": defect.loops(),
            "other": defect.other.as_ref().map(|other| &other.schedule),
            "steps": defect.steps.len(),
            "switches": defect.played.switches,
        })
    };
    let Checked { name, answer, seconds, matrix, against, .. } = checked;
    let mut object = json!({
        "file": name,
        "verdict": answer.verdict.name(),
        "defects": answer.defects.iter().map(defect).collect::<Vec<_>>(),
        "notes": answer.notes.iter().map(defect).collect::<Vec<_>>(),
        "states": answer.found.states,
        "transitions": answer.found.steps,
        "seconds": seconds,
        "bounds": answer.doubts,
        "assumptions": answer.assumptions,
        "costs": answer.costs,
    });
    if !matrix.is_empty() {
        object["matrix"] = matrix.iter().map(row).collect();
    }
    if let Some(runs) = &answer.runs {
        let run = |run: &Listed| json!({ "schedule": run.schedule, "switches": run.switches, "printed": run.printed });
        object["runs"] = runs.runs.iter().map(run).collect();
        object["complete"] = runs.complete.into();
    }
    if let Some(against) = against {
        object["against"] = against.json();
    }
    object
}

/// What becomes of it under one policy, or with one fault.
fn row(row: &Row) -> serde_json::Value {
    json!({
        "under": row.under,
        "verdict": row.verdict.name(),
        "defects": row.kinds,
        "states": row.states,
        "bounds": row.doubts,
    })
}
