# An executor of one's own, which does what it is given at once.
from concurrent.futures import Executor, Future


class Immediate(Executor):
    def submit(self, function, /, *arguments, **keywords):
        future = Future()
        future.set_running_or_notify_cancel()
        try:
            future.set_result(function(*arguments, **keywords))
        except Exception as error:
            future.set_exception(error)
        return future


with Immediate() as executor:
    print(executor.submit(pow, 2, 4).result())
    print(executor.submit(int, "x").exception())
    print(list(executor.map(lambda a, b: a + b, [1, 2], [3, 4])))
print(isinstance(executor, Executor), executor.shutdown())
try:
    Executor().submit(print)
except NotImplementedError as error:
    print("not implemented", error)
