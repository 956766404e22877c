//! How much memory a program may have: its *budget*.
//!
//! A program that would go over it gets a `MemoryError`. That has to happen at the same place whenever the run is
//! played again, so nothing here asks the operating system: values are *weighed* by our own rules, which give about
//! their size in bytes. Weighing everything takes long, so in between there is an estimate, which tends to be too high:
//! the weight of last time, and what was *charged* since. Natives *claim* what they are about to make, if it is large;
//! small values are charged, or found by weighing. Things are weighed again when the estimate says that the budget may
//! be used up, and, because it does not know all that is small, whenever some more has been charged.
//!
//! Each thread weighs what it alone can reach. Whenever it performs, it learns the weight of what is shared and of what
//! the others have; so threads that compute at the same time may go over the budget together before they learn that.

use super::contents::{Part, contents};
use super::lookout;
use super::object::Object;
use super::value::{Iteration, Value};
use rustc_hash::FxHashSet;
use triomphe::Arc;

/// What a program may have by default, in bytes.
pub const DEFAULT: u64 = 2 << 30;
/// What is smaller always has room, in bytes.
pub const SMALL: usize = 1024;
/// After a `MemoryError` that no claim has raised there may be so much more before the next one, in bytes: handling the
/// error makes objects too.
const GRACE: u64 = 32 << 20;
/// Nothing is weighed again before this much was charged, in bytes.
const LEAST: u64 = 1 << 20;
/// Nor before this part of the weight was: what weighs much takes long to weigh.
const WORTH: u64 = 16;
/// Things are weighed again at the latest after this much was charged, in bytes, or a quarter of their weight if that
/// is more.
const STEP: u64 = 32 << 20;

/// What an object takes up without its contents.
pub const OBJECT: u64 = 128;
/// A value, by itself.
pub const VALUE: usize = 16;
/// An entry of a dict.
pub const ENTRY: usize = 56;
/// An element of a set.
pub const ELEMENT: usize = 40;
/// An immutable thing that is counted, without its contents.
const COUNTED: u64 = 48;

/// A thread's part in the budget.
#[derive(Clone, Debug)]
pub struct Budget {
    /// How much there may be in all.
    limit: u64,
    /// What is shared, and what other threads have, as far as is known.
    elsewhere: u64,
    /// What the thread alone can reach, at most.
    claimed: u64,
    /// What was charged since the thread performed last: it may have become shared.
    charged: u64,
    /// When more is claimed, things are weighed.
    trigger: u64,
    /// How far a `MemoryError` lets the program go on.
    grace: u64,
    /// What it was when things were weighed last.
    weight: u64,
    /// What the others know of that; so that they do not fail for lack of memory that this thread has already dropped.
    told: u64,
}

impl Budget {
    /// The budget of a thread that has nothing yet.
    pub fn new(limit: u64) -> Self {
        let trigger = (limit / 8).clamp(LEAST, STEP);
        Budget { limit, elsewhere: 0, claimed: 0, charged: 0, trigger, grace: 0, weight: 0, told: 0 }
    }

    /// How much there may be in all, in bytes.
    pub fn limit(&self) -> u64 {
        self.limit
    }

    /// What the thread alone can reach, at most, in bytes.
    pub fn claimed(&self) -> u64 {
        self.claimed
    }

    /// Something was made. Whether it is time to weigh.
    #[inline]
    pub fn charge(&mut self, bytes: u64) -> bool {
        self.claimed = self.claimed.saturating_add(bytes);
        self.charged = self.charged.saturating_add(bytes);
        self.claimed > self.trigger
    }

    /// Whether there is room for so much more, as far as is known.
    pub fn has_room(&self, bytes: u64) -> bool {
        self.total().saturating_add(bytes) <= self.limit
    }

    fn total(&self) -> u64 {
        self.claimed.saturating_add(self.elsewhere)
    }

    /// Whether it is time to weigh.
    pub fn is_tight(&self) -> bool {
        self.claimed > self.trigger
    }

    /// All was weighed that the thread alone can reach.
    pub fn weighed(&mut self, weight: u64) {
        self.weight = weight;
        self.claimed = weight;
        if self.total() <= self.limit {
            self.grace = 0;
        }
        let left = self.limit.max(self.grace).saturating_sub(self.total());
        let least = LEAST.max(weight / WORTH);
        self.trigger = weight + (left / 8).clamp(least, STEP.max(weight / 4).max(least));
    }

    /// Whether there is too much: to be asked once things were weighed. The next time there has to be more.
    pub fn is_exceeded(&mut self) -> bool {
        if self.total() <= self.limit.max(self.grace) {
            return false;
        }
        self.grace = self.total() + GRACE;
        self.trigger = self.claimed + GRACE;
        true
    }

    /// The thread performs: it tells the others what it has, and learns what they have. `meet` takes what it was charged since
    /// the last time, what it had told, and what it has; it gives how much there is besides.
    #[inline]
    pub fn meet(&mut self, meet: impl FnOnce(u64, u64, u64) -> u64) {
        self.elsewhere = meet(std::mem::take(&mut self.charged), self.told, self.weight);
        self.told = self.weight;
        if self.total() > self.limit.max(self.grace) {
            self.trigger = 0;
        }
    }

    /// The thread is over: nothing is left of what it has told, which was this.
    pub fn leave(&mut self) -> u64 {
        std::mem::take(&mut self.told)
    }
}

/// Weighs things; what several hold is weighed once.
#[derive(Debug, Default)]
pub struct Scale {
    seen: FxHashSet<usize>,
    total: u64,
}

impl Scale {
    /// What was weighed, in bytes.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// Weighs an object, with the immutable things in it.
    pub fn object(&mut self, object: &Object) {
        self.total += OBJECT + shell(object);
        contents(object, &mut |part| {
            if let Part::Value(value) = part {
                self.value(value);
            }
        });
    }

    /// Weighs the immutable things that a value is made of. The value itself is its holder's.
    pub fn value(&mut self, value: &Value) {
        lookout::tick();
        if !self.leaf(value) {
            return;
        }
        let mut work = vec![value];
        while let Some(value) = work.pop() {
            lookout::tick();
            let (parts, more): (&[Value], &[Value]) = match value {
                Value::Function(function) => (&function.defaults, &function.keyword_defaults),
                Value::Tuple(items) => (items, &[]),
                Value::Slice(slice) => (&slice.0, &[]),
                Value::Loop(iteration) => match &**iteration {
                    Iteration::Tuple(items, _) => (items, &[]),
                    Iteration::Ordered { items, .. } => (items, &[]),
                    Iteration::Cycle(items, _) => (items, &[]),
                    // What these have besides is small, or somebody else's.
                    Iteration::Range { .. }
                    | Iteration::Str(..)
                    | Iteration::Container { .. }
                    | Iteration::Count(_)
                    | Iteration::Repeat(..)
                    | Iteration::Enumerate(_)
                    | Iteration::Zip(_)
                    | Iteration::Done => (&[], &[]),
                },
                _ => (&[], &[]),
            };
            for part in parts.iter().chain(more) {
                if self.leaf(part) {
                    work.push(part);
                }
            }
        }
    }

    /// Weighs a value without what is in it; whether it is to be gone into.
    fn leaf(&mut self, value: &Value) -> bool {
        match value {
            Value::Str(text) => self.once(text.is_unique(), text.address(), text.as_str().len()),
            Value::Bytes(bytes) => self.once(bytes.is_unique(), Arc::as_ptr(bytes).addr(), bytes.len()),
            Value::Big(number) => {
                self.once(number.is_unique(), Arc::as_ptr(number).addr(), (number.bits() / 8) as usize)
            }
            Value::Tuple(items) => self.once(items.is_unique(), Arc::as_ptr(items).addr(), items.len() * VALUE),
            Value::Instance(_) | Value::Method(_) | Value::NativeMethod(_) => {
                self.total += COUNTED;
                false
            }
            Value::Slice(slice) => self.once(slice.is_unique(), Arc::as_ptr(slice).addr(), 3 * VALUE),
            Value::Function(function) => {
                let values = function.defaults.len() + function.keyword_defaults.len();
                self.once(function.is_unique(), Arc::as_ptr(function).addr(), values * VALUE)
            }
            Value::Loop(_) => true,
            Value::Unbound
            | Value::None
            | Value::NotImplemented
            | Value::Ellipsis
            | Value::Bool(_)
            | Value::Int(_)
            | Value::Float(_)
            | Value::Range(_)
            | Value::View(_)
            | Value::Prelude(_)
            | Value::Code(_)
            | Value::Native(_)
            | Value::Class(_)
            | Value::Type(_)
            | Value::Module(_)
            | Value::Descriptor(_)
            | Value::Super(_)
            | Value::Object(..) => false,
        }
    }

    /// Weighs what is counted by reference; whether it was the first time.
    fn once(&mut self, unique: bool, address: usize, bytes: usize) -> bool {
        let first = unique || self.seen.insert(address);
        if first {
            self.total += COUNTED + bytes as u64;
        }
        first
    }
}

/// What an object's contents take up by themselves.
pub fn shell(object: &Object) -> u64 {
    let bytes = match object {
        Object::List(items) => items.len() * VALUE,
        Object::Namespace(globals) => globals.len() * VALUE,
        Object::Dict(dict) => dict.len() * ENTRY,
        Object::Set(set) => set.len() * ELEMENT,
        Object::Deque(deque) => deque.items.len() * VALUE,
        Object::Instance(instance) => instance.attributes.len() * 24,
        Object::Generator(generator) => generator.stack.len() * VALUE,
        Object::Queue(queue) => queue.values().count() * VALUE,
        Object::Cell(_)
        | Object::ClassVariables(_)
        | Object::Iterator(_)
        | Object::Local
        | Object::Lock(_)
        | Object::RLock(_)
        | Object::Condition(_)
        | Object::Semaphore(_)
        | Object::Event(_)
        | Object::Barrier(_)
        | Object::Pool(_)
        | Object::Future(_)
        | Object::Futures(_) => 0,
    };
    bytes as u64
}

/// What an object is charged when it is made.
#[inline]
pub fn charge_for(object: &Object) -> u64 {
    match object {
        Object::Cell(_) | Object::Iterator(_) => OBJECT,
        other => OBJECT + shell(other),
    }
}

/// What an immutable thing of so many values takes up, in bytes.
#[inline]
pub fn of_values(count: usize) -> usize {
    COUNTED as usize + count * VALUE
}

/// What an immutable thing takes up that nobody else has: a native may just have made it.
#[inline]
pub fn of_result(value: &Value) -> usize {
    match value {
        Value::Str(text) if text.is_unique() => of_bytes(text.as_str().len()),
        Value::Bytes(bytes) if bytes.is_unique() => of_bytes(bytes.len()),
        Value::Tuple(items) if items.is_unique() => of_values(items.len()),
        _ => 0,
    }
}

/// What a text of so many bytes takes up, or other data that never change.
#[inline]
pub fn of_bytes(count: usize) -> usize {
    COUNTED as usize + count
}

/// Whether a container that has grown by one is to be charged for that: it is whenever it is twice as long, for as much as
/// it will be before the next time.
#[inline]
pub fn is_milestone(length: usize) -> bool {
    length.is_power_of_two() && length * VALUE >= SMALL
}

#[cfg(test)]
mod tests {
    use super::super::heap::PrivateHeap;
    use super::super::native::Halt;
    use super::super::reach::{Memory, Reach};
    use super::*;
    use crate::base::ThreadId;

    #[test]
    fn a_claim_without_room_says_how_much_the_native_wants() {
        const MILLION: usize = 1 << 20;
        let mut heap = PrivateHeap::new(ThreadId(1));
        *heap.budget_mut() = Budget::new(1000 << 20);
        let wants = |memory: &Memory<'_>, millions: usize| match memory.claim(millions * MILLION) {
            Ok(()) => None,
            Err(Halt::Room(bytes)) => Some(bytes >> 20),
            Err(other) => panic!("{other:?}"),
        };
        let first = Memory::new(&mut heap, Reach::Private);
        assert_eq!((wants(&first, 600), wants(&first, 500)), (None, Some(1100)), "in all");
        drop(first);
        assert_eq!(wants(&Memory::new(&mut heap, Reach::Private), 500), Some(500), "the 600 were charged");
        heap.budget_mut().weighed(10 << 20);
        assert_eq!(wants(&Memory::new(&mut heap, Reach::Private), 500), None);
    }

    #[test]
    fn handling_an_error_may_go_on_for_a_while() {
        let mut budget = Budget::new(100 << 20);
        budget.weighed(101 << 20);
        assert!(budget.is_exceeded() && !budget.is_exceeded());
        budget.weighed(120 << 20);
        assert!(!budget.is_exceeded());
        budget.weighed(140 << 20);
        assert!(budget.is_exceeded());
        budget.weighed(1 << 20);
        budget.weighed(101 << 20);
        assert!(budget.is_exceeded(), "a new error after there was room again");
    }

    #[test]
    fn what_several_hold_is_weighed_once() {
        let long = Value::str("x".repeat(10_000));
        let pair = Value::tuple(vec![long.clone(), long.clone()]);
        let mut scale = Scale::default();
        for value in [&long, &pair, &pair] {
            scale.value(value);
        }
        assert!((10_000..10_500).contains(&scale.total()), "{}", scale.total());
        let mut scale = Scale::default();
        scale.object(&Object::List(vec![Value::Int(1); 1000]));
        assert!((16_000..16_500).contains(&scale.total()), "{}", scale.total());
    }

    #[test]
    fn tuples_in_tuples_do_not_fill_the_stack() {
        let mut nested = Value::tuple(Vec::new());
        for _ in 0..100_000 {
            nested = Value::tuple(vec![nested]);
        }
        let mut scale = Scale::default();
        scale.value(&nested);
        assert!(scale.total() > 5_000_000, "{}", scale.total());
    }
}
