# `zip` that insists on equal lengths.
def attempt(*iterables):
    try:
        print(list(zip(*iterables, strict=True)))
    except ValueError as error:
        print(error)


attempt([1, 2], "ab")
attempt([1, 2], "a")
attempt([1], "ab")
attempt([1, 2], "ab", (1,))
attempt([1], "a", (1, 2))
attempt()
attempt(iter([1, 2]), (x for x in range(3)))
print(list(zip([1, 2, 3], "ab", strict=False)))
