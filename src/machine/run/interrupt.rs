//! Signals interrupt the main thread.
//!
//! A signal that *arrives* waits until the main thread performs next, which it can at once, whatever it waits for. It
//! then *takes* the signal: what it was doing is set aside, and the prelude's `handle_signal` calls the handler on top
//! of it. The end of that is an operation of its own. The thread then continues what it was doing (PEP 475): a limit
//! keeps its end, and a notify that came meanwhile counts. If the handler raised, it does not go on: the exception is
//! raised there, once the operation has undone what it did so far.

use super::end;
use super::interpreter::{NoFinals, Vm};
use super::settle::{Outcome, abandon, block};
use crate::base::ProcessId;
use crate::event::EventKind;
use crate::machine::data::exception;
use crate::machine::memory::native::Halt;
use crate::machine::memory::operation::{Operation, Part};
use crate::machine::memory::reach::Reach;
use crate::machine::memory::thread::{Interrupted, Then, Thread};
use crate::machine::memory::value::{ClassRef, Value};
use crate::machine::run::image::Image;
use crate::machine::run::signal::{Action, Handler};
use crate::machine::sync::process::Household;
use crate::machine::sync::shared::Shared;
use crate::schedule::Signal;

/// A signal arrives at a process: it is taken, ignored, or ends the process. A second interrupt while the first still waits
/// to be taken ends the process, so that a stuck program can be ended. An `urgent` signal interrupts what the main thread
/// waits for; if the same signal waits already and is not urgent, because the program sent it to itself, it only
/// becomes urgent.
pub(in crate::machine) fn arrive(shared: &mut Shared, process: ProcessId, signal: Signal, urgent: bool) {
    let Household { main, signals, .. } = &mut shared.processes[process].household;
    let waits = signals.pending.contains(&signal);
    match signals.handler(signal) {
        Handler::Ignore => {}
        Handler::Keyboard | Handler::Call(_) if !waits || (urgent && !signals.urgent) => {
            if !waits {
                signals.pending.push(signal);
            }
            signals.urgent |= urgent;
            shared.woken.push(*main);
        }
        Handler::Call(_) if signal != Signal::Int => {} // one that waits already stands for all, as everywhere
        Handler::Default | Handler::Keyboard | Handler::Call(_) => end::end_by_signal(shared, process, signal.number()),
    }
}

/// The main thread takes the signal that came first; `None` when that does nothing.
#[inline]
pub(in crate::machine) fn take(shared: &mut Shared, thread: &mut Thread, image: &Image) -> Option<Outcome> {
    if !thread.is_main || shared.processes[thread.process].household.signals.pending.is_empty() {
        return None;
    }
    take_first(shared, thread, image)
}

#[cold]
fn take_first(shared: &mut Shared, thread: &mut Thread, image: &Image) -> Option<Outcome> {
    if matches!(thread.pending, Some(Operation::Signal(Action::Leave(_)))) {
        return None;
    }
    let me = thread.id;
    let signals = &mut shared.processes[thread.process].household.signals;
    let signal = signals.pending.remove(0);
    signals.urgent &= !signals.pending.is_empty();
    let handler = signals.handler(signal).clone();
    if matches!(handler, Handler::Ignore) {
        return None; // it came before the program said so
    }
    shared.step += 1;
    let waiting = shared.record_mut(me).waiting.take();
    if waiting.is_some() {
        shared.emit(me, EventKind::Ready { by: None });
    }
    shared.emit(me, EventKind::SignalTaken { signal });
    shared.record_mut(me).set_aside.push(waiting);
    let (pending, raise_then) = (thread.pending.take(), thread.raise_then.take());
    thread.interrupted.push(Interrupted { pending, raise_then });
    Some(match handler {
        Handler::Ignore => Outcome::Done,
        Handler::Default => {
            end::end_by_signal(shared, thread.process, signal.number());
            Outcome::Over
        }
        Handler::Keyboard => {
            let class = ClassRef::Builtin(&exception::KEYBOARD_INTERRUPT);
            let interrupt = exception::make(&mut thread.heap, class, Vec::new());
            go_on(shared, thread, image, Some(interrupt))
        }
        Handler::Call(callable) => match call(shared, thread, image, callable, signal) {
            None => Outcome::Done,
            // There was no room for one more call.
            Some(exception) => go_on(shared, thread, image, Some(exception)),
        },
    })
}

/// Enters the handler; gives the exception that kept it from that. The instruction that is interrupted is done again, or its
/// operation performed, after that.
fn call(shared: &Shared, thread: &mut Thread, image: &Image, callable: Value, signal: Signal) -> Option<Value> {
    let function = image.prelude("handle_signal")?;
    let next = thread.frames.last().map(|frame| frame.next);
    let (depth, bottom) = (thread.frames.len(), thread.stack.len());
    let arguments = vec![callable, Value::Int(i64::from(signal.number()))];
    let heap = &shared.processes[thread.process].heap;
    let mut vm = Vm::new(thread, image, Reach::Read(heap), &NoFinals);
    let entered = vm.call_with(Value::Prelude(function), arguments, Vec::new(), bottom, 0, Then::Discard);
    if let (Some(frame), Some(next)) = (thread.frames.get_mut(depth.wrapping_sub(1)), next) {
        frame.next = next;
    }
    match entered {
        Err(Halt::Raise(exception)) => Some(exception),
        _ => None,
    }
}

/// The prelude's function is through with the handler: the main thread leaves it.
pub(in crate::machine) fn leave(
    shared: &mut Shared,
    thread: &mut Thread,
    image: &Image,
    raised: Option<Value>,
) -> Outcome {
    if let Some(frame) = thread.frames.pop() {
        thread.stack.truncate(frame.bottom as usize);
        thread.forget_answers(thread.frames.len() + 1);
    }
    shared.step += 1;
    go_on(shared, thread, image, raised)
}

/// The interrupted operation goes on, or the exception is raised there.
fn go_on(shared: &mut Shared, thread: &mut Thread, image: &Image, raised: Option<Value>) -> Outcome {
    let me = thread.id;
    let waiting = shared.record_mut(me).set_aside.pop().flatten();
    let Some(before) = thread.interrupted.pop() else { return Outcome::Done };
    if let Some(exception) = raised {
        if thread.frames.is_empty() {
            return end::interrupt_shutdown(shared, thread, image, &exception);
        }
        return abandon(shared, thread, image, waiting, exception);
    }
    (thread.pending, thread.raise_then) = (before.pending, before.raise_then);
    let Some(mut waiting) = waiting else { return Outcome::Done };
    if matches!(waiting.operation, Operation::Signal(Action::Pause)) {
        waiting.stage.part = Part::Handled;
    }
    block(shared, me, waiting);
    Outcome::Blocked
}
