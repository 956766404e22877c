//! Whether a thread computes for ever.

use super::arrive::rest;
use super::interpreter::advance;
use super::parts::{Bench, Counters, Part, Place};
use super::perform::AtHand;
use crate::machine::memory::thread::Thread;

/// So many bytes of what a thread looks like are compared, until it is not known whether it goes round.
const COMPARED: usize = 1 << 22;

impl Bench {
    /// Whether a thread that has come to no operation never will: after some turns it is as it was before. If not, it may
    /// just compute for long. The parts of its state are on the bench.
    pub fn goes_round(&self, thread: &Thread, counters: Counters) -> bool {
        self.patience.bear(|| self.comes_back(thread.clone(), counters)).unwrap_or(false)
    }

    fn comes_back(&self, thread: Thread, counters: Counters) -> bool {
        let (image, place) = (&**self.image(), Place::Thread(thread.id));
        let mut part = Part::Thread(Box::new(thread));
        let mut known = part.encoded(place, image, counters);
        let (mut turns, mut most, mut compared) = (0_u32, 1, 0);
        while compared < COMPARED {
            if let Part::Thread(thread) = &mut part {
                advance(thread, image, &AtHand(&self.shared, image), 1);
                rest(thread);
                if thread.pending.is_some() {
                    return false;
                }
            }
            let now = part.encoded(place, image, counters);
            if now == known {
                return true;
            }
            compared += now.shape.len() + now.layout.len() + 1;
            turns += 1;
            if turns == most {
                (known, turns, most) = (now, 0, most * 2);
            }
        }
        false
    }
}
