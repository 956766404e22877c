//! The keys that matter at this moment, for the last line: the ones that make sense now come first, help and quit
//! always stand at the end.

use super::app::{App, Screen};
use super::keys::{self, Action, Mode, Situation};
use super::popup::Popup;
use super::run::Run;
use super::run::check::Standpoint;
use unicode_width::UnicodeWidthStr;

/// A key, what it does in a word or two, and the action behind it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Hint {
    pub(super) label: String,
    pub(super) words: &'static str,
    pub(super) action: Action,
}

impl Hint {
    /// The columns that it takes: the key, a space, the words.
    pub(super) fn width(&self) -> u16 {
        (self.label.width() + 1 + self.words.width()) as u16
    }

    fn of((key, words, action): (super::Key, &'static str, Action)) -> Hint {
        Hint { label: key.label(), words, action }
    }
}

/// Columns between two hints.
const GAP: u16 = 2;

/// The hints with the column at which each begins, in a line of `width` columns. With a notice only those at the end
/// are left. The second part of the answer is where they begin.
pub(super) fn placed(app: &App<'_>, width: u16) -> (Vec<(u16, Hint)>, u16) {
    let always = always(app);
    let wide: u16 = always.iter().map(|hint| hint.width() + GAP).sum();
    let end = width.saturating_sub(wide.max(1));
    let mut placed = Vec::new();
    let mut x = 1;
    if app.notice().is_none() {
        for hint in hints(app) {
            if x + hint.width() + GAP > end {
                break;
            }
            let next = x + hint.width() + GAP;
            placed.push((x, hint));
            x = next;
        }
    }
    let mut x = end;
    for hint in always {
        let next = x + hint.width() + GAP;
        placed.push((x, hint));
        x = next;
    }
    (placed, end)
}

/// Help and quit, except where text is typed.
fn always(app: &App<'_>) -> Vec<Hint> {
    if app.mode() == Mode::Typing {
        return Vec::new();
    }
    let hint = |action, words| keys::key_of(app.mode(), action).map(|key| Hint { label: key.label(), words, action });
    [(Action::Help, "help"), (Action::Quit, "quit")]
        .into_iter()
        .filter_map(|(action, words)| hint(action, words))
        .collect()
}

/// What makes sense now, the likeliest first.
fn hints(app: &App<'_>) -> Vec<Hint> {
    let mode = app.mode();
    if let (Screen::Run(run), Mode::Run) = (&app.screen, mode) {
        return in_run(run);
    }
    if let (Screen::Run(run), Mode::Check) = (&app.screen, mode) {
        return in_check(run);
    }
    let arrows = |words| Hint { label: "↑↓".to_owned(), words, action: Action::Down };
    let back = |words| Hint { label: "Esc".to_owned(), words, action: Action::Back };
    let first = match (mode, app.popups.last()) {
        (Mode::Reading | Mode::Comparison, _) => vec![arrows("scroll"), back("back")],
        (Mode::Gallery, _) => vec![arrows("select")],
        (Mode::Broken, _) => vec![back("gallery")],
        (_, Some(Popup::Line { .. } | Popup::Filter { .. })) => Vec::new(),
        (Mode::Run, _) => Vec::new(),
        (Mode::Menu | Mode::Breakpoints | Mode::Branches | Mode::Check | Mode::Typing, _) => {
            vec![arrows("select"), back("back")]
        }
    };
    let rows = keys::bindings(mode).filter(|row| !row.hint.is_empty() && !is_always(row.action));
    let rows = rows.map(|row| Hint { label: row.keys[0].label(), words: row.hint, action: row.action });
    first.into_iter().chain(rows).collect()
}

fn is_always(action: Action) -> bool {
    matches!(action, Action::Help | Action::Quit)
}

/// In the panel of a search.
fn in_check(run: &Run) -> Vec<Hint> {
    let hint = |label: &str, words, action| Hint { label: label.to_owned(), words, action };
    let (scroll, back) = (hint("↑↓", "scroll", Action::Down), hint("Esc", "back", Action::Back));
    match run.standpoint() {
        Standpoint::Searching(_) => vec![hint("Esc", "stop", Action::Back), hint("Enter", "hide", Action::Accept)],
        Standpoint::Found(report) if !report.defects.is_empty() => {
            vec![hint("Enter", "show it", Action::Accept), hint("W", "what if", Action::WhatIf), scroll, back]
        }
        Standpoint::Found(_) | Standpoint::Failed(_) | Standpoint::Unasked => vec![scroll, back],
    }
}

fn in_run(run: &Run) -> Vec<Hint> {
    let situation = run.situation();
    let word = |words: &'static str| if words == "play" && run.is_replaying() { "stop" } else { words };
    let fits = |action: &Action| match action {
        Action::Branches => run.has_branches(),
        Action::StepSelected => run.can_step(run.look.selected),
        // With a filter the key goes to the next event that fits it.
        Action::NextLine => run.can_step(run.look.selected) || !run.look.events.filter().is_empty(),
        _ => true,
    };
    let hints = keys::situation_hints(situation).filter(|(_, _, action)| fits(action));
    hints.map(|(key, words, action)| Hint::of((key, word(words), action))).collect()
}

impl Run {
    /// What there is to do with the run now.
    pub(super) fn situation(&self) -> Situation {
        if self.is_past() {
            return Situation::Past;
        }
        match (self.pulse().over, self.is_stuck(), self.pulse().paused) {
            (true, ..) => Situation::Over,
            (_, true, _) => Situation::Trouble,
            (_, _, true) => Situation::Paused,
            _ => Situation::Running,
        }
    }
}
