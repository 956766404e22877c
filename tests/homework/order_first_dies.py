# Print in order, but the one who comes first has a bug and dies before it opens the gate.
# expect: error: first
# expect: deadlock or stuck: second
import threading

gate = threading.Lock()
gate.acquire()
words = ["second"]


def first():
    print("looking for my word")
    print(words[1])
    gate.release()


def second():
    gate.acquire()
    print(words[0])
    gate.release()


two = threading.Thread(target=second, name="second")
one = threading.Thread(target=first, name="first")
two.start()
one.start()
one.join()
two.join()
