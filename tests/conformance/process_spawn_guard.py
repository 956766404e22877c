"""Without a guard the new process comes to the same line, and cannot start one: it fails, the first one goes on."""
import multiprocessing


def work():
    print("never")


context = multiprocessing.get_context("spawn")
process = context.Process(target=work)
process.start()
process.join()
print("ended with", process.exitcode)
