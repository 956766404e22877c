# An exception that nobody catches ends its thread; the others and the program go on.
import threading


def fail():
    print("about to fail")
    raise ValueError("in a thread")


thread = threading.Thread(target=fail)
thread.start()
thread.join()
print("main goes on", thread.is_alive())
