//! Small random programs about one or two themes each: what `small` has of everything a little, these have of something a
//! lot (timeouts of all sorts, barriers that break, locks that change places, threads that start threads, pools, ends).

use super::random::Xorshift;
use std::fmt::Write as _;

/// What programs may be about: what the module has for it, and statements about it. `N` is a small number, `T` a limit.
struct Theme {
    head: &'static str,
    statements: &'static [&'static str],
}

const THEMES: &[Theme] = &[
    // Locks in containers, made and replaced while others use them.
    Theme {
        head: "locks, by = [threading.Lock(), threading.Lock()], {0: threading.RLock()}\n",
        statements: &[
            "with locks[N]: n += 1",
            "with locks[n % 2]:\n    with locks[N]: pass",
            "locks[N] = threading.Lock()",
            "locks.reverse()",
            "locks[0], locks[1] = locks[1], locks[0]",
            "locks.append(threading.Lock())",
            "with by.setdefault(n, threading.Lock()): n += 1",
            "by[N] = locks[N]",
            "x = locks.pop()\nx.acquire()",
            "x = locks[N].locked()",
            "if not locks[N].locked(): n += 1",
            "locks[N].release()",
            "with by[N]: n = len(locks)",
            "for x in locks:\n    with x: n += 1",
            "x = by.pop(N, None)",
            "x = [it for it in locks if it.acquire(False)]\nfor it in x: it.release()",
            "n = int(locks[0] is locks[1])",
            "n = int(by.get(N) in locks)",
        ],
    },
    // Limits of every sort.
    Theme {
        head: "a, r, e, s = threading.Lock(), threading.RLock(), threading.Event(), threading.Semaphore(0)\n",
        statements: &[
            "x = a.acquire(timeout=T)",
            "if a.acquire(timeout=T): a.release()",
            "if a.acquire(timeout=-1): a.release()",
            "x = r.acquire(timeout=T)",
            "with r:\n    with r: n += 1",
            "r.release()",
            "n = int(e.wait(T))",
            "if not e.wait(T): n += 1",
            "e.wait(None)",
            "x = s.acquire(timeout=T)",
            "x = s.acquire(True, T)",
            "x = s.acquire(False)",
            "s.release()",
            "s.release(2)",
            "a.release()",
            "with a: n += 1",
            "e.set()",
            "e.clear()",
            "while not e.wait(T): n = 2",
            "while not a.acquire(False): pass",
            "x = a.acquire(blocking=False)",
            "time.sleep(0)",
        ],
    },
    // Conditions that share a lock, or have one of their own that is taken twice.
    Theme {
        head: "lock = threading.Lock()\nfull, free, own = threading.Condition(lock), threading.Condition(lock), threading.Condition()\n",
        statements: &[
            "with full: full.wait()",
            "with full:\n    while not n: full.wait()\n    n -= 1",
            "with full:\n    if not n: full.wait()\n    n -= 1\n    assert n >= 0",
            "with free:\n    while n: free.wait()\n    n += 1\n    full.notify()",
            "with full: full.notify()",
            "with lock: free.notify_all()",
            "with free: full.notify_all()",
            "with full: x = full.wait(T)",
            "with full: n = int(full.wait(T))",
            "with full: x = full.wait_for(lambda: n, T)",
            "with full: full.wait_for(lambda: n)",
            "with lock:\n    n += 1\n    full.notify()",
            "with lock: n += 1",
            "with own:\n    with own: own.wait()",
            "with own:\n    n += 1\n    own.notify(2)",
            "full.notify()",
            "lock.acquire()\nfull.wait(T)\nlock.release()",
            "with own: own.wait_for(lambda: n > 1, timeout=T)",
            "with own:\n    with full: full.wait()",
        ],
    },
    // Barriers, whole and broken.
    Theme {
        head: "def meet(): global n; n += 1\nbar, act = threading.Barrier(2), threading.Barrier(2, meet, timeout=1)\n",
        statements: &[
            "bar.wait()",
            "x = bar.wait()\nif x == 0: n += 1",
            "try: bar.wait()\nexcept threading.BrokenBarrierError: n += 1",
            "try: bar.wait(T)\nexcept threading.BrokenBarrierError: pass",
            "try: act.wait()\nexcept threading.BrokenBarrierError: bar.abort()",
            "act.wait()",
            "bar.abort()",
            "bar.reset()",
            "act.reset()",
            "if bar.broken: bar.reset()",
            "n = bar.n_waiting",
            "if bar.n_waiting: bar.abort()",
            "while not bar.n_waiting: pass",
            "assert not bar.broken",
        ],
    },
    // Queues of every sort.
    Theme {
        head: "q, st, pr, si = queue.Queue(1), queue.LifoQueue(), queue.PriorityQueue(), queue.SimpleQueue()\n",
        statements: &[
            "q.put(N)",
            "q.put(N, timeout=T)",
            "try: q.put_nowait(N)\nexcept queue.Full: n += 1",
            "n = q.get()",
            "try: n = q.get(timeout=T)\nexcept queue.Empty: n = 2",
            "try: x = q.get_nowait()\nexcept queue.Empty: pass",
            "q.get(); q.task_done()",
            "q.task_done()",
            "q.join()",
            "if not q.empty(): q.get()",
            "while q.empty(): pass",
            "n = q.qsize()",
            "if q.full(): q.get_nowait()",
            "st.put(N)",
            "n = st.get()",
            "pr.put((N, n))",
            "n = pr.get()[0]",
            "si.put(N)",
            "n = si.get()",
            "try: si.get(timeout=T)\nexcept queue.Empty: si.put(None)",
            "for x in iter(si.get, None): n += x",
            "si.put(None)",
        ],
    },
    // Threads as objects.
    Theme {
        head: "class Own(threading.Thread):\n    done = 0\n    def run(self):\n        global n\n        n += 1\n        self.done = 1\n\
               def leaf(): global n; n += 1\nkids = []\n",
        statements: &[
            "x = Own()\nx.start()\nx.join()\nassert x.done",
            "x = Own()\nx.start()\nn = x.done",
            "x = threading.Thread(target=leaf)\nx.start()\nx.join(T)\nif x.is_alive(): n = 2",
            "x = threading.Thread(target=leaf, daemon=True)\nx.start()",
            "kids.append(Own())",
            "kids.append(Own())\nkids[-1].start()",
            "if kids: kids[0].join()",
            "if kids: kids[0].start()",
            "for x in kids: x.join(T)",
            "n = threading.active_count()",
            "n = len(threading.enumerate())",
            "threading.current_thread().name = 'me'",
            "x = threading.current_thread().name",
            "x = threading.Timer(1, leaf)\nx.start()\nx.cancel()",
            "threading.main_thread().join(T)",
            "x = threading.Thread(target=lambda: kids.append(1) or leaf())\nx.start()",
            "threading.current_thread().join()",
            "if all: n = int(all[0].is_alive())",
            "all[0].join()",
            "x = threading.get_ident() == threading.main_thread().ident",
            "x = getattr(all[1], 'tag', 0)\nall[1].tag = 1",
        ],
    },
    // Data of one thread each, and classes that change.
    Theme {
        head: "data = threading.local()\nclass Box:\n    f = 0\n    def m(self): return self.f\n    @property\n    def p(self): return self.f\n\
               def other(self): return 5\nbox = Box()\n",
        statements: &[
            "data.x = n",
            "n = getattr(data, 'x', 0)",
            "n = data.x",
            "del data.x",
            "Box.f = N",
            "box.f = n",
            "n = box.m()",
            "n = box.p",
            "Box.m = other",
            "Box.m = lambda self: 1",
            "box.m = lambda: 2",
            "del Box.m",
            "del box.f",
            "x = Box()\nn = x.f",
            "x = Box()\nx.f += 1\nbox = x",
            "n = int(hasattr(box, 'f'))",
            "box.__class__.f += 1",
            "x = box.m\nn = x()",
            "setattr(box, 'f', n)",
            "box.__dict__['f'] = 1",
            "n = len(box.__dict__)",
            "Box = type('Box', (), {'f': 3})",
        ],
    },
    // Containers as channels.
    Theme {
        head: "items, d, dq, kept, bs = [1, 2], {0: 0}, collections.deque([1], 2), set(), [0, 0]\n",
        statements: &[
            "items.append(n)",
            "n = items.pop()",
            "if items: items.pop()",
            "for x in items: n += x",
            "items += [n]",
            "items = items + [n]",
            "items[:] = [n]",
            "items.sort()",
            "items.extend(d)",
            "n = len(items)",
            "d[n] = N",
            "d[N] += 1",
            "d[N] = d.get(N, 0) + 1",
            "n = d.pop(N, 0)",
            "for x in d: n += x",
            "for x in list(d): d.pop(x)",
            "d.update({1: n})",
            "if N not in d: d[N] = n",
            "dq.append(n)",
            "n = dq.popleft()",
            "while dq: dq.popleft()",
            "try: n = dq.pop()\nexcept IndexError: pass",
            "for x in dq: n = x",
            "dq.rotate(1)",
            "kept.add(n)",
            "kept |= {N}",
            "n = len(kept)",
            "bs[N] += 1",
            "n = sum(bs)",
            "d[1] = items\nitems.append(d[1] is items)",
            "x = [it for it in items]\nn = len(x)",
            "del items[0]",
            "items, d[2] = [], items",
        ],
    },
    // Exceptions on every way, and what is cleaned up on it.
    Theme {
        head: "a = threading.Lock()\ndef gen():\n    with a:\n        yield 1\n        yield 2\ng = gen()\n\
               @contextlib.contextmanager\ndef hold():\n    a.acquire()\n    try: yield\n    finally: a.release()\n",
        statements: &[
            "with a: n = 1 // (n - 1)",
            "try:\n    with a: raise ValueError\nexcept ValueError: n += 1",
            "try: n = 1 // n\nfinally: a.acquire()",
            "a.acquire()\ntry: n = 1 // n\nfinally: a.release()",
            "n = next(g)",
            "n = next(g, 5)",
            "g.close()",
            "g = gen()",
            "for x in gen(): n = x",
            "x = gen()\nn = next(x)\nx.close()",
            "with hold(): n += 1",
            "with hold():\n    if n: raise KeyError(n)",
            "try:\n    with hold(): raise KeyError\nexcept KeyError: n += 1",
            "with contextlib.suppress(ZeroDivisionError): n = 1 // n",
            "try: assert n\nexcept AssertionError:\n    with a: n = 1",
            "for x in 1, 2:\n    try:\n        if n: continue\n    finally: n += 1",
            "with contextlib.ExitStack() as x:\n    x.enter_context(a)\n    n += 1",
            "a.release()",
            "assert not a.locked()",
        ],
    },
    // Ends of all kinds.
    Theme {
        head: "a, e = threading.Lock(), threading.Event()\natexit.register(lambda: print(n))\n",
        statements: &[
            "sys.exit(N)",
            "raise SystemExit",
            "if n: sys.exit()",
            "threading.Thread(target=e.wait, daemon=True).start()",
            "threading.Thread(target=e.set).start()",
            "threading.Thread(target=a.acquire).start()",
            "a.acquire()",
            "with a: n += 1",
            "with a: sys.exit(1)",
            "e.wait()",
            "e.set()",
            "atexit.register(print, N)",
            "atexit.register(a.acquire)",
            "os._exit(N)",
            "raise KeyboardInterrupt",
            "threading.excepthook = lambda args: e.set()",
            "try: sys.exit(2)\nfinally: n += 1",
            "print(n)",
            "n += 1",
        ],
    },
    // Closures, and what is looked at until it changes.
    Theme {
        head: "def make():\n    c = 0\n    def inc():\n        nonlocal c\n        c += 1\n        return c\n    def get(): return c\n    return inc, get\n\
               inc, get = make()\nflag, stop = False, [False]\n",
        statements: &[
            "inc()",
            "n = inc()",
            "n = get()",
            "if get() == 1: inc()",
            "inc, get = make()",
            "while not flag: pass",
            "flag = True",
            "flag = not flag",
            "while not stop[0]: pass",
            "while not stop[0]: time.sleep(0)",
            "stop[0] = True",
            "stop = [True]",
            "while n < 1: x = [n]",
            "n += 1",
            "n = n",
            "n = 1 - n",
            "x = (lambda: n)()",
            "while get() < 1: n = 0",
            "def inc(): return 7",
        ],
    },
    // Pools, and what comes of what they are given.
    Theme {
        head: "pool, e = ThreadPoolExecutor(1), threading.Event()\ndef job(v=1): global n; n += v; return n\n",
        statements: &[
            "x = pool.submit(job)\nn = x.result()",
            "x = pool.submit(job)\nx.add_done_callback(lambda it: job())",
            "x = pool.submit(job)\nif x.cancel(): n = 5",
            "pool.submit(job)",
            "pool.submit(e.wait)",
            "pool.submit(e.set)",
            "x = pool.submit(lambda: pool.submit(job).result())",
            "x = pool.submit(job).done()",
            "x = list(pool.map(job, [1]))",
            "pool.shutdown()",
            "pool.shutdown(wait=False)",
            "pool.submit(int, 'x').result()",
            "n = len(str(pool.submit(int, 'x').exception()))",
            "e.set()",
        ],
    },
    // What is printed, told and drawn.
    Theme {
        head: "random.seed(1)\nout, a = [], threading.Lock()\n",
        statements: &[
            "print(N)",
            "print(n, end='')",
            "print('x', n)",
            "with a: print(n)",
            "n = random.randrange(2)",
            "if random.random() < 0.5: n += 1",
            "out.append(random.randint(0, 1))",
            "n += 1",
            "sys.stdout.write('y')",
            "print(out)",
            "x = id(out) == id(out)",
            "n = int(n is None)",
            "x = (n, out)\nout = list(x)",
            "print(threading.current_thread().name)",
        ],
    },
];

/// What stands around a statement; `BODY` is it.
const AROUND: &[&str] = &[
    "for _ in range(2):\n    BODY",
    "if n == N:\n    BODY",
    "if me == 0:\n    BODY",
    "try:\n    BODY\nexcept Exception: n += 1",
    "try:\n    BODY\nfinally:\n    n += 1",
    "with mutex:\n    BODY",
    "with again:\n    BODY",
    "while n < 2:\n    BODY\n    n += 1",
    "def inner():\n    GLOBAL\n    BODY\ninner()",
];

const IMPORTS: &str = "import threading, queue, time, sys, os, atexit, collections, contextlib, random\nfrom concurrent.futures import ThreadPoolExecutor\n";
/// Whatever a statement stores to at the module's level.
const STORED: [&str; 15] =
    ["n", "items", "kept", "box", "Box", "g", "inc", "get", "flag", "stop", "out", "d", "locks", "by", "data"];

/// A statement about one of the themes, with what may stand around it.
fn statement(random: &mut Xorshift, themes: &[&Theme], depth: usize) -> String {
    let theme = themes[random.below(themes.len())];
    let text = theme.statements[random.below(theme.statements.len())];
    let mut text = filled(random, text);
    if depth < 2 && random.below(3) == 0 {
        let inner = if random.below(3) == 0 { statement(random, themes, depth + 1) } else { text };
        let around = AROUND[random.below(AROUND.len())];
        text = filled(random, around).replace("BODY", &inner.replace('\n', "\n    "));
    }
    text
}

/// With numbers and limits in their places.
fn filled(random: &mut Xorshift, text: &str) -> String {
    let mut filled = String::new();
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(it) = rest.next() {
        let alone = !before.is_alphanumeric() && rest.peek().is_none_or(|next| !next.is_alphanumeric());
        match it {
            'N' if alone => filled += ["0", "1"][random.below(2)],
            'T' if alone => filled += ["0", "1", "None", "0.5"][random.below(4)],
            _ => filled.push(it),
        }
        before = it;
    }
    filled
}

fn function(random: &mut Xorshift, themes: &[&Theme], name: &str, global: &str, most: usize, text: &mut String) {
    let _ = writeln!(text, "def {name}(me):\n    {global}");
    for _ in 0..1 + random.below(most) {
        let body = statement(random, themes, 0).replace("GLOBAL", global).replace('\n', "\n    ");
        let _ = writeln!(text, "    {body}");
    }
}

/// A small program of two or three threads, about one or two themes.
pub(crate) fn program(random: &mut Xorshift) -> String {
    let mut themes = vec![&THEMES[random.below(THEMES.len())]];
    if random.below(4) == 0 {
        themes.push(&THEMES[random.below(THEMES.len())]);
    }
    let mut text = IMPORTS.to_owned();
    text += "mutex, again, n, all = threading.Lock(), threading.RLock(), 0, []\n";
    for theme in &themes {
        text += theme.head;
    }
    let names = STORED.iter().filter(|name| {
        let found = |mark: &str| text.contains(mark);
        **name == "n"
            || found(&format!("{name} ="))
            || found(&format!("{name},"))
            || found(&format!("def {name}("))
            || found(&format!("class {name}:"))
    });
    let global = format!("global {}", names.copied().collect::<Vec<_>>().join(", "));
    let symmetric = random.below(3) == 0;
    let three = random.below(5) == 0;
    let most = if three || symmetric { 2 } else { 3 };
    function(random, &themes, "work0", &global, most, &mut text);
    if !symmetric {
        function(random, &themes, "work1", &global, most, &mut text);
    }
    let second = if symmetric { "work0" } else { "work1" };
    let daemon = if random.below(6) == 0 { ", daemon=True" } else { "" };
    let _ = writeln!(
        text,
        "all += [threading.Thread(target=work0, args=(0,)), threading.Thread(target={second}, args=(1,){daemon})]"
    );
    if three {
        let _ = writeln!(text, "all += [threading.Thread(target=work0, args=(2,))]");
    }
    text += "me = 9\n";
    text += "for t in all: t.start()\n";
    for _ in 0..random.below(3) {
        let _ = writeln!(text, "{}", statement(random, &themes, 1).replace("GLOBAL", &global));
    }
    if random.below(2) == 0 {
        text += ["for t in all: t.join()\n", "for t in all: t.join(1)\n"][usize::from(random.below(4) == 0)];
        match random.below(3) {
            0 => text += "assert n >= 1\n",
            1 => text += "print(n)\n",
            _ => {}
        }
    }
    text
}
