# match with literals, alternatives, captures and guards.
def describe(value):
    match value:
        case 0:
            return "zero"
        case 1 | 2 | 3:
            return "small"
        case -1:
            return "minus one"
        case "stop" | "halt":
            return "an order"
        case None:
            return "nothing"
        case True:
            return "yes"
        case other if isinstance(other, int) and other > 100:
            return "large"
        case _:
            return "something else"


for value in (0, 2, -1, "stop", None, 101, 50, "go", 2.0, [1]):
    print(repr(value), describe(value))
