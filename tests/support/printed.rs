//! What a run on the machine prints.

use super::world::World;
use raddle::event::{Event, EventKind};

impl World {
    /// All of it, of every process.
    pub(crate) fn output(&self) -> String {
        let printed = |event: &Event| match &event.kind {
            EventKind::Printed { text, error: false } => Some(text.to_string()),
            _ => None,
        };
        self.shared().events.iter().filter_map(printed).collect()
    }
}
