# Building H2O: two hydrogens and an oxygen pass the semaphores, and bond at a barrier.
# expect: safe
import threading


class H2O:
    def __init__(self):
        self.h = threading.Semaphore(2)
        self.o = threading.Semaphore(1)
        self.barrier = threading.Barrier(3, action=self.bond)
        self.molecules = 0

    def bond(self):
        self.molecules += 1

    def hydrogen(self):
        with self.h:
            self.barrier.wait()
            print("H")

    def oxygen(self):
        with self.o:
            self.barrier.wait()
            print("O")


water = H2O()
atoms = [threading.Thread(target=water.oxygen if atom == "O" else water.hydrogen) for atom in "OOHHHHHOH"]
for atom in atoms:
    atom.start()
for atom in atoms:
    atom.join()
print("molecules:", water.molecules)
