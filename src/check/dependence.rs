//! Which steps of a run depend on each other: those of one thread, and those of which one writes what the other reads or writes. Steps
//! that do not may change places, and the run ends the same.

use super::space::{Number, PlaceId, SeatId, Space, number_at};

/// A step, with what it touches.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) seat: SeatId,
    pub(super) alternative: u8,
    pub(super) reads: Vec<PlaceId>,
    pub(super) writes: Vec<PlaceId>,
}

/// The steps from that state on, and the state where they lead; `None`: one of them cannot be taken.
pub(super) fn steps(space: &mut Space, first: &[Number], steps: &[(SeatId, u8)]) -> Option<(Vec<Step>, Vec<Number>)> {
    let mut now = first.to_vec();
    let mut all = Vec::with_capacity(steps.len());
    for &(seat, alternative) in steps {
        let own = space.threads()[seat as usize].own;
        if !space.is_there(own, number_at(&now, own)) {
            return None;
        }
        let id = space.attempt(seat, usize::from(alternative), &now);
        let effect = space.effect(id);
        let writes: Vec<PlaceId> = effect.done.as_ref()?.writes.iter().map(|(place, _)| *place).collect();
        // Every step reads what belongs to nobody, or to its process; that counts only if it also writes it, as in `future`.
        let counts = |place: &PlaceId| !space.is_read_by_all(seat, *place) || writes.contains(place);
        let reads = effect.reads.iter().copied().filter(counts);
        all.push(Step { seat, alternative, reads: reads.collect(), writes });
        space.apply(id, &mut now);
    }
    Some((all, now))
}

impl Step {
    /// Whether the two must keep their order.
    pub(super) fn depends_on(&self, other: &Step) -> bool {
        let meets = |one: &[PlaceId], other: &[PlaceId]| one.iter().any(|place| other.contains(place));
        self.seat == other.seat
            || meets(&self.writes, &other.writes)
            || meets(&self.writes, &other.reads)
            || meets(&self.reads, &other.writes)
    }
}
