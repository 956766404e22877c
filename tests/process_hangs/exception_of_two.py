# An exception whose __init__ wants two arguments cannot be rebuilt in the parent: the pool hangs.
from multiprocessing import Pool

class ApiError(Exception):
    def __init__(self, code, text):
        super().__init__(text)
        self.code = code

def call(n):
    raise ApiError(500 + n, "no answer")

if __name__ == "__main__":
    with Pool(2) as pool:
        print(pool.map(call, [1]))
# says: missing 1 required positional argument: 'text'. The exception of a task is made again from its `args` where its result is waited for: give all that `__init__` takes to `super().__init__`, too.
# says: main waits for a result of pool (line 14); no other thread is left to wake it.
