# A daemon that waits for a lock which main never gives back, as main ends: the program ends as well, and nobody minds.
# expect: safe
import threading
import time

printer = threading.Lock()
printer.acquire()


def clean_up():
    with printer:
        print("cleaning")


daemon = threading.Thread(target=clean_up, daemon=True, name="cleaner")
daemon.start()
time.sleep(0.1)
print("main is done, and does not wait for the cleaner")
