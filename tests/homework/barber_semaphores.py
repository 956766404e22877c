# The sleeping barber with semaphores: a chair for the cut, three to wait in, and who finds no chair comes later.
# expect: safe
import threading
import time

CHAIRS = 3
customers = threading.Semaphore(0)
barber_ready = threading.Semaphore(0)
mutex = threading.Lock()
free_chairs = CHAIRS
served = 0
TOTAL = 6


def barber():
    global free_chairs, served
    while served < TOTAL:
        customers.acquire()
        with mutex:
            free_chairs += 1
            barber_ready.release()
        time.sleep(0.2)
        served += 1


def customer(name):
    global free_chairs
    while True:
        with mutex:
            if free_chairs > 0:
                free_chairs -= 1
                customers.release()
                seated = True
            else:
                seated = False
        if seated:
            break
        time.sleep(0.1)
    barber_ready.acquire()
    print(name, "gets a haircut")


b = threading.Thread(target=barber, name="barber")
b.start()
people = [threading.Thread(target=customer, args=(n,)) for n in ("Ayşe", "Bora", "Cem", "Deniz", "Ece", "Fatih")]
for p in people:
    p.start()
for p in people:
    p.join()
b.join()
print("chairs free:", free_chairs)
