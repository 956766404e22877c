//! A run without threads of the operating system: it owns the machine's whole run, and takes turns when it is asked.
//!
//! The rules are those of the live engine with the virtual clock, so where threads take turns its events and its tape are
//! the engine's, for the same program, policy and seed (`tests/driven.rs`). Under the policy `os`, where the engine leaves
//! the choice to the operating system, the thread that has waited longest goes. Time that a person sees goes by frames:
//! a screen asks for events once a frame.

mod clock;
mod reports;
mod session;
mod steering;
mod time;
mod turns;

use super::Loaded;
use super::past::{Fork, Replay};
use crate::base::ThreadId;
use crate::event::{Breakpoint, Breakpoints, Called, Strike};
use crate::history::History;
use crate::machine::shared::Shared;
use crate::machine::{Boot, Execution, Footing, Image, Impossible, Looks, budget};
use crate::policy::{Kind, Policy, Priorities, Sides};
use crate::schedule::tape::{Close, Start, Tape};
use crate::schedule::{Choice, Speed};
use clock::Clock;

use std::collections::BTreeSet;
use std::sync::Arc;

/// How a driven run starts.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What decides which thread goes next.
    pub policy: Kind,
    /// The threads' priorities, for the policy that uses them.
    pub priorities: Priorities,
    /// Where the program's random numbers start, and the policy's.
    pub seed: u64,
    /// How fast it goes.
    pub speed: Speed,
    /// It starts paused.
    pub paused: bool,
    /// It stops at these.
    pub breakpoints: Vec<Breakpoint>,
    /// How much memory the program may have, in bytes.
    pub memory: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            policy: Kind::RoundRobin,
            priorities: Priorities::default(),
            seed: 0,
            speed: Speed::Times(1.0),
            paused: false,
            breakpoints: Vec::new(),
            memory: budget::DEFAULT,
        }
    }
}

/// A run that is driven from outside. Nothing of it goes on by itself.
pub struct Driven {
    execution: Execution,
    settings: Settings,
    /// The lines at which a thread can stand.
    lines: BTreeSet<u32>,
    /// The threads that were started and are not over, by id.
    walkers: Vec<Option<Walker>>,
    /// What decides; `None` where all may go.
    decider: Option<Box<dyn Policy>>,
    /// The thread that has the turn.
    turn: Option<ThreadId>,
    /// Who went last, and how far each process is.
    sides: Sides,
    stride: Option<Stride>,
    clock: Clock,
    looks: Looks,
    tape: Tape,
    /// Its whole blocks.
    blocks: Vec<Arc<[u8]>>,
    past: Replay,
    breakpoints: Breakpoints,
    /// The lines among them.
    stops: BTreeSet<u32>,
    /// The next event to look at.
    next: u64,
    /// How often a breakpoint was met, and what stopped the run, until it goes on.
    strikes: u64,
    strike: Option<Strike>,
    /// All threads that are left wait without a deadline.
    stuck: bool,
    over: bool,
}

/// A started thread.
#[derive(Debug)]
struct Walker {
    stand: Stand,
    /// What it may do although the run is paused.
    permit: Option<Permit>,
    /// How many operations the run had performed after its last one.
    moved: u64,
    /// Where threads take turns: it has not run since it was started or preempted.
    ready: bool,
    footing: Footing,
}

/// Where a thread stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stand {
    /// It computes.
    Moving,
    /// It has come to this line, at which the run stops.
    Line(u32),
    /// It computes for long, and looks up.
    Rest,
    /// Something strikes it where it computes, after so many turns.
    Struck(u64),
    /// Before an operation.
    Operation,
}

/// What a step of a thread allows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Permit {
    /// So many operations.
    Operations(u32),
    /// Operations as long as the thread stands on this line (`None`: the one where it is found).
    Line(Option<u32>),
}

/// What a step that names no thread allows: the turns are the same as without a pause.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stride {
    /// Operations until there have been so many in the run.
    Operations(u64),
    /// Operations as long as this thread, the first to go, stands on this line.
    Line(Option<(ThreadId, u32)>),
}

impl Settings {
    /// As a scenario says about itself.
    pub fn of(loaded: &Loaded) -> Settings {
        let metadata = &loaded.metadata;
        let inherited = metadata.inheritance.unwrap_or(true);
        Settings {
            policy: loaded.policy(None),
            priorities: Priorities { by_name: metadata.priorities.clone(), inherited },
            speed: metadata.speed.unwrap_or(Speed::Times(1.0)),
            ..Settings::default()
        }
    }
}

impl Driven {
    /// Starts a program.
    pub fn start(image: Arc<Image>, settings: Settings) -> Driven {
        let boot = Boot { seed: settings.seed, epoch: clock::EPOCH, memory: settings.memory };
        let history = History::new(image.clone(), boot);
        Driven::of(Execution::new(image, boot), history, Kind::Os, Called::default(), settings)
    }

    /// A run, paused, that goes on from a moment of another one, with the policy and the priorities of that moment.
    pub fn branch(fork: Fork, settings: Settings) -> Driven {
        let Fork { execution, history, policy, priorities, called } = fork;
        let settings = Settings { policy, priorities, paused: true, ..settings };
        Driven::of(execution, history, policy, called, settings)
    }

    /// The run from a moment on, until which `before` has decided.
    fn of(execution: Execution, history: History, before: Kind, called: Called, settings: Settings) -> Driven {
        let Settings { policy, seed, priorities, breakpoints, .. } = &settings;
        let choices = policy.measure(|| execution.clone(), *seed);
        let reason = "raddle has a defect".to_owned();
        let breakpoints_now = Breakpoints::among(breakpoints.iter().cloned(), called);
        let mut run = Driven {
            lines: execution.image().program.lines(),
            walkers: Vec::new(),
            decider: policy.start(*seed, choices),
            turn: None,
            sides: Sides::default(),
            stride: None,
            clock: Clock::default(),
            looks: Looks::default(),
            tape: Tape::default(),
            blocks: Vec::new(),
            past: Replay::new(history, reason, priorities.clone(), breakpoints),
            stops: breakpoints_now.lines().collect(),
            breakpoints: breakpoints_now,
            next: execution.shared().seq,
            strikes: 0,
            strike: None,
            stuck: false,
            over: execution.shared().status().is_some(),
            settings,
            execution,
        };
        run.admit();
        if before != run.settings.policy {
            run.note_policy();
        }
        run.settle();
        run
    }

    /// Whether all threads that are left wait without a deadline.
    pub fn is_stuck(&self) -> bool {
        self.stuck
    }

    fn shared(&self) -> &Shared {
        self.execution.shared()
    }

    /// Whether threads do not take turns.
    fn all_go(&self) -> bool {
        self.decider.is_none()
    }

    fn walker(&self, thread: ThreadId) -> Option<&Walker> {
        self.walkers.get(thread.index())?.as_ref()
    }

    fn walker_mut(&mut self, thread: ThreadId) -> Option<&mut Walker> {
        self.walkers.get_mut(thread.index())?.as_mut()
    }

    /// The started threads that are not over, by id.
    fn alive(&self) -> impl Iterator<Item = (ThreadId, &Walker)> {
        (0..).map(ThreadId).zip(&self.walkers).filter_map(|(thread, walker)| Some((thread, walker.as_ref()?)))
    }

    fn is_waiting(&self, thread: ThreadId) -> bool {
        self.shared().standing(thread).alternative().is_none()
    }

    /// Threads that the end of their process has ended are gone.
    fn drop_cut_off(&mut self) {
        if self.shared().processes.are_several() {
            let Driven { walkers, execution, .. } = self;
            for (walker, thread) in walkers.iter_mut().zip((0..).map(ThreadId)) {
                walker.take_if(|_| execution.thread(thread).is_none());
            }
        }
    }

    /// Takes over the threads that were started since.
    fn admit(&mut self) {
        let (moved, ready) = (self.shared().step, !self.all_go());
        for thread in (0..self.shared().threads.len() as u32).map(ThreadId) {
            if self.walkers.len() <= thread.index() {
                self.walkers.push(None);
            }
            if self.execution.thread(thread).is_some() && self.walker(thread).is_none() {
                let (stand, permit, footing) = (Stand::Moving, None, Footing::default());
                self.walkers[thread.index()] = Some(Walker { stand, permit, moved, ready, footing });
            }
        }
    }

    // What is recorded.

    /// What is recorded next happens here.
    fn record_here(&mut self) {
        let Shared { now: clock, seq: events, step, .. } = *self.execution.shared();
        self.tape.go_to(Start { clock, events, step });
    }

    /// Makes a choice that is no step, and records it.
    ///
    /// # Errors
    /// When it makes no sense now, or has been made and cannot be recorded.
    fn choose(&mut self, choice: &Choice) -> Result<(), String> {
        self.record_here();
        self.execution.choose(choice, &|| false).map_err(|why| match why {
            Impossible::Fault(why) => why.to_string(), // in a live run's words
            why => why.to_string(),
        })?;
        self.tape.choice(choice).map_err(|why| why.to_string())
    }

    /// Likewise, where it cannot fail, or nothing happens if it does: what it is about is gone.
    fn note(&mut self, choice: &Choice) -> bool {
        self.choose(choice).is_ok()
    }

    fn note_policy(&mut self) {
        self.note(&Choice::Policy(self.settings.policy.name().into()));
    }

    /// The run is over.
    fn finish(&mut self, how: Close) {
        if !self.over {
            self.over = true;
            self.tape.close(how);
        }
    }
}
