//! What some threads' steps rest on: their *causal past*.

use super::dependence;
use super::space::{Number, PlaceId, SeatId, Space};
use rustc_hash::FxHashSet;

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
