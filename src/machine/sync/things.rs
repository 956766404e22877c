//! What lies in no process, and all can reach: the things of the world. What is done with them stands in `world` and `channel`.

use super::process::Process;
use crate::base::{ObjectId, ProcessId};
use crate::machine::memory::encode::encoded;
use crate::machine::memory::object::Object;
use crate::machine::memory::primitive::channel::{Channel, End, Message};
use crate::machine::memory::trace::{self, Address, Place};
use crate::machine::memory::value::Value;
use std::sync::Arc;

/// Something of the world.
#[derive(Clone, Debug)]
pub enum Thing {
    /// A synchronization object.
    Object(Arc<Object>),
    /// A channel.
    Channel(Arc<Channel>),
    /// Cells of shared memory.
    Cells(Arc<Vec<Value>>),
}

/// All of them, by slot.
#[derive(Clone, Debug, Default)]
pub struct World {
    things: Vec<Thing>,
    /// Who reads or writes one is traced.
    pub(in crate::machine) traced: bool,
}

encoded!(
    enum Thing {
        Object(object),
        Channel(channel),
        Cells(cells),
    }
);
encoded!(struct World { things; traced });

impl World {
    pub(super) fn add(&mut self, thing: Thing) -> ObjectId {
        self.things.push(thing);
        let id = named(self.things.len() - 1);
        self.trace(id);
        id
    }

    /// Which of them are channels, in their order: that never changes.
    pub(in crate::machine) fn kinds(&self) -> Vec<bool> {
        self.things.iter().map(is_channel).collect()
    }

    /// There are so many; what is new among them is still to be put in its place.
    pub(in crate::machine) fn resize(&mut self, count: usize) {
        self.things.resize_with(count, || Thing::Cells(Arc::default()));
    }

    /// Puts a thing in its place.
    pub(in crate::machine) fn put(&mut self, id: ObjectId, thing: Thing) {
        if let Some(place) = self.get_mut(id) {
            *place = thing;
        }
    }

    #[inline]
    fn trace(&self, id: ObjectId) {
        if self.traced {
            trace::meet(Place::Object(Address { process: ProcessId::WORLD, id }));
        }
    }

    /// What goes by that id.
    pub fn get(&self, id: ObjectId) -> Option<&Thing> {
        self.trace(id);
        self.things.get(id.slot as usize).filter(|_| id.is_of_world())
    }

    pub(super) fn get_mut(&mut self, id: ObjectId) -> Option<&mut Thing> {
        self.trace(id);
        self.things.get_mut(id.slot as usize).filter(|_| id.is_of_world())
    }

    /// The channel.
    pub fn channel(&self, id: ObjectId) -> Option<&Channel> {
        if let Thing::Channel(channel) = self.get(id)? { Some(channel) } else { None }
    }

    /// Likewise, to change it.
    pub(super) fn channel_mut(&mut self, id: ObjectId) -> Option<&mut Channel> {
        if let Thing::Channel(channel) = self.get_mut(id)? { Some(Arc::make_mut(channel)) } else { None }
    }

    pub(super) fn cells(&self, id: ObjectId) -> Option<&[Value]> {
        if let Thing::Cells(cells) = self.get(id)? { Some(cells) } else { None }
    }

    /// A process is made from another one: it holds the ends that that one holds.
    pub(in crate::machine) fn fork(&mut self, parent: ProcessId, child: ProcessId) {
        for (_, channel) in self.channels() {
            if channel.readers.contains(&parent) || channel.writers.contains(&parent) {
                let channel = Arc::make_mut(channel);
                for ends in [&mut channel.readers, &mut channel.writers] {
                    let more = ends.iter().filter(|holder| **holder == parent).count();
                    ends.extend(std::iter::repeat_n(child, more));
                }
            }
        }
    }

    /// The process holds one more of each of these ends.
    pub(in crate::machine) fn pass_on(&mut self, process: ProcessId, ends: &[(ObjectId, End)]) {
        for (id, end) in ends {
            if let Some(channel) = self.channel_mut(*id) {
                channel.holders_mut(*end).push(process);
            }
        }
    }

    /// Something can be received from the channel: tells that in those that were to be told, and gives them.
    pub(in crate::machine) fn ring(&mut self, channel: ObjectId) -> Vec<ObjectId> {
        let Some(state) = self.channel(channel).filter(|state| !state.bells.is_empty()) else { return Vec::new() };
        let bells = state.bells.clone();
        if let Some(state) = self.channel_mut(channel) {
            state.bells.clear();
        }
        bells.iter().for_each(|bell| self.tell(*bell, Value::Int(i64::from(channel.slot))));
        bells
    }

    /// Puts a message into a channel, whether it fits or not.
    pub(in crate::machine) fn tell(&mut self, channel: ObjectId, value: Value) {
        if let Some(channel) = self.channel_mut(channel) {
            channel.messages.push_back(Message { value, size: 0 });
        }
    }

    /// A process is over: its ends are closed. Gives the channels that this concerns.
    pub(in crate::machine) fn leave(&mut self, process: ProcessId) -> Vec<ObjectId> {
        let mut closed = Vec::new();
        for (id, channel) in self.channels() {
            if channel.readers.contains(&process) || channel.writers.contains(&process) {
                let channel = Arc::make_mut(channel);
                channel.readers.retain(|holder| *holder != process);
                channel.writers.retain(|holder| *holder != process);
                closed.push(id);
            }
        }
        let silenced =
            closed.clone().into_iter().filter(|id| self.channel(*id).is_some_and(|it| it.writers.is_empty()));
        for id in silenced.collect::<Vec<_>>() {
            closed.extend(self.ring(id));
        }
        closed
    }

    fn channels(&mut self) -> impl Iterator<Item = (ObjectId, &mut Arc<Channel>)> {
        let channels = self.things.iter().enumerate().filter(|(_, thing)| is_channel(thing));
        channels.for_each(|(slot, _)| self.trace(named(slot)));
        self.things.iter_mut().enumerate().filter_map(|(slot, thing)| match thing {
            Thing::Channel(channel) => Some((named(slot), channel)),
            Thing::Object(_) | Thing::Cells(_) => None,
        })
    }
}

fn named(slot: usize) -> ObjectId {
    ObjectId { maker: ObjectId::WORLD, slot: slot as u32 }
}

fn is_channel(thing: &Thing) -> bool {
    matches!(thing, Thing::Channel(_))
}

/// What a thread can reach beside what is its own: its process and the world.
#[derive(Clone, Copy, Debug)]
pub struct Sight<'a> {
    process: &'a Process,
    world: &'a World,
}

impl<'a> Sight<'a> {
    /// That of the process.
    pub fn of(process: &'a Process, world: &'a World) -> Sight<'a> {
        Sight { process, world }
    }

    /// A shared object.
    #[inline]
    pub fn get(self, id: ObjectId) -> Option<&'a Object> {
        if !id.is_of_world() {
            return self.process.heap.get(id);
        }
        match self.world.get(id)? {
            Thing::Object(object) => Some(object),
            Thing::Channel(_) | Thing::Cells(_) => None,
        }
    }
}
