//! *perform*: one operation on what threads share. The other half of the machine is `interpreter::advance`.

use super::circle::{self, Round};
use super::end;
use super::fault;
use super::fork;
use super::interpreter::{Finals, NoFinals, Vm};
use super::interrupt;
use super::outlook::{Move, note_stand};
use super::settle::{Outcome, abandon, block, forget, look_at_all, look_for_trouble, raise, settle};
use super::signal;
use super::touch;
use super::trouble;
use crate::base::{ObjectId, ProcessId, Symbol, ThreadId};
use crate::bytecode::{AttributeUse, CodeId};
use crate::event::EventKind;
use crate::machine::data::exception;
use crate::machine::memory::budget::Budget;
use crate::machine::memory::frame::Frame;
use crate::machine::memory::heap::PrivateHeap;
use crate::machine::memory::native::Halt;
use crate::machine::memory::object::{Globals, Object, Payload};
use crate::machine::memory::operation::{Operation, Progress, Stage};
use crate::machine::memory::primitive::process;
use crate::machine::memory::reach::Reach;
use crate::machine::memory::thread::{Then, Thread};
use crate::machine::memory::value::{ClassRef, Value};
use crate::machine::run::image::Image;
use crate::machine::run::operations;
use crate::machine::sync::collect;
use crate::machine::sync::process::Process;
use crate::machine::sync::shared::{Doom, Shared, Turn, Waiting};
use crate::machine::sync::{self, condition, lock};
use crate::schedule::Alternative;

/// What a run starts from.
#[derive(Clone, Copy, Debug)]
pub struct Boot {
    /// What the program's random generator starts from.
    pub seed: u64,
    /// The wall clock at the start, in nanoseconds since 1970.
    pub epoch: u64,
    /// How much memory the program may have, in bytes: see [`budget`](crate::machine::memory::budget).
    pub memory: u64,
}

/// The state before the first instruction: what threads share, and the main thread.
pub fn boot(image: &Image, boot: Boot) -> (Shared, Thread) {
    let first = ProcessId::FIRST;
    let mut thread = main_thread(image, (first, ThreadId::MAIN), boot.memory, ("__main__", Value::None));
    let mut shared = Shared::new(Process::new(thread.id, image.namespace, boot.seed, boot.memory), boot.epoch);
    thread.object = sync::thread::main(&mut shared, first, &mut thread.heap);
    shared.emit(thread.id, EventKind::Began);
    start_main(&mut thread, image, &[image.program.main]);
    (shared, thread)
}

/// The main thread of a process whose memory is new: it holds the global variables. What the scenario's module is called there,
/// and what the process is told, they say from the beginning.
pub(super) fn main_thread(
    image: &Image,
    (process, id): (ProcessId, ThreadId),
    memory: u64,
    (name, told): (&str, Value),
) -> Thread {
    let mut thread = Thread::new(id, process, Value::None, None);
    thread.is_main = true;
    // In every process they go by the same id.
    thread.heap = PrivateHeap::new(image.namespace.maker);
    *thread.heap.budget_mut() = Budget::new(memory);
    let mut globals = vec![Value::Unbound; image.program.globals.len()];
    if let Some(spawned) = image.program.spawned {
        globals[spawned.name.0 as usize] = Value::str(name);
        globals[spawned.told.0 as usize] = told;
    }
    let namespace = thread.heap.add(Object::Namespace(Globals::new(globals)));
    debug_assert_eq!(namespace, image.namespace);
    thread
}

/// The main thread runs the library's modules, then these codes, the last of them first.
pub(super) fn start_main(thread: &mut Thread, image: &Image, codes: &[CodeId]) {
    let mut vm = Vm::new(thread, image, Reach::Private, &NoFinals);
    for (index, code) in codes.iter().chain(image.program.startup.iter().rev()).enumerate() {
        let then = if index == 0 { Then::End } else { Then::Discard };
        vm.enter_code(*code, vm.thread.stack.len(), then, &[]);
    }
}

/// Reads final attributes where they are.
pub(in crate::machine) struct AtHand<'a>(pub(in crate::machine) &'a Shared, pub(in crate::machine) &'a Image);

impl Finals for AtHand<'_> {
    fn final_attribute(&self, process: ProcessId, object: ObjectId, name: Symbol) -> Option<Value> {
        self.0.processes[process].final_attribute(self.1, object, name)
    }
}

impl Process {
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
    let outcome = if thread.pending.is_none() && !shared.is_struck(thread.id) {
        thread.turns = 0; // It has looked up only to report.
        Outcome::Done
    } else {
        begin(shared, thread, image, alternative)
    };
    collect::report_if_wanted(shared, thread);
    outcome
}

fn begin(shared: &mut Shared, thread: &mut Thread, image: &Image, alternative: Alternative) -> Outcome {
    let line = line_of(thread, image);
    thread.turns = 0;
    thread.heap.learn(&shared.processes[thread.process].heap);
    let moved = if shared.silent { Move::On } else { note_stand(shared, thread, image) };
    let record = shared.record_mut(thread.id);
    record.line = line;
    if record.delayed.is_some() {
        fault::end_delay(shared, thread.id);
    }
    let record = shared.record_mut(thread.id);
    if record.doom.is_some()
        && let Some(doom) = record.doom.take()
    {
        return strike(shared, thread, image, doom);
    }
    if let Some(outcome) = interrupt::take(shared, thread, image) {
        return outcome;
    }
    if moved == Move::IntoCircle || shared.is_watchful() {
        return watched(shared, thread, image, alternative, moved);
    }
    attempt(shared, thread, image, alternative)
}

/// Whether it is time to look again at a ring that has been suspected for so many operations: a thread that could open it may
/// have passed the place, though it is still in the same code.
fn is_due(operations: u64) -> bool {
    operations < 64 || operations.is_multiple_of(256)
}

/// Performs while every operation is checked.
#[cold]
fn watched(shared: &mut Shared, thread: &mut Thread, image: &Image, alternative: Alternative, moved: Move) -> Outcome {
    let me = thread.id;
    let look = match circle::look(shared, thread, image) {
        Round::Endless => {
            look_at_all(shared, image, me);
            return Outcome::Blocked;
        }
        Round::Left => true,
        Round::Open => moved == Move::IntoCircle,
    };
    let changes = circle::may_change(shared, thread, image);
    let frees = matches!(
        thread.pending,
        Some(Operation::Lock(_, lock::Action::Release) | Operation::Condition(_, condition::Action::Release))
    );
    let outcome = attempt(shared, thread, image, alternative);
    if changes {
        circle::stir(shared, me);
    }
    // Who ended, or blocked without a limit, was looked at.
    let looked = match outcome {
        Outcome::Done => false,
        Outcome::Blocked => trouble::may_last(shared, me),
        Outcome::Over => true,
    };
    let due = |since| moved == Move::Elsewhere || frees || is_due(shared.step - since);
    if !looked && (look || shared.suspected.is_some_and(due)) {
        look_at_all(shared, image, me);
    }
    outcome
}

/// Performs the operation that the thread stands before; nothing keeps it from that.
fn attempt(shared: &mut Shared, thread: &mut Thread, image: &Image, alternative: Alternative) -> Outcome {
    // The operation stays where it is while it is performed: it is large, and moving it would cost more than most do.
    let ends =
        matches!(thread.pending, Some(Operation::Process(process::Action::Leave(_) | process::Action::Signal(..))));
    let outcome = match &thread.pending {
        None => return Outcome::Done,
        Some(Operation::Touch { object, write }) => {
            let (object, write) = (*object, *write);
            thread.pending = None;
            touch::touch(shared, thread, image, object, write);
            Outcome::Done
        }
        Some(Operation::Print { text, error }) => {
            shared.emit(thread.id, EventKind::Printed { text: text.clone(), error: *error });
            thread.pending = None;
            finish(thread, image, Value::None);
            Outcome::Done
        }
        Some(Operation::Exit) => {
            thread.pending = None;
            end::exit(shared, thread, image)
        }
        Some(Operation::Process(process::Action::Fork(name))) => {
            let name = name.clone();
            fork::fork(shared, thread, image, &name)
        }
        Some(Operation::Process(process::Action::Spawn(name, told, ends, again))) => {
            let (name, told, ends, again) = (name.clone(), told.clone(), ends.clone(), *again);
            fork::spawn(shared, thread, image, &name, (told, &ends, again))
        }
        Some(Operation::Process(process::Action::Leave(code))) => {
            let code = *code;
            thread.pending = None;
            end::leave_at_once(shared, thread, code)
        }
        Some(Operation::Signal(signal::Action::Leave(raised))) => {
            let raised = raised.clone();
            thread.pending = None;
            return interrupt::leave(shared, thread, image, raised);
        }
        Some(_) => synchronize(shared, thread, image, alternative),
    };
    shared.step += 1;
    // It may have ended its own process.
    let outcome = if shared.record(thread.id).is_over() { Outcome::Over } else { outcome };
    if ends {
        look_at_all(shared, image, thread.id);
    }
    match outcome {
        _ if shared.silent => {}
        Outcome::Done | Outcome::Blocked => thread.heap.meet(&mut shared.processes[thread.process].heap),
        Outcome::Over => thread.heap.leave(&mut shared.processes[thread.process].heap),
    }
    if let Some(frozen) = &shared.processes[thread.process].household.frozen
        && thread.frozen.is_none()
    {
        thread.freeze(frozen);
    }
    if outcome == Outcome::Done && shared.record(thread.id).slow != 0 {
        fault::drag(shared, thread.id);
    }
    // A signal that the main thread sent itself is taken at once.
    let taken = if outcome == Outcome::Done { interrupt::take(shared, thread, image) } else { None };
    taken.unwrap_or(outcome)
}

/// The operation's result takes the place of the instruction's operands.
fn finish(thread: &mut Thread, image: &Image, value: Value) {
    Vm::new(thread, image, Reach::Private, &NoFinals).complete(value);
}

/// Performs an operation of a synchronization primitive.
fn synchronize(shared: &mut Shared, thread: &mut Thread, image: &Image, alternative: Alternative) -> Outcome {
    let Thread { id: me, process, pending, heap: private, names, frames, stack, .. } = &mut *thread;
    let Some(operation) = pending.as_ref() else { return Outcome::Done };
    let (me, process) = (*me, *process);
    let record = shared.record(me);
    // What it waited for stays in place: its limit is read from there.
    let stage = record.waiting.as_ref().map_or(Stage::default(), |waiting| waiting.stage);
    let line = record.line;
    let mut turn = Turn { shared, private, names, image, me, process, line, frames, stack, touched: Vec::new() };
    let progress = operations::perform(&mut turn, operation, stage, alternative);
    let touched = turn.touched;
    let outcome = match progress {
        Ok(Progress::Done(value)) => {
            *pending = None;
            shared.record_mut(me).waiting = None;
            match thread.raise_then.take() {
                Some(exception) => raise(thread, image, exception),
                None => finish(thread, image, value),
            }
            Outcome::Done
        }
        Ok(Progress::Blocked { on, until, stage }) => {
            let waiting = Waiting { operation: operation.clone(), stage, on, until, ready: false };
            block(shared, me, waiting);
            Outcome::Blocked
        }
        Err(Halt::Raise(exception)) => {
            *pending = None;
            shared.record_mut(me).waiting = None;
            raise(thread, image, exception);
            Outcome::Done
        }
        Err(halt) => {
            *pending = None;
            shared.record_mut(me).waiting = None;
            // A barrier's action: the call's result takes the operation's place.
            Vm::new(thread, image, Reach::Write(&mut shared.processes[process].heap), &NoFinals).go_on(halt);
            Outcome::Done
        }
    };
    settle(shared, me, &touched);
    if outcome == Outcome::Blocked {
        look_for_trouble(shared, image, me);
    }
    outcome
}

/// A fault strikes the thread where it stands.
fn strike(shared: &mut Shared, thread: &mut Thread, image: &Image, doom: Doom) -> Outcome {
    let me = thread.id;
    shared.step += 1;
    let waiting = shared.record_mut(me).waiting.take();
    match doom {
        Doom::Kill => {
            forget(shared, me, waiting.as_ref());
            end::kill(shared, thread, image)
        }
        Doom::Raise(name) => {
            let class = exception::named(&name).unwrap_or(&exception::RUNTIME_ERROR);
            let message = vec![Value::str("injected by raddle")];
            let exception = exception::make(&mut thread.heap, ClassRef::Builtin(class), message);
            abandon(shared, thread, image, waiting, exception)
        }
    }
}

/// A thread's innermost frame that is not the library's, and its index.
fn visible<'a>(thread: &'a Thread, image: &Image) -> Option<(usize, &'a Frame)> {
    thread.frames.iter().enumerate().rev().find(|(_, frame)| !image.code(frame.code).is_hidden())
}

/// The line of the scenario where a thread stands: that of its innermost frame that is not the library's; 0 when it has none.
pub fn line_of(thread: &Thread, image: &Image) -> u32 {
    visible(thread, image).map_or(0, |(index, frame)| {
        // A caller has moved on to the instruction behind its call.
        let is_innermost = index + 1 == thread.frames.len();
        let at = if is_innermost { frame.next } else { frame.next.saturating_sub(1) };
        image.code(frame.code).line_of(at)
    })
}

/// The variables in the slots of that frame, by name.
pub fn locals_of<'a>(thread: &'a Thread, image: &'a Image) -> impl Iterator<Item = (&'a str, &'a Value)> {
    visible(thread, image).into_iter().flat_map(|(_, frame)| {
        let slots = thread.stack.get(frame.locals as usize..).unwrap_or_default();
        let names = image.code(frame.code).locals.iter().map(|name| image.name(*name));
        names.zip(slots).filter(|(name, _)| !name.starts_with('.'))
    })
}
