//! What belongs to nobody, and what belongs to a process but to no thread and no object of it: taken from a state, and put
//! back.

use crate::base::ProcessId;
use crate::machine::memory::primitive::files::Outside;
use crate::machine::memory::replaced::Replaced;
use crate::machine::sync::process::{Household, Process};
use crate::machine::sync::shared::{Record, Shared};

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
pub struct Belongings {
    /// All but what lies in its memory.
    pub household: Household,
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

impl Belongings {
    pub(super) fn take(process: &Process) -> Belongings {
        // Always the same; only events tell that; nobody looks for garbage.
        let Process { household, heap, namespace: _, copied: _, met: _, reports: _ } = process;
        Belongings { household: household.clone(), replaced: heap.replaced().clone() }
    }

    pub(super) fn put(&self, process: &mut Process) {
        let Belongings { household, replaced } = self;
        process.household = household.clone();
        process.heap.set_replaced(replaced.clone());
    }
}
