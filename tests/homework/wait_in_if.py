# `if` instead of `while` around wait: two are woken for one cake, and the second one finds the plate empty.
# expect: error
import threading
import time

plate = []
cake_came = threading.Condition()
errors = []


def child(name):
    with cake_came:
        if not plate:
            cake_came.wait()
        try:
            plate.pop()
        except IndexError:
            errors.append("no cake")
            raise
    print("a child eats")


children = [threading.Thread(target=child, args=(name,), name=name) for name in ("Hansel", "Gretel")]
for c in children:
    c.start()
time.sleep(0.2)
with cake_came:
    plate.append("cake")
    cake_came.notify_all()
for c in children:
    c.join()
print("errors:", errors)
