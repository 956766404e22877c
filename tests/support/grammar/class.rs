//! Classes: inheritance, properties, special methods, and what is done with their instances.

use super::function::Function;
use super::{Grammar, Node, Ty, block, line};

/// A class whose instances are made of an integer and a string.
pub(super) struct Class {
    pub(super) name: String,
    /// Every class derives from the ones with these numbers, indirectly too.
    bases: Vec<usize>,
    attributes: Vec<(String, Ty)>,
    methods: Vec<Function>,
    /// The special methods that it has or inherits.
    special: Vec<&'static str>,
}

/// The special methods that a class may have, with bodies.
const SPECIAL: &[(&str, &str)] = &[
    ("__len__", "def __len__(self):\n    return len(self.b)"),
    ("__getitem__", "def __getitem__(self, at):\n    return self.b[at]"),
    ("__contains__", "def __contains__(self, item):\n    return item == self.a or item in self.b"),
    ("__iter__", "def __iter__(self):\n    yield self.a\n    yield from map(ord, self.b[:3])"),
    ("__call__", "def __call__(self, n=2, *rest):\n    return self.a * n - len(rest)"),
    ("__eq__", "def __eq__(self, other):\n    return isinstance(other, Guard) or self.a == getattr(other, 'a', None)"),
    ("__lt__", "def __lt__(self, other):\n    return (self.a, self.b) < (other.a, other.b)"),
    (
        "__add__",
        "def __add__(self, other):\n    return type(self)((self.a + (other if isinstance(other, int) else other.a)) % 1000, self.b)",
    ),
    ("__radd__", "def __radd__(self, other):\n    return type(self)(other % 100 + self.a % 100, 'r')"),
    ("__iadd__", "def __iadd__(self, other):\n    self.a = (self.a + int(other)) % 1000\n    return self"),
    ("__neg__", "def __neg__(self):\n    return type(self)(-self.a, self.b[::-1])"),
    ("__bool__", "def __bool__(self):\n    return self.a % 2 == 0"),
    ("__mul__", "def __mul__(self, times):\n    return [self.a] * (times % 4)"),
    ("__setitem__", "def __setitem__(self, at, value):\n    self.a = at\n    self.b = str(value)[:5]"),
    ("__str__", "def __str__(self):\n    return f'<{self.b}>'"),
    ("__format__", "def __format__(self, spec):\n    return f'[{self.a:{spec}}]'"),
    ("__int__", "def __int__(self):\n    return self.a"),
    (
        "__enter__",
        "def __enter__(self):\n    return self.a\ndef __exit__(self, kind, error, trace):\n    print('left', kind is None)\n    return kind is KeyError",
    ),
    ("__abs__", "def __abs__(self):\n    return abs(self.a) + 1"),
];

impl Class {
    /// The same class of a module that is imported: what it is called then, and after how many others it is numbered.
    pub(super) fn under(mut self, prefix: &str, before: usize) -> Class {
        self.name = format!("{prefix}{}", self.name);
        self.bases.iter_mut().for_each(|base| *base += before);
        self
    }
}

impl Grammar {
    pub(super) fn class_definition(&mut self) -> Vec<Node> {
        let number = self.classes.len();
        let name = self.fresh("C");
        let mut bases: Vec<usize> = Vec::new();
        for _ in 0..self.random.below(3) {
            if number > 0 {
                let base = self.random.below(number);
                let known = |&other: &usize| {
                    other == base
                        || self.classes[other].bases.contains(&base)
                        || self.classes[base].bases.contains(&other)
                };
                if !bases.iter().any(known) {
                    bases.push(base);
                }
            }
        }
        // Derived classes first, else no order of them all may exist.
        bases.sort_unstable_by(|a, b| b.cmp(a));
        let mut class = Class {
            name: name.clone(),
            bases: Vec::new(),
            attributes: Vec::new(),
            methods: Vec::new(),
            special: Vec::new(),
        };
        if bases.is_empty() {
            class.attributes = vec![("a".to_owned(), Ty::Int), ("b".to_owned(), Ty::Str)];
        }
        for &base in &bases {
            let from = &self.classes[base];
            class.bases.extend(from.bases.iter().copied().chain([base]));
            for attribute in &from.attributes {
                if !class.attributes.contains(attribute) {
                    class.attributes.push(attribute.clone());
                }
            }
            for method in &from.methods {
                if class.methods.iter().all(|known| known.name != method.name) {
                    class.methods.push(method.clone());
                }
            }
            class.special.extend(&from.special);
        }
        let heads: Vec<String> = bases.iter().map(|&base| self.classes[base].name.clone()).collect();
        let head =
            if heads.is_empty() { format!("class {name}:") } else { format!("class {name}({}):", heads.join(", ")) };
        let mut body = self.class_data(&mut class);
        body.push(self.initializer(&mut class, bases.is_empty()));
        if bases.is_empty() || self.random.chance(30) {
            body.push(block(
                "def __repr__(self):",
                vec![line(format!("return f'{name}({{self.a!r}}, {{self.b!r}})'"))],
            ));
        }
        for _ in 0..self.random.below(4) {
            let (special, text) = *self.random.pick(SPECIAL);
            body.push(line(text));
            class.special.push(special);
        }
        // Its instances can be used in its methods.
        self.classes.push(class);
        for _ in 0..self.random.between(1, 3) {
            body.push(self.method(number));
        }
        vec![block(head, body)]
    }

    fn class_data(&mut self, class: &mut Class) -> Vec<Node> {
        if self.random.chance(50) {
            return Vec::new();
        }
        let name = self.fresh("shared");
        let ty = *self.random.pick(&[Ty::Int, Ty::Str, Ty::Ints]);
        let value = self.atom(ty);
        class.attributes.push((name.clone(), ty));
        vec![line(format!("{name} = {value}"))]
    }

    fn initializer(&mut self, class: &mut Class, root: bool) -> Node {
        let around = self.enter(None);
        let first = if root { "self.a = a\nself.b = b" } else { "super().__init__(a, b)" };
        let mut body = vec![line(first)];
        self.declare("a", Ty::Int);
        self.declare("b", Ty::Str);
        if self.random.chance(50) {
            let name = self.fresh("d");
            let ty = self.plain();
            let value = self.expr(ty, 2);
            body.push(line(format!("self.{name} = {}", self.bounded(ty, value))));
            class.attributes.push((name, ty));
        }
        self.leave_function(around);
        block("def __init__(self, a=1, b='s'):", body)
    }

    /// A method: plain, static, of the class, or a property.
    fn method(&mut self, class: usize) -> Node {
        let inherited: Vec<Function> = self.classes[class].methods.clone();
        if !inherited.is_empty() && self.random.chance(35) {
            return self.overriding(&inherited);
        }
        let (name, returns) = (self.fresh("m"), self.plain());
        let kind = self.random.below(7);
        let mut function = self.signature(name.clone(), returns);
        let around = self.enter(Some(returns));
        let mut parameters = Vec::new();
        if kind != 1 {
            for (attribute, ty) in self.classes[class].attributes.clone() {
                let of_class = attribute.starts_with("shared");
                if kind != 0 || of_class {
                    self.declare(&format!("{}.{attribute}", if kind == 0 { "cls" } else { "self" }), ty);
                }
            }
            parameters.push(if kind == 0 { "cls".to_owned() } else { "self".to_owned() });
        }
        if kind == 2 {
            let value = self.expr(returns, 2);
            let value = self.bounded(returns, value);
            self.leave_function(around);
            self.classes[class].attributes.push((name.clone(), returns));
            let mut nodes = vec![block(format!("@property\ndef {name}(self):"), vec![line(format!("return {value}"))])];
            if self.random.chance(50) {
                nodes.push(block(
                    format!("@{name}.setter\ndef {name}(self, value):"),
                    vec![line(format!("print('set', value)\nself.a = {}", self.int_literal()))],
                ));
            }
            return if nodes.len() == 1 { nodes.remove(0) } else { block("if True:", nodes) };
        }
        parameters.extend(self.heading(&function));
        let mut body: Vec<Node> = Vec::new();
        if kind > 2 && self.random.chance(40) {
            let value = self.expr(Ty::Int, 2);
            body.push(line(format!("self.a = {}", self.bounded(Ty::Int, value))));
        }
        for _ in 0..self.random.between(0, 2) {
            body.push(self.statement(1));
        }
        let value = self.expr(returns, 2);
        body.push(line(format!("return {}", self.bounded(returns, value))));
        let cost = self.leave_function(around);
        function.cost = cost;
        self.classes[class].methods.push(function);
        let decorator = match kind {
            0 => "@classmethod\n",
            1 => "@staticmethod\n",
            _ => "",
        };
        block(format!("{decorator}def {name}({}):", parameters.join(", ")), body)
    }

    /// A method that a base has too, and that calls the base's.
    fn overriding(&mut self, inherited: &[Function]) -> Node {
        let method = self.random.pick(inherited).clone();
        let body = vec![
            line(format!("print('{}', len(args), sorted(kwargs))", method.name)),
            line(format!("return super().{}(*args, **kwargs)", method.name)),
        ];
        block(format!("def {}(self, *args, **kwargs):", method.name), body)
    }

    /// An expression that makes an instance.
    pub(super) fn instance(&mut self, class: usize, depth: usize) -> String {
        // An instance of a derived class will do.
        let fits: Vec<usize> = (0..self.classes.len())
            .filter(|&other| other == class || self.classes[other].bases.contains(&class))
            .collect();
        let name = self.classes[*self.random.pick(&fits)].name.clone();
        match self.random.below(4) {
            0 => format!("{name}()"),
            1 => format!("{name}(b={})", self.expr(Ty::Str, depth)),
            2 => format!("{name}({})", self.expr(Ty::Int, depth)),
            _ => format!("{name}({}, {})", self.expr(Ty::Int, depth), self.expr(Ty::Str, depth)),
        }
    }

    fn object(&mut self, depth: usize) -> Option<(usize, String)> {
        if self.classes.is_empty() {
            return None;
        }
        let class = self.random.below(self.classes.len());
        let text = match self.variable(Ty::Object(class)) {
            Some(name) => name,
            None => self.instance(class, depth),
        };
        Some((class, text))
    }

    /// An expression of that type that comes from an object.
    pub(super) fn of_object(&mut self, ty: Ty, depth: usize) -> Option<String> {
        let (class, object) = self.object(depth)?;
        let known = &self.classes[class];
        let mut found: Vec<String> = Vec::new();
        found.extend(known.attributes.iter().filter(|(_, of)| *of == ty).map(|(name, _)| format!("{object}.{name}")));
        let has = |name: &str| known.special.contains(&name);
        match ty {
            Ty::Int => {
                found.extend(has("__len__").then(|| format!("len({object})")));
                found.extend(has("__call__").then(|| format!("{object}(3)")));
                found.extend(has("__iter__").then(|| format!("sum({object})")));
                found.extend(has("__add__").then(|| format!("({object} + 5).a")));
                found.extend(has("__radd__").then(|| format!("(5 + {object}).a")));
                found.extend(has("__neg__").then(|| format!("(-{object}).a")));
                found.extend(has("__int__").then(|| format!("int({object})")));
                found.extend(has("__abs__").then(|| format!("abs({object})")));
                found.push(format!("getattr({object}, 'a', 0)"));
            }
            Ty::Bool => {
                found.extend(has("__eq__").then(|| format!("({object} == {object})")));
                found.extend(has("__lt__").then(|| format!("({object} < {object})")));
                found.extend(has("__contains__").then(|| format!("(3 in {object})")));
                found.push(format!("bool({object})"));
                found.push(format!("isinstance({object}, {})", known.name));
                found.push(format!("hasattr({object}, 'a')"));
                found.push(format!("issubclass(type({object}), {})", known.name));
            }
            Ty::Str => {
                found.push(format!("str({object})"));
                found.push(format!("repr({object})"));
                found.push(format!("type({object}).__name__"));
                found.extend(has("__getitem__").then(|| format!("{object}[0]")));
                found.extend(has("__getitem__").then(|| format!("{object}[1:]")));
            }
            Ty::Ints => {
                found.extend(has("__iter__").then(|| format!("[*{object}]")));
                found.extend(has("__iter__").then(|| format!("sorted({object})")));
                found.extend(has("__mul__").then(|| format!("({object} * 3)")));
            }
            _ => {}
        }
        let weight = self.weight;
        let methods: Vec<Function> =
            known.methods.iter().filter(|method| method.returns == ty && method.cheap(weight)).cloned().collect();
        if !methods.is_empty() && (found.is_empty() || self.random.chance(60)) {
            let method = self.random.pick(&methods).clone();
            self.charge(&method);
            let arguments = self.arguments(&method, depth);
            return Some(format!("{object}.{}({arguments})", method.name));
        }
        (!found.is_empty()).then(|| self.random.pick(&found).clone())
    }

    /// A statement about an object.
    pub(super) fn object_statement(&mut self) -> Node {
        let Some((class, object)) = self.object(1) else { return self.print() };
        let known = &self.classes[class];
        let (attributes, special, name) = (known.attributes.clone(), known.special.clone(), known.name.clone());
        let own = object.starts_with('v');
        match self.random.below(10) {
            0 | 1 if own => {
                let (attribute, ty) = self.random.pick(&attributes).clone();
                let value = self.expr(ty, 2);
                line(format!("{object}.{attribute} = {}", self.bounded(ty, value)))
            }
            2 if own
                && special.contains(&"__iadd__")
                && self.variables[self.own..].iter().any(|known| known.name == object) =>
            {
                line(format!("{object} += {}", self.expr(Ty::Int, 1)))
            }
            3 if special.contains(&"__setitem__") => {
                line(format!("{object}[{}] = {}", self.expr(Ty::Int, 1), self.expr(Ty::Str, 1)))
            }
            4 if special.contains(&"__enter__") => {
                let body = self.body(0);
                block(format!("with {object} as entered:"), [vec![line("print(entered)")], body].concat())
            }
            5 if special.contains(&"__lt__") => {
                line(format!("print(sorted([{object}, {name}(2), {name}(1, 'z')]), {object} > {name}())"))
            }
            6 => line(format!("print(f'{{{name}(7, \"f\")!r:>12}} {{{name}(8):>4}}')")),
            7 => line(format!("print([cls.__name__ for cls in type({object}).__mro__])")),
            8 if own => line(format!("del {object}.a")),
            _ => line(format!("print({object}, [{object}], {{1: {object}}})")),
        }
    }

    pub(super) fn class_scene(&mut self) -> Vec<Node> {
        let class = self.random.below(self.classes.len());
        let mut nodes = vec![self.assign_new(Ty::Object(class))];
        for _ in 0..self.random.between(3, 6) {
            nodes.push(match self.random.below(3) {
                0 => self.object_statement(),
                1 => {
                    let ty = self.plain();
                    match self.of_object(ty, 2) {
                        Some(part) => line(format!("print({part})")),
                        None => self.object_statement(),
                    }
                }
                _ => self.statement(1),
            });
        }
        nodes
    }
}
