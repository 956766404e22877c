"""A future without a pool: any thread may give it its result."""
import threading
from concurrent.futures import CancelledError, Future, InvalidStateError


def shape(future):
    text = repr(future)
    return text[: text.index(" at ")] + text[text.index(" state="):]


future = Future()
print(shape(future), future.running())
print(future.set_running_or_notify_cancel(), shape(future), future.running(), future.cancel())
worker = threading.Thread(target=lambda: future.set_result([1, 2]))
worker.start()
print(future.result(), shape(future))
worker.join()
for again in (lambda: future.set_result(3), lambda: future.set_exception(ValueError())):
    try:
        again()
    except InvalidStateError as error:
        print(InvalidStateError.__module__, str(error).split(" at ")[0])

failed = Future()
failed.set_exception(ZeroDivisionError("by hand"))
print(shape(failed), repr(failed.exception()))
try:
    failed.result()
except ZeroDivisionError as error:
    print(error)

gone = Future()
print(gone.cancel(), shape(gone), gone.set_running_or_notify_cancel(), gone.cancelled())
try:
    gone.set_result(1)
except InvalidStateError as error:
    print(str(error).split(":")[0])
try:
    gone.result()
except CancelledError:
    print("cancelled")
