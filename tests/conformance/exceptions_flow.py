# try, except, else and finally: which parts run, and in which order.
def run(action):
    print("--", action)
    try:
        if action == "value":
            raise ValueError("bad value")
        if action == "key":
            {}["missing"]
        if action == "return":
            return "from try"
        print("no error")
    except ValueError as error:
        print("caught", error)
        return "from except"
    except (KeyError, IndexError) as error:
        print("caught", type(error).__name__, error)
    else:
        print("else")
    finally:
        print("finally")
    return "after"


for action in ("value", "key", "return", "none"):
    print(run(action))

try:
    try:
        1 / 0
    finally:
        print("inner finally")
except ZeroDivisionError as error:
    print(error)

try:
    error
except NameError as gone:
    print(gone)
