"""Waiting for several connections and processes at once."""
import time
from multiprocessing import Pipe, Process, parent_process
from multiprocessing.connection import wait


def work(connection, number):
    for step in range(2):
        connection.send((number, step))
    connection.close()


def sleeps(seconds, code):
    print("parent is there", wait([parent_process().sentinel], timeout=0) == [])
    time.sleep(seconds)
    raise SystemExit(code)


if __name__ == "__main__":
    readers, processes, got = [], [], []
    for number in range(3):
        reader, writer = Pipe(duplex=False)
        process = Process(target=work, args=(writer, number))
        process.start()
        writer.close()
        readers.append(reader)
        processes.append(process)
    while readers:
        for reader in wait(readers):
            try:
                got.append(reader.recv())
            except EOFError:
                readers.remove(reader)
    print(sorted(got))
    for process in processes:
        process.join()
    here, there = Pipe()
    print(wait([here, there], timeout=0), wait([here], 0.01), wait([], 0))
    there.send(1)
    print(wait([here, there], 5) == [here], here.recv())
    long, short = Process(target=sleeps, args=(60, 1)), Process(target=sleeps, args=(0.05, 3))
    short.start()
    print(wait([short.sentinel]) == [short.sentinel])
    short.join()
    long.start()
    time.sleep(0.3)
    long.terminate()
    print(wait([here, long.sentinel]) == [long.sentinel])
    long.join()
    print(short.exitcode, long.exitcode in (-15, -9))
