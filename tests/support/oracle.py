"""Runs programs for the differential test: each line of standard input is one, as JSON (its files, and what is typed), each
line of the output what came of it. Every program has a folder, a namespace and a captured output of its own."""
import concurrent.futures.process
import contextlib
import io
import json
import os
import pathlib
import signal
import sys
import tempfile
import threading
import traceback
import types
import warnings

SECONDS = 10  # for one program; when it takes longer, all ends


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


def lay_out(files, folder):
    """Modules are imported from that folder."""
    for path, text in files:
        path = pathlib.Path(folder, path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    sys.path.insert(0, folder)


def run(files, typed, folder):
    try:
        for path, text in files:
            compile(text, path, "exec")
    except SyntaxError as error:
        return "invalid: " + last_line(error)
    sys.stdin = io.StringIO(typed)
    lay_out(files, folder)
    path = os.path.join(folder, files[0][0])
    return run_file(path, compile(files[0][1], path, "exec"))


def run_file(path, code):
    module = sys.modules["__main__"] = types.ModuleType("__main__")  # where what is pickled is looked for
    module.__file__ = path
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
    return end


def answer(question, folder, there):
    """In a process of its own, which knows nothing of the programs before."""
    os.setsid()
    signal.signal(signal.SIGALRM, lambda number, frame: os.killpg(0, signal.SIGKILL))
    signal.alarm(SECONDS)
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        end = run(*json.loads(question), folder)
    there.write(json.dumps([printed.getvalue(), end]) + "\n")
    there.flush()


def asked(question, folder):
    """What a process answers; nothing when it takes too long. All that it made ends with it."""
    here, there = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            answer(question, folder, os.fdopen(there, "w", encoding="utf-8"))
        finally:
            os._exit(0)
    os.close(there)
    with os.fdopen(here, encoding="utf-8") as lines:
        line = lines.readline()
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process, signal.SIGKILL)
    os.waitpid(process, 0)
    return line


def main():
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # where processes print that begin anew
    sys.dont_write_bytecode = True
    questions = sys.stdin
    sys.stderr = io.StringIO()  # the tracebacks of threads
    warnings.simplefilter("ignore")
    for question in questions:
        with tempfile.TemporaryDirectory() as folder:
            line = asked(question, folder)
        if not line:
            break
        answers.write(line)
        answers.flush()


main()
