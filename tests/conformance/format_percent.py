# The % operator on strings.
print("%s is %d years, %.1f%% done" % ("ada", 36, 99.5))
print("[%5s] [%-5s] [%05d] [%r] [%x] [%+d]" % ("ab", "cd", 42, "q", 255, 3))
print("one: %s" % 1, "tuple: %s" % ((1, 2),))
try:
    print("%d and %d" % (1,))
except TypeError as error:
    print(error)
