//! What names are: locals, globals, cells, attributes, hints.

use super::*;

fn globals(text: &str) -> Vec<(String, bool)> {
    let program = program(text);
    let own = program.globals.iter().filter(|global| global.home == crate::bytecode::Home::Scenario);
    own.map(|global| (program.name(global.name).to_string(), global.bound_once)).collect()
}

fn bound_once(text: &str, name: &str) -> Option<bool> {
    globals(text).into_iter().find(|(known, _)| known == name).map(|(_, once)| once)
}

#[test]
fn names_that_only_module_code_uses_are_locals() {
    let text = "a = 1\nb = a\ndef f(): return b\nc = [a for a in range(b)]\nprint(c)\n";
    let names: Vec<String> = globals(text).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["b", "range", "print"]);
    let program = program(text);
    let locals = code(&program, "<module>").locals.iter().map(|&name| program.name(name).to_string());
    assert_eq!(locals.collect::<Vec<_>>(), ["a", "f", "c", "a"]);
}

#[test]
fn a_name_that_hides_a_builtin_is_a_global() {
    assert_eq!(bound_once("max = max(1, 2)\n", "max"), Some(true));
}

#[test]
fn bound_once_is_lost_by_anything_that_can_bind_again() {
    let once = ["x = 1", "def x(): pass", "class x: pass", "import time as x", "x: int = 1", "if y: x = 1"];
    for binding in once {
        assert_eq!(bound_once(&format!("{binding}\ndef f(): return x\n"), "x"), Some(true), "{binding}");
    }
    let again = [
        "x = 1\nx = 2",
        "x = 1\nx += 1",
        "if y: x = 1\nelse: x = 2",
        "for x in y: pass",
        "while y: x = 1",
        "for i in y:\n  import time as x",
        "x = 1\ndel x",
        "def g():\n  global x\n  x = 1",
        "x = 1\ndef g():\n  global x\n  return x",
        "try: pass\nexcept E as x: pass",
        "z = [x := i for i in y]",
        "while (x := 1): pass",
    ];
    for binding in again {
        assert_eq!(bound_once(&format!("{binding}\ndef f(): return x\n"), "x"), Some(false), "{binding}");
    }
}

#[test]
fn closures_share_cells() {
    let program =
        program("def f(a, b):\n  def g():\n    nonlocal a\n    a += b\n    return lambda: a\n  return g, a\n");
    let f = code(&program, "f");
    assert_eq!(f.cell_parameters, [(0, 0), (1, 1)]);
    assert_eq!(f.own_cells(), 2);
    assert_eq!(code(&program, "f.<locals>.g").captures, [0, 1]);
    assert_eq!(code(&program, "f.<locals>.g.<locals>.<lambda>").captures, [0]);
}

#[test]
fn a_comprehension_that_a_lambda_captures_has_a_new_cell() {
    let program = program("x = [lambda: i for i in range(3)]\n");
    insta::assert_snapshot!(disassemble(&program, "<module>"));
}

#[test]
fn class_bodies_look_up_names_as_python_does() {
    let program = program("x = 1\nclass C:\n  x = x\n  y = x\n  z = [x for _ in y]\n  def f(self): return x\n");
    insta::assert_snapshot!(disassemble(&program, "C"));
}

#[test]
fn private_names_are_mangled() {
    let text = "class _C:\n  __n = 1\n  def f(self, __a): return self.__x + self.__y__ + __a + other.f(__k=1)\n";
    let program = program(text);
    let symbols: Vec<&str> = program.symbols.iter().map(|name| &**name).filter(|name| name.contains("__")).collect();
    for name in ["_C__n", "_C__x", "_C__a", "_C__k", "__y__"] {
        assert!(symbols.contains(&name), "{name} {symbols:?}");
    }
}

fn attribute(text: &str, name: &str) -> AttributeUse {
    let program = program(text);
    let symbol = program.symbols.iter().position(|known| &**known == name);
    symbol.map_or(AttributeUse::Never, |index| program.attribute_use(crate::base::Symbol(index as u32)))
}

#[test]
fn attributes_that_only_an_init_stores() {
    let class = "class C:\n  x: int\n  def __init__(self, x):\n    super().__init__()\n    self.x = x\n";
    assert_eq!(attribute(class, "x"), AttributeUse::Init);
    assert_eq!(attribute("class C:\n  x = 1\n  y: int\nC().x\n", "x"), AttributeUse::Never);
    let other = "class D(C):\n  def __init__(self):\n    C.__init__(self, 1)\n";
    assert_eq!(attribute(&format!("{class}{other}"), "x"), AttributeUse::Init);
    let sibling = "import threading\nclass D(threading.Thread):\n  def __init__(self):\n    self.x = 1\n";
    assert_eq!(attribute(&format!("{class}{sibling}"), "x"), AttributeUse::Init);
}

#[test]
fn attributes_that_may_change() {
    let class = "class C:\n  def __init__(self, x):\n    self.x = x\n";
    let changes = [
        "c.x = 1",
        "c.x += 1",
        "del c.x",
        "for c.x in y: pass",
        "with y as c.x: pass",
        "setattr(c, n, 1)",
        "c.__init__(3)",
        "i = C.__init__",
        "c.__dict__[n] = 1",
        "class D:\n  def f(self): self.x = 2",
        "class D:\n  def __init__(self):\n    def g(): self.x = 2",
        "class D:\n  def __init__(self):\n    self.x = 1\n    self.x = 2",
        "class D:\n  def __init__(self):\n    for self.x in y: pass",
        "class D:\n  def __init__(self):\n    while y: self.x = 1",
        "class D:\n  def __init__(self):\n    self.x += 1",
        "class D:\n  def __init__(self, other):\n    other.x = 1",
        "class D:\n  def __init__(self):\n    self = y\n    self.x = 1",
        "class D(C):\n  def __init__(self):\n    super().__init__(1)\n    self.x = 1",
        "class D:\n  def __init__(self):\n    self.x = 1\nclass E(C, D): pass",
        "class D(make()):\n  def __init__(self):\n    self.x = 1",
    ];
    for change in changes {
        assert_eq!(attribute(&format!("{class}{change}\n"), "x"), AttributeUse::Anywhere, "{change}");
    }
}

fn hints(text: &str) -> Vec<(String, HintKind)> {
    let program = program(text);
    let codes = program.codes.iter().filter(|code| !code.is_hidden());
    codes.flat_map(|code| &code.hints).map(|(_, hint)| (program.name(hint.name).to_string(), hint.kind)).collect()
}

#[test]
fn calls_are_named_after_where_their_values_go() {
    use HintKind::{Attribute, Element, Variable};
    let cases = [
        ("a = L()", vec![("a", Variable)]),
        ("a: T = L(x=1)", vec![("a", Variable)]),
        ("a = L(*b)", vec![("a", Variable)]),
        ("a = m.L(b)", vec![("a", Variable)]),
        ("a, b = L(), R()", vec![("a", Variable), ("b", Variable)]),
        ("a = b.c = L()", vec![("a", Variable)]),
        ("o.a = L()", vec![("a", Attribute)]),
        ("a = [L() for _ in y]", vec![("a", Element)]),
        ("o.a = [[L() for _ in y] for _ in z]", vec![("a", Element)]),
        ("a = [L(), R()]", vec![("a", Element), ("a", Element)]),
        ("a = [L()] * 3", vec![("a", Element)]),
        ("a = {1: L(), **b}", vec![("a", Element)]),
        ("a = {k: L() for k in y}", vec![("a", Element)]),
        ("a[0] = L()", vec![("a", Element)]),
        ("a.append(L())", vec![("a", Element)]),
        ("o.a.append(L())", vec![("a", Element)]),
        ("a = L() if b else R()", vec![("a", Variable), ("a", Variable)]),
        ("if (a := L()): pass", vec![("a", Variable)]),
        ("with L() as a: pass", vec![("a", Variable)]),
        ("def f(a=L()): pass", vec![("a", Variable)]),
        ("a = L(R())", vec![("a", Variable)]),
        ("L()", vec![]),
        ("a = L().b", vec![]),
    ];
    for (text, expected) in cases {
        let expected: Vec<(String, HintKind)> = expected.into_iter().map(|(n, k)| (n.to_owned(), k)).collect();
        assert_eq!(hints(text), expected, "{text}");
    }
}
