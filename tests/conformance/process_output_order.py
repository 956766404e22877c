"""What processes print in turns, over locks and pipes."""
from multiprocessing import Lock, Pipe, Process


def player(name, mine, rounds):
    for number in range(rounds):
        ball = mine.recv()
        print(name, ball)
        mine.send(ball + 1)


if __name__ == "__main__":
    ping, from_ping = Pipe()
    pong, from_pong = Pipe()
    players = [Process(target=player, args=("ping", from_ping, 3)), Process(target=player, args=("pong", from_pong, 3))]
    for process in players:
        process.start()
    ball = 0
    for _ in range(3):
        for line in (ping, pong):
            line.send(ball)
            ball = line.recv()
    for process in players:
        process.join()
    print(ball)
