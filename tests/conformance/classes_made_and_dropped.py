# A class that takes the place of one that is gone has nothing of what was stored to that one.
import threading


def replaced(self):
    return "replaced"


def make(changed):
    class Small:
        def word(self):
            return "own"

    if changed:
        Small.word = replaced
    return Small().word()


def work(results):
    first = {make(True) for _ in range(5000)}
    second = {make(False) for _ in range(5000)}
    results.append((first, second))


results = []
work(results)
thread = threading.Thread(target=work, args=(results,))
thread.start()
thread.join()
print(results)
