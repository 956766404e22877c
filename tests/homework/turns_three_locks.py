# ABCABCABC from three threads and three locks in a dictionary: each thread takes its own and releases the next one's.
# expect: safe
import threading
import time

locks = {letter: threading.Lock() for letter in "ABC"}
following = {"A": "B", "B": "C", "C": "A"}
line = []


def write(letter):
    for _ in range(3):
        locks[letter].acquire()
        line.append(letter)
        time.sleep(0.05)
        locks[following[letter]].release()


locks["B"].acquire()
locks["C"].acquire()
writers = [threading.Thread(target=write, args=(letter,), name=f"writer-{letter}") for letter in "CBA"]
for w in writers:
    w.start()
for w in writers:
    w.join()
print("".join(line))
