# Producer and consumer with two plain locks, both of which take their time; objects carry the locks around.
# expect: safe
import threading
import time


class Mailbox:
    def __init__(self):
        self.letter = None
        self.can_write = threading.Lock()
        self.can_read = threading.Lock()
        self.can_read.acquire()

    def write(self, letter):
        self.can_write.acquire()
        self.letter = letter
        self.can_read.release()

    def read(self):
        self.can_read.acquire()
        letter, self.letter = self.letter, None
        self.can_write.release()
        return letter


def poet(box, lines):
    for line in lines:
        time.sleep(0.4)
        box.write(line)
    box.write(None)


def printer(box):
    number = 0
    while True:
        line = box.read()
        if line is None:
            break
        time.sleep(0.1 if number % 2 else 0.9)
        number += 1
        print(number, line)


box = Mailbox()
poem = ["roses are red", "violets are blue", "locks are held", "and so are you"]
threads = [
    threading.Thread(target=printer, args=(box,), name="printer"),
    threading.Thread(target=poet, args=(box, poem), name="poet"),
]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
