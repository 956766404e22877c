# Modules inside of modules, reached over dots and under other names.
import collections.abc
import concurrent.futures
import os.path
import threading

futures = concurrent.futures
path = os.path
threads = threading
print(path.join("a", "b"), os.path.basename("a/b"), issubclass(list, collections.abc.Sequence))
with futures.ThreadPoolExecutor(2) as pool:
    print(list(pool.map(lambda number: number * 2, [1, 2, 3])))
with concurrent.futures.ThreadPoolExecutor() as pool:
    print(pool.submit(pow, 2, 5).result())


def names():
    inner = threads
    return inner.current_thread().name


print(names())
