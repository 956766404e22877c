//! Scenes in which the program asks for what is typed. Lines are taken as they come, no matter who asks; at their end there are none.

use super::{Grammar, Node, line};

/// What people type.
const LINES: &[&str] =
    &["7", "-3", " 42 ", "1.5", "ann", "", "two words", "q", "0x10", "1,2,3", "ß é", "yes", "1e3", "'quoted'"];

impl Grammar {
    pub(super) fn typed_scene(&mut self) -> Vec<Node> {
        let (work, definition) = self.work();
        for _ in 0..self.random.between(0, 6) {
            self.typed += *self.random.pick(LINES);
            self.typed.push('\n');
        }
        if self.random.one_in(6) {
            self.typed += "no end of line";
        }
        let (n, target) = (self.count(), self.fresh("target"));
        let prompt = *self.random.pick(&["", "'? '", "'name: '", "'>'"]);
        let text = match self.random.below(6) {
            0 => format!(
                "answers = []
try:
    for _ in range({n}):
        answers.append(input({prompt}))
except EOFError as error:
    print(repr(error), len(answers))
print(answers, [answer.strip().isdigit() for answer in answers])"
            ),
            1 => format!(
                "total = 0
while True:
    try:
        total += {work}(int(input({prompt})) % 100)
    except ValueError as error:
        print(error)
    except EOFError:
        break
print(total)"
            ),
            2 => format!(
                "asked, lock = [], threading.Lock()
def {target}(i):
    try:
        with lock:
            answer = input()
    except EOFError:
        answer = 'over'
    asked.append((answer, len(answer)))
threads = [threading.Thread(target={target}, args=(i,)) for i in range({n})]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(asked))"
            ),
            3 => format!(
                "lines = queue.Queue()
def {target}():
    while (row := lines.get()) is not None:
        print('row', row.title(), {work}(len(row)))
thread = threading.Thread(target={target})
thread.start()
try:
    for _ in range({n}):
        lines.put(input())
except EOFError:
    lines.put('end')
finally:
    lines.put(None)
thread.join()"
            ),
            4 => format!(
                "class {target}:
    def __init__(self):
        self.commands = {{'q': self.leave, 'yes': lambda: 'agreed'}}
    def leave(self):
        raise StopIteration('left')
    def ask(self):
        command = input({prompt})
        return self.commands.get(command, lambda: f'what is {{command!r}}?')()
shell = {target}()
for _ in range({n}):
    try:
        print(shell.ask())
    except (StopIteration, EOFError) as error:
        print(type(error).__name__, error)"
            ),
            _ => format!(
                "rows = sys.stdin.readline(), {work}({n})
print(rows)
for row in sys.stdin:
    print(repr(row), row.split())
    break
print([row.rstrip() for row in sys.stdin.readlines()], repr(sys.stdin.read()))"
            ),
        };
        vec![definition, line(text)]
    }
}
