# What of typing there is at run time.
from __future__ import annotations
from typing import (Any, Callable, Dict, Generic, Iterable, List, Literal, NewType, Optional, Protocol, Sequence, Tuple, TypedDict, TypeVar, Union, overload, runtime_checkable, TYPE_CHECKING, Final, ClassVar, NoReturn, cast, Self)
T = TypeVar("T")
K = TypeVar("K", bound=int)
Vector = List[float]
Handler = Callable[[int], str]
Id = NewType("Id", int)
Mode = Literal["r", "w"]
class Stack(Generic[T]):
    limit: ClassVar[int] = 3
    def __init__(self) -> None:
        self.items: list[T] = []
    def push(self, item: T) -> None:
        self.items.append(item)
    def pop(self) -> T:
        return self.items.pop()
class Movie(TypedDict):
    name: str
    year: int
class MovieX(TypedDict, total=False):
    name: str
@runtime_checkable
class Closes(Protocol):
    def close(self) -> None: ...
class File:
    def close(self): pass
class Quacks(Protocol):
    def quack(self) -> str: ...
class Duck:
    def quack(self): return "quack"
def hear(q: Quacks) -> str: return q.quack()
s = Stack[int](); s.push(1); print(s.pop(), Stack.limit, Id(5) + 1, hear(Duck()))
m: Movie = {"name": "x", "year": 1}
print(m, Movie(name="y", year=2), isinstance(File(), Closes), isinstance(3, Closes), cast(int, "x"), TYPE_CHECKING)
def f(x: Optional[int] = None, *args: Any, **kw: Dict[str, Any]) -> Union[int, str]: return x or "none"
print(f(), f(3))
x: Final = 3
y: list[int] | None = None
print(x, y)
print(Stack.__name__, isinstance(s, Stack))
try: isinstance(1, Quacks)
except TypeError as e: print(e)
try: Quacks()
except TypeError as e: print(e)
class Box(Generic[T, K]): pass
print(Box() is not None)
