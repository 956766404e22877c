//! Busy waits: named, and stopped, when no thread is left that could end them.

use crate::support::random::Xorshift;
use crate::support::world::World;
use crate::{named, run, troubles, world};
use raddle::base::ThreadId;
use raddle::event::{Blocker, Event, EventKind};
use raddle::schedule::{Choice, Fault, Signal};

const SEEDS: u64 = 8;

fn check(text: &str, expected: Option<&str>) {
    for seed in 1..=SEEDS {
        let text = format!("import threading, time, queue\n{text}");
        let (found, status) = run(&text, seed);
        assert_eq!(found.first().map(String::as_str), expected, "with seed {seed}: {found:?}\n{text}");
        assert_eq!(status.is_some(), expected.is_none(), "{text}");
    }
}

/// The end of a run in which time passes while threads only turn.
fn turned(text: &str, seed: u64) -> World {
    let mut world = world(text);
    let mut random = Xorshift(seed);
    for _ in 0..5_000 {
        let choices = world.choices();
        if choices.is_empty() {
            return world;
        }
        world.run.set_clock(world.shared().now + 100_000_000).expect("time goes on");
        world.take(&choices[random.below(choices.len())]);
    }
    panic!("it takes too many steps: {:?}", troubles(&world));
}

#[test]
fn a_flag_that_nobody_sets() {
    let program = |wait: &str, then: &str| {
        format!(
            "
ready = False
def spin():
    {wait}
def other():
    global ready
    if {then}: ready = True
threading.Thread(target=spin, name='spin').start()
threading.Thread(target=other, name='other').start()
"
        )
    };
    for wait in ["while not ready: pass", "while not ready: time.sleep(0.5)", "while ready is False:\n        pass"] {
        check(&program(wait, "False"), Some("busy (ready): spin"));
        check(&program(wait, "True"), None);
    }
    check(&program("seen = ready\n    while not seen: seen = ready", "False"), Some("busy (ready): spin"));
    // Nothing in the program does.
    let spin =
        "ready = False\ndef spin():\n    while not ready: pass\nthreading.Thread(target=spin, name='spin').start()";
    check(spin, Some("busy (ready): spin"));
    // It ends by itself.
    check(&program("n = 0\n    while not ready and n < 50: n += 1", "False"), None);
    check(
        &program("end = time.monotonic() + 3\n    while not ready and time.monotonic() < end: time.sleep(1)", "False"),
        None,
    );
}

#[test]
fn a_flag_that_is_an_attribute() {
    let program = |then: &str| {
        format!(
            "
class Worker:
    def __init__(self):
        self.running = True
    def run(self):
        while self.running:
            time.sleep(1)
    def stop(self):
        self.running = False
worker = Worker()
threading.Thread(target=worker.run, name='w').start()
time.sleep(5)
{then}
"
        )
    };
    check(&program("pass"), Some("busy (self.running): w"));
    check(&program("worker.stop()"), None);
    check(&program("setattr(worker, 'running', False)"), None);
}

#[test]
fn objects_that_are_polled() {
    let program = |wait: &str, then: &str| {
        format!(
            "
done, q = threading.Event(), queue.Queue()
def spin():
    {wait}
t = threading.Thread(target=spin, name='spin')
t.start()
time.sleep(3)
{then}
"
        )
    };
    for (wait, then, what) in [
        ("while not done.is_set(): time.sleep(1)", "done.set()", "done.is_set()"),
        ("while not done.wait(1): pass", "done.set()", "done.wait()"),
        ("while q.empty(): time.sleep(0.2)", "q.put(1)", "q.empty()"),
        ("while threading.main_thread().is_alive() and q.empty(): time.sleep(1)", "q.put(1)", ""),
    ] {
        if !what.is_empty() {
            check(&program(wait, "pass"), Some(&format!("busy ({what}): spin")));
        }
        check(&program(wait, then), None);
    }
}

#[test]
fn what_may_change_is_let_be() {
    // A list that another thread fills, a number that changes, a thread that goes on working.
    check(
        "
items = []
def fill():
    time.sleep(3)
    items.append(1)
threading.Thread(target=fill).start()
while not items: time.sleep(1)
",
        None,
    );
    check(
        "
turn = 0
def play(me):
    global turn
    for _ in range(2):
        while turn != me: time.sleep(0.1)
        turn = (turn + 1) % 3
for n in range(3): threading.Thread(target=play, args=(n,)).start()
",
        None,
    );
    check(
        "
t = threading.Thread(target=time.sleep, args=(5,))
t.start()
while t.is_alive(): t.join(1)
",
        None,
    );
}

#[test]
fn two_that_ask_what_nobody_answers() {
    let text = "
import threading, time
e, f = threading.Event(), threading.Event()
def one():
    while not e.is_set(): pass
def two():
    while not f.is_set(): time.sleep(1)
threading.Thread(target=two, name='two').start()
time.sleep(2)
threading.Thread(target=one, name='one').start()
f.wait()
";
    for seed in 1..=SEEDS {
        let mut world = turned(text, seed);
        let mut found: Vec<_> = troubles(&world).iter().map(|trouble| named(&world, trouble)).collect();
        found.sort();
        assert_eq!(found, ["busy (e.is_set()): one", "busy (f.is_set()): two", "stuck: MainThread"], "seed {seed}");
        assert!(world.choices().is_empty(), "they were to stop");
    }
}

#[test]
fn a_daemon_that_goes_round_is_no_trouble_while_others_go_on() {
    let program = |end: &str| {
        format!(
            "
going = True
def work():
    while going: time.sleep(1)
def stop():
    global going
    if not going: going = True
threading.Thread(target=work, daemon=True, name='w').start()
time.sleep(99)
{end}
"
        )
    };
    check(&program(""), None);
    check(&program("threading.Event().wait()"), Some("busy (going): w"));
}

#[test]
fn two_that_wait_for_each_other() {
    let text = "
import threading, time
a = False
b = False
def one():
    global a
    while not b: pass
    a = True
def two():
    global b
    while not a: time.sleep(1)
    b = True
threading.Thread(target=one, name='one').start()
threading.Thread(target=two, name='two').start()
";
    for seed in 1..=SEEDS {
        let world = turned(text, seed);
        let mut found: Vec<_> = troubles(&world).iter().map(|trouble| named(&world, trouble)).collect();
        found.sort();
        assert_eq!(found, ["busy (a): two", "busy (b): one"], "with seed {seed}");
        assert_eq!(world.shared().status(), None);
    }
}

#[test]
fn a_handler_that_sets_it_lets_a_stopped_thread_go_on() {
    let text = "
import signal, threading, time
ready = False
def handle(number, frame):
    global ready
    ready = True
def spin():
    while not ready: time.sleep(1)
threading.Thread(target=spin).start()
signal.signal(signal.SIGUSR1, handle)
signal.pause()
";
    for seed in 1..=SEEDS {
        let mut world = world(text);
        let mut random = Xorshift(seed);
        while world.shared().now < 30_000_000_000 {
            let choices = world.choices();
            if choices.is_empty() {
                break;
            }
            world.take(&choices[random.below(choices.len())]);
        }
        let usr1 = Choice::Fault(Fault::Signal { signal: Signal::Usr1 });
        world.run.choose(&usr1, &|| false).expect("a program takes signals");
        assert!(world.ends(&mut random));
        assert_eq!(world.shared().status(), Some(0), "with seed {seed}");
    }
}

#[test]
fn who_looks_again_in_vain_is_not_named_again_and_who_sees_a_change_goes_on() {
    for (turn, first) in [("time.sleep(1)", "time.sleep(0.5)"), ("pass", "pass")] {
        let text = format!(
            "
import threading, time
ready, never = False, threading.Event()
def spin():
    while not ready: {turn}
threading.Thread(target=spin, name='one').start()
threading.Thread(target=spin, name='two').start()
{first}
for _ in range(2):
    try: never.wait()
    except ValueError: pass
ready = True
"
        );
        (1..=SEEDS).for_each(|seed| looks_again(&text, seed));
    }
}

/// Two threads are stopped, look again twice in vain, and go on when `ready` is set.
fn looks_again(text: &str, seed: u64) {
    let raise = Choice::Fault(Fault::Raise { thread: ThreadId::MAIN, exception: "ValueError".into() });
    let mut world = world(text);
    let mut random = Xorshift(seed);
    assert!(world.ends(&mut random));
    assert_eq!(rests(&world), 2, "with seed {seed}");
    for _ in 0..2 {
        let mut found: Vec<_> = troubles(&world).iter().map(|trouble| named(&world, trouble)).collect();
        found.sort();
        assert_eq!(found, ["busy (ready): one", "busy (ready): two", "stuck: MainThread"], "with seed {seed}");
        assert_eq!(world.shared().status(), None);
        world.run.choose(&raise, &|| false).expect("main is alive");
        assert!(world.ends(&mut random));
    }
    assert_eq!(world.shared().status(), Some(0), "with seed {seed}");
    assert!(world.shared().resting.is_empty(), "with seed {seed}");
}

#[test]
fn what_is_seen_may_take_some_turns_to_matter() {
    let program = |names: &str, looks: &str| {
        format!(
            "
p = q = r = ready = False
def nobody():
    global p, q, r
    p = q = r = True
def spin():
    {names} = False
    while not one:
        {looks}
        time.sleep(1)
def other():
    global ready
    time.sleep(2.5)
    ready = True
threading.Thread(target=spin).start()
threading.Thread(target=other).start()
"
        )
    };
    check(&program("one = two", "one = two; two = ready"), None);
    check(&program("one = two = three", "one = two; two = three; three = p or q or r or ready"), None);
}

#[test]
fn who_leaves_one_loop_and_comes_into_the_next_is_named_there() {
    let text = "
ready = False
never = False
def nobody():
    global never
    never = True
def spin():
    one = two = three = False
    while not one:
        one = two; two = three; three = ready
        time.sleep(1)
    while not never: time.sleep(1)
def other():
    global ready
    time.sleep(0.5)
    ready = True
threading.Thread(target=spin, name='spin').start()
threading.Thread(target=other).start()
";
    check(text, Some("busy (never): spin"));
}

#[test]
fn nobody_is_certain_before_all_are() {
    // One of them will leave its loop, though nobody changes anything any more, and then help the other.
    let text = "
ready = done = False
def spin():
    global done
    one = two = three = False
    while not one:
        one = two; two = three; three = ready
        time.sleep(1)
    done = True
def wait():
    while not done: time.sleep(0.1)
def other():
    global ready
    time.sleep(0.5)
    ready = True
for f in (spin, wait, other): threading.Thread(target=f).start()
";
    check(text, None);
}

/// The end of the program.
fn reached(text: &str, seed: u64) -> World {
    let mut world = world(&format!("import threading, time, queue\n{text}"));
    assert!(world.ends(&mut Xorshift(seed)));
    world
}

/// How often a thread was stopped in a loop.
fn rests(world: &World) -> usize {
    let rests = |event: &&Event| matches!(event.kind, EventKind::Blocked { on: Blocker::Change, .. });
    world.shared().events.iter().filter(rests).count()
}

/// What is reported of the program, each with its second.
fn reports(text: &str, seed: u64) -> Vec<(String, u64)> {
    let world = reached(text, seed);
    let report = |event: &Event| match &event.kind {
        EventKind::Trouble(trouble) => Some((named(&world, trouble), event.at / 1_000_000_000)),
        _ => None,
    };
    world.shared().events.iter().filter_map(report).collect()
}

#[test]
fn a_loop_is_named_after_some_turns_whatever_others_do_meanwhile() {
    // Each time it looks for trouble, all that go round are found anew.
    let text = "
ready = False
def nobody():
    global ready
    ready = True
def spin():
    while not ready: time.sleep(1)
q = queue.Queue()
def get():
    while q.get(): pass
def put():
    for _ in range(9):
        q.put(True)
        time.sleep(1)
    q.put(False)
for f in (spin, get, put): threading.Thread(target=f, name=f.__name__).start()
";
    for seed in 1..=SEEDS {
        assert_eq!(reports(text, seed), [("busy (ready): spin".to_owned(), 3)], "with seed {seed}");
    }
}

#[test]
fn a_loop_whose_turns_differ_is_named_after_some_more_operations() {
    let text = "
ready = False
def nobody():
    global ready
    ready = True
def spin():
    again = False
    while not ready:
        if again: time.sleep(1)
        else: time.sleep(2)
        again = True
threading.Thread(target=spin, name='spin').start()
time.sleep(1)
";
    check(text, Some("busy (ready): spin"));
}

#[test]
fn several_are_named_together_and_look_again_only_when_something_may_have_changed() {
    let text = "
ready = False
other = 0
def nobody():
    global ready, other
    ready = True
    other = 1
def spin():
    while not ready: time.sleep(1)
def talk():
    time.sleep(0.5)
    for n in range(9):
        time.sleep(1)
        print(n, other, time.monotonic() > 0)
for name in 'ab': threading.Thread(target=spin, name=name).start()
threading.Thread(target=talk).start()
time.sleep(0.2)
";
    for seed in 1..=SEEDS {
        let (mut names, seconds): (Vec<_>, Vec<_>) = reports(text, seed).into_iter().unzip();
        names.sort();
        assert_eq!(names, ["busy (ready): a", "busy (ready): b"], "with seed {seed}");
        assert!(seconds.iter().all(|second| *second <= 4), "with seed {seed}: {seconds:?}");
        assert_eq!(rests(&reached(text, seed)), 4, "with seed {seed}: nothing has changed but that `talk` has ended");
        let text = text.replace("print(", "lock.acquire(); lock.release(); print(");
        assert!(rests(&reached(&format!("lock = threading.Lock()\n{text}"), seed)) > 4, "with seed {seed}");
    }
}
