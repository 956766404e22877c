# active_count, enumerate and idents.
import threading


def work():
    ready.wait()


ready = threading.Event()
threads = [threading.Thread(target=work, name=f"t{n}") for n in range(3)]
print(threading.active_count(), threads[0].ident)
for thread in threads:
    thread.start()
print(threading.active_count(), sorted(t.name for t in threading.enumerate()))
print(len({t.ident for t in threads}), threading.get_ident() == threading.current_thread().ident)
ready.set()
for thread in threads:
    thread.join()
print(threading.active_count(), [t.name for t in threading.enumerate()])
