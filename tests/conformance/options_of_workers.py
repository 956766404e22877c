import argparse
import threading


def parse(arguments):
    parser = argparse.ArgumentParser(prog="workers", description="Counts.", formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-w", "--workers", type=int, default=2, choices=range(1, 5))
    parser.add_argument("--items", nargs="+", type=int, default=[1, 2, 3])
    parser.add_argument("--fast", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--name", required=False, dest="title")
    return parser.parse_args(arguments)


def run(options):
    total = 0
    lock = threading.Lock()

    def work(part):
        nonlocal total
        for item in part:
            with lock:
                total += item

    threads = [threading.Thread(target=work, args=(options.items[n :: options.workers],)) for n in range(options.workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return total


for line in ["", "-w 3 --items 4 5 6 7", "--no-fast --name=x", "--work 1"]:
    options = parse(line.split())
    print(options, run(options))
for line in ["-w 9", "-w x", "--items", "--nothing 1", "extra"]:
    try:
        parse(line.split())
    except SystemExit as error:
        print(line, error.code)
