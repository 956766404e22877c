//! Instructions, handlers and stack depths.

use super::*;
use crate::bytecode::Home;

/// Pieces of programs; each is compiled on its own, in a function, in a method, in a loop, and under a `try`.
const SNIPPETS: &[&str] = &[
    "x = 1",
    "a = b = c = [1, 2]",
    "a, (b, *c), d = 1, (2, 3), 4",
    "[a, b] = 1, 2",
    "x = 0\nx += 1\nx.y.z **= 2\nx[0][1] //= 3\nx[1:2] += [3]",
    "x: int = 1\ny: str\nx.z: int = 2\nx.q: int",
    "del x, y.z, w[0], (a, [b, c])",
    "x = [i for i in range(3) if i if i > 1]",
    "x = {i: j for i in y for j in i if j}",
    "x = {i for i, in y}",
    "x = [[(i, j) for j in range(i)] for i in y]",
    "x = list(i for i in y for j in i if j)",
    "x = sum(i * k for i in range(3) for k in y)",
    "x = [lambda: i for i in range(3)]",
    "x = [lambda: (i, j) for i in range(3) for j in range(i)]",
    "x = [(lambda: (yy := i)) for i in range(3)]",
    "x = [last := i for i in range(3)]",
    "if (n := 10) > 5: pass",
    "x = 1 if a else 2 if b else 3",
    "x = a and b or not c and (d or e)",
    "x = a < b <= c != d is e is not f in g not in h",
    "x = a < b < c if a < b < c else a < b < c",
    "if a and b or not (c and d): x = 1\nelif not e: x = 2\nelif True: x = 4\nelse: x = 3",
    "while a or b:\n  if c: break\n  elif d: continue\nelse:\n  x = 1",
    "while True:\n  x = 1\n  break",
    "while 0: x = 1",
    "while not False: pass",
    "for i in y:\n  for j in i:\n    if j: break\n  else: continue\n  break\nelse: x = 1",
    "for x.y, z[0] in w: pass",
    "try: x = 1\nexcept: x = 2",
    "try: x = 1\nexcept (A, B) as e: x = e\nexcept C: x = 3\nelse: x = 4\nfinally: x = 5",
    "try:\n  try: x = 1\n  finally: y = 2\nexcept A as e: raise\nfinally: z = 3",
    "try: x = 1\nfinally:\n  try: y = 1\n  finally:\n    try: z = 1\n    except A: w = 1",
    "for i in y:\n  try:\n    if i: continue\n    if j: break\n  except A as e:\n    if i: continue\n    if j: break\n  finally:\n    k()",
    "for i in y:\n  try: k()\n  finally:\n    if i: break\n    if j: continue",
    "while a:\n  with b as c, d() as (e, f), g:\n    if a: break\n    if c: continue\n    x = 1",
    "with (a as b, c as d[0]): pass",
    "with a, b:\n  with c as e.f:\n    raise x from y",
    "with a:\n  try:\n    with b: x = 1\n  except C: x = 2\n  finally: x = 3",
    "raise x",
    "assert a\nassert a, b\nassert False, 'no'",
    "match x:\n  case 1 | 2: y = 1\n  case 'a': y = 2\n  case None | True: y = 3\n  case [a, b, *rest] if a > b: y = 4\n  case (1, [2, c]) | [c]: y = c\n  case -1.5 | q.r: y = 0\n  case [] : y = 1\n  case [_, *_]: y = 7\n  case (2 | 3) as n: y = n\n  case other: y = other",
    "match x, 1:\n  case 1, z: pass\n  case _: pass",
    "x = f'a{b}c{d!r:>{w}.{p}}{e=}{e = !s}{g=:x}{{}}' 'tail' f'{h!a}'",
    "x = f''\ny = f'plain'\nz = 'a' 'b'\nw = b'a' b'\\x00'",
    "x = [*a, 1, *b]\ny = (*a, 1)\nz = {*a, 1, *b}\nw = {'a': 1, **b, 'c': 2}\nv = *a, *b",
    "f()\nf(1, 2)\nf(a=1)\nf(1, b=2)\nf(*a)\nf(1, *a, 2, **b)\nf(**a, b=1, **c)\nf(x for x in y)",
    "o.f()\no.f(1, a=2)\no.f(*a, **b)\no.f(1).g(2).h",
    "x = a[1], a[1:2], a[::2], a[:, 1], a[...]",
    "x = -1, +a, ~b, not c, 10 ** 100, 0xFFFFFFFFFFFFFFFFFFFF, 1_000, 1e400, (), (1, (2, None))",
    "x = a + b - c * d / e // f % g ** h << i >> j & k | l ^ m",
    "def g(): pass",
    "def g(a, /, b, c=1, *d, e, f=2, **h): return a, b, c, d, e, f, h",
    "def g(*, a=1, b): return lambda: a + b",
    "@a\n@b.c(1)\ndef g(x): return x",
    "@a\nclass C(B, D.E):\n  'doc'\n  x: int = 1\n  y = [x for x in range(3)]\n  z = (lambda: q)\n  def __init__(self): super().__init__(); self.__p = 1\n  @property\n  def p(self): return self.__p",
    "class C:\n  def f(self):\n    class D:\n      def g(self): return super().g(), self\n    return D",
    "class C: pass",
    "import threading, time as t, random\nfrom threading import Lock as L, Thread\nfrom queue import (Queue, Empty)",
    "def g():\n  total = 0\n  def h():\n    nonlocal total\n    total += 1\n    def k(): return total\n    return k\n  return h",
    "def g(n):\n  class C:\n    m = n\n    def k(self): return n\n    v = [n + i for i in range(3)]\n  return C",
    "def g():\n  global counter\n  counter += 1\n  del counter",
    "def g():\n  yield\n  x = yield 1\n  yield from h()\n  return 3",
    "x = lambda a, *b, c=1, **d: (a, b, c, d)",
    "pass; x = 1; y = 2",
    "if __name__ == '__main__':\n  main()",
    "'just a string'\n1\n...",
];

/// Ways out of nested blocks, in a function.
const EXITS: &[&str] = &[
    "return",
    "return f()",
    "try: return 1\nfinally: k()",
    "try: return f()\nfinally: return g()",
    "for i in y:\n  try: return i\n  finally: break",
    "for i in y:\n  try: return i\n  finally: continue",
    "for i in y:\n  with a as b:\n    for j in i:\n      with c: return j",
    "try:\n  with a: return f()\nexcept A as e:\n  return e\nelse: return 2\nfinally: k()",
    "try: pass\nexcept A as e:\n  try: return 1\n  finally: del e",
    "try:\n  try: f()\n  finally:\n    try: return 1\n    except A: return 2\n    finally: g()\nexcept: return 4",
    "with a:\n  try: raise x\n  except A as e:\n    with b: return 1\n  finally:\n    with c: k()",
    "while True:\n  try:\n    while True:\n      try: break\n      finally: k()\n    continue\n  finally:\n    if q: return",
    "if a:\n  return 1\nelse:\n  return 2\nunreachable()",
    "while True: pass\nunreachable()",
    "raise x\ntry: y = 1\nfinally: return",
];

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}\n")).collect()
}

#[test]
fn every_snippet_keeps_the_stack_in_order() {
    for snippet in SNIPPETS {
        program(snippet);
        let inner = indented(snippet);
        program(&format!("def f(a, b, c, x, y):\n{inner}"));
        program(&format!("class K:\n    def f(self, a, b, c, x, y):\n{}", indented(&inner)));
        program(&format!("for loop in loops:\n{inner}"));
        program(&format!("try:\n{inner}except E as e:\n{inner}else:\n{inner}finally:\n{inner}"));
        program(&format!("with manager as m:\n{inner}"));
    }
}

#[test]
fn snippets_in_class_bodies_keep_the_stack_in_order() {
    let fitting = |snippet: &&&str| !["match", "last :="].iter().any(|word| snippet.contains(word));
    for snippet in SNIPPETS.iter().filter(fitting) {
        program(&format!("class K:\n{}", indented(snippet)));
    }
}

#[test]
fn every_way_out_keeps_the_stack_in_order() {
    for exit in EXITS {
        let inner = indented(exit);
        program(&format!("def f(y):\n{inner}"));
        program(&format!("def f(y):\n    yield 1\n{inner}"));
        let around = ["try:\n{}except E as x:\n{}finally:\n{}", "for q in z:\n{}else:\n{}", "with o as p:\n{}"];
        for shape in around {
            let nested = indented(&shape.replace("{}", &inner));
            program(&format!("def f(y):\n{nested}"));
        }
    }
}

#[test]
fn the_prelude_is_linked_and_sound() {
    let program = program("# sorted next Condition");
    let prelude = program.startup.first().map(|&id| program.code(id).is_hidden());
    assert_eq!(prelude, Some(true));
    let names = ["sorted", "list_sort", "print", "str_join", "condition_wait_for", "list_repr", "next_default"];
    for name in names {
        let bound = |global: &&Global| global.home == Home::Prelude && &**program.name(global.name) == name;
        assert!(program.globals.iter().any(|global| bound(&global)), "{name}");
    }
}

#[test]
fn a_return_through_finally_runs_it_outside_its_own_handler() {
    let program = program("def f():\n  try:\n    return g()\n  finally:\n    h()\n");
    insta::assert_snapshot!(disassemble(&program, "f"));
}

#[test]
fn continue_in_a_try_inside_a_loop() {
    let program = program("def f(y):\n  for i in y:\n    try:\n      continue\n    except E as e:\n      break\n");
    insta::assert_snapshot!(disassemble(&program, "f"));
}

#[test]
fn with_enters_stores_exits_and_swallows() {
    let program = program("def f():\n  with a as b:\n    return b\n");
    insta::assert_snapshot!(disassemble(&program, "f"));
}

#[test]
fn lines_are_those_of_cpython() {
    let program = program("def f():\n  x = g(\n    h(1),\n    2,\n  )\n  return (x\n    .a\n    .b(3)\n  )\n");
    let code = code(&program, "f");
    let lines: Vec<(String, u32)> = (code.instructions.iter().enumerate())
        .filter(|(_, i)| {
            use Instruction as I;
            matches!(i, I::Call(_) | I::LoadMethod(..) | I::CallMethod(_) | I::LoadAttribute(_))
        })
        .map(|(at, i)| (format!("{i:?}"), code.line_of(at as u32)))
        .map(|(i, line)| (i.split('(').next().unwrap().to_owned(), line))
        .collect();
    let expected = [("Call", 3), ("Call", 2), ("LoadAttribute", 7), ("LoadMethod", 8), ("CallMethod", 8)];
    assert_eq!(lines, expected.map(|(name, line)| (name.to_owned(), line)));
}
