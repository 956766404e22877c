"""A list and a dict of a manager."""
from multiprocessing import Manager, Process


def work(numbers, table):
    numbers.append(10)
    numbers.extend([30, 20])
    table["b"] = 2
    table.update(c=3)


def attempt(call):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)


if __name__ == "__main__":
    with Manager() as manager:
        numbers, table = manager.list([3, 1]), manager.dict({"a": 1})
        process = Process(target=work, args=(numbers, table))
        process.start()
        process.join()
        print(numbers, len(numbers), numbers[0], numbers[-1], numbers[1:3], 30 in numbers, list(numbers))
        numbers.sort()
        numbers.reverse()
        numbers.insert(0, "first")
        numbers[1] = "second"
        del numbers[2]
        numbers.remove(3)
        print(numbers, numbers.pop(), numbers.index("second"), numbers.count("first"), numbers + [0], numbers * 2)
        numbers += ["more"]
        print(numbers, str(numbers), [item for item in numbers])
        print(table, sorted(table.keys()), sorted(table.values()), sorted(table.items()), table.get("z", 0), "a" in table)
        print(table.pop("a"), table.setdefault("d", 4), len(table), table.copy())
        del table["b"]
        print(sorted(table), table.popitem()[0] in ("c", "d"))
        table.clear()
        print(table)
        attempt(lambda: table["nothing"])
        attempt(lambda: numbers[99])
        attempt(lambda: numbers.remove("nothing"))
        nested = manager.list([[1]])
        nested[0].append(2)
        print(nested)
        inner = nested[0]
        inner.append(2)
        nested[0] = inner
        print(nested)
