# /// script
# [tool.raddle]
# title = "Taking turns"
# summary = "Ping and pong share a condition variable and a word that says whose turn it is. Watch `wait` release the lock, and `notify` hand over the turn."
# topics = ["Condition", "wait_for", "notify"]
# expect = "safe"
# group = "Coordination"
#
# [tool.raddle.tr]
# title = "Sırayla"
# summary = "Ping ile pong bir koşul değişkenini ve sıranın kimde olduğunu söyleyen bir sözcüğü paylaşır. `wait`'in kilidi bırakmasını, `notify`'ın sırayı devretmesini izleyin."
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
