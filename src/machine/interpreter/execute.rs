//! What each instruction does.

use super::call::Place;
use super::{Flow, Step, Vm};
use crate::bytecode::{Code, Comparison, Instruction, UnaryOperator};
use crate::machine::class;
use crate::machine::data;
use crate::machine::exception;
use crate::machine::heap::Reach;
use crate::machine::native::Halt;
use crate::machine::object::Object;
use crate::machine::thread::Then;
use crate::machine::value::{ClassRef, Kind, Slice, Value};
use triomphe::Arc;

impl Vm<'_> {
    /// Does one instruction.
    ///
    /// # Errors
    /// As [`Halt`] says; the operands are then still on the stack.
    #[inline(always)]
    pub(super) fn execute(&mut self, code: &Code, constants: &[Value], at: u32) -> Step {
        match self.simple(code, constants, at) {
            Some(next) => Ok(Flow::Goto(next)),
            None => self.involved(code, constants, at),
        }
    }

    /// Does one instruction, if it is one that reaches nothing but the frame's own values, none of them with a counter of
    /// references; gives where to go on. `None`: nothing was done, this is one for [`Vm::involved`].
    ///
    /// What loops consist of goes through here. The values are changed where they lie: one that is made in parts and then
    /// moved as a whole makes the processor wait.
    #[inline(always)]
    pub(super) fn simple(&mut self, code: &Code, constants: &[Value], at: u32) -> Option<u32> {
        use Instruction as I;
        match code.instructions[at as usize] {
            I::Constant(index) => self.push_plain(&constants[index as usize])?,
            I::None => self.push(Value::None),
            I::LoadLocal(slot) => {
                let index = self.locals + slot as usize;
                if !self.thread.stack[index].is_plain() {
                    return None;
                }
                let value = self.thread.stack[index].copy();
                self.push(value);
            }
            I::StoreLocal(slot) => {
                let value = self.pop();
                std::mem::replace(self.local(slot), value).discard();
            }
            I::Binary(operator) | I::InPlace(operator) => self.calculate(operator)?,
            I::Compare(comparison) => return self.decide_scalars(code, comparison, at),
            I::Jump(target) => return Some(target),
            I::JumpIfFalse(target) => return self.jump_by_bool(false, target, at),
            I::JumpIfTrue(target) => return self.jump_by_bool(true, target, at),
            I::ForIterate(_) => {
                let number = match self.thread.stack.last_mut() {
                    Some(Value::Loop(iteration)) => iteration.next_of_range()?,
                    _ => return None,
                };
                self.push(Value::Int(number));
            }
            I::Pop => self.pop().discard(),
            _ => return None,
        }
        Some(at + 1)
    }

    /// Pushes a value that is no more than its bits.
    #[inline(always)]
    fn push_plain(&mut self, value: &Value) -> Option<()> {
        if !value.is_plain() {
            return None;
        }
        self.push(value.copy());
        Some(())
    }

    /// A jump by `True` or `False`, which it takes off the stack.
    #[inline(always)]
    fn jump_by_bool(&mut self, wanted: bool, target: u32, at: u32) -> Option<u32> {
        let Value::Bool(truth) = *self.peek(0) else { return None };
        self.drop_plain(1);
        Some(if truth == wanted { target } else { at + 1 })
    }

    /// Drops values that are no more than their bits.
    #[inline(always)]
    fn drop_plain(&mut self, count: usize) {
        for _ in 0..count {
            std::mem::forget(self.thread.stack.pop());
        }
    }

    /// Instructions that call, raise, allocate, or reach objects.
    #[inline(never)]
    pub(super) fn involved(&mut self, code: &Code, constants: &[Value], at: u32) -> Step {
        use Instruction as I;
        match code.instructions[at as usize] {
            I::Constant(index) => self.give(constants[index as usize].clone()),
            I::LoadLocal(slot) => self.load_local(code, slot, at),
            I::LoadGlobal(global) => self.load_global(global),
            I::Binary(operator) => self.binary(operator, false, at),
            I::InPlace(operator) => self.binary(operator, true, at),
            I::Compare(comparison) => self.compare_any(comparison, at),
            I::JumpIfFalse(target) => self.jump_if(false, target, at),
            I::JumpIfTrue(target) => self.jump_if(true, target, at),
            I::ForIterate(target) => self.for_iterate(target, at),
            I::Call(count) => self.call_positional(count as usize, at),
            I::CallMethod(name, count) => {
                let bottom = self.thread.stack.len() - count as usize - 1;
                self.call_method(name, bottom, &[], at)
            }
            I::LoadAttribute(name) => self.load_attribute(name, at),
            I::StoreAttribute(name) => self.store_attribute(name, at),
            I::LoadItem => self.load_item(at),
            I::Duplicate => self.duplicate(code, at),
            I::Swap => self.swap(code, at),
            I::EnterWith => self.enter_with(at),
            I::ExitWith => self.exit_with(false, at),
            I::Return => self.return_value(at),
            I::Yield => self.suspend(code, at),
            other => self.execute_rare(code, constants, at, other),
        }
    }

    #[inline(never)]
    fn execute_rare(&mut self, code: &Code, constants: &[Value], at: u32, instruction: Instruction) -> Step {
        use Instruction as I;
        match instruction {
            I::DuplicatePair => {
                let (a, b) = (self.peek(1).clone(), self.peek(0).clone());
                self.push(a);
                self.give(b)
            }
            I::Rotate3 => self.rotate(3),
            I::Rotate4 => self.rotate(4),
            I::DeleteLocal(slot) => self.delete_local(code, slot),
            I::LoadCell(index) => self.load_cell(code, index),
            I::StoreCell(index) => self.store_cell(index),
            I::DeleteCell(index) => self.delete_cell(code, index),
            I::NewCell(index) => {
                let cell = self.thread.heap.add(Object::Cell(Value::Unbound));
                self.frame().cells[index as usize] = cell;
                Ok(Flow::Next)
            }
            I::StoreGlobal(global) => self.store_global(global),
            I::DeleteGlobal(global) => self.delete_global(global),
            I::LoadClassName(slot, global) => match self.local(slot).clone() {
                Value::Unbound => self.load_global(global),
                value => self.give(value),
            },
            I::DeleteAttribute(name) => self.delete_attribute(name),
            I::StoreItem => self.store_item(at),
            I::DeleteItem => self.delete_item(at),
            I::Unary(UnaryOperator::Not) => self.not(at),
            I::Unary(operator) => self.unary(operator, at),
            I::JumpIfTrueOrPop(target) => self.jump_or_pop(true, target, at),
            I::JumpIfFalseOrPop(target) => self.jump_or_pop(false, target, at),
            I::GetIterator => self.get_iterator(at),
            I::CallKeywords(site) => {
                let site = &code.call_sites[site as usize];
                let bottom = self.thread.stack.len() - site.positional as usize - site.keywords.len() - 1;
                match site.method {
                    Some(name) => self.call_method(name, bottom, &site.keywords, at),
                    None => {
                        let callee = self.thread.stack[bottom].clone();
                        self.call(callee, Place { bottom, first: bottom + 1, names: &site.keywords, at }, Then::Push)
                    }
                }
            }
            I::CallSpread => self.call_spread(at),
            I::MakeFunction(id) => self.make_function(id),
            I::MakeClass(body, bases) => self.make_class(body, bases as usize, at),
            I::LoadSuper => self.load_super(code),
            I::Import(module) => self.give(Value::Module(module)),
            I::ImportMember(module, name) => match self.module_member(module, name)? {
                Some(value) => self.give(value),
                None => {
                    let module = crate::bytecode::library::MODULES[module as usize].name;
                    let message = format!("cannot import name '{}' from '{module}'", self.image.name(name));
                    Err(self.error(&exception::IMPORT_ERROR, message))
                }
            },
            _ => self.execute_build(constants, at, instruction),
        }
    }

    /// Instructions that build values.
    fn execute_build(&mut self, _constants: &[Value], at: u32, instruction: Instruction) -> Step {
        use Instruction as I;
        match instruction {
            I::BuildSlice => {
                let parts = [self.peek(2).clone(), self.peek(1).clone(), self.peek(0).clone()];
                self.replace(3, Value::Slice(Arc::new(Slice(parts))));
            }
            I::BuildTuple(count) => {
                let items = self.take(count as usize);
                self.push(Value::tuple(items));
            }
            I::BuildList(count) => {
                let items = self.take(count as usize);
                let list = self.new_object(Kind::List, Object::List(items));
                self.push(list);
            }
            I::BuildSet(count) => self.build_set(count as usize)?,
            I::BuildDict(pairs) => self.build_dict(pairs as usize)?,
            I::ListAppend(depth) => self.list_append(depth as usize)?,
            I::SetAdd(depth) => self.set_add(depth as usize)?,
            I::DictInsert(depth) => self.dict_insert(depth as usize)?,
            I::ListExtend => return self.list_extend(at),
            I::SetUpdate => return self.set_update(at),
            I::DictUpdate => self.dict_update(false)?,
            I::KeywordsMerge => self.dict_update(true)?,
            I::ListToTuple => {
                let items = self.with(|context, stack| data::iterate::collect(context, &stack[stack.len() - 1]))?;
                self.replace(1, Value::tuple(items));
            }
            I::BuildString(count) => {
                let parts = self.take(count as usize);
                let text: String =
                    parts.iter().map(|part| if let Value::Str(text) = part { text.as_str() } else { "" }).collect();
                self.push(Value::str(text));
            }
            I::FormatValue(conversion) => return self.format_value(conversion, false, at),
            I::FormatWithSpec(conversion) => return self.format_value(conversion, true, at),
            I::Unpack(count) => return self.unpack(count as usize, at),
            I::UnpackStar(before, after) => return self.unpack_star(before as usize, after as usize, at),
            _ => return self.execute_exception(at, instruction),
        }
        Ok(Flow::Next)
    }

    /// Instructions about exceptions and `with`.
    fn execute_exception(&mut self, at: u32, instruction: Instruction) -> Step {
        use Instruction as I;
        match instruction {
            I::Raise => self.raise_value(None, at),
            I::RaiseFrom => {
                let cause = self.peek(0).clone();
                self.raise_value(Some(cause), at)
            }
            I::Reraise => self.reraise(at),
            I::LoadHandled => {
                let handled = self.frame().handled.last().cloned().unwrap_or(Value::None);
                self.give(handled)
            }
            I::MatchHandled => {
                let exception = self.frame().handled.last().cloned().unwrap_or(Value::None);
                let wanted = self.peek(0).clone();
                let matches = self.matches(&exception, &wanted)?;
                self.replace(1, Value::Bool(matches));
                Ok(Flow::Next)
            }
            I::EndHandled => {
                self.frame().handled.pop();
                Ok(Flow::Next)
            }
            I::AssertFailed => Err(self.assertion(Vec::new())),
            I::AssertFailedWith => {
                let message = self.peek(0).clone();
                Err(self.assertion(vec![message]))
            }
            I::ExitWithHandled => self.exit_with(true, at),
            // Every other instruction has been dealt with before.
            _ => Ok(Flow::Next),
        }
    }

    fn assertion(&mut self, arguments: Vec<Value>) -> Halt {
        let class = ClassRef::Builtin(&exception::ASSERTION_ERROR);
        Halt::Raise(exception::make(&mut self.thread.heap, class, arguments))
    }

    #[inline(always)]
    pub(super) fn give(&mut self, value: Value) -> Step {
        self.push(value);
        Ok(Flow::Next)
    }

    pub(super) fn rotate(&mut self, count: usize) -> Step {
        let start = self.thread.stack.len() - count;
        self.thread.stack[start..].rotate_right(1);
        Ok(Flow::Next)
    }

    /// Takes the top `count` values.
    pub(super) fn take(&mut self, count: usize) -> Vec<Value> {
        let start = self.thread.stack.len() - count;
        self.thread.stack.split_off(start)
    }

    /// A new object in the thread's own heap.
    pub(super) fn new_object(&mut self, kind: Kind, object: Object) -> Value {
        Value::Object(kind, self.thread.heap.add(object))
    }

    fn raise_value(&mut self, cause: Option<Value>, at: u32) -> Step {
        let below = usize::from(cause.is_some());
        let value = self.peek(below).clone();
        if let Value::Class(class) = &value {
            let class = ClassRef::User(class.clone());
            if super::unwind::is_exception(&class) {
                return self.raise_class(class, cause, at);
            }
        }
        let exception = self.exception_of(&value)?;
        if let Some(cause) = cause {
            self.set_cause(&exception, cause);
        }
        Err(Halt::Raise(exception))
    }

    /// `raise Class`: makes the instance, by Python code when the class has its own `__init__`.
    fn raise_class(&mut self, class: ClassRef, cause: Option<Value>, at: u32) -> Step {
        if class::find(self.image, &class, "__init__").is_none() {
            let exception = exception::make(&mut self.thread.heap, class, Vec::new());
            if let Some(cause) = cause {
                self.set_cause(&exception, cause);
            }
            return Err(Halt::Raise(exception));
        }
        let name = if cause.is_some() { "raise_class_from" } else { "raise_class" };
        let Some(function) = self.image.prelude(name) else { return Ok(Flow::Next) };
        let arguments = std::iter::once(class.value()).chain(cause).collect();
        let bottom = self.thread.stack.len();
        self.call_with(Value::Prelude(function), arguments, Vec::new(), bottom, at, Then::Discard)
    }

    /// Whether the shared heap is in reach at all.
    pub(super) fn is_performing(&self) -> bool {
        !matches!(self.reach, Reach::Private)
    }

    /// `==` and the like for two integers or two floats; a jump that follows is taken at once.
    #[inline(always)]
    fn decide_scalars(&mut self, code: &Code, comparison: Comparison, at: u32) -> Option<u32> {
        let answer = match (self.peek(1), self.peek(0)) {
            (Value::Int(a), Value::Int(b)) => scalars(comparison, a, b)?,
            (Value::Float(a), Value::Float(b)) => scalars(comparison, a, b)?,
            _ => return None,
        };
        self.drop_plain(2);
        Some(match code.instructions[at as usize + 1] {
            Instruction::JumpIfFalse(target) => {
                if answer {
                    at + 2
                } else {
                    target
                }
            }
            Instruction::JumpIfTrue(target) => {
                if answer {
                    target
                } else {
                    at + 2
                }
            }
            _ => {
                self.push(Value::Bool(answer));
                at + 1
            }
        })
    }
}

/// What comparing two integers or two floats gives; `None` for what is not decided by their order.
#[inline(always)]
fn scalars<T: PartialOrd>(comparison: Comparison, a: &T, b: &T) -> Option<bool> {
    Some(match comparison {
        Comparison::Equal => a == b,
        Comparison::NotEqual => a != b,
        Comparison::Less => a < b,
        Comparison::LessOrEqual => a <= b,
        Comparison::Greater => a > b,
        Comparison::GreaterOrEqual => a >= b,
        Comparison::Is | Comparison::IsNot | Comparison::In | Comparison::NotIn => return None,
    })
}
