# `pickle`: values as bytes that load again
import collections
import io
import os
import pickle
import tempfile
import threading
from dataclasses import dataclass, field
from enum import Enum


class Color(Enum):
    RED = 1


@dataclass
class Save:
    name: str
    level: int = 1
    items: list = field(default_factory=list)
    color: Color = Color.RED


class Counter:
    def __init__(self):
        self.count = 0
        self.lock = threading.Lock()

    def __getstate__(self):
        state = self.__dict__.copy()
        del state["lock"]
        return state

    def __setstate__(self, state):
        self.__dict__.update(state)
        self.lock = threading.Lock()


class Point(collections.namedtuple("Point", "x y")):
    pass


class Broken(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.code = code


save = Save("a", 2, [1, (2, {"x": None}), {3}, b"z\xff", 1.5, 10**30, True, "ä", ...])
data = pickle.dumps(save)
again = pickle.loads(data)
print(type(data).__name__, again == save, again is save, again)
counter = Counter()
counter.count = 5
other = pickle.loads(pickle.dumps(counter))
print(other.count, other.lock.acquire(False), counter.lock.locked())
for value in (Point(1, 2), Color.RED, len, Save, collections.deque([1], 3), collections.Counter("aab"), frozenset([1]), range(3), int, ValueError):
    print(pickle.loads(pickle.dumps(value)))
print(repr(pickle.loads(pickle.dumps(Broken(3)))), pickle.loads(pickle.dumps(Broken(3))).code)
ring = [1]
ring.append(ring)
made = pickle.loads(pickle.dumps(ring))
print(made[1] is made, made[0])
twice = pickle.loads(pickle.dumps({"a": save, "b": save}, protocol=pickle.HIGHEST_PROTOCOL))
print(twice["a"] is twice["b"])

path = os.path.join(tempfile.mkdtemp(), "saved.pkl")
with open(path, "wb") as file:
    pickle.dump([1, 2], file)
    pickle.dump({"k": (None,)}, file, pickle.HIGHEST_PROTOCOL)
with open(path, "rb") as file:
    print(pickle.load(file), pickle.load(file))
    try:
        pickle.load(file)
    except EOFError as error:
        print("EOFError", error)
buffer = io.BytesIO()
pickle.Pickler(buffer).dump((1, "x"))
buffer.seek(0)
print(pickle.Unpickler(buffer).load())


def local():
    def inner():
        pass

    return inner


for value in (threading.Lock(), lambda: 1, local(), (number for number in ()), threading.Thread()):
    try:
        pickle.dumps(value)
    except (TypeError, AttributeError, pickle.PicklingError) as error:
        print(type(error).__name__, str(error).split(" at 0x")[0])
for wrong in (b"#junk", b""):
    try:
        pickle.loads(wrong)
    except (pickle.UnpicklingError, EOFError) as error:
        print(type(error), error, isinstance(error, pickle.PickleError))
try:
    pickle.loads("text")
except TypeError as error:
    print(error)
