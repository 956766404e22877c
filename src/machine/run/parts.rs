//! The parts of a state, taken out and put back: for a search, which keeps states as rows of parts.
//!
//! On a [`Bench`] a thread takes one step. The bench holds the parts of one state; which of them the step has come upon is
//! traced (`trace`). The step is a function of these: in another state that agrees in them the same happens.
//!
//! A process is made on the bench, too: what it has is then written at places that had nothing before.
//!
//! On the bench nobody watches (`Shared::silent`), and time stands still. A limit ends whenever its thread waits, since how
//! long anything takes is not known.

use super::arrive::Patience;
pub use super::belongings::{Belongings, Rest};
use super::execution::Execution;
use super::files;
use super::image::Image;
use super::interpreter::yields_after;
use super::operations;
use super::perform::{line_of, perform};
use super::random::{self, Seed};
use super::settle::Outcome;
use crate::base::{ObjectId, ProcessId, ThreadId};
use crate::event::{self, Event, EventKind, Scalar};
use crate::machine::data::exception;
use crate::machine::data::types::class_of;
use crate::machine::memory::object::{Globals, Instance, Object, Payload};
use crate::machine::memory::operation::Operation;
use crate::machine::memory::thread::Thread;
use crate::machine::memory::trace;
use crate::machine::memory::value::Value;
use crate::machine::sync::condition;
pub use crate::machine::sync::process::Household;
use crate::machine::sync::process::Process;
use crate::machine::sync::shared::{Phase, Record, Shared};
use crate::machine::sync::things::Thing;
use crate::schedule::Alternative;
use std::sync::Arc;

pub use super::encode_part::Encoded;
pub use super::guard::{Guard, Known, Need, guard, is_new, led_to, released};
pub use crate::machine::memory::encode::Reference;
pub use crate::machine::memory::trace::{Address, Counters, Place, take_read};

/// A part of a state.
#[derive(Clone, Debug)]
pub enum Part {
    /// What belongs to no process.
    Rest(Box<Rest>),
    /// What belongs to a process, and to no thread and no object of it.
    Process(Box<Belongings>),
    /// A thread's own part.
    Thread(Box<Thread>),
    /// A thread's row.
    Row(Box<Record>),
    /// A global variable.
    Global(Value),
    /// That there are so many global variables, and that they are shared.
    Globals(usize),
    /// A shared object.
    Object(triomphe::Arc<Object>),
    /// A thing of the world.
    Thing(Thing),
}

/// One state, in which a thread may take a step.
#[derive(Debug)]
pub struct Bench {
    pub(super) image: Arc<Image>,
    pub(super) shared: Shared,
    /// The row of a thread of which nothing is known.
    pub(super) blank: Record,
    /// A process of which nothing is known; and the one of which questions are asked.
    empty: Process,
    pub(super) asked: ProcessId,
    /// It is looked at where the interpreter lock may be handed over.
    pub looks_for_yields: bool,
    /// What lies on it when nothing does.
    bare: Shared,
    /// How long threads may compute.
    pub(super) patience: Patience,
    /// A step took longer.
    gave_up: bool,
}

/// What a step did.
#[derive(Debug)]
pub struct Step {
    /// The thread's own part then; `None`: it is over.
    pub thread: Option<Box<Thread>>,
    /// Threads that it started.
    pub started: Vec<Thread>,
    /// The class's name, if an exception ended the thread.
    pub uncaught: Option<Box<str>>,
    /// Shared data that it read or wrote.
    pub accesses: Vec<Access>,
    /// What it wrote to the standard output.
    pub printed: Option<Box<str>>,
    /// On its way to its next operation it may be made to hand over the interpreter lock, as far as that was looked at.
    pub yields: bool,
}

impl Step {
    /// The thread is over.
    pub(super) fn over() -> Step {
        Step { thread: None, started: Vec::new(), uncaught: None, accesses: Vec::new(), printed: None, yields: true }
    }

    /// The thread stands where it stood.
    pub(super) fn nowhere(thread: &Thread) -> Step {
        let thread = Some(Box::new(thread.clone()));
        Step { thread, started: Vec::new(), uncaught: None, accesses: Vec::new(), printed: None, yields: true }
    }
}

/// Shared data: the copies of two processes are two.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Datum {
    /// In whose memory; [`ProcessId::WORLD`]: in none.
    pub process: ProcessId,
    /// What the process calls so.
    pub place: event::Place,
    /// Of a container, the item: its index or key.
    pub item: Option<Scalar>,
}

/// An access to shared data.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Access {
    /// Of what.
    pub datum: Datum,
    /// It wrote.
    pub writes: bool,
    /// In which line.
    pub line: u32,
    /// The value, if it can be told from others.
    pub value: Option<Scalar>,
}

impl Access {
    /// Whether what is accessed lies at the place.
    pub fn is_to(&self, place: Place, image: &Image) -> bool {
        use event::Place as Accessed;
        let Datum { process, place: accessed, item: _ } = &self.datum;
        match (place, accessed) {
            (Place::Global(owner, index), Accessed::Global(name)) if owner == *process => {
                image.program.globals.get(index as usize).is_some_and(|global| global.name == *name)
            }
            (Place::Object(at), Accessed::Cell { object, .. })
            | (Place::Object(at), Accessed::Attribute { object, .. })
            | (Place::Object(at), Accessed::Content { object }) => at == Address::new(*process, *object),
            (
                Place::Rest
                | Place::Process(_)
                | Place::Thread(_)
                | Place::Row(_)
                | Place::Global(..)
                | Place::Object(_)
                | Place::Output
                | Place::Faults
                | Place::Turn,
                _,
            ) => false,
        }
    }
}

impl Part {
    /// Whether the two are one and the same in memory.
    pub fn is_same(&self, other: &Part) -> bool {
        match (self, other) {
            (Part::Object(one), Part::Object(other)) => triomphe::Arc::ptr_eq(one, other),
            (Part::Thing(Thing::Object(one)), Part::Thing(Thing::Object(other))) => Arc::ptr_eq(one, other),
            (Part::Thing(Thing::Channel(one)), Part::Thing(Thing::Channel(other))) => Arc::ptr_eq(one, other),
            (Part::Thing(Thing::Cells(one)), Part::Thing(Thing::Cells(other))) => Arc::ptr_eq(one, other),
            _ => false,
        }
    }
}

impl Bench {
    /// The bench for a program; nothing lies on it yet. And the parts of the state that it begins with.
    pub fn new(start: Execution) -> (Bench, Vec<(Place, Part)>) {
        let image = start.image().clone();
        let (mut shared, threads) = start.into_parts();
        let process = ProcessId::FIRST;
        let rest = Part::Rest(Box::new(Rest::take(&shared)));
        let belongings = Part::Process(Box::new(Belongings::take(&shared.processes[process])));
        let rows = (0..).map(ThreadId).zip(shared.threads.iter());
        let mut parts: Vec<(Place, Part)> =
            rows.map(|(id, row)| (Place::Row(id), Part::Row(Box::new(row.clone())))).collect();
        parts.extend([(Place::Rest, rest), (Place::Process(process), belongings)]);
        shared.silent = true;
        shared.events.clear();
        let blank = Record::new(process, "".into(), false, Value::None);
        let patience = Patience::GREAT;
        for mut thread in threads {
            patience.begin(&mut thread, &image, &shared);
            parts.push((Place::Thread(thread.id), Part::Thread(Box::new(thread))));
        }
        shared.processes[process].heap.begin_trace(process);
        (shared.threads.traced, shared.processes.traced, shared.world.traced) = (true, true, true);
        let first = &shared.processes[process];
        let empty = Process::new(first.household.main, first.namespace, 0, 0);
        let bare = shared.clone();
        let looks_for_yields = false;
        let bench =
            Bench { image, shared, bare, blank, empty, asked: process, looks_for_yields, patience, gave_up: false };
        (bench, parts)
    }

    /// The program.
    pub fn image(&self) -> &Arc<Image> {
        &self.image
    }

    /// How many processes lie on it.
    pub fn processes(&self) -> usize {
        self.shared.processes.count()
    }

    /// Puts a part of a state in its place, or nothing.
    pub fn put(&mut self, place: Place, part: Option<&Part>) {
        match (place, part) {
            (Place::Rest, Some(Part::Rest(rest))) => rest.put(&mut self.shared, &self.blank, &self.empty),
            (Place::Process(id), Some(Part::Process(belongings))) if self.has(id) => {
                belongings.put(&mut self.shared.processes[id]);
            }
            (Place::Row(id), part) => {
                let row = match part {
                    Some(Part::Row(row)) => (**row).clone(),
                    _ => self.blank.clone(),
                };
                if let Some(place) = self.shared.threads.get_mut(id.index()) {
                    *place = row;
                }
            }
            (Place::Global(process, index), Some(Part::Global(value))) if self.has(process) => {
                if let Some(Object::Namespace(globals)) =
                    self.shared.processes[process].heap.get_mut(self.image.namespace)
                    && let Some(place) = globals.get_mut(index as usize)
                {
                    *place = value.clone();
                }
            }
            (Place::Object(at), Some(Part::Thing(thing))) => self.shared.world.put(at.id, thing.clone()),
            (Place::Object(at), part) if !at.id.is_of_world() && self.has(at.process) => {
                let object = match part {
                    Some(Part::Globals(count)) => {
                        let mut globals = Globals::new(vec![Value::Unbound; *count]);
                        globals.begin_trace(at.process);
                        Some(triomphe::Arc::new(Object::Namespace(globals)))
                    }
                    Some(Part::Object(object)) => Some(object.clone()),
                    _ => None,
                };
                self.shared.processes[at.process].heap.place_at(at.id, object);
            }
            (Place::Rest | Place::Process(_) | Place::Global(..) | Place::Object(_), _) => {}
            (Place::Thread(_) | Place::Output | Place::Faults | Place::Turn, _) => {}
        }
        trace::take_met();
    }

    fn has(&self, process: ProcessId) -> bool {
        process.index() < self.processes()
    }

    /// What the thread's operation needs from outside, and nobody gives.
    pub fn lacks(&self, thread: &Thread) -> Option<files::Want> {
        files::lacks(thread, &self.shared)
    }

    /// The part that lies there now. (Threads' own parts are never on the bench.)
    pub fn part(&mut self, place: Place) -> Option<Part> {
        let part = match place {
            Place::Rest => Some(Part::Rest(Box::new(Rest::take(&self.shared)))),
            Place::Process(id) => {
                let process = self.shared.processes.get(id);
                process.map(|process| Part::Process(Box::new(Belongings::take(process))))
            }
            Place::Row(id) => self.shared.threads.get(id.index()).map(|row| Part::Row(Box::new(row.clone()))),
            Place::Global(process, index) => match self.shared.object(process, self.image.namespace) {
                Some(Object::Namespace(globals)) => globals.get(index as usize).cloned().map(Part::Global),
                _ => None,
            },
            Place::Object(at) if at.id.is_of_world() => self.shared.world.get(at.id).cloned().map(Part::Thing),
            Place::Object(at) => {
                let object = self.shared.processes.get(at.process).and_then(|process| process.heap.place(at.id));
                object.map(|object| match &**object {
                    Object::Namespace(globals) => Part::Globals(globals.len()),
                    _ => Part::Object(object.clone()),
                })
            }
            Place::Thread(_) | Place::Output | Place::Faults | Place::Turn => None,
        };
        trace::take_met();
        part
    }

    /// The thread attempts its operation. `None`: it cannot go on in this way, or the attempt would do no more than stop
    /// it. And what the attempt came upon, in that order.
    ///
    /// The parts on the bench are those of the state after it then.
    pub fn attempt(&mut self, thread: &Thread, alternative: Alternative) -> (Option<Step>, Vec<Place>) {
        trace::take_met();
        let step = if self.can(thread, alternative) { self.step(thread.clone(), alternative) } else { None };
        (step, trace::take_met())
    }

    /// Likewise, the thread wakes from its wait on a condition, though nobody has notified it.
    pub fn wake(&mut self, thread: &Thread) -> (Option<Step>, Vec<Place>) {
        trace::take_met();
        let can = self.shared.processes[thread.process].household.status.is_none()
            && !self.shared.is_struck(thread.id)
            && condition::waits(&self.shared, thread.id);
        if can {
            condition::wake_without_notify(&mut self.shared, thread.id);
            self.shared.woken.clear();
            self.shared.events.clear();
            self.settle(thread.id);
        }
        (can.then(|| Step::nowhere(thread)), trace::take_met())
    }

    /// Whether a step was given up since this was asked last, since it takes long: nothing is known of it then, and nothing
    /// that was put on the bench lies there any more.
    pub fn take_given_up(&mut self) -> bool {
        std::mem::take(&mut self.gave_up)
    }

    /// It is not known what comes of the program any more: threads may not compute for so long from now on.
    pub fn hurry(&mut self) {
        self.patience = Patience::LITTLE;
    }

    /// Nobody is told that they can go on: who waits is asked.
    pub(super) fn settle(&mut self, thread: ThreadId) {
        if let Some(waiting) = &mut self.shared.record_mut(thread).waiting {
            waiting.ready = false;
        }
    }

    pub(super) fn can(&self, thread: &Thread, alternative: Alternative) -> bool {
        let Some(pending) = &thread.pending else { return false };
        if self.shared.processes[thread.process].household.status.is_some() {
            return false;
        }
        if self.shared.record(thread.id).frozen {
            return false;
        }
        if self.shared.is_struck(thread.id) {
            return alternative == Alternative::Go;
        }
        match (&self.shared.record(thread.id).waiting, alternative) {
            (None, Alternative::Go) => !operations::refuses(&self.shared, thread.id, pending),
            (None, Alternative::TimeOut) => false,
            (Some(waiting), alternative) => {
                let ready = operations::ready(&self.shared, thread.id, &waiting.operation, waiting.stage);
                match alternative {
                    Alternative::Go => ready,
                    Alternative::TimeOut => waiting.until.is_some() && !ready,
                }
            }
        }
    }

    pub(super) fn step(&mut self, thread: Thread, alternative: Alternative) -> Option<Step> {
        let step = self.patience.bear(|| self.done(thread, alternative));
        if step.is_none() {
            (self.shared, self.gave_up) = (self.bare.clone(), true);
        }
        step
    }

    fn done(&mut self, mut thread: Thread, alternative: Alternative) -> Step {
        let yields = yields_after(&thread, &self.image);
        let outcome = perform(&mut self.shared, &mut thread, &self.image, alternative);
        self.shared.woken.clear();
        files::forget_changes(&mut self.shared);
        let events = std::mem::take(&mut self.shared.events);
        let printed = printed(&events);
        let accesses = events.into_iter().filter_map(|event| accessed(thread.process, event)).collect();
        let mut started = std::mem::take(&mut self.shared.started);
        for thread in &mut started {
            self.patience.begin(thread, &self.image, &self.shared);
        }
        self.settle(thread.id);
        if outcome == Outcome::Over || matches!(self.shared.record(thread.id).phase, Phase::Over(_)) {
            let uncaught = thread.uncaught.as_ref().filter(|raised| !raised.is_instance_of(&exception::SYSTEM_EXIT));
            return Step {
                uncaught: uncaught.map(|raised| class_of(raised).name().into()),
                thread: None,
                started,
                accesses,
                printed,
                yields: true,
            };
        }
        let yields = match self.looks_for_yields {
            true => yields | self.patience.arrive_looking(&mut thread, &self.image, &self.shared),
            false => {
                self.patience.arrive(&mut thread, &self.image, &self.shared);
                true
            }
        };
        Step { thread: Some(Box::new(thread)), started, uncaught: None, accesses, printed, yields }
    }
}

/// Whether the thread is about to use the random generator of the module: to seed it, or (in a line) to draw.
pub fn randomness(thread: &Thread, image: &Image) -> Option<Result<(), u32>> {
    match thread.pending.as_ref()? {
        Operation::Random(action) => match &**action {
            random::Action::Seed(Seed::Key(_)) => Some(Ok(())),
            _ => Some(Err(line_of(thread, image))),
        },
        _ => None,
    }
}

/// Whether the thread is about to write to the output.
pub fn writes_output(thread: &Thread) -> bool {
    matches!(thread.pending, Some(Operation::Print { .. } | Operation::Log(_)))
}

/// Whether the thread is about to do what may wait for others, but for their ends and for tasks.
pub fn may_starve(thread: &Thread) -> bool {
    match &thread.pending {
        Some(
            Operation::Lock(..)
            | Operation::RLock(..)
            | Operation::Condition(..)
            | Operation::Semaphore(..)
            | Operation::Event(..)
            | Operation::Barrier(..)
            | Operation::Queue(..),
        ) => true,
        Some(
            Operation::Touch { .. }
            | Operation::Pool(..)
            | Operation::Future(..)
            | Operation::Futures(..)
            | Operation::Channel(..)
            | Operation::World(_)
            | Operation::Thread(_)
            | Operation::Process(_)
            | Operation::Time(_)
            | Operation::Log(_)
            | Operation::Signal(_)
            | Operation::Random(_)
            | Operation::Files(_)
            | Operation::Print { .. }
            | Operation::Exit,
        )
        | None => false,
    }
}

/// Whether the two tell apart no more than who waits, and who was let in.
pub fn differ_in_who_waits(before: &Object, after: &Object) -> bool {
    match (before, after) {
        (Object::Event(before), Object::Event(after)) => before.set == after.set,
        (_, Object::Lock(_) | Object::RLock(_) | Object::Condition(_) | Object::Semaphore(_)) => true,
        _ => false,
    }
}

/// Whether it is a `Thread` object.
pub fn is_thread(object: &Object) -> bool {
    matches!(object, Object::Instance(Instance { payload: Payload::Thread(_), .. }))
}

/// The `Thread` object of a thread with this row.
pub fn object_of(row: &Record) -> Option<ObjectId> {
    match &row.object {
        Value::Instance(instance) => Some(instance.id),
        _ => None,
    }
}

/// The function that a `Thread` object calls, if it has no variables of another one.
pub fn target(object: &Object) -> Option<&Value> {
    match object {
        Object::Instance(Instance { payload: Payload::Thread(Some(thread)), .. }) => match &thread.target {
            target @ Value::Function(function) if function.cells.is_empty() => Some(target),
            _ => None,
        },
        _ => None,
    }
}

/// Whether the thread stands before its end.
pub fn ends(thread: &Thread) -> bool {
    matches!(thread.pending, Some(Operation::Exit))
}

/// The synchronization object or other shared object that the part is.
pub fn object(part: &Part) -> Option<&Object> {
    match part {
        Part::Object(object) => Some(object),
        Part::Thing(Thing::Object(object)) => Some(object),
        Part::Thing(Thing::Channel(_) | Thing::Cells(_)) => None,
        Part::Rest(_) | Part::Process(_) | Part::Thread(_) | Part::Row(_) | Part::Global(_) | Part::Globals(_) => None,
    }
}

/// The thread that has the lock.
pub fn owner(object: &Object) -> Option<ThreadId> {
    match object {
        Object::Lock(lock) => lock.owner,
        Object::RLock(lock) => lock.owner,
        _ => None,
    }
}

/// What the events show on the standard output.
fn printed(events: &[Event]) -> Option<Box<str>> {
    let text = |event: &Event| match &event.kind {
        EventKind::Printed { text, error: false } => Some(text.to_string()),
        _ => None,
    };
    let all: String = events.iter().filter_map(text).collect();
    (!all.is_empty()).then(|| all.into())
}

/// What is read and written by name or by index. A container's methods are atomic.
fn accessed(process: ProcessId, event: Event) -> Option<Access> {
    let (place, value, writes) = match event.kind {
        EventKind::Read { place, value } => (place, value, false),
        EventKind::Wrote { place, value } => (place, value, true),
        _ => return None,
    };
    let (process, item) = match &place {
        event::Place::Content { object } => (Address::new(process, *object).process, Some(value.item()?)),
        event::Place::Global(_) | event::Place::Cell { .. } | event::Place::Attribute { .. } => (process, None),
    };
    let value = item.map_or(&value, |item| &item.value).certain();
    let item = item.map(|item| item.key.look());
    Some(Access { datum: Datum { process, place, item }, writes, line: event.line, value })
}
