//! Who waits for whom, as rows of the panel that shows it: rings first, then a list, in which many threads that wait for the
//! same thing share a row.

use crate::base::ThreadId;
use crate::event::Blocker;
use crate::trace::graph::{Edge, is_certain};
use crate::trace::{Model, WaitGraph};
use std::collections::BTreeMap;

/// How many threads that wait for the same thing share a row.
pub(super) const CROWD: usize = 4;

/// How many lines the graph would like.
pub(super) fn rows(graph: &WaitGraph, model: &Model, selected: ThreadId) -> u16 {
    let lines = |cycle: &Vec<Edge>| {
        let drawn = if cycle.len() == 2 { 4 } else { 2 * cycle.len() };
        drawn + usize::from(!is_certain(cycle, model))
    };
    let rings: usize = graph.cycles.iter().map(lines).sum();
    u16::try_from(rings + entries(graph, selected, CROWD).len()).unwrap_or(u16::MAX - 2)
}

/// A row of the list: some that wait for the same.
pub(super) struct Entry<'g> {
    pub(super) threads: Vec<ThreadId>,
    pub(super) on: Blocker,
    pub(super) edge: Option<&'g Edge>,
}

/// The rows of the list. `crowd` or more threads that wait for the same thing share one; the selected thread also has
/// its own.
pub(super) fn entries(graph: &WaitGraph, selected: ThreadId, crowd: usize) -> Vec<Entry<'_>> {
    let edges = graph.outside_cycles().map(|edge| (edge.from, edge.on, Some(edge)));
    let others = graph.others.iter().map(|&(thread, on)| (thread, on, None));
    let mut waiting: Vec<(ThreadId, Blocker, Option<&Edge>)> = Vec::new();
    for (thread, on, edge) in edges.chain(others) {
        // The main thread waits for all others at the end: one line says so.
        if on != Blocker::Shutdown || waiting.last().is_none_or(|(last, ..)| *last != thread) {
            waiting.push((thread, on, edge));
        }
    }
    let mut crowds: BTreeMap<Blocker, Vec<ThreadId>> = BTreeMap::new();
    waiting.iter().for_each(|&(thread, on, _)| crowds.entry(on).or_default().push(thread));
    crowds.retain(|_, threads| threads.len() >= crowd);
    let mut entries: Vec<Entry<'_>> = Vec::new();
    for (thread, on, edge) in waiting {
        match crowds.get(&on) {
            None => entries.push(Entry { threads: vec![thread], on, edge }),
            Some(threads) if threads[0] == thread => {
                let own = threads.contains(&selected).then(|| Entry { threads: vec![selected], on, edge });
                entries.push(Entry { threads: threads.clone(), on, edge });
                entries.extend(own);
            }
            Some(_) => {}
        }
    }
    entries
}
