# Seeds of other kinds, and results larger than a machine word.
import random

random.seed(2**40)
print(random.random(), random.randint(0, 2**70))
random.seed(-7)
print(random.random())
random.seed("text")
print(random.randint(0, 10**6))
