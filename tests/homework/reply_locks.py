# Each client sends its request with a lock that it has taken, and takes it again; the server releases it with the answer.
# expect: safe
import queue
import threading

requests = queue.Queue()


def ask(question):
    reply = {"lock": threading.Lock(), "answer": None}
    reply["lock"].acquire()
    requests.put((question, reply))
    reply["lock"].acquire()  # the server releases it
    return reply["answer"]


def server():
    while True:
        question, reply = requests.get()
        if question == "stop":
            reply["lock"].release()
            return
        reply["answer"] = question.upper() + "!"
        reply["lock"].release()


def client(word):
    print(ask(word))


if __name__ == "__main__":
    s = threading.Thread(target=server, name="server")
    s.start()
    clients = [threading.Thread(target=client, args=(word,)) for word in ("hi", "hello", "hey")]
    for c in clients:
        c.start()
    for c in clients:
        c.join()
    ask("stop")
    s.join()
    print("server stopped")
