//! A way through the space, done once more by the machine: the run that it stands for, with its events.

use super::way::Way;
use crate::base::ThreadId;
use crate::event::{Event, EventKind};
use crate::machine::shared::Standing;
use crate::machine::strike::Strike;
use crate::machine::{Execution, Impossible, line_of};
use crate::schedule::tape::{Check, Close, Start, Tape};
use crate::schedule::{Alternative, Choice, Fault};
use std::collections::BTreeSet;
use std::sync::Arc;

/// So many steps a thread takes, at most, to look whether it has to wait again.
const LOOK: usize = 64;

/// A run that was played.
#[derive(Debug)]
pub struct Played {
    /// Where it led.
    pub run: Execution,
    /// What happened.
    pub events: Vec<Event>,
    /// The choices, as a tape has them.
    pub tape: Vec<Arc<[u8]>>,
    /// How often another thread went on than the one before, though that could have.
    pub switches: usize,
}

/// Where the steps lead.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ending {
    /// Nobody can go on then.
    Stuck,
    /// Somebody can go on then, or the program is over.
    Open,
    /// One of these: that is found out.
    Found,
}

/// Plays steps. If nobody can go on then, every thread attempts its operation, and so shows what it waits for.
///
/// # Errors
/// Which step the machine does not do.
pub fn play(start: Execution, steps: &[(ThreadId, Way)], ending: Ending) -> Result<Played, Impossible> {
    let mut played = Player::new(start);
    for (thread, way) in steps {
        played.take(*thread, *way)?;
    }
    let stuck = match ending {
        Ending::Stuck => true,
        Ending::Open => false,
        Ending::Found => played.is_stuck(),
    };
    if stuck {
        let threads = 0..played.run.shared().threads.len() as u32;
        for thread in threads.map(ThreadId) {
            let stands = played.run.thread(thread).is_some_and(|thread| thread.pending.is_some());
            let record = played.run.shared().record(thread);
            if stands && !record.frozen && record.waiting.is_none() && played.run.refuses(thread) {
                played.step(thread, Alternative::Go)?;
            }
        }
    }
    let over = played.run.shared().status().is_some();
    let stuck = stuck && played.run.enabled(0).is_empty();
    played.tape.close(match (over, stuck) {
        (true, _) => Close::Exited,
        (false, true) => Close::Stuck,
        (false, false) => Close::Aborted,
    });
    let Player { run, events, mut tape, switches, .. } = played;
    Ok(Played { run, events, tape: tape.fetch(), switches })
}

/// Plays steps one by one.
pub(super) struct Player {
    run: Execution,
    events: Vec<Event>,
    tape: Tape,
    switches: usize,
    last: Option<ThreadId>,
    /// Threads that compute for long, if not for ever.
    long: BTreeSet<ThreadId>,
}

impl Player {
    /// At a run's beginning.
    pub(super) fn new(start: Execution) -> Player {
        let (events, tape) = (Vec::new(), Tape::default());
        let mut player = Player { run: start, events, tape, switches: 0, last: None, long: BTreeSet::new() };
        for given in player.run.shared().outside.given() {
            let _ = player.tape.choice(&Choice::Given(given)); // of all choices only faults may have no text
        }
        // A fault may come first: it strikes a thread before its operation.
        player.look();
        player
    }

    /// The line in which the thread stands, if it is alive.
    pub(super) fn stands(&self, thread: ThreadId) -> Option<u32> {
        Some(line_of(self.run.thread(thread)?, self.run.image()))
    }

    /// Whether the thread can go on in that way, as far as it depends on others.
    pub(super) fn can(&self, thread: ThreadId, way: Way) -> bool {
        let standing = self.run.shared().standing(thread);
        match way {
            Way::Step(Alternative::Go) => standing == Standing::Ready && !self.run.refuses(thread),
            Way::Step(Alternative::TimeOut) => matches!(standing, Standing::TimedOut | Standing::Waiting(Some(_))),
            Way::Wake | Way::Struck(_) => true,
        }
    }

    /// Takes the step.
    pub(super) fn take(&mut self, thread: ThreadId, way: Way) -> Result<(), Impossible> {
        match way {
            Way::Step(alternative) => self.step(thread, alternative),
            Way::Wake => self.befall(thread, &Fault::Wake { thread }),
            Way::Struck(strike) => self.strike(thread, strike),
        }
    }

    /// Whether all that can be done is to wait.
    fn is_stuck(&mut self) -> bool {
        let choices = self.run.enabled(0);
        self.run.shared().status().is_none()
            && choices.iter().all(|choice| match choice {
                Choice::Step(thread, Alternative::Go) => self.run.refuses(*thread),
                _ => false,
            })
    }

    fn step(&mut self, thread: ThreadId, alternative: Alternative) -> Result<(), Impossible> {
        let could = |run: &Execution, last: ThreadId| {
            run.thread(last).is_some() && run.shared().record(last).waiting.is_none() && !run.refuses(last)
        };
        self.switches += usize::from(self.last.is_some_and(|last| last != thread && could(&self.run, last)));
        self.last = Some(thread);
        if alternative == Alternative::TimeOut
            && let Some(until) = self.run.shared().record(thread).waiting.as_ref().and_then(|waiting| waiting.until)
            && until > self.run.shared().now
        {
            self.run.set_clock(until)?;
        }
        self.go_to();
        self.run.choose(&Choice::Step(thread, alternative), &|| false)?;
        let line = self.run.shared().record(thread).line;
        self.tape.steps(thread, alternative, 1, Check::new(line, self.run.shared().seq));
        self.look();
        Ok(())
    }

    /// A fault, which concerns the thread.
    fn befall(&mut self, thread: ThreadId, fault: &Fault) -> Result<(), Impossible> {
        self.go_to();
        let fault = Choice::Fault(fault.clone());
        self.run.choose(&fault, &|| true)?;
        self.tape.choice(&fault).map_err(|_| Impossible::NotAlive(thread))?;
        self.look();
        Ok(())
    }

    /// A fault strikes the thread where it stands.
    fn strike(&mut self, thread: ThreadId, strike: Strike) -> Result<(), Impossible> {
        let shared = self.run.shared();
        let fault = self.run.thread(thread).and_then(|it| strike.fault(it, shared));
        self.befall(thread, &fault.ok_or(Impossible::NotAlive(thread))?)?;
        if strike.performs() { self.step(thread, Alternative::Go) } else { Ok(()) }
    }

    fn go_to(&mut self) {
        let shared = self.run.shared();
        self.tape.go_to(Start { clock: shared.now, events: shared.seq, step: shared.step });
    }

    /// Takes what happened, and asks where everybody stands now: `refuses` needs that.
    fn look(&mut self) {
        self.events.append(&mut self.run.take_events());
        if self.run.shared().status().is_some() {
            return;
        }
        let threads = self.run.shared().threads.len() as u32;
        for thread in (0..threads).map(ThreadId) {
            let goes_on = self.run.thread(thread).is_some() && !self.long.contains(&thread);
            if goes_on && !self.run.arrives_soon(thread) {
                self.long.insert(thread);
            }
        }
    }
}

/// Whether a thread that waits on a condition would look, if it were woken, and wait again: then it misses no notify.
pub(super) fn waits_again(run: &Execution, thread: ThreadId) -> bool {
    let mut player = Player::new(run.clone());
    let on = |player: &Player| player.run.shared().record(thread).waiting.as_ref().map(|waiting| waiting.on);
    let condition = on(&player);
    if player.take(thread, Way::Wake).is_err() {
        return false;
    }
    for _ in 0..LOOK {
        let goes = player.can(thread, Way::Step(Alternative::Go)) && player.step(thread, Alternative::Go).is_ok();
        if !goes {
            break;
        }
        if on(&player) == condition {
            return true;
        }
    }
    false
}

/// Whether a run has shown this kind of event.
pub fn shows(events: &[Event], is: impl Fn(&EventKind) -> bool) -> bool {
    events.iter().any(|event| is(&event.kind))
}
