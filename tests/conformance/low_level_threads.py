# `_thread`, as old programs use it.
import _thread
import time

lock = _thread.allocate_lock()
done = _thread.allocate_lock()
counter = 0
finished = []


def work(name, times=2):
    global counter
    for _ in range(times):
        with lock:
            counter += 1
    with lock:
        finished.append(name)
        if len(finished) == 3:
            done.release()


done.acquire()
for name in ("a", "b"):
    _thread.start_new_thread(work, (name,))
_thread.start_new_thread(work, ("c",), {"times": 4})
done.acquire()
print(counter, sorted(finished), lock.locked(), done.locked())


def leave():
    print("leaving")
    _thread.exit()
    print("never")


_thread.start_new_thread(leave, ())
time.sleep(0.05)
print(type(_thread.get_ident()) is int, _thread.LockType is type(lock), _thread.error is RuntimeError)
for wrong in ((None, ()), (work, []), (work, (), [])):
    try:
        _thread.start_new_thread(*wrong)
    except TypeError as error:
        print(error)
