# With spawn, a global queue is a new one in the child.
import multiprocessing as mp

def child():
    q.put("answer")

if __name__ in ("__main__", "__mp_main__"):
    q = mp.get_context("spawn").Queue()

if __name__ == "__main__":
    ctx = mp.get_context("spawn")
    p = ctx.Process(target=child)
    p.start()
    print(q.get())
    p.join()
# says: SpawnProcess-1 put into a q of its own: a process that was spawned runs the module again. Give it the queue as an argument.
