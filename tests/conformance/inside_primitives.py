# What textbooks read of the primitives' own attributes.
import threading

condition = threading.Condition()
with condition:
    print(condition._is_owned(), len(condition._waiters))
print(condition._is_owned(), type(condition._lock).__name__)
plain = threading.Condition(threading.Lock())
print(plain._is_owned(), plain._lock.locked())
lock = threading.RLock()
print(lock._is_owned())
with lock:
    print(lock._is_owned())
event = threading.Event()
print(event._flag)
event.set()
print(event._flag)
permits = threading.BoundedSemaphore(3)
with permits:
    print(permits._value, permits._initial_value)
barrier = threading.Barrier(2)
print(barrier._parties, barrier._count, barrier._state)
barrier.abort()
print(barrier._state)
