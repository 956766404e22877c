//! How a process makes another one: `fork` and `spawn`.
//!
//! By a fork the new process has a copy of the memory and one thread, a copy of the one that made it, which goes on behind
//! the call as the other one does. What other threads had taken stays taken there, by nobody who could give it back.
//!
//! A process that is spawned has a memory of its own. It runs the library and the scenario again, whose module has another
//! name there, and then does what it was told.

use super::interpreter::{NoFinals, Vm};
use super::perform::{main_thread, start_main};
use super::settle::Outcome;
use crate::base::{ObjectId, ProcessId, ThreadId};
use crate::bytecode::CodeId;
use crate::event::EventKind;
use crate::machine::memory::heap::SharedHeap;
use crate::machine::memory::object::{Instance, Object, Payload};
use crate::machine::memory::primitive::channel::End;
use crate::machine::memory::reach::Reach;
use crate::machine::memory::thread::Thread;
use crate::machine::memory::value::Value;
use crate::machine::run::image::Image;
use crate::machine::sync;
use crate::machine::sync::held;
use crate::machine::sync::process::SPAWNED_NAME;
use crate::machine::sync::shared::{Phase, Record, Shared};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Makes a process of that name from the thread's own.
pub(in crate::machine) fn fork(shared: &mut Shared, thread: &mut Thread, image: &Image, name: &Arc<str>) -> Outcome {
    let (me, main) = (thread.id, ThreadId(shared.threads.len() as u32));
    let process = ProcessId(shared.processes.count() as u32);
    let mut copy = shared.processes[thread.process].fork(thread.process, (process, main));
    let copied = copy.heap.weight() + thread.heap.budget().claimed();
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
    give(thread, image, process.number());
    give(&mut twin, image, 0);
    shared.started.push(twin);
    announce(shared, me, (process, main), name, Some(copied));
    introduce_held(shared, thread.process, (process, main));
    Outcome::Done
}

/// Makes a process of that name that knows nothing of the thread's own but what it is told, and has these ends of channels. It
/// may run the scenario's module `again`.
pub(in crate::machine) fn spawn(
    shared: &mut Shared,
    thread: &mut Thread,
    image: &Image,
    name: &Arc<str>,
    (told, ends, again): (Value, &[(ObjectId, End)], bool),
) -> Outcome {
    let (me, main) = (thread.id, ThreadId(shared.threads.len() as u32));
    let process = ProcessId(shared.processes.count() as u32);
    let memory = thread.heap.budget().limit();
    let made = shared.processes[thread.process].spawn(thread.process, main, memory);
    shared.processes.add(made);
    shared.world.pass_on(process, ends);
    let mut first = main_thread(image, (process, main), memory, (SPAWNED_NAME, told));
    first.object = sync::thread::main(shared, process, &mut first.heap);
    let row = shared.record_mut(main);
    (row.name, row.line) = (name.clone(), 0);
    let last = image.program.spawned.map(|spawned| spawned.code);
    let codes: Vec<CodeId> = last.into_iter().chain(again.then_some(image.program.main)).collect();
    start_main(&mut first, image, &codes);
    thread.pending = None;
    give(thread, image, process.number());
    shared.started.push(first);
    announce(shared, me, (process, main), name, None);
    for (object, end) in ends {
        shared.emit(main, EventKind::EndOpened { object: *object, writes: *end == End::Write, from: None });
    }
    Outcome::Done
}

/// Tells of a process. `copied`: it is a clone, of about so many bytes.
fn announce(
    shared: &mut Shared,
    me: ThreadId,
    (process, main): (ProcessId, ThreadId),
    name: &Arc<str>,
    copied: Option<u64>,
) {
    shared.emit(me, EventKind::ThreadCreated { new: main, name: name.clone(), daemon: false });
    let (forked, copied) = (copied.is_some(), copied.unwrap_or(0));
    shared.emit(me, EventKind::ProcessStarted { process, main, name: name.clone(), forked, copied });
    shared.emit(me, EventKind::ThreadStarted { started: main });
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

/// Introduces the locks that are held in the new process, by its thread or by nobody who is there.
fn introduce_held(shared: &mut Shared, parent: ProcessId, (process, main): (ProcessId, ThreadId)) {
    if shared.silent {
        return;
    }
    let rows = shared.threads.iter().filter(|record| record.process == parent);
    let taken = rows.flat_map(|record| &record.holds).map(|(lock, _)| *lock).filter(|lock| !lock.is_of_world());
    let inherited = shared.processes[parent].met.iter().copied();
    let locks: BTreeSet<ObjectId> = taken.chain(inherited).collect();
    let mut copies = Vec::new();
    for lock in locks {
        if held::owner(shared.sight(process), lock).is_some() {
            shared.speak_of(process, lock, &mut copies);
        }
    }
    let line = shared.record(main).line;
    shared.push_events(main, line, copies);
}
