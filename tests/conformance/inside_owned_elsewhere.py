# Who owns a lock is a matter of the thread that asks.
import threading

lock = threading.RLock()
condition = threading.Condition()
answers = []


def ask():
    answers.append((lock._is_owned(), condition._is_owned()))


with lock, condition:
    ask()
    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
print(answers)
