//! Plays the tapes of runs in the machine.

use raddle::event::Event;
use raddle::history::{Cursor, Moved};
use raddle::machine::{Boot, Image};
use std::sync::Arc;

/// What a tape gives in the machine; the error says where it cannot be followed.
pub(crate) fn replay(image: &Arc<Image>, boot: Boot, blocks: &[Arc<[u8]>]) -> Result<Vec<Event>, String> {
    let mut cursor = Cursor::new(image.clone(), boot);
    loop {
        match cursor.forward(blocks, &|| true) {
            Ok(Moved::On) => {}
            Ok(Moved::End) => return Ok(cursor.execution_mut().take_events()),
            Err(divergence) => return Err(divergence.to_string()),
        }
    }
}
