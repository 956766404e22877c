# finally has the last word: return, break and continue in and around it.
def overrule():
    try:
        return "try"
    finally:
        return "finally"


def swallow():
    try:
        raise ValueError("lost")
    finally:
        return "swallowed"


def loop():
    seen = []
    for n in range(5):
        try:
            if n == 1:
                continue
            if n == 3:
                break
            seen.append(n)
        finally:
            seen.append(f"f{n}")
    return seen


def value_is_fixed():
    n = 1
    try:
        return n
    finally:
        n = 2


def nested():
    order = []
    try:
        try:
            order.append("a")
            raise KeyError("k")
        finally:
            order.append("b")
            try:
                raise ValueError("inner")
            except ValueError:
                order.append("c")
            finally:
                order.append("d")
    except KeyError as error:
        order.append(repr(error))
    return order


print(overrule(), swallow(), loop(), value_is_fixed(), nested())
