//! What is said of a file, as text.

use super::Checked;
use crate::base::SafeText;
use crate::check::verdict::{Defect, DefectKind, Runs, Verdict};
use crate::event::Event;
pub(super) use crate::session::found::message;
use crate::session::{cure, found};
use crate::trace::{Model, report};
use std::fmt::Write as _;

/// The widest column of a table of steps, in cells.
const WIDEST: usize = 30;

/// What the events make of a run.
pub(super) fn model(checked: &Checked, events: &[Event]) -> Model {
    let mut model = Model::without_log(checked.legend.clone());
    events.iter().for_each(|event| model.apply(event));
    model
}

/// One line.
pub(super) fn row(checked: &Checked) -> String {
    let kinds: Vec<_> = checked.answer.defects.iter().map(|defect| defect.kind.name()).collect();
    let Checked { name, answer, seconds, .. } = checked;
    let what = if kinds.is_empty() { String::new() } else { format!(": {}", kinds.join(", ")) };
    format!(
        "{:<12} {}{what} ({} states, {seconds:.2} s)",
        answer.verdict.name(),
        SafeText::new(name),
        answer.found.states
    )
}

/// All that is said.
pub(super) fn whole(checked: &Checked) -> String {
    let mut text = format!("{}\n", row(checked));
    // Writing to a string does not fail.
    for defect in &checked.answer.defects {
        let model = model(checked, &defect.played.events);
        let _ = write!(text, "\n{}\n", message(defect, &model));
        if !model.findings().is_empty() || model.lost_updates().next().is_some() {
            text.push_str(&report::report(&model));
        }
        let _ = write!(text, "\n{}", table(checked, defect, &model));
        let _ = writeln!(text, "schedule: {}", defect.schedule());
        if let Some(other) = &defect.other {
            let _ = writeln!(text, "that of the other run: {}", other.schedule);
        }
        if let Some(round) = defect.loops() {
            let _ = writeln!(text, "and so on for ever: {round}");
        }
        let _ = writeln!(text, "usual cure: {}", cure(defect, &model));
    }
    for note in &checked.answer.notes {
        let model = model(checked, &note.played.events);
        let _ = writeln!(text, "note: {}", message(note, &model));
        if note.kind == DefectKind::Reached {
            let _ = writeln!(text, "schedule: {}", note.schedule());
        }
    }
    for doubt in &checked.answer.doubts {
        let _ = writeln!(text, "not certain: {doubt}");
    }
    if checked.answer.verdict == Verdict::Verified {
        let _ = writeln!(text, "{}", checked.answer.claim);
    }
    text
}

/// What the answers rest on.
pub(super) fn assumptions<'c>(all: impl Iterator<Item = &'c Checked>) -> String {
    let mut said: Vec<&str> = Vec::new();
    for assumed in all.flat_map(|checked| &checked.answer.assumptions) {
        if !said.contains(&&**assumed) {
            said.push(assumed);
        }
    }
    said.into_iter().map(|assumed| format!("assumed: {assumed}\n")).collect()
}

/// What is said on request: the program's runs, and what keeps it from a verdict.
pub(super) fn more(checked: &Checked, why_not: bool) -> String {
    let mut text = String::new();
    let answer = &checked.answer;
    // Writing to a string does not fail.
    if let Some(runs) = &answer.runs {
        let _ = writeln!(text, "\n{}:", listed(runs));
        for (number, run) in runs.runs.iter().enumerate() {
            let printed: Vec<_> = run.printed.lines().map(|line| SafeText::brief(line).into_string()).collect();
            let printed = if printed.is_empty() { String::new() } else { format!("  prints: {}", printed.join(" | ")) };
            let _ = writeln!(text, "{:>4}  {}{}", number + 1, run.schedule, SafeText::sentence(&printed));
        }
    }
    if why_not {
        match answer.doubts.as_slice() {
            [] => text.push_str("\nnothing keeps it from a verdict"),
            doubts => {
                let _ = write!(text, "\nwhat keeps it from a verdict:\n  {}", doubts.join("\n  "));
            }
        }
        if answer.costs.is_empty() {
            text.push('\n');
        } else {
            let _ = writeln!(text, "\nwhat makes it large, the worst first:\n  {}", answer.costs.join("\n  "));
            text.push_str("fewer threads, fewer rounds of loops, and fewer different values make it smaller\n");
        }
    }
    text
}

fn listed(runs: &Runs) -> String {
    let (count, most) = (runs.runs.len(), if runs.complete { "" } else { "at least " });
    match count {
        1 if runs.complete => "there is one way through it, in whichever order threads go".to_owned(),
        1 => "there is at least one way through it; others were not looked for".to_owned(),
        _ => format!(
            "there are {most}{count} ways through it; those that differ in the order of independent steps count as one"
        ),
    }
}

/// The steps, a column for each thread, from the first thread's start on.
pub(super) fn table(checked: &Checked, defect: &Defect, model: &Model) -> String {
    let source = &checked.legend.source;
    // A thread that has to wait at its first step has none.
    let rows = found::rows(&defect.played.events);
    let mut threads: Vec<_> = rows.iter().map(|row| row.thread).collect();
    threads.sort_unstable();
    threads.dedup();
    let width = (76 / threads.len().max(1)).clamp(12, WIDEST);
    let cut = |text: &str| -> String {
        match text.chars().nth(width - 1) {
            None => text.to_owned(),
            Some(_) => text.chars().take(width - 2).chain(['…']).collect(),
        }
    };
    let mut text = String::from("  step ");
    for thread in &threads {
        let _ = write!(text, "{:<width$}", cut(&SafeText::new(model.thread_name(*thread)).to_string()));
    }
    for found::Row { step, thread, line, .. } in rows {
        let column = threads.iter().position(|other| *other == thread).unwrap_or(0);
        let line = format!("{} {}", source.place(line), source.line(line).trim());
        let _ = write!(text, "\n{:>6} {}{}", step, " ".repeat(column * width), cut(&SafeText::new(&line).to_string()));
    }
    let lines: Vec<_> = text.lines().map(str::trim_end).collect();
    format!("{}\n", lines.join("\n"))
}
