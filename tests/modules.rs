//! Modules that CPython does not have, or that are different every time there.

use std::path::{Path, PathBuf};
use std::process::Command;

fn program(name: &str, text: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("modules-{name}.py"));
    std::fs::write(&path, text).expect("the file can be written");
    path
}

/// The lines that a run prints.
fn printed(program: &Path, arguments: &[&str]) -> Vec<String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_raddle"));
    let output = command.args(["run", "--headless"]).args(arguments).arg(program).output().expect("the binary runs");
    assert!(output.status.success(), "{output:?}");
    String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect()
}

#[test]
fn colours_are_no_text_and_a_bar_is_a_loop() {
    let text = "\
from colorama import Back, Fore, Style, init
from tqdm import tqdm, trange

init(autoreset=True)
print(Fore.RED + Back.LIGHTBLUE_EX + 'plain' + Style.RESET_ALL)
print([n * n for n in tqdm(range(3), desc='squares')], list(trange(2)))
with tqdm(total=5) as bar:
    for _ in range(5):
        bar.update(1)
    print(bar.n, bar.total)
tqdm.write('said')
try:
    Fore.PUCE
except AttributeError as error:
    print(error)
";
    let said = ["plain", "[0, 1, 4] [0, 1]", "5 5", "said", "'AnsiCodes' object has no attribute 'PUCE'"];
    assert_eq!(printed(&program("colours", text), &[]), said);
}

#[test]
fn what_nobody_can_guess_comes_from_the_seed() {
    let text = "\
import random, secrets, tempfile, uuid
random.seed(1)
print(secrets.token_hex(4), uuid.uuid4(), tempfile.mktemp())
print(random.random())
";
    let path = program("secrets", text);
    let run = |seed| printed(&path, &["--seed", seed]);
    let (first, again, other) = (run("1"), run("1"), run("2"));
    assert_eq!(first, again);
    assert_ne!(first[0], other[0]);
    // They take nothing from the program's own generator.
    assert_eq!((&*first[1], &*other[1]), ("0.13436424411240122", "0.13436424411240122"));
}
