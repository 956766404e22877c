"""Accounts in shared memory, a lock for each, taken in one order."""
from multiprocessing import Array, Lock, Process


def transfer(accounts, locks, moves):
    for source, target, amount in moves:
        first, second = sorted((source, target))
        with locks[first]:
            with locks[second]:
                if accounts[source] >= amount:
                    accounts[source] -= amount
                    accounts[target] += amount


if __name__ == "__main__":
    accounts = Array("i", [100, 100, 100], lock=False)
    locks = [Lock() for _ in range(3)]
    moves = [[(0, 1, 5), (1, 2, 5), (2, 0, 5)] * 4, [(2, 1, 7), (1, 0, 7), (0, 2, 7)] * 4]
    tellers = [Process(target=transfer, args=(accounts, locks, part)) for part in moves]
    for teller in tellers:
        teller.start()
    for teller in tellers:
        teller.join()
    print(sum(accounts), accounts[:])
