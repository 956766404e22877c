"""A server makes the processes: it is their parent, and each runs the module."""
import multiprocessing as mp
import os


def tell():
    parent = mp.parent_process()
    print(mp.current_process().name, parent.name, parent.pid == os.getppid(), mp.get_start_method())


def square(number):
    return number * number


class Worker(mp.Process):
    def __init__(self, number):
        super().__init__(name=f"worker {number}")
        self.number = number

    def run(self):
        print(self.name, self.number, mp.current_process() is self, mp.active_children())
        inner = mp.Process(target=tell)
        inner.start()
        inner.join()


if __name__ == "__main__":
    for method in ("forkserver", "spawn"):
        mp.set_start_method(method, force=True)
        process = mp.Process(target=tell)
        process.start()
        process.join()
        worker = Worker(7)
        worker.start()
        worker.join()
        print(worker.exitcode, [mp.get_context(name).Process.__name__ for name in mp.get_all_start_methods()])
        with mp.Pool(2) as pool:
            print(pool.map(square, range(6)))
