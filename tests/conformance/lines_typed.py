import sys
import threading

name = input("Name? ")
print("Hello,", name)
numbers = [int(part) for part in input().split()]
print(sum(numbers))
answers = []


def ask():
    answers.append(input("Another: "))


thread = threading.Thread(target=ask)
thread.start()
thread.join()
print(answers, repr(sys.stdin.readline()))
for line in sys.stdin:
    print("line", line.strip())
try:
    input("gone? ")
except EOFError as error:
    print("EOFError", error)
print(repr(sys.stdin.read()), repr(sys.stdin.readline()))
