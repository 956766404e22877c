# A table tennis match between two objects of one class. The lock of each is released by the other, who thinks for a
# while first; the umpire, main, serves.
# expect: safe
import threading
import time


class Player(threading.Thread):
    def __init__(self, name, pause):
        super().__init__(name=name)
        self.pause = pause
        self.ball = threading.Lock()
        self.ball.acquire()
        self.opponent = None
        self.hits = 0

    def run(self):
        while self.hits < 4:
            self.ball.acquire()
            time.sleep(self.pause)
            self.hits += 1
            print(f"{self.name} hits the ball ({self.hits})")
            self.opponent.ball.release()


anna = Player("Anna", 0.2)
bela = Player("Bela", 0.3)
anna.opponent, bela.opponent = bela, anna
anna.start()
bela.start()
time.sleep(1)
print("serve!")
anna.ball.release()
anna.join()
bela.join()
print("final score:", anna.hits, ":", bela.hits)
