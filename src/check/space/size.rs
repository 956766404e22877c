//! What makes a space large.

use super::Space;
use crate::base::{ProcessId, ThreadId};
use crate::machine::parts::{Part, Place};
use crate::machine::{Thread, line_of, locals_of};
use std::collections::{BTreeMap, BTreeSet};

/// Of so many ways in which a thread stands somewhere, the variables are looked at.
const LOOKED: usize = 1_000;

/// In how many different ways a thread stands in a line.
pub struct Stand<'a> {
    /// Who.
    pub thread: ThreadId,
    /// 0: it is in the library.
    pub line: u32,
    /// How many.
    pub ways: usize,
    /// The variable by which most of them differ, if there is one.
    pub by: Option<&'a str>,
}

impl Space {
    /// In how many different ways each thread stands in which line.
    pub fn stands(&self) -> Vec<Stand<'_>> {
        let mut all: BTreeMap<(ThreadId, u32), Vec<&Thread>> = BTreeMap::new();
        for seat in &self.threads {
            for entry in &self.drawers[seat.own as usize].parts {
                if let Some(Part::Thread(thread)) = &entry.part {
                    all.entry((seat.thread, line_of(thread, self.image()))).or_default().push(thread);
                }
            }
        }
        let stands = all.into_iter();
        stands.map(|((thread, line), all)| Stand { thread, line, ways: all.len(), by: self.differing(&all) }).collect()
    }

    /// The local variable that has another value in most of these ways to stand in one line.
    fn differing<'a>(&'a self, ways: &[&'a Thread]) -> Option<&'a str> {
        let looked = &ways[..ways.len().min(LOOKED)];
        let mut values: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for thread in looked {
            for (name, value) in locals_of(thread, self.image()) {
                values.entry(name).or_default().insert(format!("{value:?}"));
            }
        }
        let (name, values) = values.into_iter().max_by_key(|(_, values)| values.len())?;
        (values.len() * 2 > looked.len()).then_some(name)
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
