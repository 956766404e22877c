# sys.exit in a handler ends the main thread with that status, through every `finally`.
import signal
import sys
import threading
import time

stopping = threading.Event()


def shut_down(number, frame):
    print("signal", signal.Signals(number).name)
    stopping.set()
    for thread in workers:
        thread.join()
    print("all workers are down")
    sys.exit(3)


def work(number):
    while not stopping.is_set():
        time.sleep(0.01)
    if number == 0:
        print("worker 0 is down")


def send():
    time.sleep(0.05)
    signal.pthread_kill(threading.main_thread().ident, signal.SIGTERM)


signal.signal(signal.SIGTERM, shut_down)
workers = [threading.Thread(target=work, args=(number,)) for number in range(3)]
for thread in workers:
    thread.start()
threading.Thread(target=send).start()
try:
    for thread in workers:
        thread.join()
    time.sleep(60)
finally:
    print("finally")
