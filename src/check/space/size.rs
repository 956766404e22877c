//! What makes a space large.

use super::Space;
use crate::base::{ProcessId, ThreadId};
use crate::machine::line_of;
use crate::machine::parts::{Part, Place};
use std::collections::BTreeMap;

impl Space {
    /// In how many different ways each thread stands in which line, the most first.
    pub fn stands(&self) -> Vec<(ThreadId, u32, usize)> {
        let mut counts: BTreeMap<(ThreadId, u32), usize> = BTreeMap::new();
        for seat in &self.threads {
            for entry in &self.drawers[seat.own as usize].parts {
                if let Some(Part::Thread(thread)) = &entry.part {
                    *counts.entry((seat.thread, line_of(thread, self.image()))).or_default() += 1;
                }
            }
        }
        let mut stands: Vec<_> = counts.into_iter().map(|((thread, line), count)| (thread, line, count)).collect();
        stands.sort_by_key(|(_, _, count)| std::cmp::Reverse(*count));
        stands
    }

    /// How many different values each global variable has, by name, the most first.
    pub fn values(&self) -> Vec<(&str, usize)> {
        let globals = self.places.iter().enumerate().filter_map(|(place, name)| match name {
            Place::Global(ProcessId::FIRST, index) => {
                let global = self.image().program.globals.get(*index as usize)?;
                Some((self.image().name(global.shown), self.drawers[place].parts.len()))
            }
            _ => None,
        });
        let mut values: Vec<_> = globals.collect();
        values.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        values
    }
}
