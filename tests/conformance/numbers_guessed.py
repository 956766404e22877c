import queue
import threading

guesses = queue.Queue()
answers = queue.Queue()


def keeper(secret):
    tries = 0
    while True:
        guess = guesses.get()
        tries += 1
        if guess == secret:
            answers.put(f"right after {tries}")
            return
        answers.put("higher" if guess < secret else "lower")


thread = threading.Thread(target=keeper, args=(42,))
thread.start()
while True:
    try:
        guess = int(input("guess: "))
    except ValueError as error:
        print("no number:", error)
        continue
    guesses.put(guess)
    answer = answers.get()
    print(answer)
    if answer.startswith("right"):
        break
thread.join()
