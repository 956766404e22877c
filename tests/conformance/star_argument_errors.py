# What cannot be spread over the parameters of a call, and how it is named.


def function(*arguments, **keywords):
    return arguments, keywords


class Class:
    def method(self, *arguments):
        return arguments


class Items:
    def __getitem__(self, index):
        if index > 2:
            raise IndexError(index)
        return index * 10


def attempt(action):
    try:
        print(action())
    except TypeError as error:
        print(error)


attempt(lambda: function(*5))
attempt(lambda: function(1, *5))
attempt(lambda: function(*Class()))
attempt(lambda: Class().method(*None))
attempt(lambda: Class(*1.5))
attempt(lambda: print(*5))
attempt(lambda: [].append(*5))
attempt(lambda: function(**5))
attempt(lambda: function(*[1], **[2]))
attempt(lambda: function(**{"a": 1}, **{"a": 2}))
attempt(lambda: function(a=1, **{"a": 2}))
attempt(lambda: function(*Items(), *"ab", **{"z": 1}))
attempt(lambda: [*5])
attempt(lambda: (1, *None))
attempt(lambda: {**4})
