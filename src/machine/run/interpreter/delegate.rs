//! `yield from`: a generator that hands on what another iterator yields, and what is sent or thrown to it.
//!
//! The iterator lies on the generator's stack. `Delegate` asks it for a value, the `Yield` behind that hands the value
//! out, and a jump leads back. So the generator is suspended as at any `yield`; only `throw` looks for the iterator.

use super::{Flow, Step, Vm};
use crate::base::ObjectId;
use crate::bytecode::Instruction;
use crate::machine::data;
use crate::machine::data::exception;
use crate::machine::memory::native::Halt;
use crate::machine::memory::object::Iteration;
use crate::machine::memory::thread::{Resumed, Then};
use crate::machine::memory::value::{ClassRef, Kind, Value};

impl Vm<'_> {
    /// `[iterator sent] → [iterator value]`, or at its end `[result]` and a jump to `end`.
    pub(super) fn delegate(&mut self, end: u32, at: u32) -> Step {
        let top = self.thread.stack.len() - 1;
        let sent = self.peek(0).clone();
        if let Value::Object(Kind::Generator, id) = self.peek(1) {
            return self.send(*id, sent, top, Resumed::Delegate { end, closing: None }, at);
        }
        if !matches!(sent, Value::None) {
            let name = data::types::class_of(self.peek(1)).name().to_owned();
            return Err(self.error(&exception::ATTRIBUTE_ERROR, format!("'{name}' object has no attribute 'send'")));
        }
        let next = match &mut self.thread.stack[top - 1] {
            Value::Loop(iteration) => {
                let mut iteration = std::mem::replace(&mut **iteration, Iteration::Done);
                let next = self.with(|context, _| data::iterate::next(context, &mut iteration));
                if let Value::Loop(slot) = &mut self.thread.stack[top - 1] {
                    **slot = iteration;
                }
                next?
            }
            Value::Object(Kind::Iterator, id) => {
                let id = *id;
                self.next_of_iterator(id)?
            }
            other => {
                let iterator = other.clone();
                let Some(method) = self.dunder(&iterator, "__next__") else {
                    let name = data::types::class_of(&iterator).name().to_owned();
                    return Err(self.error(&exception::TYPE_ERROR, format!("'{name}' object is not an iterator")));
                };
                return self.call_with(method, vec![iterator], Vec::new(), top, at, Then::Delegate(end));
            }
        };
        match next {
            Some(value) => {
                self.replace(1, value);
                Ok(Flow::Next)
            }
            None => {
                self.replace(2, Value::None);
                Ok(Flow::Goto(end))
            }
        }
    }

    /// Resumes a generator with a value for its `yield`.
    ///
    /// # Errors
    /// `TypeError` when it stands at no `yield` yet; else as [`Vm::resume`].
    pub(super) fn send(&mut self, id: ObjectId, sent: Value, bottom: usize, resumed: Resumed, at: u32) -> Step {
        let begun = self.generator(id)?.suspended.as_ref().is_none_or(|frame| frame.next > 0);
        if !begun && !matches!(sent, Value::None) {
            return Err(self.error(&exception::TYPE_ERROR, "can't send non-None value to a just-started generator"));
        }
        self.resume(id, sent, bottom, resumed, at)
    }

    /// Where the suspended generator asks another iterator, and where it goes on when that ends.
    fn delegating(&mut self, id: ObjectId) -> Result<Option<(u32, u32)>, Halt> {
        let image = self.image;
        let Some(frame) = &self.generator(id)?.suspended else { return Ok(None) };
        let instructions = &image.code(frame.code).instructions;
        let Some(Instruction::Jump(asks)) = instructions.get(frame.next as usize) else { return Ok(None) };
        Ok(match instructions[*asks as usize] {
            Instruction::Delegate(end) => Some((*asks, end)),
            _ => None,
        })
    }

    /// The generators that an exception thrown into `id` passes, outer ones first: all of them must be in reach before any
    /// is resumed.
    fn delegates(&mut self, id: ObjectId) -> Result<Vec<(ObjectId, u32, u32)>, Halt> {
        let mut chain = Vec::new();
        let mut outer = id;
        while let Some((asks, end)) = self.delegating(outer)? {
            let Some(Value::Object(Kind::Generator, inner)) = self.generator(outer)?.stack.last() else { break };
            let inner = *inner;
            self.generator(inner)?;
            chain.push((inner, asks, end));
            outer = inner;
        }
        Ok(chain)
    }

    /// Resumes a generator by raising an exception at its `yield`, or at that of the generator that it delegates to.
    ///
    /// # Errors
    /// The exception itself, when the generator is over or has not begun.
    pub(super) fn throw(&mut self, id: ObjectId, exception: Value, bottom: usize, resumed: Resumed, at: u32) -> Step {
        let chain = self.delegates(id)?;
        let flow = self.throw_into(id, exception.clone(), bottom, resumed, at, chain.is_empty())?;
        if chain.is_empty() {
            return Ok(flow); // one that is over is not resumed
        }
        let innermost = chain.len().saturating_sub(1);
        for (index, (inner, asks, end)) in chain.into_iter().enumerate() {
            self.pop(); // what `yield` would have given
            let closing = exception.is_instance_of(&exception::GENERATOR_EXIT).then(|| exception.clone());
            let resumed = Resumed::Delegate { end, closing };
            let bottom = self.thread.stack.len();
            match self.throw_into(inner, exception.clone(), bottom, resumed, asks, index == innermost) {
                Ok(_) => {}
                Err(Halt::Raise(raised)) => {
                    self.frame().next = asks;
                    self.raise(raised, true);
                    break;
                }
                Err(halt) => return Err(halt),
            }
        }
        Ok(flow)
    }

    /// The part of [`Vm::throw`] for one generator; the exception is raised in the innermost one.
    fn throw_into(
        &mut self,
        id: ObjectId,
        exception: Value,
        bottom: usize,
        resumed: Resumed,
        at: u32,
        innermost: bool,
    ) -> Step {
        let generator = self.generator(id)?;
        let running = !generator.finished && generator.suspended.is_none();
        let begun = generator.suspended.as_ref().is_some_and(|frame| frame.next > 0);
        if !begun && !running {
            self.generator_over(id);
            return match resumed {
                Resumed::Close => self.exhausted(bottom, resumed, Value::None),
                _ => Err(Halt::Raise(exception)),
            };
        }
        self.resume(id, Value::None, bottom, resumed, at)?;
        if innermost {
            // It stands behind its `yield`; what is raised there is raised at the `yield` itself.
            self.pop();
            self.frame().next -= 1;
            self.raise(exception, true);
        }
        Ok(Flow::Frame)
    }

    /// The exception that `throw(kind, value)` throws.
    ///
    /// # Errors
    /// `TypeError` for what is none.
    pub(super) fn thrown(&mut self, kind: &Value, value: Option<&Value>) -> Result<Value, Halt> {
        let class = match kind {
            Value::Type(class) => ClassRef::Builtin(class),
            Value::Class(class) => ClassRef::User(class.clone()),
            _ => return self.exception_of(kind),
        };
        match value {
            None | Some(Value::None) => self.exception_of(kind),
            Some(instance @ Value::Instance(_)) if self.matches(instance, kind)? => Ok(instance.clone()),
            Some(value) => Ok(exception::make(&mut self.thread.heap, class, vec![value.clone()])),
        }
    }
}
