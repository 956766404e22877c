# A busy wait for an attribute of an object: the thread that would set it dies of an exception first.
# expect: error: loader
# expect: stuck: player
import threading
import time


class Song:
    def __init__(self, title):
        self.title = title
        self.loaded = False
        self.notes = None


class Loader(threading.Thread):
    def __init__(self, song):
        super().__init__(name="loader")
        self.song = song

    def run(self):
        print("loading", self.song.title)
        self.song.notes = {"Ode to Joy": "EEFG"}[self.song.title]
        self.song.loaded = True


def play(song):
    time.sleep(0.5)  # tunes the piano
    while not song.loaded:
        pass
    print("playing", song.notes)


song = Song("Ode to Toy")
player = threading.Thread(target=play, args=(song,), name="player")
loader = Loader(song)
player.start()
loader.start()
loader.join()
player.join()
