//! A run, and the operating-system threads that it owns.

use super::channel::{EventStream, Notice, Parcel, Post, Spare};
use super::clock::{Clock, ClockKind};
use super::control::Control;
use super::gate::{Planned, Script, State};
use super::lines::Lines;
use super::outside::{Nowhere, Outside, ReadOnly};
use super::worker;
use crate::base::{ObjectId, ProcessId, Symbol};
use crate::event::{Breakpoint, Called};
use crate::machine::budget;
use crate::machine::image::Image;
use crate::machine::shared::Shared;
use crate::machine::thread::Thread;
use crate::machine::value::Value;
use crate::machine::{self, Boot, Execution, Finals};
use crate::policy::{Kind, Priorities, USUAL_CHOICES};
use crate::schedule::{FaultPlan, Speed};
use parking_lot::{Condvar, Mutex, MutexGuard};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

/// How long to wait for threads when there is no hurry.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long to wait for threads when there is one.
const HASTE: Duration = Duration::from_millis(20);

/// The options of a run. The default is a headless one: a virtual clock, as fast as possible.
#[derive(Clone, Debug)]
pub struct Options {
    /// The kind of clock.
    pub clock: ClockKind,
    /// The speed at the start.
    pub speed: Speed,
    /// It starts paused.
    pub paused: bool,
    /// A person watches: with a virtual clock operations are shown one after another, each for a visible moment that
    /// depends on the speed, and a wait is shown for as long as it takes the program. To the program that makes no
    /// difference.
    pub paced: bool,
    /// Where the program's random numbers start, and the policy's.
    pub seed: u64,
    /// The policy at the start.
    pub policy: Kind,
    /// The threads' priorities, for the policy that uses them.
    pub priorities: Priorities,
    /// Faults to inject, each at its moment.
    pub faults: Vec<FaultPlan>,
    /// For a run that goes on from a moment of another run: that run's plan, instead.
    pub planned: Option<Planned>,
    /// The breakpoints at the start.
    pub breakpoints: Vec<Breakpoint>,
    /// For a run that goes on from a moment of another run: the names of things there.
    pub called: Called,
    /// Its choices are written down, so that it can be replayed.
    pub record: bool,
    /// How much memory the program may have, in bytes.
    pub memory: u64,
    /// The stack of each operating-system thread, in bytes.
    pub stack_size: usize,
    /// Where what the program reads comes from, and where what it writes goes.
    pub outside: Arc<dyn Outside>,
    /// How many events the reader may lag behind before the threads wait for it.
    pub backlog: u64,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            clock: ClockKind::Virtual,
            speed: Speed::Max,
            paused: false,
            paced: false,
            seed: 0,
            policy: Kind::Os,
            priorities: Priorities::default(),
            faults: Vec::new(),
            planned: None,
            breakpoints: Vec::new(),
            called: Called::default(),
            record: true,
            memory: budget::DEFAULT,
            // Nested data is compared and written by recursion, up to a limit.
            stack_size: 8 << 20,
            outside: Arc::new(Nowhere),
            // A screen is far behind then; as many events again would take up 160 MB.
            backlog: 200_000,
        }
    }
}

/// How a run ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RunEnd {
    /// The program ended, with this exit status.
    Exited(i32),
    /// It was ended while all its threads waited forever.
    Stuck,
    /// It was ended while it could go on.
    Aborted,
    /// It had to go as it was recorded, and that became impossible: how.
    Parted(String),
    /// It could not go on, for a reason outside the program: there was no operating-system thread for it, or raddle
    /// itself has a defect.
    Failed(String),
}

/// What the workers of a run, its reader and its controls share.
pub(super) struct Inner {
    pub(super) image: Arc<Image>,
    pub(super) state: Mutex<State>,
    pub(super) post: Post,
    pub(super) lines: Lines,
    pub(super) spare: Arc<Spare>,
    pub(super) outside: Arc<dyn Outside>,
    abort: Arc<AtomicBool>,
    stack_size: usize,
    /// The workers that were not joined yet. A worker is added here before the worker that spawned it ends.
    handles: Mutex<Vec<JoinHandle<()>>>,
    /// How many of them are at work.
    at_work: Mutex<usize>,
    nobody_at_work: Condvar,
    /// Work on the state for the next thread that has it.
    errands: Mutex<Vec<Errand>>,
}

/// Work on the state.
pub(super) type Errand = Box<dyn FnOnce(&mut State) + Send>;

impl std::fmt::Debug for Inner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("<run>")
    }
}

impl Finals for Inner {
    fn final_attribute(&self, process: ProcessId, object: ObjectId, name: Symbol) -> Option<Value> {
        self.state.lock().shared.processes[process].final_attribute(&self.image, object, name)
    }
}

impl Inner {
    /// Whether the run is over: the workers are to end.
    pub(super) fn is_over(&self) -> bool {
        self.abort.load(Ordering::Relaxed)
    }

    /// What tells the workers that the run is over.
    pub(super) fn bell(&self) -> Arc<AtomicBool> {
        self.abort.clone()
    }

    /// The workers are to end, and the reader too.
    pub(super) fn abandon(&self) {
        self.abort.store(true, Ordering::Relaxed);
        self.post.send(Parcel { events: Vec::new(), notice: Some(Notice::Over { total: 0 }) });
    }

    /// A worker has nothing more to do.
    pub(super) fn left(&self) {
        let mut at_work = self.at_work.lock();
        *at_work -= 1;
        if *at_work == 0 {
            self.nobody_at_work.notify_all();
        }
    }

    /// Leaves work on the state to a separate thread: a native that works on shared data for a long time keeps the
    /// state all that time.
    pub(super) fn send_errand(self: &Arc<Self>, errand: Errand) {
        let mut errands = self.errands.lock();
        errands.push(errand);
        if errands.len() > 1 {
            return; // a thread is on its way already
        }
        drop(errands);
        let inner = self.clone();
        // If that thread cannot be spawned, the work waits for the next one.
        let _ = Builder::new().name("errand".to_owned()).spawn(move || inner.change(|_| ()));
    }

    /// Does the work on the state that was left.
    pub(super) fn run_errands(&self, state: &mut State) {
        for errand in std::mem::take(&mut *self.errands.lock()) {
            errand(state);
        }
    }

    /// Sends what there is.
    pub(super) fn flush(&self) {
        self.change(|_| ());
    }

    /// Likewise, if no thread keeps the state: for a thread that looks up from a long native, and may keep the state
    /// itself.
    pub(super) fn flush_if_free(&self) {
        if let Some(state) = self.state.try_lock() {
            self.change_it(state, |_| ());
        }
    }

    /// Does something to the state, then sends what came of it.
    pub(super) fn change<T>(&self, action: impl FnOnce(&mut State) -> T) -> T {
        self.change_it(self.state.lock(), action)
    }

    /// Likewise, for a thread that has the state.
    pub(super) fn change_it<T>(&self, mut state: MutexGuard<'_, State>, action: impl FnOnce(&mut State) -> T) -> T {
        self.run_errands(&mut state);
        let result = action(&mut state);
        let parcel = state.parcel();
        drop(state);
        self.post.send(parcel);
        result
    }

    /// Other breakpoints from now on.
    pub(super) fn set_breakpoints(&self, state: &mut State, breakpoints: &[Breakpoint]) {
        state.set_breakpoints(breakpoints);
        self.lines.set(lines_of(breakpoints));
    }

    /// Ends the run because of something outside the program.
    pub(super) fn fail(&self, message: String) {
        self.change(|state| state.finish(RunEnd::Failed(message)));
    }

    /// Spawns a worker for each of the threads. No lock may be held.
    pub(super) fn spawn_all(self: &Arc<Self>, threads: Vec<Thread>) {
        for thread in threads {
            let id = thread.id;
            if let Err(error) = self.spawn(thread) {
                self.fail(format!("cannot start an operating-system thread for {id}: {error}"));
                return;
            }
        }
    }

    fn spawn(self: &Arc<Self>, thread: Thread) -> io::Result<()> {
        let name = self.state.lock().shared.threads.get(thread.id.index()).map(|record| record.name.replace('\0', ""));
        let inner = self.clone();
        let builder = Builder::new().name(name.unwrap_or_default()).stack_size(self.stack_size);
        *self.at_work.lock() += 1;
        let handle = builder.spawn(move || worker::work(&inner, Box::new(thread))).inspect_err(|_| self.left())?;
        let mut handles = self.handles.lock();
        // Joins the ones that have ended first: an unjoined thread keeps its stack.
        let ended: Vec<_> = handles.extract_if(.., |handle| handle.is_finished()).collect();
        handles.push(handle);
        drop(handles);
        join(ended);
        Ok(())
    }

    /// Ends the run and waits for the workers, but no longer than that, twice. A single long call of a Rust library
    /// cannot be interrupted: a worker that is in one, or that waits for a state which another worker keeps, is left to
    /// a separate thread, which frees everything that the run had.
    fn shut_down(self: &Arc<Self>, limit: Duration) {
        self.abort.store(true, Ordering::Relaxed);
        if let Some(state) = self.state.try_lock_for(limit) {
            self.change_it(state, State::call_off);
            let mut at_work = self.at_work.lock();
            self.nobody_at_work.wait_while_for(&mut at_work, |at_work| *at_work > 0, limit);
            if *at_work == 0 {
                drop(at_work);
                self.join_all();
                return;
            }
        }
        let inner = self.clone();
        let _ = Builder::new().name("sweeper".to_owned()).spawn(move || {
            inner.change(State::call_off);
            inner.join_all();
        });
    }

    fn join_all(&self) {
        loop {
            let handles = std::mem::take(&mut *self.handles.lock());
            if handles.is_empty() {
                return;
            }
            join(handles);
        }
    }
}

/// The lines among the breakpoints.
fn lines_of(breakpoints: &[Breakpoint]) -> impl Iterator<Item = u32> {
    breakpoints.iter().filter_map(|breakpoint| match breakpoint {
        Breakpoint::Line(line) => Some(*line),
        _ => None,
    })
}

/// Waits for workers to end. A worker catches its panics, so there is nothing to learn from them.
fn join(handles: Vec<JoinHandle<()>>) {
    for handle in handles {
        let _ = handle.join();
    }
}

/// How a run begins.
enum Start {
    /// By its policy, which takes the run to have so many choices; `before` has decided until now.
    By { before: Kind, choices: u64 },
    /// By its tape.
    With(Box<Script>),
}

/// A program that runs. It owns the operating-system threads: when it is ended or dropped, they have ended too.
#[derive(Debug)]
pub struct Run {
    inner: Arc<Inner>,
    boot: Boot,
    events: Mutex<Option<EventStream>>,
    /// It was ended; no worker is waited for any longer.
    ended: bool,
}

impl Run {
    /// Starts a program.
    ///
    /// # Errors
    /// When the operating system has no thread for it.
    pub fn start(image: Arc<Image>, options: Options) -> io::Result<Run> {
        let boot = Boot { seed: options.seed, epoch: Clock::epoch(options.clock), memory: options.memory };
        let choices = options.policy.measure(|| Execution::new(image.clone(), boot), options.seed);
        let (shared, main) = machine::boot(&image, boot);
        Run::launch(image, boot, (shared, vec![main]), Start::By { before: Kind::Os, choices }, options)
    }

    /// Starts a recorded program again, and forces the tape onto its threads: they perform as they did in the
    /// recording. At the end of the tape the run is paused, unless it was over or stuck there. After it is resumed, or
    /// changed from outside before that, it goes on by itself, with the clock of the options and the policy that
    /// decided last.
    ///
    /// # Errors
    /// When the operating system has no thread for it; of the kind `InvalidData` when the tape cannot be read.
    pub fn force(image: Arc<Image>, boot: Boot, tape: Vec<Arc<[u8]>>, options: Options) -> io::Result<Run> {
        let script = Script::new(tape, options.clock).map_err(|it| io::Error::new(io::ErrorKind::InvalidData, it))?;
        let outside = Arc::new(ReadOnly(options.outside.clone()));
        let options = Options { policy: Kind::Os, faults: Vec::new(), outside, ..options };
        let (shared, main) = machine::boot(&image, boot);
        Run::launch(image, boot, (shared, vec![main]), Start::With(Box::new(script)), options)
    }

    /// Continues a run that came, from `boot`, to this moment: its threads become operating-system threads, as they
    /// are. Its events and its tape begin here. What it writes does not reach the disk.
    ///
    /// # Errors
    /// When the operating system has no threads for it.
    pub fn resume(from: Execution, boot: Boot, options: Options) -> io::Result<Run> {
        let image = from.image().clone();
        let options = Options { outside: Arc::new(ReadOnly(options.outside.clone())), ..options };
        let policy = from.policy().and_then(Kind::of_name).unwrap_or(Kind::Os);
        let choices = options.policy.measure(|| from.clone(), options.seed);
        Run::launch(image, boot, from.into_parts(), Start::By { before: policy, choices }, options)
    }

    fn launch(
        image: Arc<Image>,
        boot: Boot,
        (shared, threads): (Shared, Vec<Thread>),
        start: Start,
        options: Options,
    ) -> io::Result<Run> {
        let (sender, receiver) = crossbeam::channel::unbounded();
        let abort = Arc::new(AtomicBool::new(false));
        let spare = Arc::new(Spare::default());
        let events = shared.seq - shared.events.len() as u64;
        let choices = match start {
            Start::By { choices, .. } => choices,
            Start::With(_) => USUAL_CHOICES,
        };
        let mut state = State::new(shared, &image, &options, choices, abort.clone(), spare.clone());
        threads.iter().for_each(|thread| state.admit(thread.id));
        match start {
            Start::By { before, .. } => state.begin_with(before),
            Start::With(script) => state.begin_script(script),
        }
        let lines = Lines::default();
        lines.set(lines_of(&options.breakpoints));
        let inner = Arc::new(Inner {
            image,
            state: Mutex::new(state),
            post: Post::new(sender, options.backlog, events),
            spare,
            lines,
            outside: options.outside.clone(),
            abort,
            stack_size: options.stack_size,
            handles: Mutex::new(Vec::new()),
            at_work: Mutex::new(0),
            nobody_at_work: Condvar::new(),
            errands: Mutex::new(Vec::new()),
        });
        let events = Mutex::new(Some(EventStream::new(inner.clone(), receiver, events)));
        let run = Run { events, boot, inner, ended: false };
        if threads.is_empty() {
            run.inner.change(|state| state.follow()); // it was over already
        }
        for thread in threads {
            run.inner.spawn(thread)?;
        }
        Ok(run)
    }

    /// What the run started from. With that and its tape it can be replayed.
    pub fn boot(&self) -> Boot {
        self.boot
    }

    /// A handle to watch and steer the run.
    pub fn control(&self) -> Control {
        Control::new(self.inner.clone())
    }

    /// The events. There is one reader: a second call gives a stream that is at its end.
    pub fn events(&self) -> EventStream {
        self.events.lock().take().unwrap_or_else(EventStream::at_end)
    }

    /// Ends the run, if the program has not ended by itself, and waits for its operating-system threads: that takes as
    /// long as a slice of instructions, whatever the threads were doing. The only exception is a single long call of a
    /// Rust library, a product of huge integers say; it is waited for a few seconds at most.
    pub fn end(mut self) -> RunEnd {
        self.end_within(PATIENCE)
    }

    /// Likewise, for a caller that cannot wait: threads that do not end at once are left to themselves. They hold no
    /// lock that matters, and end as soon as they come back.
    pub fn leave(mut self) -> RunEnd {
        self.end_within(HASTE)
    }

    fn end_within(&mut self, limit: Duration) -> RunEnd {
        self.ended = true;
        self.inner.shut_down(limit);
        let state = self.inner.state.try_lock();
        state.and_then(|state| state.end().cloned()).unwrap_or(RunEnd::Aborted)
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        if !self.ended {
            self.inner.shut_down(PATIENCE);
        }
    }
}
