//! The table that is printed, in Markdown, and what its numbers mean.

use crate::program::Program;
use crate::tools::{Answer, Tool};
use std::fmt::Write;
use std::time::Duration;

/// How long the best turn took.
#[derive(Clone, Copy)]
pub struct Times {
    /// Everything, from the source file to the answer.
    pub total: Duration,
    /// The part of it that commands before the search took.
    pub compiled: Duration,
    /// The part of it that the tool itself calls its search, in seconds.
    pub searched: f64,
    /// What the search's process computed, on all cores.
    pub computed: Duration,
}

/// What a tool made of a program.
pub struct Row {
    pub program: Program,
    pub tool: Tool,
    pub answer: Option<Answer>,
    pub times: Option<Times>,
    /// In bytes.
    pub peak: u64,
    /// What stands there instead of an answer.
    pub instead: Option<String>,
}

impl Row {
    pub fn new(program: Program, tool: Tool) -> Row {
        Row { program, tool, answer: None, times: None, peak: 0, instead: None }
    }
}

/// The fewest states from which a rate is told.
const MANY: u64 = 50_000;

pub fn table(rows: &[Row], tools: &[Tool], rounds: usize, limit: Duration, memory: u64) -> String {
    let mut lines =
        vec![cells(&["program", "tool", "answer", "states", "seconds", "compile", "search", "CPU", "÷ raddle", "MB"])];
    lines.extend(rows.iter().map(|row| line(row, rows)));
    let mut text = aligned(&lines);
    let _ = write!(
        text,
        "\nThe best of {rounds} turns, by turns. At most {} s and {} GB each. `seconds`: from the source file to the answer, the \
         start of processes\nincluded; `compile` and `search` (as the tool says itself) are parts of it. `CPU`: what the search's \
         process computed, on all\ncores; `MB`: its most memory. `states`: those stored; `runs` are executions. What can go \
         wrong in `one` and `if` ends a search;\nall else is explored whole.\n\n",
        limit.as_secs(),
        memory >> 30,
    );
    for tool in tools {
        let _ = writeln!(text, "- {}: {}", tool.name(), tool.meaning());
    }
    text + &rates(rows)
}

fn line(row: &Row, rows: &[Row]) -> Vec<String> {
    let mut found = vec![row.program.to_string(), row.tool.name().to_owned()];
    let (Some(answer), Some(times)) = (row.answer, row.times) else {
        found.push(row.instead.clone().unwrap_or_default());
        found.resize(9, String::new());
        found.push(if row.peak > 0 { megabytes(row.peak) } else { String::new() });
        return found;
    };
    let raddle = rows.iter().find(|other| other.program == row.program && other.tool == Tool::Raddle);
    let ratio = raddle
        .and_then(|raddle| raddle.times)
        .map_or(String::new(), |raddle| format!("{:.1}", times.total.as_secs_f64() / raddle.total.as_secs_f64()));
    let compiled = times.compiled.as_secs_f64();
    found.extend([
        if answer.is_defect { "defect" } else { "clean" }.to_owned(),
        match (row.tool.counts_states(), answer.counted) {
            (true, states) => grouped(states),
            (false, 1) => "1 run".to_owned(),
            (false, runs) => format!("{} runs", grouped(runs)),
        },
        seconds(times.total.as_secs_f64()),
        if compiled > 0.0 { seconds(compiled) } else { String::new() },
        seconds(times.searched),
        seconds(times.computed.as_secs_f64()),
        ratio,
        megabytes(row.peak),
    ]);
    found
}

/// States a second, and bytes a state, where there are many.
fn rates(rows: &[Row]) -> String {
    let mut lines = vec![cells(&["program", "tool", "states", "a second", "a CPU second", "bytes a state"])];
    for row in rows {
        let (Some(answer), Some(times)) = (row.answer, row.times) else { continue };
        if !row.tool.counts_states() || answer.counted < MANY || times.searched <= 0.0 {
            continue;
        }
        let same = rows.iter().filter(|other| other.tool == row.tool && other.answer.is_some());
        let least = same.map(|other| other.peak).min().unwrap_or(0);
        lines.push(vec![
            row.program.to_string(),
            row.tool.name().to_owned(),
            grouped(answer.counted),
            grouped((answer.counted as f64 / times.searched) as u64),
            grouped((answer.counted as f64 / times.computed.as_secs_f64()) as u64),
            if row.peak > least { grouped((row.peak - least) / answer.counted) } else { String::new() },
        ]);
    }
    if lines.len() == 1 {
        return String::new();
    }
    let notes = "`a second`: the stored states, by all the time of the search, also where it began again, as raddle's may. Bytes: the peak\n\
                 above the tool's least peak in this run. SPIN sets a table apart before it begins.";
    format!("\nThe search alone, where {} states or more were stored:\n\n{}\n{notes}\n", grouped(MANY), aligned(&lines))
}

fn cells(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// The rows as a Markdown table whose columns stand below each other.
fn aligned(rows: &[Vec<String>]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..rows[0].len()).map(width).collect();
    let mut text = String::new();
    for (index, row) in rows.iter().enumerate() {
        for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
            // Words to the left, numbers to the right.
            let _ = if column < 2 { write!(text, "| {cell:width$} ") } else { write!(text, "| {cell:>width$} ") };
        }
        text.push_str("|\n");
        if index == 0 {
            for (column, width) in widths.iter().enumerate() {
                let _ = write!(text, "| {}{} ", "-".repeat(width - 1), if column < 2 { "-" } else { ":" });
            }
            text.push_str("|\n");
        }
    }
    text
}

fn seconds(value: f64) -> String {
    if value < 0.1 { format!("{value:.4}") } else { format!("{value:.2}") }
}

fn megabytes(bytes: u64) -> String {
    grouped(bytes.div_ceil(1_000_000))
}

/// 12,345.
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
