//! Whether a program can go wrong: a search beside a run, and what it has found.
//!
//! Where there are threads, the search has one for itself, and the screen goes on meanwhile. Otherwise it is done at once,
//! within narrow limits.

use super::findings::{Findings, Solved};
use super::played::Onward;
use crate::check::bounds::{Bound, Size, Stop};
use crate::check::forecast::Forecast;
use crate::check::replay::{self, Ending};
use crate::check::search::Options;
use crate::check::verdict::{self, Defect};
use crate::lang::influence;
use crate::machine::{Boot, Execution, Image};
use crate::policy::Priorities;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};

/// The most states of a search that is done at once.
const AT_ONCE: usize = 20_000;
/// The most states of which it is worked out what may come of them.
const FORESEEN: usize = 200_000;
/// So many states are expanded between two looks at the memory, unless much comes at once: so many bytes.
#[cfg(feature = "live")]
const LOOKS: usize = 256;
#[cfg(feature = "live")]
const MUCH: usize = 1 << 20;

/// What a run that is found starts from.
pub(super) struct Source {
    pub(super) image: Arc<Image>,
    pub(super) boot: Boot,
    /// The tape up to the moment from which the search goes on.
    pub(super) before: Vec<Arc<[u8]>>,
    /// How many steps there had been then.
    pub(super) from: u64,
    pub(super) priorities: Priorities,
    /// Starts the run that goes on from a moment of what was found.
    pub(super) onward: Rc<Onward>,
}

/// Where a search is done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Where {
    /// On a thread of its own, if there are threads.
    Aside,
    /// Here, at once.
    Here,
}

/// The question, until it is answered. Dropping it ends the search.
pub struct Inquiry {
    state: Arc<State>,
    answers: Receiver<Result<Box<Solved>, String>>,
    source: Option<Source>,
}

/// How far a search is.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Progress {
    /// How many states it keeps.
    pub states: usize,
    /// How many steps it has taken.
    pub steps: usize,
    /// How many steps from the beginning it is.
    pub depth: usize,
    /// How often it was begun.
    pub round: usize,
    /// How long it has taken, in milliseconds.
    pub millis: u64,
    /// It is through, and what may come of each moment is worked out.
    pub foresees: bool,
}

/// What both sides know.
#[derive(Debug, Default)]
struct State {
    stop: AtomicBool,
    states: AtomicUsize,
    steps: AtomicUsize,
    depth: AtomicUsize,
    round: AtomicUsize,
    millis: AtomicU64,
    foresees: AtomicBool,
}

impl Inquiry {
    /// Asks whether the program can go wrong, from there on.
    ///
    /// # Errors
    /// When there is no thread for it.
    pub(super) fn begin(start: Execution, source: Source, place: Where) -> Result<Inquiry, String> {
        let state = Arc::<State>::default();
        let (sender, answers) = channel();
        let job = Job { state: state.clone(), sender, start };
        match place {
            #[cfg(feature = "live")]
            Where::Aside => {
                crate::engine::aside("check", move || job.run_aside())
                    .map_err(|error| format!("no thread for the search: {error}"))?;
            }
            #[cfg(not(feature = "live"))]
            Where::Aside => job.run_here(),
            Where::Here => job.run_here(),
        }
        Ok(Inquiry { state, answers, source: Some(source) })
    }

    /// How far the search is.
    pub fn progress(&self) -> Progress {
        let State { states, steps, depth, round, millis, foresees, .. } = &*self.state;
        let number = |it: &AtomicUsize| it.load(Ordering::Relaxed);
        Progress {
            states: number(states),
            steps: number(steps),
            depth: number(depth),
            round: number(round),
            millis: millis.load(Ordering::Relaxed),
            foresees: foresees.load(Ordering::Relaxed),
        }
    }

    /// Ends the search: its answer is what it knows by then.
    pub fn stop(&self) {
        self.state.stop.store(true, Ordering::Relaxed);
    }

    /// What was found, once it is; it is given once.
    pub fn answer(&mut self) -> Option<Result<Findings, String>> {
        let answer = match self.answers.try_recv() {
            Ok(answer) => answer,
            Err(TryRecvError::Empty) => return None,
            Err(TryRecvError::Disconnected) => Err("the search has failed: raddle has a defect".to_owned()),
        };
        let source = self.source.take()?;
        Some(answer.map(|solved| Findings::of(*solved, source)))
    }
}

impl Drop for Inquiry {
    fn drop(&mut self) {
        self.stop();
    }
}

impl State {
    fn note(&self, size: Size) {
        let Size { states, steps, depth, round, growth: _ } = size;
        for (place, number) in
            [(&self.states, states), (&self.steps, steps), (&self.depth, depth), (&self.round, round)]
        {
            place.store(number, Ordering::Relaxed);
        }
    }
}

/// The search, wherever it is done.
struct Job {
    state: Arc<State>,
    sender: Sender<Result<Box<Solved>, String>>,
    start: Execution,
}

impl Job {
    fn run_here(self) {
        self.run(AT_ONCE, &|_| None);
    }

    #[cfg(feature = "live")]
    fn run_aside(self) {
        use crate::check::bounds::{MEMORY, STATES};
        let clock = crate::engine::Stopwatch::start();
        let state = self.state.clone();
        let looks = std::cell::Cell::new(0);
        self.run(STATES as usize, &|size| {
            state.millis.store(clock.elapsed().as_millis() as u64, Ordering::Relaxed);
            looks.set(looks.get() + 1);
            if looks.get() < LOOKS && size.growth < MUCH {
                return None;
            }
            looks.set(0);
            let after = crate::engine::resident().map(|now| now.saturating_add(size.growth as u64));
            after.is_some_and(|after| after > MEMORY).then_some(Bound::Memory)
        });
    }

    fn run(self, most: usize, limits: Stop<'_>) {
        let Job { state, sender, start } = self;
        let stopped = || state.stop.load(Ordering::Relaxed).then_some(Bound::Interrupted);
        let options = Options::usual(most);
        let searched = verdict::check_and_keep(
            &start,
            options,
            false,
            &|size| {
                state.note(size);
                stopped().or_else(|| limits(size))
            },
            &|lines| influence::decides(&start.image().program.source, lines),
        );
        let solved = searched.map(|(answer, search)| {
            state.foresees.store(true, Ordering::Relaxed);
            let most = FORESEEN.min(most);
            let forecast = Forecast::of(search, &answer.defects, most, &|size| stopped().or_else(|| limits(size)));
            let rounds = answer.defects.iter().map(|defect| round(&start, defect)).collect();
            Box::new(Solved { answer, forecast, rounds, millis: state.millis.load(Ordering::Relaxed) })
        });
        // If nobody listens any more, nobody wants to know.
        drop(sender.send(solved.map_err(|error| format!("the search and the machine differ: {error}"))));
    }
}

/// After how many events the part of the way begins that goes on for ever.
fn round(start: &Execution, defect: &Defect) -> Option<u64> {
    let lead = defect.steps.len().checked_sub(defect.cycle).filter(|_| defect.cycle > 0)?;
    let played = replay::play(start.clone(), &defect.steps[..lead], Ending::Open).ok()?;
    Some(played.run.shared().seq)
}
