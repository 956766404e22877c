//! What each process has for itself: a memory with its own globals, and what its program has set up there.
//!
//! A process never reaches into another one. Its threads have their rows with all others (`Shared::threads`), and a thread
//! belongs to one process for ever. An object of a run is told by its process and its [`ObjectId`]: the copies that a
//! process got from another one have kept their ids.
//!
//! A clone is what a fork needs: it shares all objects with the original, and each is copied when one of the two changes
//! it.

use crate::base::mix::mix;
use crate::base::{ObjectId, ProcessId, ThreadId};
use crate::machine::memory::heap::SharedHeap;
use crate::machine::memory::primitive::log::Logging;
use crate::machine::memory::primitive::signal::Signals;
use crate::machine::memory::trace::{self, Place};
use crate::machine::memory::twister::Random;
use crate::machine::memory::value::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Index, IndexMut};
use std::sync::Arc;

/// What the scenario's module is called in a process that was spawned.
pub(in crate::machine) const SPAWNED_NAME: &str = "__mp_main__";

/// What is told of the end of a process: its number, its exit code, and `None`, by which it differs from other messages.
pub(in crate::machine) fn end_of(process: ProcessId, code: i32) -> Value {
    Value::tuple(vec![Value::Int(process.number()), Value::Int(i64::from(code)), Value::None])
}

/// What a process has for itself.
#[derive(Clone, Debug)]
pub struct Process {
    /// What belongs to it, and to no thread and no object of it.
    pub household: Household,
    /// Objects that its threads share.
    pub heap: SharedHeap,
    /// The object with the global variables.
    pub namespace: ObjectId,
    /// Its memory began as a copy of its parent's.
    pub copied: bool,
    /// Copies of its parent's objects that events have spoken of.
    pub met: BTreeSet<ObjectId>,
    /// What threads have said that they reach, while garbage is looked for.
    pub reports: Reports,
}

/// What belongs to a process, but not to a thread or an object of it, and may have a say in what comes.
#[derive(Clone, Debug)]
pub struct Household {
    /// The process that it was made from; `None` for the first one.
    pub parent: Option<ProcessId>,
    /// The thread that runs its module's own code: signals reach it, and its end is the process's.
    pub main: ThreadId,
    /// Global variables that can no longer change, once threads were started.
    pub frozen: Option<Arc<[Value]>>,
    /// The random generator of the module `random`.
    pub random: Random,
    /// The generators of `random.Random` objects, in the order they were made.
    pub generators: Vec<Random>,
    /// Faults that wait for their operation.
    pub armed: Vec<Armed>,
    /// Its loggers.
    pub logging: Logging,
    /// What it does about signals.
    pub signals: Signals,
    /// Its exit status, when it is over. For a process that was made by another one: less than 0 when a signal ended it.
    pub status: Option<i32>,
    /// How many threads were named `Thread-n` so far.
    pub unnamed: u32,
    /// Every pool, in the order they were made.
    pub pools: Vec<ObjectId>,
    /// How many pools got a name of their own for their workers.
    pub unnamed_pools: u32,
    /// How many futures were done so far.
    pub futures_done: u64,
    /// The main thread only waits for the others now: pools take no more tasks.
    pub exiting: bool,
    /// The channels in which its end is told.
    pub heralds: Vec<ObjectId>,
    /// What its library has to do at its end was begun.
    pub leaving: bool,
}

/// What threads have said that they reach: see `collect`.
#[derive(Clone, Debug, Default)]
pub struct Reports {
    /// What each reaches, and how much was looked at to find that.
    pub(super) of: BTreeMap<ThreadId, (Vec<ObjectId>, usize)>,
    /// Threads of lower ids have reported, or need not.
    pub(super) first: usize,
}

/// A fault that waits for its operation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Armed {
    /// What it does.
    pub what: Lurking,
    /// To which of those operations from now on; 1 is the next one.
    pub nth: u32,
}

/// What a fault does to the operation that it waits for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lurking {
    /// The release of the lock is lost.
    Leak(ObjectId),
    /// The notify of the condition wakes nobody.
    DropNotify(ObjectId),
    /// The message through the channel is lost.
    Lose(ObjectId),
}

impl Lurking {
    /// The object whose operation it waits for.
    pub fn object(self) -> ObjectId {
        match self {
            Lurking::Leak(object) | Lurking::DropNotify(object) | Lurking::Lose(object) => object,
        }
    }
}

impl Household {
    /// Whether it is that of a process that was made by another one, and is over: nobody comes there any more.
    pub fn is_gone(&self) -> bool {
        self.parent.is_some() && self.status.is_some()
    }
}

impl Process {
    /// A process before its first instruction, whose module `main` runs. `seed` is for its random generator; it may have
    /// `memory` bytes.
    pub fn new(main: ThreadId, namespace: ObjectId, seed: u64, memory: u64) -> Self {
        Process {
            household: Household {
                parent: None,
                main,
                frozen: None,
                random: Random::new(seed),
                generators: Vec::new(),
                armed: Vec::new(),
                logging: Logging::default(),
                signals: Signals::default(),
                status: None,
                unnamed: 0,
                pools: Vec::new(),
                unnamed_pools: 0,
                futures_done: 0,
                exiting: false,
                heralds: Vec::new(),
                leaving: false,
            },
            heap: SharedHeap::new(memory),
            namespace,
            copied: false,
            met: BTreeSet::new(),
            reports: Reports::default(),
        }
    }
}

impl Process {
    /// What the process is made with that `main` alone belongs to, a copy of the thread that made it: the memory as it
    /// stands, and nothing of what other threads are about.
    pub(in crate::machine) fn fork(&self, parent: ProcessId, (process, main): (ProcessId, ThreadId)) -> Process {
        let own = &self.household;
        let signals = Signals { pending: Vec::new(), urgent: false, ..own.signals.clone() };
        let household = Household {
            parent: Some(parent),
            main,
            signals,
            // Its random numbers are its own, even where the program has seeded those of the parent.
            random: Random::new(self.seed_of(main)),
            armed: self.armed_everywhere(),
            pools: Vec::new(),
            exiting: false,
            heralds: Vec::new(),
            leaving: false,
            ..own.clone()
        };
        let mut copy = Process {
            household,
            heap: self.heap.clone(),
            namespace: self.namespace,
            copied: true,
            met: BTreeSet::new(),
            reports: Reports::default(),
        };
        copy.heap.pass_to(process);
        copy
    }

    /// A process made by this one that has nothing of its memory, and may have so much.
    pub(in crate::machine) fn spawn(&self, parent: ProcessId, main: ThreadId, memory: u64) -> Process {
        let mut made = Process::new(main, self.namespace, self.seed_of(main), memory);
        made.household.parent = Some(parent);
        made.household.armed = self.armed_everywhere();
        made
    }

    /// Faults that wait for what all processes share: these wait in each of them.
    fn armed_everywhere(&self) -> Vec<Armed> {
        self.household.armed.iter().copied().filter(|armed| armed.what.object().is_of_world()).collect()
    }

    /// What the random numbers of a process start from that this one makes.
    fn seed_of(&self, main: ThreadId) -> u64 {
        mix(self.household.random.clone().bits(64) as u64 ^ u64::from(main.0))
    }

    /// Its memory goes: it is over.
    pub(in crate::machine) fn clear(&mut self) {
        self.heap = SharedHeap::new(0);
        self.met = BTreeSet::new();
        self.reports = Reports::default();
    }
}

/// The processes of a run, by id. There is always one: to come to it costs no more than if there were no others.
#[derive(Clone, Debug)]
pub struct Processes {
    first: Process,
    others: Vec<Process>,
    /// Who reads or writes one is traced.
    pub(in crate::machine) traced: bool,
}

impl Processes {
    /// The first process alone.
    pub fn new(first: Process) -> Self {
        Processes { first, others: Vec::new(), traced: false }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.others.len() + 1
    }

    /// Adds a process.
    pub(in crate::machine) fn add(&mut self, process: Process) -> ProcessId {
        let id = ProcessId(self.count() as u32);
        self.others.push(process);
        self.trace(id);
        id
    }

    /// There are so many, and the new ones are to be like that.
    pub(in crate::machine) fn resize(&mut self, count: usize, blank: impl Fn(ProcessId) -> Process) {
        self.others.truncate(count.saturating_sub(1));
        while self.count() < count {
            self.others.push(blank(ProcessId(self.count() as u32)));
        }
    }

    #[inline]
    fn trace(&self, id: ProcessId) {
        if self.traced {
            trace::meet(Place::Process(id));
        }
    }

    /// Whether more than one was ever made.
    pub fn are_several(&self) -> bool {
        !self.others.is_empty()
    }

    /// The process, if there is one of that id.
    pub fn get(&self, id: ProcessId) -> Option<&Process> {
        self.trace(id);
        match id.index().checked_sub(1) {
            None => Some(&self.first),
            Some(other) => self.others.get(other),
        }
    }

    /// Each, with its id.
    pub fn iter(&self) -> impl Iterator<Item = (ProcessId, &Process)> {
        let all = (0..).map(ProcessId).zip(std::iter::once(&self.first).chain(&self.others));
        all.inspect(|(id, _)| self.trace(*id))
    }

    /// Likewise, to change them.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (ProcessId, &mut Process)> {
        (0..self.count() as u32).for_each(|id| self.trace(ProcessId(id)));
        (0..).map(ProcessId).zip(std::iter::once(&mut self.first).chain(&mut self.others))
    }
}

impl Index<ProcessId> for Processes {
    type Output = Process;

    #[inline]
    fn index(&self, id: ProcessId) -> &Process {
        self.trace(id);
        match id.index().checked_sub(1) {
            None => &self.first,
            Some(other) => &self.others[other],
        }
    }
}

impl IndexMut<ProcessId> for Processes {
    #[inline]
    fn index_mut(&mut self, id: ProcessId) -> &mut Process {
        self.trace(id);
        match id.index().checked_sub(1) {
            None => &mut self.first,
            Some(other) => &mut self.others[other],
        }
    }
}
