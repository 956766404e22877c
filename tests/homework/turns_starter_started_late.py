# Both players wait for locks that main took. Who lets the first one go is a thread that is started only later, by another.
# expect: safe
import threading
import time

black, white = threading.Lock(), threading.Lock()
black.acquire()
white.acquire()


def play(color, mine, other, moves):
    for move in moves:
        mine.acquire()
        print(f"{color} plays {move}")
        other.release()


def open_the_game():
    time.sleep(1)
    opener = threading.Thread(target=lambda: white.release(), name="opener")
    opener.start()


w = threading.Thread(target=play, args=("white", white, black, ["e4", "Nf3"]), name="white")
b = threading.Thread(target=play, args=("black", black, white, ["e5", "Nc6"]), name="black")
a = threading.Thread(target=open_the_game, name="arbiter")
for thread in (b, w, a):
    thread.start()
b.join()
w.join()
print("to be continued")
