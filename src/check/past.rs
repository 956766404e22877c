//! What some threads' steps rest on: their *causal past*.

use super::space::{Number, PlaceId, SeatId, Space, number_at};
use rustc_hash::FxHashSet;

/// Of these steps, those without which the threads would not stand where they do at the end.
pub(super) fn of(space: &mut Space, first: &[Number], steps: &[(SeatId, u8)], threads: &[SeatId]) -> Vec<(SeatId, u8)> {
    let mut now = first.to_vec();
    let mut effects = Vec::with_capacity(steps.len());
    for &(seat, alternative) in steps {
        let effect = space.attempt(seat, usize::from(alternative), &now);
        effects.push(effect);
        if space.effect(effect).done.is_none() {
            return steps.to_vec();
        }
        space.apply(effect, &mut now);
    }
    // The places on which what is kept rests; a thread's own part stands for the thread.
    let mut needed: FxHashSet<PlaceId> = FxHashSet::default();
    for seat in threads {
        let own = space.threads()[*seat as usize].own;
        needed.insert(own);
        // What it waits for now.
        let attempt = space.attempt(*seat, 0, &now);
        needed.extend(space.effect(attempt).reads.iter().filter(|place| **place != space.rest()));
    }
    let mut kept = Vec::new();
    for (step, effect) in steps.iter().zip(&effects).rev() {
        let own = space.threads()[step.0 as usize].own;
        let effect = space.effect(*effect);
        let writes = effect.done.iter().flat_map(|done| done.writes.iter());
        // Every step reads what belongs to nobody; that counts only if it also writes it, as in `future`.
        let rest = space.rest();
        if needed.contains(&own) || writes.map(|(place, _)| place).any(|place| needed.contains(place)) {
            needed.insert(own);
            let writes_rest = effect.done.iter().flat_map(|done| done.writes.iter()).any(|(place, _)| *place == rest);
            needed.extend(effect.reads.iter().filter(|place| **place != rest || writes_rest));
            kept.push(*step);
        }
    }
    kept.reverse();
    if can_be_taken(space, first, &kept) { kept } else { steps.to_vec() }
}

fn can_be_taken(space: &mut Space, first: &[Number], steps: &[(SeatId, u8)]) -> bool {
    let mut now = first.to_vec();
    steps.iter().all(|&(seat, alternative)| {
        let own = space.threads()[seat as usize].own;
        if !space.is_there(own, number_at(&now, own)) {
            return false;
        }
        let effect = space.attempt(seat, usize::from(alternative), &now);
        space.apply(effect, &mut now);
        space.effect(effect).done.is_some()
    })
}
