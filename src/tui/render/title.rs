//! The first line: what runs, how it stands, at what speed, since when.
//!
//! ```text
//! raddle  bank.py   DEADLOCK   os threads   x0.5   0:03.41   step 41                       ? help
//! ```

use super::super::run::{Run, speed_word};
use super::super::theme::{Role, Theme};
use super::{cut_middle, cut_words, put};
use crate::event::{ThreadState, TroubleKind};
use crate::trace::{describe, graph};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use unicode_width::UnicodeWidthStr;

/// The banner of a trouble that lasts, or of an update that was lost; `None` while all is well.
pub(super) fn banner(theme: Theme, run: &Run) -> Option<(&'static str, Style)> {
    let lost = || run.model().lost_updates().next().map(|_| (" LOST UPDATE ", theme.banner()));
    let Some(finding) = run.model().headline() else { return suspicion(theme, run).or_else(lost) };
    let word = match finding.trouble.kind {
        TroubleKind::Deadlock if run.model().deadlock().is_none() => return lost(),
        TroubleKind::Deadlock => " DEADLOCK ",
        TroubleKind::Stuck => " STUCK ",
        TroubleKind::DeadOwner { .. } => " DEAD OWNER ",
        TroubleKind::Uncaught { .. } => " CRASH ",
        TroubleKind::BusyWait { .. } => " ENDLESS ",
    };
    Some((word, theme.banner()))
}

/// The mark of a ring that another thread may yet open.
fn suspicion(theme: Theme, run: &Run) -> Option<(&'static str, Style)> {
    graph::is_any_suspected(run.model()).then(|| (" RING? ", theme.style(Role::Value).add_modifier(Modifier::REVERSED)))
}

pub(super) fn draw(theme: Theme, run: &Run, area: Rect, buffer: &mut Buffer) {
    let bold = Modifier::BOLD;
    let y = area.y;
    let mut x = put(buffer, area, area.x + 1, y, "raddle", theme.style(Role::Accent).add_modifier(bold)) + 2;
    let name = cut_middle(run.title(), usize::from(area.width / 3).max(12));
    x = put(buffer, area, x, y, &name, theme.style(Role::Text).add_modifier(bold)) + 3;
    let banner = banner(theme, run);
    if let Some((word, style)) = banner {
        x = put(buffer, area, x, y, word, style) + 2;
    }
    if let Some((word, style)) = state(theme, run, banner.is_some() && run.model().headline().is_some()) {
        x = put(buffer, area, x, y, &word, style.add_modifier(bold)) + 3;
    }
    let steps = run.pulse().steps;
    let now = if run.pulse().over { run.model().last().at } else { run.pulse().now };
    // In the past the step is shown elsewhere, and no scheduler decides there.
    let live = !run.is_past();
    let scheduler = live.then(|| match run.scheduler() {
        "os" => "os threads".to_owned(),
        name => name.to_owned(),
    });
    let step = live.then(|| format!("step {steps}"));
    let branch = match run.found() {
        Some(found) => Some(format!("found: {}", found.told.kind.name())),
        None => run.has_branches().then(|| format!("branch {}", run.branch_number())),
    };
    let facts = [scheduler, Some(speed_word(run.pulse().speed)), Some(clock(now)), step];
    let facts: Vec<_> = branch.into_iter().chain(facts.into_iter().flatten()).collect();
    for (index, fact) in facts.iter().enumerate() {
        // Half a number would be a wrong one.
        if x + fact.width() as u16 > area.right() {
            break;
        }
        x = put(buffer, area, x, y, fact, theme.style(Role::Text)) + if index + 1 < facts.len() { 3 } else { 0 };
    }
    let help = "? help ";
    let at = area.right().saturating_sub(help.width() as u16);
    if let Some(event) = run.moved.and_then(|seq| run.model().event(seq)) {
        let moved = format!("{} {}", run.model().thread_name(event.thread), describe(event, run.model()));
        let room = usize::from(at.saturating_sub(x + 5));
        if room > 8 {
            x = put(buffer, area, x + 3, y, &cut_words(&moved, room), theme.style(Role::Value).add_modifier(bold));
        }
    }
    if at > x + 1 {
        put(buffer, area, at, y, help, theme.style(Role::Dim));
    }
}

/// Whether it runs, is paused, or how it ended. `running` is left out beside a trouble, but not beside a lost update.
fn state(theme: Theme, run: &Run, trouble: bool) -> Option<(String, Style)> {
    if run.is_past() {
        let word = match (&run.pulse().strike, run.is_replaying()) {
            (Some(_), _) => "BREAKPOINT",
            (None, true) => "REPLAY",
            (None, false) => "PAST",
        };
        let (step, whole) = (run.pulse().steps, run.live_pulse().steps.max(run.pulse().steps));
        let text = format!(" {word} step {step} of {whole} ");
        return Some((text, theme.style(Role::Value).add_modifier(Modifier::REVERSED)));
    }
    if run.divergence().is_some() {
        return Some((" DIVERGES ".to_owned(), theme.style(Role::Alarm).add_modifier(Modifier::REVERSED)));
    }
    if run.end_of_recording().is_some() {
        return Some((" RECORDING ENDS ".to_owned(), theme.style(Role::Value).add_modifier(Modifier::REVERSED)));
    }
    if run.pulse().over {
        let good = !trouble && run.model().lost_updates().next().is_none();
        let crashed = run.model().threads().first().is_some_and(|main| main.state == ThreadState::Crashed);
        return Some(match run.model().status() {
            Some(status) if crashed => (format!("crashed (exit {status})"), theme.style(Role::Alarm)),
            Some(0) => ("finished (exit 0)".to_owned(), theme.style(if good { Role::Good } else { Role::Dim })),
            Some(status) => (format!("finished (exit {status})"), theme.style(Role::Alarm)),
            None => ("ended".to_owned(), theme.style(Role::Dim)),
        });
    }
    if let Some(still) = run.model().standstill() {
        let word = if still.held.is_empty() { " FROZEN " } else { " HELD BACK " };
        return Some((word.to_owned(), theme.style(Role::Alarm).add_modifier(Modifier::REVERSED)));
    }
    if run.pulse().paused && run.pulse().strike.is_some() {
        return Some((" BREAKPOINT ".to_owned(), theme.style(Role::Alarm).add_modifier(Modifier::REVERSED)));
    }
    if run.pulse().paused {
        return Some((" PAUSED ".to_owned(), theme.style(Role::Value).add_modifier(Modifier::REVERSED)));
    }
    (!trouble).then(|| ("running".to_owned(), theme.style(Role::Good)))
}

/// Minutes, seconds and hundredths: `0:03.41`.
fn clock(ns: u64) -> String {
    let hundredths = ns / 10_000_000;
    format!("{}:{:02}.{:02}", hundredths / 6000, hundredths / 100 % 60, hundredths % 100)
}
