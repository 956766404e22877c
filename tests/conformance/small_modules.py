import errno
import gc
import os
import platform

print(errno.ENOENT, errno.errorcode[errno.EEXIST], platform.system(), platform.machine(), platform.python_implementation())
gc.disable()
print(gc.isenabled(), isinstance(gc.collect(), int))
gc.enable()
print(gc.isenabled())
try:
    open("surely/not/there")
except OSError as error:
    print(error.errno == errno.ENOENT, errno.errorcode[error.errno])
print(os.sep, os.curdir, os.pardir, os.fspath("x"), os.access("/", os.F_OK), os.path.abspath("/a/../b"), os.path.isabs(os.getcwd()))
