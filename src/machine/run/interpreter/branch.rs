//! Branches and loops: what a condition says, and what comes next in an iteration.

use super::{Flow, Step, Vm};
use crate::base::ObjectId;
use crate::bytecode::Instruction;
use crate::machine::data;
use crate::machine::data::exception;
use crate::machine::memory::native::Halt;
use crate::machine::memory::object::{Iteration, Object};
use crate::machine::memory::thread::{Check, Resumed, Then, Thread};
use crate::machine::memory::value::{Kind, Value};

impl Vm<'_> {
    /// The truth of the top value; `None` when Python code decides it, which has then been called.
    #[inline(never)]
    pub(super) fn truth(&mut self, at: u32) -> Result<Option<bool>, Halt> {
        match self.peek(0) {
            Value::Bool(value) => Ok(Some(*value)),
            Value::None => Ok(Some(false)),
            Value::Int(value) => Ok(Some(*value != 0)),
            Value::Instance(_) => self.truth_of_instance(at),
            _ => self.with(|context, stack| data::truth(context, &stack[stack.len() - 1])).map(Some),
        }
    }

    fn truth_of_instance(&mut self, at: u32) -> Result<Option<bool>, Halt> {
        let value = self.peek(0).clone();
        let Some((method, check)) = self.truth_method(&value) else {
            return self.with(|context, stack| data::truth(context, &stack[stack.len() - 1])).map(Some);
        };
        let bottom = self.thread.stack.len();
        let depth = self.thread.frames.len();
        self.call_with(method, vec![value], Vec::new(), bottom, at, Then::Condition(check))?;
        // It counts as standing at the instruction until the answer is there.
        if self.thread.frames.len() > depth {
            self.thread.frames[depth - 1].next = at;
        }
        Ok(None)
    }

    /// The method that says whether an instance is true, and what it has to give.
    pub(super) fn truth_method(&self, value: &Value) -> Option<(Value, Check)> {
        let by_length = || self.dunder(value, "__len__").map(|method| (method, Check::NotEmpty));
        self.dunder(value, "__bool__").map(|method| (method, Check::Bool)).or_else(by_length)
    }

    /// What a special method gave, or what is made of it, if it may give that.
    pub(super) fn checked(&mut self, check: Check, value: Value) -> Result<Value, Halt> {
        let name = data::types::name_of(&value);
        let wrong = match (check, &value) {
            (Check::Bool, Value::Bool(_)) | (Check::Hash, Value::Int(_)) => return Ok(value),
            (Check::Hash, Value::Bool(_) | Value::Big(_)) => {
                return self.with(|context, _| data::hash::hash(context, &value)).map(Value::Int);
            }
            (Check::Length | Check::NotEmpty, Value::Int(length)) if *length < 0 => {
                return Err(self.error(&exception::VALUE_ERROR, "__len__() should return >= 0"));
            }
            (Check::Length, Value::Int(_)) => return Ok(value),
            (Check::Length, Value::Bool(truth)) => return Ok(Value::Int(i64::from(*truth))),
            (Check::NotEmpty, Value::Int(length)) => return Ok(Value::Bool(*length > 0)),
            (Check::NotEmpty, Value::Bool(_)) => return Ok(value),
            (Check::Bool, _) => format!("__bool__ should return bool, returned {name}"),
            (Check::Hash, _) => "__hash__ method should return an integer".to_owned(),
            (Check::Length | Check::NotEmpty, _) => {
                format!("'{name}' object cannot be interpreted as an integer")
            }
        };
        Err(self.error(&exception::TYPE_ERROR, wrong))
    }

    pub(super) fn jump_if(&mut self, wanted: bool, target: u32, at: u32) -> Step {
        match self.truth(at)? {
            None => Ok(Flow::Frame),
            Some(truth) => {
                self.pop();
                Ok(if truth == wanted { Flow::Goto(target) } else { Flow::Next })
            }
        }
    }

    pub(super) fn jump_or_pop(&mut self, wanted: bool, target: u32, at: u32) -> Step {
        match self.truth(at)? {
            None => Ok(Flow::Frame),
            Some(truth) if truth == wanted => Ok(Flow::Goto(target)),
            Some(_) => {
                self.pop();
                Ok(Flow::Next)
            }
        }
    }

    pub(super) fn not(&mut self, at: u32) -> Step {
        match self.truth(at)? {
            None => Ok(Flow::Frame),
            Some(truth) => {
                self.replace(1, Value::Bool(!truth));
                Ok(Flow::Next)
            }
        }
    }

    /// A conditional instruction goes on with the answer of the Python code that it called.
    pub(super) fn decide(&mut self, truth: bool) -> Step {
        let Some(frame) = self.thread.frames.last() else { return Ok(Flow::Frame) };
        let (at, code) = (frame.next, self.image.code(frame.code));
        let next = match code.instructions[at as usize] {
            Instruction::JumpIfTrue(target) | Instruction::JumpIfFalse(target) => {
                let wanted = matches!(code.instructions[at as usize], Instruction::JumpIfTrue(_));
                self.pop();
                if truth == wanted { target } else { at + 1 }
            }
            Instruction::JumpIfTrueOrPop(target) if truth => target,
            Instruction::JumpIfFalseOrPop(target) if !truth => target,
            Instruction::JumpIfTrueOrPop(_) | Instruction::JumpIfFalseOrPop(_) => {
                self.pop();
                at + 1
            }
            // What returns it only wants the truth.
            Instruction::Return => {
                self.replace(1, Value::Bool(truth));
                at
            }
            _ => {
                self.replace(1, Value::Bool(!truth));
                at + 1
            }
        };
        self.frame().next = next;
        Ok(Flow::Frame)
    }

    pub(super) fn for_iterate(&mut self, target: u32, at: u32) -> Step {
        let Thread { stack, heap, .. } = &mut *self.thread;
        if let Some(Value::Loop(iteration)) = stack.last_mut()
            && let Some(value) = data::iterate::at_hand(heap, iteration)
        {
            return self.give(value);
        }
        self.for_iterate_any(target, at)
    }

    #[inline(never)]
    fn for_iterate_any(&mut self, target: u32, at: u32) -> Step {
        let top = self.thread.stack.len() - 1;
        if let Value::Loop(iteration) = &mut self.thread.stack[top] {
            let mut iteration = std::mem::replace(&mut **iteration, Iteration::Done);
            let next = self.with(|context, _| data::iterate::next(context, &mut iteration));
            if let Value::Loop(slot) = &mut self.thread.stack[top] {
                **slot = iteration;
            }
            return self.iterated(next?, target);
        }
        self.for_iterate_object(target, at)
    }

    pub(super) fn iterated(&mut self, next: Option<Value>, target: u32) -> Step {
        match next {
            Some(value) => self.give(value),
            None => {
                self.pop();
                Ok(Flow::Goto(target))
            }
        }
    }

    pub(super) fn for_iterate_object(&mut self, target: u32, at: u32) -> Step {
        match self.peek(0).clone() {
            Value::Object(Kind::Generator, id) => {
                let bottom = self.thread.stack.len();
                self.resume(id, Value::None, bottom, Resumed::Loop(target), at)
            }
            Value::Object(Kind::Iterator, id) => {
                let next = self.next_of_iterator(id)?;
                self.iterated(next, target)
            }
            value => match self.dunder(&value, "__next__") {
                Some(method) => {
                    let bottom = self.thread.stack.len();
                    self.call_with(method, vec![value], Vec::new(), bottom, at, Then::Iterate(target))
                }
                None => {
                    let name = data::types::class_of(&value).name().to_owned();
                    Err(self.error(&exception::TYPE_ERROR, format!("'{name}' object is not an iterator")))
                }
            },
        }
    }

    /// The next value of an iterator object.
    pub(super) fn next_of_iterator(&mut self, id: ObjectId) -> Result<Option<Value>, Halt> {
        self.with(|context, _| {
            // Reaching for it to write comes first: nothing may have changed when it is out of reach.
            let Object::Iterator(slot) = context.memory.get_mut(id)? else { return Ok(None) };
            let mut iteration = std::mem::replace(slot, Iteration::Done);
            let next = data::iterate::next(context, &mut iteration);
            if let Object::Iterator(slot) = context.memory.get_mut(id)? {
                *slot = iteration;
            }
            next
        })
    }

    pub(super) fn get_iterator(&mut self, at: u32) -> Step {
        match self.peek(0) {
            Value::Object(Kind::Generator | Kind::Iterator, _) | Value::Loop(_) => Ok(Flow::Next),
            Value::Instance(_) | Value::Class(_) if !self.iterates_natively(self.peek(0)) => {
                let value = self.peek(0).clone();
                match self.iterator_method(&value)? {
                    Some((method, arguments)) => {
                        let bottom = self.thread.stack.len() - 1;
                        self.call_with(method, arguments, Vec::new(), bottom, at, Then::Push)
                    }
                    None => Ok(Flow::Next),
                }
            }
            _ => {
                let iteration = self.with(|context, stack| data::iterate::begin(context, &stack[stack.len() - 1]))?;
                self.replace(1, Value::Loop(Box::new(iteration)));
                Ok(Flow::Next)
            }
        }
    }

    /// Whether an instance is iterated over as the builtin value that it is.
    pub(super) fn iterates_natively(&self, value: &Value) -> bool {
        data::iterate::is_native(value) && self.dunder(value, "__iter__").is_none()
    }

    /// What makes an iterator of an instance: its `__iter__`, or the prelude over its `__getitem__`.
    pub(super) fn iterator_method(&mut self, value: &Value) -> Result<Option<(Value, Vec<Value>)>, Halt> {
        if let Some(method) = self.dunder(value, "__iter__") {
            return Ok(Some((method, vec![value.clone()])));
        }
        if self.dunder(value, "__getitem__").is_some()
            && let Some(global) = self.image.prelude("iterate_items")
        {
            return Ok(Some((Value::Prelude(global), vec![value.clone()])));
        }
        let name = data::types::class_of(value).name().to_owned();
        Err(self.error(&exception::TYPE_ERROR, format!("'{name}' object is not iterable")))
    }
}
