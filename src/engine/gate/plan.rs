//! Faults that were planned before the run: each is injected once its moment has come, as soon as it makes sense.
//!
//! Whether a moment has come depends on the state alone. Under a policy that lets one thread go at a time the plan is
//! looked at whenever nobody moves, so that the same run always meets the same faults.
//!
//! It is looked at only when what it waits for can have changed: at a step, at a time, when a thread has come to a line,
//! after an event that may let a fault make sense. As long as none of these can come unseen, threads sail up to the next.
//!
//! A plan remembers when it learned what it knows, so that a run which branches off from this one at an earlier moment
//! takes it over as it stood then.

use super::State;
use crate::base::sources::Bare;
use crate::base::{Names, ObjectId, SafeText, ThreadId, nearest};
use crate::engine::run::Options;
use crate::event::{Event, EventKind, ObjectKind};
use crate::machine::object::Object;
use crate::machine::shared::{Lurking, Shared};
use crate::schedule::{Fault, FaultPlan, Name, When, seconds};
use std::sync::Arc;

/// The planned faults, and what they have to know of the run.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    items: Vec<Item>,
    /// How many of them were not injected yet.
    open: usize,
    /// What threads and objects are called on the screen, the latest last.
    threads: Vec<(Arc<str>, ThreadId)>,
    objects: Vec<(Arc<str>, ObjectId, ObjectKind)>,
    names: Names,
    /// The event that is the next to learn names from.
    next: u64,
    /// The events from which names were learned.
    told: Vec<Event>,
    /// What each thread has performed.
    operations: Vec<Performed>,
    /// How many operations of a thread matter to an item.
    counted: u64,
    next_look: NextLook,
}

/// What can let a fault strike that has not, as far as it was known when the plan was last looked at.
#[derive(Clone, Debug, Default)]
struct NextLook {
    /// That there have been so many steps; 0: it is to be looked at at once.
    step: u64,
    /// That the clock says this.
    time: Option<u64>,
    /// That a thread comes to a line.
    lines: bool,
    /// That something happens.
    events: bool,
    /// Even that a thread takes a lock.
    locks: bool,
}

#[derive(Clone, Debug)]
struct Item {
    plan: FaultPlan,
    /// How many events there were when a thread came to the line.
    reached: Option<u64>,
    fate: Fate,
}

/// The operations that a thread has performed.
#[derive(Clone, Debug, Default)]
struct Performed {
    count: u64,
    /// How many events there were after each of the first ones, as far as they matter.
    events: Vec<u64>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Fate {
    /// Its moment has not come.
    Early,
    /// Its moment has come, but it makes no sense yet: why.
    Due(String),
    /// It was injected, after so many events.
    Injected(Fault, u64),
}

impl Plan {
    pub(super) fn new(plans: &[FaultPlan]) -> Self {
        Plan::of(plans.iter().map(|plan| Item { plan: plan.clone(), reached: None, fate: Fate::Early }).collect())
    }

    /// The plan as it stood when there had been so many events.
    pub(super) fn at(&self, events: u64) -> Self {
        let item = |item: &Item| {
            let fate = match &item.fate {
                Fate::Injected(_, since) if *since < events => item.fate.clone(),
                _ => Fate::Early,
            };
            Item { plan: item.plan.clone(), reached: item.reached.filter(|since| *since < events), fate }
        };
        let mut plan = Plan::of(self.items.iter().map(item).collect());
        self.told.iter().filter(|event| event.seq < events).for_each(|event| _ = plan.learn(event));
        plan.next = events;
        plan.look_soon();
        let until = |all: &Performed| {
            let count = all.events.partition_point(|after| *after <= events);
            Performed { count: count as u64, events: all.events[..count].to_vec() }
        };
        plan.operations = self.operations.iter().map(until).collect();
        plan
    }

    fn of(items: Vec<Item>) -> Self {
        let mut names = Names::default();
        let main = names.unique("main");
        let mut plan = Plan {
            open: items.iter().filter(|item| !matches!(item.fate, Fate::Injected(..))).count(),
            counted: items.iter().map(Item::counted).max().unwrap_or(0),
            items,
            threads: vec![(main, ThreadId::MAIN)],
            names,
            ..Plan::default()
        };
        plan.looked(0);
        plan.look_soon();
        plan
    }

    /// Whether a fault is still to come.
    pub(super) fn is_open(&self) -> bool {
        self.open > 0
    }

    /// It is to be looked at as soon as possible.
    pub(super) fn look_soon(&mut self) {
        self.next_look.step = 0;
    }

    /// Whether nothing has come since it was last looked at that could let a fault strike.
    pub(super) fn rests(&self, shared: &Shared) -> bool {
        let NextLook { step, time, .. } = self.next_look;
        !self.is_open() || (shared.step < step && time.is_none_or(|time| shared.now < time))
    }

    /// Whether a thread that sails might pass a moment unseen.
    pub(super) fn bars_sailing(&self) -> bool {
        self.is_open() && (self.next_look.lines || self.next_look.locks)
    }

    /// Whether it is to be told where threads come to.
    pub(super) fn awaits_lines(&self) -> bool {
        self.is_open() && self.next_look.lines
    }

    /// How many operations there may be before it is to be looked at.
    pub(super) fn room(&self, shared: &Shared) -> u64 {
        if self.is_open() { self.next_look.step.saturating_sub(shared.step) } else { u64::MAX }
    }

    /// It was looked at after so many steps: works out when that is worth while again.
    fn looked(&mut self, steps: u64) {
        let mut next = NextLook { step: u64::MAX, ..NextLook::default() };
        for item in self.items.iter().filter(|item| !matches!(item.fate, Fate::Injected(..))) {
            match (&item.fate, item.plan.when) {
                (Fate::Due(_), _) => {
                    next.events = true;
                    let is_known = |name: &Name| self.objects.iter().any(|(known, ..)| *known == *name);
                    next.locks |= matches!(&item.plan.fault, Fault::TakeLock { lock } if is_known(lock));
                }
                (_, When::Soon) => {}
                (_, When::Step(step)) => next.step = next.step.min(step),
                // Until a thread has that name it performs nothing; a new name is looked at at once.
                (_, When::Operation(count))
                    if item.plan.fault.thread().is_some_and(|name| self.thread(name).is_ok()) =>
                {
                    let left = count.saturating_sub(self.performed(item));
                    next.step = next.step.min(steps.saturating_add(left));
                }
                (_, When::Operation(_)) => {}
                (_, When::Line(_)) => next.lines = true,
                (_, When::Time(time)) => next.time = Some(next.time.map_or(time, |next| next.min(time))),
            }
        }
        self.next_look = next;
    }

    /// Learns from the last `done` operations that `me` has performed to their end. Several of them made one event each.
    pub(super) fn follow(&mut self, shared: &Shared, me: ThreadId, done: u64) {
        if !self.is_open() {
            return;
        }
        if self.operations.len() <= me.index() {
            self.operations.resize_with(me.index() + 1, Performed::default);
        }
        let performed = &mut self.operations[me.index()];
        let counted = done.min(self.counted.saturating_sub(performed.count));
        performed.events.extend((0..counted).map(|it| shared.seq - (done - 1 - it)));
        performed.count += done;
        // What was sent already was seen before that.
        let first = shared.seq - shared.events.len() as u64;
        let fresh = self.next.saturating_sub(first) as usize;
        // One that was struck while it computed may have had no step of its own.
        let count = performed.count;
        let mut tells = counted > 0 && self.items.iter().any(|item| item.plan.when == When::Operation(count));
        for event in shared.events.iter().skip(fresh) {
            tells |= self.learn(event) || self.tells(&event.kind);
        }
        self.next = shared.seq;
        if tells {
            self.look_soon();
        }
    }

    /// Whether a fault that made no sense may make sense after that event.
    fn tells(&self, kind: &EventKind) -> bool {
        match kind {
            EventKind::Read { .. } | EventKind::Wrote { .. } | EventKind::Released { .. } => false,
            EventKind::Acquired { .. } => self.next_look.locks,
            _ => self.next_look.events,
        }
    }

    /// Takes in a name, if the event tells one.
    fn learn(&mut self, event: &Event) -> bool {
        match &event.kind {
            EventKind::ThreadCreated { new, name, .. } => {
                let name = self.names.unique(name);
                self.threads.push((name, *new));
            }
            EventKind::ThreadRenamed { target, name } => {
                let name = self.names.unique(name);
                for (old, _) in self.threads.iter_mut().filter(|(_, thread)| thread == target) {
                    let old = std::mem::replace(old, name.clone());
                    self.names.remove(&old);
                }
            }
            EventKind::ObjectShown { object, what, name, .. } => {
                let name = self.names.unique(name);
                self.objects.push((name, *object, *what));
            }
            _ => return false,
        }
        self.told.push(event.clone());
        true
    }

    /// `me` stands before an operation on this line, after so many events.
    pub(super) fn arrive(&mut self, me: ThreadId, line: u32, events: u64) {
        let Plan { items, threads, next_look, .. } = self;
        let mine = |name: &str| thread_of(threads, name) == Ok(me);
        for item in items.iter_mut().filter(|item| item.plan.when == When::Line(line) && item.reached.is_none()) {
            if item.plan.fault.thread().is_none_or(|name| mine(name)) {
                item.reached = Some(events);
                next_look.step = 0;
            }
        }
    }

    /// The next time at which a moment comes.
    pub(super) fn next_time(&self, now: u64) -> Option<u64> {
        self.next_look.time.filter(|time| self.is_open() && *time > now)
    }

    /// Whether the item's moment has come.
    fn is_due(&self, item: &Item, shared: &Shared) -> bool {
        match item.plan.when {
            When::Soon => true,
            When::Step(step) => shared.step >= step,
            When::Operation(count) => self.performed(item) >= count,
            When::Line(_) => item.reached.is_some(),
            When::Time(time) => shared.now >= time,
        }
    }

    /// How many operations the thread that the item strikes has performed.
    fn performed(&self, item: &Item) -> u64 {
        let thread = item.plan.fault.thread().and_then(|name| self.thread(name).ok());
        thread.and_then(|thread| self.operations.get(thread.index())).map_or(0, |performed| performed.count)
    }

    fn thread(&self, name: &str) -> Result<ThreadId, String> {
        thread_of(&self.threads, name)
    }

    /// The object of that name that the fault is for; a condition stands for its lock.
    fn object(&self, fault: &Fault<Name, Name>, name: &str, shared: &Shared) -> Result<ObjectId, String> {
        let called = || self.objects.iter().filter(|(known, ..)| **known == *name);
        let wanted: &[ObjectKind] = match fault {
            Fault::LeakLock { .. } | Fault::TakeLock { .. } => {
                &[ObjectKind::Lock, ObjectKind::RLock, ObjectKind::Condition]
            }
            Fault::BreakBarrier { .. } => &[ObjectKind::Barrier],
            Fault::LoseMessage { .. }
            | Fault::DelayMessage { .. }
            | Fault::BreakPipe { .. }
            | Fault::FillPipe { .. } => &[ObjectKind::Queue],
            // All but the first of these are for a thread, or for none.
            Fault::DropNotify { .. }
            | Fault::Kill { .. }
            | Fault::Raise { .. }
            | Fault::Freeze { .. }
            | Fault::Thaw { .. }
            | Fault::Delay { .. }
            | Fault::Slow { .. }
            | Fault::Wake { .. }
            | Fault::Expire { .. }
            | Fault::KillProcess { .. }
            | Fault::Signal { .. } => &[ObjectKind::Condition],
        };
        let word = wanted[0].name();
        let Some((_, id, _)) = called().find(|(_, _, kind)| wanted.contains(kind)) else {
            return Err(match called().next() {
                Some((_, _, kind)) => format!("{name} is not a {word} but {}", one(*kind)),
                None => format!("there was no {word} {}", SafeText::brief(name)),
            });
        };
        let (process, meant) = shared.meant(*id);
        match shared.processes[process].heap.get(meant) {
            Some(Object::Condition(state)) if word == ObjectKind::Lock.name() => {
                Ok(shared.alias_of(process, state.lock).unwrap_or(state.lock))
            }
            _ => Ok(*id),
        }
    }

    /// The first fault after `from` whose moment has come, with its place; remembers why others make no sense yet.
    fn due(&mut self, from: usize, shared: &Shared) -> Option<(usize, Fault)> {
        for index in from..self.items.len() {
            let item = &self.items[index];
            if matches!(item.fate, Fate::Injected(..)) || !self.is_due(item, shared) {
                continue;
            }
            let fault = &item.plan.fault;
            match fault.map(|name| self.thread(name), |name| self.object(fault, name, shared)) {
                Ok(fault) => return Some((index, fault)),
                Err(reason) => self.items[index].fate = Fate::Due(reason),
            }
        }
        None
    }

    /// What never happened, a sentence each.
    fn missed(&self, shared: &Shared) -> Vec<String> {
        let sentence = |item: &Item| {
            let reason = self.reason(item, shared)?;
            let (plan, meant) = (SafeText::brief(&item.plan.to_string()), self.meant(&item.plan.fault));
            Some(format!("the fault {plan} never happened: {reason}{meant}"))
        };
        self.items.iter().filter_map(sentence).collect()
    }

    /// "; did you mean worker-1?": a name that is spelled like one that nothing had.
    fn meant(&self, fault: &Fault<Name, Name>) -> String {
        let (threads, objects) =
            (self.threads.iter().map(|(known, _)| &**known), self.objects.iter().map(|(known, ..)| &**known));
        let near = match (fault.thread(), fault.object()) {
            (Some(name), _) if self.thread(name).is_err() => nearest(name, threads),
            (_, Some(name)) if self.objects.iter().all(|(known, ..)| known != name) => nearest(name, objects),
            _ => None,
        };
        near.map(|near| format!("; did you mean {near}?")).unwrap_or_default()
    }

    /// Why the item has not happened, if it has not.
    fn reason(&self, item: &Item, shared: &Shared) -> Option<String> {
        match &item.fate {
            Fate::Injected(fault, _) => return lurks(fault, shared),
            Fate::Due(reason) => return Some(reason.clone()),
            Fate::Early => {}
        }
        if let Some(Err(reason)) = item.plan.fault.thread().map(|name| self.thread(name)) {
            return Some(reason);
        }
        Some(match item.plan.when {
            When::Soon => "the run ended before that".to_owned(),
            When::Step(_) => format!("the run took only {} steps", shared.step),
            When::Operation(_) => format!("the thread did only {} operations", self.performed(item)),
            When::Line(line) => format!("no thread that it could strike came to an operation on line {}", Bare(line)),
            When::Time(_) => format!("the run's clock only reached {} s", seconds(shared.now)),
        })
    }
}

impl Item {
    /// How many operations of a thread have to be counted for it.
    fn counted(&self) -> u64 {
        match self.plan.when {
            When::Operation(count) => count,
            When::Soon | When::Step(_) | When::Line(_) | When::Time(_) => 0,
        }
    }
}

/// The thread of that name; or else the only thread that has that name with a function in parentheses, which Python
/// adds and a narrow screen leaves out.
fn thread_of(threads: &[(Arc<str>, ThreadId)], name: &str) -> Result<ThreadId, String> {
    if let Some((_, thread)) = threads.iter().find(|(known, _)| **known == *name) {
        return Ok(*thread);
    }
    let mut short = threads.iter().filter(|(known, _)| known.split_once(" (").is_some_and(|(short, _)| short == name));
    match (short.next(), short.next()) {
        (Some((_, thread)), None) => Ok(*thread),
        (Some((known, _)), Some(_)) => Err(format!("there were several threads {name}; did you mean {known}?")),
        (None, _) => Err(format!("there was no thread {}", SafeText::brief(name))),
    }
}

/// `a lock`
fn one(kind: ObjectKind) -> String {
    match kind {
        ObjectKind::Data => "data that threads share".to_owned(),
        ObjectKind::Futures => "several futures".to_owned(),
        ObjectKind::Event | ObjectKind::RLock => format!("an {}", kind.name()),
        ObjectKind::Lock
        | ObjectKind::Condition
        | ObjectKind::Semaphore
        | ObjectKind::BoundedSemaphore
        | ObjectKind::Barrier
        | ObjectKind::Queue
        | ObjectKind::LifoQueue
        | ObjectKind::PriorityQueue
        | ObjectKind::SimpleQueue
        | ObjectKind::Pool
        | ObjectKind::Future => format!("a {}", kind.name()),
    }
}

/// What was planned for a run, as it stood at a moment: for a run that goes on from there.
#[derive(Clone, Debug)]
pub struct Planned(Plan);

/// Why an armed fault has not struck, if it has not.
fn lurks(fault: &Fault, shared: &Shared) -> Option<String> {
    let (what, nth, word) = match fault {
        Fault::LeakLock { lock, nth } => (Lurking::Leak(*lock), *nth, "released"),
        Fault::DropNotify { condition, nth } => (Lurking::DropNotify(*condition), *nth, "notified"),
        Fault::LoseMessage { pipe, nth } => (Lurking::Lose(*pipe), *nth, "sent through"),
        Fault::Kill { .. }
        | Fault::Raise { .. }
        | Fault::Freeze { .. }
        | Fault::Thaw { .. }
        | Fault::Delay { .. }
        | Fault::Slow { .. }
        | Fault::Wake { .. }
        | Fault::Expire { .. }
        | Fault::TakeLock { .. }
        | Fault::BreakBarrier { .. }
        | Fault::KillProcess { .. }
        | Fault::DelayMessage { .. }
        | Fault::BreakPipe { .. }
        | Fault::FillPipe { .. }
        | Fault::Signal { .. } => return None,
    };
    let left = shared.armed().find(|armed| armed.what == what)?;
    Some(format!("it was {word} only {} times after that", nth.saturating_sub(left.nth)))
}

impl State {
    /// What is planned, to begin with.
    pub(super) fn plan_of(options: &Options) -> Plan {
        options.planned.clone().map_or_else(|| Plan::new(&options.faults), |Planned(plan)| plan)
    }

    /// The plan as it stood when there had been so many events.
    pub(in crate::engine) fn planned(&self, events: u64) -> Planned {
        Planned(self.plan.at(events))
    }

    /// The time until which a thread waits, or the plan, if that comes first.
    pub(super) fn alarm(&self, until: Option<u64>) -> Option<u64> {
        until.into_iter().chain(self.plan.next_time(self.shared.now)).min()
    }

    /// Looks at the plan when a thread arrives, if all threads go as they like. Where they take turns, the plan is
    /// looked at when the next turn is given.
    pub(super) fn unfold_unless_turns(&mut self) {
        if self.turn.all_go() {
            self.unfold();
        }
    }

    /// Injects the planned faults whose moment has come.
    pub(super) fn unfold(&mut self) {
        if !self.plan.is_open() || self.course.is_over() {
            return;
        }
        self.shared.now = self.pace.clock.now();
        if self.plan.rests(&self.shared) {
            return;
        }
        let (mut from, mut struck) = (0, false);
        while let Some((index, fault)) = self.plan.due(from, &self.shared) {
            let events = self.shared.seq;
            self.plan.items[index].fate = match self.harm(&fault) {
                Ok(()) => {
                    self.plan.open -= 1;
                    struck = true;
                    Fate::Injected(fault, events)
                }
                Err(reason) => Fate::Due(reason.to_string()),
            };
            from = index + 1;
        }
        self.plan.looked(self.shared.step);
        if struck {
            self.plan.look_soon(); // others may make sense after that
        }
        self.trim();
    }

    /// What was asked for and never happened, a sentence each: planned faults, and priorities and breakpoints for names
    /// that nothing has.
    pub(in crate::engine) fn missed(&self) -> Vec<String> {
        let mut missed = self.plan.missed(&self.shared);
        let nobody = self.turn.priorities().nobody(&self.shared);
        missed.extend(nobody.map(|name| {
            let near = nearest(name, self.shared.threads.iter().map(|record| &*record.name));
            let meant = near.map(|near| format!("; did you mean {near}?")).unwrap_or_default();
            format!("the priority of {} had no effect: no thread had that name{meant}", SafeText::brief(name))
        }));
        missed.extend(self.unknown_breakpoints());
        missed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::budget;
    use crate::machine::shared::Process;

    /// A plan, and what threads share after so many steps, at that time.
    fn after(plans: &[&str], step: u64, now: u64) -> (Plan, Shared) {
        let plans: Vec<FaultPlan> = plans.iter().map(|plan| plan.parse().expect("a plan")).collect();
        let mut shared = Shared::new(Process::new(ThreadId::MAIN, ObjectId::GLOBALS, 0, budget::DEFAULT), 0);
        (shared.step, shared.now) = (step, now);
        let mut plan = Plan::new(&plans);
        assert!(!plan.rests(&shared), "it was never looked at");
        assert_eq!(plan.due(0, &shared), None);
        plan.looked(step);
        (plan, shared)
    }

    #[test]
    fn it_rests_until_what_it_waits_for_can_have_come() {
        let (plan, mut shared) = after(&["kill:ghost@step=40", "kill:ghost@time=2"], 10, 0);
        assert_eq!((plan.rests(&shared), plan.room(&shared), plan.bars_sailing()), (true, 30, false));
        shared.step = 40;
        assert!(!plan.rests(&shared));
        (shared.step, shared.now) = (10, 2_000_000_000);
        assert!(!plan.rests(&shared));
        let (mut plan, shared) = after(&["kill:main@op=5"], 10, 0);
        assert_eq!(plan.room(&shared), 5, "a thread performs once in a step");
        plan.look_soon();
        assert!(!plan.rests(&shared));
    }

    #[test]
    fn what_waits_for_a_name_lets_threads_sail_and_what_waits_for_a_line_does_not() {
        for (text, bars) in [
            ("kill:ghost", false),
            ("kill:ghost@op=5", false),
            ("leak:lock", false),
            ("take:lock", false),
            ("kill:ghost@line=3", true),
        ] {
            let (plan, shared) = after(&[text], 10, 0);
            assert_eq!((plan.rests(&shared), plan.bars_sailing()), (true, bars), "{text}");
            assert_eq!(plan.next_look.step, u64::MAX, "{text} waits for no step");
        }
    }

    #[test]
    fn operations_of_a_thread_that_sailed_are_counted_with_their_events() {
        let (mut plan, mut shared) = after(&["kill:main@op=5"], 0, 0);
        for (done, seq) in [(1, 4), (3, 7), (2, 9)] {
            (shared.seq, shared.step) = (seq, shared.step + done);
            plan.follow(&shared, ThreadId::MAIN, done);
        }
        assert_eq!(plan.operations[0].events, [4, 5, 6, 7, 8]);
        assert_eq!(plan.at(6).operations[0].count, 3);
    }
}
