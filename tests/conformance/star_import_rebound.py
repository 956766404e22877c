# A name that a star import binds may be bound again, and is global in functions.
from math import *
from random import *

seed(5)
first = random()
seed(5)
print(first == random(), floor(2.7), round(pi, 3))
pi = 3


def area(radius):
    global e
    e = "changed"
    return pi * radius**2


print(area(2), e)
