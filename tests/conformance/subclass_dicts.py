# OrderedDict, defaultdict and Counter as bases.
from collections import Counter, OrderedDict, defaultdict


class Recent(OrderedDict):
    def __init__(self, room):
        super().__init__()
        self.room = room

    def __getitem__(self, key):
        value = super().__getitem__(key)
        self.move_to_end(key)
        return value

    def __setitem__(self, key, value):
        super().__setitem__(key, value)
        if len(self) > self.room:
            oldest = next(iter(self))
            del self[oldest]


recent = Recent(2)
recent["a"] = 1
recent["b"] = 2
recent["a"]
recent["c"] = 3
print(list(recent), recent["a"], list(recent), len(recent))


class Doubling(defaultdict):
    def __missing__(self, key):
        self[key] = key * 2
        return self[key]


doubling = Doubling()
print(doubling[3], doubling, dict(doubling))


class Words(Counter):
    def top(self):
        return self.most_common(1)[0]


words = Words("abbb")
words.update(["a"])
print(words.top(), words["zzz"], words)
