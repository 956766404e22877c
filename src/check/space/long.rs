//! Threads that compute for so long that it is not known what becomes of them.

use super::{Number, PlaceId, SeatId, Space, number_at};
use crate::base::ThreadId;
use crate::machine::line_of;
use crate::machine::parts::Part;

impl Space {
    /// Where a thread computes for long, if there is one: what comes after it is not known.
    pub fn computes_long(&self) -> Option<(ThreadId, u32)> {
        let (thread, line) = self.long.values().min_by_key(|(thread, line)| (*line, *thread))?;
        Some((*thread, *line))
    }

    /// Whether that keeps the state from being one in which nothing happens any more.
    pub fn is_unfinished(&self, at: &[Number]) -> bool {
        let stands = |place: PlaceId| self.long.contains_key(&(place, number_at(at, place)));
        !self.long.is_empty() && self.threads.iter().any(|seat| stands(seat.own))
    }

    /// The thread that computes for ever in this state, and its line.
    pub fn endless(&self, at: &[Number]) -> Option<(SeatId, u32)> {
        self.threads.iter().zip(0..).find_map(|(seat, id)| {
            let number = number_at(at, seat.own);
            match self.part(seat.own, number) {
                Some(Part::Thread(thread))
                    if thread.pending.is_none() && !self.long.contains_key(&(seat.own, number)) =>
                {
                    Some((id, line_of(thread, self.image())))
                }
                _ => None,
            }
        })
    }

    /// A thread with this own part cannot be followed.
    pub(super) fn lose(&mut self, place: PlaceId, number: Number) {
        if let Some(Part::Thread(thread)) = self.part(place, number) {
            let stand = (thread.id, line_of(thread, self.image()));
            self.long.insert((place, number), stand);
            self.bench.hurry();
        }
    }

    /// If the part is a thread's that has come to no operation, it is told whether it may come to one yet. The other parts of
    /// its state are on the bench.
    pub(super) fn look_whether_it_ends(&mut self, place: PlaceId, number: Number) {
        if let Some(Part::Thread(thread)) = self.part(place, number)
            && thread.pending.is_none()
            && !self.bench.goes_round(thread, self.counters)
        {
            self.lose(place, number);
        }
    }
}
