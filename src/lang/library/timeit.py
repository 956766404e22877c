# How long a function takes.

from time import perf_counter as default_timer


class Timer:
    def __init__(self, stmt="pass", setup="pass", timer=default_timer, globals=None):
        for name, part in (("stmt", stmt), ("setup", setup)):
            if isinstance(part, str):
                if part != "pass":
                    raise NotImplementedError(f"raddle's timeit takes functions: write `{name}` as a function")
            elif not callable(part):
                raise ValueError(f"{name} is neither a string nor callable")
        self.stmt = stmt
        self.setup = setup
        self.timer = timer

    def timeit(self, number=1000000):
        if callable(self.setup):
            self.setup()
        begin = self.timer()
        if callable(self.stmt):
            for _ in range(number):
                self.stmt()
        return self.timer() - begin

    def repeat(self, repeat=5, number=1000000):
        return [self.timeit(number) for _ in range(repeat)]

    def autorange(self, callback=None):
        number = 1
        while True:
            for factor in (1, 2, 5):
                times = number * factor
                taken = self.timeit(times)
                if callback is not None:
                    callback(times, taken)
                if taken >= 0.2:
                    return times, taken
            number *= 10


def timeit(stmt="pass", setup="pass", timer=default_timer, number=1000000, globals=None):
    return Timer(stmt, setup, timer, globals).timeit(number)


def repeat(stmt="pass", setup="pass", timer=default_timer, repeat=5, number=1000000, globals=None):
    return Timer(stmt, setup, timer, globals).repeat(repeat, number)
