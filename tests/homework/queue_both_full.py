# Two threads, each of which puts into the other's full queue before it takes from its own.
# expect: deadlock or stuck: ann, bob
import queue
import threading

to_ann = queue.Queue(maxsize=1)
to_bob = queue.Queue(maxsize=1)


def chat(name, out, inbox):
    for i in range(3):
        out.put(f"{name} {i}.1")
        out.put(f"{name} {i}.2")
        inbox.get()
        inbox.get()
    print(name, "hangs up")


ann = threading.Thread(target=chat, args=("ann", to_bob, to_ann), name="ann")
bob = threading.Thread(target=chat, args=("bob", to_ann, to_bob), name="bob")
ann.start()
bob.start()
ann.join()
bob.join()
