//! Small programs that make processes, for the search.

/// Lines before the main guard, and lines of two processes' functions and of the main process's end.
fn two(before: &str, one: &str, other: &str, end: &str) -> String {
    let body = |lines: &str| lines.lines().map(|line| format!("    {line}\n")).collect::<String>();
    format!(
        "from multiprocessing import *\nimport os, threading\n{before}\ndef first():\n{}def second():\n{}\
         if __name__ == '__main__':\n    both = [Process(target=first), Process(target=second)]\n    \
         for p in both:\n        p.start()\n    for p in both:\n        p.join()\n{}",
        body(one),
        body(other),
        body(end)
    )
}

const HELD: &str = "\
from multiprocessing import Process
import threading
a = threading.Lock()
def hold():
    a.acquire()
    a.release()
def work():
    with a:
        pass
if __name__ == '__main__':
    t = threading.Thread(target=hold)
    t.start()
    p = Process(target=work)
    p.start()
";

const QUEUE: &str = "\
from multiprocessing import Process, Queue
def work(q):
    q.put('x' * 100_000)
if __name__ == '__main__':
    q = Queue()
    p = Process(target=work, args=(q,))
    p.start()
    got = q.get()
    p.join()
";

/// Each with its name, and whether the machine's own states are few enough to be compared.
pub(crate) fn programs() -> Vec<(&'static str, bool, String)> {
    let add = "total.value += 1";
    let locked = "with total.get_lock():\n    total.value += 1";
    let ab = ("with a:\n    with b:\n        pass", "with b:\n    with a:\n        pass");
    vec![
        ("update", false, two("total = Value('i', 0)", add, add, "assert total.value == 2")),
        ("locked update", false, two("total = Value('i', 0)", locked, locked, "assert total.value == 2")),
        ("own memory", true, two("n = 0", "global n\nn += 1", "global n\nn += 2", "assert n == 0")),
        ("two locks", false, two("a = Lock()\nb = Lock()", ab.0, ab.1, "")),
        ("left held", true, two("a = Lock()", "a.acquire()\nos._exit(0)", "with a:\n    pass", "")),
        ("pipe", true, two("r, w = Pipe(False)", "w.send(1)", "w.send(2)", "assert r.recv() == 1")),
        ("kill", false, two("r, w = Pipe(False)", "r.recv()", "w.send(1)", "both[0].kill()\nprint(both[0].exitcode)")),
        ("terminate", true, {
            let text = two("e = Event()", "e.set()", "e.wait()", "print(both[1].exitcode)");
            text.replace(
                "    for p in both:\n        p.join()",
                "    both[1].terminate()\n    for p in both:\n        p.join()",
            )
        }),
        ("fork while locked", false, HELD.to_owned()),
        ("queue", false, QUEUE.to_owned()),
        ("join before drain", false, QUEUE.replace("got = q.get()\n    p.join()", "p.join()\n    got = q.get()")),
    ]
}
