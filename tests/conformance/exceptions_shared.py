# An exception that went from one thread to another keeps its cause, context, notes and attributes when it is raised again.
import threading

caught = []


class Failure(Exception):
    def __init__(self, message, code):
        super().__init__(message)
        self.code = code


def fail(code):
    try:
        raise KeyError("first")
    except KeyError as error:
        raise Failure("second", code) from error


def work(code):
    try:
        fail(code)
    except Failure as error:
        error.add_note(f"seen in worker {code}")
        caught.append(error)
    try:
        try:
            [].pop()
        finally:
            {}["context"]
    except KeyError as error:
        caught.append(error)


def describe(error):
    print(type(error).__name__, error, "|", repr(error.__cause__), "|", repr(error.__context__), "|",
          error.__suppress_context__, error.code if isinstance(error, Failure) else getattr(error, "code", None))


thread = threading.Thread(target=work, args=(7,))
thread.start()
thread.join()
for error in caught:
    describe(error)
    try:
        try:
            raise error
        except Exception as same:
            print(same is error)
            raise
    except Exception as again:
        describe(again)
        print(again is error)
try:
    try:
        raise ValueError("third")
    except ValueError:
        raise caught[1]
except KeyError as error:
    print(repr(error.__context__), repr(error.__context__.__context__))
try:
    raise caught[0] from TypeError("new cause")
except Failure as error:
    describe(error)


def leave():
    try:
        raise SystemExit(3)
    except SystemExit as error:
        caught.append(error)


thread = threading.Thread(target=leave)
thread.start()
thread.join()
print("leaving", caught[0].__notes__)
raise caught[-1]
