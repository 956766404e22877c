import queue
import struct
import threading
import zlib

HEADER = struct.Struct(">2sBIH")
wire = queue.Queue()


def frame(kind, payload):
    return HEADER.pack(b"RD", kind, zlib.crc32(payload), len(payload)) + payload


def sender():
    for kind, payload in enumerate([b"hello", b"", bytes(range(10)), b"bye" * 5]):
        data = frame(kind, payload)
        for at in range(0, len(data), 7):
            wire.put(data[at : at + 7])
    wire.put(frame(9, b"broken")[:-1] + b"!")
    wire.put(None)


def receive():
    buffer = b""
    while (piece := wire.get()) is not None:
        buffer += piece
        while len(buffer) >= HEADER.size:
            mark, kind, crc, size = HEADER.unpack_from(buffer)
            if len(buffer) < HEADER.size + size:
                break
            payload = buffer[HEADER.size : HEADER.size + size]
            buffer = buffer[HEADER.size + size :]
            print(mark, kind, size, payload if zlib.crc32(payload) == crc else "wrong checksum")
    print("left", len(buffer))


threads = [threading.Thread(target=sender), threading.Thread(target=receive)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
