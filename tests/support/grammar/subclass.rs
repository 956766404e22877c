//! Scenes with classes that inherit from what the library provides.

use super::{Grammar, Node, line};

impl Grammar {
    pub(super) fn subclass_scene(&mut self) -> Vec<Node> {
        let (work, definition) = self.work();
        let class = self.fresh("Own");
        let n = self.count();
        let text = match self.random.below(8) {
            0 => format!(
                "class {class}(queue.Queue):
    def _init(self, maxsize):
        self.queue, self.seen = [], 0
    def _qsize(self):
        return len(self.queue)
    def _put(self, item):
        self.seen += 1
        self.queue.append(item)
    def _get(self):
        self.queue.sort()
        return self.queue.pop()
line = {class}(9)
thread = threading.Thread(target=lambda: [line.put({work}(n)) for n in range({n})])
thread.start()
thread.join()
print([line.get() for _ in range({n})], line.seen, line.empty(), line.maxsize)"
            ),
            1 => format!(
                "class {class}(dict):
    def __missing__(self, key):
        value = self[key] = {work}(len(key))
        return value
    def __setitem__(self, key, value):
        super().__setitem__(key.upper(), value)
table = {class}(a=1)
table['b'] = 2
print(table['a'], table['B'], table['c'])
print(sorted(table.items()), len(table), table.get('zz'), isinstance(table, dict), {class}.fromkeys('xy', 0))"
            ),
            2 => format!(
                "class {class}(list):
    def append(self, item):
        super().append(item)
        self.last = item
    @property
    def total(self):
        return sum(self)
rows = {class}([3])
for n in range({n}):
    rows.append({work}(n))
print(rows, rows.last, rows.total, rows[:1], type(rows[:1]).__name__, rows + [1], sorted(rows), rows == list(rows))"
            ),
            3 => format!(
                "class {class}(threading.Event):
    def __init__(self):
        super().__init__()
        self.sets = 0
    def set(self):
        self.sets += 1
        super().set()
event = {class}()
thread = threading.Thread(target=event.set)
thread.start()
print(event.wait(60), event.is_set(), event.sets)
thread.join()
event.clear()
print(event.is_set(), event.sets)"
            ),
            4 => format!(
                "class {class}(concurrent.futures.ThreadPoolExecutor):
    def submit(self, fn, /, *args):
        self.given = getattr(self, 'given', 0) + 1
        return super().submit(fn, *args)
with {class}({n}) as pool:
    print(list(pool.map({work}, range({n}))), pool.submit({work}, 2).result(), pool.given)"
            ),
            5 => format!(
                "class {class}(Exception):
    def __init__(self, code, *rest):
        super().__init__(code, *rest)
        self.code = code
    def __str__(self):
        return f'{{type(self).__name__}} {{self.code}}'
class Sub{class}({class}, ValueError):
    pass
for make in ({class}, Sub{class}):
    try:
        raise make({work}(1), 'more') from KeyError('k')
    except {class} as error:
        print(error, repr(error), error.args, repr(error.__cause__), isinstance(error, ValueError))"
            ),
            6 => format!(
                "class {class}(threading.local):
    def __init__(self, start):
        self.number = start
own, rows = {class}(5), []
def bump(n):
    own.number += n
    rows.append((n, own.number))
threads = [threading.Thread(target=bump, args=(n,)) for n in range({n})]
for thread in threads:
    thread.start()
    thread.join()
bump(100)
print(rows, own.number, vars(own))"
            ),
            _ => format!(
                "class {class}(int):
    def __new__(cls, value, unit='m'):
        made = super().__new__(cls, value)
        made.unit = unit
        return made
    def __add__(self, other):
        return {class}(int(self) + other, self.unit)
    def __repr__(self):
        return f'{{int(self)}}{{self.unit}}'
length = {class}({work}(1), 'cm')
print(length, [length], length + 1, length * 2, type(length * 2).__name__, length == int(length), hash(length) == hash(int(length)), f'{{length:5d}}|')"
            ),
        };
        vec![definition, line(text)]
    }
}
