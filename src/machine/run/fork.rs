//! How a process makes another one: `fork`.
//!
//! The new process has a copy of the memory and one thread, a copy of the one that made it, which goes on behind the call as
//! the other one does. What other threads had taken stays taken there, by nobody who could give it back.

use super::interpreter::{NoFinals, Vm};
use super::settle::Outcome;
use crate::base::{ObjectId, ProcessId, ThreadId};
use crate::event::EventKind;
use crate::machine::memory::heap::{Reach, SharedHeap};
use crate::machine::memory::object::{Instance, Object, Payload};
use crate::machine::memory::thread::Thread;
use crate::machine::memory::value::Value;
use crate::machine::run::image::Image;
use crate::machine::sync::process::number;
use crate::machine::sync::shared::{Phase, Record, Shared};
use std::sync::Arc;

/// Makes a process of that name from the thread's own.
pub(in crate::machine) fn fork(shared: &mut Shared, thread: &mut Thread, image: &Image, name: &Arc<str>) -> Outcome {
    let (me, main) = (thread.id, ThreadId(shared.threads.len() as u32));
    let process = ProcessId(shared.processes.count() as u32);
    let mut copy = shared.processes[thread.process].fork(thread.process, (process, main));
    let before = shared.record(me);
    let mut row = Record::new(before.process, name.clone(), false, before.object.clone());
    row.phase = Phase::Alive;
    row.line = before.line;
    row.holds = before.holds.iter().filter(|(lock, _)| !lock.is_of_world()).copied().collect();
    row.set_aside.clone_from(&before.set_aside);
    row.stands.clone_from(&before.stands);
    row.holds.iter().for_each(|(lock, _)| pass_on(&mut copy.heap, *lock, me, main));
    let mut twin = thread.clone();
    (twin.id, twin.is_main, twin.pending) = (main, true, None);
    let id = thread.object.object_id();
    if let Some(Object::Instance(Instance { payload: Payload::Thread(Some(data)), .. })) =
        id.and_then(|id| twin.heap.get_mut(id).map_or_else(|| copy.heap.get_mut(id), Some))
    {
        data.id = main;
    }
    shared.processes.add(copy);
    shared.world.fork(thread.process, process);
    (row.process, twin.process) = (process, process);
    shared.threads.push(row);
    thread.pending = None;
    give(thread, image, number(process));
    give(&mut twin, image, 0);
    shared.started.push(twin);
    shared.emit(me, EventKind::ThreadCreated { new: main, name: name.clone(), daemon: false });
    shared.emit(me, EventKind::ProcessStarted { process, main, name: name.clone() });
    shared.emit(me, EventKind::ThreadStarted { started: main });
    Outcome::Done
}

/// The copy of a lock that the thread held is its twin's.
fn pass_on(heap: &mut SharedHeap, lock: ObjectId, from: ThreadId, to: ThreadId) {
    match heap.get_mut(lock) {
        Some(Object::Lock(state)) if state.owner == Some(from) => state.owner = Some(to),
        Some(Object::RLock(state)) if state.owner == Some(from) => state.owner = Some(to),
        _ => {}
    }
}

/// What the call gives the thread.
fn give(thread: &mut Thread, image: &Image, number: i64) {
    Vm::new(thread, image, Reach::Private, &NoFinals).complete(Value::Int(number));
}
