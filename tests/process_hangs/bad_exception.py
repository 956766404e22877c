# An exception that cannot be made again from its arguments ends the pool's thread for results.
# says: Thread-3 (_handle_results) ended with an exception that nothing caught: TypeError: Wrong.__init__() missing 1 required positional argument: 'where'
# says: main waits for a result of pool (line 16)
from multiprocessing import Pool

class Wrong(Exception):
    def __init__(self, what, where):
        super().__init__(what)
        self.where = where

def work(n):
    raise Wrong("no", n)

if __name__ == "__main__":
    with Pool(1) as pool:
        print(pool.apply(work, (1,)))
