"""At most two processes at once hold a place, which a semaphore counts."""
from multiprocessing import Process, Semaphore, Value


def visit(places, inside, most):
    with places:
        with inside.get_lock():
            inside.value += 1
            most.value = max(most.value, inside.value)
        with inside.get_lock():
            inside.value -= 1


if __name__ == "__main__":
    places, inside, most = Semaphore(2), Value("i", 0), Value("i", 0)
    guests = [Process(target=visit, args=(places, inside, most)) for _ in range(5)]
    for guest in guests:
        guest.start()
    for guest in guests:
        guest.join()
    print(inside.value, 1 <= most.value <= 2, places.get_value())
