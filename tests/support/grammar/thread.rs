//! Scenes with threads, each of a shape whose output does not depend on the order of threads.
//!
//! A scene is one piece for the reduction, which would otherwise take out what ends its waits.

use super::{Grammar, Node, Ty, block, line};

impl Grammar {
    pub(super) fn thread_scene(&mut self) -> Vec<Node> {
        let (work, definition) = self.work();
        let text = match self.random.below(16) {
            0 | 1 => self.results_by_index(&work),
            2 => self.locked_counter(&work),
            3 => self.queued(&work),
            4 => self.handshake(&work),
            5 => self.phases(&work),
            6 => self.handoff(&work),
            7 => self.limited(&work),
            8 => self.reentrant(&work),
            9 => self.daemons(&work),
            10 => self.failing(&work),
            11 => self.local_data(&work),
            12 => self.subclass(&work),
            13 => self.chain(&work),
            14 => self.bounded_buffer(&work),
            _ => self.joined_queue(&work),
        };
        vec![definition, line(text)]
    }

    /// A function of an integer that gives an integer: what a thread computes. It uses nothing of the module, which another
    /// thread may change or print about, and raises nothing, because others may wait for the thread.
    pub(super) fn work(&mut self) -> (String, Node) {
        let name = self.fresh("work");
        let around = self.enter(Some(Ty::Int));
        let known = self.variables.split_off(0);
        let functions = std::mem::take(&mut self.functions);
        let classes = std::mem::take(&mut self.classes);
        self.own = 0;
        self.declare("n", Ty::Int);
        let mut body = Vec::new();
        let quiet = |node: &Node| match node {
            Node::Line(text) => !text.contains("print"),
            Node::Block(_) => false,
        };
        for _ in 0..self.random.between(0, 3) {
            let node = self.statement(0);
            body.extend(Some(node).filter(quiet));
        }
        let value = self.expr(Ty::Int, 3);
        body.push(line(format!("return {}", self.bounded(Ty::Int, value))));
        (self.variables, self.functions, self.classes) = (known, functions, classes);
        self.leave_function(around);
        let body = Node::Block(vec![
            ("try:".to_owned(), body),
            ("except Exception as error:".to_owned(), vec![line("return len(str(error))")]),
        ]);
        (name.clone(), block(format!("def {name}(n):"), vec![body]))
    }

    pub(super) fn count(&mut self) -> i64 {
        self.random.between(1, 4)
    }

    fn results_by_index(&mut self, work: &str) -> String {
        let (n, target) = (self.count(), self.fresh("target"));
        let extra = *self.random.pick(&[
            "args=(i,)",
            "args=[i]",
            "kwargs={'i': i}",
            "args=(i,), name=f'w{i}'",
            "args=(i,), daemon=True",
        ]);
        format!(
            "results = [None] * {n}
def {target}(i):
    results[i] = {work}(i)
threads = [threading.Thread(target={target}, {extra}) for i in range({n})]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(results, [thread.is_alive() for thread in threads], [thread.name for thread in threads], threading.active_count())"
        )
    }

    fn locked_counter(&mut self, work: &str) -> String {
        let (n, turns, target) = (self.count(), self.count(), self.fresh("target"));
        let lock = *self.random.pick(&["Lock", "RLock"]);
        let body = *self.random.pick(&[
            "with lock:\n            total['n'] += amount",
            "lock.acquire()\n        try:\n            total['n'] += amount\n        finally:\n            lock.release()",
            "if lock.acquire(timeout=60):\n            total['n'] = total['n'] + amount\n            lock.release()",
        ]);
        format!(
            "lock = threading.{lock}()
total = {{'n': 0}}
amount = {work}(2)
def {target}():
    for _ in range({turns}):
        {body}
threads = [threading.Thread(target={target}) for _ in range({n})]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(total, lock.acquire(blocking=False))"
        )
    }

    fn queued(&mut self, work: &str) -> String {
        let (workers, items, target) = (self.count(), self.random.between(0, 6), self.fresh("target"));
        format!(
            "tasks, done = queue.Queue(), queue.Queue()
def {target}():
    while True:
        item = tasks.get()
        if item is None:
            break
        done.put((item, {work}(item)))
threads = [threading.Thread(target={target}) for _ in range({workers})]
for thread in threads:
    thread.start()
for item in range({items}):
    tasks.put(item)
for _ in threads:
    tasks.put(None)
for thread in threads:
    thread.join()
found = []
while not done.empty():
    found.append(done.get_nowait())
print(sorted(found), tasks.qsize(), done.empty())"
        )
    }

    fn handshake(&mut self, work: &str) -> String {
        let (turns, target) = (self.count(), self.fresh("target"));
        format!(
            "ping, pong = threading.Event(), threading.Event()
def {target}():
    for i in range({turns}):
        ping.wait()
        ping.clear()
        print('pong', i, {work}(i))
        pong.set()
thread = threading.Thread(target={target})
thread.start()
for i in range({turns}):
    print('ping', i)
    ping.set()
    if not pong.wait(timeout=60):
        print('late')
        break
    pong.clear()
thread.join()
print(ping.is_set(), pong.is_set())"
        )
    }

    fn phases(&mut self, work: &str) -> String {
        let (n, phases, target) = (self.count(), self.count(), self.fresh("target"));
        let action = *self.random.pick(&["", ", action=lambda: log.append('phase')"]);
        format!(
            "log, rows = [], []
barrier = threading.Barrier({n}{action})
def {target}(me):
    for phase in range({phases}):
        value = {work}(me + phase)
        with guard:
            rows.append((phase, me, value))
        barrier.wait()
        with guard:
            complete = len([row for row in rows if row[0] == phase]) == {n}
            log.append(complete)
guard = threading.Lock()
threads = [threading.Thread(target={target}, args=(me,)) for me in range({n})]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(rows), sorted(map(str, log)), barrier.parties, barrier.n_waiting, barrier.broken)"
        )
    }

    fn handoff(&mut self, work: &str) -> String {
        let (n, turns, target) = (self.count(), self.count(), self.fresh("target"));
        let wait = *self.random.pick(&[
            "while turn[0] % {n} != me:\n                condition.wait()",
            "condition.wait_for(lambda: turn[0] % {n} == me)",
            "assert condition.wait_for(lambda: turn[0] % {n} == me, timeout=60)",
        ]);
        let wait = wait.replace("{n}", &n.to_string());
        format!(
            "condition = threading.Condition()
turn = [0]
def {target}(me):
    for _ in range({turns}):
        with condition:
            {wait}
            print('turn', turn[0], 'of', me, {work}(me))
            turn[0] += 1
            condition.notify_all()
threads = [threading.Thread(target={target}, args=(me,)) for me in range({n})]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(turn)"
        )
    }

    fn limited(&mut self, work: &str) -> String {
        let (n, limit, target) = (self.count(), self.random.between(1, 3), self.fresh("target"));
        let class = *self.random.pick(&["Semaphore", "BoundedSemaphore"]);
        format!(
            "slots = threading.{class}({limit})
guard = threading.Lock()
inside, most, sums = 0, 0, []
class {target}(threading.Thread):
    def run(self):
        global inside, most
        with slots:
            with guard:
                inside += 1
                most = max(most, inside)
            value = {work}({limit})
            with guard:
                sums.append(value)
                inside -= 1
threads = [{target}() for _ in range({n})]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(inside, most <= {limit}, sums)
try:
    slots.release()
    print('released')
except ValueError as error:
    print(error)"
        )
    }

    fn reentrant(&mut self, work: &str) -> String {
        let (n, deep, target) = (self.count(), self.count(), self.fresh("target"));
        format!(
            "lock = threading.RLock()
path = []
def {target}(depth):
    with lock:
        path.append(depth)
        if depth > 0:
            {target}(depth - 1)
        path.append(-depth)
threads = [threading.Thread(target={target}, args=({deep},)) for _ in range({n})]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(path, {work}(len(path)))
try:
    lock.release()
except RuntimeError as error:
    print(error)"
        )
    }

    fn daemons(&mut self, work: &str) -> String {
        let (n, target) = (self.count(), self.fresh("target"));
        format!(
            "box = {{}}
stop = threading.Event()
def {target}(i):
    stop.wait()
    box[i] = {work}(i)
threads = []
for i in range({n}):
    thread = threading.Thread(target={target}, args=(i,), daemon=i % 2 == 0)
    thread.start()
    threads.append(thread)
print([thread.daemon for thread in threads], [thread.is_alive() for thread in threads], box)
stop.set()
[thread.join(timeout=60) for thread in threads]
print(sorted(box.items()), stop.is_set())
try:
    threads[0].start()
except RuntimeError as error:
    print(error)"
        )
    }

    fn failing(&mut self, work: &str) -> String {
        let (n, target, error) = (self.count(), self.fresh("target"), self.error());
        format!(
            "errors, results = [None] * {n}, []
def {target}(i):
    try:
        if i % 2:
            raise {error}
        results.append({work}(i))
    except Exception as error:
        errors[i] = repr(error)
        if i > 1:
            raise
    finally:
        results.append('end')
threads = [threading.Thread(target={target}, args=(i,)) for i in range({n})]
for thread in threads:
    thread.start()
    thread.join()
print(errors, results, any(thread.is_alive() for thread in threads))"
        )
    }

    fn local_data(&mut self, work: &str) -> String {
        let (n, target) = (self.count(), self.fresh("target"));
        format!(
            "data = threading.local()
data.value = 'main'
seen = {{}}
def {target}(i):
    before = hasattr(data, 'value')
    data.value = {work}(i)
    seen[threading.current_thread().name] = (before, data.value)
threads = [threading.Thread(target={target}, args=(i,), name=f'local-{{i}}') for i in range({n})]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(seen.items()), data.value, threading.current_thread() is threading.main_thread())"
        )
    }

    fn subclass(&mut self, work: &str) -> String {
        let (n, class) = (self.count(), self.fresh("Worker"));
        format!(
            "class {class}(threading.Thread):
    made = 0
    def __init__(self, number):
        super().__init__(name=f'worker-{{number}}')
        self.number = number
        self.result = None
        {class}.made += 1
    def run(self):
        self.result = {work}(self.number)
workers = [{class}(number) for number in range({n})]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()
print([(worker.name, worker.result) for worker in workers], {class}.made, isinstance(workers[0], threading.Thread))"
        )
    }

    fn chain(&mut self, work: &str) -> String {
        let (deep, target) = (self.count(), self.fresh("target"));
        format!(
            "def {target}(depth, out):
    out.append((depth, {work}(depth)))
    if depth:
        child = threading.Thread(target={target}, args=(depth - 1, out))
        child.start()
        child.join()
    out.append(depth)
out = []
first = threading.Thread(target={target}, args=({deep}, out))
print(first.is_alive(), first.ident)
first.start()
first.join()
print(out, first.is_alive(), first.ident is not None)"
        )
    }

    fn bounded_buffer(&mut self, work: &str) -> String {
        let (size, items, target) = (self.random.between(1, 3), self.random.between(1, 6), self.fresh("target"));
        format!(
            "buffer = queue.Queue(maxsize={size})
taken = []
def {target}():
    while (item := buffer.get()) is not None:
        taken.append({work}(item))
consumer = threading.Thread(target={target})
consumer.start()
for item in range({items}):
    buffer.put(item)
buffer.put(None)
consumer.join()
print(taken, buffer.full(), buffer.maxsize)
try:
    for item in range({size} + 1):
        buffer.put_nowait(item)
except queue.Full as error:
    print('full', repr(error), buffer.qsize())"
        )
    }

    fn joined_queue(&mut self, work: &str) -> String {
        let (n, items, target) = (self.count(), self.random.between(0, 5), self.fresh("target"));
        format!(
            "tasks = queue.Queue()
answers = {{}}
def {target}():
    while True:
        try:
            item = tasks.get(timeout=0.01)
        except queue.Empty:
            return
        answers[item] = {work}(item)
        tasks.task_done()
for item in range({items}):
    tasks.put(item)
threads = [threading.Thread(target={target}) for _ in range({n})]
for thread in threads:
    thread.start()
tasks.join()
for thread in threads:
    thread.join()
print(sorted(answers.items()))
try:
    tasks.task_done()
except ValueError as error:
    print(error)"
        )
    }
}
