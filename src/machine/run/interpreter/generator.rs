//! Generators: frames that stop and go on.

use super::{Flow, RECURSION_LIMIT, Step, Vm};
use crate::base::ObjectId;
use crate::bytecode::Code;
use crate::machine::data::exception;
use crate::machine::memory::heap::PrivateHeap;
use crate::machine::memory::native::Halt;
use crate::machine::memory::object::{Generator, Object};
use crate::machine::memory::reach::Reach;
use crate::machine::memory::thread::{Frame, Resumed, Then, Thread};
use crate::machine::memory::value::{ClassRef, Kind, Value};

impl Vm<'_> {
    /// Makes a generator of a call: its frame, and the values from `bottom` on, wait in an object.
    pub(super) fn make_generator(&mut self, mut frame: Frame, at: u32) -> Step {
        let then = std::mem::replace(&mut frame.then, Then::Discard);
        let bottom = frame.bottom as usize;
        let values = self.thread.stack.split_off(frame.locals as usize);
        self.thread.stack.truncate(bottom);
        frame.base -= frame.locals;
        frame.locals = 0;
        let name = self.image.code(frame.code).name;
        let generator = Generator { suspended: Some(frame), stack: values, finished: false, name };
        let id = self.thread.heap.add(Object::Generator(Box::new(generator)));
        self.receive(Value::Object(Kind::Generator, id), then, at)
    }

    /// Resumes a generator, which gets `sent` as the value of its `yield`. The stack is cut to `bottom` first.
    ///
    /// # Errors
    /// `ValueError` when it is running; `StopIteration` when it is over, where the resumer wants that.
    pub(super) fn resume(&mut self, id: ObjectId, sent: Value, bottom: usize, resumed: Resumed, at: u32) -> Step {
        let too_deep = self.thread.frames.len() >= RECURSION_LIMIT;
        let Thread { stack, frames, heap, .. } = &mut *self.thread;
        let generator = reached(heap, &mut self.reach, id)?;
        if generator.finished {
            return self.exhausted(bottom, resumed, Value::None);
        }
        if generator.suspended.is_some() && too_deep {
            return Err(self.too_deep());
        }
        let Some(mut frame) = generator.suspended.take() else {
            return Err(self.error(&exception::VALUE_ERROR, "generator already executing"));
        };
        let started = frame.next > 0;
        frame.bottom = bottom as u32;
        frame.locals = bottom as u32;
        frame.base += frame.locals;
        frame.then = Then::Generator(id, resumed);
        stack.truncate(bottom);
        stack.append(&mut generator.stack);
        if started {
            stack.push(sent);
        }
        if let Some(resumer) = frames.last_mut() {
            resumer.next = at + 1;
        }
        frames.push(frame);
        Ok(Flow::Frame)
    }

    /// `yield`: the generator's frame stops, its resumer gets the value.
    pub(super) fn suspend(&mut self, code: &Code, at: u32) -> Step {
        let id = match self.thread.frames.last().map(|frame| &frame.then) {
            Some(Then::Generator(id, Resumed::Fold { fold, .. })) => {
                let (id, fold) = (*id, *fold);
                return self.fold_in(id, fold, code, at);
            }
            Some(Then::Generator(id, _)) => *id,
            _ => return Err(self.error(&exception::RUNTIME_ERROR, "yield outside a generator")),
        };
        let (value, then) = self.put_away(id, at)?;
        if matches!(then, Then::Generator(_, Resumed::Close | Resumed::Delegate { closing: Some(_), .. })) {
            // The resumer's instruction raises it: step back to it.
            let ignored = exception::make(
                &mut self.thread.heap,
                ClassRef::Builtin(&exception::RUNTIME_ERROR),
                vec![Value::str("generator ignored GeneratorExit")],
            );
            self.frame().next -= 1;
            self.raise(ignored, true);
            return Ok(Flow::Frame);
        }
        self.push(value);
        Ok(Flow::Frame)
    }

    /// Puts the running generator's frame away into its object; gives the value that it yields, and who gets that.
    ///
    /// # Errors
    /// `Halt::Shared` when the generator is out of reach; nothing has changed then.
    pub(super) fn put_away(&mut self, id: ObjectId, at: u32) -> Result<(Value, Then), Halt> {
        let Thread { stack, frames, heap, .. } = &mut *self.thread;
        let generator = reached(heap, &mut self.reach, id)?;
        let value = stack.pop().unwrap_or_default();
        let Some(mut frame) = frames.pop() else { return Ok((value, Then::Discard)) };
        generator.stack.extend(stack.drain(frame.locals as usize..));
        frame.base -= frame.locals;
        frame.locals = 0;
        frame.next = at + 1;
        let then = std::mem::replace(&mut frame.then, Then::Discard);
        generator.suspended = Some(frame);
        Ok((value, then))
    }

    /// A generator's frame returned `value`.
    pub(super) fn generator_returned(&mut self, id: ObjectId, resumed: Resumed, value: Value) -> Step {
        self.generator_over(id);
        let bottom = self.thread.stack.len();
        let again = matches!(resumed, Resumed::Fold { again: true, .. });
        match self.exhausted(bottom, resumed, value) {
            Ok(Flow::Goto(target)) => {
                self.frame().next = target;
                Ok(Flow::Frame)
            }
            Ok(_) => Ok(Flow::Frame),
            Err(Halt::Raise(exception)) => {
                // The resumer's instruction raises it: step back to it.
                if !again {
                    self.frame().next -= 1;
                }
                self.raise(exception, true);
                Ok(Flow::Frame)
            }
            Err(halt) => Err(halt),
        }
    }

    /// What a resumer sees of a generator that is over.
    pub(super) fn exhausted(&mut self, bottom: usize, resumed: Resumed, value: Value) -> Step {
        match resumed {
            Resumed::Loop(target) => {
                self.thread.stack.truncate(bottom);
                self.pop();
                Ok(Flow::Goto(target))
            }
            Resumed::Delegate { closing: Some(exception), .. } => Err(Halt::Raise(exception)),
            Resumed::Delegate { end, closing: None } => {
                self.thread.stack.truncate(bottom);
                self.replace(1, value);
                Ok(Flow::Goto(end))
            }
            Resumed::Close => {
                self.thread.stack.truncate(bottom);
                self.push(Value::None);
                Ok(Flow::Next)
            }
            Resumed::Fold { fold, .. } => self.fold_over(fold),
            Resumed::Next(Some(default)) => {
                self.thread.stack.truncate(bottom);
                self.push(default);
                Ok(Flow::Next)
            }
            Resumed::Next(None) => {
                let arguments = if matches!(value, Value::None) { Vec::new() } else { vec![value] };
                let class = ClassRef::Builtin(&exception::STOP_ITERATION);
                Err(Halt::Raise(exception::make(&mut self.thread.heap, class, arguments)))
            }
        }
    }

    /// Marks a generator as over.
    pub(super) fn generator_over(&mut self, id: ObjectId) {
        if let Ok(generator) = self.generator(id) {
            generator.finished = true;
            generator.suspended = None;
            generator.stack = Vec::new();
        }
    }

    pub(super) fn generator(&mut self, id: ObjectId) -> Result<&mut Generator, Halt> {
        reached(&mut self.thread.heap, &mut self.reach, id)
    }
}

/// The generator, to change it.
///
/// # Errors
/// `Halt::Shared` when it is out of reach.
fn reached<'v>(heap: &'v mut PrivateHeap, reach: &'v mut Reach<'_>, id: ObjectId) -> Result<&'v mut Generator, Halt> {
    let object = match (heap.get_mut(id), reach) {
        (Some(object), _) => Some(object),
        (None, Reach::Write(shared)) => shared.get_mut(id),
        (None, _) => None,
    };
    match object {
        Some(Object::Generator(generator)) => Ok(generator),
        _ => Err(Halt::Shared { object: id, write: true }),
    }
}
