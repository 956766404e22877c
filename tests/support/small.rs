//! Small random programs: few enough states that every interleaving can be tried.

use super::random::Xorshift;
use std::fmt::Write as _;

/// A statement of a small random program, at this depth.
fn statement(random: &mut Xorshift, depth: usize, text: &mut String) {
    let pad = "    ".repeat(depth);
    let plain = [
        "n += 1",
        "m = n",
        "items.append(n)",
        "box.x = m",
        "m = box.x",
        "x = [n, {1: n}]",
        "items = [items[-1:]]",
        "q.put([n])",
        "x = q.get()",
        "flag.set()",
        "flag.wait()",
        "gate.release()",
        "gate.acquire()",
        "Box.f = n",
        "x = a.acquire(False) and a.release()",
        "with met: met.notify()",
        "with met: met.wait()",
        "x = Box()",
        "threading.Thread(target=leaf).start()",
        "box = Box()",
        "del items[:1]",
        "x = Box.f",
        "x = (n, box)",
        "time.sleep(1)",
        "print(n)",
        "flag.wait(2)",
        "m = int(time.monotonic())",
        "print(threading.current_thread().name)",
        "n = 1 // (n - m)",
    ];
    let head = ["with a:", "with b:", "for _ in range(2):", "if n % 2:", "while n < 2:"];
    let _ = if depth < 3 && random.below(3) == 0 {
        let head = head[random.below(head.len())];
        let _ = writeln!(text, "{pad}{head}");
        statement(random, depth + 1, text);
        if head.starts_with("while") { writeln!(text, "{pad}    n += 1") } else { Ok(()) }
    } else {
        writeln!(text, "{pad}{}", plain[random.below(plain.len())])
    };
}

/// A small program of two threads that use what there is to share.
pub(crate) fn program(random: &mut Xorshift) -> String {
    let mut text = "\
import threading, queue, time
a, b, gate, flag = threading.Lock(), threading.RLock(), threading.Semaphore(1), threading.Event()
met, q = threading.Condition(), queue.Queue(2)
class Box:
    f = 0
    x = 0
n, m, items, box = 0, 0, [1, 2], Box()
def leaf():
    global n
    n += 1
"
    .to_owned();
    for thread in 0..2 {
        let _ = writeln!(text, "def work{thread}():\n    global n, m, items, box");
        (0..1 + random.below(2)).for_each(|_| statement(random, 1, &mut text));
    }
    text += "all = [threading.Thread(target=work0), threading.Thread(target=work1)]\n";
    text += "for t in all: t.start()\n";
    statement(random, 0, &mut text);
    text
}
