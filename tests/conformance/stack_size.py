"""How large the stacks of new threads are to be: kept, but for what is too small."""
import threading
import _thread


def attempt(call):
    try:
        print(call())
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)


print(threading.stack_size(), threading.stack_size(1 << 20), threading.stack_size())
attempt(lambda: threading.stack_size(100))
attempt(lambda: threading.stack_size(-1))
attempt(lambda: threading.stack_size("a"))
print(threading.stack_size(65536), _thread.stack_size(0), _thread.stack_size(), threading.stack_size is _thread.stack_size)
thread = threading.Thread(target=lambda: print("it runs"))
thread.start()
thread.join()
