//! Programs that run out of the memory that they may have: with the real binary, and replayed from their recordings.

#[path = "support/process.rs"]
mod process;

use process::Outcome;
use std::ffi::OsStr;
use std::fs;
use std::path::PathBuf;
use std::process::Stdio;

fn place(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("memory");
    fs::create_dir_all(&folder).expect("the folder can be made");
    folder.join(name)
}

fn raddle(arguments: &[&OsStr]) -> Outcome {
    process::run(arguments, Stdio::null())
}

/// Runs a program with so much memory, and replays it. Both must print the same, which this gives.
#[track_caller]
fn printed(name: &str, memory: &str, program: &str) -> Vec<String> {
    let (source, recording) = (place(&format!("{name}.py")), place(&format!("{name}.raddle")));
    fs::write(&source, program).expect("the file can be written");
    let words =
        ["run", "--headless", "--memory", memory, "--policy", "random", "--seed", "3", "--record"].map(OsStr::new);
    let run = raddle(&[&words[..], &[recording.as_os_str(), source.as_os_str()]].concat());
    assert!(!run.hung && run.status == Some(0), "{name}: {:?} {:?}", run.status, run.stderr);
    let again = raddle(&["replay".as_ref(), "--headless".as_ref(), recording.as_os_str()]);
    assert_eq!(again.stdout, run.stdout, "{name}, played again: {:?}", again.stderr);
    run.stdout
}

#[test]
fn what_is_kept_runs_out_and_can_be_caught() {
    let makes = [
        ("strings", "'x' * 10 ** 5"),
        ("short_strings", "str(len(kept)) * 3"),
        ("bytes", "bytes(10 ** 5)"),
        ("lists", "[0] * 1000"),
        ("list_literals", "[len(kept), 1, 2]"),
        ("tuples", "(len(kept), 'a')"),
        ("dicts", "{len(kept): 1}"),
        ("sets", "{1, 2, 3}"),
        ("integers", "1 << 10 ** 6"),
        ("deques", "deque(range(100))"),
        ("instances", "Plain(len(kept))"),
        ("joined", "', '.join(['a' * 100] * 1000)"),
        ("formatted", "f'{len(kept):>100000}'"),
    ];
    for (name, make) in makes {
        let program = format!(
            "from collections import deque\nclass Plain:\n    def __init__(self, number):\n        self.number = number\ndef fill():\n    \
             kept = []\n    try:\n        while True:\n            kept.append({make})\n    except MemoryError:\n        return \
             len(kept)\nfirst = fill()\nprint(first > 50, first < 1_000_000)\nprint(fill() > first // 3)\n"
        );
        assert_eq!(printed(name, "16M", &program), ["True True", "True"], "{name}");
    }
}

#[test]
fn one_container_that_grows_runs_out_too() {
    for (name, start, grow) in [
        ("list", "[]", "kept.append(1)"),
        ("dict", "{}", "kept[len(kept)] = 1"),
        ("set", "set()", "kept.add(len(kept))"),
        ("text", "''", "kept += 'abcdefgh' * 100"),
        ("doubled", "[1]", "kept = kept + kept"),
        ("number", "3", "kept = kept * kept"),
        ("deque", "deque()", "kept.append(1)"),
        ("deque_left", "deque()", "kept.appendleft(1)"),
        ("defaults", "{}", "kept.setdefault(len(kept), 1)"),
        ("frozen", "frozenset()", "kept = kept | frozenset(range(len(kept), len(kept) + 10 ** 4))"),
        ("spread", "{}", "kept = {**kept, **dict.fromkeys(range(len(kept), len(kept) + 10 ** 4))}"),
    ] {
        let program = format!(
            "from collections import deque\nkept = {start}\ntry:\n    while True:\n        {grow}\nexcept MemoryError:\n    kept = None\n    print('caught')\n\
             print(len([0] * 100_000))\n"
        );
        assert_eq!(printed(&format!("grow_{name}"), "16M", &program), ["caught", "100000"], "{name}");
    }
}

#[test]
fn what_a_single_call_would_make_runs_out_before_it_is_made() {
    for (name, made) in [
        ("choices", "random.choices('ab', k=10 ** 9)"),
        ("sample", "random.sample(range(10 ** 10), 10 ** 9)"),
        ("product", "list(itertools.product(range(100), repeat=4))"),
        ("combinations", "list(itertools.combinations(range(300), 4))"),
        ("accumulate", "list(itertools.accumulate(['x' * 1000] * 10 ** 6))"),
        ("translate", "('a' * 10 ** 5).translate({97: 'x' * 10 ** 6})"),
        ("split", "('a,' * 10 ** 6).split(',')"),
        ("rsplit", "('a ' * 10 ** 6).rsplit()"),
        ("lines", "('a\\n' * 10 ** 6).splitlines()"),
        ("characters", "list('abc' * 10 ** 6)"),
        ("pairs", "list(enumerate('abc' * 10 ** 6))"),
        ("zipped", "dict(zip(range(10 ** 7), range(10 ** 7)))"),
        ("tabs", "'\\t'.expandtabs(10 ** 9)"),
        ("parts", "f'{long}{long}{long}{long}{long}'"),
        ("template", "('{0}' * 1000).format(long)"),
        ("percent", "'%s' * 1000 % ((long,) * 1000)"),
        ("hexadecimal", "(b'a' * 10 ** 7).hex()"),
        ("generator", "''.join('x' * 1000 for _ in range(10 ** 6))"),
        ("endless_deque", "deque(itertools.count())"),
        ("repeated_deque", "deque(itertools.repeat(1))"),
        ("generated_deque", "deque(number for number in itertools.count())"),
        ("extended_deque", "deque().extend(itertools.cycle('ab'))"),
        ("json", "json.dumps([long] * 1000)"),
        ("json_keys", "json.dumps({long + str(number): number for number in range(1000)})"),
        (
            "wrapped",
            "textwrap.fill('a b ' * 10 ** 4, initial_indent=long, subsequent_indent=long, width=len(long) + 4)",
        ),
    ] {
        let program = format!(
            "import itertools, json, random, textwrap\nfrom collections import deque\nlong = ' ' * (4 * 10 ** 6)\ntry:\n    kept = {made}\n    del kept\n    \
             print('made')\nexcept MemoryError:\n    print('caught')\nprint(len([0] * 100_000))\n"
        );
        assert_eq!(printed(&format!("single_{name}"), "16M", &program), ["caught", "100000"], "{name}");
    }
}

#[test]
fn a_chain_of_things_that_never_change_runs_out_too() {
    for (name, link) in [
        ("pairs", "(kept, 1)"),
        ("closures", "(lambda kept=kept: kept)"),
        ("slices", "slice(kept, 1)"),
        ("made_slices", "slice(kept)"),
    ] {
        let program = format!(
            "def fill():\n    kept, links = (), 0\n    try:\n        while links < 2_000_000:\n            kept = {link}\n            \
             links += 1\n    except MemoryError:\n        kept = None\n        return links > 10_000\n    return 'never'\nprint(fill())\n"
        );
        assert_eq!(printed(name, "32M", &program), ["True"], "{name}");
    }
}

#[test]
fn what_is_dropped_does_not_run_out() {
    let program = "\
import threading, queue
passed = queue.Queue(2)
def make():
    for number in range(200):
        text = 'x' * 10 ** 6
        passed.put(text + str(number))
    passed.put(None)
total = 0
maker = threading.Thread(target=make)
maker.start()
while (text := passed.get()) is not None:
    total += len(text)
maker.join()
print(total)
";
    assert_eq!(printed("dropped", "128M", program), ["200000490"]);
}

#[test]
fn what_threads_share_and_what_each_has_is_reckoned_together() {
    let program = "\
import threading
shared, lock = [], threading.Lock()
def fill():
    own = []
    try:
        while True:
            own.append('y' * 10 ** 5)
            with lock:
                shared.append('x' * 10 ** 5)
    except MemoryError:
        own = None
threads = [threading.Thread(target=fill) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
count = len(shared)
shared.clear()
print(20 < count < 400)
";
    assert_eq!(printed("together", "32M", program), ["True"]);
}

#[test]
fn a_size_that_makes_no_sense_is_wrong_usage() {
    for bad in ["0", "12", "lots", "2GB", "-1G", "1.5G"] {
        let outcome = raddle(&["run", "--headless", "--memory", bad, "deadlock"].map(OsStr::new));
        assert_eq!(outcome.status, Some(2), "{bad}");
        assert!(outcome.stderr.iter().any(|line| line.contains("512M, 2G")), "{bad}: {:?}", outcome.stderr);
    }
}
