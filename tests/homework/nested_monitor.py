# Nested monitors: who waits for a letter lets go of the mailbox's lock, but keeps the house, which the postman needs.
# expect: deadlock or stuck: owner, postman
import threading
import time

house = threading.Lock()
mailbox = threading.Condition()
letters = []


def owner():
    with house:
        with mailbox:
            while not letters:
                mailbox.wait()
            print("owner reads", letters.pop())


def postman():
    time.sleep(0.2)
    print("postman rings")
    with house:
        with mailbox:
            letters.append("a letter")
            mailbox.notify()


threads = [threading.Thread(target=owner, name="owner"), threading.Thread(target=postman, name="postman")]
for t in threads:
    t.start()
for t in threads:
    t.join()
