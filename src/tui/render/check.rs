//! Whether the program can go wrong: the search, its verdict, and what may come of the moment that is shown.
//!
//! ```text
//! ╭ check: it can go wrong ──────────────────────────────────────╮
//! │ deadlock: left (line 8), right (line 13) wait for each other │
//! │                                                              │
//! │ usual cure: take the locks in the same order everywhere      │
//! │ the shortest way takes 6 steps                               │
//! ╰──────────────────────────────────────────────────────────────╯
//!  ahead  deadlock in 3 steps if right goes (line 12); it can still be avoided; 2 different ends are left, 1 of them a failure
//! ```

use super::super::run::Run;
use super::super::run::check::{Gravity, Standpoint};
use super::super::theme::{Role, Theme};
use super::popups::{Rows, middle, option, page};
use super::{popup_panel, put, wrap, wrapped};
use crate::session::findings::Verdict;
use crate::session::{Progress, Report};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// Columns of the panel, and of the one of a search under way.
const WIDTH: u16 = 84;
const NARROW: u16 = 46;

type Lines = Vec<Vec<(String, Style)>>;

/// The panel.
pub(super) fn draw(theme: Theme, run: &Run, scroll: usize, area: Rect, buffer: &mut Buffer) {
    match run.standpoint() {
        Standpoint::Searching(progress) => searching(theme, run, progress, area, buffer),
        Standpoint::Found(report) => {
            let columns = usize::from(area.width.min(WIDTH).saturating_sub(4));
            let (title, lines) = (title(report), verdict(theme, report, columns));
            whole(theme, title, &lines, scroll, area, buffer);
        }
        Standpoint::Failed(why) => {
            let columns = usize::from(area.width.min(WIDTH).saturating_sub(4));
            let lines: Lines =
                wrap(why, columns).into_iter().map(|line| vec![(line, theme.style(Role::Alarm))]).collect();
            whole(theme, "check", &lines, scroll, area, buffer);
        }
        Standpoint::Unasked => {}
    }
}

fn whole(theme: Theme, title: &str, lines: &Lines, scroll: usize, area: Rect, buffer: &mut Buffer) {
    let frame = middle(area, WIDTH, u16::try_from(lines.len() + 2).unwrap_or(u16::MAX));
    popup_panel(theme, title, frame, buffer);
    page(theme, lines, scroll, frame, buffer);
}

/// How far the search is: below on the right, so that the lanes of the run can be seen.
fn searching(theme: Theme, run: &Run, progress: Progress, area: Rect, buffer: &mut Buffer) {
    let Progress { states, steps, depth, round, millis, foresees } = progress;
    let rate = (states as u64 * 1000).checked_div(millis);
    let stage = match (foresees, round) {
        (true, _) => "through; working out what may come",
        (false, 0) if states == 0 => "trying some ways at random first",
        (false, 0) => "looking at loops",
        (false, _) => "trying every interleaving",
    };
    let rate = rate.map(|rate| format!("   {} states/s", grouped(rate))).unwrap_or_default();
    let lines = [
        stage.to_owned(),
        format!("{} states, {} steps", grouped(states as u64), grouped(steps as u64)),
        format!("depth {depth}, round {}", round.max(1)),
        format!("{}{rate}", seconds(millis)),
        "Enter: let it go on unseen; Esc: stop it".to_owned(),
    ];
    let (width, height) = (NARROW.min(area.width), (lines.len() as u16 + 2).min(area.height));
    let y = area.bottom().saturating_sub(height + 2).max(area.y);
    let frame = Rect { x: area.right() - width, y, width, height };
    let inside = popup_panel(theme, &format!("check: can {} go wrong?", run.name), frame, buffer);
    for ((index, line), y) in lines.iter().enumerate().zip(inside.y..inside.bottom()) {
        let style = theme.style(if index + 1 == lines.len() { Role::Dim } else { Role::Text });
        put(buffer, inside, inside.x + 1, y, line, style);
    }
}

fn title(report: &Report) -> &'static str {
    match report.verdict {
        Verdict::Verified => "check: it cannot go wrong",
        Verdict::Defect => "check: it can go wrong",
        Verdict::Inconclusive => "check: not certain",
    }
}

/// The verdict in words.
fn verdict(theme: Theme, report: &Report, columns: usize) -> Lines {
    let (text, dim) = (theme.style(Role::Text), theme.style(Role::Dim));
    let mut lines: Lines = Vec::new();
    let mut add = |paragraph: &str, style: Style| {
        lines.extend(wrap(paragraph, columns).into_iter().map(|line| vec![(line, style)]));
    };
    if report.verdict == Verdict::Verified {
        let good = theme.style(Role::Good).add_modifier(Modifier::BOLD);
        add("Verified: in no interleaving does a thread wait for ever, crash, or lose an update.", good);
    }
    for told in &report.defects {
        add(&told.message, theme.style(Role::Alarm).add_modifier(Modifier::BOLD));
        add("", text);
        add(&format!("Usual cure: {}.", told.cure), text);
        add(&format!("The shortest way to it takes {} steps: {}", told.steps, told.schedule), dim);
        add("Enter shows that run; W shows the last choice that avoids what has gone wrong in yours.", text);
    }
    if let Some(before) = &report.before {
        add("", text);
        add(&format!("Before: {}", before.message), dim);
        add("That way in this text:", text);
        before.lines.iter().for_each(|line| add(line, text));
    }
    for doubt in &report.doubts {
        add(&format!("Not certain: {doubt}."), theme.style(Role::Value));
    }
    for note in &report.notes {
        add(&format!("Note: {note}."), text);
    }
    add("", text);
    add(&covered(report), dim);
    for assumed in &report.assumptions {
        add(&format!("Assumed: {assumed}."), dim);
    }
    lines
}

/// What was searched.
fn covered(report: &Report) -> String {
    let Report { states, steps, rounds, millis, from, foreseen, .. } = report;
    let from = if *from > 0 { format!(" from step {from} on") } else { String::new() };
    let rounds = if *rounds == 1 { String::new() } else { format!(", {rounds} rounds") };
    let first = if report.defects.is_empty() { "" } else { "; it ended with the first kind of defect" };
    let ahead = match foreseen {
        Some(states) => format!("what may come is known of {} states", grouped(*states as u64)),
        None => "what may come of each moment is not known: too many states, or stopped before".to_owned(),
    };
    format!(
        "Searched{from}: {} states with a choice, {} steps{rounds}, {}{first}; {ahead}.",
        grouped(*states as u64),
        grouped(*steps as u64),
        seconds(*millis)
    )
}

fn seconds(millis: u64) -> String {
    format!("{}.{:02} s", millis / 1000, millis % 1000 / 10)
}

/// `12,345`
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Choices that avoid the trouble, of which one is selected.
pub(super) fn what_if(
    theme: Theme,
    others: &[super::super::run::check::Other],
    row: usize,
    at: (Rect, Rows),
    buffer: &mut Buffer,
) {
    let (frame, rows) = at;
    let inside = popup_panel(theme, "what if, instead,", frame, buffer);
    for (index, line) in rows.lines() {
        option(theme, &others[index].title, index == row, line, buffer);
    }
    let effect = others.get(row).map_or("", |other| &other.effect);
    let y = rows.area.bottom() + 1;
    let below =
        Rect { x: inside.x + 1, y, width: inside.width.saturating_sub(2), height: inside.bottom().saturating_sub(y) };
    let text = format!("{effect} Enter takes it in a new branch, and compares that with this one.");
    wrapped(buffer, below, &text, theme.style(Role::Value));
    rows.more(theme, frame, buffer);
}

/// The line that says what may come of the moment.
pub(super) fn ahead(theme: Theme, run: &Run, area: Rect, buffer: &mut Buffer) {
    let Some((text, gravity)) = run.ahead() else { return };
    let role = match gravity {
        Gravity::Good => Role::Good,
        Gravity::Open => Role::Value,
        Gravity::Failed => Role::Alarm,
        Gravity::Unknown => Role::Dim,
    };
    let x = put(buffer, area, area.x + 1, area.y, "ahead", theme.style(role).add_modifier(Modifier::BOLD)) + 2;
    let style = theme.style(if gravity == Gravity::Unknown { Role::Dim } else { Role::Text });
    wrapped(buffer, Rect { x, width: area.right().saturating_sub(x), ..area }, &text, style);
}
