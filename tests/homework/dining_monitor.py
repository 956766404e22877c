# Dining philosophers as Dijkstra had them: states, a mutex, and a semaphore for each, which a neighbour may release.
# expect: safe
import threading
from enum import Enum

N = 5


class State(Enum):
    THINKING = 1
    HUNGRY = 2
    EATING = 3


state = [State.THINKING] * N
mutex = threading.Lock()
may_eat = [threading.Lock() for _ in range(N)]
for lock in may_eat:
    lock.acquire()
meals = [0] * N


def test(i):
    if state[i] is State.HUNGRY and State.EATING not in (state[i - 1], state[(i + 1) % N]):
        state[i] = State.EATING
        may_eat[i].release()


def philosopher(i):
    for _ in range(3):
        with mutex:
            state[i] = State.HUNGRY
            test(i)
        may_eat[i].acquire()
        meals[i] += 1
        with mutex:
            state[i] = State.THINKING
            test((i - 1) % N)
            test((i + 1) % N)


threads = [threading.Thread(target=philosopher, args=(i,)) for i in range(N)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print("meals", meals)
print("all think:", all(s is State.THINKING for s in state))
