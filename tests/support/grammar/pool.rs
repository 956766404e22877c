//! Scenes with pools, shared queues and objects that guard themselves; each a piece as those of `thread` are.

use super::{Grammar, Node, line};

impl Grammar {
    pub(super) fn pool_scene(&mut self) -> Vec<Node> {
        let (work, definition) = self.work();
        let text = match self.random.below(9) {
            0 => self.mapped_pool(&work),
            1 => self.submitted(&work),
            2 => self.completed(&work),
            3 => self.failing_pool(&work),
            4 => self.called_back(&work),
            5 => self.by_priority(&work),
            6 => self.guarded_object(&work),
            7 => self.shared_generator(&work),
            _ => self.accounts(&work),
        };
        vec![definition, line(text)]
    }

    fn mapped_pool(&mut self, work: &str) -> String {
        let (workers, items) = (self.count(), self.random.between(0, 6));
        let extra = *self.random.pick(&["", ", thread_name_prefix='pool'", ", initializer=lambda: None"]);
        format!(
            "with concurrent.futures.ThreadPoolExecutor({workers}{extra}) as pool:
    print(list(pool.map({work}, range({items}))))
    print(*pool.map(lambda a, b: {work}(a) - b, range({items}), range(9)))
try:
    pool.submit({work}, 1)
except RuntimeError as error:
    print(error)"
        )
    }

    fn submitted(&mut self, work: &str) -> String {
        let (workers, items) = (self.count(), self.count());
        format!(
            "pool = concurrent.futures.ThreadPoolExecutor(max_workers={workers})
futures = {{pool.submit({work}, n): n for n in range({items})}}
done, pending = concurrent.futures.wait(futures)
print(sorted((futures[future], future.result()) for future in done), len(pending))
print(all(future.done() for future in futures), any(future.cancelled() for future in futures))
pool.shutdown()
print([future.cancel() for future in futures], [future.exception() for future in futures])"
        )
    }

    fn completed(&mut self, work: &str) -> String {
        let (workers, items, target) = (self.count(), self.count(), self.fresh("target"));
        format!(
            "def {target}(n):
    if n % 3 == 1:
        raise LookupError(n)
    return n, {work}(n)
with concurrent.futures.ThreadPoolExecutor(max_workers={workers}) as pool:
    futures = [pool.submit({target}, n) for n in range({items})]
    rows = []
    for future in concurrent.futures.as_completed(futures):
        try:
            rows.append(future.result())
        except LookupError as error:
            rows.append((error.args[0], repr(error)))
print(sorted(rows, key=lambda row: row[0]))"
        )
    }

    fn failing_pool(&mut self, work: &str) -> String {
        let (workers, items, error, target) = (self.count(), self.count(), self.error(), self.fresh("target"));
        format!(
            "def {target}(n):
    if n == 1:
        raise {error}
    return {work}(n)
with concurrent.futures.ThreadPoolExecutor({workers}) as pool:
    futures = [pool.submit({target}, n) for n in range({items})]
for future in futures:
    try:
        print(future.result(timeout=60))
    except Exception as error:
        print(type(error).__name__, error, error is future.exception())
try:
    print(list(map(concurrent.futures.Future.result, futures)))
except Exception as error:
    print(repr(error))"
        )
    }

    fn called_back(&mut self, work: &str) -> String {
        let items = self.count();
        format!(
            "seen = []
with concurrent.futures.ThreadPoolExecutor(max_workers=1) as pool:
    for n in range({items}):
        pool.submit({work}, n).add_done_callback(lambda future, n=n: seen.append((n, future.result())))
print(seen)
one = concurrent.futures.Future()
one.add_done_callback(lambda future: print('cancelled', future.cancelled()))
print(one.cancel(), one.cancelled(), one.done(), one.running())
try:
    one.result()
except concurrent.futures.CancelledError as error:
    print(repr(error))"
        )
    }

    fn by_priority(&mut self, work: &str) -> String {
        let (items, target) = (self.random.between(1, 6), self.fresh("target"));
        let class = *self.random.pick(&["PriorityQueue", "LifoQueue", "SimpleQueue", "Queue"]);
        format!(
            "tasks = queue.{class}()
for n in range({items}):
    tasks.put(((n * 7) % 5, n))
taken = []
def {target}():
    while True:
        try:
            item = tasks.get_nowait()
        except queue.Empty:
            break
        taken.append((item, {work}(item[1])))
thread = threading.Thread(target={target})
thread.start()
thread.join()
print(taken, tasks.empty(), tasks.qsize())"
        )
    }

    fn guarded_object(&mut self, work: &str) -> String {
        let (n, class) = (self.count(), self.fresh("Store"));
        let lock = *self.random.pick(&["Lock", "RLock", "Condition", "Semaphore"]);
        format!(
            "class {class}:
    made = 0
    def __init__(self):
        self._lock = threading.{lock}()
        self._rows = {{}}
        {class}.made += 1
    def __enter__(self):
        self._lock.acquire()
        return self._rows
    def __exit__(self, *info):
        self._lock.release()
        return info[0] is KeyError
    def put(self, key, value, *, twice=False):
        with self as rows:
            rows[key] = rows.get(key, 0) + value * (2 if twice else 1)
            if value % 2:
                raise KeyError(key)
    @property
    def total(self):
        with self as rows:
            return sum(rows.values())
store = {class}()
threads = [threading.Thread(target=store.put, args=(n % 2, {work}(n)), kwargs={{'twice': n > 1}}) for n in range({n})]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(store.total, sorted(store._rows.items()), {class}.made)"
        )
    }

    fn shared_generator(&mut self, work: &str) -> String {
        let (n, items, target) = (self.count(), self.random.between(0, 6), self.fresh("target"));
        format!(
            "def numbers(limit):
    for n in range(limit):
        yield n, {work}(n)
source, guard, rows = numbers({items}), threading.Lock(), []
def {target}():
    while True:
        with guard:
            try:
                row = next(source)
            except StopIteration:
                return
        with guard:
            rows.append(row)
threads = [threading.Thread(target={target}) for _ in range({n})]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(rows), next(source, 'over'))"
        )
    }

    fn accounts(&mut self, work: &str) -> String {
        let (n, target) = (self.count(), self.fresh("target"));
        format!(
            "balances, locks = [100, 100, 100], [threading.Lock() for _ in range(3)]
refused = []
def {target}(me):
    amount = abs({work}(me)) % 50
    for step in range(3):
        source, to = (me + step) % 3, (me + step + 1) % 3
        first, second = sorted((source, to))
        with locks[first], locks[second]:
            if amount > 200:
                refused.append(me)
                continue
            balances[source] -= amount
            balances[to] += amount
threads = [threading.Thread(target={target}, args=(me,)) for me in range({n})]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(balances, sum(balances), refused, [lock.locked() for lock in locks])"
        )
    }
}
