//! Exceptions on their way out: to a handler, out of frames, out of the thread.

use super::{Flow, Step, Vm};
use crate::base::ObjectId;
use crate::bytecode::AttributeUse;
use crate::machine::data;
use crate::machine::data::{exception, traceback};
use crate::machine::memory::native::{Halt, Type};
use crate::machine::memory::object::{ExceptionData, Object, Payload};
use crate::machine::memory::operation::Operation;
use crate::machine::memory::thread::{Frame, Resumed, Then};
use crate::machine::memory::value::{ClassRef, Value};
use crate::machine::sync::support::library_call;
use triomphe::Arc;

impl Vm<'_> {
    /// `return`: the frame's value goes where the frame says.
    pub(super) fn return_value(&mut self, at: u32) -> Step {
        if let Some(Frame { then: Then::Push, bottom, .. }) = self.thread.frames.last() {
            let bottom = *bottom as usize;
            self.thread.frames.truncate(self.thread.frames.len() - 1);
            if let Value::Int(number) = *self.peek(0) {
                while self.thread.stack.len() > bottom {
                    self.drop_top();
                }
                self.push_made(|| Value::Int(number));
                return Ok(Flow::Frame);
            }
            let value = self.pop();
            while self.thread.stack.len() > bottom + 1 {
                self.drop_top();
            }
            self.replace(self.thread.stack.len() - bottom, value);
            return Ok(Flow::Frame);
        }
        if let Some(Then::Generator(id, _)) = self.thread.frames.last().map(|frame| &frame.then) {
            let id = *id;
            // A shared generator is marked as over: reach for it before anything changes.
            self.with(|context, _| context.memory.get_mut(id).map(|_| ()))?;
        }
        if !self.settle_truth(at)? {
            return Ok(Flow::Frame);
        }
        let value = self.pop();
        let Some(frame) = self.thread.frames.pop() else { return Ok(Flow::Frame) };
        if let Then::Class(bases, keywords) = frame.then {
            return self.finish_class(frame.code, frame.locals as usize, frame.bottom as usize, bases, keywords);
        }
        self.thread.stack.truncate(frame.bottom as usize);
        // A caller has moved on to the instruction behind its call, except where that is done again.
        let behind = u32::from(!frame.then.is_again());
        let at = self.thread.frames.last().map_or(0, |caller| caller.next.saturating_sub(behind));
        match self.receive(value, frame.then, at) {
            Err(Halt::Raise(exception)) => {
                self.frame().next = at;
                self.raise(exception, true);
                Ok(Flow::Frame)
            }
            Err(halt) => Err(halt),
            Ok(_) => Ok(Flow::Frame),
        }
    }

    /// Raises an exception at the instruction at hand: goes on in the handler that covers it, or ends the thread. `fresh`
    /// exceptions get this frame in their traceback and the exception being handled as their context.
    pub(in crate::machine) fn raise(&mut self, mut exception: Value, fresh: bool) {
        if fresh {
            self.set_context(&exception);
        }
        let mut trace = fresh;
        let mut at = self.thread.frames.last().map_or(0, |frame| frame.next);
        loop {
            let Some(frame) = self.thread.frames.last() else {
                self.thread.uncaught = Some(exception);
                return;
            };
            let code = self.image.code(frame.code);
            if trace && !code.is_hidden() {
                let entry = (Arc::from(self.image.name(code.name)), code.line_of(at));
                self.with_exception(&exception, |data| data.traceback.push(entry));
            }
            trace = true;
            if let Some(handler) = code.handler_of(at).copied() {
                self.thread.forget_answers(self.thread.frames.len());
                let frame = self.frame();
                frame.handled.truncate(handler.handled as usize);
                frame.handled.push(exception);
                frame.next = handler.target;
                let depth = frame.base as usize + handler.stack as usize;
                self.thread.stack.truncate(depth);
                return;
            }
            if let Some(generator) = self.generator_out_of_reach() {
                self.frame().next = at;
                self.thread.raising = Some(exception);
                self.thread.pending = Some(Operation::Touch { object: generator, write: true });
                return;
            }
            let Some(frame) = self.thread.frames.pop() else { return };
            self.thread.stack.truncate(frame.bottom as usize);
            // A caller has moved on to the instruction behind its call, except where that is done again.
            let again = frame.then.is_again();
            if matches!(frame.then, Then::Generator(..)) && exception.is_instance_of(&exception::STOP_ITERATION) {
                exception = self.stop_inside(exception);
            }
            if self.leaves(frame, &exception) {
                return;
            }
            at = self
                .thread
                .frames
                .last()
                .map_or(0, |caller| if again { caller.next } else { caller.next.saturating_sub(1) });
        }
    }

    /// The running generator, if it is shared and cannot be marked as over now.
    fn generator_out_of_reach(&mut self) -> Option<ObjectId> {
        let Then::Generator(id, _) = self.thread.frames.last()?.then else { return None };
        self.with(|context, _| context.memory.get_mut(id).is_err()).then_some(id)
    }

    /// A `StopIteration` that leaves a generator is a mistake of its code (PEP 479).
    fn stop_inside(&mut self, cause: Value) -> Value {
        let class = ClassRef::Builtin(&exception::RUNTIME_ERROR);
        let error = exception::make(&mut self.thread.heap, class, vec![Value::str("generator raised StopIteration")]);
        self.set_cause(&error, cause);
        error
    }

    /// The value of a `StopIteration`.
    fn stop_value(&mut self, exception: &Value) -> Value {
        let mut value = Value::None;
        self.with_exception(exception, |data| value = data.arguments.first().cloned().unwrap_or(Value::None));
        value
    }

    /// An exception leaves a frame; true when that is no exception to the caller.
    fn leaves(&mut self, frame: Frame, exception: &Value) -> bool {
        let is = |class: &'static Type| exception.is_instance_of(class);
        match frame.then {
            Then::Iterate(target) if is(&exception::STOP_ITERATION) => {
                self.pop();
                self.frame().next = target;
                true
            }
            Then::Delegate(end) if is(&exception::STOP_ITERATION) => {
                let value = self.stop_value(exception);
                self.replace(1, value);
                self.frame().next = end;
                true
            }
            Then::Default(value) if is(&exception::STOP_ITERATION) => {
                self.push(value);
                true
            }
            Then::Attribute { missing, .. } if !missing.is_unbound() && is(&exception::ATTRIBUTE_ERROR) => {
                self.push(missing);
                true
            }
            Then::Generator(id, resumed) => {
                self.generator_over(id);
                let closed = matches!(resumed, Resumed::Close)
                    && (is(&exception::GENERATOR_EXIT) || is(&exception::STOP_ITERATION));
                if closed {
                    self.push(Value::None);
                }
                closed
            }
            Then::Push
            | Then::Discard
            | Then::Instance(_)
            | Then::Class(..)
            | Then::Truth { .. }
            | Then::Operator(_)
            | Then::Condition(_)
            | Then::Checked(_)
            | Then::Answer(_)
            | Then::Again
            | Then::Iterate(_)
            | Then::Delegate(_)
            | Then::Default(_)
            | Then::Attribute { .. }
            | Then::Words(_)
            | Then::Told
            | Then::End => false,
        }
    }

    /// Asks an exception for the text that the traceback will show, if its class defines `__str__`: first the one that
    /// ended the thread, then those that led to it. False when all were asked.
    pub(super) fn ask_for_words(&mut self) -> bool {
        let Some(global) = self.image.prelude("words") else { return false };
        let mut next = self.thread.uncaught.clone();
        if let Some((id, value)) = self.exit_value() {
            return self.call_with(Value::Prelude(global), vec![value], Vec::new(), 0, 0, Then::Words(id)).is_ok();
        }
        for _ in 0..traceback::CHAIN_LIMIT {
            let Some(Value::Instance(exception)) = next else { return false };
            let id = exception.id;
            let speaks =
                data::user_attribute(self.thread.heap.replaced(), self.image, &exception.class, "__str__").is_some();
            if speaks && self.thread.words.iter().all(|(other, _)| *other != id) {
                let arguments = vec![Value::Instance(exception)];
                return self.call_with(Value::Prelude(global), arguments, Vec::new(), 0, 0, Then::Words(id)).is_ok();
            }
            let Some(Object::Instance(instance)) = self.thread.heap.get(id) else { return false };
            let Payload::Exception(data) = &instance.payload else { return false };
            next = data.cause.clone().or_else(|| data.context.clone().filter(|_| !data.suppress_context));
        }
        false
    }

    /// What the main thread wants to exit with, if that is to be printed, and Python code may have to say how.
    fn exit_value(&self) -> Option<(ObjectId, Value)> {
        let Some(exit @ Value::Instance(raised)) = &self.thread.uncaught else { return None };
        let said = self.thread.words.iter().any(|(id, _)| *id == raised.id);
        if said || !self.thread.is_main || !exit.is_instance_of(&exception::SYSTEM_EXIT) {
            return None;
        }
        let Some(Object::Instance(instance)) = self.thread.heap.get(raised.id) else { return None };
        let Payload::Exception(data) = &instance.payload else { return None };
        let value = data.exit_code();
        (!matches!(value, Value::None | Value::Int(_) | Value::Big(_) | Value::Bool(_) | Value::Str(_)))
            .then_some((raised.id, value))
    }

    /// Calls the program's `excepthook` about the exception that ended the thread. False when it has none, or it was
    /// called already.
    pub(super) fn call_hook(&mut self) -> bool {
        let Some(exception) = self.thread.uncaught.clone() else { return false };
        let assigns = |name| self.image.program.attribute_use(name) != AttributeUse::Never;
        if self.thread.told.is_some() || !self.image.symbol("excepthook").is_some_and(assigns) {
            return false;
        }
        let module = if self.thread.is_main { "sys" } else { "threading" };
        let Some(call) = library_call(self.image, module, "_tell", vec![exception]) else { return false };
        self.thread.told = Some(false);
        self.call_with(call.callee, call.arguments, Vec::new(), 0, 0, Then::Told).is_ok()
    }

    /// Sets the context of a fresh exception: what is being handled now.
    fn set_context(&mut self, exception: &Value) {
        let Some(context) = self.handled().cloned() else { return };
        let is_private = |id: Option<ObjectId>| id.is_some_and(|id| self.thread.heap.get(id).is_some());
        // Nothing shared refers to anything private: `raise` has shared the context of a shared exception.
        if context.is(exception) || is_private(context.object_id()) && !is_private(exception.object_id()) {
            return;
        }
        self.break_chain(&context, exception);
        self.with_exception(exception, |data| data.context = Some(context));
    }

    /// An exception that led to `context` and is raised again is no longer what led to it.
    fn break_chain(&mut self, context: &Value, exception: &Value) {
        let mut next = Some(context.clone());
        for _ in 0..traceback::CHAIN_LIMIT {
            let Some(current) = next else { return };
            let mut earlier = None;
            self.with_exception(&current, |data| {
                data.context.take_if(|context| context.is(exception));
                earlier.clone_from(&data.context);
            });
            next = earlier;
        }
    }

    /// Changes an exception's data, if it is in reach: what raises a shared one reaches for it first.
    fn with_exception(&mut self, exception: &Value, change: impl FnOnce(&mut ExceptionData)) {
        let Value::Instance(instance) = exception else { return };
        self.with(|context, _| {
            if let Ok(Object::Instance(object)) = context.memory.get_mut(instance.id)
                && let Payload::Exception(data) = &mut object.payload
            {
                change(data);
            }
        });
    }

    /// Raising changes an exception. One that threads share has to be in reach for that.
    ///
    /// # Errors
    /// `Halt::Shared` when it is not.
    pub(super) fn reach_exception(&mut self, exception: &Value) -> Result<(), Halt> {
        match exception.object_id() {
            Some(id) => self.with(|context, _| context.memory.get_mut(id).map(|_| ())),
            None => Ok(()),
        }
    }

    /// The exception that `raise value` raises: an instance, or a new one of a class without an `__init__` of its own.
    ///
    /// # Errors
    /// `TypeError` for anything else; `Halt::Invoke` when a class has to be called.
    pub(super) fn exception_of(&mut self, value: &Value) -> Result<Value, Halt> {
        match value {
            Value::Instance(instance) if is_exception(&instance.class) => Ok(value.clone()),
            Value::Type(class) if class.is_subtype_of(&exception::BASE_EXCEPTION) => {
                Ok(exception::make(&mut self.thread.heap, ClassRef::Builtin(class), Vec::new()))
            }
            Value::Class(class) if is_exception(&ClassRef::User(class.clone())) => {
                Ok(exception::make(&mut self.thread.heap, ClassRef::User(class.clone()), Vec::new()))
            }
            _ => Err(self.error(&exception::TYPE_ERROR, "exceptions must derive from BaseException")),
        }
    }

    /// `raise a from b`: sets the cause.
    pub(super) fn set_cause(&mut self, exception: &Value, cause: Value) {
        self.with_exception(exception, |data| {
            data.suppress_context = true;
            data.cause = if matches!(cause, Value::None) { None } else { Some(cause) };
        });
    }

    /// The exception being handled, innermost: in this frame, or in one that called it.
    pub(super) fn handled(&self) -> Option<&Value> {
        self.thread.frames.iter().rev().find_map(|frame| frame.handled.last())
    }

    /// Whether an exception matches what an `except` clause names.
    ///
    /// # Errors
    /// `TypeError` when it names something else than exception classes.
    pub(super) fn matches(&mut self, exception: &Value, wanted: &Value) -> Result<bool, Halt> {
        let Value::Instance(instance) = exception else { return Ok(false) };
        let several = if let Value::Tuple(several) = wanted { several } else { std::slice::from_ref(wanted) };
        let mut matches = false;
        for one in several {
            matches |= match one {
                Value::Type(class) if class.is_subtype_of(&exception::BASE_EXCEPTION) => {
                    instance.class.is_subclass_of(&ClassRef::Builtin(class))
                }
                Value::Class(class) if is_exception(&ClassRef::User(class.clone())) => {
                    instance.class.is_subclass_of(&ClassRef::User(class.clone()))
                }
                _ => {
                    return Err(self.error(
                        &exception::TYPE_ERROR,
                        "catching classes that do not inherit from BaseException is not allowed",
                    ));
                }
            };
        }
        Ok(matches)
    }

    /// Raises again what is being handled, as it was.
    pub(super) fn reraise(&mut self, at: u32) -> Result<super::Flow, Halt> {
        match self.handled().cloned() {
            Some(exception) => {
                self.reach_exception(&exception)?;
                self.frame().next = at;
                self.raise(exception, false);
                Ok(super::Flow::Frame)
            }
            None => Err(self.error(&exception::RUNTIME_ERROR, "No active exception to reraise")),
        }
    }
}

/// Whether a class is one of exceptions.
pub(in crate::machine) fn is_exception(class: &ClassRef) -> bool {
    class.layout().is_subtype_of(&exception::BASE_EXCEPTION)
}
