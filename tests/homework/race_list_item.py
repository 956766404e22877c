# A tally of votes in a list: two polling stations add to the same item, with a pause between reading and writing.
# expect: race: north, south
import threading
import time

votes = [0, 0, 0]


def count(ballots):
    for candidate in ballots:
        before = votes[candidate]
        time.sleep(0.1)
        votes[candidate] = before + 1


north = threading.Thread(target=count, args=([1, 1],), name="north")
south = threading.Thread(target=count, args=([1, 2],), name="south")
north.start()
south.start()
north.join()
south.join()
print("votes counted:", sum(votes), "of 4")
