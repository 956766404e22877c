//! The programs as Python files, as a person writes them. What stands before the threads are made is apart: `frontrun` makes
//! the threads itself.

use crate::program::{Kind, PERMITS, Program};

/// What the program defines, and then the threads, each with its function and arguments.
pub struct Text {
    pub definitions: String,
    /// A list of pairs of a function and its arguments.
    pub threads: String,
}

impl Text {
    /// The whole file.
    pub fn file(&self) -> String {
        format!(
            "{}\nthreads = [threading.Thread(target=work, args=arguments) for work, arguments in {}]\n\
             for thread in threads:\n    thread.start()\nfor thread in threads:\n    thread.join()\n",
            self.definitions, self.threads
        )
    }
}

pub fn text(program: Program) -> Text {
    match program {
        Program::Philosophers { seats, meals } => {
            let places: Vec<String> = (0..seats)
                .map(|seat| Program::forks(seats, seat))
                .map(|(first, second)| format!("(philosopher, (forks[{first}], forks[{second}]))"))
                .collect();
            Text {
                definitions: format!(
                    "import threading\n\nforks = [threading.Lock() for _ in range({seats})]\n\n\
                     def philosopher(first, second):\n    for _ in range({meals}):\n        with first:\n            \
                     with second:\n                pass\n"
                ),
                threads: format!("[{}]", places.join(", ")),
            }
        }
        Program::Increments { threads, rounds, locked } => {
            let body = if locked { "with lock:\n            total += 1" } else { "total += 1" };
            Text {
                definitions: format!(
                    "import threading\n\ntotal = 0\n{}\ndef work():\n    global total\n    for _ in range({rounds}):\n        \
                     {body}\n",
                    if locked { "lock = threading.Lock()\n" } else { "" }
                ),
                threads: format!("[(work, ())] * {threads}"),
            }
        }
        Program::Buffer { producers, consumers, things, kind } => {
            let conditions = match kind {
                Kind::One => "not_full = not_empty = threading.Condition(lock)",
                Kind::Two | Kind::If => "not_full = threading.Condition(lock)\nnot_empty = threading.Condition(lock)",
            };
            let waits = if kind == Kind::If { "if" } else { "while" };
            let taken = producers * things / consumers;
            Text {
                definitions: format!(
                    "import threading\n\nlock = threading.Lock()\n{conditions}\nbuffer = []\n\n\
                     def produce():\n    for thing in range({things}):\n        with lock:\n            \
                     {waits} len(buffer) == 1:\n                not_full.wait()\n            \
                     buffer.append(thing)\n            not_empty.notify()\n\n\
                     def consume():\n    for _ in range({taken}):\n        with lock:\n            \
                     {waits} len(buffer) == 0:\n                not_empty.wait()\n            \
                     buffer.pop(0)\n            not_full.notify()\n"
                ),
                threads: format!("[(produce, ())] * {producers} + [(consume, ())] * {consumers}"),
            }
        }
        Program::Semaphore { threads } => Text {
            definitions: format!(
                "import threading\n\nplaces = threading.Semaphore({PERMITS})\nlock = threading.Lock()\ninside = 0\n\n\
                 def visit():\n    global inside\n    with places:\n        with lock:\n            inside += 1\n            \
                 assert inside <= {PERMITS}\n        with lock:\n            inside -= 1\n"
            ),
            threads: format!("[(visit, ())] * {threads}"),
        },
        Program::Barrier { threads } => Text {
            definitions: format!(
                "import threading\n\nall_here = threading.Condition(threading.Lock())\narrived = 0\n\n\
                 def arrive():\n    global arrived\n    with all_here:\n        arrived += 1\n        \
                 if arrived == {threads}:\n            all_here.notify_all()\n        \
                 while arrived != {threads}:\n            all_here.wait()\n        assert arrived == {threads}\n"
            ),
            threads: format!("[(arrive, ())] * {threads}"),
        },
    }
}
