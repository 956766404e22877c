//! What makes a space large.

use super::{Entry, Space};
use crate::base::{ProcessId, SafeText, Symbol, ThreadId};
use crate::machine::object::Object;
use crate::machine::parts::{self, Part, Place};
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

    /// How many different values variables, attributes and containers have, by what they are called.
    pub fn values(&self) -> BTreeMap<String, usize> {
        let mut all = BTreeMap::new();
        for (name, drawer) in self.places.iter().zip(&self.drawers) {
            let called = match name {
                Place::Global(ProcessId::FIRST, index) => {
                    let global = self.image().program.globals.get(*index as usize);
                    global.map(|global| format!("the variable {}", SafeText::brief(self.image().name(global.shown))))
                }
                Place::Object(_) => self.called(&drawer.parts),
                Place::Rest | Place::Process(_) | Place::Thread(_) | Place::Row(_) | Place::Global(..) => None,
                Place::Output | Place::Faults | Place::Turn => None,
            };
            if let Some(called) = called {
                *all.entry(called).or_default() += drawer.parts.len();
            }
        }
        all
    }

    /// What an object that takes on these parts is called: by the attribute in which most of them differ, if there is one.
    fn called(&self, parts: &[Entry]) -> Option<String> {
        let looked = &parts[..parts.len().min(LOOKED)];
        let mut values: BTreeMap<Symbol, BTreeSet<String>> = BTreeMap::new();
        let mut class = None;
        for object in looked.iter().filter_map(|entry| parts::object(entry.part.as_ref()?)) {
            match object {
                Object::List(_) => return Some("a list".to_owned()),
                Object::Dict(_) => return Some("a dict".to_owned()),
                Object::Set(_) => return Some("a set".to_owned()),
                Object::Deque(_) => return Some("a deque".to_owned()),
                Object::Queue(_) => return Some("a queue".to_owned()),
                Object::Instance(instance) => {
                    class = Some(instance.class.name());
                    for (name, value) in instance.attributes.iter() {
                        values.entry(name).or_default().insert(format!("{value:?}"));
                    }
                }
                _ => return None,
            }
        }
        let class = SafeText::brief(class?);
        let most = values.into_iter().max_by_key(|(_, values)| values.len());
        Some(match most.filter(|(_, values)| values.len() * 2 > looked.len()) {
            Some((name, _)) => format!("the attribute {} of {class}", SafeText::brief(self.image().name(name))),
            None => format!("an object of {class}"),
        })
    }
}
