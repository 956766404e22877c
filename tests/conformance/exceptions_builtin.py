# What everyday mistakes raise, in CPython's words.
number = 5


class Empty:
    pass


def attempt(call):
    try:
        print(call())
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


attempt(lambda: Empty().size)
attempt(lambda: None.append(1))
attempt(lambda: [1, 2].push(3))
attempt(lambda: (1, 2)[2])
attempt(lambda: "abc"[9])
attempt(lambda: {"a": 1}["b"])
attempt(lambda: number())
attempt(lambda: number[0])
attempt(lambda: len(5))
attempt(lambda: [n for n in 5])
attempt(lambda: undefined_name)
attempt(lambda: "a".join([1]))
attempt(lambda: next(iter([])))
attempt(lambda: sorted([1, "a"]))
attempt(lambda: int([]))
attempt(lambda: Empty(1))
attempt(lambda: chr(-1))
