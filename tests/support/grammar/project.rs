//! Modules of the program's own: files that it is made of from its beginning, and scenes with files of their own.

use super::{Grammar, Node, line};

impl Grammar {
    /// Files with definitions, which the program imports in one of the ways there are and uses from then on.
    pub(super) fn own_modules(&mut self) -> Vec<Node> {
        let mut imports = Vec::new();
        for _ in 0..self.random.between(1, 2) {
            let (module, package) = (self.fresh("mod"), self.fresh("pack"));
            let before = self.classes.len();
            // What the modules before it are called here it does not know.
            let known = (
                std::mem::take(&mut self.errors),
                std::mem::take(&mut self.functions),
                std::mem::take(&mut self.classes),
                std::mem::take(&mut self.variables),
            );
            let mut nodes = self.top();
            nodes.push(line("print('loaded', __name__)"));
            let (errors, functions, classes) = (
                std::mem::replace(&mut self.errors, known.0),
                std::mem::replace(&mut self.functions, known.1),
                std::mem::replace(&mut self.classes, known.2),
            );
            self.variables = known.3;
            let names: Vec<String> = errors.iter().cloned().chain(functions.iter().map(|it| it.name.clone())).collect();
            let (path, import, prefix) = match self.random.below(6) {
                0 => (format!("{module}.py"), format!("import {module}"), format!("{module}.")),
                1 => (format!("{module}.py"), format!("import {module} as as_{module}"), format!("as_{module}.")),
                2 => (format!("{module}.py"), format!("from {module} import *"), String::new()),
                3 => {
                    let text = format!("import {package}.{module}");
                    (format!("{package}/{module}.py"), text, format!("{package}.{module}."))
                }
                4 => {
                    let text = format!("from {package} import {module}");
                    self.files.push((format!("{package}/__init__.py"), vec![line(format!("from . import {module}"))]));
                    (format!("{package}/{module}.py"), text, format!("{module}."))
                }
                _ => {
                    let all: Vec<String> =
                        names.iter().cloned().chain(classes.iter().map(|it| it.name.clone())).collect();
                    let init = format!("from .{module} import {}\n__all__ = {all:?}", all.join(", "));
                    self.files.push((format!("{package}/__init__.py"), vec![line(init)]));
                    (format!("{package}/{module}.py"), format!("from {package} import *"), String::new())
                }
            };
            self.files.push((path, nodes));
            imports.push(line(import));
            self.errors.extend(errors.into_iter().map(|name| prefix.clone() + &name));
            self.functions.extend(functions.into_iter().map(|mut function| {
                function.name = prefix.clone() + &function.name;
                function
            }));
            self.classes.extend(classes.into_iter().map(|class| class.under(&prefix, before)));
        }
        imports
    }

    pub(super) fn project_scene(&mut self) -> Vec<Node> {
        let (work, definition) = self.work();
        let (module, other, n) = (self.fresh("mod"), self.fresh("mod"), self.count());
        let file = |name: &str, text: String| (name.to_owned(), vec![definition.clone(), line(text)]);
        let plain = |name: &str, text: String| (name.to_owned(), vec![line(text)]);
        let (files, text) = match self.random.below(12) {
            0 => (
                vec![file(
                    &format!("{module}.py"),
                    format!(
                        "import time\nprint('loading')\ntime.sleep(0.01)\nvalue = {work}({n})\nprint('loaded', value)"
                    ),
                )],
                format!(
                    "found = []
def load(i):
    import {module}
    found.append((i, {module}.value))
threads = [threading.Thread(target=load, args=(i,)) for i in range({n})]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(found), '{module}' in globals())"
                ),
            ),
            1 => (
                vec![
                    file(
                        &format!("{module}.py"),
                        format!(
                            "print('{module} begins')\nimport {other}\ndef one(n):\n    return {work}(n)\n\
                             print('{module} ends', {other}.two({n}))"
                        ),
                    ),
                    plain(
                        &format!("{other}.py"),
                        format!(
                            "import {module}\nprint(hasattr({module}, 'one'))\ntry:\n    {module}.one\n\
                             except AttributeError as error:\n    print(str(error).split(' (')[0])\n\
                             def two(n):\n    return {module}.one(n) + 1"
                        ),
                    ),
                ],
                format!(
                    "import {other}\nimport {module}\nprint({module}.one(2), {other}.two(2), {module}.{other} is {other})"
                ),
            ),
            2 => (
                vec![
                    plain(&format!("{module}.py"), format!("from {other} import late\nearly = 1")),
                    plain(&format!("{other}.py"), format!("from {module} import early\nlate = 2")),
                ],
                format!(
                    "for _ in range(2):
    try:
        import {module}
    except ImportError as error:
        print(type(error).__name__, str(error).split(' (')[0])
    print('{module}' in globals(), '{other}' in globals())"
                ),
            ),
            3 => (
                vec![
                    plain(
                        &format!("{module}.py"),
                        format!(
                            "import {other}\n{other}.tries += 1\nif {other}.tries < {n}:\n    raise LookupError({other}.tries)\nvalue = {other}.tries"
                        ),
                    ),
                    plain(&format!("{other}.py"), "tries = 0".to_owned()),
                ],
                format!(
                    "for _ in range(4):
    try:
        import {module}
        print({module}.value)
    except LookupError as error:
        print(repr(error), '{module}' in globals())"
                ),
            ),
            4 => (
                vec![file(
                    &format!("{module}.py"),
                    format!(
                        "count = 0\ndef bump():\n    global count\n    count += {work}(count) % 10 + 1\n    return count\ndef twice():\n    return bump(), bump()"
                    ),
                )],
                format!(
                    "import {module}
from {module} import count, bump as more
print({module}.twice(), count, {module}.count, more())
{module}.count = 100
print(more(), count)
{module}.bump = lambda: 'patched'
print({module}.twice(), more() == {module}.count)
from {module} import count
print(count == {module}.count, sorted(name for name in dir({module}) if not name.startswith('_') and len(name) < 6))"
                ),
            ),
            5 => (
                vec![
                    plain(
                        &format!("{module}/__init__.py"),
                        "print('package', __name__, __package__)\nfrom .inner import value as given\nfrom . import inner as also\n__all__ = ['given', 'deep']".to_owned(),
                    ),
                    file(&format!("{module}/inner.py"), format!("print(__name__, __package__)\nvalue = {work}({n})")),
                    plain(
                        &format!("{module}/deep/__init__.py"),
                        "from ..inner import value\nfrom .. import given\nhere = (value == given, __name__)".to_owned(),
                    ),
                ],
                format!(
                    "from {module} import *
print(given, deep.here, deep.__package__)
import {module}, {module}.inner as inside
print(inside is {module}.also, inside.__name__)"
                ),
            ),
            6 => (
                vec![file(&format!("{module}.py"), format!("def known():\n    return {work}({n})"))],
                format!(
                    "try:
    from {module} import known, unknown
except ImportError as error:
    print(str(error).split(' (')[0])
try:
    import {module}
    {module}.unknown
except AttributeError as error:
    print(error)
{module}.unknown = {module}.known()
from {module} import unknown
print(unknown, getattr({module}, 'nothing', 'none'))
del {module}.unknown
print(hasattr({module}, 'unknown'))"
                ),
            ),
            7 => (
                vec![
                    file(&format!("{module}.py"), format!("def make():\n    return {work}({n})\nname = __name__")),
                    plain(&format!("{other}.py"), "name = __name__\ndef make():\n    return 'other'".to_owned()),
                ],
                format!(
                    "import {module} as one, {other} as two
import {module}
for loaded in (one, two, {module}):
    print(loaded.name, loaded.make(), loaded is one, type(loaded).__name__)"
                ),
            ),
            8 => (
                vec![file(
                    &format!("{module}.py"),
                    format!(
                        "import threading\nlock, rows = threading.Lock(), []\n\
                         class Store(threading.Thread):\n    def __init__(self, n):\n        super().__init__()\n        self.n = n\n    \
                         def run(self):\n        with lock:\n            rows.append({work}(self.n))"
                    ),
                )],
                format!(
                    "from {module} import Store, rows
stores = [Store(n) for n in range({n})]
for store in stores:
    store.start()
for store in stores:
    store.join()
import {module}
print(sorted(rows), rows is {module}.rows, Store.__module__, type(stores[0]).__qualname__)"
                ),
            ),
            9 => (
                vec![file(
                    &format!("{module}.py"),
                    format!(
                        "from concurrent.futures import ThreadPoolExecutor\n_pool = ThreadPoolExecutor(2)\ndef submit(n):\n    return _pool.submit({work}, n)\nif __name__ == '__main__':\n    print('never')"
                    ),
                )],
                format!(
                    "import {module} as jobs
print([future.result() for future in map(jobs.submit, range({n}))], jobs.__name__)
jobs._pool.shutdown()"
                ),
            ),
            10 => (
                vec![
                    plain(
                        &format!("{module}.py"),
                        format!("def load():\n    import {other}\n    return {other}.ready\nready = True"),
                    ),
                    file(&format!("{other}.py"), format!("from {module} import ready\nprint('late', {work}({n}))")),
                ],
                format!(
                    "import {module}
threads = [threading.Thread(target=lambda: print({module}.load()))]
for thread in threads:
    thread.start()
    thread.join()
print({module}.load(), __name__)"
                ),
            ),
            _ => (
                vec![file(
                    &format!("{module}.py"),
                    format!(
                        "class Trouble(Exception):\n    pass\ndef fail(n):\n    if n:\n        raise Trouble({work}(n))\n    return 'fine'"
                    ),
                )],
                format!(
                    "from {module} import Trouble, fail
import {module}
for n in range(2):
    try:
        print(fail(n))
    except {module}.Trouble as error:
        print(repr(error), type(error).__module__, type(error) is Trouble)
def catch(n):
    try:
        fail(n)
    finally:
        print('after', n)
thread = threading.Thread(target=catch, args=(1,))
thread.start()
thread.join()"
                ),
            ),
        };
        self.files.extend(files);
        vec![line(text)]
    }
}
