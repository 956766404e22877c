# Shared values: their types, their locks.
from multiprocessing import Lock, Process, RawValue, Value


def adds(value, number):
    for _ in range(number):
        with value.get_lock():
            value.value += 1


def stores(values):
    for value in values:
        value.value += 1


if __name__ == "__main__":
    counter = Value("i", 5)
    processes = [Process(target=adds, args=(counter, 30)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    print(counter.value)
    plain, real, own = RawValue("i", 2), Value("d", 1.5), Value("l", lock=Lock())
    process = Process(target=stores, args=([plain, real, own, counter],))
    process.start()
    process.join()
    print(plain.value, real.value, own.value, counter.value)
    for code, number in [("b", 200), ("B", 300), ("h", 40000), ("i", 2**31), ("I", -1), ("q", 2**63), ("d", 3), ("f", 0.5)]:
        print(code, Value(code, number).value)
    for code, wrong in [("i", "one"), ("i", 1.5), ("d", "x")]:
        try:
            Value(code, wrong)
        except TypeError as error:
            print("TypeError", error)
    letter = Value("c", b"a")
    letter.value = b"z"
    print(letter.value)
    with counter:
        counter.value = 1
    print(counter.value, counter.acquire(), counter.release(), counter.get_obj().value)
    unlocked = Value("i", 3, lock=False)
    print(unlocked.value, hasattr(unlocked, "get_lock"))
