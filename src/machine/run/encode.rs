//! The encoding of a whole run: equal bytes for runs that nothing to come tells apart.
//!
//! It begins with the first process, its main thread and its global variables, and goes on to whatever they lead to: objects,
//! and threads get their numbers in this order. So it does not count in which order they were made, nor what nobody reaches
//! any more. Processes count in their order, since a program knows them by number. An object is told by its process and its
//! id: copies in two processes are two objects. Threads that nothing leads to come last; how they would look if each of them
//! came first decides their order.
//!
//! A run is to be compared when each thread has come to its next operation: after [`Execution::enabled`].
//!
//! Left out, beside what `encode` names:
//! - how many steps and events there were, and the events that were not taken;
//! - what only reports and the screen use: where threads stand and took their locks, what was reported or is suspected, how
//!   many nameless objects were shown, whether the person watching holds a thread;
//! - how long somebody has been looking at a variable in a loop, so a search never sees such a thread stopped;
//! - the clock, if the program never reads it; of a deadline it counts how far away it is;
//! - the names of threads, if the program never asks for one (a thread that is printed, or that an exception ends, shows its
//!   name all the same);
//! - the list of all pools: what is still to be done by one is found by its workers.
//!
//! Counts of futures, and the order in which random generators were made, do count, though often nothing depends on
//! them: that makes more states, and never one too few.

use super::execution::Execution;
use crate::base::{ObjectId, ProcessId, ThreadId};
use crate::event::{Blocker, Ending};
use crate::machine::memory::encode::{Encode, Encoder, Home, Name, encoded};
use crate::machine::memory::object::Object;
use crate::machine::memory::thread::Thread;
use crate::machine::run::image::Image;
use crate::machine::sync::process::{Armed, Household, Lurking, Process};
use crate::machine::sync::shared::{Doom, Phase, Record, Shared, Waiting};
use sha2::{Digest, Sha256};
use std::fmt;

/// What tells a run from others, in 128 bits: the beginning of its encoding's SHA-256. It means something only in this
/// process: builtins are told apart by where they lie in memory.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Fingerprint(pub u128);

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl Execution {
    /// The bytes that tell this run from others that may go on differently.
    pub fn encoding(&self) -> Vec<u8> {
        self.encode_with(None).bytes
    }

    /// The same as text, to see in what two runs differ: one line for each thread, object and value that is told from
    /// equal ones.
    pub fn dump(&self) -> String {
        self.encode_with(Some(String::new())).dump.unwrap_or_default()
    }

    /// A short stand-in for the encoding.
    pub fn fingerprint(&self) -> Fingerprint {
        let mut first = [0; 16];
        first.copy_from_slice(&Sha256::digest(self.encoding())[..16]);
        Fingerprint(u128::from_be_bytes(first))
    }

    fn encode_with(&self, dump: Option<String>) -> Encoder<'_> {
        let mut to = of_run(self);
        to.dump = dump;
        to.thread(self.shared().processes[ProcessId::FIRST].household.main);
        // The program knows them by numbers, so all count.
        self.shared().processes.iter().for_each(|(id, _)| to.process(id));
        rest(&mut to, self.shared(), self.image());
        to.catch_up();
        let mut left: Vec<_> = (0..self.shared().threads.len() as u32)
            .map(ThreadId)
            .filter(|id| self.thread(*id).is_some() && !to.threads.contains_key(id))
            .map(|id| (self.encoded_from(id), id))
            .collect();
        left.sort_unstable();
        for (_, thread) in left {
            to.word(&"\n");
            to.thread(thread);
            to.catch_up();
        }
        to
    }

    /// The object in the process's memory, and whether it is shared.
    pub(super) fn find(&self, process: ProcessId, id: ObjectId) -> Option<(&Object, bool)> {
        if id.is_of_world() {
            return None; // it is told with the rest of the world, by its id
        }
        match self.maker(process, id).and_then(|thread| thread.heap.get(id)) {
            Some(object) => Some((object, false)),
            None => self.shared().processes.get(process)?.heap.get(id).map(|object| (object, true)),
        }
    }

    /// The living thread of the process that has the object, if it is not shared: its maker or, in a process that was made
    /// from the maker's, the maker's copy.
    fn maker(&self, process: ProcessId, id: ObjectId) -> Option<&Thread> {
        if self.shared().threads.get(id.maker.index())?.process == process {
            return self.thread(id.maker);
        }
        let mut fellows = self.threads().filter(|thread| thread.process == process);
        fellows.find(|thread| thread.heap.owner() == id.maker)
    }

    /// The thread, and what it leads to.
    fn encoded_from(&self, thread: ThreadId) -> Vec<u8> {
        let mut to = of_run(self);
        to.thread(thread);
        to.catch_up();
        to.bytes
    }
}

/// An empty one, for all or some of a run.
fn of_run(run: &Execution) -> Encoder<'_> {
    let mut to = Encoder::new(run, usize::MAX - 1);
    to.named = run.image().reach().may_show_names();
    to
}

/// Adds what belongs to the whole run.
fn rest(to: &mut Encoder<'_>, shared: &Shared, image: &Image) {
    #[rustfmt::skip]
    let Shared {
        resting, now, outside, world,
        // Found by their ids; always the same; taken over already; told above.
        processes: _, threads: _, epoch: _, started: _, woken: _,
        step: _, seq: _, events: _, silent: _, reported: _, suspected: _, circling: _, nameless: _, aliases: _,
    } = shared;
    to.open("Rest");
    to.field("resting", resting);
    to.field("outside", outside);
    to.field("world", world);
    to.field("clock", &image.reach().may_read_clock().then_some(*now));
    to.close();
}

/// Adds what a process has for itself.
pub(super) fn process(to: &mut Encoder<'_>, process: &Process) {
    #[rustfmt::skip]
    let Process {
        household, namespace,
        // Only events tell that.
        met: _, copied: _,
        // Found by their ids; told above.
        heap: _, reports: _,
    } = process;
    #[rustfmt::skip]
    let Household {
        main, frozen, random, generators, armed, logging, signals, status, futures_done, exiting, unnamed, unnamed_pools, parent,
        heralds, leaving,
        // Found by their ids.
        pools: _,
    } = household;
    to.open("Process");
    to.field("parent", parent);
    to.field("status", &status.map(i64::from));
    to.field("main", main);
    if household.is_gone() {
        return to.close(); // nobody comes there any more
    }
    to.field("heralds", heralds);
    to.field("namespace", namespace);
    to.field("frozen", &frozen.is_some());
    to.field("random", &(random, generators));
    to.field("armed", armed);
    to.field("logging", logging);
    to.field("signals", signals);
    to.field("futures", futures_done);
    to.field("exiting", &(*exiting, *leaving));
    to.field("unnamed", &to.named.then_some((*unnamed, *unnamed_pools)));
    to.close();
}

impl Home for Execution {
    fn object(&self, process: ProcessId, id: ObjectId) -> Option<(&dyn Encode, bool)> {
        let (object, shared) = self.find(process, id)?;
        Some((object, shared))
    }

    fn encode_replaced(&self, class: ObjectId, to: &mut Encoder<'_>) {
        match (self.find(to.process, class), self.maker(to.process, class)) {
            (Some((_, false)), Some(thread)) => thread.heap.replaced().of(class).encode(to),
            _ => self.shared().processes[to.process].heap.replaced().of(class).encode(to),
        }
    }

    fn has_threads(&self) -> bool {
        true
    }

    /// Adds a thread's row, and what it has for itself while it is alive.
    fn encode_thread(&self, id: ThreadId, to: &mut Encoder<'_>) {
        let row = self.shared().record(id);
        to.process = row.process;
        record(to, row, self.shared().now);
        to.field("own", &self.thread(id));
    }

    fn encode_process(&self, id: ProcessId, to: &mut Encoder<'_>) {
        process(to, &self.shared().processes[id]);
    }
}

pub(super) fn record(to: &mut Encoder<'_>, record: &Record, now: u64) {
    #[rustfmt::skip]
    let Record {
        process, name, daemon, object, phase, waiting, frozen, delayed, slow, doom, set_aside,
        line: _, holds: _, held: _, stands: _,
    } = record;
    to.open("Record");
    to.field("process", process);
    to.field("name", &Name(name));
    to.field("daemon", daemon);
    // Nobody asks for the object of one that is over.
    to.field("object", &(!matches!(phase, Phase::Over(_))).then_some(object));
    to.field("phase", phase);
    let waits: Vec<Ahead<'_>> = set_aside.iter().chain([waiting]).map(|waiting| Ahead(waiting, now)).collect();
    to.field("waiting", &waits);
    to.field("frozen", frozen);
    to.field("delayed", &delayed.map(|end| end.saturating_sub(now)));
    to.field("slow", slow);
    to.field("doom", doom);
    to.close();
}

/// What a thread waits for, as seen from this time on the run's clock.
struct Ahead<'w>(&'w Option<Waiting>, u64);

impl Encode for Ahead<'_> {
    fn encode(&self, to: &mut Encoder<'_>) {
        let Ahead(waiting, now) = self;
        to.byte(u8::from(waiting.is_some()));
        if let Some(Waiting { operation, stage, on, until, ready }) = waiting {
            to.field("operation", operation);
            to.field("stage", stage);
            to.field("on", on);
            to.field("until", &until.map(|until| until.saturating_sub(*now)));
            to.field("ready", ready);
        }
    }
}

encoded!(struct Armed { what, nth });
encoded!(
    enum Lurking {
        Leak(lock),
        DropNotify(condition),
        Lose(channel),
    }
);
encoded!(
    enum Doom {
        Kill,
        Raise(exception),
    }
);
encoded!(
    enum Phase {
        New,
        Alive,
        Over(how),
    }
);
encoded!(
    enum Blocker {
        Lock(object),
        Object(object),
        Thread(thread),
        Shutdown,
        Time,
        Signal,
        Outside,
        Frozen,
        Delayed,
        Change,
    }
);

/// That a thread is over counts, not how.
impl Encode for Ending {
    fn encode(&self, to: &mut Encoder<'_>) {
        match self {
            Ending::Finished | Ending::Crashed(_) | Ending::Killed | Ending::CutOff => to.byte(0),
        }
    }
}
