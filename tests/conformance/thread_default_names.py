# Names are counted up as Thread objects are made, and say the target.
import threading


class Worker(threading.Thread):
    def run(self):
        pass


def work():
    pass


made = [
    threading.Thread(target=work),
    threading.Thread(),
    Worker(),
    threading.Thread(target=lambda: None),
    threading.Thread(target=work, name="named"),
    threading.Thread(target=work),
]
print([thread.name for thread in made])
