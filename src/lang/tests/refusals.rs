//! What is refused, and how it is said.

use super::*;

/// Each complaint about `text`: the text it is about, what is wrong, and the advice.
fn report(text: &str) -> String {
    let mut report = String::new();
    for complaint in complaints(text) {
        let at = complaint.span.unwrap_or_default();
        let line = Source::new("", text).line_of(at.start);
        let about = text[at.start as usize..at.end as usize].lines().next().unwrap_or_default();
        let advice = complaint.advice.map(|advice| format!(" ({advice})")).unwrap_or_default();
        let _ = writeln!(report, "{line}: {about} | {}{advice}", complaint.message);
    }
    report
}

#[test]
fn all_refusals_are_reported_at_once_in_source_order() {
    let text = "\
import numpy as np, asyncio
from asyncio import Queue
from os.path import join
from concurrent.futures import ProcessPoolExecutor
from . import sibling
from queue import Lifo
from threading import lock, Lock
import threading as th
async def f():
    await g()
    async with a: pass
    async for b in c: pass
    [d async for d in e]
type X = int
def g[T](x): pass
class A[T](B, metaclass=M): pass
class C(*bases):
    __slots__ = ('a',)
    def __new__(cls): pass
    match 1:
        case _: pass
try: pass
except* E: pass
match x:
    case {'a': 1}: pass
    case Point(x=0): pass
y = 3j
z = yield_from
def h():
    v = yield from k()
    yield from k()
th.Lokc()
th.Lock = 1
open('f').read()
eval('1'); input(); t'{x}'
print(BlockingIOError, __print, 3j)
print('\\ud83d', f'{x}\\uDE00', r'\\ud83d', '\\ufffd')
";
    insta::assert_snapshot!(report(text));
}

#[test]
fn members_are_refused_over_dots_and_through_other_names() {
    let text = "\
import concurrent.futures
import os.path
import threading
from time import *
pools = concurrent.futures
pools.ProcessPoolExecutor
concurrent.futures.Thread
os.path.getmtime = 1
def f():
    threads = threading
    return threads.lock(), sleep, clock_getres, nothing.at.all
pools = None
import time
while time: time = time.nowhere
";
    insta::assert_snapshot!(report(text));
}

#[test]
fn syntax_errors_speak_as_cpython_does() {
    let cases = [
        "if x\n  pass\n",
        "x = (1,\ny = 2\n",
        "x = 1)\n",
        "x = (1]\n",
        "x = 'abc\n",
        "  x = 1\n",
        "if x:\npass\n",
        "if x:\n    y\n  z\n",
        "x = = 1\n",
        "f(a=1, 2)\n",
        "def f(a=1, b): pass\n",
        "1 = x\n",
        "x = 1 +\n",
        "return 1\n",
        "break\n",
        "for i in y:\n  def f(): continue\n",
        "yield 1\n",
        "class C: return 1\n",
        "def f(a, a): pass\n",
        "def f(a):\n  global a\n",
        "def f():\n  x = 1\n  global x\n",
        "def f():\n  print(x)\n  nonlocal x\n",
        "def f():\n  nonlocal x\n",
        "nonlocal x\n",
        "f(a=1, a=2)\n",
        "*a = 1\n",
        "*a, *b = 1\n",
        "x = *a\n",
        "[i := 0 for i in y]\n",
        "class C: x = [y := 0 for i in z]\n",
        "try: pass\nexcept: pass\nexcept A: pass\n",
        "match x:\n  case _: pass\n  case 1: pass\n",
        "match x:\n  case a | 1: pass\n",
        "match x:\n  case [a, a]: pass\n",
        "from __future__ import braces\n",
        "x = $\n",
        "def f():\n  super().x\n  def g(): super()\n",
    ];
    let report: String = cases.iter().map(|text| report(text)).collect();
    insta::assert_snapshot!(report);
}

#[test]
fn bombs_are_turned_away_with_a_complaint() {
    let nested_finally = (0..12).fold("pass\n".to_owned(), |body, _| {
        let body: String = body.lines().map(|line| format!(" {line}\n")).collect();
        format!("try: pass\nfinally:\n{body}")
    });
    let many_returns =
        format!("def f():\n try:\n{}\n finally:\n{}", "  if a: return\n".repeat(20_000), "  a\n".repeat(20_000));
    let bombs = [
        (format!("x = {}1{}", "(".repeat(5000), ")".repeat(5000)), "more than 100 nested brackets are not supported"),
        (format!("x = {}1", "not ".repeat(10_000)), "an expression of more than 1000 operators is not supported"),
        (nested_finally, "`finally` inside `finally` is nested too deeply"),
        (many_returns, "the program is too large once its `finally` blocks are written out"),
        (format!("with {}a: pass\n", "a, ".repeat(5000)), "too many statically nested blocks"),
        (format!("x = {}", "9".repeat(5000)), "exceeds the limit (4300 digits) for integer string conversion"),
        (format!("f({})", "1, ".repeat(70_000)), "more than 65535 values in one place"),
    ];
    for (text, message) in bombs {
        let found = complaints(&text);
        assert_eq!(found.first().map(|complaint| complaint.message.as_str()), Some(message));
    }
}

#[test]
fn deep_but_permitted_texts_compile() {
    program(&format!("x = 1{}", " + 1".repeat(900)));
    program(&format!("x = {}1", "not ".repeat(900)));
    program(&format!("x = a{}", ".b()[0]".repeat(300)));
    program(&format!("x = {}1{}", "[".repeat(99), "]".repeat(99)));
    program(&format!("x = 1{}", " if y else 1".repeat(400)));
    let chain: String = (0..5000).map(|n| format!("elif x == {n}: pass\n")).collect();
    program(&format!("if x: pass\n{chain}"));
}

#[test]
fn files_are_taken_in_or_turned_away_whole() {
    assert_eq!(read_bytes("a.py", b"\xef\xbb\xbfx = 1\n").map(|source| source.text().to_owned()), Ok("x = 1\n".into()));
    let message = |bytes: &[u8]| read_bytes("a.py", bytes).map_err(|complaints| complaints[0].message.clone()).err();
    assert_eq!(
        message(b"x = \xff"),
        Some("the file is not UTF-8 text (a wrong byte in line 1); save it as UTF-8".into())
    );
    assert_eq!(message(b"x\n\0"), Some("the file holds a NUL byte, in line 2".into()));
    assert_eq!(
        message(&vec![b' '; SIZE_LIMIT + 1]),
        Some("the file is larger than 1 MiB, the most that raddle takes in; that is reached in line 1".into())
    );
    assert_eq!(message(&vec![b' '; SIZE_LIMIT]), None);
}

#[test]
fn what_the_library_has_is_not_refused() {
    let text = "\
from __future__ import annotations
import threading
from time import sleep
def f(n: Unknown | int = 3) -> list[Whatever]:
    lock: threading.Lokc = threading.Lock()
    undefined_name()
    return sorted([n], key=lambda v: -v)
";
    assert_eq!(report(text), "");
}

#[test]
fn a_name_that_another_module_of_the_package_has_is_asked_for_there() {
    let told =
        report("from multiprocessing import ThreadPool\nimport multiprocessing\nmultiprocessing.BrokenProcessPool\n");
    assert!(told.contains("(write `from multiprocessing.pool import ThreadPool`)"), "{told}");
    assert!(told.contains("(write `from concurrent.futures.process import BrokenProcessPool`)"), "{told}");
}
