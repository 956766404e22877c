//! What each policy picks.

use super::*;
use crate::base::{ObjectId, ProcessId};
use crate::machine::budget;
use crate::machine::shared::{Process, Record};
use crate::machine::value::Value;
use std::collections::BTreeSet;

/// Threads of these names, all running.
fn threads(names: &[&str]) -> Shared {
    let mut shared = Shared::new(Process::new(ThreadId::MAIN, ObjectId::GLOBALS, 1, budget::DEFAULT), 0);
    shared.threads =
        names.iter().map(|name| Record::new(ProcessId::FIRST, (*name).into(), false, Value::None)).collect();
    shared
}

fn ids(numbers: &[u32]) -> Vec<ThreadId> {
    numbers.iter().copied().map(ThreadId).collect()
}

/// The thread that the policy picks each time, of those that are ready then.
fn picks(kind: Kind, seed: u64, shared: &Shared, priorities: &Priorities, ready: &[&[u32]]) -> Vec<u32> {
    picks_in(1_000, kind, seed, shared, priorities, ready)
}

/// Likewise, in a run that is taken to have so many choices.
fn picks_in(
    choices: u64,
    kind: Kind,
    seed: u64,
    shared: &Shared,
    priorities: &Priorities,
    ready: &[&[u32]],
) -> Vec<u32> {
    let mut policy = kind.start(seed, choices).expect("there is something to decide");
    let mut going = Vec::new();
    let pick = |ready: &&[u32]| {
        let (ready, since) = (&ids(ready), &vec![0; ready.len()]);
        let picked = policy.pick(Moment { ready, since, going: &going, worked: &[], shared, priorities });
        going = vec![picked];
        picked.0
    };
    ready.iter().map(pick).collect()
}

#[test]
fn names_lead_back_to_policies() {
    for kind in Kind::ALL {
        assert_eq!(Kind::of_name(kind.name()), Some(kind));
        assert_eq!(kind.start(1, 1_000).is_none(), kind == Kind::Os);
    }
    assert_eq!(Kind::of_name("sooner"), None);
}

#[test]
fn round_robin_goes_around_by_quantums() {
    let shared = threads(&["a", "b", "c"]);
    let all: &[u32] = &[0, 1, 2];
    let ready = [all, all, all, all, all, all, &[0, 2], &[0, 2], &[0], all];
    assert_eq!(picks(Kind::RoundRobin, 0, &shared, &Priorities::default(), &ready), [0, 0, 0, 0, 1, 1, 2, 2, 0, 0]);
}

#[test]
fn chance_gives_everybody_a_turn_and_the_same_seed_the_same_turns() {
    let shared = threads(&["a", "b", "c"]);
    let ready = [&[0, 1, 2][..]; 60];
    for kind in [Kind::Random, Kind::Pct] {
        let picks = |seed| picks(kind, seed, &shared, &Priorities::default(), &ready);
        assert_eq!(picks(7), picks(7));
        let seen: BTreeSet<u32> = (0..20).flat_map(picks).collect();
        assert_eq!(seen.len(), 3, "{kind:?}");
    }
    let turns = picks(Kind::Random, 7, &shared, &Priorities::default(), &ready);
    assert!((0..3).all(|thread| turns.iter().filter(|turn| **turn == thread).count() > 8), "{turns:?}");
}

#[test]
fn few_changes_of_priority_are_few_changes_of_thread() {
    let shared = threads(&["a", "b", "c"]);
    for seed in 0..50 {
        let turns = picks(Kind::Pct, seed, &shared, &Priorities::default(), &[&[0, 1, 2][..]; 900]);
        let changes = turns.windows(2).filter(|pair| pair[0] != pair[1]).count();
        assert!(changes <= 2, "{changes} with seed {seed}");
        let patient = picks(Kind::Pct, seed, &shared, &Priorities::default(), &[&[0, 1, 2][..]; 3_600]);
        assert_eq!(patient.iter().collect::<BTreeSet<_>>().len(), 3, "everybody goes in the end");
    }
}

#[test]
fn a_thread_falls_only_where_there_is_a_choice() {
    let shared = threads(&["a", "b"]);
    let forced: &[u32] = &[0];
    let ready: Vec<&[u32]> = (0..400).map(|step| if step % 4 == 3 { &[0, 1][..] } else { forced }).collect();
    let falls = |seed| {
        let turns = picks_in(100, Kind::Pct, seed, &shared, &Priorities::default(), &ready);
        let free: Vec<u32> = turns.into_iter().skip(3).step_by(4).collect();
        free.windows(2).filter(|pair| pair[0] != pair[1]).count()
    };
    // With a hundred choices both falls are among them.
    assert!((0..50).all(|seed| falls(seed) <= 2) && (0..50).any(|seed| falls(seed) == 2));
}

#[test]
fn the_highest_priority_goes_and_equals_take_turns() {
    let shared = threads(&["low", "high", "also high"]);
    let by_name = [("low", -1), ("high", 5), ("also high", 5)].map(|(name, it)| (name.to_owned(), it)).into();
    let priorities = Priorities { by_name, inherited: true };
    let all: &[u32] = &[0, 1, 2];
    assert_eq!(
        picks(Kind::Priority, 0, &shared, &priorities, &[all, all, all, &[0, 2], &[0], all]),
        [1, 2, 1, 2, 0, 1]
    );
}

#[test]
fn a_thread_that_stops_gives_up_the_rest_of_its_quantum() {
    let shared = threads(&["a", "b"]);
    let mut policy = Kind::RoundRobin.start(0, 1_000).expect("there is something to decide");
    let priorities = Priorities::default();
    let mut pick = |going: Option<u32>| {
        let (ready, going): (_, Vec<ThreadId>) = (&ids(&[0, 1]), going.map(ThreadId).into_iter().collect());
        let (shared, priorities) = (&shared, &priorities);
        policy.pick(Moment { ready, since: &[0, 0], going: &going, worked: &[], shared, priorities }).0
    };
    assert_eq!([pick(None), pick(Some(0)), pick(None), pick(Some(1)), pick(Some(1))], [0, 0, 1, 1, 1]);
}

#[test]
fn the_interpreter_lock_changes_hands_when_its_interval_is_over_or_its_holder_blocks() {
    let mut shared = threads(&["a", "b", "c"]);
    let mut policy = Kind::Gil.start(0, 1_000).expect("there is something to decide");
    let priorities = Priorities::default();
    let mut pick = |now: u64, going: Option<u32>, ready: &[u32], since: &[u64]| {
        shared.now = now;
        let (ready, going): (_, Vec<ThreadId>) = (&ids(ready), going.map(ThreadId).into_iter().collect());
        let (shared, priorities) = (&shared, &priorities);
        policy.pick(Moment { ready, since, going: &going, worked: &[], shared, priorities }).0
    };
    assert_eq!(pick(0, None, &[0], &[0]), 0);
    assert_eq!(pick(90_000_000, Some(0), &[0, 1], &[9, 0]), 0); // from here on it is wanted
    assert_eq!(pick(94_999_999, Some(0), &[0, 1], &[10, 0]), 0);
    assert_eq!(pick(95_000_000, Some(0), &[0, 1], &[11, 0]), 1);
    assert_eq!(pick(95_000_001, None, &[0], &[11]), 0); // b blocks
    assert_eq!(pick(99_000_000, Some(0), &[0, 1], &[13, 12]), 0);
    assert_eq!(pick(104_000_000, Some(0), &[0, 1], &[14, 12]), 1);
    // All wake at the same instant: the one that stopped last has waited least.
    assert_eq!(pick(200_000_000, None, &[0, 1, 2], &[16, 17, 15]), 2);
    assert_eq!(pick(200_000_000, None, &[0, 1], &[16, 17]), 0);
}
