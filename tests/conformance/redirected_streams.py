# Something else in the place of `sys.stdout`, `sys.stderr` and `sys.stdin`
import contextlib
import io
import sys
import threading
from contextlib import redirect_stderr, redirect_stdout

buffer = io.StringIO()
with redirect_stdout(buffer) as target:
    print("hidden", 1, sep="-")
    sys.stdout.write("more\n")
    with contextlib.redirect_stdout(sys.__stdout__):
        print("seen")
    thread = threading.Thread(target=print, args=("from a thread",))
    thread.start()
    thread.join()
print(repr(buffer.getvalue()), target is buffer, sys.stdout is sys.__stdout__)

before = sys.stdout
sys.stdout = io.StringIO()
print("x", end="")
caught, sys.stdout = sys.stdout.getvalue(), before
print(caught)


class Tee:
    def __init__(self, *streams):
        self.streams = streams
        self.flushed = 0

    def write(self, text):
        for stream in self.streams:
            stream.write(text)

    def flush(self):
        self.flushed += 1


sys.stdout = tee = Tee(sys.__stdout__, buffer)
print("to both", 3, flush=True)
sys.stdout = sys.__stdout__
print(buffer.getvalue().count("\n"), tee.flushed)
sys.stdin = io.StringIO("first\nsecond\n")
print(input(), sys.stdin.readline(), end="")
sys.stdin = sys.__stdin__
errors = io.StringIO()
try:
    with redirect_stderr(errors):
        print("wrong", file=sys.stderr)
        raise ValueError("out")
except ValueError as error:
    print(error, repr(errors.getvalue()), sys.stderr is sys.__stderr__)
print(sys.stdout.name, sys.stderr.name, sys.stdout.encoding, sys.stdout.isatty(), sys.stderr.fileno(), sys.stdout.closed)
