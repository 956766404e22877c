"""Bytes that can be changed."""
import threading


def attempt(call):
    try:
        print(call())
    except (ValueError, TypeError, IndexError, AttributeError) as error:
        print(type(error).__name__, error)


data = bytearray(b"hello")
data[0] = 74
data.append(33)
data += b"?"
data.extend([65, 66])
print(data, len(data), data[1], data[-1], data[1:3], data[::-1], list(data)[:2])
print(bytes(data), data == b"Jello!?AB", b"Jello!?AB" == data, data != bytearray(), data < b"K", 74 in data, b"ll" in data)
data[1:3] = b"EEE"
del data[0]
print(data, data.pop(), data.pop(0), data)
data.insert(0, 90)
data.remove(33)
data.reverse()
print(data, data.copy() == data, data.copy() is data, bool(bytearray()), type(data), type(data).__name__)
print(bytearray(3), bytearray([1, 2]), bytearray("é", "utf-8"), bytearray(range(3)), bytearray.fromhex("00ff"), bytearray(bytearray(b"x")))
text = bytearray(b" a,b,c ")
print(text.split(b","), text.strip(), text.replace(b",", b";"), text.find(b"b"), text.index(b","), text.count(b","))
print(text.decode(), text.hex(), text.upper(), text.startswith(b" a"), text.endswith((b"x", b" ")), text.partition(b","))
print(bytearray(b"-").join([b"a", bytearray(b"b")]), bytearray(b"ab") * 2, 2 * bytearray(b"c"), b"a" + bytearray(b"b"), bytearray(b"a") + b"b")
print(isinstance(data, bytes), isinstance(data, bytearray), sum(bytearray(b"\x01\x02")), max(bytearray(b"az")), sorted(bytearray(b"ba")))
sieve = bytearray([1]) * 30
sieve[0:2] = b"\x00\x00"
for number in range(2, 6):
    if sieve[number]:
        sieve[number * number :: number] = bytes(len(sieve[number * number :: number]))
print([number for number, flag in enumerate(sieve) if flag])
attempt(lambda: bytearray("text"))
attempt(lambda: bytearray(-1))
attempt(lambda: bytearray([256]))
attempt(lambda: bytearray(["a"]))
attempt(lambda: bytearray(1.5))
attempt(lambda: data.append(300))
attempt(lambda: data.append("a"))
attempt(lambda: data["a"])
attempt(lambda: data[99])
attempt(lambda: bytearray().pop())
attempt(lambda: data.pop(99))
attempt(lambda: data.remove(7))
attempt(lambda: hash(data))
attempt(lambda: data + "a")
attempt(lambda: data.extend("a"))
attempt(lambda: data.nothing)
shared = bytearray(4)


def fill(index):
    shared[index] = index * 10


threads = [threading.Thread(target=fill, args=(index,)) for index in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(shared, shared.clear(), shared)
