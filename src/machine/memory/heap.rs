//! Heaps: one for each thread, and the shared one.
//!
//! An object is born in its maker's private heap, where no other thread can reach it: using it is no scheduling point and
//! makes no event. It moves to the shared heap, under the same id, when a reference to it escapes. Nothing in the shared
//! heap ever refers to a private object.

use super::budget::{self, Budget, Scale};
use super::contents::object_references;
use super::encode::{Encode, Encoder, Home};
use super::nest::references;
use super::object::Object;
use super::pages::Pages;
use super::replaced::Replaced;
use super::trace::{self, Address, Place};
use super::value::Value;
use crate::base::{ObjectId, ProcessId, Symbol, ThreadId};
use rustc_hash::FxHashSet;
use std::collections::VecDeque;
use triomphe::Arc;

/// The shared objects are weighed again when so many bytes more may have come, at least.
const STEP: u64 = 16 << 20;
/// Private objects made until the first collection.
const FIRST_COLLECTION: usize = 4097;
/// Garbage among the shared objects is not looked for before there are as many new ones, for so many bytes that the program
/// may have one each.
const PER_OBJECT: u64 = 512 << 10;

/// A thread's own objects.
#[derive(Clone, Debug)]
pub struct PrivateHeap {
    owner: ThreadId,
    /// A vacant slot is free, or what was there is in the shared heap.
    slots: Pages<Arc<Object>>,
    /// How many slots it has given out.
    given: u32,
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

/// The objects that more than one thread may reach, by maker and slot.
#[derive(Clone, Debug)]
pub struct SharedHeap {
    arenas: Vec<Pages<Arc<Object>>>,
    live: usize,
    /// When there are so many, garbage is looked for.
    limit: usize,
    /// What the objects take up, at most, in bytes.
    weight: u64,
    /// When that is more, they are weighed.
    trigger: u64,
    /// When they are found to weigh more, garbage is looked for.
    bound: u64,
    /// Garbage is looked for: see [`collect`](super::collect).
    wanted: bool,
    /// How much memory the program may have.
    memory: u64,
    /// What all threads have beside them, as far as they have told.
    private: u64,
    /// What was stored to shared classes, before they were.
    replaced: Replaced,
    /// Who reads or writes an object is traced: this process's memory it is.
    pub(super) traced: Option<ProcessId>,
}

impl Home for PrivateHeap {
    fn object(&self, _: ProcessId, id: ObjectId) -> Option<(&dyn Encode, bool)> {
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
        let (slots, free) = (Pages::default(), Vec::new());
        PrivateHeap { owner, slots, given: 0, free, live: 0, limit, budget, replaced, learned: 0 }
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

    /// The thread that the ids of its objects name as their maker.
    pub(in crate::machine) fn owner(&self) -> ThreadId {
        self.owner
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

    /// A native has made what it claimed.
    #[inline]
    pub(super) fn charge_claimed(&mut self, bytes: u64) {
        self.budget.charge(bytes);
        self.look_soon();
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
        let slot = self.free.pop().unwrap_or_else(|| {
            assert!(self.given < u32::MAX, "a thread has used up the ids for what it shares");
            self.given += 1;
            self.given - 1
        });
        self.slots.put(slot, Arc::new(object));
        ObjectId { maker: self.owner, slot }
    }

    /// The object, if it is here.
    pub fn get(&self, id: ObjectId) -> Option<&Object> {
        if id.maker != self.owner {
            return None;
        }
        self.slots.get(id.slot).map(|object| &**object)
    }

    /// Every object.
    pub(in crate::machine) fn objects(&self) -> impl Iterator<Item = (ObjectId, &Object)> {
        let maker = self.owner;
        self.slots.iter().map(move |(slot, object)| (ObjectId { maker, slot }, &**object))
    }

    /// The object, to change it, if it is here.
    pub fn get_mut(&mut self, id: ObjectId) -> Option<&mut Object> {
        if id.maker != self.owner {
            return None;
        }
        self.slots.get_mut(id.slot).map(Arc::make_mut)
    }

    /// Takes the object out, to be put into the shared heap.
    fn take(&mut self, id: ObjectId) -> Option<Arc<Object>> {
        if id.maker != self.owner {
            return None;
        }
        let object = self.slots.take(id.slot)?;
        self.live -= 1;
        Some(object)
    }

    /// Whether the object, one of this heap's making or another's, has become shared. It was not dropped.
    #[inline]
    pub fn has_shared(&self, id: ObjectId) -> bool {
        id.maker != self.owner || self.slots.get(id.slot).is_none()
    }

    /// The ids that stand for no object: this heap has dropped what they stood for.
    pub fn free(&self) -> FxHashSet<ObjectId> {
        self.free.iter().map(|slot| ObjectId { maker: self.owner, slot: *slot }).collect()
    }

    /// In which places objects lie, and which will be taken next.
    pub(in crate::machine) fn layout(&self, to: &mut Encoder<'_>, number: impl Fn(ObjectId) -> u64) {
        for (id, _) in self.objects() {
            to.number(u64::from(id.slot) + 1);
            to.number(number(id));
        }
        to.number(0);
        to.number(u64::from(self.given));
        self.free.encode(to);
    }

    /// Whether it is time to look for garbage.
    pub fn wants_collection(&self) -> bool {
        self.live >= self.limit
    }

    /// Weighs what the thread alone can reach, once garbage was collected; `roots` as there.
    pub fn weigh(&mut self, roots: impl FnOnce(&mut dyn FnMut(&Value))) {
        let mut scale = Scale::default();
        roots(&mut |value| scale.value(value));
        self.objects().for_each(|(_, object)| scale.object(object));
        self.budget.weighed(scale.total());
    }

    /// The thread has performed: it tells the others how much it has, and learns how much they have.
    #[inline]
    pub(in crate::machine) fn meet(&mut self, shared: &mut SharedHeap) {
        self.budget.meet(|charged, told, own| shared.meet(charged, told, own));
        self.look_soon();
    }

    /// The thread is over: nothing is left of what it has told the others.
    pub(in crate::machine) fn leave(&mut self, shared: &mut SharedHeap) {
        shared.meet(0, self.budget.leave(), 0);
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
        let mut marked = Pages::default();
        let mut work = Vec::new();
        roots(&mut |value| references(value, &mut |id| work.push(id)));
        while let Some(id) = work.pop() {
            let Some(object) = self.get(id) else { continue };
            if marked.put(id.slot, ()).is_none() {
                object_references(object, &mut |id| work.push(id));
            }
        }
        let (owner, slots) = (self.owner, &self.slots);
        // The next class may take the place of one that goes.
        let goes = |id: ObjectId| id.maker == owner && slots.get(id.slot).is_some() && marked.get(id.slot).is_none();
        self.replaced.retain(|id| !goes(id));
        self.live -= self.slots.retain(|slot| marked.get(slot).is_some(), |slot| self.free.push(slot));
        self.limit = FIRST_COLLECTION.max(self.live * 2 + 1);
    }
}

impl SharedHeap {
    /// What its objects take up, at most, in bytes.
    pub fn weight(&self) -> u64 {
        self.weight
    }

    /// An empty heap, in a program that may have so much memory.
    pub fn new(memory: u64) -> Self {
        let mut heap = SharedHeap {
            arenas: Vec::new(),
            live: 0,
            limit: 0,
            weight: 0,
            trigger: 0,
            bound: 0,
            wanted: false,
            memory,
            private: 0,
            replaced: Replaced::default(),
            traced: None,
        };
        heap.go_on(0);
        heap
    }

    /// Whether garbage is looked for.
    #[inline]
    pub fn wants_collection(&self) -> bool {
        self.wanted
    }

    /// Garbage is to be looked for.
    pub(in crate::machine) fn want_collection(&mut self) {
        self.wanted = true;
    }

    /// From now on it is traced who reads or writes an object, and garbage is not looked for.
    pub(in crate::machine) fn begin_trace(&mut self, process: ProcessId) {
        (self.traced, self.wanted, self.limit) = (Some(process), false, usize::MAX);
    }

    /// Drops every object that cannot be reached from these. `cost`: how much was looked at to find them.
    pub(in crate::machine) fn collect(&mut self, roots: Vec<ObjectId>, cost: usize) {
        let mut marked: Vec<Pages<()>> = Vec::new();
        marked.resize_with(self.arenas.len(), Pages::default);
        let mut work = roots;
        while let Some(id) = work.pop() {
            let Some(object) = self.get(id) else { continue };
            if marked[id.maker.index()].put(id.slot, ()).is_some() {
                continue;
            }
            object_references(object, &mut |id| work.push(id));
            if let Object::ClassVariables(_) = object {
                let stored = self.replaced.of(id);
                stored.iter().for_each(|(_, value)| references(value, &mut |id| work.push(id)));
            }
        }
        for (arena, marked) in self.arenas.iter_mut().zip(&marked) {
            self.live -= arena.retain(|slot| marked.get(slot).is_some(), |_| {});
        }
        self.weigh();
        self.go_on(cost);
    }

    /// There is no garbage: when it is looked for again.
    fn go_on(&mut self, cost: usize) {
        let SharedHeap { live, weight, memory, private, .. } = *self;
        self.wanted = false;
        let least = (memory / PER_OBJECT).clamp(1, FIRST_COLLECTION as u64) as usize;
        self.limit = live + least.max(live).max(cost);
        let room = memory.saturating_sub(weight.saturating_add(private)) / 4;
        let looked = (cost as u64).saturating_mul(budget::OBJECT);
        self.bound = weight + STEP.min(memory / 64).max(weight.max(looked).min(room));
        self.await_weighing();
    }

    /// When the objects are weighed next.
    fn await_weighing(&mut self) {
        self.trigger = self.weight + (self.weight / 32).max(STEP.min(self.memory / 64));
    }

    /// What was stored to shared classes.
    pub fn replaced(&self) -> &Replaced {
        &self.replaced
    }

    /// The object.
    pub fn get(&self, id: ObjectId) -> Option<&Object> {
        self.trace(id);
        self.place(id).map(|object| &**object)
    }

    /// The object as it lies here, untraced.
    pub(in crate::machine) fn place(&self, id: ObjectId) -> Option<&Arc<Object>> {
        self.arenas.get(id.maker.index())?.get(id.slot)
    }

    /// The global variables are traced one by one.
    #[inline]
    fn trace(&self, id: ObjectId) {
        if let Some(process) = self.traced {
            trace::meet(Place::Object(Address { process, id }));
        }
    }

    /// The object, to change it.
    pub fn get_mut(&mut self, id: ObjectId) -> Option<&mut Object> {
        self.trace(id);
        self.arenas.get_mut(id.maker.index())?.get_mut(id.slot).map(Arc::make_mut)
    }

    /// Every object.
    pub(in crate::machine) fn objects(&self) -> impl Iterator<Item = (ObjectId, &Object)> {
        let arenas = (0..).map(ThreadId).zip(&self.arenas);
        arenas.flat_map(|(maker, arena)| arena.iter().map(move |(slot, object)| (ObjectId { maker, slot }, &**object)))
    }

    /// What shared objects refer to that is not shared itself. Always nothing; tests check that.
    pub fn escapes(&self) -> Vec<ObjectId> {
        let mut found = Vec::new();
        self.objects().for_each(|(_, object)| object_references(object, &mut |id| found.push(id)));
        found.retain(|id| !id.is_of_world() && self.get(*id).is_none());
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
    fn meet(&mut self, charged: u64, told: u64, own: u64) -> u64 {
        self.weight = self.weight.saturating_add(charged);
        self.private = self.private.saturating_sub(told).saturating_add(own);
        if self.weight > self.trigger {
            self.weigh();
            self.await_weighing();
            self.wanted |= self.weight > self.bound;
        }
        self.weight.saturating_add(self.private - own)
    }

    #[cold]
    fn weigh(&mut self) {
        let mut scale = Scale::default();
        self.objects().for_each(|(_, object)| scale.object(object));
        self.weight = scale.total();
    }

    /// What was stored to shared classes is this.
    pub(in crate::machine) fn set_replaced(&mut self, replaced: Replaced) {
        self.replaced = replaced;
    }

    fn put(&mut self, id: ObjectId, object: Arc<Object>) {
        self.place_at(id, Some(object));
        self.live += 1;
    }

    /// Puts an object in its place, or nothing.
    pub(in crate::machine) fn place_at(&mut self, id: ObjectId, object: Option<Arc<Object>>) {
        let maker = id.maker.index();
        if self.arenas.len() <= maker {
            self.arenas.resize_with(maker + 1, Pages::default);
        }
        match object {
            Some(object) => self.arenas[maker].put(id.slot, object),
            None => self.arenas[maker].take(id.slot),
        };
        self.trace(id);
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
            if let Some(process) = self.traced
                && let Object::Namespace(_) = &*object
                && let Object::Namespace(globals) = Arc::make_mut(&mut object)
            {
                globals.begin_trace(process);
            }
            scale.object(&object);
            self.put(id, object);
            moved.push(id);
        }
        self.weight += scale.total();
        self.wanted |= self.live >= self.limit;
        moved
    }
}
