# Library types that store attributes by name, under other names than their own, read by threads.

import dataclasses as d
import functools
import threading
import types
from dataclasses import dataclass as dc, field as fd, replace as rp
from types import SimpleNamespace as NS


@dc
class P:
    zork: int = 1
    ys: list = fd(default_factory=list)


@d.dataclass(frozen=True)
class Q:
    zork: int
    quux: str = "q"


again = d.dataclass
frozen = functools.partial(dc, frozen=True)


@again
class R:
    alpha: int


@frozen
class S:
    beta: int


class Plain:
    gamma: int


Made = dc(Plain)
kind = types.SimpleNamespace


def local():
    from dataclasses import dataclass as here

    @here
    class L:
        delta: int

    return L(9)


def read():
    print(ns.zork, other.kind, made.alpha, frozen_one.beta, called.gamma, inner.delta, got.epsilon)
    print(p.zork, p.ys, q.zork, q.quux)


ns = NS(zork=5)
other = kind(kind="a")
made = R(2)
frozen_one = S(3)
called = Made(4)
inner = local()
got = getattr(types, "SimpleNamespace")(epsilon=6)
p = rp(P(), zork=7)
q = Q(8)
thread = threading.Thread(target=read)
thread.start()
thread.join()
p.ys.append(1)
p.zork += 1
thread = threading.Thread(target=read)
thread.start()
thread.join()
