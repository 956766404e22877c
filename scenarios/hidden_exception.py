# /// script
# [tool.raddle]
# title = "The error nobody saw"
# summary = "A task fails, and nothing is printed: the exception stays in the future until somebody asks for the result. Watch it come out on main's lane, at `result()`."
# topics = ["Future", "exception", "result"]
# expect = "safe"
# group = "Pools and futures"
#
# [tool.raddle.tr]
# title = "Kimsenin görmediği hata"
# summary = "Bir görev istisnayla biter ama ekrana hiçbir şey yazılmaz: istisna, biri sorana kadar future'ın içinde durur. `result()` çağrısıyla main'de ortaya çıkmasını izleyin."
# ///
import time
from concurrent.futures import ThreadPoolExecutor


def divide(a, b):
    time.sleep(0.3)
    return a / b


with ThreadPoolExecutor(max_workers=2) as pool:
    good = pool.submit(divide, 6, 3)
    bad = pool.submit(divide, 1, 0)
print("the pool is closed, and nobody complained")

print(f"good: {good.result()}")
print(f"bad.done() is {bad.done()}, bad.exception() is {bad.exception()!r}")
try:
    bad.result()  # here it comes
except ZeroDivisionError as error:
    print(f"caught on main: {error}")
