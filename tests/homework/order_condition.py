# Carriages leave the depot by their number, whatever order their drivers come in.
# expect: safe
import random
import threading

random.seed(7)


class Depot:
    def __init__(self):
        self.cv = threading.Condition()
        self.next_number = 0
        self.left = []

    def leave(self, number):
        with self.cv:
            self.cv.wait_for(lambda: self.next_number == number)
            self.left.append(number)
            self.next_number += 1
            self.cv.notify_all()


depot = Depot()
numbers = list(range(6))
random.shuffle(numbers)
drivers = [threading.Thread(target=depot.leave, args=(n,)) for n in numbers]
for d in drivers:
    d.start()
for d in drivers:
    d.join()
print("left:", *depot.left)
