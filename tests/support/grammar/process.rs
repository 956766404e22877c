//! Scenes with processes; each a piece as those of `thread` are. Only the main process prints, and processes are forked, so that a
//! program needs no file of its own. What is sent to a pool is found by its name: it is defined at the top of the module.

use super::{Grammar, Node, line};

impl Grammar {
    pub(super) fn process_scene(&mut self) -> Vec<Node> {
        let (work, definition) = self.work();
        let text = match self.random.below(17) {
            0 => self.own_memory(&work),
            1 => self.results_by_queue(&work),
            2 => self.dialogue(&work),
            3 => self.shared_cells(&work),
            4 => self.pool_of_processes(&work),
            5 => self.asynchronous_pool(&work),
            6 => self.failing_tasks(&work),
            7 => self.executor_of_processes(&work),
            8 => self.managed(&work),
            9 => self.crossing(),
            10 => self.exit_codes(&work),
            11 => self.pills(&work),
            12 => self.signals_between(&work),
            13 => self.process_class(&work),
            14 => self.nested_processes(&work),
            15 => self.ended_from_outside(),
            _ => self.several_ends(&work),
        };
        vec![definition, line(text)]
    }

    fn own_memory(&mut self, work: &str) -> String {
        let (n, target) = (self.count(), self.fresh("target"));
        format!(
            "kept, line = [], multiprocessing.SimpleQueue()
def {target}(i):
    kept.append({work}(i))
    line.put((i, kept))
for i in range({n}):
    process = multiprocessing.Process(target={target}, args=(i,))
    process.start()
    process.join()
    print(line.get(), kept, process.exitcode, process.name)"
        )
    }

    fn results_by_queue(&mut self, work: &str) -> String {
        let (n, target) = (self.count(), self.fresh("target"));
        let limit = *self.random.pick(&["", "1", "3"]);
        let extra =
            *self.random.pick(&["args=(i,)", "kwargs={'i': i}", "args=(i,), daemon=True", "args=(i,), name=f'w{i}'"]);
        format!(
            "line = multiprocessing.Queue({limit})
def {target}(i):
    line.put((i, {work}(i), multiprocessing.current_process().name))
processes = [multiprocessing.Process(target={target}, {extra}) for i in range({n})]
for process in processes:
    process.start()
print(sorted(line.get() for _ in processes))
for process in processes:
    process.join()
print([process.exitcode for process in processes], line.empty(), multiprocessing.active_children())
line.close()"
        )
    }

    fn dialogue(&mut self, work: &str) -> String {
        let (n, target) = (self.count(), self.fresh("target"));
        let end = *self.random.pick(&["here.send(None)", "here.close()"]);
        format!(
            "here, there = multiprocessing.Pipe()
def {target}():
    here.close()
    try:
        while True:
            asked = there.recv()
            if asked is None:
                break
            there.send((asked, {work}(asked)))
    except EOFError:
        there.close()
process = multiprocessing.Process(target={target})
process.start()
there.close()
for i in range({n}):
    here.send(i)
    print(here.recv())
{end}
process.join()
print(process.exitcode, here.closed)"
        )
    }

    fn shared_cells(&mut self, work: &str) -> String {
        let (n, target) = (self.count(), self.fresh("target"));
        let code = *self.random.pick(&["i", "q", "d", "h"]);
        format!(
            "total, cells = multiprocessing.Value('{code}', 0), multiprocessing.Array('{code}', {n})
def {target}(i):
    cells[i] = {work}(i) % 100
    with total.get_lock():
        total.value += cells[i]
processes = [multiprocessing.Process(target={target}, args=(i,)) for i in range({n})]
for process in processes:
    process.start()
for process in processes:
    process.join()
print(total.value, cells[:], list(cells), len(cells), cells[-1], cells[::2])"
        )
    }

    fn pool_of_processes(&mut self, work: &str) -> String {
        let (workers, items) = (self.count(), self.random.between(0, 6));
        let chunk = *self.random.pick(&["", ", 1", ", 2", ", chunksize=3"]);
        let extra = *self.random.pick(&["", ", maxtasksperchild=2", ", initializer=len, initargs=('',)"]);
        format!(
            "with multiprocessing.Pool({workers}{extra}) as pool:
    print(pool.map({work}, range({items}){chunk}))
    print(list(pool.imap({work}, range({items}){chunk})), pool.apply({work}, (3,)))
    print(sorted(pool.imap_unordered({work}, range({items}){chunk})))
    print(pool.starmap(divmod, [(n, 3) for n in range({items})]{chunk}))
try:
    pool.map({work}, [1])
except ValueError as error:
    print(error)"
        )
    }

    fn asynchronous_pool(&mut self, work: &str) -> String {
        let (workers, items) = (self.count(), self.random.between(1, 5));
        format!(
            "seen = []
pool = multiprocessing.Pool({workers})
results = [pool.apply_async({work}, (n,), callback=seen.append) for n in range({items})]
print([result.get(60) for result in results], [result.successful() for result in results])
print(pool.map_async({work}, range({items}), 2).get())
pool.close()
pool.join()
print(len(seen), sorted(seen) == sorted(map({work}, range({items}))))"
        )
    }

    fn failing_tasks(&mut self, work: &str) -> String {
        let (workers, items, target) = (self.count(), self.random.between(2, 4), self.fresh("target"));
        format!(
            "def {target}(n):
    if n % 3 == 1:
        raise LookupError(n, {work}(n))
    return n
with multiprocessing.Pool({workers}) as pool:
    for way in (pool.map, pool.imap, pool.starmap):
        try:
            print(list(way({target}, range({items}), 1)))
        except (LookupError, TypeError) as error:
            print(repr(error), type(error.__cause__).__name__)
    rows = pool.imap({target}, range({items}))
    while True:
        try:
            print(next(rows))
        except StopIteration:
            break
        except LookupError as error:
            print(error)"
        )
    }

    fn executor_of_processes(&mut self, work: &str) -> String {
        let (workers, items, target) = (self.count(), self.random.between(1, 5), self.fresh("target"));
        format!(
            "def {target}(n):
    if n == 2:
        raise LookupError(n)
    return n, {work}(n)
with concurrent.futures.ProcessPoolExecutor({workers}) as pool:
    print(list(pool.map({work}, range({items}), chunksize=2)))
    futures = [pool.submit({target}, n) for n in range({items})]
    concurrent.futures.wait(futures)
    print([repr(future.exception()) if future.exception() else future.result() for future in futures])
try:
    pool.submit({work}, 1)
except RuntimeError as error:
    print(error)"
        )
    }

    fn managed(&mut self, work: &str) -> String {
        let (n, target) = (self.count(), self.fresh("target"));
        format!(
            "def {target}(i, rows, table, names, lock):
    with lock:
        rows.append({work}(i))
        table[i] = rows[-1]
        names.total += 1
with multiprocessing.Manager() as manager:
    rows, table, names, lock = manager.list(), manager.dict(), manager.Namespace(total=0), manager.Lock()
    processes = [multiprocessing.Process(target={target}, args=(i, rows, table, names, lock)) for i in range({n})]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    print(sorted(rows), sorted(table.items()), names.total, len(rows), 0 in table)
    rows[:] = [[1], [2]]
    rows[0].append(3)
    print(rows, rows[1:], rows.pop(), table.get(99), sorted(table.keys()))"
        )
    }

    /// Values of every kind over a pipe and back.
    fn crossing(&mut self) -> String {
        let values: Vec<String> = (0..self.random.between(2, 5))
            .map(|_| {
                let ty = self.plain();
                self.expr(ty, 2)
            })
            .collect();
        let target = self.fresh("target");
        format!(
            "here, there = multiprocessing.Pipe()
values = [{values}]
def {target}():
    for _ in range({n}):
        value = there.recv()
        there.send((type(value).__name__, value, [value, value]))
process = multiprocessing.Process(target={target})
process.start()
for value in values:
    here.send(value)
    name, same, both = here.recv()
    print(name, same, same == value or value != value, not isinstance(value, (list, dict)) or both[0] is both[1])
process.join()",
            n = values.len(),
            values = values.join(", ")
        )
    }

    fn exit_codes(&mut self, work: &str) -> String {
        let (n, target) = (self.count(), self.fresh("target"));
        let end = *self.random.pick(&[
            "sys.exit(i)",
            "raise LookupError(i)",
            "sys.exit('a reason')",
            "sys.exit()",
            "return i",
            "assert not i",
            "1 // i",
        ]);
        format!(
            "def {target}(i):
    {work}(i)
    {end}
for i in range({n}):
    process = multiprocessing.Process(target={target}, args=(i,))
    print(process.exitcode, process.is_alive(), process.pid)
    process.start()
    process.join(60)
    print(process.exitcode, process.is_alive())"
        )
    }

    fn pills(&mut self, work: &str) -> String {
        let (workers, items, target) = (self.count(), self.random.between(0, 6), self.fresh("target"));
        format!(
            "tasks, done = multiprocessing.JoinableQueue(), multiprocessing.Queue()
def {target}():
    for item in iter(tasks.get, None):
        done.put((item, {work}(item)))
        tasks.task_done()
    tasks.task_done()
processes = [multiprocessing.Process(target={target}) for _ in range({workers})]
for process in processes:
    process.start()
for item in [*range({items}), *[None] * {workers}]:
    tasks.put(item)
print(sorted(done.get() for _ in range({items})))
tasks.join()
for process in processes:
    process.join()
tasks.close()"
        )
    }

    fn signals_between(&mut self, work: &str) -> String {
        let (n, target) = (self.count(), self.fresh("target"));
        let (make, before, after) = *self.random.pick(&[
            ("Event()", "thing.wait()", "thing.set()"),
            ("Semaphore(0)", "thing.acquire()", "[thing.release() for _ in processes]"),
            ("Barrier(len(processes) + 1)", "thing.wait()", "thing.wait()"),
            ("RLock()", "with thing, thing: pass", "thing.acquire(); thing.release()"),
        ]);
        format!(
            "line, processes = multiprocessing.SimpleQueue(), [None] * {n}
thing = multiprocessing.{make}
def {target}(i):
    {before}
    line.put((i, {work}(i)))
for i in range({n}):
    processes[i] = multiprocessing.Process(target={target}, args=(i,))
    processes[i].start()
{after}
print(sorted(line.get() for _ in processes))
for process in processes:
    process.join()"
        )
    }

    fn process_class(&mut self, work: &str) -> String {
        let (n, class) = (self.count(), self.fresh("Worker"));
        format!(
            "class {class}(multiprocessing.Process):
    made = 0
    def __init__(self, number, line):
        super().__init__(name=f'worker {{number}}')
        self.number, self.line = number, line
        {class}.made += 1
    def run(self):
        self.number += {work}(self.number)
        self.line.send((self.name, self.number, {class}.made, isinstance(multiprocessing.current_process(), {class})))
        self.line.close()
for number in range({n}):
    here, there = multiprocessing.Pipe(duplex=False)
    worker = {class}(number, there)
    worker.start()
    there.close()
    print(here.recv(), worker.number, {class}.made)
    worker.join()
    try:
        here.recv()
    except EOFError:
        print('over', worker.exitcode)"
        )
    }

    fn nested_processes(&mut self, work: &str) -> String {
        let (depth, target) = (self.random.between(0, 2), self.fresh("target"));
        format!(
            "def {target}(depth, line):
    rows = [(depth, {work}(depth), multiprocessing.current_process().name)]
    if depth:
        inner = multiprocessing.Queue()
        process = multiprocessing.Process(target={target}, args=(depth - 1, inner))
        process.start()
        rows += inner.get()
        process.join()
        rows.append(process.exitcode)
    line.put(rows)
line = multiprocessing.Queue()
process = multiprocessing.Process(target={target}, args=({depth}, line), name='outer')
process.start()
process.join(0)
print(line.get())
process.join()
line.close()"
        )
    }

    fn ended_from_outside(&mut self) -> String {
        let target = self.fresh("target");
        let (end, wait) = *self.random.pick(&[
            ("terminate", "threading.Event().wait()"),
            ("kill", "threading.Event().wait()"),
            ("terminate", "multiprocessing.Event().wait()"),
            ("kill", "ready.wait(); multiprocessing.Lock().acquire(); threading.Event().wait()"),
        ]);
        format!(
            "ready = multiprocessing.Event()
def {target}():
    ready.set()
    {wait}
process = multiprocessing.Process(target={target}, daemon=True)
process.start()
ready.wait()
print(process.is_alive(), process.exitcode, process.join(0), len(multiprocessing.active_children()))
process.{end}()
process.join()
print(process.is_alive(), process.exitcode, multiprocessing.active_children())"
        )
    }

    fn several_ends(&mut self, work: &str) -> String {
        let (n, target) = (self.count(), self.fresh("target"));
        format!(
            "readers, rows = [], []
def {target}(i, line):
    for step in range(2):
        line.send((i, step, {work}(step)))
for i in range({n}):
    reader, writer = multiprocessing.Pipe(False)
    multiprocessing.Process(target={target}, args=(i, writer)).start()
    writer.close()
    readers.append(reader)
while readers:
    for reader in multiprocessing.connection.wait(readers):
        try:
            rows.append(reader.recv())
        except EOFError:
            readers.remove(reader)
print(sorted(rows))
for process in multiprocessing.active_children():
    process.join()"
        )
    }
}
