# The spellings that are old, and still there.
import threading
import warnings
warnings.simplefilter("ignore")
t = threading.Thread(target=lambda: print(threading.currentThread().getName(), threading.activeCount()))
t.setName("old")
t.setDaemon(True)
print(t.isDaemon(), t.getName(), t.is_alive())
t.start()
t.join()
c = threading.Condition()
with c:
    c.notifyAll()
e = threading.Event()
print(e.isSet())
e.set()
print(e.isSet())
for name in ("isAlive", "getDaemon"):
    print(name, hasattr(t, name))
print(threading.currentThread() is threading.main_thread())
