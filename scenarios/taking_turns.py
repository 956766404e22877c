# /// script
# [tool.raddle]
# title = "Taking turns"
# summary = "Ping and pong share a condition and a word that says whose turn it is. Watch wait give the lock away, and notify hand the turn over."
# topics = ["Condition", "wait_for", "notify"]
# expect = "safe"
# group = "Coordination"
#
# [tool.raddle.tr]
# title = "Sırayla"
# summary = "Ping ile pong bir koşulu ve sıranın kimde olduğunu söyleyen bir sözcüğü paylaşır. wait'in kilidi verdiğine, notify'ın sırayı devrettiğine bakın."
# ///
import threading

turn = "ping"
table = threading.Condition()


def play(me, other):
    global turn
    for stroke in range(3):
        with table:
            table.wait_for(lambda: turn == me)  # wait, and look again after each wake-up
            print(f"{me} {stroke + 1}")
            turn = other
            table.notify()


players = [
    threading.Thread(name="pong", target=play, args=("pong", "ping")),
    threading.Thread(name="ping", target=play, args=("ping", "pong")),
]
for player in players:
    player.start()
for player in players:
    player.join()
print("game over")
