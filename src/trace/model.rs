//! The model: events in, the state of the program's threads and objects out. What things are called stands in `names`.

mod names;

use super::object::{Datum, Detail, Object, PlaceKey, Worker, key};
use super::output::Output;
use super::pairs::{Pair, Pairs};
use super::thread::Thread;
use super::timeline::{Axis, Moment};
use crate::base::{ObjectId, SafeText, ThreadId};
use crate::event::{
    Blocker, Ending, Event, EventKind, FutureState, Legend, ObjectKind, ObjectState, Place, Shown, ThreadState,
    Trouble, TroubleKind,
};
use crate::schedule::{Fault, Signal};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The most events that are kept one by one.
pub const LOG_LIMIT: usize = 200_000;
/// Lines of a program that are searched for the names of its objects.
const MENTION_LINES: u32 = 2_000;

/// A trouble at its moment.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The sequence number of the event that reported it.
    pub seq: u64,
    /// When.
    pub moment: Moment,
    /// What is wrong.
    pub trouble: Arc<Trouble>,
}

/// Everything that the events of a run add up to.
#[derive(Clone, Debug)]
pub struct Model {
    legend: Legend,
    threads: Vec<Thread>,
    objects: Vec<Object>,
    rows: BTreeMap<ObjectId, usize>,
    data: Vec<Datum>,
    data_rows: BTreeMap<PlaceKey, usize>,
    /// Every name that is shown, and the highest number behind one of several that would be the same.
    names: BTreeMap<String, u32>,
    /// The latest events, and the pair that each belongs to.
    log: Vec<Event>,
    marks: Vec<Option<Pair>>,
    /// Single events are kept.
    keeps_log: bool,
    /// How many events came before those.
    folded: u64,
    pairs: Pairs,
    output: Output,
    findings: Vec<Finding>,
    last: Moment,
    handles_interrupts: bool,
    status: Option<i32>,
}

impl Model {
    /// The model of a run in which nothing has happened yet: there is the main thread, and it is ready.
    pub fn new(legend: Legend) -> Self {
        let main = Thread::new(ThreadId::MAIN, "main".to_owned(), false, Moment::default(), ThreadState::Ready);
        Model {
            legend,
            threads: vec![main],
            objects: Vec::new(),
            rows: BTreeMap::new(),
            data: Vec::new(),
            data_rows: BTreeMap::new(),
            names: BTreeMap::from([("main".to_owned(), 1)]),
            log: Vec::new(),
            marks: Vec::new(),
            keeps_log: true,
            folded: 0,
            pairs: Pairs::default(),
            output: Output::default(),
            findings: Vec::new(),
            last: Moment::default(),
            handles_interrupts: false,
            status: None,
        }
    }

    /// Likewise, but it keeps no single events, only what they add up to: for whoever asks at the end.
    pub fn without_log(legend: Legend) -> Self {
        Model { keeps_log: false, ..Model::new(legend) }
    }

    /// Takes in the next event.
    pub fn apply(&mut self, event: &Event) {
        debug_assert_eq!(event.seq, self.event_count(), "events come in order and without gaps");
        let moment = Moment { at: event.at.max(self.last.at), step: event.step.max(self.last.step) };
        self.last = moment;
        self.ensure_thread(event.thread, moment);
        if event.line != 0 {
            self.threads[event.thread.index()].line = event.line;
        }
        if self.keeps_log {
            self.log_event(event);
        } else {
            self.folded += 1;
        }
        self.apply_state(event, moment);
        match &event.kind {
            EventKind::ThreadCreated { .. } | EventKind::ThreadStarted { .. } | EventKind::ThreadRenamed { .. } => {
                self.apply_thread(&event.kind, moment);
            }
            EventKind::Acquired { .. } | EventKind::Released { .. } => self.apply_lock(event, moment),
            EventKind::Read { place, value } => self.touch(place, value, None),
            EventKind::Wrote { place, value } => self.touch(place, value, Some((event.thread, event.line))),
            EventKind::FaultInjected { fault } => self.arm(fault),
            EventKind::Trouble(trouble) => self.apply_trouble(event.seq, trouble, moment),
            EventKind::HandlerSet { signal: Signal::Int, handled } => self.handles_interrupts = *handled,
            EventKind::ProgramEnded { status } => self.status = Some(*status),
            EventKind::Printed { text, error } => self.output.print(event.thread, text, *error),
            EventKind::Submitted { .. }
            | EventKind::WorkerAdded { .. }
            | EventKind::TaskBegun { .. }
            | EventKind::TaskEnded { .. }
            | EventKind::PoolShutDown { .. }
            | EventKind::PoolBroken { .. } => self.apply_pool(event),
            EventKind::FutureChanged { object, state } => self.change_future(*object, state, event.thread),
            kind => self.apply_object(kind, moment),
        }
    }

    /// Adds an event to the log; when it is full, the older half goes: what it led to is in everything else.
    fn log_event(&mut self, event: &Event) {
        if self.log.len() == LOG_LIMIT {
            self.log.drain(..LOG_LIMIT / 2);
            self.marks.drain(..LOG_LIMIT / 2);
            self.folded += LOG_LIMIT as u64 / 2;
            for thread in &mut self.threads {
                let gone = thread.events.partition_point(|&seq| seq < self.folded);
                thread.events.drain(..gone);
            }
        }
        let thread = &mut self.threads[event.thread.index()];
        thread.events.push(event.seq);
        let waited_for = thread.blocked_on.and_then(Blocker::object);
        let (mark, earlier) = self.pairs.find(event, waited_for);
        if let Some(index) = earlier.and_then(|seq| seq.checked_sub(self.folded)) {
            self.marks[index as usize] = mark.map(Pair::other_end);
        }
        self.log.push(event.clone());
        self.marks.push(mark);
    }

    /// The event's own thread moves from state to state.
    fn apply_state(&mut self, event: &Event, moment: Moment) {
        let Some(state) = ThreadState::after(&event.kind) else { return };
        let on = if let EventKind::Blocked { on, .. } = event.kind { Some(on) } else { None };
        let thread = &mut self.threads[event.thread.index()];
        let left = thread.blocked_on.and_then(Blocker::object);
        thread.enter(state, on, moment);
        match &event.kind {
            EventKind::Blocked { until, .. } => thread.until = *until,
            EventKind::Ended { how: Ending::Crashed(error) } => thread.error = Some(safe(error)),
            _ => {}
        }
        let reached = on.and_then(Blocker::object);
        if left == reached {
            return;
        }
        if let Some(row) = left.and_then(|id| self.rows.get(&id)) {
            self.objects[*row].waiters.retain(|&waiter| waiter != event.thread);
        }
        if let (Some(id), Some(on)) = (reached, on) {
            let kind = if matches!(on, Blocker::Lock(_)) { ObjectKind::Lock } else { ObjectKind::Data };
            self.ensure_object(id, kind).waiters.push(event.thread);
        }
    }

    fn apply_thread(&mut self, kind: &EventKind, moment: Moment) {
        match kind {
            EventKind::ThreadCreated { new, name, daemon } => {
                self.ensure_thread(*new, moment);
                let name = self.unique(name);
                let thread = &mut self.threads[new.index()];
                thread.name = name;
                thread.daemon = *daemon;
            }
            EventKind::ThreadStarted { started } => {
                self.ensure_thread(*started, moment);
                self.threads[started.index()].enter(ThreadState::Ready, None, moment);
            }
            EventKind::ThreadRenamed { target, name } => {
                self.ensure_thread(*target, moment);
                let name = self.unique(name);
                let old = std::mem::replace(&mut self.threads[target.index()].name, name);
                self.names.remove(&old);
            }
            _ => {}
        }
    }

    fn apply_lock(&mut self, event: &Event, moment: Moment) {
        match event.kind {
            EventKind::Acquired { object, depth } => {
                let lock = self.ensure_object(object, ObjectKind::Lock);
                lock.detail = Detail::Lock { owner: Some(event.thread), depth };
                self.threads[event.thread.index()].take(object, event.line, moment);
            }
            EventKind::Released { object, depth } => {
                let lock = self.ensure_object(object, ObjectKind::Lock);
                // A plain lock may be released by a thread that does not hold it.
                let owner = lock.owner().unwrap_or(event.thread);
                lock.detail = Detail::Lock { owner: (depth > 0).then_some(owner), depth };
                if depth == 0 {
                    self.threads[owner.index()].let_go(object, moment);
                }
            }
            _ => {}
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
            EventKind::Put { object, depth, .. } | EventKind::Got { object, depth, .. } => {
                self.ensure_object(*object, ObjectKind::Queue).set_depth(*depth, moment);
            }
            EventKind::TaskDone { object, unfinished: left } => {
                if let Detail::Queue { unfinished, .. } = &mut self.ensure_object(*object, ObjectKind::Queue).detail {
                    *unfinished = Some(*left);
                }
            }
            EventKind::FaultFired { object } => {
                if let Some(&row) = self.rows.get(object) {
                    self.objects[row].armed = None;
                }
            }
            _ => {}
        }
    }

    fn apply_pool(&mut self, event: &Event) {
        let (EventKind::Submitted { object, .. }
        | EventKind::WorkerAdded { object, .. }
        | EventKind::TaskBegun { object, .. }
        | EventKind::TaskEnded { object }
        | EventKind::PoolShutDown { object, .. }
        | EventKind::PoolBroken { object }) = event.kind
        else {
            return;
        };
        if let Detail::Pool { workers, pending, open, broken, .. } =
            &mut self.ensure_object(object, ObjectKind::Pool).detail
        {
            let me = workers.iter_mut().find(|worker| worker.thread == event.thread);
            match event.kind {
                EventKind::Submitted { pending: now, .. } => *pending = now,
                EventKind::WorkerAdded { worker, .. } => workers.push(Worker { thread: worker, future: None }),
                EventKind::TaskBegun { future, pending: now, .. } => {
                    *pending = now;
                    me.into_iter().for_each(|worker| worker.future = Some(future));
                }
                EventKind::TaskEnded { .. } => me.into_iter().for_each(|worker| worker.future = None),
                EventKind::PoolShutDown { dropped, .. } => {
                    *pending = pending.saturating_sub(dropped);
                    *open = false;
                }
                EventKind::PoolBroken { .. } => (*pending, *broken) = (0, true),
                _ => {}
            }
        }
        if let EventKind::TaskBegun { future, .. } = event.kind {
            self.change_future(future, &FutureState::Running, event.thread);
        }
    }

    fn change_future(&mut self, object: ObjectId, now: &FutureState, by: ThreadId) {
        if let Detail::Future { state, runner, .. } = &mut self.ensure_object(object, ObjectKind::Future).detail {
            *runner = (*now == FutureState::Running).then_some(by).or(*runner);
            *state = now.clone();
        }
    }

    fn barrier(&mut self, object: ObjectId, change: impl FnOnce(&mut u32, &mut bool)) {
        if let Detail::Barrier { count, broken, .. } = &mut self.ensure_object(object, ObjectKind::Barrier).detail {
            change(count, broken);
        }
    }

    fn show_object(&mut self, id: ObjectId, kind: ObjectKind, name: &str, state: &ObjectState, moment: Moment) {
        if self.rows.contains_key(&id) {
            return;
        }
        let name = self.unique(name);
        let object = self.add_object(id, kind, name, Detail::first(state));
        if let Detail::Queue { depth, .. } = object.detail {
            object.set_depth(depth, moment);
        }
        if let Some(owner) = object.owner() {
            self.ensure_thread(owner, moment);
            let line = self.threads[owner.index()].line;
            self.threads[owner.index()].take(id, line, moment);
        }
    }

    /// The object `id`; one that was never shown gets a name from its id.
    fn ensure_object(&mut self, id: ObjectId, kind: ObjectKind) -> &mut Object {
        if let Some(&row) = self.rows.get(&id) {
            return &mut self.objects[row];
        }
        let detail = match kind {
            ObjectKind::Lock | ObjectKind::RLock => Detail::Lock { owner: None, depth: 0 },
            ObjectKind::Condition => Detail::Condition { lock: None },
            ObjectKind::Semaphore | ObjectKind::BoundedSemaphore => Detail::Semaphore { value: 0 },
            ObjectKind::Event => Detail::Event { set: false },
            ObjectKind::Barrier => Detail::Barrier { count: 0, parties: 0, broken: false },
            ObjectKind::Queue | ObjectKind::LifoQueue | ObjectKind::PriorityQueue | ObjectKind::SimpleQueue => {
                Detail::Queue { depth: 0, capacity: 0, unfinished: None }
            }
            ObjectKind::Pool => Detail::Pool { limit: 0, workers: Vec::new(), pending: 0, open: true, broken: false },
            ObjectKind::Future => {
                Detail::Future { state: FutureState::Pending, task: String::new(), pool: None, runner: None }
            }
            ObjectKind::Futures => Detail::Futures { futures: [].into() },
            ObjectKind::Data => Detail::Data { value: String::new() },
        };
        let name = self.unique(&format!("{} {id}", kind.name()));
        self.add_object(id, kind, name, detail)
    }

    fn add_object(&mut self, id: ObjectId, kind: ObjectKind, name: String, detail: Detail) -> &mut Object {
        let row = self.objects.len();
        self.rows.insert(id, row);
        let line = self.first_mention(&name);
        self.objects.push(Object {
            id,
            kind,
            name,
            line,
            detail,
            waiters: Vec::new(),
            armed: None,
            depths: Vec::new(),
            deepest: 0,
        });
        &mut self.objects[row]
    }

    /// The first line of the program in which the start of `name` is a word.
    fn first_mention(&self, name: &str) -> u32 {
        let inside = |c: char| c.is_alphanumeric() || c == '_';
        let word: String = name.chars().take_while(|&c| inside(c)).collect();
        let source = &self.legend.source;
        let names = |&line: &u32| {
            let code = source.line(line).split('#').next().unwrap_or_default();
            code.split(|c| !inside(c)).any(|other| other == word)
        };
        (1..=source.line_count().min(MENTION_LINES)).find(names).unwrap_or(u32::MAX)
    }

    fn ensure_thread(&mut self, id: ThreadId, moment: Moment) {
        while self.threads.len() <= id.index() {
            let next = ThreadId(self.threads.len() as u32);
            self.threads.push(Thread::new(next, next.to_string(), false, moment, ThreadState::New));
        }
    }

    /// `raw`, safe, and with a number behind it when something else has that name.
    fn unique(&mut self, raw: &str) -> String {
        let name = safe(raw);
        let Some(&times) = self.names.get(&name) else {
            self.names.insert(name.clone(), 1);
            return name;
        };
        // Counts on from the last one: there may be many of a name.
        let numbered = |number: &u32| format!("{name}#{number}");
        let free = (times + 1..).find(|number| !self.names.contains_key(&numbered(number))).unwrap_or(u32::MAX);
        let candidate = numbered(&free);
        self.names.insert(candidate.clone(), 1);
        self.names.insert(name, free);
        candidate
    }

    fn touch(&mut self, place: &Place, value: &Shown, writer: Option<(ThreadId, u32)>) {
        let row = match self.data_rows.get(&key(place)) {
            Some(&row) => row,
            None => {
                let name = self.place_name(place);
                self.data.push(Datum { place: place.clone(), name, value: Shown::None, writer: None });
                self.data_rows.insert(key(place), self.data.len() - 1);
                self.data.len() - 1
            }
        };
        let datum = &mut self.data[row];
        datum.value.clone_from(value);
        datum.writer = writer.or(datum.writer);
    }

    fn arm(&mut self, fault: &Fault) {
        let (object, kind, words) = match *fault {
            Fault::LeakLock { lock } => (lock, ObjectKind::Lock, "next release is lost"),
            Fault::DropNotify { condition } => (condition, ObjectKind::Condition, "next notify wakes nobody"),
            _ => return,
        };
        self.ensure_object(object, kind).armed = Some(words);
    }

    fn apply_trouble(&mut self, seq: u64, trouble: &Arc<Trouble>, moment: Moment) {
        if trouble.kind == TroubleKind::Deadlock {
            for involved in &trouble.threads {
                self.ensure_thread(involved.thread, moment);
                self.threads[involved.thread.index()].mark_deadlocked(moment);
            }
        }
        self.findings.push(Finding { seq, moment, trouble: Arc::clone(trouble) });
    }

    /// The program's text and the names behind symbols.
    pub fn legend(&self) -> &Legend {
        &self.legend
    }

    /// Every thread, by id.
    pub fn threads(&self) -> &[Thread] {
        &self.threads
    }

    /// The thread `id`, if it was made.
    pub fn thread(&self, id: ThreadId) -> Option<&Thread> {
        self.threads.get(id.index())
    }

    /// The name of the thread `id`.
    pub fn thread_name(&self, id: ThreadId) -> &str {
        self.thread(id).map_or("?", |thread| &thread.name)
    }

    /// Every object, in the order in which the program names them, but those that are among the data.
    pub fn objects_by_line(&self) -> Vec<&Object> {
        let is_datum = |object: &Object| self.data_rows.contains_key(&key(&Place::Content { object: object.id }));
        let mut objects: Vec<&Object> =
            self.objects.iter().filter(|object| object.has_row() && !is_datum(object)).collect();
        objects.sort_by_key(|object| object.line);
        objects
    }

    /// Every object, in the order they were shown.
    pub fn objects(&self) -> &[Object] {
        &self.objects
    }

    /// The object `id`, if it was shown.
    pub fn object(&self, id: ObjectId) -> Option<&Object> {
        self.rows.get(&id).map(|&row| &self.objects[row])
    }

    /// Shared data that was read or written, in the order it was first touched.
    pub fn data(&self) -> &[Datum] {
        &self.data
    }

    /// The latest events: all of a short run, at least `LOG_LIMIT / 2` of a long one.
    pub fn log(&self) -> &[Event] {
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

    /// What the program printed.
    pub fn output(&self) -> &Output {
        &self.output
    }

    /// Every trouble so far.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The deadlock that lasts, if there is one.
    pub fn deadlock(&self) -> Option<&Finding> {
        self.findings.iter().rev().find(|finding| {
            finding.trouble.kind == TroubleKind::Deadlock
                && finding.trouble.threads.iter().any(|i| self.thread(i.thread).is_some_and(Thread::is_deadlocked))
        })
    }

    /// The finding to speak of first: a deadlock that lasts, or else the last trouble.
    pub fn headline(&self) -> Option<&Finding> {
        self.deadlock().or_else(|| self.findings.last())
    }

    /// The finding that concerns `thread`, the last one first.
    pub fn finding_of(&self, thread: ThreadId) -> Option<&Finding> {
        self.findings.iter().rev().find(|finding| finding.trouble.threads.iter().any(|i| i.thread == thread))
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

    /// The events of `thread` within `from..to` of `axis`, as sequence numbers.
    pub fn events_within(&self, thread: ThreadId, axis: Axis, from: u64, to: u64) -> &[u64] {
        let Some(thread) = self.thread(thread) else { return &[] };
        let before = |limit: u64| {
            thread.events.partition_point(|&seq| {
                self.event(seq).is_none_or(|event| axis.place(Moment { at: event.at, step: event.step }) < limit)
            })
        };
        let (begin, end) = (before(from), before(to));
        &thread.events[begin..end.max(begin)]
    }
}

fn safe(raw: &str) -> String {
    SafeText::new(raw).into_string()
}

#[cfg(test)]
mod tests {
    use super::super::samples::{self, Script};
    use super::*;

    #[test]
    fn a_deadlock_marks_its_threads_and_keeps_who_holds_what() {
        let model = samples::deadlock();
        let (left, right) = (&model.threads()[1], &model.threads()[2]);
        assert!(left.is_deadlocked() && right.is_deadlocked() && !model.threads()[0].is_deadlocked());
        assert_eq!((left.state, right.state), (ThreadState::Blocked, ThreadState::Blocked));
        assert_eq!(left.held.iter().map(|held| held.line).collect::<Vec<_>>(), [8]);
        let a = &model.objects()[0];
        assert_eq!((a.name.as_str(), a.owner(), a.waiters.as_slice()), ("a", Some(left.id), &[right.id][..]));
        assert!(model.deadlock().is_some());
    }

    #[test]
    fn names_are_safe_and_each_is_used_once() {
        let mut script = Script::new("x = 1\n", &[]);
        script.thread(1, "wor\u{202e}ker").thread(2, "wor\u{202e}ker").lock(0, "q").lock(1, "q").lock(2, "q");
        let model = script.model();
        let threads: Vec<_> = model.threads().iter().map(|thread| thread.name.as_str()).collect();
        assert_eq!(threads, ["main", "wor<U+202E>ker", "wor<U+202E>ker#2"]);
        let objects: Vec<_> = model.objects().iter().map(|object| object.name.as_str()).collect();
        assert_eq!(objects, ["q", "q#2", "q#3"]);
    }

    #[test]
    fn a_queue_remembers_how_full_it_was() {
        let model = samples::producer_consumer();
        let queue = model.objects().iter().find(|object| object.kind == ObjectKind::Queue).unwrap();
        assert!(matches!(queue.detail, Detail::Queue { capacity: 4, .. }));
        assert_eq!(queue.depth_limit(), 4);
        assert_eq!(queue.depth_at(Axis::Steps, 0), None);
        assert!(queue.deepest >= 3);
        assert_eq!(model.data().iter().map(|datum| datum.name.as_str()).collect::<Vec<_>>(), ["made"]);
    }

    #[test]
    fn a_run_without_end_is_kept_within_bounds_and_the_lanes_still_know_it() {
        let mut script = Script::new("", &[]);
        script.thread(1, "a").lock(0, "l").takes(1, 2, 0);
        let mut model = script.model();
        let stop = EventKind::Blocked { on: Blocker::Time, until: None };
        let total = 3 * LOG_LIMIT as u64;
        for seq in model.event_count()..total {
            let kind = if seq % 2 == 0 { stop.clone() } else { EventKind::Slept };
            model.apply(&Event { seq, step: seq, at: seq + samples::TICK * 9, thread: ThreadId(1), line: 3, kind });
        }
        assert_eq!((model.event_count(), model.event(0)), (total, None));
        assert!(model.log().len() <= LOG_LIMIT && model.event(total - 1).is_some_and(|last| last.seq == total - 1));
        let thread = &model.threads()[1];
        assert!(thread.events.len() <= LOG_LIMIT && thread.timeline.spans().len() < LOG_LIMIT);
        assert_eq!(thread.events.first().map(|&seq| seq >= model.folded()), Some(true));
        assert!(thread.holds_lock(samples::object(0)), "what was taken long ago is still held");
        let early = thread.timeline.slice(Axis::Steps, 1000 * Axis::STEP, 2000 * Axis::STEP).unwrap();
        assert!(early.states.has(ThreadState::Waiting) && early.states.has(ThreadState::Running));
    }

    #[test]
    fn waiters_stand_in_line_until_they_go_on() {
        let mut script = Script::new("", &[]);
        script.thread(1, "a").thread(2, "b").lock(0, "l");
        script.does(0, 1, EventKind::Acquired { object: samples::object(0), depth: 1 });
        script.blocks_on_lock(2, 3, 0).blocks_on_lock(1, 3, 0);
        assert_eq!(script.model().objects()[0].waiters, [ThreadId(2), ThreadId(1)]);
        script.does(0, 2, EventKind::Released { object: samples::object(0), depth: 0 });
        script.does(2, 3, EventKind::Ready { by: Some(ThreadId(0)) });
        let model = script.model();
        assert_eq!((model.objects()[0].owner(), &model.objects()[0].waiters[..]), (None, &[ThreadId(1)][..]));
        assert!(model.threads()[0].held.is_empty());
    }

    #[test]
    fn a_lock_released_by_another_thread_leaves_its_owner() {
        let mut script = Script::new("", &[]);
        script.thread(1, "a").lock(0, "l");
        script.does(0, 1, EventKind::Acquired { object: samples::object(0), depth: 1 });
        script.does(1, 2, EventKind::Released { object: samples::object(0), depth: 0 });
        let model = script.model();
        assert!(model.threads()[0].held.is_empty() && model.threads()[0].holds[0].to.is_some());
    }
}
