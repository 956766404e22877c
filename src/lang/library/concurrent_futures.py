# What threads do for `concurrent.futures` beside the machine's own futures and pools: the loop of a worker, callbacks,
# and waiting for results one after the other.

from concurrent.futures.thread import BrokenThreadPool
from sys import stderr
from time import monotonic


class DoneAndNotDoneFutures:
    def __init__(self, done, not_done):
        self.done = done
        self.not_done = not_done

    def __repr__(self):
        return f"DoneAndNotDoneFutures(done={self.done!r}, not_done={self.not_done!r})"

    def __iter__(self):
        return iter((self.done, self.not_done))

    def __getitem__(self, index):
        return (self.done, self.not_done)[index]

    def __len__(self):
        return 2

    def __eq__(self, other):
        return (*self,) == (*other,)


def wait(fs, timeout=None, return_when="ALL_COMPLETED"):
    fs = set(fs)
    ended = set(__futures(fs)._wait(timeout, return_when))
    # Not what is inside of those whose classes are the program's.
    done = {future for future in fs if future in ended}
    return DoneAndNotDoneFutures(done, fs - done)


def as_completed(fs, timeout=None):
    end = _end(timeout)
    fs = set(fs)
    several = __futures(fs)
    whole = {future: future for future in fs}
    left = len(fs)
    ready = several._next(0)
    while True:
        for future in ready:
            left -= 1
            yield whole[future]
        if not left:
            return
        rest = _rest(end)
        if rest is not None and rest <= 0:
            raise TimeoutError(f"{left} (of {len(fs)}) futures unfinished")
        ready = several._next(rest)


def _end(timeout):
    return None if timeout is None else timeout + monotonic()


def _rest(end):
    return None if end is None else end - monotonic()


def _map(pool, function, iterables, timeout):
    end = _end(timeout)
    return _results([pool.submit(function, *arguments) for arguments in zip(*iterables)], end)


def _results(futures, end):
    futures.reverse()
    try:
        while futures:
            result = futures[-1].result(_rest(end))
            futures.pop()
            yield result
    finally:
        # After an error, or when nobody wants the rest: what has not begun need not begin.
        while futures:
            futures.pop().cancel()


def _shutdown(pool, wait, cancel_futures):
    dropped, workers = pool._close(cancel_futures)
    for future in dropped:
        future.cancel()
    if wait:
        for worker in workers:
            worker.join()
    return False


# The end of `with` for an executor of a class of the program.
def _leave(executor):
    executor.shutdown(wait=True)
    return False


def _work(pool, initializer, arguments):
    if initializer is not None:
        try:
            initializer(*arguments)
        except BaseException as exception:
            _log("Exception in initializer:", exception)
            text = "A thread initializer failed, the thread pool is not usable anymore"
            for future in pool._break(text):
                future.set_exception(BrokenThreadPool(text))
            return
    try:
        while pool._next():
            pass
    except BaseException as exception:
        _log("Exception in worker", exception)


# What `_next` has called with a task.
def _run(pool, future, function, /, *arguments, **keywords):
    try:
        result = function(*arguments, **keywords)
    except BaseException as exception:
        pool._finish(future, exception, False)
    else:
        pool._finish(future, result, True)
    return True


def _call_back(future, callbacks, result):
    for callback in callbacks:
        try:
            callback(future)
        except Exception as exception:
            _log(f"exception calling callback for {future!r}", exception)
    return result


def _add_callback(future, whole, callback):
    future.add_done_callback(lambda _: callback(whole))


def _call_back_and_rest(pool, future, callbacks):
    _call_back(future, callbacks, None)
    pool._rest()


def _log(message, exception):
    __print(message + "\n" + __traceback(exception), stderr)
