# Contexts and start methods.
import multiprocessing


def child(queue):
    queue.put(multiprocessing.current_process().name)


if __name__ == "__main__":
    print(multiprocessing.get_start_method(allow_none=True), multiprocessing.get_start_method())
    print(multiprocessing.get_all_start_methods())
    context = multiprocessing.get_context("fork")
    queue = context.Queue()
    process = context.Process(target=child, args=(queue,))
    print(type(process).__name__, process.name, context.get_start_method())
    process.start()
    print(queue.get())
    process.join()
    with context.Pool(2) as pool:
        print(pool.map(abs, [-1, -2]))
    try:
        multiprocessing.get_context("something")
    except ValueError as error:
        print(error)
    try:
        multiprocessing.set_start_method("fork")
    except RuntimeError as error:
        print(error)
    multiprocessing.set_start_method("fork", force=True)
    multiprocessing.freeze_support()
