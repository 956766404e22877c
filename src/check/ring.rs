//! Rings of threads that wait for each other: each for a lock that the next one has, or for its end. Such a ring is final,
//! whatever the others do, unless one of them releases a lock that is not its own.

use super::future;
use super::space::{Number, PlaceId, SeatId, Space, number_at};
use crate::machine::parts::{self, Guard, Part};

/// The ring in which the thread stands, from it on, each before the one that it waits for.
pub(super) fn closed(space: &mut Space, at: &[Number], start: SeatId) -> Option<Vec<SeatId>> {
    let (mut ring, mut seat) = (Vec::new(), start);
    loop {
        let own = space.threads()[seat as usize].own;
        if !space.is_there(own, number_at(at, own)) {
            return None;
        }
        let effect = space.attempt(seat, 0, at);
        if space.effect(effect).done.is_some() {
            return None;
        }
        ring.push(seat);
        let next = awaited(space, at, seat)?;
        if next == start {
            return Some(ring);
        }
        if ring.contains(&next) {
            return None;
        }
        seat = next;
    }
}

/// Whether any threads stand in a ring.
pub(super) fn any(space: &mut Space, at: &[Number]) -> bool {
    (0..space.threads().len() as SeatId).any(|seat| closed(space, at, seat).is_some())
}

/// The one that the thread waits for.
fn awaited(space: &Space, at: &[Number], seat: SeatId) -> Option<SeatId> {
    let own = space.threads()[seat as usize].own;
    let Some(Part::Thread(thread)) = space.part(own, number_at(at, own)) else { return None };
    match parts::guard(thread, space)? {
        Guard::Lock(lock) => space.seat(future::owner(space, at, lock)?),
        Guard::Thread(thread) => space.seat(thread),
    }
}

/// Where the threads of a ring stand, in the order of their places: what tells it from other rings.
pub(super) fn stands(space: &Space, ring: &[SeatId], now: &[Number]) -> Vec<(PlaceId, Number)> {
    let own = |seat: &SeatId| space.threads()[*seat as usize].own;
    let mut stands: Vec<_> = ring.iter().map(|seat| (own(seat), number_at(now, own(seat)))).collect();
    stands.sort_unstable();
    stands
}
