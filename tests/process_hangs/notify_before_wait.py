# A notify that comes before the other process waits.
# says: The notify of met by main (step 3, line 13) woke nobody: nobody waited yet, and a notify is not kept.
# says: Process-1 waits for a notify of met (line 8)
from multiprocessing import Condition, Process

def work(met):
    with met:
        met.wait()

if __name__ == "__main__":
    met = Condition()
    with met:
        met.notify()
    p = Process(target=work, args=(met,))
    p.start()
    p.join()
