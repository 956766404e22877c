//! What an instruction or native can reach of the heaps.

use super::budget;
use super::halt::{Halt, Result};
use super::heap::{PrivateHeap, SharedHeap};
use super::object::Object;
use super::value::Value;
use crate::base::ObjectId;
use std::cell::Cell;

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
        if all >= budget::SMALL as u64 && !self.private.budget().has_room(all) {
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
            self.private.charge_claimed(claimed);
        }
    }
}
