"""What a process object says and refuses, from its making to its close."""
import os
from multiprocessing import Event, Process, active_children, current_process, parent_process


def wait(event):
    event.wait()


def attempt(call):
    try:
        print(call())
    except (AssertionError, ValueError, TypeError, AttributeError) as error:
        print(type(error).__name__, error)


if __name__ == "__main__":
    event = Event()
    process = Process(target=wait, args=(event,), name="one")
    print(process.name, process.pid, process.ident, process.exitcode, process.daemon, process.is_alive())
    attempt(process.join)
    attempt(lambda: process.sentinel)
    process.start()
    print(process.is_alive(), process.pid == process.ident, process.pid != os.getpid(), active_children() == [process])
    attempt(process.start)
    attempt(process.close)
    attempt(lambda: setattr(process, "daemon", True))
    print(process.join(0.01), process.is_alive(), process.exitcode)
    event.set()
    process.join()
    process.join()
    print(process.is_alive(), process.exitcode, active_children())
    process.close()
    attempt(lambda: process.exitcode)
    attempt(process.is_alive)
    attempt(process.join)
    attempt(lambda: process.pid)
    print(process.name, parent_process(), current_process().name, current_process().pid == os.getpid())
    attempt(lambda: Process(3))
    process.name = "two"
    print(process.name)
    attempt(lambda: Process(target=wait, daemon=True).daemon)
    print(Process(target=wait).name, Process(name=None).name)
