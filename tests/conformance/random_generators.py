"""Generators of one's own: each goes its own way, whatever the others and the module draw."""
import random
import threading

random.seed(1)
one, two = random.Random(42), random.Random(42)
print([one.randint(1, 6) for _ in range(8)])
print(random.random(), random.randrange(10))
print([two.randint(1, 6) for _ in range(8)])
text = random.Random("seed")
print(text.random(), text.gauss(0, 1), text.uniform(2, 3), text.getrandbits(20))
print(text.choice("abc"), text.choices([1, 2, 3], weights=[5, 3, 1], k=5), text.sample(range(100), 4))
print(text.randrange(5), text.randrange(2, 9), text.randrange(0, 20, 5), text.expovariate(2.0))
items = list(range(8))
text.shuffle(items)
print(items, text.triangular(0, 10, 3), text.normalvariate(10, 2))
print(random.normalvariate(0, 1), random.triangular())
text.seed(3)
print(text.random())
results = {}


def draw(number):
    generator = random.Random(number)
    results[number] = [generator.randrange(100) for _ in range(5)]


threads = [threading.Thread(target=draw, args=(n,)) for n in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(results.items()))


class Dice(random.Random):
    def roll(self):
        return self.randint(1, 6)


print([Dice(7).roll() for _ in range(3)], isinstance(Dice(), random.Random))
try:
    one.choice([])
except IndexError as error:
    print(error)
