# Odd and even numbers from two threads, in turns, with a condition and a variable that says whose turn it is.
# expect: safe
import threading

LIMIT = 10
cond = threading.Condition()
current = 1


def print_numbers(parity):
    global current
    while True:
        with cond:
            while current <= LIMIT and current % 2 != parity:
                cond.wait()
            if current > LIMIT:
                cond.notify_all()
                return
            print(("even" if parity == 0 else "odd"), current)
            current += 1
            cond.notify_all()


odd = threading.Thread(target=print_numbers, args=(1,), name="odd")
even = threading.Thread(target=print_numbers, args=(0,), name="even")
even.start()
odd.start()
odd.join()
even.join()
print("counted to", current - 1)
