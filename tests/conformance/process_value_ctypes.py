"""Shared values and arrays of the types of ctypes."""
import ctypes
from ctypes import c_bool, c_char, c_double, c_int
from multiprocessing import Array, Process, Value
from multiprocessing.sharedctypes import RawArray, RawValue


def work(flag, number, numbers, text):
    flag.value = 1
    number.value += 0.5
    for index in range(len(numbers)):
        numbers[index] *= 2
    text.value = text.value.upper()


if __name__ == "__main__":
    flag, number = Value(c_bool, False), Value(ctypes.c_double, 1)
    numbers, text = Array(c_int, [1, 2, 3]), Array(c_char, b"abc")
    process = Process(target=work, args=(flag, number, numbers, text))
    process.start()
    process.join()
    print(flag.value, number.value, numbers[:], text.value)
    print(RawValue(ctypes.c_short, 70000).value, RawArray(ctypes.c_ubyte, 2)[:], Value(c_int).value)
    small = c_int(2**31)
    print(small.value, c_bool(3), c_double(2).value, ctypes.c_uint8(300).value)
    small.value = 7
    print(small.value)
    for wrong in (lambda: Value(c_int, 1.5), lambda: Value(int, 1), lambda: c_double("x"), lambda: c_char(b"ab")):
        try:
            wrong()
        except TypeError as error:
            print(error)
