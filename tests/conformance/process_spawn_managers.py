"""Managers, pools and executors whose processes are spawned."""
from concurrent.futures import ProcessPoolExecutor
import multiprocessing as mp


def begin(number):
    global base
    base = number


def plus(number):
    return base + number


def change(names, table, connection):
    names.count += 1
    table["key"] = names.count
    connection.send(mp.parent_process().name)
    connection.close()


if __name__ == "__main__":
    for method in ("spawn", "forkserver"):
        context = mp.get_context(method)
        with context.Pool(2, initializer=begin, initargs=(3,)) as pool:
            print(pool.map(plus, range(5)), pool.apply(plus, (10,)))
        with ProcessPoolExecutor(2, mp_context=context, initializer=begin, initargs=(5,)) as executor:
            print(list(executor.map(plus, range(4))))
        here, there = context.Pipe()
        with context.Manager() as manager:
            names, table = manager.Namespace(count=1), manager.dict()
            process = context.Process(target=change, args=(names, table, there))
            process.start()
            there.close()
            print(here.recv())
            process.join()
            print(names.count, dict(table), process.name.split("-")[0])
