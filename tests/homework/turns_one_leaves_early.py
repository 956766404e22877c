# Three players in a ring of plain locks; one of them leaves after its first round, and the ball never comes back.
# expect: deadlock or stuck: Ali, Can
import threading

turn = {name: threading.Lock() for name in ("Ali", "Berk", "Can")}
next_player = {"Ali": "Berk", "Berk": "Can", "Can": "Ali"}


def play(name, rounds):
    for n in range(rounds):
        turn[name].acquire()
        print(name, "plays round", n)
        turn[next_player[name]].release()


def main():
    turn["Berk"].acquire()
    turn["Can"].acquire()
    rounds = {"Ali": 3, "Berk": 1, "Can": 3}
    players = [threading.Thread(target=play, args=(n, rounds[n]), name=n) for n in turn]
    for p in players:
        p.start()
    for p in players:
        p.join()
    print("nobody comes here")


if __name__ == "__main__":
    main()
