"""Runs programs for the differential test: each line of standard input is one, as JSON, each line of the output what came
of it. Every program has a namespace and a captured output of its own."""
import contextlib
import faulthandler
import io
import itertools
import json
import sys
import threading
import traceback
import warnings

SECONDS = 10  # for one program; the process ends when it takes longer


def last_line(error):
    return "".join(traceback.format_exception_only(type(error), error)).rstrip("\n").split("\n")[-1]


def exit_status(code):
    if code is None:
        return 0
    if not isinstance(code, int):
        return 1
    return code & 0xFF if -(2**63) <= code < 2**63 else 0xFF


def run(program):
    try:
        code = compile(program, "program.py", "exec")
    except SyntaxError as error:
        return "invalid: " + last_line(error)
    threading._counter = itertools.count(1).__next__  # threads without a name are counted from the start of a program
    try:
        exec(code, {"__name__": "__main__"})
        end = "exit 0"
    except SystemExit as error:
        end = f"exit {exit_status(error.code)}"
    except BaseException as error:
        end = "exit 1: " + last_line(error)
    for thread in threading.enumerate():
        if thread is not threading.main_thread():
            thread.join()
    return end


def main():
    answers = sys.stdout
    sys.stderr = io.StringIO()  # the tracebacks of threads
    warnings.simplefilter("ignore")
    for line in sys.stdin:
        faulthandler.dump_traceback_later(SECONDS, exit=True, file=sys.__stderr__)
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            end = run(json.loads(line))
        faulthandler.cancel_dump_traceback_later()
        print(json.dumps([printed.getvalue(), end]), file=answers, flush=True)


main()
