//! How a copy of a process's memory becomes another process's.

use super::heap::SharedHeap;
use super::object::Object;
use super::trace::{self, Address, Place};
use crate::base::ProcessId;

impl SharedHeap {
    /// This copy is another process's memory. The thread that made it has read all there was, and written as much.
    pub(in crate::machine) fn pass_to(&mut self, process: ProcessId) {
        let Some(before) = self.traced.replace(process) else { return };
        for id in self.objects().map(|(id, _)| id).collect::<Vec<_>>() {
            trace::meet(Place::Object(Address { process: before, id }));
            if let Some(Object::Namespace(globals)) = self.get(id) {
                globals.all();
                if let Some(Object::Namespace(globals)) = self.get_mut(id) {
                    globals.begin_trace(process);
                }
            }
        }
    }
}
