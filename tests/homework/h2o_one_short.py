# Building H2O with one hydrogen too few: the second molecule never comes to be.
# expect: stuck: O-2, H-3
import threading
import time

hydrogen_places = threading.Semaphore(2)
oxygen_places = threading.Semaphore(1)
bond = threading.Barrier(3)


def atom(places):
    places.acquire()
    bond.wait()
    places.release()
    print("bound")


names = ["H-1", "H-2", "O-1", "O-2", "H-3"]
threads = []
for name in names:
    places = hydrogen_places if name.startswith("H") else oxygen_places
    thread = threading.Thread(target=atom, args=(places,), name=name)
    threads.append(thread)
    thread.start()
    time.sleep(0.1)
for thread in threads:
    thread.join()
print("all bound")
