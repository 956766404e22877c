//! Which reads the writes of a program depend on.

use super::*;
use crate::base::{Flow, Link};
use crate::bytecode::flow::Dependence;

const VALUE: Option<Link> = Some(Link::Value);
const CHOICE: Option<Link> = Some(Link::Choice { made: false });
const MADE: Option<Link> = Some(Link::Choice { made: true });

/// How the write of `x` in the line with `# write` depends on the read in the line with `# read`; of items, if the program's
/// first line says so.
fn link(text: &str) -> Option<Link> {
    let program = program(text);
    let line = |mark: &str| text.lines().position(|line| line.contains(mark)).expect("it is marked") as u32 + 1;
    let x = program.symbols.iter().position(|name| **name == *"x").map(|index| crate::base::Symbol(index as u32));
    let name = if text.starts_with("# items") { None } else { x };
    Dependence::new(Arc::new(program)).link(name, line("# read"), line("# write"))
}

/// The same for the body of a function that has `x` for a global.
fn in_function(body: &str) -> Option<Link> {
    let body: String = body.lines().map(|line| format!("    {line}\n")).collect();
    link(&format!("x = 0\ndef f(a, b):\n    global x\n{body}"))
}

#[test]
fn values_are_followed_through_locals_and_operators() {
    for body in [
        "y = x # read\nx = y + 1 # write",
        "y = x # read\nz = [y, 5]\nx = z[0] # write",
        "y = x # read\nx = {1: y} # write",
        "y = x # read\nx = a if y else b # write",
        "y = x # read\na, b = b, y\nx = b # write",
        "y = x # read\nx = f'{y}' # write",
        "y = x # read\nx = max(y, a) # write",
        "y = x # read\nx = a.method(1, y) # write",
        "y = x # read\nx = g(key=y) # write",
        "y = x # read\nfor i in y:\n    x = i # write",
        "y = x # read\nx = y and a # write",
        "y = x # read\nwhile a:\n    y = y + 1\nx = y # write",
        "y = x # read\nx = -y # write",
        "y = x # read\nx = not y # write",
        "y = x # read\nx = a[y] # write",
        "y = x # read\nx = y[1:] # write",
        "y = x # read\nx = [*y] # write",
        "y = x # read\n(p, *q) = y\nx = q # write",
        "y = x # read\ny += a\nx = y # write",
        "try:\n    y = x # read\n    g(y)\nexcept ValueError:\n    y = 0\nx = y # write",
    ] {
        let expected = if body.contains("if y else") { CHOICE } else { VALUE };
        assert_eq!(in_function(body), expected, "{body}");
    }
}

#[test]
fn what_is_overwritten_is_gone() {
    for body in [
        "y = x # read\ny = 5\nx = y # write",
        "print(x) # read\nx = a # write",
        "y = x # read\nz = y\nx = b # write",
        "y = x # read\ndel y\ny = 3\nx = y # write",
        "y = x # read\nif a:\n    b = y\nx = a # write",
        "y = x, a # read\nx = 1 # write",
        "if a:\n    y = x # read\nx = 1 # write",
    ] {
        assert_eq!(in_function(body), None, "{body}");
    }
}

#[test]
fn what_was_read_decides_what_runs() {
    for body in [
        "if x is None: # read\n    x = 1 # write",
        "if x: # read\n    return\nx = 1 # write",
        "if not x: # read\n    pass\nelse:\n    x = 1 # write",
        "y = x # read\nif a and y > 1:\n    if b:\n        x = 1 # write",
        "while x < 3: # read\n    x = a # write",
        "while x: # read\n    pass\nx = 1 # write",
        "while True:\n    if x: # read\n        break\nx = 1 # write",
        "for i in a:\n    if x == i: # read\n        x = 1 # write",
        "for i in a:\n    if x == i: # read\n        continue\n    x = 1 # write",
        "if x: # read\n    y = 1\nelse:\n    y = 2\nx = y # write",
        "if x: # read\n    raise ValueError\nx = 1 # write",
        "assert x # read\nx = 1 # write",
        "match x: # read\n    case 0:\n        x = 1 # write",
        "with a:\n    if x: # read\n        x = 1 # write",
        "try:\n    if x: # read\n        raise ValueError\nexcept ValueError:\n    x = 1 # write",
        "if x: # read\n    try:\n        g()\n    except ValueError:\n        x = 1 # write",
        "while True:\n    if x: # read\n        x = 1 # write",
    ] {
        assert_eq!(in_function(body), CHOICE, "{body}");
    }
}

#[test]
fn what_was_read_does_not_decide_what_runs_in_any_case() {
    for body in [
        "if x: # read\n    g()\nx = 1 # write",
        "while True:\n    x = 1 # write\n    assert x # read",
        "if x: # read\n    a = 1\nelse:\n    a = 2\nx = 1 # write",
        "for i in x: # read\n    pass\nx = 1 # write",
        "for i in a:\n    x = 1 # write\n    while x: # read\n        pass",
        "try:\n    g(x) # read\nexcept ValueError:\n    pass\nx = 1 # write",
        "with a:\n    print(x) # read\n    x = 1 # write",
        "try:\n    print(x) # read\n    x = 1 # write\nfinally:\n    g()",
        "g(x) # read\nwhile a:\n    pass\nx = 1 # write",
    ] {
        assert_eq!(in_function(body), None, "{body}");
    }
}

#[test]
fn what_a_call_or_a_display_makes_is_another_one_each_time() {
    for (value, expected) in [
        ("1", CHOICE),
        ("'text'", CHOICE),
        ("a", CHOICE),
        ("a.b", CHOICE),
        ("a + 1", CHOICE),
        ("C()", MADE),
        ("make(1)", MADE),
        ("a.make()", MADE),
        ("make(key=1)", MADE),
        ("make(*a)", MADE),
        ("[]", MADE),
        ("{}", MADE),
        ("{1}", MADE),
        ("(1, [])", MADE),
        ("lambda: 1", MADE),
        ("[i for i in a]", MADE),
        ("[i for i in a if i < b]", MADE),
    ] {
        assert_eq!(in_function(&format!("if x is None: # read\n    x = {value} # write")), expected, "{value}");
        let through = format!("if x is None: # read\n    y = {value}\n    x = y # write");
        assert_eq!(in_function(&through), expected, "{value}");
    }
}

#[test]
fn functions_are_gone_into_and_out_of() {
    let get = "x = 0\ndef get():\n    return x # read\n";
    let set = "def put(value, other=0):\n    global x\n    x = value # write\n";
    for (text, expected) in [
        (format!("{get}{set}def f():\n    put(get() + 1)\n"), VALUE),
        (format!("{get}{set}def f():\n    put(value=get())\n"), VALUE),
        (format!("{get}{set}def f():\n    put(1, get())\n"), None),
        (format!("{get}{set}def f():\n    if get():\n        put(1)\n"), CHOICE),
        (format!("{get}{set}def f():\n    get()\n    put(1)\n"), None),
        (format!("{get}{set}def g(n):\n    return n * 2\ndef f():\n    put(g(get()))\n"), VALUE),
        (format!("{get}{set}def g(n):\n    put(n)\ndef f():\n    g(get())\n"), VALUE),
        (format!("{get}{set}def f():\n    h = put\n    h(get())\n"), VALUE),
        (format!("{set}{get}def make():\n    return []\ndef f():\n    if get() is None:\n        put(make())\n"), MADE),
        (format!("{set}{get}def one():\n    return 1\ndef f():\n    if get() is None:\n        put(one())\n"), MADE),
        (format!("{get}{set}def f(n):\n    if n:\n        f(n - 1)\n    put(get())\n"), VALUE),
    ] {
        assert_eq!(link(&text), expected, "{text}");
    }
}

#[test]
fn methods_and_properties_are_functions() {
    let class = "class C:\n    def __init__(self):\n        self.x = 0\n        self.x = 0\n";
    let methods =
        "    def get(self):\n        return self.x # read\n    def put(self, value):\n        self.x = value # write\n";
    for (text, expected) in [
        (format!("{class}{methods}def f(c):\n    c.put(c.get() + 1)\n"), VALUE),
        (format!("{class}{methods}def f(c):\n    if c.get():\n        c.put(1)\n"), CHOICE),
        (format!("{class}{methods}def f(c):\n    c.get()\n    c.put(1)\n"), None),
        (
            format!(
                "{class}    @staticmethod\n    def put(c, value):\n        c.x = value # write\ndef f(c):\n    y = c.x # read\n    C.put(c, y)\n"
            ),
            VALUE,
        ),
        (
            format!(
                "{class}    @property\n    def n(self):\n        return self.x # read\n    @n.setter\n    def n(self, v):\n        self.x = v # write\ndef f(c):\n    c.n += 1\n"
            ),
            VALUE,
        ),
        (format!("{class}def f(c):\n    y = c.x # read\n    c.x = y + 1 # write\n"), VALUE),
        (format!("{class}def f(c):\n    if c.x: # read\n        c.x = 1 # write\n"), CHOICE),
    ] {
        assert_eq!(link(&text), expected, "{text}");
    }
}

#[test]
fn items_are_followed_whatever_they_lie_in() {
    for (body, expected) in [
        ("y = d[k] # read\nd[k] = y + 1 # write", VALUE),
        ("y = d.get(k, 0) # read\nd[k] = y + 1 # write", VALUE),
        ("if k not in d: # read\n    d[k] = 1 # write", CHOICE),
        ("if k in d: # read\n    del d[k] # write", CHOICE),
        ("if d.get(k) is None: # read\n    d[k] = [] # write", MADE),
        ("try:\n    return d[k] # read\nexcept KeyError:\n    d[k] = 1 # write", CHOICE),
        ("try:\n    v = d[k] # read\nexcept KeyError:\n    v = []\nd[k] = v # write", VALUE),
        ("try:\n    print(d[k]) # read\n    d[k] = 1 # write\nexcept KeyError:\n    pass", None),
        ("print(d[k]) # read\nd[k] = 1 # write", None),
        ("y = d.pop(k) # read\nd[k] = y # write", None),
    ] {
        let body: String = body.lines().map(|line| format!("    {line}\n")).collect();
        let text = format!("# items\ndef f(d, k):\n{body}");
        assert_eq!(link(&text), expected, "{text}");
    }
    let box_class = "# items\nclass Box:\n    def __getitem__(self, k):\n        return self.d[k] # read\n    def __setitem__(self, k, v):\n        self.d[k] = v # write\n";
    assert_eq!(link(&format!("{box_class}def f(b):\n    b[1] += 1\n")), VALUE);
    assert_eq!(link(&format!("{box_class}def f(b):\n    b[1] = 1\n")), None);
}

#[test]
fn variables_of_functions_around_are_followed_too() {
    let around = |body: &str| {
        let body: String = body.lines().map(|line| format!("        {line}\n")).collect();
        link(&format!("def outer():\n    x = 0\n    def f(a):\n        nonlocal x\n{body}    return f, x\n"))
    };
    assert_eq!(around("y = x # read\nx = y + 1 # write"), VALUE);
    assert_eq!(around("if x: # read\n    x = a # write"), CHOICE);
    assert_eq!(around("print(x) # read\nx = a # write"), None);
}

#[test]
fn a_line_that_does_both_depends_on_itself() {
    for text in ["x += 1", "x = x + 1", "x = x * x", "x = f(x, 1)", "x = [x]"] {
        assert_eq!(in_function(&format!("{text} # read # write")), VALUE, "{text}");
    }
    assert_eq!(in_function("x = a # read # write"), None);
}

#[test]
fn other_names_are_other_places() {
    assert_eq!(link("x = z = 0\ndef f():\n    global x, z\n    y = z # read\n    x = y # write\n"), None);
    assert_eq!(link("x = z = 0\ndef f():\n    global x, z\n    y = x # read\n    z = y # write\n"), None);
    assert_eq!(link("x = 0\ndef f(d):\n    global x\n    y = d[0] # read\n    x = y # write\n"), None);
}
