//! A thread computes up to its next operation, as far as a search lets it.

use super::image::Image;
use super::interpreter::{advance, advance_past_yields};
use super::perform::AtHand;
use crate::machine::memory::lookout;
use crate::machine::memory::thread::Thread;
use crate::machine::sync::shared::Shared;

/// How long a thread may compute between two operations, until it counts as computing for long.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patience {
    /// Turns of loops, calls and returns.
    turns: u32,
    /// Looks up from what a native does (`lookout`): about as many values, at first.
    looks: u32,
}

impl Patience {
    /// At first.
    pub(super) const GREAT: Patience = Patience { turns: 10_000_000, looks: 2_500 };
    /// When somebody has computed for long: it is not known what comes of the program any more.
    pub(super) const LITTLE: Patience = Patience { turns: 500_000, looks: 125 };
    /// To do once more what was done with great patience.
    pub(super) const ENDURING: Patience = Patience { turns: 20_000_000, looks: 5_000 };

    /// Does that, unless it takes long. What it worked on is then half done.
    pub(super) fn bear<T>(self, work: impl FnOnce() -> T) -> Option<T> {
        lookout::within(self.looks, work)
    }

    /// The thread computes up to its next operation, if it comes to one.
    pub(super) fn compute(self, thread: &mut Thread, image: &Image, shared: &Shared) {
        advance(thread, image, &AtHand(shared, image), self.turns);
    }

    /// Likewise, and it stands there.
    pub(super) fn arrive(self, thread: &mut Thread, image: &Image, shared: &Shared) {
        self.compute(thread, image, shared);
        rest(thread);
    }

    /// Likewise; one that takes long stays where it is.
    pub(super) fn begin(self, thread: &mut Thread, image: &Image, shared: &Shared) {
        let stood = thread.clone();
        if self.bear(|| self.arrive(thread, image, shared)).is_none() {
            *thread = stood;
        }
    }

    /// The thread arrives; whether it may be made to hand over the interpreter lock on its way.
    pub(super) fn arrive_looking(self, thread: &mut Thread, image: &Image, shared: &Shared) -> bool {
        let (_, yields) = advance_past_yields(thread, image, &AtHand(shared, image), self.turns);
        rest(thread);
        yields
    }
}

/// The thread stands.
pub(super) fn rest(thread: &mut Thread) {
    // What only the screen and the next steps' speed depend on would tell equal parts apart.
    thread.turns = 0;
    thread.names.clear();
    thread.finals = Default::default();
}
