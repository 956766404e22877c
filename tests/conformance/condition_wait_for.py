# wait_for: the predicate's last value is the result.
import threading

condition = threading.Condition()
level = 0


def raise_level():
    global level
    for _ in range(3):
        with condition:
            level += 1
            condition.notify_all()


with condition:
    print(condition.wait_for(lambda: level > 0, timeout=0.1))
    print(condition.wait_for(lambda: "at once"))
    thread = threading.Thread(target=raise_level)
    thread.start()
    print(condition.wait_for(lambda: level == 3))
thread.join()
print(level)
