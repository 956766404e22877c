# A call that does not fit raises TypeError with CPython's words.
def two(a, b):
    return a + b


def keyword(*, mode):
    return mode


def attempt(call):
    try:
        call()
    except TypeError as error:
        print(error)


attempt(lambda: two(1))
attempt(lambda: two())
attempt(lambda: two(1, 2, 3))
attempt(lambda: two(1, b=2, c=3))
attempt(lambda: two(1, 2, b=3))
attempt(lambda: keyword())
attempt(lambda: keyword(1))
nothing = None
attempt(lambda: nothing())
