//! Rings that no thread can open, and threads that get stuck: each is named when it is certain.

use crate::support::random::Xorshift;
use crate::support::world::World;
use crate::{named, run, troubles, world};
use raddle::machine::shared::Phase;

const SEEDS: u64 = 15;

/// In every order of the threads this is reported first.
fn first(text: &str, expected: &str) {
    for seed in 1..=SEEDS {
        let text = format!("import threading, time\n{text}");
        let (found, status) = run(&text, seed);
        assert_eq!(found.first().map(String::as_str), Some(expected), "with seed {seed}: {found:?}\n{text}");
        assert_eq!(status, None);
    }
}

/// Two threads take two locks in opposite order; this comes in addition.
fn ring(beside: &str) -> String {
    format!(
        "
a, b, c = threading.Lock(), threading.Lock(), threading.Lock()
def left():
    a.acquire(); time.sleep(1); b.acquire(); b.release(); a.release()
def right():
    b.acquire(); time.sleep(1); a.acquire(); a.release(); b.release()
threading.Thread(target=left, name='left').start()
threading.Thread(target=right, name='right').start()
{beside}
"
    )
}

/// The run at the moment of the first report.
fn reported(text: &str, seed: u64) -> World {
    let mut world = world(text);
    let mut random = Xorshift(seed);
    while troubles(&world).is_empty() {
        let choices = world.choices();
        assert!(!choices.is_empty(), "with seed {seed} nothing is reported:\n{text}");
        world.take(&choices[random.below(choices.len())]);
    }
    world
}

/// The ring is named while other threads still sleep, at the moment it closes.
fn at_once(text: &str) {
    let text = format!("import threading, time\n{text}");
    for seed in 1..=SEEDS {
        let world = reported(&text, seed);
        assert_eq!(named(&world, &troubles(&world)[0]), "deadlock: left, right", "{text}");
        assert_eq!(world.shared().now, 1_000_000_000, "with seed {seed} it was named late:\n{text}");
        let alive = world.shared().threads.iter().filter(|record| record.phase == Phase::Alive).count();
        assert!(alive > 2, "others were to be there");
    }
}

#[test]
fn a_ring_closes_while_others_are_alive() {
    let others = [
        "time.sleep(5)",
        "def tick():\n    for n in range(5): time.sleep(2)\nthreading.Thread(target=tick).start()",
        // It takes the lock before it releases it.
        "def other():\n    time.sleep(3)\n    a.acquire()\n    a.release()\nthreading.Thread(target=other).start()",
        "def other():\n    time.sleep(3)\n    if a.acquire(False):\n        a.release()
threading.Thread(target=other).start()",
        "def other():\n    time.sleep(3)\n    if not a.acquire(timeout=1):\n        return\n    a.release()
threading.Thread(target=other).start()",
        "def other():\n    time.sleep(3)\n    while not a.acquire(False):\n        time.sleep(1)\n    a.release()
threading.Thread(target=other, daemon=True).start()\ntime.sleep(9)",
        "def other():\n    time.sleep(3)\n    c.acquire(); a.acquire(); a.release(); c.release()
threading.Thread(target=other).start()",
        "k = threading.Condition(a)\ndef other():\n    time.sleep(3)\n    with k: k.wait(1)
threading.Thread(target=other).start()",
        "def use():\n    a.acquire()\n    a.release()\ndef other():\n    time.sleep(3)\n    use()
threading.Thread(target=other).start()",
        // It releases another one.
        "def other():\n    c.acquire()\n    time.sleep(3)\n    c.release()\nthreading.Thread(target=other).start()",
        "def other():\n    with c:\n        time.sleep(3)\nthreading.Thread(target=other).start()",
        "def other():\n    with c, s:\n        time.sleep(3)\n    s.release()\ns = threading.Semaphore(1)
threading.Thread(target=other).start()",
        "class Box:\n    def __init__(self):\n        self.lock = threading.Lock()
    def use(self):\n        self.lock.acquire()\n        time.sleep(3)\n        time.sleep(1)
box = Box()\nthreading.Thread(target=box.use).start()",
        // It gives back another lock while it waits: that of a condition which was not given this one.
        "from threading import Condition\nboxes = [Condition()]
def other():\n    with boxes[0]:\n        boxes[0].wait(3)\nthreading.Thread(target=other).start()",
        "boxes = [threading.Condition()]
def other():\n    with boxes[0]:\n        boxes[0].wait(3)\nthreading.Thread(target=other).start()",
        "d = threading.Lock()\ndef other():\n    time.sleep(3)\n    if d.locked(): d.release()
threading.Thread(target=other).start()",
        "k = threading.Condition(c)\nclass Job:\n    def __init__(self):\n        self.stop = threading.Event()
    def go(self):\n        time.sleep(3)\n        self.stop.wait(1)\nthreading.Thread(target=Job().go).start()",
        // Its release has passed, or is on no path that it can take.
        "def other():\n    c.acquire()\n    time.sleep(3)\n    return\n    a.release()\nthreading.Thread(target=other).start()",
        "e = threading.Event()\ndef other():\n    time.sleep(3)\n    e.wait()\nthreading.Thread(target=other).start()",
        // What it releases is known by the object that it is an attribute of, or is no lock by its name.
        "class Box:\n    def __init__(self):\n        self.lock = threading.Lock()\nbox = Box()
def other():\n    time.sleep(3)\n    if box.lock.locked(): box.lock.release()
threading.Thread(target=other).start()",
        "class Pool:\n    def __init__(self):\n        self.slots = threading.Semaphore(1)
    def use(self):\n        time.sleep(3)\n        self.slots.release()
threading.Thread(target=Pool().use).start()",
    ];
    for other in others {
        at_once(&ring(other));
    }
}

#[test]
fn each_way_to_help_that_is_not_gone() {
    // The same programs as those that end well, without the release.
    first("ready = threading.Lock()\nready.acquire()\nready.acquire()\n", "deadlock: MainThread");
    first(
        "
mine, yours = threading.Lock(), threading.Lock()
mine.acquire(); yours.acquire()
def one():
    mine.acquire()
    yours.release()
def two():
    yours.acquire()
    mine.release()
one = threading.Thread(target=one, name='one'); two = threading.Thread(target=two, name='two')
one.start(); two.start(); one.join()
",
        "deadlock: MainThread, one",
    );
    first(
        "
def play(wait, wake):
    wait.acquire()
    wake.release()
a, b = threading.Lock(), threading.Lock()
a.acquire(); b.acquire()
threading.Thread(target=play, args=(a, b), name='one').start()
threading.Thread(target=play, args=(b, a), name='two').start()
",
        "stuck: MainThread, one, two",
    );
}

/// When the ring is named, in seconds, if main may open it up to the third second, and then sleeps up to the seventh.
fn named_at(beside: &str, seed: u64) -> u64 {
    let text = ring(&format!(
        "
def maybe(opens):
    time.sleep(3)
    if opens:
        a.release()
maybe(False)
time.sleep(4)
{beside}
"
    ));
    let world = reported(&format!("import threading, time\n{text}"), seed);
    assert_eq!(named(&world, &troubles(&world)[0]), "deadlock: left, right");
    world.shared().now / 1_000_000_000
}

#[test]
fn a_ring_is_named_when_what_could_open_it_is_past() {
    for seed in 1..=SEEDS {
        assert_eq!(named_at("", seed), 3);
        assert_eq!(named_at("x = [1]\nprint(len(x), x)", seed), 3);
    }
}

#[test]
fn a_ring_is_named_when_the_thread_that_could_open_it_comes_into_other_code() {
    // It has done so much since the ring closed that it is no longer looked at after every operation.
    for (then, rest) in [("time.sleep(4)", ""), ("rest()", "def rest(): time.sleep(4)")] {
        let text = ring(&format!(
            "
def maybe(opens):
    time.sleep(2)
    for _ in range(99): c.locked()
    time.sleep(1)
    if opens:
        a.release()
{rest}
maybe(False)
{then}
"
        ));
        for seed in 1..=SEEDS {
            let world = reported(&format!("import threading, time\n{text}"), seed);
            assert_eq!(world.shared().now, 3_000_000_000, "with seed {seed}: {then}");
        }
    }
}

#[test]
fn a_ring_is_named_while_the_thread_that_passed_the_release_goes_on_in_a_loop() {
    let text = ring(
        "
count = 0
def helper():
    global count
    time.sleep(2)
    if count > 5: a.release()
    while True:
        count += 1
        time.sleep(0.25)
threading.Thread(target=helper, name='helper').start()
",
    );
    for seed in 1..=SEEDS {
        let world = reported(&format!("import threading, time\n{text}"), seed);
        assert_eq!(named(&world, &troubles(&world)[0]), "deadlock: left, right");
        assert!(world.shared().now <= 2_250_000_000, "{}", world.shared().now);
    }
}

#[test]
fn a_function_that_the_library_may_call_later_may_open_a_ring() {
    // A loop over one of these may call anything: `maybe`, for one.
    for lazy in [
        "print(1, file=a)",
        "print(*[1], **{'file': a})",
        "map(maybe, [])",
        "filter(maybe, [])",
        "iter(maybe, None)",
        "getattr(threading, 'map', None)",
        "[name for name in ('map', 'zip')]",
        "getattr(threading, 'ma' + 'p', None)",
    ] {
        assert_eq!(named_at(&format!("if not maybe:\n    lazy = {lazy}"), 1), 7, "{lazy}");
    }
}

#[test]
fn threads_that_get_stuck_later_are_named_later() {
    let (found, status) = run(
        "
import threading, time
red, blue = threading.Lock(), threading.Lock()
def one():
    with red: pass
def two():
    time.sleep(1)
    with blue: pass
red.acquire(); blue.acquire()
threading.Thread(target=one, name='one').start()
threading.Thread(target=two, name='two').start()
",
        1,
    );
    assert_eq!(found, ["stuck: MainThread, one", "stuck: two"]);
    assert_eq!(status, None);
    let (found, _) = run(
        &format!(
            "import threading, time\n{}",
            ring(
                "def late():\n    time.sleep(3)\n    with a: pass\nthreading.Thread(target=late, name='late').start()"
            )
        ),
        1,
    );
    assert_eq!(found, ["deadlock: left, right", "stuck: late"]);
}

#[test]
fn nobody_left_to_do_it() {
    first("threading.Event().wait()", "stuck: MainThread");
    first(
        "
import queue
q = queue.Queue()
def work():
    q.get()
threading.Thread(target=work, name='w').start()
q.join()
q.get()
",
        "stuck: MainThread, w",
    );
    // A worker that has nothing to do waits for nobody.
    first(
        "
from concurrent.futures import ThreadPoolExecutor
pool = ThreadPoolExecutor(1)
pool.submit(print).result()
threading.Event().wait()
",
        "stuck: MainThread",
    );
}

#[test]
fn a_knot_of_threads_that_wait_for_any_of_several() {
    // A task for which there is no worker left is its submitter's own trouble, not the other worker's.
    let text = "
import threading, time
from concurrent.futures import ThreadPoolExecutor
pool = ThreadPoolExecutor(2, thread_name_prefix='pool')
def starve():
    time.sleep(2)
    pool.submit(print).result()
pool.submit(starve)
time.sleep(1)
pool.submit(threading.main_thread().join).result()
";
    for seed in 1..=SEEDS {
        let (found, _) = run(text, seed);
        assert_eq!(found, ["deadlock: MainThread, pool_1", "deadlock: pool_0"], "with seed {seed}");
    }
    // Two of them wait for somebody who goes on, too, and that is who they name first.
    let text = "
import threading, time
from concurrent.futures import ThreadPoolExecutor, wait
a, b, c = [ThreadPoolExecutor(1, thread_name_prefix=name) for name in 'abc']
sleeper = threading.Thread(target=time.sleep, args=(9,))
sleeper.start()
going = a.submit(sleeper.join)
back = b.submit(threading.main_thread().join)
other = c.submit(lambda: wait([going, back]))
wait([going, other])
";
    for seed in 1..=SEEDS {
        let world = reported(text, seed);
        assert_eq!(named(&world, &troubles(&world)[0]), "deadlock: MainThread, b_0, c_0");
        assert!(world.shared().now < 1_000_000_000, "with seed {seed} it was named late: {}", world.shared().now);
    }
}

#[test]
fn a_handler_helps_the_main_thread_alone() {
    let text = "import signal, threading\nsignal.signal(signal.SIGUSR1, lambda *_: None)";
    assert_eq!(run(&format!("{text}\nthreading.Event().wait()"), 1), (vec![], None));
    first(&format!("{text}\nthreading.Thread(target=threading.Event().wait, name='w').start()"), "stuck: w");
}
