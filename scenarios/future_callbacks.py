# /// script
# [tool.raddle]
# title = "Callbacks"
# summary = "A callback runs on the worker that finishes the future, or at once if the future is finished already. Watch on which lane it prints."
# topics = ["Future", "add_done_callback"]
# expect = "safe"
# group = "Pools and futures"
#
# [tool.raddle.tr]
# title = "Geri çağırma (callback)"
# summary = "Geri çağırma fonksiyonu, future'ı bitiren işçide çalışır; future zaten bitmişse hemen çalışır. Çıktının hangi şeritte yazıldığını izleyin."
# ///
import threading
import time
from concurrent.futures import ThreadPoolExecutor


def bake():
    time.sleep(0.6)
    return "bread"


def ring(future):
    print(f"{future.result()} is ready, says {threading.current_thread().name}")


with ThreadPoolExecutor(max_workers=1, thread_name_prefix="oven") as pool:
    loaf = pool.submit(bake)
    loaf.add_done_callback(ring)  # later, on the worker
    print("main does not wait")
    loaf.result()
    time.sleep(0.2)
    loaf.add_done_callback(ring)  # now, on main: it is finished already
