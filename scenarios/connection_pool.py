# /// script
# [tool.raddle]
# title = "Connection pool"
# summary = "Two connections, four users: a `BoundedSemaphore` hands out two permits, and raises an error when one is given back that nobody took. Watch the permits."
# topics = ["BoundedSemaphore", "pool", "permits"]
# expect = "safe"
# group = "Locks"
#
# [tool.raddle.tr]
# title = "Bağlantı havuzu"
# summary = "İki bağlantı, dört kullanıcı: sınırlı semafor (`BoundedSemaphore`) iki izin dağıtır, kimsenin almadığı bir izin geri verilince istisna fırlatır. İzin sayısını izleyin."
# ///
import threading
import time

connections = ["red", "blue"]
permits = threading.BoundedSemaphore(len(connections))
guard = threading.Lock()


def work(user):
    with permits:  # wait for a free connection ...
        with guard:  # ... then take one out of the list
            connection = connections.pop()
        time.sleep(0.5)
        with guard:
            connections.append(connection)
    print(f"{user} is served")


users = [threading.Thread(name=name, target=work, args=(name,)) for name in ("ann", "ben", "eve", "joe")]
for user in users:
    user.start()
for user in users:
    user.join()

print(f"free again: {sorted(connections)}")
try:
    permits.release()  # nobody took this one
except ValueError as error:
    print(f"caught: {error}")
