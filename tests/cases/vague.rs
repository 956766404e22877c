//! Code that is reached by ways that no name in the program tells: then nothing is certain before all are stuck.

use crate::run;

/// Main waits for a lock that a worker releases after a while, in this way.
fn opened_by(act: &str) -> String {
    format!(
        "
import threading, time
lock = threading.Lock(); lock.acquire()
{act}
def worker():
    time.sleep(0.2)
    act()
t = threading.Thread(target=worker); t.start()
lock.acquire(); print('got it'); t.join()
"
    )
}

#[test]
fn a_lock_that_is_released_in_a_roundabout_way_is_no_trouble() {
    for act in [
        "def act(): getattr(lock, 're' + 'lease')()",
        "import operator\ndef act(): operator.methodcaller(''.join(['rel', 'ease']))(lock)",
        "class Proxy:\n    def __init__(self, inner): self._inner = inner\n    def __getattr__(self, name): \
         return getattr(self._inner, name)\np = Proxy(lock)\ndef act(): p.release()",
        "class Opener:\n    def __new__(cls):\n        lock.release()\n        return object.__new__(cls)\ndef act(): Opener()",
        "class Opener: pass\ndef begin(self): lock.release()\nOpener.__init__ = begin\ndef act(): Opener()",
        "def act():\n    class X:\n        lock.release()",
        "c = threading.Condition()\ndef act():\n    with c: c.wait_for(lambda: lock.release() or True)",
        "b = threading.Barrier(1, action=lambda: lock.release())\ndef act(): b.wait()",
        "def get_it(self): lock.release()\nclass P:\n    x = property(get_it)\np = P()\ndef act(): p.x",
        "from dataclasses import dataclass\n@dataclass\nclass Box:\n    gate: object\nclass Other:\n    def __init__(self): self.gate = None\n\
         boxes = [Box(lock)]\ndef act(): boxes[0].gate.release()",
        "from collections import namedtuple\nBox = namedtuple('Box', 'gate')\nclass Other:\n    def __init__(self): self.gate = None\n\
         boxes = [Box(lock)]\ndef act(): boxes[0].gate.release()",
        "from types import SimpleNamespace\nclass Other:\n    def __init__(self): self.gate = None\n\
         boxes = [SimpleNamespace(gate=lock)]\ndef act(): boxes[0].gate.release()",
        "class Box:\n    def __init__(self, gate): self.gate = gate\nclass Other:\n    def __init__(self): self.gate = None\n\
         boxes = [Box(lock)]\ndef act(): boxes[0].gate.release()",
        "from functools import cached_property\ndef get_it(self): lock.release()\nclass P:\n    x = cached_property(get_it)\np = P()\ndef act(): p.x",
        "class P:\n    @property\n    def x(self): lock.release()\np = P()\ndef act(): p.x",
        "from types import SimpleNamespace\nns = SimpleNamespace(get=lambda: lock.release())\ndef act(): ns.get()",
        "from types import SimpleNamespace as NS\nns = NS(**{'append': lambda: lock.release()})\ndef act(): ns.append()",
        "from collections import namedtuple\nB = namedtuple('B', 'get put')\nb = B(lambda: lock.release(), 1)\ndef act(): b.get()",
        "import random\nclass C: pass\nc = C()\ndef opener(): lock.release()\nc.get = random.choice([opener])\ndef act(): c.get()",
        "import random\nclass C:\n    def __init__(self): self.set = random.choice([self.a, self.b])\n    def a(self): lock.release()\n    \
         def b(self): lock.release()\nc = C()\ndef act(): c.set()",
        "class T(threading.Thread):\n    def __call__(self): lock.release()\n    def run(self): c.put = threading.current_thread()\n\
         class C: pass\nc = C()\none = T(); one.start(); one.join()\ndef act(): c.put()",
        "class E(Exception):\n    def __init__(self): lock.release()\ndef act():\n    try: raise E\n    except E: pass",
        "class E(Exception):\n    def __init__(self): lock.release()\ndef act():\n    try: raise ValueError from E\n    except ValueError: pass",
        "class E(Exception):\n    def __init__(self): lock.release()\nkinds = [E]\ndef act():\n    try: raise kinds[0]\n    except E: pass",
        "class M:\n    def keys(self): lock.release(); return ['a']\n    def __getitem__(self, key): return 1\ndef act(): {**M()}",
        "class M:\n    def keys(self): lock.release(); return ['a']\n    def __getitem__(self, key): return 1\ndef f(a): pass\n\
         def act(): f(**M())",
        "class M:\n    def keys(self): lock.release(); return ['a']\n    def __getitem__(self, key): return 1\ndef act(): dict(M())",
        "class M:\n    def opened(self): lock.release(); return 0\n    __len__ = opened\nm = M()\ndef act(): len(m)",
        "class W:\n    def go(self): pass\nsetattr(W, 'go', lambda self: lock.release())\ndef act(): W().go()",
    ] {
        for seed in 1..=3 {
            assert_eq!(run(&opened_by(act), seed), (Vec::new(), Some(0)), "{act}");
        }
    }
}

#[test]
fn a_flag_that_is_cleared_in_a_roundabout_way_ends_the_wait() {
    for act in ["delattr(s, 'bu' + 'sy')", "setattr(s, 'bu' + 'sy', False)", "s.__dict__.update(busy=False)"] {
        let text = format!(
            "
import threading, time
class S: busy = False
s = S(); s.busy = True
def setter():
    time.sleep(0.1); {act}
t = threading.Thread(target=setter); t.start()
while s.busy: time.sleep(0.01)
t.join()
"
        );
        for seed in 1..=3 {
            assert_eq!(run(&text, seed), (Vec::new(), Some(0)), "{act}");
        }
    }
}

#[test]
fn a_thread_that_crashes_may_help_the_others_with_its_hook() {
    let hooks = [
        "def hook(args): free()\nthreading.excepthook = hook",
        "class Hook:\n    def on_error(self, args): free()\nthreading.excepthook = Hook().on_error",
        "class Hook:\n    def __call__(self, args): free()\nthreading.excepthook = Hook()",
        "threading.excepthook = free",
        "setattr(threading, 'excepthook', free)",
    ];
    let set_up = "import threading, time\na = threading.Lock(); b = threading.Lock(); flag = False\n";
    let ring = "
def free(*args):
    a.release(); b.release()
def f(x, y):
    x.acquire(); time.sleep(0.1); y.acquire()
others = [threading.Thread(target=f, args=p) for p in ((a, b), (b, a))]
";
    let dead_owner = "
def free(*args): a.release()
def owner(): a.acquire()
def waiter():
    time.sleep(0.2)
    with a: pass
others = [threading.Thread(target=f) for f in (owner, waiter)]
";
    let busy = "
def free(*args):
    global flag
    flag = True
def spin():
    while not flag: time.sleep(0.05)
others = [threading.Thread(target=spin)]
";
    for (hook, rest) in hooks.iter().flat_map(|hook| [ring, dead_owner, busy].map(|rest| (hook, rest))) {
        let text = format!(
            "{set_up}{rest}{hook}
def bad():
    time.sleep(1)
    raise ValueError
others.append(threading.Thread(target=bad, name='bad'))
for t in others: t.start()
for t in others: t.join()
"
        );
        for seed in 1..=3 {
            assert_eq!(run(&text, seed), (vec!["uncaught exception: bad".to_owned()], Some(0)), "{text}");
        }
    }
}

#[test]
fn the_main_thread_may_help_with_the_hook_of_sys() {
    let text = "
import sys, threading, time
a = threading.Lock(); b = threading.Lock()
def f(x, y):
    x.acquire(); time.sleep(0.1); y.acquire()
def free(*args):
    a.release(); b.release()
sys.excepthook = free
for p in ((a, b), (b, a)): threading.Thread(target=f, args=p).start()
time.sleep(1)
raise ValueError
";
    for seed in 1..=3 {
        assert_eq!(run(text, seed), (vec!["uncaught exception: MainThread".to_owned()], Some(1)), "{seed}");
    }
}
