# A thread's name and daemon flag, however they are set.
import threading


class Label:
    def __init__(self, text):
        self.text = text

    def __str__(self):
        return f"<{self.text}>"


def work():
    print("running as", threading.current_thread().name)


thread = threading.Thread(target=work, name=Label("first"))
print(thread.name)
setattr(thread, "name", "renamed")
setattr(thread, "daemon", True)
print(thread.name, thread.daemon, getattr(thread, "daemon"))
setattr(thread, "daemon", False)
thread.start()
thread.join()
for name, value in (("name", Label("late")), ("name", 12), ("name", ("a", 1))):
    setattr(thread, name, value)
    print(name, repr(getattr(thread, name)))
for attribute in ("daemon", "ident"):
    try:
        setattr(threading.current_thread(), attribute, True)
    except (RuntimeError, AttributeError) as error:
        print(type(error).__name__, attribute)
print(threading.Thread(name=5).name, threading.Thread(name="").name != "")
