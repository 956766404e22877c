# Arithmetic that has no answer.
def attempt(call):
    try:
        print(call())
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


attempt(lambda: 1 // 0)
attempt(lambda: 1 % 0)
attempt(lambda: 1 << -1)
attempt(lambda: "a" + 1)
attempt(lambda: 1 + "a")
attempt(lambda: [1] + (2,))
attempt(lambda: -"a")
attempt(lambda: 1 < "a")
attempt(lambda: int("x1"))
attempt(lambda: float("one"))
attempt(lambda: int(None) if False else int("9"))
attempt(lambda: int(float("inf")))
attempt(lambda: "a" * "b")
