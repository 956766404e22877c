//! Scenes with what processes share to wait for each other, and with what goes wrong there; each a piece as those of `process`
//! are.

use super::{Grammar, Node, line};

impl Grammar {
    pub(super) fn synchronized_scene(&mut self) -> Vec<Node> {
        let (work, definition) = self.work();
        let text = match self.random.below(12) {
            0 => self.turns_of_processes(&work),
            1 => self.phases_of_processes(&work),
            2 => self.broken_barrier(),
            3 => self.simple_line(&work),
            4 => self.joined_tasks(&work),
            5 => self.raw_cells(&work),
            6 => self.limited_processes(&work),
            7 => self.task_by_task(&work),
            8 => self.ended_pool(&work),
            9 => self.dead_worker(),
            10 => self.handled_signal(&work),
            _ => self.threads_and_processes(&work),
        };
        vec![definition, line(text)]
    }

    fn turns_of_processes(&mut self, work: &str) -> String {
        let (n, turns, target) = (self.count(), self.count(), self.fresh("target"));
        let wait = *self.random.pick(&[
            "while turn.value % N != me:\n                condition.wait()",
            "condition.wait_for(lambda: turn.value % N == me)",
            "assert condition.wait_for(lambda: turn.value % N == me, timeout=60)",
        ]);
        let wait = wait.replace('N', &n.to_string());
        format!(
            "condition, turn = multiprocessing.Condition(), multiprocessing.Value('i', 0)
rows = multiprocessing.SimpleQueue()
def {target}(me):
    for _ in range({turns}):
        with condition:
            {wait}
            rows.put((turn.value, me, {work}(me)))
            turn.value += 1
            condition.notify_all()
processes = [multiprocessing.Process(target={target}, args=(me,)) for me in range({n})]
for process in processes:
    process.start()
for process in processes:
    process.join()
print(turn.value, [rows.get() for _ in range({n} * {turns})], rows.empty())
try:
    condition.notify()
except (AssertionError, RuntimeError) as error:
    print(type(error).__name__, error)"
        )
    }

    fn phases_of_processes(&mut self, work: &str) -> String {
        let (n, phases, target) = (self.count(), self.count(), self.fresh("target"));
        format!(
            "barrier, cells = multiprocessing.Barrier({n}), multiprocessing.Array('q', {n})
def {target}(me):
    for phase in range({phases}):
        cells[me] += {work}(me + phase) % 1000
        place = barrier.wait()
        assert 0 <= place < {n}
        barrier.wait(60)
processes = [multiprocessing.Process(target={target}, args=(me,)) for me in range({n})]
for process in processes:
    process.start()
for process in processes:
    process.join()
print(list(cells), barrier.parties, barrier.n_waiting, barrier.broken, [process.exitcode for process in processes])"
        )
    }

    fn broken_barrier(&mut self) -> String {
        let target = self.fresh("target");
        let end = *self.random.pick(&["barrier.abort()", "barrier.wait(0.01)", "barrier.abort(); barrier.reset()"]);
        format!(
            "barrier, line = multiprocessing.Barrier(3), multiprocessing.Queue()
def {target}():
    try:
        line.put(barrier.wait(60))
    except threading.BrokenBarrierError as error:
        line.put(type(error).__name__)
process = multiprocessing.Process(target={target})
process.start()
while not barrier.n_waiting:
    time.sleep(0.01)
try:
    {end}
except threading.BrokenBarrierError as error:
    print('here', repr(error))
print(line.get(), barrier.broken)
process.join()"
        )
    }

    fn simple_line(&mut self, work: &str) -> String {
        let (n, target) = (self.random.between(0, 5), self.fresh("target"));
        format!(
            "line = multiprocessing.SimpleQueue()
def {target}():
    for i in range({n}):
        line.put([i, {work}(i), {{'i': i}}])
    line.put('end')
print(line.empty())
process = multiprocessing.Process(target={target})
process.start()
print(list(iter(line.get, 'end')))
process.join()
line.close()
try:
    line.put(1)
except (OSError, ValueError) as error:
    print(type(error).__name__, error)"
        )
    }

    fn joined_tasks(&mut self, work: &str) -> String {
        let (workers, items, target) = (self.count(), self.random.between(1, 5), self.fresh("target"));
        let limit = *self.random.pick(&["", "2"]);
        format!(
            "tasks = multiprocessing.JoinableQueue({limit})
cells = multiprocessing.Array('q', {items})
def {target}():
    while True:
        item = tasks.get()
        cells[item] = {work}(item) % 10**9
        tasks.task_done()
processes = [multiprocessing.Process(target={target}, daemon=True) for _ in range({workers})]
for process in processes:
    process.start()
for item in range({items}):
    tasks.put(item)
tasks.join()
print(list(cells), [process.is_alive() for process in processes])
try:
    tasks.task_done()
except ValueError as error:
    print(error)
for process in processes:
    process.terminate()
    process.join()
print([process.exitcode for process in processes])"
        )
    }

    fn raw_cells(&mut self, work: &str) -> String {
        let (n, target) = (self.count(), self.fresh("target"));
        let code = *self.random.pick(&["i", "d", "q", "H", "f", "B"]);
        format!(
            "one, many = multiprocessing.RawValue('{code}', 5), multiprocessing.RawArray('{code}', [1] * {n})
guarded, free = multiprocessing.Array('{code}', {n}), multiprocessing.Value('{code}', 1, lock=False)
def {target}(i):
    many[i] = abs({work}(i)) % 100
    with guarded:
        guarded[:] = [value + 1 for value in guarded]
for i in range({n}):
    process = multiprocessing.Process(target={target}, args=(i,))
    process.start()
    process.join()
one.value += free.value
print(one.value, list(many), many[:2], len(many), guarded[:], guarded.get_obj()[0], hasattr(free, 'get_lock'))
try:
    many[{n}] = 1
except IndexError as error:
    print(error)
try:
    one.value = 'text'
except TypeError:
    print('no number')"
        )
    }

    fn limited_processes(&mut self, work: &str) -> String {
        let (n, limit, target) = (self.count(), self.random.between(1, 3), self.fresh("target"));
        let class = *self.random.pick(&["Semaphore", "BoundedSemaphore"]);
        format!(
            "slots = multiprocessing.{class}({limit})
inside, most = multiprocessing.Value('i', 0), multiprocessing.Value('i', 0)
def {target}(i):
    with slots:
        with inside.get_lock():
            inside.value += 1
            most.value = max(most.value, inside.value)
        {work}(i)
        with inside.get_lock():
            inside.value -= 1
processes = [multiprocessing.Process(target={target}, args=(i,)) for i in range({n})]
for process in processes:
    process.start()
for process in processes:
    process.join()
print(inside.value, 1 <= most.value <= {limit}, [slots.acquire(False) for _ in range({limit} + 1)])
for _ in range({limit}):
    slots.release()
try:
    slots.release()
    print('released')
except ValueError as error:
    print(error)"
        )
    }

    fn task_by_task(&mut self, work: &str) -> String {
        let (workers, items, target) = (self.count(), self.random.between(1, 5), self.fresh("target"));
        let way = *self.random.pick(&["imap", "imap_unordered"]);
        format!(
            "def {target}(n):
    if n % 3 == 2:
        raise LookupError(n)
    return n, {work}(n)
with multiprocessing.Pool({workers}) as pool:
    rows, found = pool.{way}({target}, range({items})), []
    while True:
        try:
            found.append(rows.next(timeout=60))
        except StopIteration:
            break
        except LookupError as error:
            found.append((error.args[0], repr(error)))
    print(sorted(found))
    late = pool.apply_async(time.sleep, (0.05,), error_callback=print)
    try:
        late.get(timeout=0.001)
    except multiprocessing.TimeoutError as error:
        print('late', repr(error), late.ready())
    late.wait()
    print(late.ready(), late.successful(), late.get())
    failed = pool.map_async({target}, range({items}), error_callback=lambda error: print('told', repr(error)))
    failed.wait()
    print(failed.successful())"
        )
    }

    fn ended_pool(&mut self, work: &str) -> String {
        let (workers, target) = (self.count(), self.fresh("target"));
        let end = *self.random.pick(&["terminate", "close"]);
        format!(
            "def {target}(n):
    return {work}(n) % 10
pool = multiprocessing.Pool({workers}, initializer={work}, initargs=(1,))
print(pool.starmap(max, [(1, 2), (4, 3)]), pool.apply({target}, (5,)))
try:
    pool.join()
except ValueError as error:
    print(error)
pool.{end}()
for way in (pool.apply_async, pool.map, pool.imap):
    try:
        way({target}, (1,))
    except ValueError as error:
        print(error)
pool.join()
print(multiprocessing.active_children())"
        )
    }

    fn dead_worker(&mut self) -> String {
        let target = self.fresh("target");
        let end = *self.random.pick(&["os._exit(3)", "os.kill(os.getpid(), signal.SIGKILL)"]);
        format!(
            "def {target}(n):
    if n == 1:
        {end}
    return n
pool = concurrent.futures.ProcessPoolExecutor(1)
print(pool.submit({target}, 0).result())
try:
    print(pool.submit({target}, 1).result(timeout=60))
except concurrent.futures.process.BrokenProcessPool as error:
    print(type(error).__name__, error)
try:
    pool.submit({target}, 0)
except concurrent.futures.BrokenExecutor as error:
    print(type(error).__name__)
pool.shutdown()"
        )
    }

    fn handled_signal(&mut self, work: &str) -> String {
        let target = self.fresh("target");
        let end = *self.random.pick(&["sys.exit(7)", "raise LookupError('struck')", "line.put('struck'); os._exit(4)"]);
        format!(
            "line, ready = multiprocessing.SimpleQueue(), multiprocessing.Event()
def {target}():
    def handle(number, frame):
        line.put(('got', number == signal.SIGTERM, {work}(2)))
        {end}
    signal.signal(signal.SIGTERM, handle)
    ready.set()
    while True:
        time.sleep(0.01)
process = multiprocessing.Process(target={target})
process.start()
ready.wait()
process.terminate()
process.join()
print(line.get(), process.exitcode)
try:
    process.close()
    process.is_alive()
except ValueError as error:
    print(error)"
        )
    }

    fn threads_and_processes(&mut self, work: &str) -> String {
        let (n, target) = (self.count(), self.fresh("target"));
        format!(
            "def {target}(i, line):
    rows = queue.Queue()
    threads = [threading.Thread(target=lambda n: rows.put((n, {work}(n))), args=(n,)) for n in range(i)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    line.put((i, sorted(rows.get() for _ in threads), threading.active_count() >= 1))
def ask(i):
    line = multiprocessing.Queue()
    process = multiprocessing.Process(target={target}, args=(i, line))
    process.start()
    found[i] = line.get()
    process.join()
found = [None] * {n}
threads = [threading.Thread(target=ask, args=(i,)) for i in range({n})]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(found)"
        )
    }
}
