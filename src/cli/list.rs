//! `raddle list`: the built-in scenarios, in the order of a course.

use super::arguments::List;
use super::unwritable;
use crate::scenario::builtin;
use crate::scenario::metadata;
use serde::Serialize;
use std::io::Write;

/// A scenario, as JSON shows it.
#[derive(Serialize)]
struct Entry<'a> {
    name: &'a str,
    title: &'a str,
    summary: &'a str,
    group: &'a str,
    topics: &'a [String],
    expect: Option<&'a str>,
    faults: Vec<String>,
}

/// Prints the list.
pub(super) fn list(options: List) -> u8 {
    let mut text = String::new();
    let mut group = None;
    for scenario in builtin::ALL {
        let metadata = metadata::parse(&scenario.source()).unwrap_or_default();
        let entry = Entry {
            name: scenario.name,
            title: metadata.title.as_deref().unwrap_or(scenario.name),
            summary: metadata.summary.as_deref().unwrap_or_default(),
            group: metadata.group.as_deref().unwrap_or_default(),
            topics: &metadata.topics,
            expect: metadata.expect.map(metadata::Expectation::name),
            faults: metadata.faults.iter().map(ToString::to_string).collect(),
        };
        if options.json {
            text.push_str(&serde_json::to_string(&entry).unwrap_or_default());
            text.push('\n');
            continue;
        }
        if group.as_deref() != Some(entry.group) {
            let gap = if group.is_none() { "" } else { "\n" };
            text.push_str(&format!("{gap}{}\n", entry.group));
            group = Some(entry.group.to_owned());
        }
        let expect = entry.expect.map(|expect| format!("  [{expect}]")).unwrap_or_default();
        text.push_str(&format!("  {:<22} {}{expect}\n", entry.name, entry.title));
    }
    let mut output = std::io::stdout().lock();
    match output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
        Ok(()) => 0,
        Err(error) => unwritable(&error),
    }
}
