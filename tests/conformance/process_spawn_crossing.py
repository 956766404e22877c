"""What can be handed to a process that is spawned, and what can be sent to one."""
import multiprocessing as mp
import threading


def work(items, queue, value, array, event, barrier, condition, semaphore, connection):
    with value.get_lock():
        value.value += 1
    array[0] = 5
    with condition:
        condition.notify()
    semaphore.release()
    event.set()
    barrier.wait()
    queue.put(items + [connection.recv()])
    queue.task_done()
    connection.close()


def attempt(what, function):
    try:
        function()
    except Exception as error:
        print(what, type(error).__name__, str(error).replace(hex(id(held)), "0x0")[:90])


held = lambda: 1

if __name__ == "__main__":
    mp.set_start_method("spawn")
    queue, value, array = mp.JoinableQueue(), mp.Value("i", 3), mp.Array("d", 2)
    event, barrier, condition, semaphore = mp.Event(), mp.Barrier(2), mp.Condition(), mp.Semaphore(0)
    here, there = mp.Pipe()
    process = mp.Process(target=work, args=([1], queue, value, array, event, barrier, condition, semaphore, there))
    queue.put("first")
    process.start()
    there.close()
    here.send({"a": (1, 2)})
    barrier.wait()
    print(*sorted([queue.get(), queue.get()], key=str), value.value, array[:], event.is_set(), semaphore.acquire(timeout=5))
    try:
        here.recv()
    except EOFError:
        print("the other end is closed")
    queue.task_done()
    queue.join()
    process.join()
    attempt("lambda", mp.Process(target=held).start)
    attempt("lock of threads", mp.Process(target=print, args=(threading.Lock(),)).start)
    attempt("generator", mp.Process(target=print, args=((x for x in "a"),)).start)
    left, right = mp.Pipe()
    for thing in (mp.Lock(), mp.RLock(), queue, value, event, mp.SimpleQueue(), array):
        attempt("sent", lambda: left.send(thing))
    attempt("again", lambda: mp.set_start_method("fork"))
    attempt("unknown", lambda: mp.get_context("thread"))
    attempt("concrete", lambda: mp.get_context("fork").set_start_method("fork"))
