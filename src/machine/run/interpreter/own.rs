//! What quick instructions do with containers that the thread alone can reach. `None` always says that nothing was done: the
//! instruction of the program does it then, and knows what else there may be, an error too.

use super::Vm;
use crate::machine::data::{iterate, key};
use crate::machine::memory::heap::PrivateHeap;
use crate::machine::memory::object::Object;
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

/// Puts a value into a local; a number over another one in parts.
#[inline(always)]
fn store(local: &mut Value, value: Value) {
    match (local, value) {
        (Value::Int(old), Value::Int(new)) => *old = new,
        (local, value) => std::mem::replace(local, value).discard(),
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
pub(super) fn drop_top(stack: &mut Vec<Value>, count: usize) {
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
