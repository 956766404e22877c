# A signal for the whole process comes to the main thread, no matter which thread sends it.
import os
import signal
import threading

handled_by = []
arrived = threading.Event()


def handler(number, frame):
    handled_by.append(threading.current_thread() is threading.main_thread())
    arrived.set()


signal.signal(signal.SIGUSR1, handler)
os.kill(os.getpid(), signal.SIGUSR1)
arrived.wait()
print(handled_by)

arrived.clear()
sender = threading.Thread(target=os.kill, args=(os.getpid(), signal.SIGUSR1))
sender.start()
arrived.wait()
sender.join()
print(handled_by)

try:
    os.kill(os.getpid(), 1000)
except OSError as error:
    print(error)


def interrupt(number, frame):
    raise InterruptedError("enough")


signal.signal(signal.SIGINT, interrupt)
gate = threading.Lock()
gate.acquire()
try:
    # The signal may come while `start` still waits for the thread to begin, as CPython does.
    threading.Thread(target=os.kill, args=(os.getpid(), signal.SIGINT)).start()
    with gate:
        print("not reached")
except InterruptedError as error:
    print(error, gate.locked())
