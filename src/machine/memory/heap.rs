//! Heaps: one for each thread, and the shared one.
//!
//! An object is born in its maker's private heap, where no other thread can reach it: using it is no scheduling point and
//! makes no event. It moves to the shared heap, under the same id, when a reference to it escapes. Nothing in the shared
//! heap ever refers to a private object.

use super::budget::{self, Budget, Scale};
use super::encode::{Encode, Encoder, Home};
use super::native::{Halt, Result};
use super::nest::{iteration_references, references};
use super::object::Object;
use super::replaced::Replaced;
use super::value::Value;
use crate::base::{ObjectId, Symbol, ThreadId};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use triomphe::Arc;

/// The shared objects are weighed again when so many bytes more may have come, at least.
const STEP: u64 = 16 << 20;
/// Private objects made until the first collection.
const FIRST_COLLECTION: usize = 4097;

/// A thread's own objects.
#[derive(Clone, Debug)]
pub struct PrivateHeap {
    owner: ThreadId,
    slots: Vec<Slot>,
    free: Vec<u32>,
    /// How many objects there are.
    live: usize,
    /// When there are so many, garbage is looked for.
    limit: usize,
    /// What they may take up.
    budget: Budget,
    /// What was stored to classes.
    replaced: Replaced,
    /// For how many shared classes that is known.
    learned: usize,
}

#[derive(Clone, Debug)]
enum Slot {
    Free,
    /// It is in the shared heap.
    Escaped,
    Present(Arc<Object>),
}

/// The objects that more than one thread may reach, by maker and slot.
#[derive(Clone, Debug, Default)]
pub struct SharedHeap {
    arenas: Vec<Vec<Option<Arc<Object>>>>,
    live: usize,
    /// What the objects take up, at most, in bytes.
    weight: u64,
    /// When that is more, they are weighed.
    trigger: u64,
    /// What all threads have beside them, as far as they have told.
    private: u64,
    /// What was stored to shared classes, before they were.
    replaced: Replaced,
}

/// What an instruction or native can reach.
#[derive(Debug)]
pub struct Memory<'a> {
    /// The thread's own heap.
    pub private: &'a mut PrivateHeap,
    /// The shared heap.
    pub reach: Reach<'a>,
    /// What the native at hand has claimed, in bytes.
    claimed: Cell<u64>,
}

/// How far the shared heap is in reach.
#[derive(Debug)]
pub enum Reach<'a> {
    /// Not at all: `advance`.
    Private,
    /// To read: `perform`, at first.
    Read(&'a SharedHeap),
    /// To write: `perform`, once it has made shared what the operation hands over.
    Write(&'a mut SharedHeap),
}

impl Reach<'_> {
    /// The same reach for a shorter while.
    pub fn again(&mut self) -> Reach<'_> {
        match self {
            Reach::Private => Reach::Private,
            Reach::Read(shared) => Reach::Read(shared),
            Reach::Write(shared) => Reach::Write(shared),
        }
    }
}

impl Home for PrivateHeap {
    fn object(&self, id: ObjectId) -> Option<(&dyn Encode, bool)> {
        let object = self.get(id)?;
        Some((object, false))
    }

    fn encode_replaced(&self, class: ObjectId, to: &mut Encoder<'_>) {
        self.replaced.of(class).encode(to);
    }
}

impl PrivateHeap {
    /// An empty heap for the objects that `owner` makes.
    pub fn new(owner: ThreadId) -> Self {
        let (limit, budget) = (FIRST_COLLECTION, Budget::new(budget::DEFAULT));
        let replaced = Replaced::default();
        PrivateHeap { owner, slots: Vec::new(), free: Vec::new(), live: 0, limit, budget, replaced, learned: 0 }
    }

    /// What was stored to classes, as far as the thread can know.
    pub fn replaced(&self) -> &Replaced {
        &self.replaced
    }

    /// Stores to a class that the thread alone can reach.
    pub fn store_in_class(&mut self, class: ObjectId, name: Symbol, value: Value, is_descriptor: bool) {
        self.replaced.store(class, name, value, is_descriptor);
    }

    /// Takes over what is shared of what was stored to classes.
    #[inline]
    pub(in crate::machine) fn learn(&mut self, shared: &SharedHeap) {
        let there = shared.replaced.len();
        if self.learned != there {
            self.learned = there;
            self.replaced.take_over(&shared.replaced);
        }
    }

    /// How much memory the program may have.
    pub fn budget(&self) -> &Budget {
        &self.budget
    }

    /// Likewise, to change it.
    pub fn budget_mut(&mut self) -> &mut Budget {
        &mut self.budget
    }

    /// Something was made that takes up so many bytes.
    #[inline]
    pub fn charge(&mut self, bytes: usize) {
        if self.budget.charge(bytes as u64) {
            self.limit = 0;
        }
    }

    /// A container has grown by one, to this length; an item takes up so many bytes.
    #[inline]
    pub fn grown(&mut self, length: usize, item: usize) {
        if budget::is_milestone(length) {
            self.charge(length * item);
        }
    }

    /// Adds an object and gives its id.
    pub fn add(&mut self, object: Object) -> ObjectId {
        self.live += 1;
        self.charge(budget::charge_for(&object) as usize);
        let present = Slot::Present(Arc::new(object));
        let slot = match self.free.pop() {
            Some(slot) => {
                self.slots[slot as usize] = present;
                slot
            }
            None => {
                self.slots.push(present);
                (self.slots.len() - 1) as u32
            }
        };
        ObjectId { maker: self.owner, slot }
    }

    /// The object, if it is here.
    pub fn get(&self, id: ObjectId) -> Option<&Object> {
        if id.maker != self.owner {
            return None;
        }
        match self.slots.get(id.slot as usize) {
            Some(Slot::Present(object)) => Some(object),
            _ => None,
        }
    }

    /// The object, to change it, if it is here.
    pub fn get_mut(&mut self, id: ObjectId) -> Option<&mut Object> {
        if id.maker != self.owner {
            return None;
        }
        match self.slots.get_mut(id.slot as usize) {
            Some(Slot::Present(object)) => Some(Arc::make_mut(object)),
            _ => None,
        }
    }

    /// Takes the object out, to be put into the shared heap.
    fn take(&mut self, id: ObjectId) -> Option<Arc<Object>> {
        if id.maker != self.owner {
            return None;
        }
        let slot = self.slots.get_mut(id.slot as usize)?;
        if !matches!(slot, Slot::Present(_)) {
            return None;
        }
        self.live -= 1;
        match std::mem::replace(slot, Slot::Escaped) {
            Slot::Present(object) => Some(object),
            Slot::Free | Slot::Escaped => None,
        }
    }

    /// Whether the object, one of this heap's making or another's, has become shared.
    #[inline]
    pub fn has_shared(&self, id: ObjectId) -> bool {
        id.maker != self.owner || matches!(self.slots.get(id.slot as usize), Some(Slot::Escaped))
    }

    /// Whether the id stands for an object that this heap has dropped.
    pub fn is_free(&self, id: ObjectId) -> bool {
        id.maker == self.owner && matches!(self.slots.get(id.slot as usize), Some(Slot::Free))
    }

    /// Whether it is time to look for garbage.
    pub fn wants_collection(&self) -> bool {
        self.live >= self.limit
    }

    /// Weighs what the thread alone can reach, once garbage was collected; `roots` as there.
    pub fn weigh(&mut self, roots: impl FnOnce(&mut dyn FnMut(&Value))) {
        let mut scale = Scale::default();
        roots(&mut |value| scale.value(value));
        for slot in &self.slots {
            if let Slot::Present(object) = slot {
                scale.object(object);
            }
        }
        self.budget.weighed(scale.total());
    }

    /// The thread has performed: it tells the others how much it has, and learns how much they have.
    #[inline]
    pub(in crate::machine) fn meet(&mut self, shared: &mut SharedHeap) {
        self.budget.meet(shared);
        self.look_soon();
    }

    /// Things are weighed on the next turn, if it is time for that.
    #[inline]
    fn look_soon(&mut self) {
        if self.budget.is_tight() {
            self.limit = 0;
        }
    }

    /// Drops every object that cannot be reached from `roots`, which calls back with each value that the thread holds.
    pub fn collect(&mut self, roots: impl FnOnce(&mut dyn FnMut(&Value))) {
        let mut marked = vec![false; self.slots.len()];
        let mut work = Vec::new();
        roots(&mut |value| references(value, &mut |id| work.push(id)));
        while let Some(id) = work.pop() {
            let Some(object) = self.get(id) else { continue };
            if !std::mem::replace(&mut marked[id.slot as usize], true) {
                object_references(object, &mut |id| work.push(id));
            }
        }
        for (index, slot) in self.slots.iter_mut().enumerate() {
            if matches!(slot, Slot::Present(_)) && !marked[index] {
                *slot = Slot::Free;
                self.free.push(index as u32);
                self.live -= 1;
            }
        }
        let (owner, slots) = (self.owner, &self.slots);
        // The next class may take the place of one that is gone.
        self.replaced.retain(|id| id.maker != owner || !matches!(slots.get(id.slot as usize), Some(Slot::Free)));
        self.limit = FIRST_COLLECTION.max(self.live * 2 + 1);
    }
}

impl SharedHeap {
    /// What was stored to shared classes.
    pub fn replaced(&self) -> &Replaced {
        &self.replaced
    }

    /// The object.
    pub fn get(&self, id: ObjectId) -> Option<&Object> {
        self.arenas.get(id.maker.index())?.get(id.slot as usize)?.as_deref()
    }

    /// The object, to change it.
    pub fn get_mut(&mut self, id: ObjectId) -> Option<&mut Object> {
        let object = self.arenas.get_mut(id.maker.index())?.get_mut(id.slot as usize)?;
        object.as_mut().map(Arc::make_mut)
    }

    /// What shared objects refer to that is not shared itself. Always nothing; tests check that.
    pub fn escapes(&self) -> Vec<ObjectId> {
        let mut found = Vec::new();
        let objects = self.arenas.iter().flatten().flatten();
        objects.for_each(|object| object_references(object, &mut |id| found.push(id)));
        found.retain(|id| self.get(*id).is_none());
        found
    }

    /// How many objects there are.
    pub fn len(&self) -> usize {
        self.live
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.live == 0
    }

    /// A thread performs. Since its last operation it was charged this much; it had told the others this many bytes of
    /// its own, and has that many now. Gives how much there is besides.
    pub(in crate::machine) fn meet(&mut self, charged: u64, told: u64, own: u64, limit: u64) -> u64 {
        self.weight = self.weight.saturating_add(charged);
        self.private = self.private.saturating_sub(told).saturating_add(own);
        if self.weight > self.trigger {
            self.weigh();
            self.trigger = self.weight + (self.weight / 32).max(STEP.min(limit / 64));
        }
        self.weight.saturating_add(self.private - own)
    }

    #[cold]
    fn weigh(&mut self) {
        let mut scale = Scale::default();
        self.arenas.iter().flatten().flatten().for_each(|object| scale.object(object));
        self.weight = scale.total();
    }

    fn put(&mut self, id: ObjectId, object: Arc<Object>) {
        let maker = id.maker.index();
        if self.arenas.len() <= maker {
            self.arenas.resize_with(maker + 1, Vec::new);
        }
        let arena = &mut self.arenas[maker];
        let slot = id.slot as usize;
        if arena.len() <= slot {
            arena.resize_with(slot + 1, || None);
        }
        arena[slot] = Some(object);
        self.live += 1;
    }

    /// Makes shared whatever the values lead to that is still in `private`; gives the ids, in the order of discovery.
    pub fn share<'v>(
        &mut self,
        private: &mut PrivateHeap,
        values: impl IntoIterator<Item = &'v Value>,
    ) -> Vec<ObjectId> {
        let mut work = Vec::new();
        for value in values {
            references(value, &mut |id| work.push(id));
        }
        self.share_ids(private, work)
    }

    /// Likewise, from ids.
    pub fn share_ids(&mut self, private: &mut PrivateHeap, work: Vec<ObjectId>) -> Vec<ObjectId> {
        let mut moved = Vec::new();
        let mut scale = Scale::default();
        let mut work = VecDeque::from(work);
        while let Some(id) = work.pop_front() {
            let Some(mut object) = private.take(id) else { continue };
            object_references(&object, &mut |id| work.push_back(id));
            if let Object::Instance(_) = &*object
                && let Object::Instance(instance) = Arc::make_mut(&mut object)
            {
                instance.sealed = instance.attributes.len();
            }
            if let Object::ClassVariables(_) = &*object {
                self.replaced.publish(id, &private.replaced);
            }
            scale.object(&object);
            self.put(id, object);
            moved.push(id);
        }
        self.weight += scale.total();
        moved
    }
}

impl<'a> Memory<'a> {
    /// What natives have in reach.
    pub fn new(private: &'a mut PrivateHeap, reach: Reach<'a>) -> Self {
        Memory { private, reach, claimed: Cell::new(0) }
    }

    /// The object, to read it.
    ///
    /// # Errors
    /// `Halt::Shared` when it is shared and out of reach.
    pub fn get(&self, id: ObjectId) -> Result<&Object> {
        if let Some(object) = self.private.get(id) {
            return Ok(object);
        }
        let found = match &self.reach {
            Reach::Private => None,
            Reach::Read(shared) => shared.get(id),
            Reach::Write(shared) => shared.get(id),
        };
        found.ok_or(Halt::Shared { object: id, write: false })
    }

    /// The object, to change it. When it is shared, what is stored into it must have been made shared: `perform` sees to it
    /// for all operands of the instruction.
    ///
    /// # Errors
    /// `Halt::Shared` when it is shared and out of reach for writing.
    pub fn get_mut(&mut self, id: ObjectId) -> Result<&mut Object> {
        if let Some(object) = self.private.get_mut(id) {
            return Ok(object);
        }
        match &mut self.reach {
            Reach::Write(shared) => shared.get_mut(id),
            Reach::Read(_) | Reach::Private => None,
        }
        .ok_or(Halt::Shared { object: id, write: true })
    }

    /// Adds an object to the thread's own heap.
    pub fn add(&mut self, object: Object) -> ObjectId {
        self.private.add(object)
    }

    /// Something is about to be made that takes up so many bytes. A native claims before it changes anything. What is small in all
    /// always has room, but counts too.
    ///
    /// # Errors
    /// `Halt::Room` when there may be no room for it.
    #[inline]
    pub fn claim(&self, bytes: usize) -> Result<()> {
        let all = self.claimed.get().saturating_add(bytes as u64);
        if all >= budget::SMALL as u64 && !self.private.budget.has_room(all) {
            return Err(Halt::Room(all));
        }
        self.claimed.set(all);
        Ok(())
    }

    /// Likewise, for so many items of such a size.
    ///
    /// # Errors
    /// As [`Memory::claim`].
    pub fn claim_items(&self, count: usize, item: usize) -> Result<()> {
        self.claim(count.saturating_mul(item))
    }

    /// A native has made this: what it did not claim for it counts now.
    #[inline]
    pub fn count(&self, result: &Value) {
        let made = budget::of_result(result) as u64;
        if made > self.claimed.get() {
            self.claimed.set(made);
        }
    }
}

/// What was claimed is charged once the native is over.
impl Drop for Memory<'_> {
    #[inline]
    fn drop(&mut self) {
        let claimed = self.claimed.get();
        if claimed > 0 {
            self.private.budget.charge(claimed);
            self.private.look_soon();
        }
    }
}

/// Calls `found` with each object that an object refers to.
pub(in crate::machine) fn object_references(object: &Object, found: &mut dyn FnMut(ObjectId)) {
    let found = RefCell::new(found);
    contents(object, &mut |value| references(value, *found.borrow_mut()), &mut |id| found.borrow_mut()(id));
}

/// Calls `each` with each value in an object, and `found` with each object that it refers to beside them.
pub(in crate::machine) fn contents(object: &Object, each: &mut dyn FnMut(&Value), found: &mut dyn FnMut(ObjectId)) {
    match object {
        Object::List(items) | Object::Namespace(items) => items.iter().for_each(each),
        Object::Deque(deque) => deque.items.iter().for_each(each),
        Object::Dict(dict) => dict.iter().for_each(|(key, value)| {
            each(&key.value);
            each(value);
        }),
        Object::Set(set) => set.iter().for_each(|key| each(&key.value)),
        Object::Cell(value) => each(value),
        Object::ClassVariables(class) => class.values().for_each(each),
        Object::Instance(instance) => {
            instance.attributes.iter().for_each(|(_, value)| each(value));
            instance.payload.values().for_each(each);
            instance.dict.into_iter().for_each(found);
        }
        Object::Iterator(iteration) => {
            let mut values = Vec::new();
            iteration_references(iteration, &mut values, found);
            values.into_iter().for_each(each);
        }
        Object::Generator(generator) => {
            generator.stack.iter().for_each(&mut *each);
            if let Some(frame) = &generator.suspended {
                frame.handled.iter().for_each(&mut *each);
                frame.cells.iter().for_each(|cell| found(*cell));
            }
        }
        Object::Condition(condition) => found(condition.lock),
        Object::Queue(queue) => queue.values().for_each(each),
        Object::Barrier(barrier) => each(&barrier.action),
        Object::Pool(pool) => {
            pool.values().for_each(each);
            pool.tasks.iter().for_each(|task| found(task.future));
        }
        Object::Future(future) => future.values().for_each(each),
        Object::Futures(futures) => futures.left.iter().for_each(|future| found(*future)),
        Object::Local | Object::Lock(_) | Object::RLock(_) | Object::Semaphore(_) | Object::Event(_) => {}
    }
}
