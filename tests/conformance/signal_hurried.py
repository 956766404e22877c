"""A signal that another thread raised waits while main waits; one from outside hurries it, and both are handled as one."""
import os
import signal
import threading
import time

done = threading.Event()
handled = []


def note(number, frame):
    handled.append(signal.Signals(number).name)


def send():
    time.sleep(0.1)
    signal.raise_signal(signal.SIGINT)
    time.sleep(0.1)
    print("raised here:", handled)
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(0.1)
    print("sent:", handled)
    done.set()


signal.signal(signal.SIGINT, note)
sender = threading.Thread(target=send)
sender.start()
done.wait()
sender.join()
print("main goes on")
