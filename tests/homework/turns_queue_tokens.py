# Three drummers in turns: the beat travels from queue to queue.
# expect: safe
import queue
import threading

names = ["left", "middle", "right"]
boxes = {name: queue.Queue() for name in names}
BEATS = 9


def drummer(name, next_name):
    while True:
        beat = boxes[name].get()
        if beat > BEATS:
            boxes[next_name].put(beat)
            break
        print(f"{name}: beat {beat}")
        boxes[next_name].put(beat + 1)


if __name__ == "__main__":
    band = []
    for i, name in enumerate(names):
        next_name = names[(i + 1) % len(names)]
        band.append(threading.Thread(target=drummer, args=(name, next_name), name=name))
    for member in band:
        member.start()
    boxes["left"].put(1)
    for member in band:
        member.join()
    print("the song is over")
