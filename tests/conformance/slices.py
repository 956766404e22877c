# Slices: reading, assigning, deleting.
letters = list("abcdefgh")
print(letters[2:5], letters[:3], letters[5:], letters[-2:], letters[::2], letters[::-1], letters[10:], letters[5:2])
print("abcdefgh"[1:-1], "abcdefgh"[::-3], (1, 2, 3)[1:], "abc"[-100:100])
letters[1:3] = ["X"]
print(letters)
letters[::2] = [0, 0, 0, 0]
print(letters)
letters[2:2] = "in"
print(letters)
del letters[0]
del letters[-2:]
print(letters)
letters[:] = []
print(letters, list(range(10))[3:8:2], list(range(10)[2:8:3]))
try:
    letters[0] = 1
except IndexError as error:
    print(error)
