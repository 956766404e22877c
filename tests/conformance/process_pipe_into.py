# Bytes from a pipe into a buffer, and what does not fit there.
import multiprocessing as mp

here, there = mp.Pipe(False)
room = bytearray(8)
there.send_bytes(b"12345")
print(here.recv_bytes_into(room, 2), room)
there.send_bytes(bytearray(b"abc"), 1)
print(here.recv_bytes_into(room), room)
there.send_bytes(b"123456789")
try:
    here.recv_bytes_into(room)
except mp.BufferTooShort as error:
    print(isinstance(error, mp.ProcessError), error.args)
for buffer, offset in ((room, -1), (room, 9), ("text", 0)):
    try:
        here.recv_bytes_into(buffer, offset)
    except (TypeError, ValueError) as error:
        print(error)
there.send_bytes(b"12345")
try:
    here.recv_bytes_into(b"fixed")
except TypeError as error:
    print(error)
there.send(bytearray(b"whole"))
print(here.recv())
there.close()
try:
    here.recv_bytes_into(room)
except EOFError:
    print("over")
here.close()
try:
    here.recv_bytes_into(room)
except OSError as error:
    print(error)
