//! What counts of the steps to a state. What some threads' steps rest on is their *causal past*.

use super::dependence;
use super::space::{Number, PlaceId, SeatId, Space};
use rustc_hash::{FxHashMap, FxHashSet};

/// Of these steps, those without which the threads would not stand where they do at the end.
pub(super) fn of(space: &mut Space, first: &[Number], steps: &[(SeatId, u8)], threads: &[SeatId]) -> Vec<(SeatId, u8)> {
    let Some((all, end)) = dependence::steps(space, first, steps) else { return steps.to_vec() };
    // The places on which what is kept rests; a thread's own part stands for the thread.
    let mut needed: FxHashSet<PlaceId> = FxHashSet::default();
    for seat in threads {
        needed.insert(space.threads()[*seat as usize].own);
        // What it waits for now.
        let attempt = space.attempt(*seat, 0, &end);
        needed.extend(space.effect(attempt).reads.iter().filter(|place| !space.is_read_by_all(*seat, **place)));
    }
    let mut kept = Vec::new();
    for step in all.iter().rev() {
        let own = space.threads()[step.seat as usize].own;
        if needed.contains(&own) || step.writes.iter().any(|place| needed.contains(place)) {
            needed.insert(own);
            needed.extend(&step.reads);
            kept.push((step.seat, step.alternative));
        }
    }
    kept.reverse();
    if dependence::steps(space, first, &kept).is_some() { kept } else { steps.to_vec() }
}

/// The same steps without rounds, on which they come back to where they were: a chain of steps may have some.
pub(super) fn straight(space: &mut Space, first: &[Number], steps: &[(SeatId, u8)]) -> Vec<(SeatId, u8)> {
    let (mut now, mut way) = (first.to_vec(), Vec::new());
    let mut seen: FxHashMap<Vec<Number>, usize> = FxHashMap::default();
    for &(seat, alternative) in steps {
        now.resize(space.width(), 0);
        let back = *seen.entry(now.clone()).or_insert(way.len());
        if back < way.len() {
            way.truncate(back);
            seen.retain(|_, at| *at <= back);
        }
        way.push((seat, alternative));
        let effect = space.attempt(seat, usize::from(alternative), &now);
        space.apply(effect, &mut now);
    }
    now.resize(space.width(), 0);
    way.truncate(seen.get(&now).copied().unwrap_or(way.len()));
    way
}
