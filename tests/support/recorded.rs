//! Live runs that were recorded.

use raddle::engine::{Control, Run, RunEnd};
use raddle::event::Event;
use raddle::machine::{Boot, Image};
use std::sync::Arc;

/// A run that was recorded.
pub(crate) struct Recorded {
    pub(crate) image: Arc<Image>,
    pub(crate) boot: Boot,
    pub(crate) events: Vec<Event>,
    pub(crate) blocks: Vec<Arc<[u8]>>,
}

/// Follows a run to its end, and does something to it whenever there are events.
pub(crate) fn follow(run: Run, image: &Arc<Image>, mut meddle: impl FnMut(&Control, &[Event])) -> Recorded {
    let (control, boot) = (run.control(), run.boot());
    let mut stream = run.events();
    let (mut events, mut batch) = (Vec::new(), Vec::new());
    while stream.recv_batch(&mut batch) {
        meddle(&control, &batch);
        events.append(&mut batch);
    }
    if let RunEnd::Failed(why) | RunEnd::Parted(why) = run.end() {
        panic!("{why}");
    }
    // A run that was stuck may have been helped just then.
    events.append(&mut stream.drain(usize::MAX));
    Recorded { image: image.clone(), boot, events, blocks: control.fetch_tape() }
}
