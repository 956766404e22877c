//! What faults do to programs: each is injected into a live run at the place where the fault matters, on the virtual
//! clock.

use raddle::base::{ObjectId, Source, ThreadId};
use raddle::engine::{Control, EventStream, Options, Run, RunEnd, StepResult};
use raddle::event::{Ending, Event, EventKind, ObjectKind, TroubleKind};
use raddle::machine::Image;
use raddle::schedule::{Fault, StepUnit};
use std::sync::Arc;

const WORKER: ThreadId = ThreadId(1);

/// A worker holds a lock and waits for an event that main sets; then main wants the lock.
const HOLDER: &str = "\
import threading
lock = threading.Lock()
go = threading.Event()
ready = threading.Event()
def work():
    with lock:
        ready.set()
        go.wait()
    print('worker is through')
worker = threading.Thread(target=work)
worker.start()
ready.wait()
go.set()
with lock:
    print('main has the lock')
worker.join()
print('end')
";

/// A consumer waits on a condition until main has put something in and notified.
const NOTIFY: &str = "\
import threading
changed = threading.Condition()
box = []
def take():
    with changed:
        while not box:
            changed.wait()
        print('took', box.pop())
worker = threading.Thread(target=take)
worker.start()
import time
time.sleep(1)
with changed:
    box.append(1)
    changed.notify()
worker.join()
print('end')
";

/// A worker that computes and never does anything that others can see.
const COMPUTE: &str = "\
import threading
def work():
    try:
        while True:
            pass
    finally:
        print('unwound')
worker = threading.Thread(target=work)
worker.start()
worker.join()
print('end')
";

struct Show {
    run: Run,
    control: Control,
    events: EventStream,
    seen: Vec<Event>,
}

impl Show {
    /// Starts paused.
    fn of(text: &str) -> Show {
        let program = raddle::lang::compile(Arc::new(Source::new("fault.py", text))).expect("the program compiles");
        let image = Arc::new(Image::new(Arc::new(program)));
        let run = Run::start(image, Options { paused: true, ..Options::default() }).expect("there are threads");
        let (control, events) = (run.control(), run.events());
        Show { run, control, events, seen: Vec::new() }
    }

    /// Steps only the thread, until `found` is true for an event of a step.
    fn step_until(&mut self, thread: ThreadId, found: impl Fn(&EventKind) -> bool) {
        loop {
            // Events before the step do not belong to it.
            self.seen.extend(self.events.drain(usize::MAX));
            let before = self.seen.len();
            assert_eq!(self.control.step(Some(thread), StepUnit::Operation), StepResult::Moves(thread));
            loop {
                let event = self.events.recv().expect("a step makes an event");
                let own = event.thread == thread;
                self.seen.push(event);
                if own {
                    break;
                }
            }
            self.seen.extend(self.events.drain(usize::MAX));
            if self.seen[before..].iter().any(|event| found(&event.kind)) {
                return;
            }
        }
    }

    /// Lets the run go on to its end, or until nothing moves.
    fn finish(mut self) -> (RunEnd, Vec<Event>) {
        self.control.resume();
        while let Some(event) = self.events.recv() {
            self.seen.push(event);
        }
        (self.run.end(), self.seen)
    }

    fn object(&self, wanted: ObjectKind) -> ObjectId {
        let found = self.seen.iter().find_map(|event| match event.kind {
            EventKind::ObjectShown { object, what, .. } if what == wanted => Some(object),
            _ => None,
        });
        found.expect("the object was shown")
    }
}

fn printed(events: &[Event]) -> String {
    let texts = events.iter().filter_map(|event| match &event.kind {
        EventKind::Printed { text, error: false } => Some(&**text),
        _ => None,
    });
    texts.collect()
}

fn troubles(events: &[Event]) -> Vec<&'static str> {
    let kinds = events.iter().filter_map(|event| match &event.kind {
        EventKind::Trouble(trouble) => Some(trouble.kind.name()),
        _ => None,
    });
    kinds.collect()
}

fn acquired(kind: &EventKind) -> bool {
    matches!(kind, EventKind::Acquired { .. })
}

fn started(kind: &EventKind) -> bool {
    matches!(kind, EventKind::ThreadStarted { .. })
}

/// Brings the worker of `HOLDER` to where it holds the lock.
fn worker_holds_the_lock() -> Show {
    let mut show = Show::of(HOLDER);
    show.step_until(ThreadId::MAIN, started);
    show.step_until(WORKER, acquired);
    show
}

#[test]
fn without_a_fault_the_program_ends_well() {
    let (end, events) = worker_holds_the_lock().finish();
    assert_eq!(end, RunEnd::Exited(0));
    assert!(printed(&events).ends_with("end\n"));
    assert!(troubles(&events).is_empty());
}

#[test]
fn a_killed_holder_never_gives_the_lock_back() {
    let show = worker_holds_the_lock();
    show.control.inject(&Fault::Kill { thread: WORKER }).expect("it is alive");
    let (end, events) = show.finish();
    assert_eq!(end, RunEnd::Stuck);
    assert!(
        events.iter().any(|event| event.thread == WORKER && event.kind == EventKind::Ended { how: Ending::Killed })
    );
    assert!(troubles(&events).contains(&"lock held by a dead thread"), "{:?}", troubles(&events));
    assert_eq!(printed(&events), "");
}

#[test]
fn an_exception_raised_from_outside_unwinds_and_releases() {
    let show = worker_holds_the_lock();
    show.control.inject(&Fault::Raise { thread: WORKER, exception: "ValueError".into() }).expect("it is alive");
    let (end, events) = show.finish();
    // Main waits for `ready`, which the worker could not set any more: no thread is left to do it.
    assert_eq!(end, RunEnd::Stuck);
    let released = |event: &Event| event.thread == WORKER && matches!(event.kind, EventKind::Released { .. });
    assert!(events.iter().any(released), "its with block gave the lock back");
    assert_eq!(troubles(&events), ["uncaught exception", "stuck"]);
}

#[test]
fn a_leaked_lock_stays_held_after_its_release() {
    let show = worker_holds_the_lock();
    let lock = show.object(ObjectKind::Lock);
    show.control.inject(&Fault::LeakLock { lock, nth: 1 }).expect("it is a lock");
    let (end, events) = show.finish();
    assert_eq!(end, RunEnd::Stuck);
    assert!(events.iter().any(|event| event.kind == EventKind::FaultFired { object: lock }));
    assert_eq!(printed(&events), "worker is through\n", "the worker did not notice");
    let dead_owner = |event: &Event| match &event.kind {
        EventKind::Trouble(trouble) => trouble.kind == TroubleKind::DeadOwner { lock, owner: WORKER },
        _ => false,
    };
    assert!(events.iter().any(dead_owner));
}

#[test]
fn a_dropped_notify_is_a_lost_wakeup() {
    let mut show = Show::of(NOTIFY);
    show.step_until(ThreadId::MAIN, started);
    show.step_until(WORKER, |kind| matches!(kind, EventKind::Blocked { .. }));
    let condition = show.object(ObjectKind::Condition);
    show.control.inject(&Fault::DropNotify { condition, nth: 1 }).expect("it is a condition");
    let (end, events) = show.finish();
    assert_eq!(end, RunEnd::Stuck);
    assert!(events.iter().any(|event| event.kind == EventKind::FaultFired { object: condition }));
    assert!(events.iter().any(|event| matches!(event.kind, EventKind::Notified { woken: 0, .. })));
    assert_eq!(troubles(&events), ["stuck"]);
    assert_eq!(printed(&events), "");
}

#[test]
fn an_exception_in_a_condition_wait_comes_with_the_lock_taken_again() {
    let mut show = Show::of(NOTIFY);
    show.step_until(ThreadId::MAIN, started);
    show.step_until(WORKER, |kind| matches!(kind, EventKind::Blocked { .. }));
    show.control.inject(&Fault::Raise { thread: WORKER, exception: "KeyError".into() }).expect("it is alive");
    let (end, events) = show.finish();
    assert_eq!(end, RunEnd::Exited(0));
    assert_eq!(troubles(&events), ["uncaught exception"]);
    assert_eq!(printed(&events), "end\n");
}

#[test]
fn a_thread_that_only_computes_can_be_paused_killed_and_raised_in() {
    for (fault, output) in [
        (Fault::Kill { thread: WORKER }, "end\n"),
        (Fault::Raise { thread: WORKER, exception: "RuntimeError".into() }, "unwound\nend\n"),
    ] {
        let mut show = Show::of(COMPUTE);
        show.step_until(ThreadId::MAIN, started);
        show.control.resume();
        show.control.pause();
        show.control.inject(&fault).expect("it is alive");
        let (end, events) = show.finish();
        assert_eq!((end, printed(&events).as_str()), (RunEnd::Exited(0), output));
    }
}

#[test]
fn a_frozen_computation_goes_on_when_it_is_thawed() {
    let mut show = Show::of(COMPUTE);
    show.step_until(ThreadId::MAIN, started);
    show.control.inject(&Fault::Freeze { thread: WORKER }).expect("it is alive");
    show.control.resume();
    while let Some(event) = show.events.recv() {
        show.seen.push(event);
    }
    assert!(show.control.is_stuck(), "nobody moves while it is frozen");
    show.control.inject(&Fault::Thaw { thread: WORKER }).expect("it is frozen");
    show.control.inject(&Fault::Kill { thread: WORKER }).expect("it is alive");
    let (end, events) = show.finish();
    assert_eq!((end, printed(&events).as_str()), (RunEnd::Exited(0), "end\n"));
}

#[test]
fn a_frozen_computation_can_be_killed() {
    let mut show = Show::of(COMPUTE);
    show.step_until(ThreadId::MAIN, started);
    show.control.inject(&Fault::Freeze { thread: WORKER }).expect("it is alive");
    show.control.inject(&Fault::Kill { thread: WORKER }).expect("it is alive");
    let (end, events) = show.finish();
    assert_eq!((end, printed(&events).as_str()), (RunEnd::Exited(0), "end\n"));
}

#[test]
fn what_makes_no_sense_is_refused_with_a_reason() {
    let show = worker_holds_the_lock();
    let lock = show.object(ObjectKind::Lock);
    let refused = |fault: Fault| show.control.inject(&fault).expect_err("it makes no sense").to_string();
    assert_eq!(refused(Fault::Kill { thread: ThreadId(9) }), "there is no such thread");
    assert_eq!(refused(Fault::Thaw { thread: WORKER }), "the thread is not frozen");
    assert_eq!(refused(Fault::DropNotify { condition: lock, nth: 1 }), "only a condition's notify can be dropped");
    let unknown = Fault::Raise { thread: WORKER, exception: "NoSuchError".into() };
    assert_eq!(refused(unknown), "there is no builtin exception NoSuchError");
}
