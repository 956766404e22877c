//! How threads look by themselves: each look once, by number.

use super::space::{NONE, Number, SeatId, Space, number_at};
use rustc_hash::FxHashMap;

/// A look, by its number.
pub type LookId = u32;

/// Looks that were met.
#[derive(Debug, Default)]
pub struct Looks {
    ids: FxHashMap<Box<[u32]>, LookId>,
    /// By look: whether all that it refers to has a number there.
    complete: Vec<bool>,
    /// By thread: its parts, and how it looks, if that is the same in every state.
    same: Vec<FxHashMap<[Number; 2], LookId>>,
    look: Vec<u32>,
}

/// Stands for the thread itself, and for its `Thread` object.
const ME: u32 = NONE - 2;
const MY_OBJECT: u32 = NONE - 3;
/// Stands for something that has no number.
pub const SOME: u32 = NONE - 1;

impl Looks {
    /// How the thread looks. `number` gives the number of what it refers to, if there is one yet.
    pub fn of(
        &mut self,
        space: &Space,
        (seat, at): (SeatId, &[Number]),
        number: impl Fn(u32) -> Option<u32>,
    ) -> LookId {
        let it = space.threads()[seat as usize];
        let parts = [it.own, it.row].map(|place| number_at(at, place));
        if self.same.len() <= seat as usize {
            self.same.resize_with(seat as usize + 1, FxHashMap::default);
        }
        if let Some(known) = self.same[seat as usize].get(&parts) {
            return *known;
        }
        let (mut is_same, mut is_complete) = (true, true);
        self.look.clear();
        for (place, part) in [it.own, it.row].into_iter().zip(parts) {
            let (shape, things) = space.shape(place, part);
            self.look.push(shape);
            for &thing in things {
                let told = match number(thing) {
                    _ if thing == it.thing => ME,
                    _ if Some(thing) == space.object_of(it) => MY_OBJECT,
                    told => told.unwrap_or(SOME),
                };
                is_complete &= told != SOME;
                is_same &= told == ME || told == MY_OBJECT || space.is_named(thing);
                self.look.push(told);
            }
        }
        let look = match self.ids.get(&*self.look) {
            Some(known) => *known,
            None => {
                let new = self.complete.len() as LookId;
                self.ids.insert(self.look.as_slice().into(), new);
                self.complete.push(is_complete);
                new
            }
        };
        if is_same {
            self.same[seat as usize].insert(parts, look);
        }
        look
    }

    /// Whether the look says all there is to say of the thread's parts.
    pub fn is_complete(&self, look: LookId) -> bool {
        self.complete[look as usize]
    }
}
