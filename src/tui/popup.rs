//! What can lie above a screen. Popups form a stack; the one on top gets the keys.

use super::compare::Comparison;
use super::faults::Offer;
use super::keys::{self, Action, Binding, Mode};
use super::run::check::Other;

/// One popup.
#[derive(Debug)]
pub(super) enum Popup {
    /// The keys.
    Help { scroll: usize },
    /// What is going on, explained.
    Explain { scroll: usize },
    /// Faults to choose from.
    Faults { offers: Vec<Offer>, row: usize },
    /// The schedulers, each with what it does.
    Schedulers { choices: Vec<(&'static str, &'static str)>, row: usize },
    /// The program's files, each with what is to be said of it.
    Files { files: Vec<(String, String)>, row: usize },
    /// The breakpoints, of which this row is selected.
    Breakpoints { row: usize },
    /// The branches of the run, of which this row is selected.
    Branches { row: usize },
    /// Two branches side by side, scrolled by so many rows.
    Compare(Comparison),
    /// Whether the program can go wrong: the search, or what it found.
    Check { scroll: usize },
    /// Choices that avoid the trouble.
    WhatIf { others: Vec<Other>, row: usize },
    /// Actions to choose from, found by typing.
    Commands { text: String, row: usize },
    /// A line that the program waits for, being typed.
    Line { text: String },
    /// A filter being typed; `before` comes back when it is given up.
    Filter { text: String, before: String },
}

impl Popup {
    pub(super) fn mode(&self) -> Mode {
        match self {
            Popup::Help { .. } | Popup::Explain { .. } => Mode::Reading,
            Popup::Compare(_) => Mode::Comparison,
            Popup::Branches { .. } => Mode::Branches,
            Popup::Faults { .. } | Popup::Schedulers { .. } | Popup::Files { .. } | Popup::WhatIf { .. } => Mode::Menu,
            Popup::Check { .. } => Mode::Check,
            Popup::Breakpoints { .. } => Mode::Breakpoints,
            Popup::Commands { .. } | Popup::Line { .. } | Popup::Filter { .. } => Mode::Typing,
        }
    }

    /// The row that is selected, where rows are.
    pub(super) fn row_mut(&mut self) -> Option<&mut usize> {
        match self {
            Popup::Faults { row, .. }
            | Popup::Schedulers { row, .. }
            | Popup::Files { row, .. }
            | Popup::Breakpoints { row }
            | Popup::Branches { row }
            | Popup::WhatIf { row, .. }
            | Popup::Commands { row, .. } => Some(row),
            Popup::Help { .. }
            | Popup::Explain { .. }
            | Popup::Check { .. }
            | Popup::Compare(_)
            | Popup::Line { .. }
            | Popup::Filter { .. } => None,
        }
    }

    /// The text that is being typed.
    pub(super) fn text(&mut self) -> Option<&mut String> {
        match self {
            Popup::Commands { text, .. } | Popup::Line { text } | Popup::Filter { text, .. } => Some(text),
            Popup::Help { .. }
            | Popup::Explain { .. }
            | Popup::Faults { .. }
            | Popup::Schedulers { .. }
            | Popup::Files { .. }
            | Popup::Breakpoints { .. }
            | Popup::Branches { .. }
            | Popup::Compare(_)
            | Popup::Check { .. }
            | Popup::WhatIf { .. } => None,
        }
    }

    /// Moves the selection or the text by `rows`.
    pub(super) fn step(&mut self, rows: isize, mode_below: Mode) {
        match self {
            Popup::Help { scroll } | Popup::Explain { scroll } | Popup::Check { scroll } => {
                *scroll = scroll.saturating_add_signed(rows)
            }
            Popup::Faults { offers, row } => {
                *row = row.saturating_add_signed(rows).min(offers.len().saturating_sub(1));
            }
            Popup::Schedulers { choices, row } => {
                *row = row.saturating_add_signed(rows).min(choices.len().saturating_sub(1));
            }
            Popup::Files { files, row } => {
                *row = row.saturating_add_signed(rows).min(files.len().saturating_sub(1));
            }
            Popup::WhatIf { others, row } => {
                *row = row.saturating_add_signed(rows).min(others.len().saturating_sub(1));
            }
            Popup::Commands { text, row } => {
                let last = commands(mode_below, text).len().saturating_sub(1);
                *row = row.saturating_add_signed(rows).min(last);
            }
            // How many there are depends on the run.
            Popup::Breakpoints { row } | Popup::Branches { row } => *row = row.saturating_add_signed(rows),
            Popup::Compare(comparison) => comparison.step(rows),
            Popup::Line { .. } | Popup::Filter { .. } => {}
        }
    }
}

/// The actions of `mode` whose words contain what is typed.
pub(super) fn commands(mode: Mode, text: &str) -> Vec<&'static Binding> {
    let text = text.to_lowercase();
    keys::bindings(mode)
        .filter(|row| !matches!(row.action, Action::Commands | Action::Up | Action::Down | Action::Select(_)))
        .filter(|row| text.split_whitespace().all(|word| row.help.to_lowercase().contains(word)))
        .collect()
}
