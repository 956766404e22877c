//! A whole run as one value: what threads share, and every thread. Choices drive it, and nothing else does: the same ones
//! lead to the same state, with the same events.

use super::arrive::Patience;
use super::fault::Senseless;
use super::interpreter::lines::{Footing, advance_to_line};
use super::interpreter::{Pause, advance};
use super::perform::{AtHand, Boot, boot, perform};
use super::settle::Outcome;
use super::{fault, files, note};
use crate::base::{ObjectId, ProcessId, SafeText, ThreadId};
use crate::event::{Blocker, Event};
use crate::machine::memory::budget::Scale;
use crate::machine::memory::lookout;
use crate::machine::memory::object::Object;
use crate::machine::memory::thread::Thread;
use crate::machine::run::image::Image;
use crate::machine::run::operations;
use crate::machine::run::perform::line_of;
use crate::machine::sync::collect::report;
use crate::machine::sync::shared::Shared;
use crate::schedule::{Alternative, Choice};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

/// Turns of loops, calls and returns between two looks at whether to go on.
const SLICE: u32 = 100_000;
/// How far a thread goes on so that the person watching sees where it comes to.
const GLANCE: u32 = 20_000;
/// How often it may look up from natives on the way: some ten milliseconds.
const LOOKS: u32 = 200;

/// A run at one moment. A clone is cheap: objects are copied when one of the two changes them.
#[derive(Clone, Debug)]
pub struct Execution {
    image: Arc<Image>,
    shared: Shared,
    /// The threads that were started and are not over, by id.
    threads: Vec<Option<Thread>>,
    /// The policy that was set last; `None`: the operating system decides.
    policy: Option<Arc<str>>,
    /// The priorities that were set, by the threads' names.
    priorities: BTreeMap<Arc<str>, i32>,
}

/// Why a choice cannot be made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Impossible {
    /// There is no such thread, it was not started, or it is over.
    NotAlive(ThreadId),
    /// The thread cannot go on: it stands before this.
    Waits(ThreadId, Blocker),
    /// The thread cannot perform in this way: its limit is over, or is not.
    Otherwise(ThreadId, Alternative),
    /// The thread came to an operation before it had computed for so many turns.
    Operates(ThreadId, u64),
    /// There is no such thread, it is over, or it is held back already, or is not.
    NotHeld(ThreadId),
    /// The clock would go back.
    Past(u64),
    /// The fault makes no sense.
    Fault(Senseless),
    /// The caller did not want to wait any longer.
    Interrupted,
}

impl fmt::Display for Impossible {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Impossible::NotAlive(thread) => write!(f, "thread {thread} should perform, but it is not alive"),
            Impossible::Waits(thread, _) => write!(f, "thread {thread} should perform, but it cannot go on"),
            Impossible::Otherwise(thread, Alternative::TimeOut) => {
                write!(f, "thread {thread} should time out, but its limit is not over")
            }
            Impossible::Otherwise(thread, Alternative::Go) => {
                write!(f, "thread {thread} should perform, but it can only time out")
            }
            Impossible::Operates(thread, turns) => {
                write!(f, "thread {thread} should compute for {turns} turns, but it comes to an operation before that")
            }
            Impossible::NotHeld(thread) => write!(f, "thread {thread} should be held back or let go, but cannot be"),
            Impossible::Past(time) => write!(f, "the clock should say {time} ns, but that time has passed"),
            Impossible::Fault(why) => write!(f, "a fault should be injected, but {}", SafeText::new(&why.to_string())),
            Impossible::Interrupted => f.write_str("interrupted"),
        }
    }
}

impl std::error::Error for Impossible {}

impl Execution {
    /// The beginning of a run.
    pub fn new(image: Arc<Image>, from: Boot) -> Execution {
        let (shared, main) = boot(&image, from);
        Execution { image, shared, threads: vec![Some(main)], policy: None, priorities: BTreeMap::new() }
    }

    /// What threads share.
    pub fn shared(&self) -> &Shared {
        &self.shared
    }

    /// The program.
    pub fn image(&self) -> &Arc<Image> {
        &self.image
    }

    /// The name of the policy that was set last; `None`: the operating system decides.
    pub fn policy(&self) -> Option<&str> {
        self.policy.as_deref()
    }

    /// The priorities that were set since the start, by the threads' names.
    pub fn priorities(&self) -> &BTreeMap<Arc<str>, i32> {
        &self.priorities
    }

    /// The thread's own part, while it is alive.
    pub fn thread(&self, id: ThreadId) -> Option<&Thread> {
        self.threads.get(id.index())?.as_ref()
    }

    /// The threads that were started and are not over.
    pub(super) fn threads(&self) -> impl Iterator<Item = &Thread> {
        self.threads.iter().flatten()
    }

    /// The events since they were last taken.
    pub fn take_events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.shared.events)
    }

    /// What can happen next, by the threads' ids: a step of each that can perform. Each thread that can go on computes up to
    /// its next operation first. One that does not come to it in so many slices of 100,000 turns makes no step, unless
    /// something strikes it where it is.
    pub fn enabled(&mut self, slices: u32) -> Vec<Choice> {
        let Execution { image, shared, threads, .. } = self;
        if shared.status().is_some() {
            return Vec::new();
        }
        let mut enabled = Vec::new();
        let able: Vec<_> = shared.able(threads.iter().flatten().map(|thread| thread.id)).collect();
        for (id, alternative) in able {
            let Some(thread) = threads.get_mut(id.index()).and_then(Option::as_mut) else { continue };
            let at_hand = AtHand(shared, image);
            let stands = thread.pending.is_some();
            let arrives = stands || (0..slices).any(|_| advance(thread, image, &at_hand, SLICE) == Pause::Operation);
            if arrives {
                enabled.push(Choice::Step(thread.id, alternative));
            } else if shared.is_struck(thread.id) {
                enabled.push(Choice::Struck { thread: thread.id, turns: thread.turns });
            }
        }
        enabled
    }

    /// Whether the thread, which has come to an operation, would only be stopped by it: a blocking acquire, get, put or join
    /// that cannot go on now and has no limit. A search leaves such an attempt out, as it changes nothing.
    pub fn refuses(&self, id: ThreadId) -> bool {
        let pending = self.thread(id).and_then(|thread| thread.pending.as_ref());
        let is_first = self.shared.record(id).waiting.is_none() && !self.shared.is_struck(id);
        is_first && pending.is_some_and(|operation| operations::refuses(&self.shared, id, operation))
    }

    /// When the first limit of those that wait ends, in nanoseconds of the run's clock; `None` when there is none.
    pub fn next_limit(&self) -> Option<u64> {
        self.shared.next_limit(self.threads.iter().flatten().map(|thread| thread.id))
    }

    /// Makes a choice. `go_on` is asked now and then while a thread computes.
    ///
    /// # Errors
    /// Why it cannot be made.
    pub fn choose(&mut self, choice: &Choice, go_on: &dyn Fn() -> bool) -> Result<(), Impossible> {
        match choice {
            Choice::Clock(time) => self.set_clock(*time)?,
            Choice::Step(thread, alternative) => self.step(*thread, *alternative, go_on)?,
            Choice::Struck { thread, turns } => self.strike(*thread, *turns, go_on)?,
            Choice::Preempt(thread) => {
                self.alive(*thread)?;
                note::preempted(&mut self.shared, *thread);
            }
            Choice::Proceed(thread) => {
                self.alive(*thread)?;
                note::resumed(&mut self.shared, *thread);
            }
            Choice::Hold(thread) => self.hold(*thread, true)?,
            Choice::LetGo(thread) => self.hold(*thread, false)?,
            Choice::Policy(name) => {
                note::policy_set(&mut self.shared, name);
                self.policy = Some(name.clone());
            }
            Choice::Priority { name, priority } => {
                self.priorities.insert(name.clone(), *priority);
            }
            Choice::Fault(fault) => {
                fault::inject(&mut self.shared, fault).map_err(Impossible::Fault)?;
                self.drop_cut_off();
            }
            Choice::Report(thread) => self.report(*thread, go_on)?,
            Choice::Given(given) => {
                files::give(&mut self.shared, given);
                self.shared.woken.clear();
            }
        }
        Ok(())
    }

    /// A thread may be held back before it is started.
    fn hold(&mut self, thread: ThreadId, hold: bool) -> Result<(), Impossible> {
        if note::held(&mut self.shared, thread, hold) { Ok(()) } else { Err(Impossible::NotHeld(thread)) }
    }

    /// The clock says this from now on.
    ///
    /// # Errors
    /// When it would go back.
    pub fn set_clock(&mut self, time: u64) -> Result<(), Impossible> {
        if time < self.shared.now {
            return Err(Impossible::Past(time));
        }
        self.shared.now = time;
        Ok(())
    }

    /// The thread computes up to its next operation, and performs it. `go_on` is asked now and then while it computes.
    ///
    /// # Errors
    /// Why it cannot.
    pub fn step(&mut self, id: ThreadId, alternative: Alternative, go_on: &dyn Fn() -> bool) -> Result<(), Impossible> {
        self.expect(id, alternative)?;
        self.arrive(id, go_on)?;
        self.perform(id, alternative).map(drop)
    }

    /// The thread computes up to its next operation.
    fn arrive(&mut self, id: ThreadId, go_on: &dyn Fn() -> bool) -> Result<(), Impossible> {
        let Execution { image, shared, threads, .. } = self;
        let thread = threads.get_mut(id.index()).and_then(Option::as_mut).ok_or(Impossible::NotAlive(id))?;
        while advance(thread, image, &AtHand(shared, image), SLICE) == Pause::OutOfFuel {
            if !go_on() {
                return Err(Impossible::Interrupted);
            }
        }
        Ok(())
    }

    /// The thread computes up to its next operation, if that does not take long: whether it stands there. If not, it may be
    /// where it was.
    pub fn arrives_soon(&mut self, id: ThreadId) -> bool {
        let Execution { image, shared, threads, .. } = self;
        let Some(thread) = threads.get_mut(id.index()).and_then(Option::as_mut) else { return false };
        if thread.pending.is_none() {
            let stood = thread.clone();
            let patience = Patience::ENDURING;
            if patience.bear(|| patience.compute(thread, image, shared)).is_none() {
                *thread = stood;
            }
        }
        thread.pending.is_some()
    }

    /// The thread computes up to its next operation, and says there what it reaches.
    fn report(&mut self, id: ThreadId, go_on: &dyn Fn() -> bool) -> Result<(), Impossible> {
        self.alive(id)?;
        self.arrive(id, go_on)?;
        if let Some(Some(thread)) = self.threads.get(id.index()) {
            report(&mut self.shared, thread);
        }
        Ok(())
    }

    /// The thread computes for at most so many turns. `None`: it is not alive.
    pub fn advance(&mut self, id: ThreadId, fuel: u32) -> Option<Pause> {
        let Execution { image, shared, threads, .. } = self;
        let thread = threads.get_mut(id.index())?.as_mut()?;
        Some(advance(thread, image, &AtHand(shared, image), fuel))
    }

    /// Likewise, and it stops where it comes to one of these lines: then nothing is given.
    pub fn advance_to_line(
        &mut self,
        id: ThreadId,
        fuel: &mut u32,
        lines: &BTreeSet<u32>,
        footing: &mut Footing,
    ) -> Option<Pause> {
        let Execution { image, shared, threads, .. } = self;
        let thread = threads.get_mut(id.index())?.as_mut()?;
        advance_to_line(thread, image, &AtHand(shared, image), fuel, lines, footing)
    }

    /// The thread computes for so many turns, comes to no operation, and performs there: something from outside strikes it.
    ///
    /// # Errors
    /// Why it cannot.
    pub fn strike(&mut self, id: ThreadId, turns: u64, go_on: &dyn Fn() -> bool) -> Result<(), Impossible> {
        self.expect(id, Alternative::Go)?;
        let Execution { image, shared, threads, .. } = self;
        let thread = threads.get_mut(id.index()).and_then(Option::as_mut).ok_or(Impossible::NotAlive(id))?;
        while thread.turns < turns {
            let slice = (turns - thread.turns).min(u64::from(SLICE)) as u32;
            if advance(thread, image, &AtHand(shared, image), slice) == Pause::Operation {
                return Err(Impossible::Operates(id, turns));
            }
            if !go_on() {
                return Err(Impossible::Interrupted);
            }
        }
        self.perform(id, Alternative::Go).map(drop)
    }

    /// Whether the thread can perform in that way.
    fn expect(&self, id: ThreadId, alternative: Alternative) -> Result<(), Impossible> {
        self.alive(id)?;
        match self.shared.standing(id).alternative() {
            Some(possible) if possible == alternative => Ok(()),
            Some(_) => Err(Impossible::Otherwise(id, alternative)),
            None => {
                let waiting = self.shared.record(id).waiting.as_ref();
                Err(Impossible::Waits(id, waiting.map_or(Blocker::Frozen, |waiting| waiting.on)))
            }
        }
    }

    /// The thread performs the operation that it has come to, or, where something strikes it, what it is struck with.
    ///
    /// # Errors
    /// When it is not alive.
    pub fn perform(&mut self, id: ThreadId, alternative: Alternative) -> Result<Outcome, Impossible> {
        let Execution { image, shared, threads, .. } = self;
        let slot = threads.get_mut(id.index()).ok_or(Impossible::NotAlive(id))?;
        let outcome = perform(shared, slot.as_mut().ok_or(Impossible::NotAlive(id))?, image, alternative);
        files::forget_changes(shared);
        if shared.record(id).is_over() {
            *slot = None;
        }
        for started in shared.started.drain(..) {
            let index = started.id.index();
            if threads.len() <= index {
                threads.resize_with(index + 1, || None);
            }
            threads[index] = Some(started);
        }
        self.drop_cut_off();
        Ok(outcome)
    }

    /// What the end of their process has cut off is no longer there.
    fn drop_cut_off(&mut self) {
        let Execution { shared, threads, .. } = self;
        for woken in std::mem::take(&mut shared.woken) {
            if let Some(slot) = threads.get_mut(woken.index())
                && shared.record(woken).is_over()
            {
                *slot = None;
            }
        }
    }

    fn alive(&self, id: ThreadId) -> Result<(), Impossible> {
        if self.shared.status().is_some() || self.thread(id).is_none() {
            return Err(Impossible::NotAlive(id));
        }
        Ok(())
    }

    /// The same moment, to be looked at: every thread has computed on to its next operation, unless that is far away.
    /// It must not be driven further.
    pub fn at_gate(&self) -> Execution {
        self.seen(None, &BTreeSet::new())
    }

    /// Likewise, but the thread has only come to the first of these lines on its way.
    pub fn at_line(&self, stopped: ThreadId, lines: &BTreeSet<u32>) -> Execution {
        self.seen(Some(stopped), lines)
    }

    fn seen(&self, stopped: Option<ThreadId>, lines: &BTreeSet<u32>) -> Execution {
        let mut seen = self.clone();
        for (place, before) in seen.threads.iter_mut().zip(&self.threads) {
            let Some(thread) = place else { continue };
            let looked = lookout::within(LOOKS, || {
                if stopped == Some(thread.id) {
                    self.walk(thread, lines);
                } else {
                    // How far it comes matters only to the person watching.
                    let _ = advance(thread, &self.image, &AtHand(&self.shared, &self.image), GLANCE);
                }
            });
            if looked.is_none() {
                place.clone_from(before);
            }
        }
        seen
    }

    /// Which of these lines the thread comes to first, on its way to its next operation; `None`, too, when that is far away.
    pub fn comes_to(&self, id: ThreadId, lines: &BTreeSet<u32>) -> Option<u32> {
        let mut thread = self.thread(id)?.clone();
        lookout::within(LOOKS, || self.walk(&mut thread, lines))?.then(|| line_of(&thread, &self.image))
    }

    /// Whether the thread has come to one of the lines.
    fn walk(&self, thread: &mut Thread, lines: &BTreeSet<u32>) -> bool {
        let (mut fuel, mut footing) = (GLANCE, Footing::default());
        let at_hand = AtHand(&self.shared, &self.image);
        advance_to_line(thread, &self.image, &at_hand, &mut fuel, lines, &mut footing).is_none()
    }

    /// Drops all shared objects that no thread reaches, whether there are many or not.
    pub fn collect(&mut self) {
        self.shared.processes.iter_mut().for_each(|(_, process)| process.heap.want_collection());
        for thread in self.threads.iter().flatten() {
            report(&mut self.shared, thread);
        }
    }

    /// How much it takes up, in bytes, beside what it has in common with another moment of the same run.
    pub fn apart(&self, other: &Execution) -> u64 {
        let mut scale = Scale::default();
        let mut weigh = |process: ProcessId, (id, object): (ObjectId, &Object)| {
            if !other.find(process, id).is_some_and(|(their, _)| std::ptr::eq(their, object)) {
                scale.object(object);
            }
        };
        for (id, process) in self.shared.processes.iter() {
            process.heap.objects().for_each(|object| weigh(id, object));
        }
        for thread in self.threads() {
            thread.heap.objects().for_each(|object| weigh(thread.process, object));
        }
        scale.total()
    }

    /// The parts, to go on with them on real threads.
    pub fn into_parts(self) -> (Shared, Vec<Thread>) {
        (self.shared, self.threads.into_iter().flatten().collect())
    }
}

#[cfg(test)]
mod tests;
