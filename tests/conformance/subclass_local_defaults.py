# What a class binds is what a thread starts from.
import threading


class Level(threading.local):
    depth = 0


level = Level()
level.depth += 1


def work():
    print("new", level.depth)
    level.depth = 7
    print("own", level.depth)


thread = threading.Thread(target=work)
thread.start()
thread.join()
print(level.depth, Level.depth)
try:
    Level(1)
except TypeError as error:
    print(error)


class Failing(threading.local):
    def __init__(self):
        raise ValueError("no")


try:
    Failing()
except ValueError as error:
    print(error)
