# Whatever a condition looks at says itself whether it is true: results of comparisons, of `in`, of len.


class Answer:
    def __init__(self, truth):
        self.truth = truth

    def __bool__(self):
        print("?", end="")
        return self.truth

    def __repr__(self):
        return f"Answer({self.truth})"


class Sized:
    def __init__(self, size):
        self.size = size

    def __len__(self):
        return self.size


class Asked:
    def __init__(self, answer):
        self.answer = answer

    def __eq__(self, other):
        return self.answer

    def __lt__(self, other):
        return self.answer

    def __contains__(self, item):
        return self.answer

    def __hash__(self):
        return 1


def attempt(action):
    try:
        print(action())
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)


for answer in (Answer(True), Answer(False), Sized(2), Sized(0), [], [0], 0.0, "a"):
    asked = Asked(answer)
    print("yes" if asked == 1 else "no", "yes" if asked != 1 else "no", "yes" if asked < 1 else "no")
    print(1 in asked, 1 not in asked, not answer, bool(answer), (1 in asked) is True)
    print(5 in [asked], [asked].count(2), any([answer]), all([answer, answer]), asked in {asked: 1}, asked in [asked])
print(Asked(Answer(True)) == 1, Asked([]) < 3, Asked(0) < 3 < 4)
print([kept.size for kept in filter(None, [Sized(1), Sized(0), Sized(3)])])
print(Answer(True) and 1, Answer(False) or 2)
attempt(lambda: bool(Answer(1)))
attempt(lambda: not Answer("x"))
attempt(lambda: 1 if Answer(None) else 2)
attempt(lambda: len(Sized(-1)))
attempt(lambda: len(Sized("long")))
attempt(lambda: bool(Sized(-2)))
attempt(lambda: 3 in Asked(Answer(7)))
attempt(lambda: len(Sized(True)))
count = 0
while Asked(Sized(3 - count)) == 1:
    count += 1
    if count > 5:
        break
print(count)
