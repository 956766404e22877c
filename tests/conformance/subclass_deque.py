# Deques of classes of one's own.
from collections import deque


class Window(deque):
    def __init__(self, size, items=()):
        super().__init__(items, maxlen=size)
        self.size = size

    def append(self, item):
        super().append(item * 10)

    def mean(self):
        return sum(self) / len(self)


window = Window(3, [1, 2])
window.append(3)
window.append(4)
print(window, len(window), window.maxlen, window.size, window.mean())
print(window[0], window[-1], 30 in window, list(reversed(window)), window == deque([2, 30, 40]))
window.appendleft(5)
window.rotate(1)
window.extend([7])
print(window, window.popleft(), window.pop(), repr(window), str(window), bool(Window(1)))


class Plain(deque):
    pass


print(Plain(), Plain("ab"), Plain([1, 2, 3], 2), Plain(x for x in range(2)), isinstance(Plain(), deque))
