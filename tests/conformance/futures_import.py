"""The ways to import it."""
import concurrent.futures
import concurrent.futures as cf
import concurrent.futures.thread
from concurrent import futures
from concurrent.futures import Future as Promise
from concurrent.futures.thread import ThreadPoolExecutor as Pool

print(concurrent.futures.ThreadPoolExecutor is cf.ThreadPoolExecutor is Pool is futures.ThreadPoolExecutor)
print(concurrent.futures.thread.BrokenThreadPool.__name__, Promise is cf.Future)
print(issubclass(cf.CancelledError, Exception), issubclass(cf.InvalidStateError, cf.CancelledError))
print(issubclass(cf.BrokenExecutor, RuntimeError), cf.TimeoutError is TimeoutError)
with futures.ThreadPoolExecutor() as pool:
    done, _ = cf.wait([pool.submit(pow, 2, 8)], return_when=futures.FIRST_COMPLETED)
    for future in concurrent.futures.as_completed(done):
        print(future.result())
