"""Shared values and arrays of every letter."""
from multiprocessing import Array, Process, RawArray, RawValue, Value


def change(number, text, array):
    with number.get_lock():
        number.value *= 2
    text.value = b"bye"
    for index in range(len(array)):
        array[index] += index


def attempt(call):
    try:
        print(call())
    except (TypeError, ValueError, IndexError, KeyError, AttributeError) as error:
        print(type(error).__name__, error)


def put(array, index, value):
    array[index] = value


if __name__ == "__main__":
    for letter in "bBhHiIlLqQfd":
        print(letter, Value(letter).value, Value(letter, 3).value, end="; ")
    print()
    print(Value("b", 200).value, Value("B", 300).value, Value("h", 40000).value, Value("f", 0.1).value)
    number, text, array = Value("d", 1.5), Array("c", b"hello"), Array("i", [1, 2, 3])
    process = Process(target=change, args=(number, text, array))
    process.start()
    process.join()
    print(number.value, text.value, text.raw, array[:], list(array), len(array), array[-1], array[::2], array[1:])
    array[0:2] = [9, 8]
    print(array[:], array.get_obj()[:], 9 in array[:])
    attempt(lambda: array[3])
    attempt(lambda: put(array, 3, 1))
    attempt(lambda: put(array, 0, 1.5))
    attempt(lambda: put(array, slice(0, 2), [1]))
    attempt(lambda: Value("i", "x"))
    attempt(lambda: Array("i", "x"))
    raw, many = RawValue("i", 5), RawArray("d", 3)
    raw.value += 1
    print(raw.value, many[:], hasattr(raw, "get_lock"), hasattr(number, "get_lock"))
    unlocked = Value("i", 1, lock=False)
    unlocked.value += 1
    print(unlocked.value, hasattr(unlocked, "get_lock"))
