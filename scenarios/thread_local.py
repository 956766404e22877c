# /// script
# [tool.raddle]
# title = "Thread-local data"
# summary = "One name, three values: each thread sees its own user in the same `local` object. No thread overwrites what another has stored."
# topics = ["local", "thread-local data"]
# expect = "safe"
# group = "First steps"
#
# [tool.raddle.tr]
# title = "İş parçacığına özel veri"
# summary = "Tek ad, üç değer: her iş parçacığı aynı `local` nesnesinde kendi kullanıcısını görür. Kimsenin ötekinin değerini ezmediğini görün."
# ///
import threading
import time

context = threading.local()  # looks shared, is not


def greet():
    print(f"hello, {context.user}")  # no parameter was passed


def handle(user, pause):
    context.user = user
    time.sleep(pause)  # the others store theirs meanwhile
    greet()


threads = [
    threading.Thread(name="request-1", target=handle, args=("ada", 0.9)),
    threading.Thread(name="request-2", target=handle, args=("grace", 0.6)),
    threading.Thread(name="request-3", target=handle, args=("linus", 0.3)),
]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("main has a user:", hasattr(context, "user"))
