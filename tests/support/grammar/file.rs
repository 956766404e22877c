//! Scenes with files, which lie in a folder that goes again.

use super::{Grammar, Node, Ty, line};

impl Grammar {
    pub(super) fn file_scene(&mut self) -> Vec<Node> {
        let (work, definition) = self.work();
        let (a, b) = (self.expr(Ty::Str, 2), self.expr(Ty::Strs, 2));
        let body = match self.random.below(6) {
            0 => format!(
                "with open(path, 'w') as file:
    print(file.write({a}), file.writelines(word + '\\n' for word in {b}), file.closed)
with open(path) as file:
    print([row.rstrip('\\n') for row in file], file.read())
with open(path, 'a') as file:
    print({a}, file=file)
print(open(path).read().count('\\n'), os.path.getsize(path) > 0, os.listdir(folder))"
            ),
            1 => format!(
                "rows = {{'words': {b}, 'number': {work}(3), 'none': None}}
with open(path, 'w') as file:
    json.dump(rows, file, indent=2)
with open(path) as file:
    print(json.load(file) == rows, sorted(rows))"
            ),
            2 => format!(
                "with open(path, 'w', newline='') as file:
    writer = csv.writer(file)
    writer.writerow(['word', 'number'])
    writer.writerows([word, {work}(n)] for n, word in enumerate({b}))
with open(path, newline='') as file:
    print([(row['word'], row['number']) for row in csv.DictReader(file)])"
            ),
            3 => format!(
                "place = pathlib.Path(folder) / 'inner' / 'file.txt'
print(place.exists(), place.name, place.suffix, place.stem, place.parent.name)
place.parent.mkdir()
print(place.write_text({a}), place.read_text() == {a}, place.is_file(), place.parent.is_dir())
print([it.name for it in place.parent.iterdir()], [it.name for it in pathlib.Path(folder).glob('*')])
place.unlink()
os.rmdir(place.parent)
print(os.path.exists(place), os.listdir(folder))"
            ),
            4 => "for mode in ('r', 'x', 'x', 'rb', 'q'):
    try:
        with open(path, mode) as file:
            print(mode, file.mode, file.readable(), file.writable(), file.tell())
    except (OSError, ValueError) as error:
        print(type(error).__name__, str(error).split(':')[0], getattr(error, 'errno', None))
os.remove(path)
try:
    os.remove(path)
except FileNotFoundError as error:
    print(error.errno, error.strerror)"
                .to_owned(),
            _ => format!(
                "lock = threading.Lock()
def save(n):
    with lock, open(path, 'a') as file:
        file.write(f'{{n}} {{{work}(n)}}\\n')
threads = [threading.Thread(target=save, args=(n,)) for n in range({n})]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
with open(path) as file:
    print(sorted(file.readlines()))",
                n = self.count()
            ),
        };
        let body: String = body.lines().map(|row| format!("    {row}\n")).collect();
        let text = format!(
            "with tempfile.TemporaryDirectory() as folder:\n    path = os.path.join(folder, 'file.txt')\n{body}"
        );
        vec![definition, line(text)]
    }
}
