# The numbers of what a system refuses.

EPERM = 1
ENOENT = 2
EINTR = 4
EIO = 5
EAGAIN = EWOULDBLOCK = 11
ENOMEM = 12
EACCES = 13
EEXIST = 17
ENOTDIR = 20
EISDIR = 21
EINVAL = 22
EFBIG = 27
ENOSPC = 28
EPIPE = 32
ENOTEMPTY = 39
ETIMEDOUT = 110
ECONNREFUSED = 111

errorcode = {
    1: "EPERM",
    2: "ENOENT",
    4: "EINTR",
    5: "EIO",
    11: "EAGAIN",
    12: "ENOMEM",
    13: "EACCES",
    17: "EEXIST",
    20: "ENOTDIR",
    21: "EISDIR",
    22: "EINVAL",
    27: "EFBIG",
    28: "ENOSPC",
    32: "EPIPE",
    39: "ENOTEMPTY",
    110: "ETIMEDOUT",
    111: "ECONNREFUSED",
}
