//! What depends on the clock and on random numbers: programs that decide by them, and programs that do not.

use crate::base::{Source, Sources};
use crate::lang::influence::decides;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The line that decides, if values come from outside in all lines with one of these words.
fn line(text: &str) -> Option<u32> {
    let from_outside = |line: &str| {
        ["random.", "rng.", "time.time()", "monotonic()", "perf_counter()", "now()"].iter().any(|it| line.contains(it))
    };
    let lines: BTreeSet<u32> =
        (1..).zip(text.lines()).filter(|(_, line)| from_outside(line)).map(|(it, _)| it).collect();
    decides(&Sources::from(Arc::new(Source::new("test.py", text))), &lines)
}

#[test]
fn what_is_waited_for_or_shown_decides_nothing() {
    let programs = [
        "import time, random\ntime.sleep(random.random())\n",
        "def work(n):\n    delay = random.uniform(0.1, 0.5)\n    print(f'{n} waits for {delay:.2f}')\n    time.sleep(delay)\n",
        "start = time.time()\nwork()\nprint('took', round(time.time() - start, 2), 's')\n",
        "def wait(seconds):\n    time.sleep(seconds)\nThread(target=wait, args=(random.randint(1, 3),)).start()\n",
        "def work(i, n):\n    time.sleep(n)\nts = [Thread(target=work, args=(i, random.random())) for i in range(3)]\nfor t in ts:\n    t.start()\nfor t in ts:\n    t.join()\n",
        "class Worker(Thread):\n    def __init__(self, pause):\n        super().__init__()\n        self.pause = pause\n    def run(self):\n        time.sleep(self.pause)\nws = [Worker(random.random()) for _ in range(2)]\nfor w in ws:\n    w.start()\n",
        "q = Queue()\ndef produce():\n    for _ in range(3):\n        item = random.randint(1, 9)\n        q.put(item)\n    q.put(None)\ndef consume():\n    while True:\n        item = q.get()\n        if item is None:\n            break\n        print(item)\n",
        "results = []\nresults.append(random.random())\nfor r in results:\n    print(r)\nprint(len(results), sum(results))\nassert len(results) == 1\n",
        "with ThreadPoolExecutor() as pool:\n    fs = [pool.submit(work, random.random()) for _ in range(3)]\n    for f in as_completed(fs):\n        print(f.result())\ndef work(x):\n    time.sleep(x)\n    return x * 2\n",
        "t = Timer(random.random(), print, args=('x',))\nt.start()\nThread(target=print, args=(time.time(),)).start()\n",
        "lock.acquire(timeout=random.random())\nevent.wait(random.random())\n",
        "log = logging.getLogger()\nlog.info('at %s', datetime.now().isoformat())\n",
    ];
    for text in programs {
        assert_eq!(line(text), None, "{text}");
    }
}

#[test]
fn looking_takes_no_longer_than_it_may() {
    let powers = format!("t = time.time()\nx = {}t\n", "t ** ".repeat(900));
    let calls = format!("t = time.time()\nx = t{}\n", ".f(t)".repeat(400));
    let threads = format!("t = time.time()\nx = {}1{}\n", "Thread(args=(t, ".repeat(45), "))".repeat(45));
    assert_eq!([powers, calls, threads].map(|text| line(&text)), [Some(2); 3]);
}

#[test]
fn what_the_program_goes_by_is_found() {
    let programs = [
        ("if random.random() < 0.5:\n    pass\n", 1),
        ("x = random.random()\nwhile x < 0.5:\n    pass\n", 2),
        ("end = time.time() + 2\nwhile True:\n    if time.time() > end:\n        break\n", 3),
        ("for i in range(random.randint(1, 3)):\n    pass\n", 1),
        ("order = [1, 2]\nrandom.shuffle(order)\nfor i in order:\n    print(i)\n", 3),
        ("name = random.choice(['a', None])\nif name is None:\n    pass\n", 2),
        ("def draw():\n    return random.random()\ndef work():\n    assert draw() < 2\n", 4),
        (
            "class A:\n    def __init__(self, n):\n        self.n = n\n    def big(self):\n        return self.n > 3\na = A(random.randint(1, 5))\nif a.big():\n    pass\n",
            7,
        ),
        ("q = Queue()\nq.put(random.random())\nx = q.get()\ny = 1 if x > 0.5 else 2\n", 4),
        ("a, b = Pipe()\na.send(random.random())\nif b.recv() > 1:\n    pass\n", 3),
        ("d = {}\nd['k'] = random.random()\nassert d['k'] < 2\n", 3),
        ("d = {1: 'a'}\nprint(d[random.randint(1, 2)])\n", 2),
        ("def work(n):\n    if n > 1:\n        pass\nThread(target=work, args=(random.randint(1, 3),)).start()\n", 2),
        ("def work(n):\n    if n > 1:\n        pass\npool.map(work, [random.random()])\n", 2),
        (
            "items = []\nalias = items\nalias.append(random.random())\nfor x in items:\n    if x > 0.5:\n        pass\n",
            5,
        ),
        (
            "class Box:\n    def __init__(self, items):\n        self.items = items\nshared = []\nbox = Box(shared)\nshared.append(random.random())\nassert box.items[0] < 2\n",
            7,
        ),
        (
            "class E(Exception):\n    pass\nx = random.random()\ntry:\n    raise E(x)\nexcept E as e:\n    if e.args[0] > 0.5:\n        pass\n",
            7,
        ),
        (
            "class A:\n    def __enter__(self):\n        return random.random()\nwith A() as x:\n    if x > 1:\n        pass\n",
            3,
        ),
        ("x = random.random()\nprint(1 / x)\n", 2),
        ("s = threading.Semaphore(random.randint(1, 3))\n", 1),
        ("q = PriorityQueue()\nq.put((random.random(), 'a'))\nx = q.get()\nif x is None:\n    pass\n", 4),
        ("total = 0\nfor n in range(3):\n    total += random.random()\nmatch total:\n    case 1:\n        pass\n", 4),
        ("def each():\n    yield random.random()\nfor x in each():\n    if x > 1:\n        pass\n", 4),
        ("f = lambda: random.random()\nif f() > 0.5:\n    pass\n", 2),
        ("x = random.random()\ny = x > 0.5 and work()\n", 2),
        ("time.sleep(0.5 - random.random())\n", 1),
        ("x = random.random()\nsetattr(o, 'x', x)\n", 2),
        (
            "def deco(f):\n    def inner(*a):\n        return f(*a)\n    return inner\n@deco\ndef work(n):\n    return n > 1\nif work(random.random()):\n    pass\n",
            8,
        ),
        (
            "def outer():\n    x = random.random()\n    def inner():\n        return x\n    return inner\ng = outer()\nif g() > 1:\n    pass\n",
            7,
        ),
        ("class P:\n    def put(self, x):\n        self.x = x\np = P()\np.put(random.random())\nassert p.x < 2\n", 6),
        ("x = [random.random() for _ in range(3)]\nif max(x) > 0.5:\n    pass\n", 2),
        ("if (x := random.random()) > 0.5:\n    pass\n", 1),
        ("n = [i for i in range(3) if random.random() > 0.5]\n", 1),
        ("rng = random.Random()\nif rng.random() > 0.5:\n    pass\n", 2),
    ];
    for (text, expected) in programs {
        assert_eq!(line(text), Some(expected), "{text}");
    }
}
