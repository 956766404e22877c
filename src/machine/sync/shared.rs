//! The part of the state that all threads share: the world, and in it the processes. Only the machine's functions change
//! it: `perform` and `sail`, `inject` for faults, `note` for what the driver of a run reports, and `report` for what threads
//! reach. The driver itself sets the clock, and takes the events and the started and woken threads.

use super::rows::Rows;
use crate::base::{ObjectId, ProcessId, ThreadId};
use crate::bytecode::CodeId;
use crate::event::{Blocker, Ending, Event, EventKind, ObjectKind, ObjectState, Shown};
use crate::machine::memory::heap::PrivateHeap;
use crate::machine::memory::native::Halt;
use crate::machine::memory::object::Object;
use crate::machine::memory::operation::{Operation, Stage};
use crate::machine::memory::primitive::files::Outside;
use crate::machine::memory::push::push_made;
use crate::machine::memory::thread::Thread;
use crate::machine::memory::value::Value;
use crate::machine::sync::aliases::Aliases;
use crate::machine::sync::process::{Household, Processes};
use crate::machine::sync::states::of_synchronization;
use crate::machine::sync::things::{Sight, Thing, World};
use crate::schedule::{Alternative, Signal};
use std::sync::Arc;

pub use crate::machine::sync::process::{Armed, Lurking, Process};

/// What all threads share: what is one for the whole run, and the processes.
#[derive(Clone, Debug)]
pub struct Shared {
    /// What each process has for itself.
    pub processes: Processes,
    /// A row for each thread, by id.
    pub threads: Rows<Record>,
    /// The run's clock, in nanoseconds since its start. The driver of the run sets it.
    pub now: u64,
    /// The wall clock at the run's start, in nanoseconds since 1970: what `time.time()` counts from.
    pub epoch: u64,
    /// How many operations have been performed.
    pub step: u64,
    /// The sequence number of the next event.
    pub seq: u64,
    /// Events that were not taken yet.
    pub events: Vec<Event>,
    /// Nobody watches: there are no names or reports, what events show is left out, and threads that wait are not told
    /// that they can go on.
    pub silent: bool,
    /// Threads that were started, and that the driver has not taken over yet.
    pub started: Vec<Thread>,
    /// Threads that became ready, or have to look again, since the driver last took them.
    pub woken: Vec<ThreadId>,
    /// Threads for which a trouble was reported, each with what it waited for: as long as it waits there, the trouble
    /// is not new.
    pub reported: Vec<(ThreadId, Blocker)>,
    /// From which step on some thread can be helped only because another one may yet release a lock that is not its own.
    pub suspected: Option<u64>,
    /// Threads in a loop that, it seems, no thread can end any more.
    pub circling: Vec<Circling>,
    /// Threads that were stopped in such a loop.
    pub resting: Vec<ThreadId>,
    /// What is known of what is outside: files, and what is typed.
    pub outside: triomphe::Arc<Outside>,
    /// How many objects without a name in the program were shown, by `ObjectKind`.
    pub nameless: [u32; ObjectKind::COUNT],
    /// What lies in no process.
    pub world: World,
    /// How objects of other processes than the first are named outside.
    pub aliases: Aliases,
}

/// A thread that goes round in a loop.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Circling {
    /// Which.
    pub thread: ThreadId,
    /// The code of the loop.
    pub code: CodeId,
    /// The instruction at which it was first seen there.
    pub at: u32,
    /// How often it has come back there.
    pub turns: u32,
    /// How many operations it has performed since.
    pub looks: u32,
    /// It has gone round so often that it will do so forever, unless something changes.
    pub endless: bool,
}

/// A thread's row: what others can know of it.
#[derive(Clone, Debug)]
pub struct Record {
    /// The process that it belongs to.
    pub process: ProcessId,
    /// Its name.
    pub name: Arc<str>,
    /// It is a daemon.
    pub daemon: bool,
    /// Its `Thread` object.
    pub object: Value,
    /// How far it is.
    pub phase: Phase,
    /// What it waits for; `None` while it can go on.
    pub waiting: Option<Waiting>,
    /// The line where it stands.
    pub line: u32,
    /// The locks that it holds, each with the line where it took it, in that order.
    pub holds: Vec<(ObjectId, u32)>,
    /// The person watching holds it back. That does not change what it can do; the driver of the run takes account of
    /// it.
    pub held: bool,
    /// A fault froze it.
    pub frozen: bool,
    /// A fault keeps it where it is until then.
    pub delayed: Option<u64>,
    /// A fault makes each of its operations take so much longer.
    pub slow: u64,
    /// A fault that strikes when it performs next.
    pub doom: Option<Doom>,
    /// What it waited for when signals interrupted it whose handlers are running, the innermost last.
    pub set_aside: Vec<Option<Waiting>>,
    /// Where its frames stood when it last began to perform, the innermost last; empty: unknown, or not needed. The
    /// innermost one stands at the instruction whose operation that was.
    pub stands: Vec<(CodeId, u32)>,
}

impl Record {
    /// The row of a thread that was just made.
    pub fn new(process: ProcessId, name: Arc<str>, daemon: bool, object: Value) -> Self {
        Record {
            process,
            name,
            daemon,
            object,
            phase: Phase::New,
            waiting: None,
            line: 0,
            holds: Vec::new(),
            held: false,
            frozen: false,
            delayed: None,
            slow: 0,
            doom: None,
            set_aside: Vec::new(),
            stands: Vec::new(),
        }
    }

    /// Whether it has ended, or was ended.
    #[inline]
    pub fn is_over(&self) -> bool {
        matches!(self.phase, Phase::Over(_))
    }

    /// Whether a fault keeps it where it is, or makes it slow.
    pub fn is_held_up(&self) -> bool {
        self.frozen || self.delayed.is_some() || self.slow != 0
    }

    /// What it waits for, if that is `on`; and whether it stands there now, not interrupted.
    pub fn waiting_for(&mut self, on: Blocker) -> Option<(&mut Waiting, bool)> {
        let now = self.waiting.iter_mut().map(|waiting| (waiting, true));
        let interrupted = self.set_aside.iter_mut().flatten().map(|waiting| (waiting, false));
        now.chain(interrupted).find(|(waiting, _)| waiting.on == on)
    }
}

/// How far a thread is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Phase {
    /// Made, not started.
    New,
    /// Started, not over.
    Alive,
    /// Over.
    Over(Ending),
}

/// A fault that strikes a thread when it performs next.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Doom {
    /// It ends where it stands.
    Kill,
    /// This builtin exception is raised in it.
    Raise(Arc<str>),
}

/// What a stopped thread waits for.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// Its operation.
    pub operation: Operation,
    /// Where the operation goes on.
    pub stage: Stage,
    /// What it stands before.
    pub on: Blocker,
    /// When its limit ends.
    pub until: Option<u64>,
    /// It could go on now.
    pub ready: bool,
}

/// Whether a thread can perform.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// It can.
    Ready,
    /// Its limit is over: it can only time out.
    TimedOut,
    /// It cannot, until something happens or this time comes.
    Waiting(Option<u64>),
}

impl Standing {
    /// How the thread can go on, if it can.
    pub fn alternative(self) -> Option<Alternative> {
        match self {
            Standing::Ready => Some(Alternative::Go),
            Standing::TimedOut => Some(Alternative::TimeOut),
            Standing::Waiting(_) => None,
        }
    }

    /// When time alone will let it go on, if that can be.
    pub fn limit(self) -> Option<u64> {
        match self {
            Standing::Waiting(until) => until,
            Standing::Ready | Standing::TimedOut => None,
        }
    }
}

/// What a primitive works with while it performs an operation.
pub struct Turn<'a> {
    /// What all threads share.
    pub shared: &'a mut Shared,
    /// The performing thread's private heap.
    pub private: &'a mut PrivateHeap,
    /// Names for objects that no event has shown yet.
    pub names: &'a mut Vec<(ObjectId, Arc<str>)>,
    /// The program.
    pub image: &'a crate::machine::memory::image::Linked,
    /// The performing thread.
    pub me: ThreadId,
    /// The process that it belongs to.
    pub process: ProcessId,
    /// Its line.
    pub line: u32,
    /// The performing thread's frames.
    pub frames: &'a [crate::machine::memory::thread::Frame],
    /// And its stack.
    pub stack: &'a [Value],
    /// Objects whose waiters may have become ready, or not ready any more.
    pub touched: Vec<Blocker>,
}

impl Shared {
    /// The beginning of a run: one process, and no threads yet. `epoch` is the wall clock in nanoseconds since 1970.
    pub fn new(first: Process, epoch: u64) -> Self {
        Shared {
            processes: Processes::new(first),
            threads: Rows::default(),
            now: 0,
            epoch,
            step: 0,
            seq: 0,
            events: Vec::new(),
            silent: false,
            started: Vec::new(),
            woken: Vec::new(),
            reported: Vec::new(),
            suspected: None,
            circling: Vec::new(),
            resting: Vec::new(),
            outside: triomphe::Arc::default(),
            nameless: [0; ObjectKind::COUNT],
            world: World::default(),
            aliases: Aliases::default(),
        }
    }

    /// The process that a thread belongs to.
    ///
    /// # Panics
    /// When there is no such thread.
    #[inline]
    pub fn process_of(&self, thread: ThreadId) -> &Process {
        &self.processes[self.record(thread).process]
    }

    /// Likewise, to change it.
    ///
    /// # Panics
    /// When there is no such thread.
    #[inline]
    pub fn process_of_mut(&mut self, thread: ThreadId) -> &mut Process {
        let process = self.record(thread).process;
        &mut self.processes[process]
    }

    /// Whether it is its process's main thread.
    #[inline]
    pub fn is_main(&self, thread: ThreadId) -> bool {
        self.process_of(thread).household.main == thread
    }

    /// Whether a signal has come from outside that was not taken yet.
    pub fn has_pending(&self, signal: Signal) -> bool {
        self.processes[ProcessId::FIRST].household.signals.pending.contains(&signal)
    }

    /// Faults that wait for their operation, in any process.
    pub fn armed(&self) -> impl Iterator<Item = &Armed> {
        self.processes.iter().flat_map(|(_, process)| &process.household.armed)
    }

    /// The program's exit status, when it is over: the first process's, once no process is left.
    pub fn status(&self) -> Option<i32> {
        let over = self.processes.iter().all(|(_, process)| process.household.status.is_some());
        if over { self.processes[ProcessId::FIRST].household.status } else { None }
    }

    /// A thread's row.
    ///
    /// # Panics
    /// When there is no such thread.
    pub fn record(&self, thread: ThreadId) -> &Record {
        &self.threads[thread.index()]
    }

    /// A thread's row, to change it.
    ///
    /// # Panics
    /// When there is no such thread.
    pub fn record_mut(&mut self, thread: ThreadId) -> &mut Record {
        &mut self.threads[thread.index()]
    }

    /// Adds an event about `thread`, at that thread's line.
    #[inline]
    pub fn emit(&mut self, thread: ThreadId, kind: EventKind) {
        self.emit_made(thread, || kind);
    }

    /// Likewise, for frequent events.
    #[inline(always)]
    pub(in crate::machine) fn emit_made(&mut self, thread: ThreadId, kind: impl FnOnce() -> EventKind) {
        let line = self.threads.get(thread.index()).map_or(0, |record| record.line);
        if self.processes.are_several() && !self.silent {
            return self.emit_renamed(thread, line, kind());
        }
        let (seq, step, at) = (self.seq, self.step, self.now);
        push_made(&mut self.events, || Event { seq, step, at, thread, line, kind: kind() });
        self.seq += 1;
    }

    /// Whether something from outside, a fault or a signal, strikes the thread when it performs next, or keeps it from that.
    pub fn is_struck(&self, thread: ThreadId) -> bool {
        let record = self.record(thread);
        record.doom.is_some()
            || record.delayed.is_some()
            || !self.processes[record.process].household.signals.pending.is_empty() && self.is_main(thread)
    }

    /// Whether a signal interrupts whatever the thread waits for.
    pub fn is_interrupted(&self, thread: ThreadId) -> bool {
        let process = self.process_of(thread);
        process.household.signals.urgent && process.household.main == thread
    }

    /// Whether every operation has to be checked, because of suspected rings or loops.
    pub fn is_watchful(&self) -> bool {
        self.suspected.is_some() || !self.circling.is_empty() || !self.resting.is_empty()
    }

    /// Whether the program, though no thread can go on by itself, may wait for a signal.
    pub fn awaits_signal(&self) -> bool {
        self.processes.iter().any(|(_, process)| {
            let main = self.record(process.household.main);
            let pauses = || main.waiting.as_ref().is_some_and(|waiting| waiting.on == Blocker::Signal);
            main.phase == Phase::Alive && (process.household.signals.are_handled() || pauses())
        })
    }

    /// Which of these threads can perform, and how, in their order.
    pub fn able(&self, threads: impl Iterator<Item = ThreadId>) -> impl Iterator<Item = (ThreadId, Alternative)> {
        threads.filter_map(|thread| Some((thread, self.standing(thread).alternative()?)))
    }

    /// When the first of these threads can go on by time alone; `None`: none of them.
    pub fn next_limit(&self, threads: impl Iterator<Item = ThreadId>) -> Option<u64> {
        threads.filter_map(|thread| self.standing(thread).limit()).min()
    }

    /// Whether a thread can perform.
    pub fn standing(&self, thread: ThreadId) -> Standing {
        let record = self.record(thread);
        if record.doom.is_some() {
            return Standing::Ready;
        }
        if record.frozen {
            return Standing::Waiting(None);
        }
        let standing = match &record.waiting {
            None => Standing::Ready,
            Some(_) if self.is_interrupted(thread) => Standing::Ready,
            Some(waiting) if waiting.ready => Standing::Ready,
            Some(waiting) if waiting.until.is_some_and(|until| until <= self.now) => Standing::TimedOut,
            Some(waiting) => Standing::Waiting(waiting.until),
        };
        match record.delayed.filter(|end| *end > self.now) {
            None => standing,
            Some(end) => Standing::Waiting(match standing {
                Standing::Waiting(until) => until.map(|until| until.max(end)),
                Standing::Ready | Standing::TimedOut => Some(end),
            }),
        }
    }
}

impl Shared {
    /// What the process's threads can reach.
    #[inline]
    pub fn sight(&self, process: ProcessId) -> Sight<'_> {
        Sight::of(&self.processes[process], &self.world)
    }

    /// What the thread can reach.
    #[inline]
    pub fn sight_of(&self, thread: ThreadId) -> Sight<'_> {
        self.sight(self.record(thread).process)
    }

    /// A shared object of the process, or one of the world.
    #[inline]
    pub fn object(&self, process: ProcessId, id: ObjectId) -> Option<&Object> {
        self.sight(process).get(id)
    }

    /// Likewise, to change it.
    #[inline]
    pub fn object_mut(&mut self, process: ProcessId, id: ObjectId) -> Option<&mut Object> {
        if !id.is_of_world() {
            return self.processes[process].heap.get_mut(id);
        }
        match self.world.get_mut(id)? {
            Thing::Object(object) => Some(Arc::make_mut(object)),
            Thing::Channel(_) | Thing::Cells(_) => None,
        }
    }

    /// A shared object as the thread means it.
    #[inline]
    pub fn object_of(&self, thread: ThreadId, id: ObjectId) -> Option<&Object> {
        self.object(self.record(thread).process, id)
    }

    /// Likewise, to change it.
    #[inline]
    pub fn object_of_mut(&mut self, thread: ThreadId, id: ObjectId) -> Option<&mut Object> {
        self.object_mut(self.record(thread).process, id)
    }
}

impl Shared {
    /// The object that somebody outside means, and its process.
    pub fn meant(&self, object: ObjectId) -> (ProcessId, ObjectId) {
        self.aliases.meant(object)
    }

    /// How an object of the process is named outside, if it has a name there.
    pub fn alias_of(&self, process: ProcessId, object: ObjectId) -> Option<ObjectId> {
        self.aliases.alias_of(process, object)
    }

    /// Adds an event about a thread where there are several processes: objects get the names that they have outside, and a
    /// process's copies are introduced first.
    #[cold]
    #[inline(never)]
    fn emit_renamed(&mut self, own: ThreadId, line: u32, mut kind: EventKind) {
        if let EventKind::ObjectShown { object, .. } = kind {
            // It is introduced by this, and not as a copy of another one.
            let process = self.record(own).process;
            self.processes[process].met.insert(object);
        }
        let mut copies = Vec::new();
        kind.rename_objects(&mut |thread, object| {
            let process = self.record(thread.unwrap_or(own)).process;
            self.speak_of(process, object, &mut copies)
        });
        copies.push(kind);
        self.push_events(own, line, copies);
    }

    /// How an object of the process is named outside. If it is a copy that no event has spoken of, what introduces it goes to
    /// `copies`.
    pub(in crate::machine) fn speak_of(
        &mut self,
        process: ProcessId,
        object: ObjectId,
        copies: &mut Vec<EventKind>,
    ) -> ObjectId {
        let alias = self.aliases.make_alias(process, object);
        if alias == object || !self.processes[process].met.insert(object) {
            return alias;
        }
        let Process { copied, namespace, household: Household { main, .. }, .. } = self.processes[process];
        if !copied {
            if object == namespace {
                let (name, state) =
                    (self.record(main).name.clone(), Box::new(ObjectState::Data { value: Shown::None }));
                copies.push(EventKind::ObjectShown { object: alias, what: ObjectKind::Data, name, state });
            }
            return alias;
        }
        let parent = |process: ProcessId| self.processes[process].household.parent.unwrap_or(ProcessId::FIRST);
        let knows = |process: ProcessId| process == ProcessId::FIRST || self.processes[process].met.contains(&object);
        let mut origin = parent(process);
        while !knows(origin) && self.processes[origin].copied {
            origin = parent(origin);
        }
        let from = self.aliases.make_alias(origin, object);
        let mut state = self.object(process, object).and_then(of_synchronization).map(|(_, state)| Box::new(state));
        if let Some(state) = &mut state {
            state.rename_objects(&mut |_, object| self.speak_of(process, object, copies));
        }
        copies.push(EventKind::Copied { object: alias, from, state });
        alias
    }

    /// Adds events about a thread.
    pub(in crate::machine) fn push_events(&mut self, thread: ThreadId, line: u32, kinds: Vec<EventKind>) {
        for kind in kinds {
            let (seq, step, at) = (self.seq, self.step, self.now);
            self.events.push(Event { seq, step, at, thread, line, kind });
            self.seq += 1;
        }
    }
}

impl Turn<'_> {
    /// What the performing thread can reach.
    pub fn sight(&self) -> Sight<'_> {
        self.shared.sight(self.process)
    }

    /// The process of the performing thread.
    #[inline]
    pub fn process(&self) -> &Process {
        &self.shared.processes[self.process]
    }

    /// Likewise, to change it.
    #[inline]
    pub fn process_mut(&mut self) -> &mut Process {
        &mut self.shared.processes[self.process]
    }

    /// Adds an event about the performing thread.
    #[inline]
    pub fn emit(&mut self, kind: EventKind) {
        self.shared.emit(self.me, kind);
    }

    /// Says that waiters before `on`, if there are any, have to look again.
    pub fn touch(&mut self, on: Blocker) {
        if self.shared.silent {
            return;
        }
        let waits = |record: &Record| record.waiting.as_ref().is_some_and(|waiting| waiting.on == on);
        if self.shared.threads.iter().any(waits) {
            self.touched.push(on);
        }
    }

    /// The synchronization object, to read or change it. Sharing it first is the caller's duty.
    pub fn object(&mut self, id: ObjectId) -> Option<&mut Object> {
        self.shared.object_mut(self.process, id)
    }

    /// An exception of a builtin type, to be raised in the performing thread.
    pub fn error(
        &mut self,
        class: &'static crate::machine::memory::native::Type,
        message: impl Into<Box<str>>,
    ) -> Halt {
        crate::machine::data::exception::error(self.private, class, message)
    }
}

impl std::fmt::Debug for Turn<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "<turn of {}>", self.me)
    }
}
