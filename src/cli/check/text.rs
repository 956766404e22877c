//! What is said of a file, as text.

use super::Checked;
use crate::base::SafeText;
use crate::check::verdict::{Defect, DefectKind, Verdict};
use crate::event::{Event, Place};
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
        let _ = write!(text, "\n{}\n", message(checked, defect, &model));
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
        let _ = writeln!(text, "usual cure: {}", defect.kind.cure());
    }
    for note in &checked.answer.notes {
        let model = model(checked, &note.played.events);
        let _ = writeln!(text, "note: {}", message(checked, note, &model));
        if note.kind == DefectKind::Reached {
            let _ = writeln!(text, "schedule: {}", note.schedule());
        }
    }
    for doubt in &checked.answer.doubts {
        let _ = writeln!(text, "not certain: {doubt}");
    }
    if checked.answer.verdict == Verdict::Verified {
        let _ = writeln!(text, "in no interleaving does a thread wait for ever, crash, or lose an update");
    }
    for assumed in &checked.answer.assumptions {
        let _ = writeln!(text, "assumed: {assumed}");
    }
    text
}

/// The defect in one sentence.
pub(super) fn message(checked: &Checked, defect: &Defect, model: &Model) -> String {
    let names: Vec<String> =
        defect.threads.iter().map(|thread| SafeText::brief(model.thread_name(*thread)).into_string()).collect();
    let name = |index: usize| names.get(index).map_or("a thread", String::as_str);
    let line = |index: usize| defect.lines.get(index).map_or_else(String::new, |line| format!(" (line {line})"));
    let all: Vec<String> = (0..names.len()).map(|index| format!("{}{}", name(index), line(index))).collect();
    let (all, waits) = (all.join(", "), if names.len() == 1 { "waits" } else { "wait" });
    let place = defect.place.as_ref().map_or_else(String::new, |place| variable(checked, place, model));
    let what = match defect.kind {
        DefectKind::Deadlock => format!("{all} {waits} for each other"),
        DefectKind::LostWakeup => format!("{all} {waits} for a notify that came before"),
        DefectKind::Stuck => format!("{all} {waits} for what nobody does any more"),
        DefectKind::Assertion => format!("it fails in {all}"),
        DefectKind::Exception => format!("one ends {all}"),
        DefectKind::LostUpdate => format!(
            "{} writes {place}{} over what {}{} has written since it read{}",
            name(1),
            line(2),
            name(0),
            line(1),
            line(0)
        ),
        DefectKind::HeldLock => format!("{all} ends and keeps a lock"),
        DefectKind::Livelock => {
            format!("{all} {} on for ever, and nothing comes of it", if names.len() == 1 { "goes" } else { "go" })
        }
        DefectKind::Starvation => format!("{all} {waits} for ever, while others get on"),
        DefectKind::Reached => {
            let asked = checked.asked.as_ref().map_or("", |asked| asked.text());
            format!("{} comes true", SafeText::brief(asked))
        }
        DefectKind::Unreached => {
            let asked = checked.asked.as_ref().map_or("", |asked| asked.text());
            format!("{} is true in no state", SafeText::brief(asked))
        }
        DefectKind::Output => {
            let [here, there] = defect.other.as_ref().map_or_else(Default::default, |other| other.lines.clone());
            let quoted = |line: &str| format!("'{}'", SafeText::brief(line));
            format!("one run prints {}, another {} in its place", quoted(&here), quoted(&there))
        }
        DefectKind::DataRace => format!("{all} use {place} at the same time, and one of them writes"),
    };
    format!("{}: {what}", defect.kind.name())
}

/// What is read or written there, as the program calls it.
fn variable(checked: &Checked, place: &Place, model: &Model) -> String {
    let symbol = |name: crate::base::Symbol| checked.legend.symbols[name.index()].to_string();
    let object = |id| model.object(id).map_or("an object".to_owned(), |object| object.name.to_string());
    match place {
        Place::Global(name) | Place::Cell { name, .. } => symbol(*name),
        Place::Attribute { object: id, name } => format!("{}.{}", object(*id), symbol(*name)),
        Place::Content { object: id } => object(*id),
    }
}

/// The steps, a column for each thread, from the first thread's start on.
pub(super) fn table(checked: &Checked, defect: &Defect, model: &Model) -> String {
    let source = &checked.legend.source;
    let mut threads: Vec<_> = defect.steps.iter().map(|(thread, _)| *thread).collect();
    threads.sort_unstable();
    threads.dedup();
    let width = (76 / threads.len().max(1)).clamp(12, WIDEST);
    let cut = |text: &str| -> String { text.chars().take(width - 1).collect() };
    let mut text = String::from("  step ");
    for thread in &threads {
        let _ = write!(text, "{:<width$}", cut(&SafeText::new(model.thread_name(*thread)).to_string()));
    }
    let mut last = None;
    let mut step = u64::MAX;
    for event in &defect.played.events {
        if event.step == step || event.line == 0 {
            continue;
        }
        step = event.step;
        let here = (event.thread, event.line);
        if last.replace(here) == Some(here) {
            continue;
        }
        let column = threads.iter().position(|thread| *thread == event.thread).unwrap_or(0);
        let line = format!("{} {}", event.line, source.line(event.line).trim());
        let _ = write!(
            text,
            "\n{:>6} {}{}",
            event.step,
            " ".repeat(column * width),
            cut(&SafeText::new(&line).to_string())
        );
    }
    let lines: Vec<_> = text.lines().map(str::trim_end).collect();
    format!("{}\n", lines.join("\n"))
}
