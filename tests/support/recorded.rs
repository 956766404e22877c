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
pub(crate) fn follow(run: Run, image: &Arc<Image>, meddle: impl FnMut(&Control, &[Event])) -> Recorded {
    follow_if(run, image, meddle).unwrap_or_else(|why| panic!("{why}"))
}

/// Likewise, or says why the run failed or was not as its tape says.
pub(crate) fn follow_if(
    run: Run,
    image: &Arc<Image>,
    mut meddle: impl FnMut(&Control, &[Event]),
) -> Result<Recorded, String> {
    let (control, boot) = (run.control(), run.boot());
    let mut stream = run.events();
    let (mut events, mut batch) = (Vec::new(), Vec::new());
    while stream.recv_batch(&mut batch) {
        meddle(&control, &batch);
        events.append(&mut batch);
    }
    if let RunEnd::Failed(why) | RunEnd::Parted(why) = run.end() {
        return Err(why);
    }
    // A run that was stuck may have been helped just then.
    events.append(&mut stream.drain(usize::MAX));
    Ok(Recorded { image: image.clone(), boot, events, blocks: control.fetch_tape() })
}
