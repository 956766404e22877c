# A seeded generator gives CPython's numbers.
import random

random.seed(42)
print(random.random(), random.random())
print([random.randint(1, 6) for _ in range(10)], random.randrange(100), random.randrange(10, 100, 5))
print(random.uniform(0.1, 0.5), random.choice(["a", "b", "c"]))
deck = list(range(10))
random.shuffle(deck)
print(deck, random.sample(range(100), 4))
random.seed(42)
print(random.random())
