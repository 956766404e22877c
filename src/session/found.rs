//! What a search has found, in words: for the command line and the screen.

use crate::base::{SafeText, Symbol, ThreadId};
use crate::check::verdict::{Defect, DefectKind};
use crate::event::{Event, EventKind, Place, TroubleKind};
use crate::trace::Model;

/// The defect in one sentence.
pub fn message(defect: &Defect, model: &Model) -> String {
    let names: Vec<String> =
        defect.threads.iter().map(|thread| SafeText::brief(model.thread_name(*thread)).into_string()).collect();
    let name = |index: usize| names.get(index).map_or("a thread", String::as_str);
    let line = |index: usize| {
        defect.lines.get(index).map_or_else(String::new, |line| format!(" (line {})", model.spot(*line)))
    };
    let all: Vec<String> = (0..names.len()).map(|index| format!("{}{}", name(index), line(index))).collect();
    let (all, waits) = (all.join(", "), if names.len() == 1 { "waits" } else { "wait" });
    let raised = || raised(defect).map_or("an exception".to_owned(), |raised| SafeText::brief(raised).into_string());
    let place = defect.place.as_ref().map_or_else(String::new, |place| variable(place, model));
    let place = defect.item.as_ref().map_or(place.clone(), |item| item.item_of(&place));
    let what = match defect.kind {
        DefectKind::Deadlock if names.len() == 1 => format!("{all} waits for what it keeps from happening itself"),
        DefectKind::Deadlock => format!("{all} wait for each other"),
        DefectKind::LostWakeup => format!("{all} {waits} for a notify that came before"),
        DefectKind::Stuck => format!("{all} {waits} for what nobody does any more"),
        DefectKind::Assertion | DefectKind::Exception => format!("{} ends {all}", raised()),
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
        DefectKind::Reached => format!("{} comes true", asked(defect)),
        DefectKind::Unreached => format!("{} is true in no state", asked(defect)),
        DefectKind::Output => {
            let [here, there] = defect.other.as_ref().map_or_else(Default::default, |other| other.lines.clone());
            let quoted = |line: &str| format!("'{}'", SafeText::brief(line));
            format!("one run prints {}, another {} in its place", quoted(&here), quoted(&there))
        }
        DefectKind::DataRace => format!("{all} use {place} at the same time, and one of them writes"),
    };
    format!("{}: {what}", defect.kind.name())
}

/// The exception that ends a thread, as the last line of its traceback.
pub(super) fn raised(defect: &Defect) -> Option<&str> {
    let ended = |event: &Event| defect.threads.contains(&event.thread);
    defect.played.events.iter().rev().filter(|event| ended(event)).find_map(|event| match &event.kind {
        EventKind::Trouble(trouble) => match &trouble.kind {
            TroubleKind::Uncaught { error } => Some(&**error),
            _ => None,
        },
        _ => None,
    })
}

/// The expression of which it was asked whether it comes true.
fn asked(defect: &Defect) -> String {
    defect.asked.as_ref().map_or_else(|| "what was asked for".to_owned(), |asked| SafeText::brief(asked).into_string())
}

/// What is read or written there, as the program calls it.
fn variable(place: &Place, model: &Model) -> String {
    let symbol = |name: Symbol| model.legend().symbols[name.index()].to_string();
    let object = |id| model.object(id).map(|object| object.name.to_string());
    match place {
        Place::Global(name) | Place::Cell { name, .. } => symbol(*name),
        // Classes are not among the objects.
        Place::Attribute { object: id, name } => match object(*id) {
            Some(object) => format!("{object}.{}", symbol(*name)),
            None => symbol(*name),
        },
        Place::Content { object: id } => object(*id).unwrap_or_else(|| "an object".to_owned()),
    }
}

/// A step of a run, for a list of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Row {
    /// How many operations were performed before.
    pub step: u64,
    /// How many events there were before.
    pub events: u64,
    /// Who goes.
    pub thread: ThreadId,
    /// In which line.
    pub line: u32,
}

/// The steps of a run with such events: what a thread does in one line, one after the other, is one row.
pub fn rows(events: &[Event]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut step = u64::MAX;
    for event in events.iter().filter(|event| event.line > 0) {
        if std::mem::replace(&mut step, event.step) == event.step {
            continue;
        }
        let is_same = |row: &Row| (row.thread, row.line) == (event.thread, event.line);
        if !rows.last().is_some_and(is_same) {
            rows.push(Row { step, events: event.seq, thread: event.thread, line: event.line });
        }
    }
    rows
}
