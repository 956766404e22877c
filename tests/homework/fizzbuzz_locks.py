# FizzBuzz with four plain locks: the number thread hands the turn to whose it is, and gets it back.
# expect: safe
import threading

N = 15
fizz_lock = threading.Lock()
buzz_lock = threading.Lock()
fizzbuzz_lock = threading.Lock()
main_lock = threading.Lock()
for lock in (fizz_lock, buzz_lock, fizzbuzz_lock):
    lock.acquire()
done = False


def speaker(lock, word):
    while True:
        lock.acquire()
        if done:
            break
        print(word)
        main_lock.release()


def number():
    global done
    for i in range(1, N + 1):
        main_lock.acquire()
        if i % 15 == 0:
            fizzbuzz_lock.release()
        elif i % 3 == 0:
            fizz_lock.release()
        elif i % 5 == 0:
            buzz_lock.release()
        else:
            print(i)
            main_lock.release()
    main_lock.acquire()
    done = True
    fizz_lock.release()
    buzz_lock.release()
    fizzbuzz_lock.release()


threads = [
    threading.Thread(target=speaker, args=(fizz_lock, "fizz")),
    threading.Thread(target=speaker, args=(buzz_lock, "buzz")),
    threading.Thread(target=speaker, args=(fizzbuzz_lock, "fizzbuzz")),
    threading.Thread(target=number),
]
for t in threads:
    t.start()
for t in threads:
    t.join()
print("done")
