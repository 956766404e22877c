# A handler that raises ends what the main thread was doing; locks and conditions are left in order.
import signal
import threading
import time


class Stop(Exception):
    pass


def stop(number, frame):
    raise Stop(f"signal {number}")


signal.signal(signal.SIGUSR1, stop)


def send():
    time.sleep(0.05)
    signal.pthread_kill(threading.main_thread().ident, signal.SIGUSR1)


def sender():
    thread = threading.Thread(target=send)
    thread.start()
    return thread


condition = threading.Condition()
first = sender()
try:
    with condition:
        condition.wait()
        print("not reached")
except Stop as error:
    print("condition:", error)
print(condition.acquire(blocking=False))
condition.notify()
condition.release()
first.join()

second = sender()
try:
    time.sleep(30)
except Stop as error:
    print("sleep:", error)
second.join()

lock = threading.Lock()
lock.acquire()
third = sender()
try:
    lock.acquire()
except Stop as error:
    print("lock:", error, lock.locked())
third.join()

try:
    signal.raise_signal(signal.SIGUSR1)
except Stop as error:
    print("at once:", error, error.__context__)

total = 0
fourth = threading.Thread(target=signal.pthread_kill, args=(threading.main_thread().ident, signal.SIGUSR1))
try:
    fourth.start()
    while True:
        total += 1
except Stop:
    print("loop:", total >= 0)
fourth.join()
