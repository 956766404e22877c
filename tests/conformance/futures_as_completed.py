"""`as_completed` gives futures in the order in which they are done, each once."""
import threading
from concurrent.futures import ThreadPoolExecutor, as_completed

turns = [threading.Event() for _ in range(4)]


def when_told(n):
    turns[n].wait()
    if n == 2:
        raise ValueError(n)
    return n


with ThreadPoolExecutor(max_workers=4) as pool:
    number_of = {pool.submit(when_told, n): n for n in range(4)}
    order = [3, 1, 2, 0]
    turns[order[0]].set()
    for future in as_completed(number_of):
        n = number_of[future]
        print(n, "raised" if future.exception() else future.result())
        order.remove(n)
        if order:
            turns[order[0]].set()

    again = pool.submit(len, "abc")
    again.result()
    print([future.result() for future in as_completed([again, again, again])])
    print(list(as_completed([])))

    iterator = as_completed(iter([again]))
    print(next(iterator) is again, next(iterator, "end"))
    print("nothing happens before the first next:", type(as_completed([1, 2])).__name__)
    try:
        next(as_completed([1, 2]))
    except AttributeError as error:
        print(error)
