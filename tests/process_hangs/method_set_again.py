# Each process that is spawned sets the start method again.
import multiprocessing as mp
mp.set_start_method("spawn")

def hello():
    print("hello")

p = mp.Process(target=hello)
p.start()
p.join()
# says: RuntimeError: context has already been set. A process that was spawned runs the module again: put this under `if __name__ == "__main__":`.
