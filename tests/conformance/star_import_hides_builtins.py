# A star import may hide a builtin, in functions too.
from threading import *

names = [thread.name for thread in enumerate()]
print(names)


def others():
    return [thread.name for thread in enumerate() if thread is not current_thread()]


def work():
    print(others(), active_count(), len(enumerate()))


thread = Thread(target=work, name="worker")
thread.start()
thread.join()
try:
    enumerate([1, 2])
except TypeError as error:
    print("no longer the builtin")
