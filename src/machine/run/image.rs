//! A program made ready to run: linked with what the machine provides, and looked through for what its code may do.

use super::reach::Reach;
use crate::machine::memory::image::Linked;
use std::ops::Deref;

/// A program made ready to run.
#[derive(Debug)]
pub struct Image {
    linked: Linked,
    /// What its code may do for other threads.
    reach: Reach,
}

impl Image {
    /// A program that was linked, once its code has been gone through.
    pub(super) fn of(mut linked: Linked) -> Self {
        let reach = Reach::of(&linked);
        linked.looked_at.clone_from(reach.looked_at());
        Image { linked, reach }
    }

    /// The same program, without looking for races.
    pub fn without_races(self) -> Image {
        Image { linked: self.linked.without_races(), reach: self.reach }
    }

    /// What the program's code may do for other threads.
    pub fn reach(&self) -> &Reach {
        &self.reach
    }
}

/// The interpreter, and the floors below, need no more of it.
impl Deref for Image {
    type Target = Linked;

    fn deref(&self) -> &Linked {
        &self.linked
    }
}
