# A thread's arguments are kept as they are, and spread when it runs: what is wrong with them goes wrong there.
import threading


def work(*arguments, **keywords):
    print("work", arguments, keywords)


class Countdown:
    def __iter__(self):
        for number in (3, 2, 1):
            yield number


class Worker(threading.Thread):
    def run(self):
        print("before")
        super().run()
        print("after")


def run(**options):
    thread = threading.Thread(target=work, **options)
    print("made", end=" ")
    thread.start()
    thread.join()
    print("alive", thread.is_alive())


numbers = [1, 2]
later = threading.Thread(target=work, args=numbers)
numbers.append(3)
later.start()
later.join()
run(args="ab")
run(args=range(2), kwargs={"key": [1]})
run(args=Countdown())
run(args={7: 8}, kwargs={})
run(args=(number * 2 for number in numbers))
run(args=5)
run(args=None)
run(args=(1,), kwargs=7)
run(kwargs={1: 2})
worker = Worker(target=work, args=Countdown(), kwargs={"name": "w"})
worker.start()
worker.join()
broken = Worker(target=work, args=4)
broken.start()
broken.join()
print("end")
