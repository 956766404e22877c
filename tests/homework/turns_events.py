# A question and an answer in turns: two events, each cleared by the one who waited for it.
# expect: safe
import threading

questions = ["How are you?", "What is a thread?", "And a lock?"]
answers = {"How are you?": "Fine.", "What is a thread?": "A lane.", "And a lock?": "A key."}
asked = threading.Event()
answered = threading.Event()
board = {"question": None, "answer": None}


def student():
    for question in questions:
        board["question"] = question
        asked.set()
        answered.wait()
        answered.clear()
        print(f"student: {question} -> {board['answer']}")
    board["question"] = None
    asked.set()


def teacher():
    while True:
        asked.wait()
        asked.clear()
        question = board["question"]
        if question is None:
            print("teacher: class is over")
            break
        board["answer"] = answers[question]
        answered.set()


t = threading.Thread(target=teacher, name="teacher")
s = threading.Thread(target=student, name="student")
t.start()
s.start()
s.join()
t.join()
