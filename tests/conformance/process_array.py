# Shared arrays: items, slices, errors.
from multiprocessing import Array, Process, RawArray


def fill(array, first, last):
    for index in range(first, last):
        array[index] = index * index


def change(array, raw, text):
    array[1:3] = [10, 20]
    raw[-1] = 7.5
    text.value = b"bye"


if __name__ == "__main__":
    array = Array("i", 12)
    processes = [Process(target=fill, args=(array, 4 * part, 4 * part + 4)) for part in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    print(array[:], list(array), len(array), array[-1], array[2:8:3], array[::-1])
    raw, text = RawArray("d", [1, 2, 3]), Array("c", b"hello")
    process = Process(target=change, args=(array, raw, text))
    process.start()
    process.join()
    print(array[:4], list(raw), text.value, text.raw)
    for attempt in [lambda: array[12], lambda: array[-13]]:
        try:
            attempt()
        except IndexError as error:
            print("IndexError", error)
    try:
        array[0:2] = [1]
    except ValueError as error:
        print("ValueError", error)
    try:
        array[0] = "x"
    except TypeError as error:
        print("TypeError", error)
    with array.get_lock():
        print(sum(array))
    print(4 in array, [number + 1 for number in Array("h", [1, 2, 3])])
