"""The main thread counts as ended as soon as its code is over: others that join it go on."""
import threading

main = threading.current_thread()
started = threading.Event()


def watch():
    print("alive:", main.is_alive())
    started.set()
    main.join()
    print("alive:", main.is_alive())


threading.Thread(target=watch).start()
started.wait()
