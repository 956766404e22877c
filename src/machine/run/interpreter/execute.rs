//! What each instruction does.

use super::attribute::Method;
use super::call::Place;
use super::own::ItemIndex;
use super::{Flow, Step, Vm};
use crate::bytecode::{BinaryOperator, Code, Comparison, Instruction, UnaryOperator};
use crate::machine::data;
use crate::machine::memory::budget;
use crate::machine::memory::image::Text;
use crate::machine::memory::native::Halt;
use crate::machine::memory::object::Object;
use crate::machine::memory::quick::{PUSH, Quick};
use crate::machine::memory::reach::Reach;
use crate::machine::memory::thread::Then;
use crate::machine::memory::value::{Kind, Slice, Str, Value};
use triomphe::Arc;

impl Vm<'_> {
    /// Does one instruction, or several that the fast path knows as one.
    ///
    /// # Errors
    /// As [`Halt`] says; the operands are then still on the stack.
    #[inline(always)]
    pub(super) fn execute(&mut self, text: Text<'_>, at: u32) -> Step {
        match self.simple(text, at) {
            Some(next) => Ok(Flow::Goto(next)),
            None => self.involved(text.code, text.constants, at),
        }
    }

    /// Does the quick instruction, if its values are no more than their bits; gives where to go on. `None`: nothing was
    /// done, this is one for [`Vm::involved`].
    ///
    /// What loops consist of goes through here. The values are changed where they lie: one that is made in parts and then
    /// moved as a whole makes the processor wait.
    #[inline(always)]
    pub(super) fn simple(&mut self, text: Text<'_>, at: u32) -> Option<u32> {
        use Quick as Q;
        match text.quick[at as usize] {
            Q::Constant(index) => self.push_plain(&text.constants[index as usize])?,
            Q::None => self.push_made(|| Value::None),
            Q::Vacancy => self.push_made(|| Value::Unbound),
            Q::LoadMethod(slot) => {
                let Instruction::LoadMethod(name, count) = text.code.instructions[at as usize + 2] else { return None };
                match self.method(self.local(slot), name, count)? {
                    Method::Code(code) => self.push_made(|| Value::Code(code)),
                    Method::Native(native) => self.push_made(|| Value::Native(native)),
                }
                match self.local(slot) {
                    Value::Object(kind, id) => {
                        let (kind, id) = (*kind, *id);
                        self.push_made(|| Value::Object(kind, id));
                    }
                    Value::Instance(instance) => {
                        let instance = instance.clone();
                        self.push_made(|| Value::Instance(instance));
                    }
                    other => {
                        let other = other.clone();
                        self.push(other);
                    }
                }
                return Some(at + 3);
            }
            Q::Load(slot) => {
                self.load(slot)?;
            }
            Q::LoadTwo(a, b) => {
                self.load(a)?;
                if self.load(b).is_some() {
                    return Some(at + 2);
                }
            }
            Q::LoadWithConstant(a, b) => {
                self.load(a)?;
                if self.push_plain(&text.constants[b as usize]).is_some() {
                    return Some(at + 2);
                }
            }
            Q::Store(slot) => {
                if let Value::Int(number) = *self.peek(0) {
                    self.drop_plain(1);
                    return Some(self.put(Number::Int(number), slot, at));
                }
                let value = self.pop();
                std::mem::replace(self.local_mut(slot), value).discard();
            }
            Q::Pop => self.drop_top(),
            Q::Duplicate => self.load_from(self.thread.stack.len() - 1)?,
            Q::LoadGlobal(global) => self.push_global(global)?,
            Q::StoreGlobal(global) => self.take_into_global(global)?,
            Q::UpdateGlobal(global) => {
                self.update_global(text.code, text.constants, at, global)?;
                return Some(at + 4);
            }
            Q::Binary { operator, to } => {
                let result = calculated(operator, self.peek(1), self.peek(0))?;
                self.drop_plain(2);
                return Some(self.put(result, to, at + 1));
            }
            Q::BinaryLocal { operator, b, to } => {
                let result = calculated(operator, self.peek(0), self.local(b))?;
                self.drop_plain(1);
                return Some(self.put(result, to, at + 2));
            }
            Q::BinaryConstant { operator, b, to } => {
                let result = calculated(operator, self.peek(0), &text.constants[b as usize])?;
                self.drop_plain(1);
                return Some(self.put(result, to, at + 2));
            }
            Q::BinaryLocals { operator, a, b, to } => {
                let result = calculated(operator, self.local(a), self.local(b))?;
                return Some(self.put(result, to, at + 3));
            }
            Q::BinaryLocalConstant { operator, a, b, to } => {
                let result = calculated(operator, self.local(a), &text.constants[b as usize])?;
                return Some(self.put(result, to, at + 3));
            }
            Q::Compare(comparison) => {
                let answer = compared(comparison, self.peek(1), self.peek(0))?;
                self.drop_plain(2);
                self.push_made(|| Value::Bool(answer));
            }
            Q::Branch(comparison) => {
                let answer = compared(comparison, self.peek(1), self.peek(0))?;
                self.drop_plain(2);
                return Some(branched(text, answer, at + 1));
            }
            Q::BranchConstant(comparison, b) => {
                let answer = compared(comparison, self.peek(0), &text.constants[b as usize])?;
                self.drop_plain(1);
                return Some(branched(text, answer, at + 2));
            }
            Q::BranchLocals(comparison, a, b) => {
                let answer = compared(comparison, self.local(a), self.local(b))?;
                return Some(branched(text, answer, at + 3));
            }
            Q::BranchLocalConstant(comparison, a, b) => {
                let answer = compared(comparison, self.local(a), &text.constants[b as usize])?;
                return Some(branched(text, answer, at + 3));
            }
            Q::Jump(target) => return Some(target),
            Q::JumpIfFalse(target) => return self.jump_by_bool(false, target, at),
            Q::JumpIfTrue(target) => return self.jump_by_bool(true, target, at),
            Q::LoadItem => {
                let top = self.thread.stack.len() - 1;
                self.push_item(top - 1, ItemIndex::At(top), 2)?;
            }
            Q::LoadItemLocals(a, b) => {
                self.push_item(self.locals + a as usize, ItemIndex::At(self.locals + b as usize), 0)?;
                return Some(at + 3);
            }
            Q::LoadItemConstant(a, b) => {
                self.push_item(self.locals + a as usize, ItemIndex::Is(&text.constants[b as usize]), 0)?;
                return Some(at + 3);
            }
            Q::StoreItem => {
                let top = self.thread.stack.len() - 1;
                self.take_into_item(top - 2, top - 1, top, 3)?;
            }
            Q::StoreItemLocals(a, b) => {
                let top = self.thread.stack.len() - 1;
                self.take_into_item(top, self.locals + a as usize, self.locals + b as usize, 1)?;
                return Some(at + 3);
            }
            Q::LoadAttribute(name) => self.push_attribute(self.thread.stack.len() - 1, name, 1)?,
            Q::LoadAttributeOf(slot, name) => {
                self.push_attribute(self.locals + slot as usize, name, 0)?;
                return Some(at + 2);
            }
            Q::DuplicateAttribute(name) => {
                self.push_attribute(self.thread.stack.len() - 1, name, 0)?;
                return Some(at + 2);
            }
            Q::StoreAttribute(name) => {
                let top = self.thread.stack.len() - 1;
                self.take_into_attribute(top - 1, top, name, 2)?;
            }
            Q::StoreAttributeOf(slot, name) => {
                let top = self.thread.stack.len() - 1;
                self.take_into_attribute(top, self.locals + slot as usize, name, 1)?;
                return Some(at + 2);
            }
            Q::SwapAttribute(name) => {
                let top = self.thread.stack.len() - 1;
                self.take_into_attribute(top, top - 1, name, 2)?;
                return Some(at + 2);
            }
            Q::UpdateAttribute(slot) => {
                self.update_attribute(text.code, text.constants, at, self.locals + slot as usize)?;
                return Some(at + 7);
            }
            Q::Iterate => {
                let number = self.next_in_range()?;
                self.push_made(|| Value::Int(number));
            }
            Q::IterateInto(slot) => {
                let number = self.next_in_range()?;
                return Some(self.put(Number::Int(number), slot, at + 1));
            }
            Q::IterateIntoTwo(a, b) => {
                self.next_pair(a, b)?;
                return Some(at + 4);
            }
            Q::LoadCallee(global) => {
                self.lasting_function(global)?;
                self.push_made(|| Value::Prelude(global));
            }
            Q::Other => return None,
        }
        Some(at + 1)
    }

    #[inline(always)]
    fn next_in_range(&mut self) -> Option<i64> {
        match self.thread.stack.last_mut() {
            Some(Value::Loop(iteration)) => iteration.next_of_range(),
            _ => None,
        }
    }

    /// Pushes a local that is no more than its bits. Numbers are written in parts wherever they change, and therefore
    /// read in parts: the processor would wait for a whole.
    #[inline(always)]
    fn load(&mut self, slot: u16) -> Option<()> {
        self.load_from(self.locals + slot as usize)
    }

    /// Likewise, what lies at `place` on the stack.
    #[inline(always)]
    pub(super) fn load_from(&mut self, place: usize) -> Option<()> {
        match self.thread.stack[place] {
            Value::Int(number) => self.push_made(|| Value::Int(number)),
            Value::Float(number) => self.push_made(|| Value::Float(number)),
            Value::Bool(truth) => self.push_made(|| Value::Bool(truth)),
            Value::Object(kind, id) => self.push_made(|| Value::Object(kind, id)),
            _ => return None,
        }
        Some(())
    }

    /// A number goes into a local, by the `StoreLocal` at `next`, or to the stack; gives where to go on. Only what
    /// changes is written.
    #[inline(always)]
    fn put(&mut self, number: Number, to: u16, next: u32) -> u32 {
        if to == PUSH {
            match number {
                Number::Int(number) => self.push_made(|| Value::Int(number)),
                Number::Float(number) => self.push_made(|| Value::Float(number)),
            }
            return next;
        }
        match (self.local_mut(to), number) {
            (Value::Int(old), Number::Int(new)) => *old = new,
            (Value::Float(old), Number::Float(new)) => *old = new,
            (old, Number::Int(new)) => std::mem::replace(old, Value::Int(new)).discard(),
            (old, Number::Float(new)) => std::mem::replace(old, Value::Float(new)).discard(),
        }
        next + 1
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
            I::LoadMethod(name, count) => self.load_method(name, count, at),
            I::CallMethod(count) => self.call_method(count as usize, &[], at),
            I::LoadAttribute(name) => self.load_any_attribute(name, at),
            I::StoreAttribute(name) => self.store_attribute(name, at),
            I::LoadItem => self.load_item(at),
            I::StoreItem => self.store_item(at),
            I::ListAppend(depth) => {
                self.list_append(depth as usize)?;
                Ok(Flow::Next)
            }
            I::Duplicate => self.give(self.peek(0).clone()),
            I::Swap => self.rotate(2),
            I::EnterWith => self.enter_with(at),
            I::ExitWith => self.exit_with(false, at),
            I::Return => self.return_value(at),
            I::Yield => self.suspend(code, at),
            other => self.execute_rare(code, at, other),
        }
    }

    #[inline(never)]
    fn execute_rare(&mut self, code: &Code, at: u32, instruction: Instruction) -> Step {
        use Instruction as I;
        match instruction {
            I::Vacancy => self.give(Value::Unbound),
            I::DuplicatePair => {
                let (a, b) = (self.peek(1).clone(), self.peek(0).clone());
                self.push(a);
                self.give(b)
            }
            I::Rotate3 => self.rotate(3),
            I::Rotate4 => self.rotate(4),
            I::DeleteLocal(slot) => self.delete_local(code, slot, at),
            I::LoadCell(index) => self.load_cell(code, index, at),
            I::StoreCell(index) => self.store_cell(index),
            I::DeleteCell(index) => self.delete_cell(code, index, at),
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
            I::DeleteAttribute(name) => self.delete_attribute(name, at),
            I::DeleteItem => self.delete_item(at),
            I::Unary(UnaryOperator::Not) => self.not(at),
            I::Unary(operator) => self.unary(operator, at),
            I::JumpIfTrueOrPop(target) => self.jump_or_pop(true, target, at),
            I::JumpIfFalseOrPop(target) => self.jump_or_pop(false, target, at),
            I::GetIterator => self.get_iterator(at),
            I::Delegate(end) => self.delegate(end, at),
            I::CallKeywords(site) => {
                let site = &code.call_sites[site as usize];
                let count = site.positional as usize + site.keywords.len();
                if site.method {
                    return self.call_method(count, &site.keywords, at);
                }
                let bottom = self.thread.stack.len() - count - 1;
                let callee = self.thread.stack[bottom].clone();
                self.call(callee, Place { bottom, first: bottom + 1, names: &site.keywords, at }, Then::Push)
            }
            I::CallSpread => self.call_spread(at),
            I::MakeFunction(id) => self.make_function(id),
            I::MakeClass(body, bases) => self.make_class(body, bases as usize, false, at),
            I::MakeClassWith(body, bases) => self.make_class(body, bases as usize, true, at),
            I::LoadSuper => self.load_super(code),
            I::Import(module) => self.import(module, at),
            I::LoadBound(global) => self.load_bound(global),
            I::LoadBoundLocal(slot) => self.load_bound_local(slot),
            I::ImportMember(module, name) => self.import_member(module, name, at),
            _ => self.execute_build(at, instruction),
        }
    }

    /// Instructions that build values.
    fn execute_build(&mut self, at: u32, instruction: Instruction) -> Step {
        use Instruction as I;
        match instruction {
            I::BuildSlice => {
                let parts = [self.peek(2).clone(), self.peek(1).clone(), self.peek(0).clone()];
                self.thread.heap.charge(budget::of_values(3));
                self.replace(3, Value::Slice(Arc::new(Slice(parts))));
            }
            I::BuildTuple(count) => {
                let items = self.take(count as usize);
                self.thread.heap.charge(budget::of_values(items.len()));
                self.push(Value::tuple(items));
            }
            I::BuildList(count) => {
                let items = self.take(count as usize);
                let list = self.new_object(Kind::List, Object::List(items));
                self.push(list);
            }
            I::BuildSet(count) => self.build_set(count as usize)?,
            I::BuildDict(pairs) => self.build_dict(pairs as usize)?,
            I::SetAdd(depth) => self.set_add(depth as usize)?,
            I::DictInsert(depth) => self.dict_insert(depth as usize)?,
            I::ListExtend => return self.list_extend(None, at),
            I::ArgumentsExtend => {
                let callee = self.peek(2).clone();
                return self.list_extend(Some(&callee), at);
            }
            I::SetUpdate => return self.set_update(at),
            I::DictUpdate => return self.dict_update(None, at),
            I::KeywordsMerge => {
                let callee = self.peek(3).clone();
                return self.dict_update(Some(&callee), at);
            }
            I::ListToTuple => {
                let items = self.with(|context, stack| data::iterate::collect(context, &stack[stack.len() - 1]))?;
                self.replace(1, Value::tuple(items));
            }
            I::BuildString(count) => {
                let text = self.with(|context, stack| {
                    let parts = &stack[stack.len() - count as usize..];
                    let parts =
                        parts.iter().filter_map(|part| if let Value::Str(text) = part { Some(text) } else { None });
                    let parts: Vec<&Str> = parts.collect();
                    context.memory.claim(parts.iter().map(|part| part.as_str().len()).sum())?;
                    Ok::<_, Halt>(Str::concat(&parts))
                })?;
                self.drop_values(count as usize);
                self.push(Value::Str(text));
            }
            I::FormatValue(conversion) => return self.format_value(conversion, false, at),
            I::FormatWithSpec(conversion) => return self.format_value(conversion, true, at),
            I::Unpack(count) => return self.unpack(count as usize, at),
            I::UnpackStar(before, after) => return self.unpack_star(before as usize, after as usize, at),
            _ => return self.execute_exception(at, instruction),
        }
        Ok(Flow::Next)
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

    /// Whether the shared heap is in reach at all.
    pub(super) fn is_performing(&self) -> bool {
        !matches!(self.reach, Reach::Private)
    }
}

/// A number that fits.
#[derive(Clone, Copy)]
pub(super) enum Number {
    Int(i64),
    Float(f64),
}

/// The commonest of arithmetic.
#[inline(always)]
pub(super) fn calculated(operator: BinaryOperator, a: &Value, b: &Value) -> Option<Number> {
    use data::arithmetic::{floats, integers};
    match (a, b) {
        (Value::Int(a), Value::Int(b)) => integers(operator, *a, *b).map(Number::Int),
        (Value::Float(a), Value::Float(b)) => floats(operator, *a, *b).map(Number::Float),
        (Value::Int(a), Value::Float(b)) => floats(operator, *a as f64, *b).map(Number::Float),
        (Value::Float(a), Value::Int(b)) => floats(operator, *a, *b as f64).map(Number::Float),
        _ => None,
    }
}

/// `==` and the like for two integers or two floats.
#[inline(always)]
fn compared(comparison: Comparison, a: &Value, b: &Value) -> Option<bool> {
    match (a, b) {
        (Value::Int(a), Value::Int(b)) => scalars(comparison, a, b),
        (Value::Float(a), Value::Float(b)) => scalars(comparison, a, b),
        _ => None,
    }
}

/// Where the conditional jump at `jump` leads.
#[inline(always)]
fn branched(text: Text<'_>, answer: bool, jump: u32) -> u32 {
    match text.code.instructions[jump as usize] {
        Instruction::JumpIfFalse(target) if !answer => target,
        Instruction::JumpIfTrue(target) if answer => target,
        _ => jump + 1,
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
