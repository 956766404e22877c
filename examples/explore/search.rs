//! The search: breadth first, over whole runs that are told apart by their fingerprints.

use raddle::machine::Execution;
use raddle::schedule::Choice;
use std::collections::{HashSet, VecDeque};

/// More slices of computing than a thread may take to its next operation.
const SLICES: u32 = 100;

/// What a search has found.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) struct Found {
    /// How many states there are.
    pub(crate) states: usize,
    /// How many steps between them.
    pub(crate) steps: usize,
    /// In how many the program is over.
    pub(crate) ends: usize,
    /// In how many nobody can go on.
    pub(crate) stuck: usize,
}

/// Goes through every interleaving. Time passes only where nobody can go on otherwise.
///
/// # Panics
/// When a choice that was offered cannot be made.
pub(crate) fn explore(start: Execution) -> Found {
    let (mut found, mut seen, mut open) = (Found::default(), HashSet::new(), VecDeque::from([start]));
    while let Some(mut run) = open.pop_front() {
        let choices = choices(&mut run);
        if !seen.insert(run.fingerprint()) {
            continue;
        }
        found.states += 1;
        found.steps += choices.len();
        found.ends += usize::from(run.shared().status().is_some());
        found.stuck += usize::from(choices.is_empty() && run.shared().status().is_none());
        for choice in choices {
            let mut next = run.clone();
            next.choose(&choice, &|| false).expect("it was offered");
            next.take_events();
            open.push_back(next);
        }
    }
    found
}

/// The steps that can be taken, when every thread has come to its next operation; time goes to the next deadline first, if
/// there are none.
///
/// # Panics
/// When the clock would go back.
pub(crate) fn choices(run: &mut Execution) -> Vec<Choice> {
    loop {
        let mut enabled = run.enabled(SLICES);
        enabled.retain(|choice| !matches!(choice, Choice::Step(thread, _) if run.refuses(*thread)));
        match run.next_limit() {
            Some(time) if enabled.is_empty() => run.set_clock(time).expect("it is still to come"),
            _ => return enabled,
        }
    }
}
