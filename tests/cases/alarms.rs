//! Programs in which threads release locks that others took. All of them end well.

use crate::support::random::Xorshift;
use crate::{run, world};

const SEEDS: u64 = 25;

/// In every order each ends with status 0, and nothing is reported.
fn calm(text: &str) {
    for seed in 1..=SEEDS {
        let text = format!("import threading, time\n{text}");
        assert_eq!(run(&text, seed), (vec![], Some(0)), "with seed {seed}:\n{text}");
    }
}

#[test]
fn turns_taken_with_two_locks() {
    // As globals, as arguments, as attributes, in a list, in a closure.
    calm(
        "
mine, yours = threading.Lock(), threading.Lock()
yours.acquire()
def one():
    for _ in range(3):
        mine.acquire()
        yours.release()
def two():
    for _ in range(3):
        yours.acquire()
        mine.release()
for f in (one, two): threading.Thread(target=f).start()
",
    );
    calm(
        "
def play(wait, wake, name):
    for n in range(3):
        wait.acquire()
        time.sleep(0.1)
        print(name, n)
        wake.release()
ping, pong = threading.Lock(), threading.Lock()
pong.acquire()
a = threading.Thread(target=play, args=(ping, pong, 'ping'))
b = threading.Thread(target=play, args=(pong, ping, 'pong'))
a.start(); b.start(); a.join(); b.join()
",
    );
    calm(
        "
class Table:
    def __init__(self):
        self.black = threading.Lock()
        self.white = threading.Lock()
        self.black.acquire()
    def play_white(self):
        for _ in range(3):
            self.white.acquire()
            self.black.release()
    def play_black(self):
        for _ in range(3):
            self.black.acquire()
            self.white.release()
table = Table()
threads = [threading.Thread(target=f) for f in (table.play_black, table.play_white)]
for t in threads: t.start()
for t in threads: t.join()
",
    );
    calm(
        "
gates = [threading.Lock() for _ in range(3)]
for gate in gates[1:]: gate.acquire()
def work(n):
    for _ in range(2):
        gates[n].acquire()
        time.sleep(0.1 * n)
        gates[(n + 1) % 3].release()
threads = [threading.Thread(target=work, args=(n,)) for n in range(3)]
for t in threads: t.start()
for t in threads: t.join()
",
    );
    calm(
        "
def main():
    left, right = threading.Lock(), threading.Lock()
    right.acquire()
    def a():
        for _ in range(3):
            left.acquire()
            right.release()
    def b(wait=right):
        for _ in range(3):
            wait.acquire()
            left.release()
    threads = [threading.Thread(target=f) for f in (a, b)]
    for t in threads: t.start()
    for t in threads: t.join()
main()
",
    );
}

#[test]
fn turns_print_in_turn() {
    let text = "
import threading
white, black = threading.Lock(), threading.Lock()
black.acquire()
def play(mine, other, name):
    for n in range(2):
        mine.acquire()
        print(name, n)
        other.release()
threading.Thread(target=play, args=(black, white, 'black')).start()
play(white, black, 'white')
";
    for seed in 1..=SEEDS {
        let mut world = world(text);
        assert!(world.ends(&mut Xorshift(seed)));
        assert_eq!(world.output(), "white 0\nblack 0\nwhite 1\nblack 1\n");
    }
}

#[test]
fn prints_in_order() {
    calm(
        "
class Foo:
    def __init__(self):
        self.one, self.two = threading.Lock(), threading.Lock()
        self.one.acquire(); self.two.acquire()
    def first(self):
        time.sleep(0.2)
        self.one.release()
    def second(self):
        self.one.acquire()
        self.two.release()
    def third(self):
        self.two.acquire()
        print('done')
foo = Foo()
for f in (foo.third, foo.second, foo.first): threading.Thread(target=f).start()
",
    );
    calm(
        "
opened = threading.Lock()
opened.acquire()
def wait():
    with opened:
        print('through')
def open_it():
    time.sleep(0.3)
    try:
        time.sleep(0.1)
    finally:
        opened.release()
threads = [threading.Thread(target=wait) for _ in range(3)] + [threading.Thread(target=open_it)]
for t in threads: t.start()
for t in threads: t.join()
",
    );
}

#[test]
fn the_last_reader_opens_the_room() {
    calm(
        "
room, door, readers = threading.Lock(), threading.Lock(), 0
def read(n):
    global readers
    with door:
        readers += 1
        if readers == 1: room.acquire()
    time.sleep(0.1 * n)
    with door:
        readers -= 1
        if readers == 0: room.release()
def write():
    for _ in range(2):
        with room:
            time.sleep(0.1)
threads = [threading.Thread(target=read, args=(n,)) for n in range(3)] + [threading.Thread(target=write)]
for t in threads: t.start()
for t in threads: t.join()
",
    );
    calm(
        "
class Room:
    def __init__(self):
        self.empty, self.mutex, self.inside = threading.Lock(), threading.Lock(), 0
    def enter(self):
        self.mutex.acquire()
        self.inside += 1
        if self.inside == 1:
            self.empty.acquire()
        self.mutex.release()
    def leave(self):
        self.mutex.acquire()
        self.inside -= 1
        if self.inside == 0:
            self.empty.release()
        self.mutex.release()
room = Room()
def guest(n):
    room.enter()
    time.sleep(0.1 * n)
    room.leave()
def cleaner():
    room.empty.acquire()
    time.sleep(0.1)
    room.empty.release()
threads = [threading.Thread(target=guest, args=(n,)) for n in range(3)] + [threading.Thread(target=cleaner)]
for t in threads: t.start()
for t in threads: t.join()
",
    );
}

#[test]
fn semaphores_made_by_hand() {
    calm(
        "
class Semaphore:
    def __init__(self, count):
        self.count = count
        self.mutex = threading.Lock()
        self.gate = threading.Lock()
        if count == 0: self.gate.acquire()
    def acquire(self):
        self.gate.acquire()
        self.mutex.acquire()
        self.count -= 1
        if self.count > 0: self.gate.release()
        self.mutex.release()
    def release(self):
        self.mutex.acquire()
        self.count += 1
        if self.count == 1: self.gate.release()
        self.mutex.release()
items, space, box = Semaphore(0), Semaphore(2), []
def produce():
    for n in range(5):
        space.acquire()
        box.append(n)
        items.release()
def consume():
    for _ in range(5):
        items.acquire()
        box.pop(0)
        time.sleep(0.1)
        space.release()
threads = [threading.Thread(target=f) for f in (consume, produce)]
for t in threads: t.start()
for t in threads: t.join()
",
    );
}

#[test]
fn a_pipeline_of_one_message() {
    calm(
        "
class Pipeline:
    def __init__(self):
        self.message = 0
        self.may_put, self.may_get = threading.Lock(), threading.Lock()
        self.may_get.acquire()
    def get(self):
        self.may_get.acquire()
        message = self.message
        self.may_put.release()
        return message
    def put(self, message):
        self.may_put.acquire()
        self.message = message
        self.may_get.release()
def produce(pipe):
    for n in range(4): pipe.put(n)
    pipe.put(None)
def consume(pipe):
    while pipe.get() is not None: pass
pipe = Pipeline()
threads = [threading.Thread(target=f, args=(pipe,)) for f in (produce, consume)]
for t in threads: t.start()
for t in threads: t.join()
",
    );
}

#[test]
fn released_by_what_nobody_calls_by_name() {
    // A timer, a method as a target, a future's callback, a list of things to do, a handler, a generator, a context
    // manager.
    let ways = [
        "threading.Timer(1, ready.release).start()",
        "t = threading.Thread(target=ready.release); time.sleep(0.1); t.start()",
        "def later():\n    time.sleep(1)\n    todo.pop()()\ntodo = [ready.release]\nthreading.Thread(target=later).start()",
        "threading.Thread(target=lambda: (time.sleep(1), ready.release())).start()",
        "from concurrent.futures import ThreadPoolExecutor
pool = ThreadPoolExecutor(1)
pool.submit(time.sleep, 1).add_done_callback(lambda future: ready.release())",
        "def run(then):\n    time.sleep(1)\n    then()\nthreading.Thread(target=run, args=(ready.release,)).start()",
        "def go():\n    time.sleep(1)\n    getattr(ready, 'rel' + 'ease')() if False else getattr(ready, 'release')()
threading.Thread(target=go).start()",
        "class Baton:
    def __enter__(self): return self
    def __exit__(self, *error): ready.release()
def go():
    with Baton(): time.sleep(1)
threading.Thread(target=go).start()",
        "def steps():\n    yield time.sleep(1)\n    ready.release()\n    yield
def go():\n    for _ in steps(): pass
threading.Thread(target=go).start()",
        "class Job(threading.Thread):\n    def run(self):\n        time.sleep(1)\n        self.finish()
    def finish(self): ready.release()
Job().start()",
        "changed = threading.Condition(ready)
def go():\n    time.sleep(1)\n    changed.wait(1)
threading.Thread(target=go).start()",
        "def go(*, gate=ready):\n    time.sleep(1)\n    gate.release()\nthreading.Thread(target=go).start()",
        "box = {'gate': ready}\ndef go():\n    time.sleep(1)\n    box['gate'].release()\nthreading.Thread(target=go).start()",
        "def go():\n    time.sleep(1)\n    return open_it()\ndef open_it():\n    if ready.locked(): ready.release()
threading.Thread(target=go).start()",
        "def go(n):
    time.sleep(1)
    if (True if n else ready.acquire(False)): ready.release()
threading.Thread(target=go, args=(1,)).start()",
        "class Box:\n    def __init__(self): self.gate = threading.Semaphore(0)
class Job:\n    gate = None\n    def go(self):\n        time.sleep(1)\n        self.gate.release()
job = Job()\nsetattr(job, 'gate', ready)\nthreading.Thread(target=job.go).start()",
        "from dataclasses import dataclass
@dataclass\nclass Job:\n    gate: object = None\n    def go(self):\n        time.sleep(1)\n        self.gate.release()
threading.Thread(target=Job(gate=ready).go).start()",
        "def nap(): time.sleep(1)\ndef go():\n    nap()\n    ready.release()\nthreading.Thread(target=go).start()",
        "gate = threading.Lock()\ndef go():\n    global gate\n    time.sleep(1)\n    gate = ready\n    gate.release()
threading.Thread(target=go).start()",
    ];
    for way in ways {
        for wait in
            ["ready.acquire()", "waiter = threading.Thread(target=ready.acquire); waiter.start(); waiter.join()"]
        {
            calm(&format!(
                "ready = threading.Lock()\nready.acquire()\n{way}\n{wait}\nif ready.locked(): ready.release()\n"
            ));
        }
    }
}

#[test]
fn released_by_what_is_called_on_the_way_or_resumed() {
    for free in [
        "def one(): two()\ndef two(): three()\ndef three(): ready.release()\nready.acquire()",
        "first = threading.Thread(target=print); first.start(); first.join()
late = threading.Lock()\nready = late\nready.acquire()\ndef one(): late.release()",
        "def one(): next(steps)\ndef step():\n    yield ready.acquire()\n    ready.release()\n    yield
steps = step(); next(steps)",
    ] {
        calm(&format!(
            "
ready = threading.Lock()
{free}
def go():
    time.sleep(1)
    one()
threading.Thread(target=go).start()
ready.acquire()
ready.release()
"
        ));
    }
}

#[test]
fn given_back_by_a_wait_before_a_condition_that_was_given_the_lock() {
    for make in [
        "changed = [threading.Condition(ready)]",
        "changed = [threading.Condition(lock=ready)]",
        "from threading import Condition\nchanged = [Condition(ready)]",
        "from threading import Condition as Changed\nchanged = [Changed(ready)]",
        "Changed = threading.Condition\nchanged = [Changed(ready)]",
        "changed = list(map(threading.Condition, [ready]))",
        "def make():\n    from threading import Condition\n    return Condition(ready)\nchanged = [make()]",
        "def make():\n    from threading import Condition\n    return lambda: Condition(ready)\nchanged = [make()()]",
        "class Changed:\n    from threading import Condition\n    made = Condition(ready)\nchanged = [Changed.made]",
    ] {
        calm(&format!(
            "
ready = threading.Lock()
ready.acquire()
{make}
def go():
    time.sleep(1)
    changed[0].wait(1)
threading.Thread(target=go).start()
ready.acquire()
ready.release()
"
        ));
    }
}

#[test]
fn released_by_a_signal_handler() {
    calm(
        "
import signal
ready = threading.Lock()
ready.acquire()
signal.signal(signal.SIGUSR1, lambda *_: ready.release())
def send():
    time.sleep(1)
    signal.pthread_kill(threading.main_thread().ident, signal.SIGUSR1)
threading.Thread(target=send).start()
ready.acquire()
print('through')
",
    );
}

#[test]
fn a_ring_that_is_opened_from_outside() {
    calm(
        "
a, b = threading.Lock(), threading.Lock()
def one():
    a.acquire()
    time.sleep(0.1)
    b.acquire()
def two():
    b.acquire()
    time.sleep(0.1)
    a.acquire()
def three():
    time.sleep(1)
    a.release()
    time.sleep(1)
    b.release()
for f in (one, two, three): threading.Thread(target=f).start()
",
    );
}

#[test]
fn a_daemon_that_waits_at_the_end_is_no_trouble() {
    let waits =
        ["queue.Queue().get()", "threading.Event().wait()", "held.acquire()", "threading.Semaphore(0).acquire()"];
    for wait in waits {
        calm(&format!(
            "
import queue
held = threading.Lock()
held.acquire()
def work():
    {wait}
threading.Thread(target=work, daemon=True).start()
time.sleep(1)
"
        ));
    }
}
