# Without a handler of the program's own an interrupt is a KeyboardInterrupt in the main thread.
import signal
import threading
import time

try:
    signal.raise_signal(signal.SIGINT)
except KeyboardInterrupt as interrupt:
    print("caught", repr(interrupt))


def send():
    time.sleep(0.05)
    signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)


worker = threading.Thread(target=send)
worker.start()
try:
    worker.join()
    time.sleep(60)
except KeyboardInterrupt:
    print("interrupted in a wait")
worker.join()

signal.signal(signal.SIGINT, signal.SIG_IGN)
signal.raise_signal(signal.SIGINT)
print("ignored")
signal.signal(signal.SIGINT, signal.default_int_handler)
try:
    signal.raise_signal(signal.SIGINT)
finally:
    print("cleaning up")
