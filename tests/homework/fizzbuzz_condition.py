# FizzBuzz with four threads and one condition: each waits until the number is one of its own.
# expect: safe
import threading


class FizzBuzz:
    def __init__(self, n: int):
        self.n = n
        self.i = 1
        self.cond = threading.Condition()
        self.lines = []

    def loop(self, mine, text):
        with self.cond:
            while True:
                self.cond.wait_for(lambda: self.i > self.n or mine(self.i))
                if self.i > self.n:
                    return
                self.lines.append(text(self.i))
                self.i += 1
                self.cond.notify_all()


game = FizzBuzz(15)
roles = {
    "fizz": (lambda i: i % 3 == 0 and i % 5 != 0, lambda i: "fizz"),
    "buzz": (lambda i: i % 5 == 0 and i % 3 != 0, lambda i: "buzz"),
    "fizzbuzz": (lambda i: i % 15 == 0, lambda i: "fizzbuzz"),
    "number": (lambda i: i % 3 != 0 and i % 5 != 0, str),
}
threads = [threading.Thread(target=game.loop, args=role, name=name) for name, role in roles.items()]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(", ".join(game.lines))
