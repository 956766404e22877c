//! Event streams for tests: a small language to write them in, a deadlock, and a producer with a consumer.

use super::Model;
use crate::base::{ObjectId, Source, ThreadId};
use crate::event::{
    Blocker, Ending, Event, EventKind, Involved, Legend, ObjectKind, ObjectState, Place, Shown, Trouble, TroubleKind,
};
use std::sync::Arc;

/// Nanoseconds from one operation of a script to the next: no thread waits.
pub(crate) const TICK: u64 = 1_000_000;

/// The `slot`-th object that the main thread made.
pub(crate) fn object(slot: u32) -> ObjectId {
    ObjectId { maker: ThreadId::MAIN, slot }
}

/// Events in the making.
#[derive(Clone)]
pub(crate) struct Script {
    pub(crate) legend: Legend,
    pub(crate) events: Vec<Event>,
    step: u64,
    at: u64,
}

impl Script {
    pub(crate) fn new(text: &str, symbols: &[&str]) -> Self {
        let legend = Legend {
            source: Arc::new(Arc::new(Source::new("bank.py", text)).into()),
            symbols: symbols.iter().map(|&name| Arc::from(name)).collect(),
            flow: None,
        };
        Script { legend, events: Vec::new(), step: 0, at: 0 }
    }

    /// One more operation of `thread` at `line`.
    pub(crate) fn does(&mut self, thread: u32, line: u32, kind: EventKind) -> &mut Self {
        self.also(thread, line, kind);
        self.step += 1;
        self.at += TICK;
        self
    }

    /// Time passes, in nanoseconds.
    pub(crate) fn wait(&mut self, time: u64) -> &mut Self {
        self.at += time;
        self
    }

    /// An event that belongs to the operation that comes next.
    pub(crate) fn also(&mut self, thread: u32, line: u32, kind: EventKind) -> &mut Self {
        let seq = self.events.len() as u64;
        self.events.push(Event { seq, step: self.step, at: self.at, thread: ThreadId(thread), line, kind });
        self
    }

    pub(crate) fn thread(&mut self, id: u32, name: &str) -> &mut Self {
        self.also(0, 20, EventKind::ThreadCreated { new: ThreadId(id), name: Arc::from(name), daemon: false });
        self.does(0, 21, EventKind::ThreadStarted { started: ThreadId(id) })
    }

    pub(crate) fn lock(&mut self, slot: u32, name: &str) -> &mut Self {
        let state = Box::new(ObjectState::Lock { owner: None, depth: 0 });
        self.also(
            0,
            4,
            EventKind::ObjectShown { object: object(slot), what: ObjectKind::Lock, name: Arc::from(name), state },
        )
    }

    pub(crate) fn takes(&mut self, thread: u32, line: u32, slot: u32) -> &mut Self {
        self.does(thread, line, EventKind::Acquired { object: object(slot), depth: 1, limited: false })
    }

    pub(crate) fn blocks_on_lock(&mut self, thread: u32, line: u32, slot: u32) -> &mut Self {
        self.does(thread, line, EventKind::Blocked { on: Blocker::Lock(object(slot)), until: None })
    }

    pub(crate) fn model(&self) -> Model {
        let mut model = Model::new(self.legend.clone());
        self.events.iter().for_each(|event| model.apply(event));
        model
    }
}

const BANK: &str = "\
import threading
import time

a = threading.Lock()
b = threading.Lock()

def pay_left():
    with a:
        with b:
            move(10)

def pay_right():
    with b:
        with a:
            move(-10)

total = 100

left = threading.Thread(target=pay_left, name=\"left\")
right = threading.Thread(target=pay_right, name=\"right\")
left.start()
right.start()
left.join()
right.join()
";

/// `left` holds a and waits for b, `right` the other way round.
pub(crate) fn deadlock_script() -> Script {
    let mut script = Script::new(BANK, &["total", "made"]);
    script.does(0, 1, EventKind::Began);
    script.lock(0, "a").lock(1, "b");
    script.does(0, 17, EventKind::Wrote { place: Place::Global(crate::base::Symbol(0)), value: Shown::Int(100) });
    script.thread(1, "left").thread(2, "right");
    script.does(1, 7, EventKind::Began).does(2, 12, EventKind::Began);
    script.does(0, 23, EventKind::Blocked { on: Blocker::Thread(ThreadId(1)), until: None });
    script.takes(1, 8, 0).does(1, 9, EventKind::Slept).takes(2, 13, 1).does(2, 14, EventKind::Slept);
    script.blocks_on_lock(1, 9, 1);
    script.blocks_on_lock(2, 14, 0);
    script.also(2, 14, EventKind::Trouble(Arc::new(cycle())));
    script
}

/// The trouble at the end of `deadlock_script`.
pub(crate) fn cycle() -> Trouble {
    let involved = |thread, line, waits: u32, holds: u32, at: u32| Involved {
        thread: ThreadId(thread),
        line,
        waits_for: Some(Blocker::Lock(object(waits))),
        holds: vec![(object(holds), at)],
    };
    Trouble { kind: TroubleKind::Deadlock, threads: vec![involved(1, 9, 1, 0, 8), involved(2, 14, 0, 1, 13)] }
}

pub(crate) fn deadlock() -> Model {
    deadlock_script().model()
}

const FACTORY: &str = "\
import queue
import threading

made = 0
q = queue.Queue(maxsize=4)

def produce():
    global made
    for n in range(6):
        made = n
        q.put(n)

def consume():
    while True:
        item = q.get()
        if item is None:
            break

threading.Thread(target=produce, name=\"producer\").start()
threading.Thread(target=consume, name=\"consumer\").start()
";

/// A producer that fills a queue of four, and a consumer that is slower.
pub(crate) fn producer_consumer_script() -> Script {
    let mut script = Script::new(FACTORY, &["total", "made"]);
    let q = object(0);
    script.does(0, 1, EventKind::Began);
    let state = Box::new(ObjectState::Queue { depth: 0, capacity: 4 });
    script.thread(1, "producer").thread(2, "consumer");
    script.does(0, 20, EventKind::Blocked { on: Blocker::Shutdown, until: None });
    script.does(2, 13, EventKind::Began);
    script.also(2, 15, EventKind::ObjectShown { object: q, what: ObjectKind::Queue, name: Arc::from("q"), state });
    script.does(2, 15, EventKind::Blocked { on: Blocker::Object(q), until: None });
    script.does(1, 7, EventKind::Began);
    let mut depth = 0;
    for item in 0..5 {
        let place = Place::Global(crate::base::Symbol(1));
        script.does(1, 10, EventKind::Wrote { place, value: Shown::Int(item) });
        depth += 1;
        script.also(1, 11, EventKind::Put { object: q, item: Shown::Int(item), depth, bytes: 0 });
        if item == 0 {
            script.also(2, 15, EventKind::Ready { by: Some(ThreadId(1)) });
        }
        script.does(1, 11, EventKind::Asked { object: q, answer: Shown::Int(i64::from(depth)) });
        if item == 1 {
            depth -= 1;
            script.does(2, 15, EventKind::Got { object: q, item: Shown::Int(0), depth, bytes: 0 });
        }
    }
    script.does(1, 11, EventKind::Blocked { on: Blocker::Object(q), until: None });
    script
}

pub(crate) fn producer_consumer() -> Model {
    producer_consumer_script().model()
}

/// `right` waits for `a`, which `left`, thread 1, holds; main joins both.
pub(crate) fn waiting_for_left() -> Script {
    let mut script = Script::new("def f():\n  with a: pass\n", &[]);
    script.does(0, 1, EventKind::Began).lock(0, "a").thread(1, "left").thread(2, "right");
    script.takes(1, 2, 0).blocks_on_lock(2, 2, 0);
    script.does(0, 9, EventKind::Blocked { on: Blocker::Thread(ThreadId(1)), until: None });
    script
}

/// A thread that dies with the lock it holds, after an exception.
pub(crate) fn crash_script() -> Script {
    let mut script = Script::new(BANK, &[]);
    script.does(0, 1, EventKind::Began);
    script.lock(0, "a").thread(1, "left");
    script.takes(1, 8, 0);
    let error: Arc<str> = Arc::from("KeyError: 'x'");
    script.also(1, 9, EventKind::Ended { how: Ending::Crashed(Arc::clone(&error)) });
    let part = |waits_for, holds| Involved { thread: ThreadId(1), line: 9, waits_for, holds };
    let uncaught = Trouble { kind: TroubleKind::Uncaught { error }, threads: vec![part(None, vec![])] };
    script.also(1, 9, EventKind::Trouble(Arc::new(uncaught)));
    let kind = TroubleKind::DeadOwner { lock: object(0), owner: ThreadId(1) };
    script.does(1, 9, EventKind::Trouble(Arc::new(Trouble { kind, threads: vec![part(None, vec![(object(0), 8)])] })));
    script
}
