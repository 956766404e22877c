# threading.excepthook is called in the thread that dies, with all there is to know.
import sys
import threading

heard = []


def listen(args):
    here = threading.current_thread()
    print(args.exc_type.__name__, "/", args.exc_value, "/", args.thread.name)
    print(args.thread is here, here.is_alive(), len(args), args[1] is args.exc_value)
    heard.append(args.exc_type)


def divide(a, b):
    return a / b


def leave():
    sys.exit(3)


def run(target, *args):
    thread = threading.Thread(target=target, args=args, name=target.__name__)
    thread.start()
    thread.join()


print(threading.excepthook is threading.__excepthook__)
threading.excepthook = listen
print(threading.excepthook is listen)
run(divide, 1, 0)
run(divide, 1, 1)
run(leave)  # even SystemExit is told to a hook of one's own
print([kind.__name__ for kind in heard])

late = threading.Timer(0.01, divide, (2, 0))
late.name = "late"
late.start()
late.join()

threading.excepthook = threading.__excepthook__
run(leave)  # the default hook ignores it
print("and on it goes")
run(divide, 3, 0)
