//! Harmony: the programs in its own language, with the locks, conditions and semaphores of its `synch` module. A step is
//! what Harmony takes for one: whatever a thread does up to its next access to something shared, so that each reading and
//! writing of a variable is one, under a lock, too. A notify wakes any of those who wait, not the first. It takes threads
//! that do the same for alike. The thread that makes the others goes on by itself until it is over.

use crate::program::{Kind, PERMITS, Program};

pub fn model(program: Program) -> String {
    match program {
        Program::Philosophers { seats, meals } => {
            let mut text = format!(
                "from synch import Lock, acquire, release\n\nforks = [Lock() for _ in {{1..{seats}}}]\n\n\
                 def philosopher(first, second):\n    for _ in {{1..{meals}}}:\n        acquire(?forks[first])\n        \
                 acquire(?forks[second])\n        release(?forks[second])\n        release(?forks[first])\n\n"
            );
            for (first, second) in (0..seats).map(|seat| Program::forks(seats, seat)) {
                text += &format!("spawn philosopher({first}, {second})\n");
            }
            text
        }
        Program::Increments { threads, rounds, locked } => {
            let body = if locked { "acquire(?lock)\n        total += 1\n        release(?lock)" } else { "total += 1" };
            let lock = if locked { "from synch import Lock, acquire, release\n\nlock = Lock()\n" } else { "" };
            format!(
                "{lock}total = 0\n\ndef work():\n    for _ in {{1..{rounds}}}:\n        {body}\n\n{}",
                spawns("work", threads)
            )
        }
        Program::Buffer { producers, consumers, things, kind } => {
            let (not_full, not_empty) =
                if kind == Kind::One { ("change", "change") } else { ("not_full", "not_empty") };
            let conditions = if kind == Kind::One {
                "change = Condition()"
            } else {
                "not_full = Condition()\nnot_empty = Condition()"
            };
            let waits = if kind == Kind::If { "if" } else { "while" };
            // Python says by itself that nothing is there to take.
            let check = if kind == Kind::If { "assert things != 0\n        " } else { "" };
            let taken = producers * things / consumers;
            format!(
                "from synch import Lock, acquire, release, Condition, wait, notify\n\nlock = Lock()\n{conditions}\n\
                 things = 0\n\n\
                 def produce():\n    for _ in {{1..{things}}}:\n        acquire(?lock)\n        \
                 {waits} things == 1:\n            wait(?{not_full}, ?lock)\n        \
                 things += 1\n        notify(?{not_empty})\n        release(?lock)\n\n\
                 def consume():\n    for _ in {{1..{taken}}}:\n        acquire(?lock)\n        \
                 {waits} things == 0:\n            wait(?{not_empty}, ?lock)\n        \
                 {check}things -= 1\n        notify(?{not_full})\n        \
                 release(?lock)\n\n{}{}",
                spawns("produce", producers),
                spawns("consume", consumers)
            )
        }
        Program::Semaphore { threads } => format!(
            "from synch import Lock, acquire, release, Semaphore, P, V\n\nplaces = Semaphore({PERMITS})\nlock = Lock()\n\
             inside = 0\n\ndef visit():\n    P(?places)\n    acquire(?lock)\n    inside += 1\n    \
             assert inside <= {PERMITS}\n    release(?lock)\n    acquire(?lock)\n    inside -= 1\n    release(?lock)\n    \
             V(?places)\n\n{}",
            spawns("visit", threads)
        ),
        Program::Barrier { threads } => format!(
            "from synch import Lock, acquire, release, Condition, wait, notify_all\n\nlock = Lock()\nall_here = Condition()\n\
             arrived = 0\n\ndef arrive():\n    acquire(?lock)\n    arrived += 1\n    if arrived == {threads}:\n        \
             notify_all(?all_here)\n    while arrived != {threads}:\n        wait(?all_here, ?lock)\n    \
             assert arrived == {threads}\n    release(?lock)\n\n{}",
            spawns("arrive", threads)
        ),
    }
}

fn spawns(function: &str, threads: usize) -> String {
    format!("for _ in {{1..{threads}}}:\n    spawn {function}()\n")
}
