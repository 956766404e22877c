# Ping and pong take turns: each waits for a lock of its own, which the other one releases.
# expect: safe
import threading

ROUNDS = 5
ping_lock = threading.Lock()
pong_lock = threading.Lock()


def ping():
    for i in range(ROUNDS):
        ping_lock.acquire()
        print(f"ping {i}")
        pong_lock.release()


def pong():
    for i in range(ROUNDS):
        pong_lock.acquire()
        print(f"pong {i}")
        ping_lock.release()


if __name__ == "__main__":
    pong_lock.acquire()  # ping begins
    t1 = threading.Thread(target=ping, name="ping")
    t2 = threading.Thread(target=pong, name="pong")
    t1.start()
    t2.start()
    t1.join()
    t2.join()
    print("game over")
