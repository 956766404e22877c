//! Scenes with processes that begin anew. What they run stands in a file of its own, and the program behind the main guard.

use super::{Grammar, Node, line};

impl Grammar {
    pub(super) fn spawn_scene(&mut self) -> Vec<Node> {
        let (work, definition) = self.work();
        let (n, module, target) = (self.count(), self.fresh("task"), self.fresh("target"));
        let method = *self.random.pick(&["spawn", "spawn", "forkserver"]);
        let (body, text) = match self.random.below(6) {
            0 => (
                "seen = []
def TARGET(i, line):
    seen.append(WORK(i))
    line.put((i, seen, __name__, multiprocessing.current_process().name))",
                "line = context.Queue()
processes = [context.Process(target=TARGET, args=(i, line)) for i in range(COUNT)]
for process in processes:
    process.start()
print(sorted(line.get() for _ in processes))
for process in processes:
    process.join()
print([process.exitcode for process in processes], MODULE.seen)",
            ),
            1 => (
                "def TARGET(n):
    if n == 2:
        raise LookupError(n)
    return WORK(n)",
                "with context.Pool(2) as pool:
    print(pool.map(WORK, range(COUNT)))
    try:
        print(pool.map(TARGET, range(COUNT)))
    except LookupError as error:
        print(repr(error))",
            ),
            2 => (
                "class TARGET:
    def __init__(self, number):
        self.number = number
    def ask(self, end):
        self.number += WORK(self.number)
        end.send((self.number, type(self).__name__, type(self).__module__))
        end.close()",
                "here, there = context.Pipe()
asked = TARGET(COUNT)
process = context.Process(target=asked.ask, args=(there,))
process.start()
there.close()
print(here.recv(), asked.number)
process.join()
try:
    here.recv()
except EOFError:
    print('over', process.exitcode)",
            ),
            3 => (
                "def TARGET(total, cells, lock, i):
    with lock:
        total.value += WORK(i) % 100
    cells[i] = i",
                "total, cells, lock = context.Value('q', 0), context.Array('i', COUNT), context.Lock()
processes = [context.Process(target=TARGET, args=(total, cells, lock, i)) for i in range(COUNT)]
for process in processes:
    process.start()
for process in processes:
    process.join()
print(total.value, cells[:])",
            ),
            4 => (
                "def TARGET(i):
    WORK(i)
    if i % 2:
        raise SystemExit(i + 3)
    1 // i",
                "for i in range(COUNT):
    process = context.Process(target=TARGET, args=(i,), name=f'p{i}', daemon=i > 1)
    process.start()
    process.join()
    print(process.exitcode, process.name, process.daemon)
try:
    context.Process(target=lambda: None).start()
except Exception as error:
    print(type(error).__name__)",
            ),
            _ => (
                "def TARGET(i):
    return i, WORK(i)",
                "with concurrent.futures.ProcessPoolExecutor(2, mp_context=context) as pool:
    print(list(pool.map(TARGET, range(COUNT))))
print(multiprocessing.active_children())",
            ),
        };
        let filled = |text: &str, prefix: &str| {
            let text = text.replace("TARGET", &format!("{prefix}{target}")).replace("COUNT", &n.to_string());
            text.replace("WORK", &format!("{prefix}{work}")).replace("MODULE", &module)
        };
        self.files.push((format!("{module}.py"), vec![definition, line(filled(body, ""))]));
        let head = format!("import {module}\ncontext = multiprocessing.get_context('{method}')\n");
        vec![line(head + &filled(text, &format!("{module}.")))]
    }
}
