# /// script
# [tool.raddle]
# title = "Graceful shutdown"
# summary = "An event asks the workers to stop; each finishes what it has begun, tidies up and leaves. Here `wait` with a timeout serves as a sleep that can be cut short."
# topics = ["Event", "shutdown", "join"]
# expect = "safe"
# group = "Ends and errors"
#
# [tool.raddle.tr]
# title = "Düzgün kapanış"
# summary = "Bir olay işçilerden durmalarını ister; her biri başladığı işi bitirir, ortalığı toplar ve çıkar. `wait`'in yarıda kesilebilen bir uyku gibi kullanılmasını izleyin."
# ///
import threading
import time

stopping = threading.Event()


def serve(number):
    served = 0
    while not stopping.is_set():
        served += 1
        stopping.wait(timeout=0.5)  # a sleep that ends when it is time to go
    print(f"server {number}: tidied up, served some: {served > 0}")


servers = [threading.Thread(name=f"server-{number}", target=serve, args=(number,)) for number in (1, 2)]
for server in servers:
    server.start()
time.sleep(1.2)
print("closing time")
stopping.set()
for server in servers:
    server.join(timeout=2)
print("still alive:", sum(server.is_alive() for server in servers))
