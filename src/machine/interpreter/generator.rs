//! Generators: frames that stop and go on.

use super::{Flow, Step, Vm};
use crate::base::ObjectId;
use crate::bytecode::Code;
use crate::machine::exception;
use crate::machine::native::Halt;
use crate::machine::object::{Generator, Object};
use crate::machine::thread::{Frame, Resumed, Then};
use crate::machine::value::{ClassRef, Kind, Value};

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
        let deep = self.check_depth();
        let generator = self.generator(id)?;
        if generator.finished {
            return self.exhausted(bottom, resumed, Value::None);
        }
        if generator.suspended.is_none() {
            return Err(self.error(&exception::VALUE_ERROR, "generator already executing"));
        }
        deep?;
        let (frame, mut values) = (generator.suspended.take(), std::mem::take(&mut generator.stack));
        let Some(mut frame) = frame else { return Ok(Flow::Next) };
        let started = frame.next > 0;
        self.thread.stack.truncate(bottom);
        frame.bottom = bottom as u32;
        frame.locals = bottom as u32;
        frame.base += frame.locals;
        frame.then = Then::Generator(id, resumed);
        self.thread.stack.append(&mut values);
        if started {
            self.push(sent);
        }
        self.generator(id)?.stack = values;
        self.frame().next = at + 1;
        self.thread.frames.push(frame);
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
        if matches!(then, Then::Generator(_, Resumed::Close)) {
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
        let mut values = std::mem::take(&mut self.generator(id)?.stack);
        let value = self.pop();
        let Some(mut frame) = self.thread.frames.pop() else { return Ok((value, Then::Discard)) };
        values.extend(self.thread.stack.drain(frame.locals as usize..));
        frame.base -= frame.locals;
        frame.locals = 0;
        frame.next = at + 1;
        let then = std::mem::replace(&mut frame.then, Then::Discard);
        let generator = self.generator(id)?;
        generator.suspended = Some(frame);
        generator.stack = values;
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
    fn exhausted(&mut self, bottom: usize, resumed: Resumed, value: Value) -> Step {
        match resumed {
            Resumed::Loop(target) => {
                self.thread.stack.truncate(bottom);
                self.pop();
                Ok(Flow::Goto(target))
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

    /// Resumes a generator by raising an exception at its `yield`.
    ///
    /// # Errors
    /// The exception itself, when the generator is over or has not begun.
    pub(super) fn throw(&mut self, id: ObjectId, exception: Value, bottom: usize, resumed: Resumed, at: u32) -> Step {
        let begun = self.generator(id)?.suspended.as_ref().is_some_and(|frame| frame.next > 0);
        if !begun {
            self.generator_over(id);
            return match resumed {
                Resumed::Close => self.exhausted(bottom, resumed, Value::None),
                Resumed::Loop(_) | Resumed::Next(_) | Resumed::Fold { .. } => Err(Halt::Raise(exception)),
            };
        }
        self.resume(id, Value::None, bottom, resumed, at)?;
        // It stands behind its `yield`; what is raised there is raised at the `yield` itself.
        self.pop();
        self.frame().next -= 1;
        self.raise(exception, true);
        Ok(Flow::Frame)
    }

    /// Marks a generator as over.
    pub(super) fn generator_over(&mut self, id: ObjectId) {
        if let Ok(generator) = self.generator(id) {
            generator.finished = true;
            generator.suspended = None;
            generator.stack = Vec::new();
        }
    }

    fn generator(&mut self, id: ObjectId) -> Result<&mut Generator, Halt> {
        let Vm { thread, reach, .. } = self;
        if let Some(object) = thread.heap.get_mut(id) {
            return match object {
                Object::Generator(generator) => Ok(generator),
                _ => Err(Halt::Shared { object: id, write: true }),
            };
        }
        match reach {
            crate::machine::heap::Reach::Write(shared) => match shared.get_mut(id) {
                Some(Object::Generator(generator)) => Ok(generator),
                _ => Err(Halt::Shared { object: id, write: true }),
            },
            _ => Err(Halt::Shared { object: id, write: true }),
        }
    }
}
