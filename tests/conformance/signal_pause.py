# pause() waits for a signal whose handler returns.
import signal
import threading
import time

count = 0


def handler(number, frame):
    global count
    count += 1


signal.signal(signal.SIGUSR2, handler)


def ring():
    for _ in range(3):
        time.sleep(0.05)
        signal.pthread_kill(threading.main_thread().ident, signal.SIGUSR2)


threading.Thread(target=ring).start()
for turn in range(3):
    print(signal.pause(), count)


def nested(number, frame):
    print("outer begins")
    signal.raise_signal(signal.SIGUSR2)
    print("outer ends", count)


signal.signal(signal.SIGUSR1, nested)
signal.raise_signal(signal.SIGUSR1)
