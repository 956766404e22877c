//! What quick instructions do with objects that the thread alone can reach. `None` always says that nothing was done: the
//! instruction of the program does it then, and knows what else there may be, an error too.

use super::Vm;
use super::attribute::{is_computed, lies_open};
use super::execute::{Number, calculated};
use crate::base::Symbol;
use crate::bytecode::{BinaryOperator, Code, GlobalId, Instruction};
use crate::machine::data::{iterate, key};
use crate::machine::memory::heap::PrivateHeap;
use crate::machine::memory::image::Linked;
use crate::machine::memory::native::{Call, Native};
use crate::machine::memory::object::{Attributes, Object};
use crate::machine::memory::push::push_made;
use crate::machine::memory::thread::Thread;
use crate::machine::memory::value::{Kind, Value};

/// What a container is asked for.
#[derive(Clone, Copy)]
pub(super) enum ItemIndex<'i> {
    /// The value at this place on the stack.
    At(usize),
    /// This value.
    Is(&'i Value),
}

impl Vm<'_> {
    /// Pushes a global variable that can no longer change, or that no other thread can reach.
    #[inline(never)]
    pub(super) fn push_global(&mut self, global: GlobalId) -> Option<()> {
        let index = global.0 as usize;
        let Thread { stack, heap, frozen, .. } = &mut *self.thread;
        let frozen = frozen.as_ref().map(|frozen| &frozen[index]).filter(|value| !value.is_unbound());
        let value = match frozen {
            Some(value) => value,
            None if self.image.is_never_stored(global) => self.image.builtins[index].as_ref()?,
            None => match heap.get(self.image.namespace)? {
                Object::Namespace(globals) => Some(&globals[index]).filter(|value| !value.is_unbound())?,
                _ => return None,
            },
        };
        push_copy(stack, value);
        Some(())
    }

    /// Moves the value on top into a global variable that no other thread can reach.
    #[inline(never)]
    pub(super) fn take_into_global(&mut self, global: GlobalId) -> Option<()> {
        let Thread { stack, heap, .. } = &mut *self.thread;
        let Object::Namespace(globals) = heap.get_mut(self.image.namespace)? else { return None };
        match (&mut globals[global.0 as usize], stack.last_mut()?) {
            (Value::Int(old), Value::Int(new)) => *old = *new,
            (variable, value) => std::mem::swap(variable, value),
        }
        drop_top(stack, 1);
        Some(())
    }

    /// `global op= number`, by the instructions from `at` on.
    #[inline(never)]
    pub(super) fn update_global(&mut self, code: &Code, constants: &[Value], at: u32, global: GlobalId) -> Option<()> {
        let Thread { stack, heap, .. } = &mut *self.thread;
        let Object::Namespace(globals) = heap.get_mut(self.image.namespace)? else { return None };
        let [_, operand, Instruction::InPlace(operator), ..] = code.instructions[at as usize..] else { return None };
        let operand = pushed(operand, &stack[self.locals..], constants)?;
        update(&mut globals[global.0 as usize], operator, operand)
    }

    /// Pushes the item of the container at that place on the stack, instead of so many values.
    #[inline(never)]
    pub(super) fn push_item(&mut self, container: usize, index: ItemIndex<'_>, instead_of: usize) -> Option<()> {
        let Thread { stack, heap, .. } = &mut *self.thread;
        let index = match index {
            ItemIndex::At(place) => &stack[place],
            ItemIndex::Is(index) => index,
        };
        let item = match (&stack[container], index) {
            (Value::Object(Kind::List, id), Value::Int(index)) => {
                let Object::List(items) = heap.get(*id)? else { return None };
                items.get(position(*index, items.len()))?
            }
            (Value::Object(Kind::Dict, id), key) => {
                let Object::Dict(dict) = heap.get(*id)? else { return None };
                &dict[key::at_hand(dict, key)?]
            }
            (Value::Tuple(items), Value::Int(index)) => {
                let item = items.get(position(*index, items.len()))?.copy();
                drop_top(stack, instead_of);
                stack.push(item);
                return Some(());
            }
            _ => return None,
        };
        drop_top(stack, instead_of);
        push_copy(stack, item);
        Some(())
    }

    /// Moves the value at a place on the stack into the item of a container, if that is there, and drops so many values.
    #[inline(never)]
    pub(super) fn take_into_item(
        &mut self,
        value: usize,
        container: usize,
        index: usize,
        operands: usize,
    ) -> Option<()> {
        let Thread { stack, heap, .. } = &mut *self.thread;
        let item = own_item(heap, &stack[container], &stack[index])?;
        match (item, &mut stack[value]) {
            (Value::Int(old), Value::Int(new)) => *old = *new,
            (item, value) => {
                std::mem::swap(item, value);
                std::mem::take(value).discard();
            }
        }
        drop_top(stack, operands);
        Some(())
    }

    /// Pushes an attribute that lies in the instance at that place on the stack, or is known to be final, instead of so
    /// many values.
    #[inline(never)]
    pub(super) fn push_attribute(&mut self, instance: usize, name: Symbol, instead_of: usize) -> Option<()> {
        let Thread { stack, heap, finals, .. } = &mut *self.thread;
        let Value::Instance(instance) = &stack[instance] else { return None };
        if is_computed(heap.replaced(), &instance.class, name) {
            return None;
        }
        let value = match heap.get(instance.id) {
            Some(Object::Instance(object)) => object.attributes.get(name)?,
            Some(_) => return None,
            None => finals.get(instance.id, name)?,
        };
        drop_top(stack, instead_of);
        push_copy(stack, value);
        Some(())
    }

    /// Moves the value at a place on the stack into an attribute of the instance at another one, if its class has no say in
    /// that, and drops so many values.
    #[inline(never)]
    pub(super) fn take_into_attribute(
        &mut self,
        value: usize,
        instance: usize,
        name: Symbol,
        operands: usize,
    ) -> Option<()> {
        let Thread { stack, heap, .. } = &mut *self.thread;
        let attributes = own_attributes(self.image, heap, &stack[instance], name)?;
        match (attributes.get_mut(name), &mut stack[value]) {
            (Some(Value::Int(old)), Value::Int(new)) => *old = *new,
            (Some(attribute), value) => {
                std::mem::swap(attribute, value);
                std::mem::take(value).discard();
            }
            (None, value) => attributes.set(name, std::mem::take(value)),
        }
        drop_top(stack, operands);
        Some(())
    }

    /// `instance.name op= number`, by the instructions from `at` on. (What the interpreter reads is handed over in parts: as
    /// a whole it would lie in memory, and be put there anew for every instruction.)
    #[inline(never)]
    pub(super) fn update_attribute(
        &mut self,
        code: &Code,
        constants: &[Value],
        at: u32,
        instance: usize,
    ) -> Option<()> {
        let instructions = &code.instructions[at as usize..];
        let [_, _, Instruction::LoadAttribute(name), operand, Instruction::InPlace(operator), ..] = *instructions
        else {
            return None;
        };
        let Thread { stack, heap, .. } = &mut *self.thread;
        let operand = pushed(operand, &stack[self.locals..], constants)?;
        let attribute = own_attributes(self.image, heap, &stack[instance], name)?.get_mut(name)?;
        update(attribute, operator, operand)
    }

    /// Does what the native at `bottom` does to the arguments from `first` on, if there is a shortcut.
    pub(super) fn take_shortcut(&mut self, bottom: usize, first: usize) -> Option<()> {
        let Thread { stack, heap, .. } = &mut *self.thread;
        let Value::Native(Native { call: Call::Short(shortcut, _), .. }) = stack[bottom] else { return None };
        let result = shortcut(heap, &stack[first..])?;
        while stack.len() > bottom + 1 {
            drop_top(stack, 1);
        }
        // The native is no more than its bits. A number is written in parts.
        std::mem::forget(match result {
            Value::Int(number) => std::mem::replace(&mut stack[bottom], Value::Int(number)),
            result => std::mem::replace(&mut stack[bottom], result),
        });
        Some(())
    }

    /// The next value of the iterator on top, if that is a pair that need not be made: its parts go into two locals.
    #[inline(never)]
    pub(super) fn next_pair(&mut self, a: u16, b: u16) -> Option<()> {
        let Thread { stack, heap, .. } = &mut *self.thread;
        let pair = match stack.last_mut()? {
            Value::Loop(iteration) => {
                let pair = iterate::pair_at_hand(heap, iteration)?;
                iterate::go_on(iteration);
                pair
            }
            Value::Object(Kind::Iterator, id) => {
                let Object::Iterator(iteration) = heap.get(*id)? else { return None };
                let pair = iterate::pair_at_hand(heap, iteration)?;
                let Object::Iterator(iteration) = heap.get_mut(*id)? else { return None };
                iterate::go_on(iteration);
                pair
            }
            _ => return None,
        };
        let [a, b] = [a, b].map(|slot| self.locals + slot as usize);
        store(&mut stack[a], pair.0);
        store(&mut stack[b], pair.1);
        Some(())
    }
}

/// What an instruction pushes, if that is a local or a constant.
#[inline(always)]
fn pushed<'v>(instruction: Instruction, locals: &'v [Value], constants: &'v [Value]) -> Option<&'v Value> {
    match instruction {
        Instruction::LoadLocal(slot) => locals.get(slot as usize),
        Instruction::Constant(index) => constants.get(index as usize),
        _ => None,
    }
}

/// `number op= operand`, where it lies.
#[inline(always)]
fn update(number: &mut Value, operator: BinaryOperator, operand: &Value) -> Option<()> {
    match (calculated(operator, number, operand)?, number) {
        (Number::Int(new), Value::Int(old)) => *old = new,
        (Number::Float(new), Value::Float(old)) => *old = new,
        (Number::Int(new), old) => *old = Value::Int(new),
        (Number::Float(new), old) => *old = Value::Float(new),
    }
    Some(())
}

/// Puts a value into a local; a number over another one in parts.
#[inline(always)]
fn store(local: &mut Value, value: Value) {
    match (local, value) {
        (Value::Int(old), Value::Int(new)) => *old = new,
        (local, value) => std::mem::replace(local, value).discard(),
    }
}

/// The attributes of an instance, to change one of that name in which the class has no say.
#[inline(always)]
fn own_attributes<'h>(
    image: &Linked,
    heap: &'h mut PrivateHeap,
    instance: &Value,
    name: Symbol,
) -> Option<&'h mut Attributes> {
    let Value::Instance(instance) = instance else { return None };
    if !lies_open(heap.replaced(), image, &instance.class, name) {
        return None;
    }
    match heap.get_mut(instance.id)? {
        Object::Instance(object) if object.dict.is_none() => Some(&mut object.attributes),
        _ => None,
    }
}

/// The item of a container, to change it.
#[inline(always)]
fn own_item<'h>(heap: &'h mut PrivateHeap, container: &Value, index: &Value) -> Option<&'h mut Value> {
    match (container, index) {
        (Value::Object(Kind::List, id), Value::Int(index)) => {
            let Object::List(items) = heap.get_mut(*id)? else { return None };
            let position = position(*index, items.len());
            items.get_mut(position)
        }
        (Value::Object(Kind::Dict, id), key) => {
            let Object::Dict(dict) = heap.get_mut(*id)? else { return None };
            let place = key::at_hand(dict, key)?;
            dict.get_index_mut(place).map(|(_, value)| value)
        }
        _ => None,
    }
}

/// Where an index points that may count from the end; what points nowhere points behind the end.
#[inline(always)]
fn position(index: i64, length: usize) -> usize {
    (if index < 0 { index.wrapping_add(length as i64) } else { index }) as usize
}

/// Drops so many values where they lie.
#[inline(always)]
fn drop_top(stack: &mut Vec<Value>, count: usize) {
    for _ in 0..count {
        match stack.last() {
            Some(Value::Int(_) | Value::Object(..) | Value::Unbound) => std::mem::forget(stack.pop()),
            _ => stack.truncate(stack.len().saturating_sub(1)),
        }
    }
}

/// Pushes a copy, which is made where it will lie if it is no more than its bits.
#[inline(always)]
fn push_copy(stack: &mut Vec<Value>, value: &Value) {
    match *value {
        Value::Int(number) => push_made(stack, || Value::Int(number)),
        Value::Float(number) => push_made(stack, || Value::Float(number)),
        Value::Bool(truth) => push_made(stack, || Value::Bool(truth)),
        Value::Object(kind, id) => push_made(stack, || Value::Object(kind, id)),
        ref other => stack.push(other.clone()),
    }
}
