//! *perform*: one operation on what threads share. The other half of the machine is `interpreter::advance`.

use super::end;
use super::exception;
use super::heap::Reach;
use super::image::Image;
use super::interpreter::{Finals, Vm};
use super::interrupt;
use super::native::Halt;
use super::object::{Object, Payload};
use super::operation::{Operation, Progress, Stage};
use super::shared::{Doom, Shared, Turn, Waiting};
use super::show;
use super::sync::{self, signal};
use super::thread::{Then, Thread};
use super::trouble;
use super::value::{ClassRef, Value};
use crate::base::{ObjectId, Symbol, ThreadId};
use crate::bytecode::{AttributeUse, Instruction};
use crate::event::{Blocker, EventKind, Place, Shown, Trouble};
use crate::schedule::Alternative;
use std::sync::Arc;

/// What became of an operation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It is done; the thread goes on.
    Done,
    /// The thread cannot go on; its operation is to be performed again when it can.
    Blocked,
    /// The thread is over.
    Over,
}

/// What a run starts from.
#[derive(Clone, Copy, Debug)]
pub struct Boot {
    /// What the program's random generator starts from.
    pub seed: u64,
    /// The wall clock at the start, in nanoseconds since 1970.
    pub epoch: u64,
}

/// The state before the first instruction: what threads share, and the main thread.
pub fn boot(image: &Image, boot: Boot) -> (Shared, Thread) {
    let mut thread = Thread::new(ThreadId::MAIN, Value::None, None);
    let globals = vec![Value::Unbound; image.program.globals.len()];
    let namespace = thread.heap.add(Object::Namespace(globals));
    debug_assert_eq!(namespace, image.namespace);
    let mut shared = Shared::new(namespace, boot.seed, boot.epoch);
    thread.object = sync::thread::main(&mut shared, &mut thread.heap);
    shared.emit(ThreadId::MAIN, EventKind::Began);
    start_main(&mut thread, image);
    (shared, thread)
}

/// The main thread runs the library's modules, then the scenario's.
fn start_main(thread: &mut Thread, image: &Image) {
    let mut vm = Vm::new(thread, image, Reach::Private, &NoFinals);
    vm.enter_code(image.program.main, 0, Then::End, &[]);
    for &module in image.program.startup.iter().rev() {
        vm.enter_code(module, vm.thread.stack.len(), Then::Discard, &[]);
    }
}

/// For whoever has the shared heap in reach anyway.
pub(super) struct NoFinals;

impl Finals for NoFinals {
    fn final_attribute(&self, _: ObjectId, _: Symbol) -> Option<Value> {
        None
    }
}

impl Shared {
    /// An attribute of a shared instance, if it can no longer change: only `__init__` stores to it, and it was there when
    /// the instance became shared. Or a thread's name, in a program that renames none.
    pub fn final_attribute(&self, image: &Image, object: ObjectId, name: Symbol) -> Option<Value> {
        let Object::Instance(instance) = self.heap.get(object)? else { return None };
        match (image.program.attribute_use(name), &instance.payload) {
            (AttributeUse::Never, Payload::Thread(Some(data))) => {
                let renames = image.symbol("setName").is_some();
                return (image.name(name) == "name" && !renames).then(|| Value::str(&*data.name));
            }
            (AttributeUse::Init, _) => {}
            _ => return None,
        }
        let position = instance.attributes.position(name)?;
        if position < instance.sealed { instance.attributes.get(name).cloned() } else { None }
    }
}

/// Performs a thread's pending operation: does it, or blocks the thread. `alternative` says how it goes on where there is
/// more than one way.
pub fn perform(shared: &mut Shared, thread: &mut Thread, image: &Image, alternative: Alternative) -> Outcome {
    let me = thread.id;
    shared.record_mut(me).line = line_of(thread, image);
    if let Some(doom) = shared.record_mut(me).doom.take() {
        return strike(shared, thread, image, doom);
    }
    if let Some(outcome) = interrupt::take(shared, thread, image) {
        return outcome;
    }
    let Some(operation) = thread.pending.take() else { return Outcome::Done };
    let outcome = match operation {
        Operation::Touch { object, write } => touch(shared, thread, image, object, write),
        Operation::Print { text, error } => {
            shared.emit(me, EventKind::Printed { text, error });
            finish(thread, image, Value::None);
            Outcome::Done
        }
        Operation::Exit => end::exit(shared, thread, image),
        Operation::Signal(signal::Action::Leave(raised)) => return interrupt::leave(shared, thread, image, raised),
        operation => synchronize(shared, thread, image, operation, alternative),
    };
    shared.step += 1;
    if let Some(frozen) = &shared.frozen
        && thread.frozen.is_none()
    {
        thread.freeze(frozen);
    }
    // A signal that the main thread sent itself is taken at once.
    let taken = if outcome == Outcome::Done { interrupt::take(shared, thread, image) } else { None };
    taken.unwrap_or(outcome)
}

/// The operation's result takes the place of the instruction's operands.
fn finish(thread: &mut Thread, image: &Image, value: Value) {
    Vm::new(thread, image, Reach::Private, &NoFinals).complete(value);
}

pub(super) fn raise(thread: &mut Thread, image: &Image, exception: Value) {
    Vm::new(thread, image, Reach::Private, &NoFinals).raise(exception, true);
}

/// Performs an operation of a synchronization primitive.
fn synchronize(
    shared: &mut Shared,
    thread: &mut Thread,
    image: &Image,
    operation: Operation,
    alternative: Alternative,
) -> Outcome {
    let me = thread.id;
    // What it waited for stays in place: its limit is read from there.
    let stage = shared.record(me).waiting.as_ref().map_or(Stage::default(), |waiting| waiting.stage);
    let line = shared.record(me).line;
    let mut turn =
        Turn { shared, private: &mut thread.heap, names: &mut thread.names, image, me, line, touched: Vec::new() };
    let progress = sync::perform(&mut turn, &operation, stage, alternative);
    let touched = std::mem::take(&mut turn.touched);
    if !matches!(progress, Ok(Progress::Blocked { .. })) {
        shared.record_mut(me).waiting = None;
    }
    let outcome = match progress {
        Ok(Progress::Done(value)) => {
            match thread.raise_then.take() {
                Some(exception) => raise(thread, image, exception),
                None => finish(thread, image, value),
            }
            Outcome::Done
        }
        Ok(Progress::Blocked { on, until, stage }) => {
            let waiting = Waiting { operation: operation.clone(), stage, on, until, ready: false };
            thread.pending = Some(operation);
            block(shared, me, waiting);
            Outcome::Blocked
        }
        Err(Halt::Raise(exception)) => {
            raise(thread, image, exception);
            Outcome::Done
        }
        Err(halt) => {
            // A barrier's action: the call's result takes the operation's place.
            Vm::new(thread, image, Reach::Write(&mut shared.heap), &NoFinals).go_on(halt);
            Outcome::Done
        }
    };
    settle(shared, me, &touched);
    if outcome == Outcome::Blocked {
        look_for_trouble(shared, me);
    }
    outcome
}

/// The thread stops before something, which may let it go on at once.
pub(super) fn block(shared: &mut Shared, me: ThreadId, mut waiting: Waiting) {
    let (on, until) = (waiting.on, waiting.until);
    waiting.ready = sync::ready(shared, me, &waiting);
    shared.emit(me, EventKind::Blocked { on, until });
    if waiting.ready {
        shared.emit(me, EventKind::Ready { by: None });
        shared.woken.push(me);
    }
    shared.record_mut(me).waiting = Some(waiting);
}

/// Threads that wait before what was touched look again: some can go on now, some no longer.
pub(super) fn settle(shared: &mut Shared, me: ThreadId, touched: &[Blocker]) {
    for on in touched {
        for index in 0..shared.threads.len() {
            let thread = ThreadId(index as u32);
            let Some(waiting) = &shared.threads[index].waiting else { continue };
            if waiting.on != *on || thread == me {
                continue;
            }
            let ready = sync::ready(shared, thread, waiting);
            if ready == waiting.ready {
                continue;
            }
            let until = waiting.until;
            if let Some(waiting) = &mut shared.threads[index].waiting {
                waiting.ready = ready;
            }
            let event = if ready { EventKind::Ready { by: Some(me) } } else { EventKind::Blocked { on: *on, until } };
            shared.emit(thread, event);
            shared.woken.push(thread);
        }
    }
}

/// A thread has just blocked: is something wrong now?
pub(super) fn look_for_trouble(shared: &mut Shared, me: ThreadId) {
    if let Some(trouble) = trouble::check_block(shared, me) {
        report_trouble(shared, me, trouble);
    }
    look_for_stuck(shared, me);
}

/// Nobody may be left who could help some threads.
pub(super) fn look_for_stuck(shared: &mut Shared, me: ThreadId) {
    if let Some(trouble) = trouble::check_stuck(shared) {
        report_trouble(shared, me, trouble);
    }
}

/// Reports a trouble, once.
pub(super) fn report_trouble(shared: &mut Shared, me: ThreadId, trouble: Trouble) {
    trouble::remember(shared, &trouble);
    shared.emit(me, EventKind::Trouble(Arc::new(trouble)));
}

/// Does a data instruction with the shared heap in reach: first to read, then, once everything that it hands over is shared,
/// to write. `write` says that reading will not do: the thread has come so far by itself that it wanted to write.
fn touch(shared: &mut Shared, thread: &mut Thread, image: &Image, object: ObjectId, write: bool) -> Outcome {
    let place = place(thread, image, object);
    let written = stored(thread, image).cloned();
    let read = if write {
        Err(Halt::Shared { object, write })
    } else {
        Vm::new(thread, image, Reach::Read(&shared.heap), &NoFinals).once()
    };
    let wrote = match read {
        Ok(()) => false,
        Err(Halt::Shared { .. }) => {
            share_handed_over(shared, thread, image);
            let result = Vm::new(thread, image, Reach::Write(&mut shared.heap), &NoFinals).once();
            assert!(result.is_ok(), "with everything in reach, nothing is out of reach");
            true
        }
        Err(_) => false,
    };
    let me = thread.id;
    let value = match (&place, written) {
        (Place::Content { object }, _) => show::object(shared, image, *object),
        (_, Some(value)) => show::value(shared, image, &value),
        (_, None) => thread.stack.last().map_or(Shown::None, |value| show::value(shared, image, value)),
    };
    shared.emit(me, if wrote { EventKind::Wrote { place, value } } else { EventKind::Read { place, value } });
    Outcome::Done
}

/// A generator that stops takes all of its frame along: what it is handling, and its cells.
fn share_frame(shared: &mut Shared, thread: &mut Thread, image: &Image) -> Vec<ObjectId> {
    let Some(frame) = thread.frames.last() else { return Vec::new() };
    if image.code(frame.code).instructions[frame.next as usize] != Instruction::Yield {
        return Vec::new();
    }
    let mut moved = shared.heap.share(&mut thread.heap, &frame.handled);
    moved.extend(shared.heap.share_ids(&mut thread.heap, frame.cells.to_vec()));
    moved
}

/// Makes everything shared that the instruction at hand hands over.
fn share_handed_over(shared: &mut Shared, thread: &mut Thread, image: &Image) {
    let (values, private) = Vm::handed_over(thread, image);
    let mut moved = shared.heap.share(private, values);
    moved.extend(share_frame(shared, thread, image));
    if moved.is_empty() {
        return;
    }
    let line = shared.record(thread.id).line;
    let me = thread.id;
    let mut turn =
        Turn { shared, private: &mut thread.heap, names: &mut thread.names, image, me, line, touched: Vec::new() };
    turn.show(&moved);
}

/// Where the data instruction at hand reads or writes.
fn place(thread: &Thread, image: &Image, object: ObjectId) -> Place {
    let Some(frame) = thread.frames.last() else { return Place::Content { object } };
    let code = image.code(frame.code);
    match code.instructions[frame.next as usize] {
        Instruction::LoadGlobal(global) | Instruction::StoreGlobal(global) | Instruction::DeleteGlobal(global) => {
            Place::Global(image.program.globals[global.0 as usize].name)
        }
        Instruction::LoadClassName(_, global) => Place::Global(image.program.globals[global.0 as usize].name),
        Instruction::LoadAttribute(name) | Instruction::StoreAttribute(name) | Instruction::DeleteAttribute(name) => {
            Place::Attribute { object, name }
        }
        Instruction::LoadCell(index) | Instruction::StoreCell(index) | Instruction::DeleteCell(index) => {
            Place::Cell { object, name: code.cells[index as usize] }
        }
        _ => Place::Content { object },
    }
}

/// The value that the instruction at hand is going to store, if it is a store to a name.
fn stored<'a>(thread: &'a Thread, image: &Image) -> Option<&'a Value> {
    let frame = thread.frames.last()?;
    let depth = match image.code(frame.code).instructions[frame.next as usize] {
        Instruction::StoreGlobal(_) | Instruction::StoreCell(_) => 1,
        Instruction::StoreAttribute(_) => 2,
        _ => return None,
    };
    thread.stack.len().checked_sub(depth).and_then(|index| thread.stack.get(index))
}

/// A fault strikes the thread where it stands.
fn strike(shared: &mut Shared, thread: &mut Thread, image: &Image, doom: Doom) -> Outcome {
    let me = thread.id;
    shared.step += 1;
    let waiting = shared.record_mut(me).waiting.take();
    match doom {
        Doom::Kill => {
            forget(shared, me, waiting.as_ref());
            end::kill(shared, thread)
        }
        Doom::Raise(name) => {
            let class = exception::named(&name).unwrap_or(&exception::RUNTIME_ERROR);
            let message = vec![Value::str("injected by raddle")];
            let exception = exception::make(&mut thread.heap, ClassRef::Builtin(class), message);
            abandon(shared, thread, image, waiting, exception)
        }
    }
}

/// An exception from outside is raised in a thread, which gives up what it waits for. It comes once the operation has undone
/// what it did so far: a condition's wait takes its lock again.
pub(super) fn abandon(
    shared: &mut Shared,
    thread: &mut Thread,
    image: &Image,
    waiting: Option<Waiting>,
    exception: Value,
) -> Outcome {
    let me = thread.id;
    if let Some(waiting) = &waiting
        && let Some((on, stage)) = sync::unwind(shared, waiting)
    {
        thread.raise_then = Some(exception);
        thread.pending = Some(waiting.operation.clone());
        block(shared, me, Waiting { on, stage, until: None, ready: false, operation: waiting.operation.clone() });
        look_for_trouble(shared, me);
        return Outcome::Blocked;
    }
    forget(shared, me, waiting.as_ref());
    if waiting.is_some() {
        shared.emit(me, EventKind::Ready { by: None });
    }
    thread.pending = None;
    // A thread that has not begun has no frame to raise it in yet.
    Vm::new(thread, image, Reach::Private, &NoFinals).enter_thread();
    raise(thread, image, exception);
    Outcome::Done
}

/// Nobody reckons any more with a thread's waiting for something.
fn forget(shared: &mut Shared, me: ThreadId, waiting: Option<&Waiting>) {
    if let Some(waiting) = waiting {
        sync::cancel(shared, me, waiting);
        settle(shared, me, &[waiting.on]);
    }
}

/// The line of the scenario where a thread stands: that of its innermost frame that is not the library's; 0 when it has none.
pub fn line_of(thread: &Thread, image: &Image) -> u32 {
    let innermost = thread.frames.len().wrapping_sub(1);
    let visible = thread.frames.iter().enumerate().rev().find(|(_, frame)| !image.code(frame.code).is_hidden());
    visible.map_or(0, |(index, frame)| {
        // A caller has moved on to the instruction behind its call.
        let at = if index == innermost { frame.next } else { frame.next.saturating_sub(1) };
        image.code(frame.code).line_of(at)
    })
}
