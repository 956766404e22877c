//! What belongs to nobody, and what belongs to a process but to no thread and no object of it: taken from a state, and put
//! back.

use super::random::Random;
use crate::base::{ObjectId, ProcessId, ThreadId};
use crate::machine::memory::primitive::files::Outside;
use crate::machine::memory::primitive::log::Logging;
use crate::machine::memory::primitive::signal::Signals;
use crate::machine::memory::replaced::Replaced;
use crate::machine::memory::value::Value;
use crate::machine::sync::process::{Armed, Process};
use crate::machine::sync::shared::{Record, Shared};
use std::sync::Arc;

/// What belongs to no process, and may have a say in what comes.
#[derive(Clone, Debug)]
pub struct Rest {
    /// Which threads there are: the process of each.
    pub threads: Vec<ProcessId>,
    /// How many processes.
    pub processes: usize,
    /// Which things of the world are channels.
    pub channels: Vec<bool>,
    /// What is known of what is outside.
    pub outside: triomphe::Arc<Outside>,
}

/// What belongs to a process, but not to a thread or an object of it, and may have a say in what comes.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "see `Process`")]
pub struct Household {
    pub parent: Option<ProcessId>,
    pub main: ThreadId,
    pub random: Random,
    pub generators: Vec<Random>,
    pub frozen: Option<Arc<[Value]>>,
    pub armed: Vec<Armed>,
    pub logging: Logging,
    pub signals: Signals,
    pub status: Option<i32>,
    pub unnamed: u32,
    pub pools: Vec<ObjectId>,
    pub unnamed_pools: u32,
    pub futures_done: u64,
    pub exiting: bool,
    pub heralds: Vec<ObjectId>,
    pub leaving: bool,
    /// What was stored to shared classes.
    pub replaced: Replaced,
}

impl Rest {
    pub(super) fn take(shared: &Shared) -> Rest {
        Rest {
            threads: (0..shared.threads.len()).map(|row| shared.threads.fixed(row).process).collect(),
            processes: shared.processes.count(),
            channels: shared.world.kinds(),
            outside: shared.outside.clone(),
        }
    }

    pub(super) fn put(&self, shared: &mut Shared, blank: &Record, empty: &Process) {
        let Rest { threads, processes, channels, outside } = self;
        shared.threads.resize(threads.len(), blank);
        shared.processes.resize(*processes, |id| {
            let mut process = empty.clone();
            process.heap.begin_trace(id);
            process
        });
        shared.world.resize(channels.len());
        shared.outside = outside.clone();
    }
}

impl Household {
    /// Whether it is that of a process that was made by another one, and is over: nobody comes there any more.
    pub fn is_gone(&self) -> bool {
        self.parent.is_some() && self.status.is_some()
    }

    pub(super) fn take(process: &Process) -> Household {
        #[rustfmt::skip]
        let Process {
            parent, main, heap, frozen, random, generators, armed, logging, signals, status, unnamed, pools, unnamed_pools,
            futures_done, exiting, heralds, leaving,
            // Always the same; nobody looks for garbage; only events tell that.
            namespace: _, reports: _, met: _, copied: _,
        } = process;
        Household {
            parent: *parent,
            main: *main,
            random: random.clone(),
            generators: generators.clone(),
            frozen: frozen.clone(),
            armed: armed.clone(),
            logging: logging.clone(),
            signals: signals.clone(),
            status: *status,
            unnamed: *unnamed,
            pools: pools.clone(),
            unnamed_pools: *unnamed_pools,
            futures_done: *futures_done,
            exiting: *exiting,
            heralds: heralds.clone(),
            leaving: *leaving,
            replaced: heap.replaced().clone(),
        }
    }

    pub(super) fn put(&self, process: &mut Process) {
        let Household { parent, main, random, generators, frozen, armed, logging, signals, status, .. } = self;
        (process.parent, process.main, process.status) = (*parent, *main, *status);
        process.random = random.clone();
        process.generators.clone_from(generators);
        process.frozen.clone_from(frozen);
        process.armed.clone_from(armed);
        process.logging = logging.clone();
        process.signals = signals.clone();
        let Household { unnamed, pools, unnamed_pools, futures_done, exiting, heralds, leaving, replaced, .. } = self;
        process.unnamed = *unnamed;
        process.pools.clone_from(pools);
        process.unnamed_pools = *unnamed_pools;
        process.futures_done = *futures_done;
        (process.exiting, process.leaving) = (*exiting, *leaving);
        process.heralds.clone_from(heralds);
        process.heap.set_replaced(replaced.clone());
    }
}
