"""A queue that this process has closed; and one whose thread need not be waited for."""
from multiprocessing import Process, Queue


def put(items, many):
    for number in range(many):
        items.put(number)
    items.close()
    try:
        items.put("late")
    except ValueError as error:
        print("ValueError", str(error).split(" at ")[0].split("<")[0])
    items.join_thread()
    print("all sent")


if __name__ == "__main__":
    items = Queue()
    process = Process(target=put, args=(items, 3))
    process.start()
    process.join()
    print([items.get() for _ in range(3)])
    try:
        items.join_thread()
    except AssertionError as error:
        print("AssertionError", str(error)[:5])
    items.close()
    items.close()
    items.join_thread()
    try:
        items.get()
    except ValueError as error:
        print("ValueError", "is closed" in str(error))
    other = Queue()
    other.put("x" * 100)
    other.cancel_join_thread()
    print("ends")
