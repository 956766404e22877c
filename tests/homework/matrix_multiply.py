# The product of two matrices, a thread for each row; every thread writes to a row of its own.
# expect: safe
import threading

A = [[1, 2, 3], [4, 5, 6]]
B = [[7, 8], [9, 10], [11, 12]]
C = [[0] * len(B[0]) for _ in A]


class RowWorker(threading.Thread):
    def __init__(self, row):
        threading.Thread.__init__(self, name="row-%d" % row)
        self.row = row

    def run(self):
        for j in range(len(B[0])):
            for k in range(len(B)):
                C[self.row][j] += A[self.row][k] * B[k][j]


workers = [RowWorker(i) for i in range(len(A))]
for w in workers:
    w.start()
for w in workers:
    w.join()
for row in C:
    print("\t".join(str(x) for x in row))
