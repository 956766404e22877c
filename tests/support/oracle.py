"""Runs programs for the differential test: each line of standard input is one, as JSON, each line of the output what came
of it. Every program has a namespace and a captured output of its own."""
import concurrent.futures.process
import contextlib
import io
import itertools
import json
import multiprocessing.process
import os
import signal
import sys
import threading
import traceback
import types
import warnings

SECONDS = 10  # for one program; this process ends, and all that the program made, when it takes longer


def last_line(error):
    return "".join(traceback.format_exception_only(type(error), error)).rstrip("\n").split("\n")[-1]


def exit_status(code):
    if code is None:
        return 0
    if not isinstance(code, int):
        return 1
    return code & 0xFF if -(2**63) <= code < 2**63 else 0xFF


def is_of_library(thread):
    return thread.name == "QueueFeederThread" or "(_handle_" in thread.name


def run(program):
    try:
        code = compile(program, "program.py", "exec")
    except SyntaxError as error:
        return "invalid: " + last_line(error)
    threading._counter = itertools.count(1).__next__  # threads without a name are counted from the start of a program
    multiprocessing.process._process_counter = itertools.count(1)
    module = sys.modules["__main__"] = types.ModuleType("__main__")  # where what is pickled is looked for
    try:
        exec(code, module.__dict__)
        end = "exit 0"
    except SystemExit as error:
        end = f"exit {exit_status(error.code)}"
    except BaseException as error:
        end = "exit 1: " + last_line(error)
    for thread in threading.enumerate():
        if thread is not threading.main_thread() and not is_of_library(thread):
            thread.join()
    for process in multiprocessing.active_children():
        process.kill()
    return end


def main():
    answers = sys.stdout
    os.setsid()
    signal.signal(signal.SIGALRM, lambda number, frame: os.killpg(0, signal.SIGKILL))
    sys.stderr = io.StringIO()  # the tracebacks of threads
    warnings.simplefilter("ignore")
    for line in sys.stdin:
        signal.alarm(SECONDS)
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            end = run(json.loads(line))
        signal.alarm(0)
        print(json.dumps([printed.getvalue(), end]), file=answers, flush=True)


main()
