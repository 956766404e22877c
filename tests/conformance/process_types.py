"""How the types of multiprocessing are called, and how shared values are shown."""

import ctypes
import multiprocessing as mp
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool


def fail(x):
    raise ValueError(x)


if __name__ == "__main__":
    print(mp.Process, mp.TimeoutError, ProcessPoolExecutor, BrokenProcessPool)
    print([type(mp.get_context(name)) for name in mp.get_all_start_methods()])
    queues = mp.Queue(), mp.JoinableQueue(), mp.SimpleQueue()
    print([type(queue) for queue in queues], type(mp.Pipe()[0]), type(mp.Value("i")))
    print([mp.Value(code, 3) for code in "bBhHiIlLqQfd"], mp.Value("c", b"a"))
    print(mp.Value(ctypes.c_bool, True), mp.Value("i", 5, lock=False))
    with mp.Pool(1) as pool:
        result = pool.apply_async(fail, (1,))
        print(type(pool), type(result), type(pool.map_async(str, [])), type(pool.imap(str, [])))
        try:
            result.get()
        except ValueError as error:
            print(type(error.__cause__))
    with mp.Manager() as manager:
        made = manager, manager.dict(), manager.list(), manager.Namespace(), manager.Lock(), manager.Value("i", 1)
        print([type(it) for it in made])
