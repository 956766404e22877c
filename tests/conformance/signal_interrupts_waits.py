# A wait that a handler interrupts goes on after it, with what is left of its limit.
import queue
import signal
import threading
import time

notes = []
signal.signal(signal.SIGUSR1, lambda number, frame: notes.append(step))


def send_then(action):
    def work():
        time.sleep(0.05)
        signal.pthread_kill(threading.main_thread().ident, signal.SIGUSR1)
        time.sleep(0.05)
        action()

    thread = threading.Thread(target=work)
    thread.start()
    return thread


step = "lock"
lock = threading.Lock()
lock.acquire()
sender = send_then(lock.release)
print(lock.acquire(timeout=20))
sender.join()

step = "event"
event = threading.Event()
sender = send_then(event.set)
print(event.wait())
sender.join()

step = "queue"
box = queue.Queue()
sender = send_then(lambda: box.put("letter"))
print(box.get(timeout=20))
sender.join()

step = "condition"
condition = threading.Condition()


def notify():
    with condition:
        condition.notify()


sender = send_then(notify)
with condition:
    print(condition.wait(20))
sender.join()

step = "join"
sender = send_then(lambda: None)
sender.join()
print(sender.is_alive())

step = "sleep"
start = time.monotonic()
sender = send_then(lambda: None)
time.sleep(0.3)
print(time.monotonic() - start >= 0.3)
sender.join()

step = "semaphore"
permits = threading.Semaphore(0)
sender = send_then(lambda: None)
print(permits.acquire(timeout=0.2))
sender.join()
print(notes)
