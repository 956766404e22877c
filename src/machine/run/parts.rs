//! The parts of a state, taken out and put back: for a search, which keeps states as rows of parts.
//!
//! On a [`Bench`] a thread takes one step. The bench holds the parts of one state; which of them the step has come upon is
//! traced (`trace`). The step is a function of these: in another state that agrees in them the same happens.
//!
//! The bench holds the memory of one process: a place names an object, and not yet whose.
//!
//! On the bench nobody watches (`Shared::silent`), and time stands still. A limit ends whenever its thread waits, since how
//! long anything takes is not known.

use super::execution::Execution;
use super::files;
use super::image::Image;
use super::interpreter::{advance, advance_past_yields, yields_after};
use super::operations;
use super::perform::{AtHand, line_of, perform};
use super::random::{self, Random, Seed};
use super::settle::Outcome;
use crate::base::{ObjectId, ProcessId, ThreadId};
use crate::event::{self, Event, EventKind};
use crate::machine::data::exception;
use crate::machine::data::types::class_of;
use crate::machine::memory::object::{Globals, Instance, Object, Payload};
use crate::machine::memory::operation::Operation;
use crate::machine::memory::primitive::files::Outside;
use crate::machine::memory::primitive::log::Logging;
use crate::machine::memory::primitive::signal::Signals;
use crate::machine::memory::replaced::Replaced;
use crate::machine::memory::thread::Thread;
use crate::machine::memory::trace;
use crate::machine::memory::value::Value;
use crate::machine::sync::condition;
use crate::machine::sync::process::{Armed, Process};
use crate::machine::sync::shared::{Phase, Record, Shared};
use crate::schedule::Alternative;
use std::sync::Arc;

pub use super::encode_part::Encoded;
pub use super::guard::{Guard, Need, guard, is_new, led_to, released};
pub use crate::machine::memory::encode::Reference;
pub use crate::machine::memory::trace::{Counters, Place, take_read};

/// Turns of loops, calls and returns between two operations after which a thread counts as computing for ever.
const FUEL: u32 = 10_000_000;

/// A part of a state.
#[derive(Clone, Debug)]
pub enum Part {
    /// What belongs to no thread and no object.
    Rest(Box<Rest>),
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
}

/// What belongs to no thread and no object, and may have a say in what comes.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "see `Process`")]
pub struct Rest {
    /// How many threads there are.
    pub threads: usize,
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
    /// What is known of what is outside.
    pub outside: triomphe::Arc<Outside>,
    /// What was stored to shared classes.
    pub replaced: Replaced,
}

/// One state, in which a thread may take a step.
#[derive(Debug)]
pub struct Bench {
    pub(super) image: Arc<Image>,
    pub(super) shared: Shared,
    /// The process whose memory lies on it.
    pub(super) process: ProcessId,
    /// The row of a thread of which nothing is known.
    pub(super) blank: Record,
    /// It is looked at where the interpreter lock may be handed over.
    pub looks_for_yields: bool,
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
    /// The thread stands where it stood.
    pub(super) fn nowhere(thread: &Thread) -> Step {
        let thread = Some(Box::new(thread.clone()));
        Step { thread, started: Vec::new(), uncaught: None, accesses: Vec::new(), printed: None, yields: true }
    }
}

/// An access to shared data.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Access {
    /// Of what.
    pub place: event::Place,
    /// It wrote.
    pub writes: bool,
    /// In which line.
    pub line: u32,
}

impl Access {
    /// Whether what is accessed lies at the place.
    pub fn is_to(&self, place: Place, image: &Image) -> bool {
        use event::Place as Accessed;
        match (place, &self.place) {
            (Place::Global(index), Accessed::Global(name)) => {
                image.program.globals.get(index as usize).is_some_and(|global| global.name == *name)
            }
            (Place::Object(id), Accessed::Cell { object, .. })
            | (Place::Object(id), Accessed::Attribute { object, .. })
            | (Place::Object(id), Accessed::Content { object }) => id == *object,
            (
                Place::Rest
                | Place::Thread(_)
                | Place::Row(_)
                | Place::Global(_)
                | Place::Object(_)
                | Place::Output
                | Place::Faults
                | Place::Turn,
                _,
            ) => false,
        }
    }
}

impl Bench {
    /// The bench for a program; nothing lies on it yet. And the parts of the state that it begins with.
    pub fn new(start: Execution) -> (Bench, Vec<(Place, Part)>) {
        let image = start.image().clone();
        let (mut shared, threads) = start.into_parts();
        let process = ProcessId::FIRST;
        let rest = Part::Rest(Box::new(Rest::take(&shared, process)));
        let rows = (0..).map(ThreadId).zip(shared.threads.iter());
        let mut parts: Vec<(Place, Part)> =
            rows.map(|(id, row)| (Place::Row(id), Part::Row(Box::new(row.clone())))).collect();
        parts.push((Place::Rest, rest));
        shared.silent = true;
        shared.events.clear();
        let blank = Record::new(process, "".into(), false, Value::None);
        for mut thread in threads {
            arrive(&mut thread, &image, &shared);
            parts.push((Place::Thread(thread.id), Part::Thread(Box::new(thread))));
        }
        shared.processes[process].heap.begin_trace();
        shared.threads.traced = true;
        (Bench { image, shared, process, blank, looks_for_yields: false }, parts)
    }

    /// The program.
    pub fn image(&self) -> &Arc<Image> {
        &self.image
    }

    /// Puts a part of a state in its place, or nothing.
    pub fn put(&mut self, place: Place, part: Option<&Part>) {
        match (place, part) {
            (Place::Rest, Some(Part::Rest(rest))) => rest.put(&mut self.shared, self.process, &self.blank),
            (Place::Row(id), part) => {
                let row = match part {
                    Some(Part::Row(row)) => (**row).clone(),
                    _ => self.blank.clone(),
                };
                if let Some(place) = self.shared.threads.get_mut(id.index()) {
                    *place = row;
                }
            }
            (Place::Global(index), Some(Part::Global(value))) => {
                if let Some(Object::Namespace(globals)) =
                    self.shared.processes[self.process].heap.get_mut(self.image.namespace)
                    && let Some(place) = globals.get_mut(index as usize)
                {
                    *place = value.clone();
                }
            }
            (Place::Object(id), Some(Part::Globals(count))) => {
                let mut globals = Globals::new(vec![Value::Unbound; *count]);
                globals.begin_trace();
                self.shared.processes[self.process]
                    .heap
                    .place_at(id, Some(triomphe::Arc::new(Object::Namespace(globals))));
            }
            (Place::Object(id), Some(Part::Object(object))) => {
                self.shared.processes[self.process].heap.place_at(id, Some(object.clone()))
            }
            (Place::Object(id), _) => self.shared.processes[self.process].heap.place_at(id, None),
            (Place::Rest | Place::Global(_) | Place::Thread(_) | Place::Output | Place::Faults | Place::Turn, _) => {}
        }
        trace::take_met();
    }

    /// What the thread's operation needs from outside, and nobody gives.
    pub fn lacks(&self, thread: &Thread) -> Option<files::Want> {
        files::lacks(thread, &self.shared)
    }

    /// The part that lies there now. (Threads' own parts are never on the bench.)
    pub fn part(&mut self, place: Place) -> Option<Part> {
        let part = match place {
            Place::Rest => Some(Part::Rest(Box::new(Rest::take(&self.shared, self.process)))),
            Place::Row(id) => self.shared.threads.get(id.index()).map(|row| Part::Row(Box::new(row.clone()))),
            Place::Global(index) => match self.shared.processes[self.process].heap.get(self.image.namespace) {
                Some(Object::Namespace(globals)) => globals.get(index as usize).cloned().map(Part::Global),
                _ => None,
            },
            Place::Object(id) => self.shared.processes[self.process].heap.place(id).map(|object| match &**object {
                Object::Namespace(globals) => Part::Globals(globals.len()),
                _ => Part::Object(object.clone()),
            }),
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
        let step = self.can(thread, alternative).then(|| self.step(thread.clone(), alternative));
        (step, trace::take_met())
    }

    /// Likewise, the thread wakes from its wait on a condition, though nobody has notified it.
    pub fn wake(&mut self, thread: &Thread) -> (Option<Step>, Vec<Place>) {
        trace::take_met();
        let can = self.shared.processes[self.process].status.is_none()
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

    /// Nobody is told that they can go on: who waits is asked.
    pub(super) fn settle(&mut self, thread: ThreadId) {
        if let Some(waiting) = &mut self.shared.record_mut(thread).waiting {
            waiting.ready = false;
        }
    }

    pub(super) fn can(&self, thread: &Thread, alternative: Alternative) -> bool {
        let Some(pending) = &thread.pending else { return false };
        if self.shared.processes[self.process].status.is_some() {
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

    pub(super) fn step(&mut self, mut thread: Thread, alternative: Alternative) -> Step {
        let yields = yields_after(&thread, &self.image);
        let outcome = perform(&mut self.shared, &mut thread, &self.image, alternative);
        self.shared.woken.clear();
        files::forget_changes(&mut self.shared);
        let events = std::mem::take(&mut self.shared.events);
        let printed = printed(&events);
        let accesses = events.into_iter().filter_map(accessed).collect();
        let mut started = std::mem::take(&mut self.shared.started);
        for thread in &mut started {
            arrive(thread, &self.image, &self.shared);
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
            true => yields | arrive_looking(&mut thread, &self.image, &self.shared),
            false => {
                arrive(&mut thread, &self.image, &self.shared);
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

fn accessed(event: Event) -> Option<Access> {
    match event.kind {
        EventKind::Read { place, .. } => Some(Access { place, writes: false, line: event.line }),
        EventKind::Wrote { place, .. } => Some(Access { place, writes: true, line: event.line }),
        _ => None,
    }
}

/// The thread computes up to its next operation, if it comes to one.
fn arrive(thread: &mut Thread, image: &Image, shared: &Shared) {
    advance(thread, image, &AtHand(shared, image), FUEL);
    rest(thread);
}

/// Likewise; whether it may be made to hand over the interpreter lock on its way.
fn arrive_looking(thread: &mut Thread, image: &Image, shared: &Shared) -> bool {
    let (_, yields) = advance_past_yields(thread, image, &AtHand(shared, image), FUEL);
    rest(thread);
    yields
}

/// The thread stands.
fn rest(thread: &mut Thread) {
    // What only the screen and the next steps' speed depend on would tell equal parts apart.
    thread.turns = 0;
    thread.names.clear();
    thread.finals = Default::default();
}

impl Rest {
    fn take(shared: &Shared, process: ProcessId) -> Rest {
        #[rustfmt::skip]
        let Process {
            main, heap, frozen, random, generators, armed, logging, signals, status, unnamed, pools, unnamed_pools,
            futures_done, exiting,
            // Always the same; nobody looks for garbage.
            namespace: _, reports: _, parent: _, heralds: _, met: _, leaving: _,
        } = &shared.processes[process];
        Rest {
            threads: shared.threads.len(),
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
            outside: shared.outside.clone(),
            replaced: heap.replaced().clone(),
        }
    }

    fn put(&self, shared: &mut Shared, process: ProcessId, blank: &Record) {
        let Rest { threads, main, random, generators, frozen, armed, logging, signals, status, .. } = self;
        shared.threads.resize(*threads, blank);
        shared.outside = self.outside.clone();
        let process = &mut shared.processes[process];
        process.main = *main;
        process.random = random.clone();
        process.generators.clone_from(generators);
        process.frozen.clone_from(frozen);
        process.armed.clone_from(armed);
        process.logging = logging.clone();
        process.signals = signals.clone();
        process.status = *status;
        let Rest { unnamed, pools, unnamed_pools, futures_done, exiting, replaced, .. } = self;
        process.unnamed = *unnamed;
        process.pools.clone_from(pools);
        process.unnamed_pools = *unnamed_pools;
        process.futures_done = *futures_done;
        process.exiting = *exiting;
        process.heap.set_replaced(replaced.clone());
    }
}
