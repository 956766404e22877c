# `f(*arguments)` where `f` is a queue's method that goes through Python code of the program's.
import queue


class Failing(queue.Queue):
    fail = False

    def _put(self, item):
        if self.fail:
            raise ValueError("no")
        super()._put(item)


def tried(function, arguments, keywords):
    mark = "kept"
    try:
        result = function(*arguments, **keywords)
        return result, mark
    except ValueError as error:
        return str(error), mark
    finally:
        print("mark", mark)


jobs = Failing(2)
print(tried(jobs.put, ("one",), {}), tried(jobs.put, ("two",), {"block": False}), jobs.qsize())
print(tried(jobs.get, (), {"timeout": 1}))
jobs.fail = True
print(tried(jobs.put, ("three",), {}), jobs.qsize())
