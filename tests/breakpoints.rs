//! Breakpoints and variables of a live run: where it stops, before or after what, and what can be seen there. The clock
//! is virtual; tests wait only for the run to stop or to end.

use raddle::base::{Source, ThreadId};
use raddle::engine::{Control, EventStream, Options, Received, Run, RunEnd};
use raddle::event::{Breakpoint, Event, EventKind, Happening, Strike, Variable, Variables, Writing};
use raddle::machine::image::Image;
use raddle::policy::Kind;
use raddle::schedule::StepUnit;
use std::sync::Arc;
use std::time::Duration;

/// Only a defect takes so long.
const LONG: Duration = Duration::from_secs(20);
const WORKER: ThreadId = ThreadId(1);

/// One worker that counts under a lock, and a computation without any operation.
const COUNT: &str = "\
import threading
lock = threading.Lock()
total = 0
def square(n):
    result = n * n
    return result
def work(times):
    global total
    for i in range(times):
        value = square(i)
        with lock:
            total += value
worker = threading.Thread(target=work, args=(3,))
worker.start()
worker.join()
print(total)
";

struct Stopped {
    run: Run,
    control: Control,
    stream: EventStream,
    events: Vec<Event>,
}

impl Stopped {
    fn start(program: &str, options: Options) -> Stopped {
        let program = raddle::lang::compile(Arc::new(Source::new("test.py", program))).expect("it compiles");
        let run = Run::start(Arc::new(Image::new(Arc::new(program))), options).expect("there are threads");
        let (control, stream) = (run.control(), run.events());
        Stopped { run, control, stream, events: Vec::new() }
    }

    fn at(program: &str, breakpoints: impl IntoIterator<Item = Breakpoint>) -> Stopped {
        let breakpoints = breakpoints.into_iter().collect();
        Stopped::start(program, Options { breakpoints, policy: Kind::RoundRobin, ..Options::default() })
    }

    /// Waits until the run stops; gives why, or `None` if it is over.
    fn wait(&mut self) -> Option<Strike> {
        loop {
            match self.stream.recv_timeout(LONG) {
                Received::Event(event) => self.events.push(event),
                Received::Quiet => return self.control.strike(),
                Received::Nothing => panic!("nothing comes: {:?} {:?}", self.control.positions(), self.events.last()),
            }
        }
    }

    /// Lets the run go on, and waits until it stops again.
    fn go_on(&mut self) -> Option<Strike> {
        assert!(self.control.is_paused());
        self.control.resume();
        self.wait()
    }

    /// Takes a step of the run, and waits for its event.
    fn step(&mut self, thread: ThreadId) {
        self.control.step(Some(thread), StepUnit::Operation);
        match self.stream.recv_timeout(LONG) {
            Received::Event(event) => self.events.push(event),
            other => panic!("{other:?}"),
        }
        self.events.extend(self.stream.drain(usize::MAX));
    }

    fn line(&self, thread: ThreadId) -> u32 {
        let positions = self.control.positions();
        positions.iter().find(|position| position.thread == thread).expect("there is such a thread").line
    }

    fn variables(&self, thread: ThreadId) -> Variables {
        self.control.variables(thread)
    }
}

fn count(events: &[Event], which: impl Fn(&EventKind) -> bool) -> usize {
    events.iter().filter(|event| which(&event.kind)).count()
}

fn writes(kind: &EventKind) -> bool {
    matches!(kind, EventKind::Wrote { .. })
}

/// `i = 1, value = 1`
fn said(variables: &[Variable]) -> String {
    variables.iter().map(|it| format!("{} = {}", it.name, it.value)).collect::<Vec<_>>().join(", ")
}

#[test]
fn a_line_stops_each_thread_that_comes_to_it_before_it_does_anything_there() {
    let mut run = Stopped::at(COUNT, [Breakpoint::Line(12)]);
    for turn in 0..3 {
        let strike = if turn == 0 { run.wait() } else { run.go_on() }.expect("a turn of the loop");
        assert_eq!((strike.thread, strike.line, strike.number), (WORKER, 12, turn + 1));
        assert_eq!(run.line(WORKER), 12);
        assert_eq!(count(&run.events, writes), turn as usize, "what is on the line was not done yet");
    }
    assert_eq!(run.go_on(), None);
    assert_eq!(run.run.end(), RunEnd::Exited(0));
}

#[test]
fn a_line_without_an_operation_stops_a_thread_that_computes() {
    let mut run = Stopped::at(COUNT, [Breakpoint::Line(6)]);
    assert_eq!(run.wait().map(|strike| strike.line), Some(6));
    let variables = run.variables(WORKER);
    let frames = variables.frames.expect("it stands still");
    let functions: Vec<_> = frames.iter().map(|frame| (&*frame.function, frame.line)).collect();
    assert_eq!(functions, [("square", 6), ("work", 10)]);
    assert_eq!(said(&frames[0].variables), "n = 0, result = 0");
    assert_eq!(said(&frames[1].variables), "times = 3, i = 0");
    run.go_on();
    let frames = run.variables(WORKER).frames.expect("it stands still");
    assert_eq!(said(&frames[0].variables), "n = 1, result = 1");
}

#[test]
fn leaving_a_with_block_is_not_coming_to_its_head() {
    let mut run = Stopped::at(COUNT, [Breakpoint::Line(11)]);
    let mut stops = 1;
    run.wait().expect("the head");
    while run.go_on().is_some() {
        stops += 1;
    }
    assert_eq!(stops, 3);
}

#[test]
fn one_that_was_switched_off_knows_what_was_named_meanwhile() {
    let taken = Breakpoint::Object { name: "lock".into(), id: None };
    let options = Options { paused: true, breakpoints: vec![taken.clone()], ..Options::default() };
    let mut run = Stopped::start(COUNT, options);
    run.control.set_breakpoints(&[]);
    while !run.events.iter().any(|event| matches!(event.kind, EventKind::ObjectShown { .. })) {
        run.step(ThreadId::MAIN);
    }
    run.control.set_breakpoints(std::slice::from_ref(&taken));
    assert_eq!(run.go_on().map(|strike| strike.breakpoint), Some(taken));
}

#[test]
fn writing_what_is_there_already_is_no_change() {
    let program = "\
import threading
done = False
other = 0
def work():
    global done, other
    done = False
    other = 1
    done = True
worker = threading.Thread(target=work)
worker.start()
worker.join()
print(done, other)
";
    let change = Breakpoint::Watch { name: "done".into(), place: None, on: Writing::Change };
    let mut run = Stopped::at(program, [change]);
    assert_eq!(run.wait().map(|strike| strike.line), Some(8));
    assert_eq!(run.go_on(), None);
}

#[test]
fn stepping_over_the_line_does_not_stop_at_it_again() {
    let mut run = Stopped::at(COUNT, [Breakpoint::Line(12)]);
    run.wait().expect("it comes to the line");
    run.step(WORKER);
    assert_eq!(run.control.strike(), None, "it read, and is still on the line");
    run.step(WORKER);
    assert_eq!(run.control.strike(), None);
    assert_eq!(count(&run.events, writes), 1);
    assert_eq!(run.go_on().map(|strike| strike.number), Some(2), "the next turn of the loop");
}

#[test]
fn several_threads_stop_at_a_line_one_after_the_other() {
    let program = "\
import threading
def work(n):
    m = n + 1
    print(m)
threads = [threading.Thread(target=work, args=(i,)) for i in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
";
    for policy in [Kind::Os, Kind::RoundRobin] {
        let options = Options { breakpoints: vec![Breakpoint::Line(3)], policy, ..Options::default() };
        let mut run = Stopped::start(program, options);
        let mut stopped = Vec::new();
        let mut strike = run.wait();
        while let Some(at) = strike {
            stopped.push(at.thread.0);
            strike = run.go_on();
        }
        stopped.sort_unstable();
        assert_eq!(stopped, [1, 2, 3, 4], "{}", policy.name());
        assert_eq!(count(&run.events, |kind| matches!(kind, EventKind::Printed { .. })), 4);
    }
}

#[test]
fn an_object_stops_the_run_right_after_it_was_taken() {
    let mut run = Stopped::at(COUNT, [Breakpoint::Object { name: "lock".into(), id: None }]);
    let strike = run.wait().expect("the lock is taken");
    assert_eq!((strike.thread, strike.line), (WORKER, 11));
    assert!(matches!(run.events.last().map(|event| &event.kind), Some(EventKind::Acquired { .. })));
    assert_eq!(
        run.variables(ThreadId::MAIN).globals.iter().find(|it| &*it.name == "lock").map(|it| it.value.to_string()),
        Some("held by Thread-1 (work)".to_owned())
    );
    run.go_on().expect("and again");
    run.go_on().expect("and again");
    assert_eq!(run.go_on(), None);
}

#[test]
fn states_stop_the_run() {
    let program = "\
import threading
a = threading.Lock()
b = threading.Lock()
barrier = threading.Barrier(2)
def work(first, second):
    with first:
        barrier.wait()
        with second:
            pass
t = threading.Thread(target=work, args=(a, b), daemon=True)
u = threading.Thread(target=work, args=(b, a), daemon=True)
t.start()
u.start()
t.join(1)
u.join(1)
raise ValueError('over')
";
    let mut run = Stopped::at(program, [Breakpoint::Any(Happening::Trouble)]);
    assert!(run.wait().is_some());
    assert!(matches!(run.events.last().map(|event| &event.kind), Some(EventKind::Trouble(_))), "{:?}", run.events);

    let mut run = Stopped::at(program, [Breakpoint::Any(Happening::Blocks)]);
    let strike = run.wait().expect("somebody blocks");
    assert_eq!(strike.breakpoint, Breakpoint::Any(Happening::Blocks));
    let blocked = |kind: &EventKind| matches!(kind, EventKind::Blocked { .. });
    let last = run.events.iter().rposition(|event| blocked(&event.kind) && event.thread == strike.thread);
    assert!(last.is_some_and(|last| last + 2 >= run.events.len()), "{:?}", run.events);

    let mut run = Stopped::at(COUNT, [Breakpoint::Any(Happening::Ends), Breakpoint::Any(Happening::Crashes)]);
    assert_eq!(run.wait().map(|strike| strike.thread), Some(WORKER));
    assert_eq!(count(&run.events, writes), 3);
    assert_eq!(run.go_on(), None, "the end of the main thread is the end of the run");
}

/// One operation meets a breakpoint and leaves no thread that can go on.
#[test]
fn a_run_that_is_stopped_where_it_gets_stuck_tells_so_again() {
    let program = "import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()\n";
    let mut run = Stopped::at(program, [Breakpoint::Any(Happening::Blocks)]);
    assert_eq!(run.wait().map(|strike| strike.line), Some(4));
    for _ in 0..2 {
        assert_eq!(run.go_on(), None);
        assert!(run.control.is_stuck());
        run.control.pause();
    }
    assert_eq!(run.run.end(), RunEnd::Stuck);
}

#[test]
fn a_watched_variable_stops_the_run_when_it_changes() {
    let watch = |on| Breakpoint::Watch { name: "total".into(), place: None, on };
    // The first write adds nothing.
    let mut run = Stopped::at(COUNT, [watch(Writing::Change)]);
    assert_eq!(run.wait().map(|strike| strike.line), Some(12));
    assert_eq!(count(&run.events, writes), 2);
    let total = |run: &Stopped| {
        let globals = run.variables(WORKER).globals;
        globals.iter().find(|it| &*it.name == "total").expect("it is global").value.to_string()
    };
    assert_eq!(total(&run), "1");
    let mut run = Stopped::at(COUNT, [watch(Writing::Any)]);
    for expected in ["0", "1", "5"] {
        let strike = if run.events.is_empty() { run.wait() } else { run.go_on() };
        assert_eq!(strike.map(|strike| strike.thread), Some(WORKER));
        assert_eq!(total(&run), expected);
    }
    assert_eq!(run.go_on(), None);
}

#[test]
fn breakpoints_come_and_go_while_the_run_is_stopped() {
    let mut run = Stopped::at(COUNT, [Breakpoint::Line(10)]);
    run.wait().expect("the first turn");
    let total = run.variables(WORKER).globals.into_iter().find(|it| &*it.name == "total").expect("it is global");
    let place = total.place.expect("others can reach it");
    run.control.set_breakpoints(&[Breakpoint::Watch { name: "total".into(), place: Some(place), on: Writing::Any }]);
    assert_eq!(run.go_on().map(|strike| strike.line), Some(12));
    run.control.set_breakpoints(&[Breakpoint::Line(16)]);
    assert_eq!(run.go_on().map(|strike| (strike.thread, strike.line)), Some((ThreadId::MAIN, 16)));
    run.control.set_breakpoints(&[]);
    assert_eq!(run.go_on(), None);
    assert_eq!(run.run.end(), RunEnd::Exited(0));
}

/// Under every policy except `os`, a run with stops is the same as one without.
#[test]
fn stopping_changes_nothing_about_the_run() {
    for policy in Kind::ALL.into_iter().filter(|kind| *kind != Kind::Os) {
        let options = |breakpoints| Options { breakpoints, policy, seed: 5, ..Options::default() };
        let mut plain = Stopped::start(COUNT, options(Vec::new()));
        assert_eq!(plain.wait(), None);
        let mut stopped = Stopped::start(
            COUNT,
            options(vec![Breakpoint::Line(5), Breakpoint::Line(12), Breakpoint::Any(Happening::Blocks)]),
        );
        assert!(stopped.wait().is_some());
        while stopped.go_on().is_some() {}
        assert_eq!(plain.events, stopped.events, "{}", policy.name());
    }
}

/// Computing takes the same turns whether a thread is stopped in the middle of it or not.
#[test]
fn a_computation_that_is_stopped_takes_the_same_turns() {
    let program = "\
import threading
total = 0
def work(n):
    global total
    for i in range(n):
        square = i * i
        if i % 3000 == 0:
            last = square
    total += last
threads = [threading.Thread(target=work, args=(n,)) for n in (20000, 9000, 15000)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(total)
";
    for policy in [Kind::RoundRobin, Kind::Random, Kind::Gil] {
        let options = |breakpoints| Options { breakpoints, policy, seed: 3, ..Options::default() };
        let mut plain = Stopped::start(program, options(Vec::new()));
        assert_eq!(plain.wait(), None);
        let mut stopped = Stopped::start(program, options(vec![Breakpoint::Line(8)]));
        let mut stops = usize::from(stopped.wait().is_some());
        while stopped.go_on().is_some() {
            stops += 1;
        }
        assert_eq!(stops, 7 + 3 + 5, "{}", policy.name());
        assert_eq!(plain.events, stopped.events, "{}", policy.name());
    }
}

/// Walking line by line is the same as running, for any program.
#[test]
fn every_program_does_the_same_when_it_is_walked_through() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance");
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let mut programs: Vec<_> = entries.map(|entry| entry.expect("it can be read").path()).collect();
    programs.retain(|path| path.extension().is_some_and(|end| end == "py"));
    programs.sort();
    assert!(programs.len() > 100);
    for path in programs {
        let text = std::fs::read_to_string(&path).expect("it can be read");
        let options = |breakpoints| Options { breakpoints, policy: Kind::RoundRobin, ..Options::default() };
        let mut plain = Stopped::start(&text, options(Vec::new()));
        plain.wait();
        let beyond = text.lines().count() as u32 + 1;
        let mut walked = Stopped::start(&text, options(vec![Breakpoint::Line(beyond)]));
        assert_eq!(walked.wait(), None);
        let name = path.display();
        assert_eq!(plain.events.len(), walked.events.len(), "{name}");
        for (one, other) in plain.events.iter().zip(&walked.events) {
            // The wall clock is read at the start of each run.
            if !matches!(one.kind, EventKind::Printed { .. }) {
                assert_eq!(one, other, "{name}");
            }
        }
    }
}

#[test]
fn a_step_of_a_line_from_where_a_thread_was_stopped_ends_on_the_next() {
    let mut run = Stopped::at(COUNT, [Breakpoint::Line(10)]);
    run.wait().expect("the first turn");
    run.control.set_breakpoints(&[]);
    run.control.step(Some(WORKER), StepUnit::Line);
    while run.control.positions().iter().any(|position| position.thread == WORKER && position.next.is_empty()) {
        std::thread::yield_now();
    }
    assert_eq!(run.line(WORKER), 11, "it stands before it takes the lock");
}

#[test]
fn a_stopped_run_can_be_ended() {
    let mut run = Stopped::at(COUNT, [Breakpoint::Line(6)]);
    run.wait().expect("it stops");
    assert_eq!(run.run.end(), RunEnd::Aborted);
}
