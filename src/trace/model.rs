//! The model: events in, the state of the program's threads and objects out. What things are called stands in `names`.

mod aids;
mod cost;
mod data;
pub mod faults;
mod findings;
mod going;
mod names;
mod objects;
mod pools;
mod private;
mod processes;

pub use cost::{Cost, size_word};
pub use findings::Finding;
use objects::Room;
use private::Private;
pub use processes::Process;

use super::chunks::Chunks;
use super::gil::Gil;
use super::links::Links;
use super::object::{Datum, Detail, Object, PlaceKey, key};
use super::orders::Orders;
use super::output::Output;
use super::pairs::{Pair, Pairs};
use super::races::Races;
use super::row::Row;
use super::story::Story;
use super::thread::Thread;
use super::timeline::Moment;
use crate::base::sources::Spot;
use crate::base::{Names, ObjectId, SafeText, ThreadId};
use crate::event::{
    Blocker, Deed, Ending, Event, EventKind, Legend, ObjectKind, Place, Shown, ThreadState, Trouble, TroubleKind,
};
use crate::schedule::{Fault, Signal};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The policy under which threads do not take turns.
const ALL_GO: &str = "os";

/// The most events that are kept one by one, unless the maker of the model wants fewer.
const LOG_LIMIT: usize = 200_000;

/// Everything that the events of a run add up to.
#[derive(Clone, Debug)]
pub struct Model {
    legend: Legend,
    threads: Vec<Row<Thread>>,
    objects: Vec<Row<Object>>,
    rows: Arc<BTreeMap<ObjectId, usize>>,
    data: Vec<Datum>,
    data_rows: Arc<BTreeMap<PlaceKey, usize>>,
    /// The rows of the object and the data that were touched last: they are often the next ones too.
    latest_object: usize,
    latest_datum: usize,
    room: Room,
    /// Every name that is shown.
    names: Names,
    /// The latest events, and the pair that each belongs to.
    log: Chunks<Event>,
    marks: Chunks<Option<Pair>>,
    /// The most that are kept; none with 0.
    log_limit: usize,
    /// How many events came before those.
    folded: u64,
    pairs: Pairs,
    links: Links,
    output: Output,
    findings: Chunks<Finding>,
    /// `None`: nobody wants to know.
    races: Option<Box<Races>>,
    /// In which orders threads take locks.
    orders: Arc<Orders>,
    gil: Gil,
    /// Threads take turns, by a policy: who was started waits for its own.
    turns: bool,
    /// Who performed last; those who stand aside since, or compute; and where the stretch begins in which they do.
    mover: Option<ThreadId>,
    aside: Vec<ThreadId>,
    gap: Option<Moment>,
    last: Moment,
    /// What the clock said last.
    now: u64,
    story: Story,
    /// Faults that were injected, each with its moment; and what they did to threads that was not made good for yet.
    faults: Vec<(Moment, Fault)>,
    struck: Vec<faults::Struck>,
    handles_interrupts: bool,
    status: Option<i32>,
    processes: Vec<Process>,
    cost: Cost,
    /// Whose event is taken in.
    teller: ThreadId,
    private: Arc<Private>,
}

impl Model {
    /// The model of a run in which nothing has happened yet: there is the main thread, and it is ready.
    pub fn new(legend: Legend) -> Self {
        Model::with_log(legend, LOG_LIMIT)
    }

    /// Likewise, but it keeps no single events, and not when locks were held, only what there is at the moment: for those who
    /// ask at the end.
    pub fn without_log(legend: Legend) -> Self {
        Model::with_log(legend, 0)
    }

    /// Likewise, but it keeps so many single events at most: for those who keep many models.
    pub fn with_log(legend: Legend, log_limit: usize) -> Self {
        let mut names = Names::default();
        let private = Arc::new(Private::of(&legend));
        let name = names.unique("main");
        let main = Thread::new(ThreadId::MAIN, name, Moment::default(), ThreadState::Ready);
        let races = legend.flow.clone().map(|flow| Box::new(Races::new(flow)));
        Model {
            legend,
            threads: vec![Row::new(main)],
            objects: Vec::new(),
            rows: Arc::default(),
            data: Vec::new(),
            data_rows: Arc::default(),
            latest_object: 0,
            latest_datum: 0,
            room: Room::default(),
            names,
            log: Chunks::default(),
            marks: Chunks::default(),
            log_limit,
            folded: 0,
            pairs: Pairs::default(),
            links: Links::default(),
            output: Output::default(),
            findings: Chunks::default(),
            races,
            orders: Arc::default(),
            gil: Gil::default(),
            turns: false,
            mover: None,
            aside: Vec::new(),
            gap: None,
            last: Moment::default(),
            now: 0,
            story: Story::default(),
            faults: Vec::new(),
            struck: Vec::new(),
            handles_interrupts: false,
            status: None,
            processes: vec![Process::first()],
            cost: Cost::default(),
            teller: ThreadId::MAIN,
            private,
        }
    }

    /// Keeps as many events from now on as a model does. What was forgotten stays so.
    pub fn keep_log(&mut self) {
        self.log_limit = LOG_LIMIT;
    }

    /// Takes in the next event.
    pub fn apply(&mut self, event: &Event) {
        debug_assert_eq!(event.seq, self.event_count(), "events come in order and without gaps");
        let moment = self.reach(event);
        self.ensure_thread(event.thread, moment);
        self.teller = event.thread;
        if self.log_limit > 0 && self.log.len() == self.log_limit {
            self.fold_older_half();
        }
        let left = self.threads[event.thread.index()].blocked_on.and_then(Blocker::object);
        if self.log_limit > 0 {
            self.log_event(event, left);
        } else {
            self.folded += 1;
        }
        let in_ring = !self.findings.is_empty() && self.threads[event.thread.index()].is_deadlocked();
        self.apply_state(event, moment);
        if in_ring && !self.threads[event.thread.index()].is_deadlocked() {
            self.open_ring(event.thread, moment);
        }
        if let EventKind::PolicySet { name } = &event.kind {
            self.turns = &**name != ALL_GO;
            self.gil.change_policy(name, &self.threads, moment);
        }
        if self.gil.in_force() {
            self.gil.follow(event, &self.threads, moment);
        }
        let reached = self.threads[event.thread.index()].blocked_on.and_then(Blocker::object);
        if left != reached {
            self.change_lines(event, left);
        }
        self.follow_struck(event, moment);
        let held = &self.threads[event.thread.index()].held;
        if Orders::concerns(event, held) {
            Arc::make_mut(&mut self.orders).follow(event, held, moment);
        }
        let mut touched = None;
        match &event.kind {
            EventKind::ThreadCreated { .. } | EventKind::ThreadStarted { .. } | EventKind::ThreadRenamed { .. } => {
                self.apply_thread(event.thread, &event.kind, moment);
            }
            EventKind::Acquired { .. } | EventKind::Released { .. } => self.apply_lock(event, moment),
            EventKind::Read { place, value } => touched = Some(self.touch(place, value, None)),
            EventKind::Wrote { place, value } => {
                touched = Some(self.touch(place, value, Some((event.thread, event.line))));
            }
            EventKind::Held | EventKind::LetGo => {
                self.thread_mut(event.thread).hold_back(event.kind == EventKind::Held, moment);
            }
            EventKind::FaultInjected { fault } => self.apply_fault(fault, moment),
            EventKind::Trouble(trouble) => self.apply_trouble(event.seq, trouble, moment),
            EventKind::HandlerSet { signal: Signal::Int, handled } => self.handles_interrupts = *handled,
            EventKind::ProgramEnded { status } => self.status = Some(*status),
            EventKind::ProcessStarted { process, main, name, forked, copied } => {
                self.cost.memory += copied;
                self.start_process((*process, *main), name, *forked, event, moment);
            }
            EventKind::ProcessEnded { process, code } => self.end_process(*process, *code),
            EventKind::EndOpened { object, writes, from } => self.open_end(*object, *writes, *from, event),
            EventKind::EndClosed { object, writes } => self.close_end(*object, *writes, event.thread),
            EventKind::Copied { object, from, state } => {
                self.copy_object(event.thread, *object, *from, state.as_deref(), moment);
            }
            EventKind::Io { deed: Deed::Typed, .. } => self.output.end_line(),
            EventKind::Io { .. } => {}
            EventKind::Printed { text, error } => self.output.print(event.thread, text, *error),
            EventKind::Submitted { .. }
            | EventKind::WorkerAdded { .. }
            | EventKind::TaskBegun { .. }
            | EventKind::TaskEnded { .. }
            | EventKind::PoolShutDown { .. }
            | EventKind::PoolBroken { .. } => self.apply_pool(event),
            EventKind::FutureChanged { object, state } => self.change_future(*object, state, event.thread),
            EventKind::ObjectShown { .. }
            | EventKind::PermitTaken { .. }
            | EventKind::PermitReturned { .. }
            | EventKind::Notified { .. }
            | EventKind::EventSet { .. }
            | EventKind::EventCleared { .. }
            | EventKind::BarrierEntered { .. }
            | EventKind::BarrierPassed { .. }
            | EventKind::BarrierBroken { .. }
            | EventKind::BarrierReset { .. }
            | EventKind::Put { .. }
            | EventKind::Got { .. }
            | EventKind::TaskDone { .. }
            | EventKind::FaultFired { .. } => {
                self.apply_object(&event.kind, moment);
                self.apply_aid(event, moment);
            }
            // All that these say is in the state of their thread, in the log, or in other events.
            EventKind::HandlerSet { .. }
            | EventKind::Began
            | EventKind::Ended { .. }
            | EventKind::Blocked { .. }
            | EventKind::Ready { .. }
            | EventKind::Preempted
            | EventKind::Resumed
            | EventKind::TimedOut { .. }
            | EventKind::AcquireFailed { .. }
            | EventKind::CallbackAdded { .. }
            | EventKind::Obtained { .. }
            | EventKind::Asked { .. }
            | EventKind::Imported { .. }
            | EventKind::Joined { .. }
            | EventKind::AskedAlive { .. }
            | EventKind::Slept
            | EventKind::TimeRead
            | EventKind::Drew { .. }
            | EventKind::SignalRaised { .. }
            | EventKind::SignalTaken { .. }
            | EventKind::ProcessSignalled { .. }
            | EventKind::PolicySet { .. } => {}
        }
        if let Some(races) = &mut self.races {
            races.follow(event, touched, moment);
        }
    }

    /// The older half of the log goes: what it led to is in everything else.
    fn fold_older_half(&mut self) {
        let older = self.log_limit.div_ceil(2);
        self.log.drop_front(older);
        self.marks.drop_front(older);
        self.folded += older as u64;
        for thread in &mut self.threads {
            let gone = thread.events.partition_point(|&seq| seq < self.folded);
            if gone > 0 {
                thread.change().events.drop_front(gone);
            }
        }
    }

    /// Adds an event to the log. `waited_for`: what its thread stood before.
    fn log_event(&mut self, event: &Event, waited_for: Option<ObjectId>) {
        let (mark, earlier) = self.pairs.find(event, waited_for);
        let earlier = earlier.and_then(|seq| seq.checked_sub(self.folded));
        if let Some(other) = earlier.and_then(|index| self.marks.get_mut(index as usize)) {
            *other = mark.map(Pair::other_end);
        }
        self.log.push(event.clone());
        self.marks.push(mark);
    }

    /// The event's own thread gets to the event's line and moves from state to state.
    fn apply_state(&mut self, event: &Event, moment: Moment) {
        let thread = self.threads[event.thread.index()].change();
        if event.line != 0 {
            thread.line = event.line;
        }
        if self.log_limit > 0 {
            thread.events.push(event.seq);
        }
        let Some(state) = ThreadState::after(&event.kind) else { return };
        let performs = going::performs(thread.state, state);
        let on = if let EventKind::Blocked { on, .. } = event.kind { Some(on) } else { None };
        self.cost.leave(thread, state, moment);
        thread.enter(state, on, moment);
        match &event.kind {
            EventKind::Blocked { until, .. } => thread.until = *until,
            EventKind::Ended { how: Ending::Crashed(error) } => thread.error = Some(safe(error)),
            _ => {}
        }
        if performs && self.mover != Some(event.thread) {
            self.count_switch(event.thread);
            self.give_way(event.thread, moment);
        }
    }

    /// The event's thread goes from the line of waiters that it stood in to that of what it stands before now.
    fn change_lines(&mut self, event: &Event, left: Option<ObjectId>) {
        if let Some(object) = left.and_then(|id| self.object_mut(id))
            && let Some(place) = object.waiters.iter().position(|&waiter| waiter == event.thread)
        {
            object.waiters.remove(place);
        }
        if let EventKind::Blocked { on, .. } = event.kind
            && let Some(id) = on.object()
        {
            let kind = if matches!(on, Blocker::Lock(_)) { ObjectKind::Lock } else { ObjectKind::Data };
            self.ensure_object(id, kind).waiters.push(event.thread);
        }
    }

    fn apply_thread(&mut self, by: ThreadId, kind: &EventKind, moment: Moment) {
        match kind {
            EventKind::ThreadCreated { new, name, daemon } => {
                self.ensure_thread(*new, moment);
                let name = self.names.unique(name);
                let process = self.process_of(by).id;
                let thread = self.thread_mut(*new);
                thread.name = name;
                thread.process = process;
                thread.daemon = *daemon;
            }
            EventKind::ThreadStarted { started } => {
                self.ensure_thread(*started, moment);
                self.thread_mut(*started).enter(ThreadState::Ready, None, moment);
                self.stand_aside(*started);
            }
            EventKind::ThreadRenamed { target, name } => {
                self.ensure_thread(*target, moment);
                let name = self.names.unique(name);
                let old = std::mem::replace(&mut self.thread_mut(*target).name, name);
                self.names.remove(&old);
            }
            _ => {}
        }
    }

    fn apply_lock(&mut self, event: &Event, moment: Moment) {
        match event.kind {
            EventKind::Acquired { object, depth, limited: _ } => {
                self.ensure_object(object, ObjectKind::Lock).detail.set_lock(Some(event.thread), depth);
                self.take_lock(event.thread, object, event.line, moment);
            }
            EventKind::Released { object, depth } => {
                let lock = self.ensure_object(object, ObjectKind::Lock);
                // A plain lock may be released by a thread that does not hold it.
                let owner = lock.owner().unwrap_or(event.thread);
                lock.detail.set_lock((depth > 0).then_some(owner), depth);
                if depth == 0 {
                    self.thread_mut(owner).let_go(object, moment);
                }
            }
            _ => {}
        }
    }

    /// The thread holds the lock from now on. Who keeps no single events does not keep when that was either.
    fn take_lock(&mut self, thread: ThreadId, lock: ObjectId, line: u32, moment: Moment) {
        let is_kept = self.log_limit > 0;
        let thread = self.thread_mut(thread);
        if thread.take(lock, line) && is_kept {
            thread.begin_hold(lock, line, moment);
        }
    }

    /// What happened to an object other than a lock.
    fn apply_object(&mut self, kind: &EventKind, moment: Moment) {
        match kind {
            EventKind::ObjectShown { object, what, name, state } => {
                self.show_object(*object, *what, name, state, moment)
            }
            EventKind::PermitTaken { object, value } | EventKind::PermitReturned { object, value } => {
                self.ensure_object(*object, ObjectKind::Semaphore).detail = Detail::Semaphore { value: *value };
            }
            EventKind::EventSet { object } => {
                self.ensure_object(*object, ObjectKind::Event).detail = Detail::Event { set: true };
            }
            EventKind::EventCleared { object } => {
                self.ensure_object(*object, ObjectKind::Event).detail = Detail::Event { set: false };
            }
            EventKind::BarrierEntered { object, count } => self.barrier(*object, |now, _| *now = *count),
            EventKind::BarrierPassed { object } => self.barrier(*object, |now, _| *now = now.saturating_sub(1)),
            EventKind::BarrierBroken { object } => self.barrier(*object, |_, broken| *broken = true),
            EventKind::BarrierReset { object } => self.barrier(*object, |now, broken| (*now, *broken) = (0, false)),
            EventKind::Put { object, depth, bytes, .. } | EventKind::Got { object, depth, bytes, .. } => {
                self.ensure_object(*object, ObjectKind::Queue).set_depth(*depth, moment);
                self.pass(*object, matches!(kind, EventKind::Put { .. }), *bytes, moment);
            }
            EventKind::TaskDone { object, unfinished: left } => {
                if let Detail::Queue { unfinished, .. } = &mut self.ensure_object(*object, ObjectKind::Queue).detail {
                    *unfinished = Some(*left);
                }
            }
            EventKind::FaultFired { object } => {
                if let Some(object) = self.object_mut(*object) {
                    object.armed = None;
                    object.dropping = object.kind == ObjectKind::Condition;
                }
            }
            _ => {}
        }
    }

    fn barrier(&mut self, object: ObjectId, change: impl FnOnce(&mut u32, &mut bool)) {
        if let Detail::Barrier { count, broken, .. } = &mut self.ensure_object(object, ObjectKind::Barrier).detail {
            change(count, broken);
        }
    }

    /// The thread `id`, which was made, to be changed in this model alone.
    fn thread_mut(&mut self, id: ThreadId) -> &mut Thread {
        self.threads[id.index()].change()
    }

    #[inline]
    fn ensure_thread(&mut self, id: ThreadId, moment: Moment) {
        if self.threads.len() <= id.index() {
            self.add_threads(id, moment);
        }
    }

    #[cold]
    fn add_threads(&mut self, id: ThreadId, moment: Moment) {
        while self.threads.len() <= id.index() {
            let next = ThreadId(self.threads.len() as u32);
            self.threads.push(Row::new(Thread::new(next, next.to_string().into(), moment, ThreadState::New)));
        }
    }

    fn apply_trouble(&mut self, seq: u64, trouble: &Arc<Trouble>, moment: Moment) {
        if trouble.kind == TroubleKind::Deadlock {
            for involved in &trouble.threads {
                self.ensure_thread(involved.thread, moment);
                self.thread_mut(involved.thread).mark_deadlocked(moment);
            }
        }
        self.findings.push(Finding { seq, moment, trouble: Arc::clone(trouble) });
    }

    /// A line, as a sentence has it behind the word `line`.
    pub fn spot(&self, line: u32) -> Spot<'_> {
        self.legend.source.spot(line)
    }

    /// The program's text and the names behind symbols.
    pub fn legend(&self) -> &Legend {
        &self.legend
    }

    /// Every thread, by id.
    pub fn threads(&self) -> &[Row<Thread>] {
        &self.threads
    }

    /// The thread `id`, if it was made.
    pub fn thread(&self, id: ThreadId) -> Option<&Thread> {
        self.threads.get(id.index()).map(|thread| &**thread)
    }

    /// The name of the thread `id`.
    pub fn thread_name(&self, id: ThreadId) -> &str {
        self.thread(id).map_or("?", |thread| &thread.name)
    }

    /// Every object, in the order in which the program names them, but those that are among the data.
    pub fn objects_by_line(&self) -> Vec<&Object> {
        let is_datum = |object: &Object| self.data_rows.contains_key(&key(&Place::Content { object: object.id }));
        let mut objects: Vec<&Object> =
            self.objects.iter().map(|object| &**object).filter(|it| it.has_row() && !is_datum(it)).collect();
        objects.sort_by_key(|object| object.line);
        objects
    }

    /// Every object, in the order they were shown.
    pub fn objects(&self) -> &[Row<Object>] {
        &self.objects
    }

    /// The object `id`, if it was shown.
    pub fn object(&self, id: ObjectId) -> Option<&Object> {
        self.rows.get(&id).map(|&row| &*self.objects[row])
    }

    /// The latest events: all of a short run, at least `LOG_LIMIT / 2` of a long one.
    pub fn log(&self) -> &Chunks<Event> {
        &self.log
    }

    /// How many events came before those of the log, and are in the rest of the model alone.
    pub fn folded(&self) -> u64 {
        self.folded
    }

    /// How many events there were.
    pub fn event_count(&self) -> u64 {
        self.folded + self.log.len() as u64
    }

    /// The event `seq`, if it is still in the log.
    pub fn event(&self, seq: u64) -> Option<&Event> {
        self.log.get(usize::try_from(seq.checked_sub(self.folded)?).ok()?)
    }

    /// The end of a pair that the event `seq` is: a put or the get of its item, a notify or whom it woke.
    pub fn pair(&self, seq: u64) -> Option<Pair> {
        self.marks.get(usize::try_from(seq.checked_sub(self.folded)?).ok()?).copied().flatten()
    }

    /// What lies in a queue, the oldest first, as far as single events are kept.
    pub fn contents(&self, queue: ObjectId) -> impl Iterator<Item = &Shown> {
        self.pairs.contents(queue)
    }

    /// What the program printed.
    pub fn output(&self) -> &Output {
        &self.output
    }

    /// The global interpreter lock, where the policy has one.
    pub fn gil(&self) -> &Gil {
        &self.gil
    }

    /// The moment of the last event.
    pub fn last(&self) -> Moment {
        self.last
    }

    /// Whether the program has a handler of its own for interrupts.
    pub fn handles_interrupts(&self) -> bool {
        self.handles_interrupts
    }

    /// The exit status of the program, once it is over.
    pub fn status(&self) -> Option<i32> {
        self.status
    }
}

fn safe(raw: &str) -> String {
    SafeText::new(raw).into_string()
}

#[cfg(test)]
mod tests;
