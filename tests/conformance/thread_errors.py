# Misuse of threads.
import threading


def work():
    try:
        threading.current_thread().join()
    except RuntimeError as error:
        print(error)


thread = threading.Thread(target=work)
try:
    thread.join()
except RuntimeError as error:
    print(error)
thread.start()
thread.join()
thread.join()
try:
    thread.start()
except RuntimeError as error:
    print(error)
try:
    thread.daemon = True
    print("finished threads may change")
except RuntimeError as error:
    print(error)
try:
    threading.Thread(work)
except AssertionError as error:
    print(error)
