//! The plain search: every state, without any reduction. What the others are held against.

use super::canonical::{self, Canonical};
use super::space::{Kept, Number, Space};
use super::states::{Row, States};
use super::way::WAKE;
use crate::machine::Execution;
use crate::machine::parts::Counters;

/// What a search has found.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Found {
    /// How many states there are.
    pub states: usize,
    /// How many steps between them.
    pub steps: usize,
    /// In how many the program is over.
    pub ends: usize,
    /// In how many nobody can go on.
    pub stuck: usize,
    /// How often the machine has done a step.
    pub runs: u64,
    /// How many bytes the states take.
    pub bytes: usize,
}

/// Goes through every interleaving.
pub fn explore(start: Execution, most: usize) -> Found {
    let (mut space, mut now) = Space::new(start, Counters::ALL, Kept::default());
    let (mut states, mut canonical, mut other) = (States::default(), Canonical::default(), Canonical::default());
    let mut found = Found::default();
    let hash = canonical::hash(canonical.key(&space, &now, None));
    let mut row = Row::new();
    states.pack(&now, &mut row);
    states.push(hash, &row);
    let (mut at, mut next, mut there) = (0, Vec::new(), Vec::new());
    while at < states.len() && states.len() < most {
        now.resize(space.width(), 0);
        states.read(at as u32, &mut now);
        let mut steps = 0;
        let over = space.is_over(&now);
        for seat in 0..space.threads().len() {
            for alternative in 0..WAKE {
                let effect = space.attempt(seat as u32, alternative, &now);
                if space.effect(effect).done.is_none() {
                    continue;
                }
                steps += 1;
                next.clear();
                next.extend_from_slice(&now);
                space.apply(effect, &mut next);
                states.admit_all(&space, effect, &next);
                states.pack(&next, &mut row);
                if states.with_row(&row).is_some() {
                    continue;
                }
                let key = canonical.key(&space, &next, None);
                let hash = canonical::hash(key);
                let mut same = |state| {
                    there.resize(next.len(), 0 as Number);
                    states.read(state, &mut there);
                    other.key(&space, &there, None) == key
                };
                if states.find(hash, &mut same).is_none() {
                    states.push(hash, &row);
                }
            }
        }
        found.steps += steps;
        found.ends += usize::from(over);
        found.stuck += usize::from(steps == 0 && !over);
        at += 1;
    }
    Found { states: states.len(), runs: space.runs, bytes: states.bytes(), ..found }
}
