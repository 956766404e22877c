# Emptying a queue under its mutex, as many programs do.
import queue
import threading

line = queue.Queue(maxsize=3)
for number in range(3):
    line.put(number)
waiting = threading.Thread(target=line.put, args=("last",))
waiting.start()
with line.mutex:
    line.queue.clear()
    line.unfinished_tasks = 0
    line.all_tasks_done.notify_all()
    line.not_full.notify_all()
waiting.join()
print(line.qsize(), line.unfinished_tasks, line.get())
line.task_done()
line.join()
try:
    line.task_done()
except ValueError as error:
    print(error)
