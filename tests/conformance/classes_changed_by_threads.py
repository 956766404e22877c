# What is stored to a class before anybody else can see it counts for every thread that comes upon the class later.
import queue
import threading

classes = queue.Queue()
results = queue.Queue()
flag = 0


def describe(kind):
    thing = kind()
    return [thing.word(), len(thing), thing.size, hasattr(thing, "gone"), str(thing)]


def wait_for_classes():
    while True:
        kind = classes.get()
        if kind is None:
            return
        results.put(describe(kind))


def touch():
    global flag
    flag += 1


def make(number):
    class Thing:
        def word(self):
            return "first"

        def gone(self):
            return "still here"

        def __len__(self):
            return 1

    class Other(Thing):
        pass

    thing = Thing()
    seen = [flag > 0, thing.word(), len(thing), hasattr(thing, "gone")]
    touch()
    Thing.word = lambda self: f"second {number}"
    Thing.__len__ = lambda self: 10 + number
    seen += [flag > 0, thing.word(), len(thing), len(Other())]
    touch()
    Thing.size = property(lambda self: number * 100)
    del Thing.gone
    Other.__str__ = lambda self: f"other {self.word()}"
    seen += [thing.size, hasattr(thing, "gone"), str(Other())]
    return Other, seen


reader = threading.Thread(target=wait_for_classes)
helper = threading.Thread(target=touch)
reader.start()
helper.start()
helper.join()
for number in range(1, 4):
    kind, seen = make(number)
    print(seen)
    classes.put(kind)
    print(results.get())
    print(describe(kind))
    later = threading.Thread(target=lambda: results.put(describe(kind)))
    later.start()
    later.join()
    print(results.get())
classes.put(None)
reader.join()
