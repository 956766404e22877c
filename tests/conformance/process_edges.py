# What few programs ask of what processes share.
import multiprocessing

lines = multiprocessing.Queue()
lines.put(1)
lines.get()
lines.close()
lines.join_thread()
for use in (lines.empty, lines.get, lambda: lines.put(1)):
    try:
        print(use())
    except (OSError, ValueError) as error:
        print(type(error).__name__, str(error).startswith("Queue") or error)
for kind in (multiprocessing.Array, multiprocessing.RawArray):
    try:
        kind("i", -1)
    except ValueError as error:
        print(error)
for kind in (multiprocessing.Semaphore, multiprocessing.BoundedSemaphore):
    try:
        kind(-1)
    except OSError as error:
        print(error)
if __name__ == "__main__":
    with multiprocessing.Manager() as manager:
        numbers, none = manager.Array("i", [1, 2]), manager.Array("d", [])
        numbers[0] = 5
        print(numbers, none, len(numbers), numbers[1])
