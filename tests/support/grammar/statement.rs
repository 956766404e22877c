//! Simple statements: assignments, changes to collections, printing, raising.

use super::{Grammar, Node, Ty, line};

impl Grammar {
    /// So many statements, as the body of something.
    pub(super) fn statements(&mut self, count: usize, depth: usize) -> Vec<Node> {
        let before = self.variables.len();
        let mut nodes = Vec::new();
        for _ in 0..count {
            nodes.push(self.statement(depth));
        }
        // Now and then a name stays in reach that may not be bound.
        if !self.random.one_in(25) {
            self.variables.truncate(before);
        }
        nodes
    }

    /// A block's body, with what is bound in it forgotten.
    pub(super) fn body(&mut self, depth: usize) -> Vec<Node> {
        let count = self.random.between(1, 3) as usize;
        self.statements(count, depth)
    }

    pub(super) fn statement(&mut self, depth: usize) -> Node {
        self.cost += self.weight;
        if depth > 0 && self.random.chance(38) {
            return self.compound(depth - 1);
        }
        match self.random.below(20) {
            0..=3 => {
                let ty = self.storable();
                self.assign_new(ty)
            }
            4 | 5 => self.assign_again(),
            6 | 7 => self.augmented(),
            8..=10 => self.change(),
            11 => self.unpacking(),
            12 if self.random.chance(20) => self.raise(),
            12 if self.random.chance(50) => {
                let (condition, message) = (self.expr(Ty::Bool, 1), self.expr(Ty::Str, 1));
                line(format!("assert {condition} or True, {message}"))
            }
            13 if self.random.chance(25) => self.deletion(),
            14 => self.object_statement(),
            _ => self.print(),
        }
    }

    /// A type for a variable: an object's now and then.
    fn storable(&mut self) -> Ty {
        if !self.classes.is_empty() && self.random.chance(25) {
            return Ty::Object(self.random.below(self.classes.len()));
        }
        if self.random.chance(8) { Ty::Set } else { self.plain() }
    }

    pub(super) fn assign_new(&mut self, ty: Ty) -> Node {
        let value = self.expr(ty, 3);
        let value = self.bounded(ty, value);
        let mut name = self.fresh("v");
        let node = match self.random.below(12) {
            0 => {
                let other = self.fresh("v");
                self.declare(&other, ty);
                line(format!("{name} = {other} = {value}"))
            }
            1 => {
                let annotation = match ty {
                    Ty::Int => "int",
                    Ty::Str => "str",
                    _ => "object",
                };
                // Its own stem, because no `global` may name it.
                name = self.fresh("t");
                line(format!("{name}: {annotation} = {value}"))
            }
            2 => line(format!("print(({name} := {value}) == {name})")),
            _ => line(format!("{name} = {value}")),
        };
        self.declare(&name, ty);
        node
    }

    fn assign_again(&mut self) -> Node {
        let ty = self.plain();
        match self.own_variable(ty) {
            Some(name) => {
                let value = self.expr(ty, 3);
                line(format!("{name} = {}", self.bounded(ty, value)))
            }
            None => self.assign_new(ty),
        }
    }

    fn augmented(&mut self) -> Node {
        let ty = *self.random.pick(&[Ty::Int, Ty::Int, Ty::Str, Ty::Ints, Ty::Float, Ty::Set, Ty::Dict]);
        let Some(name) = self.own_variable(ty) else { return self.assign_new(ty) };
        let value = self.expr(ty, 2);
        line(match ty {
            Ty::Int => match *self.random.pick(&["+", "-", "*", "//", "%", "&", "|", "^", ">>", "<<", "**"]) {
                "**" => format!("{name} **= 2\n{name} %= 10007"),
                "*" => format!("{name} *= {value}\n{name} %= 10**12"),
                shift @ (">>" | "<<") => format!("{name} {shift}= {}", self.random.between(0, 5)),
                operator => format!("{name} {operator}= {value}"),
            },
            Ty::Str => format!("{name} += {value}[:6]"),
            Ty::Ints => match self.random.below(4) {
                0 => format!("{name}[{}] += {}", self.random.between(-2, 2), self.expr(Ty::Int, 1)),
                1 => format!("{name}[:] = {value}[:6]"),
                2 => format!("{name} *= {}\ndel {name}[6:]", self.random.between(0, 2)),
                _ => format!("{name} += {value}[:3]"),
            },
            Ty::Float => format!("{name} {}= {value}", self.random.pick(&["+", "-", "*", "/", "//", "%"])),
            Ty::Set => format!("{name} {}= {value}", self.random.pick(&["|", "&", "-", "^"])),
            _ => match self.random.below(2) {
                0 => format!("{name} |= {value}"),
                _ => format!("{name}['a'] = {name}.get('a', 0) + {}", self.expr(Ty::Int, 1)),
            },
        })
    }

    /// A method that changes a collection, or a deletion from it.
    fn change(&mut self) -> Node {
        let ty = *self.random.pick(&[Ty::Ints, Ty::Ints, Ty::Strs, Ty::Dict, Ty::Dict, Ty::Set, Ty::Nested]);
        let Some(name) = self.variable(ty) else { return self.assign_new(ty) };
        let (at, slice) = (self.random.between(-3, 3), self.slice());
        line(match ty {
            Ty::Ints => {
                let value = self.expr(Ty::Int, 2);
                let value = self.bounded(Ty::Int, value);
                match self.random.below(13) {
                    0..=2 => format!("{name}.append({value})"),
                    3 => format!("{name}.insert({at}, {value})"),
                    4 => format!("{name}.extend({}[:3])", self.expr(Ty::Ints, 1)),
                    5 => format!("print({name}.pop())"),
                    6 => format!("print({name}.pop({at}))"),
                    7 => format!("{name}.remove({value})"),
                    8 => format!("print({name}.{}())", self.random.pick(&["sort", "reverse", "clear"])),
                    9 => format!("{name}.sort(key=lambda n: -n % 7, reverse={})", self.expr(Ty::Bool, 1)),
                    10 => format!("del {name}[{at}]"),
                    11 => format!("del {name}[{slice}]"),
                    _ => format!("{name}[{slice}] = {}[:3]", self.expr(Ty::Ints, 1)),
                }
            }
            Ty::Strs => {
                let value = self.expr(Ty::Str, 2);
                let value = self.bounded(Ty::Str, value);
                match self.random.below(5) {
                    0 | 1 => format!("{name}.append({value})"),
                    2 => format!("{name}.sort(key=len)"),
                    3 => format!("{name}[{at}] = {value}"),
                    _ => format!("{name}.remove({value})"),
                }
            }
            Ty::Dict => {
                let (key, value) = (self.expr(Ty::Str, 2), self.expr(Ty::Int, 2));
                let (key, value) = (self.bounded(Ty::Str, key), self.bounded(Ty::Int, value));
                match self.random.below(9) {
                    0..=2 => format!("{name}[{key}] = {value}"),
                    3 => format!("del {name}[{key}]"),
                    4 => format!("print({name}.pop({key}, {value}))"),
                    5 => format!("print({name}.pop({key}))"),
                    6 => format!("print({name}.setdefault({key}, {value}))"),
                    7 => format!("{name}.update({}, b={value})", self.expr(Ty::Dict, 1)),
                    _ => format!("print({name}.popitem())"),
                }
            }
            Ty::Set => {
                let value = self.expr(Ty::Int, 2);
                match self.random.below(5) {
                    0 | 1 => format!("{name}.add({value})"),
                    2 => format!("{name}.discard({value})"),
                    3 => format!("{name}.remove({value})"),
                    _ => format!(
                        "{name}.{}({})",
                        self.random.pick(&["update", "difference_update", "intersection_update"]),
                        self.expr(Ty::Ints, 1)
                    ),
                }
            }
            _ => match self.random.below(3) {
                0 => format!("{name}.append({})", self.expr(Ty::Ints, 1)),
                1 => format!("{name}[0].append({})", self.expr(Ty::Int, 1)),
                _ => format!("{name}[{at}][{}] = {}", self.random.between(-2, 2), self.expr(Ty::Int, 1)),
            },
        })
    }

    /// Several names at once.
    fn unpacking(&mut self) -> Node {
        let [a, b, c] = [(); 3].map(|()| self.fresh("u"));
        match self.random.below(6) {
            0 => {
                let text = format!("{a}, {b} = {}, {}", self.expr(Ty::Int, 2), self.expr(Ty::Str, 2));
                self.declare(&a, Ty::Int);
                self.declare(&b, Ty::Str);
                line(text)
            }
            1 => {
                let text = format!("{a}, *{b} = {}", self.expr(Ty::Ints, 2));
                self.declare(&a, Ty::Int);
                self.declare(&b, Ty::Ints);
                line(text)
            }
            2 => {
                let text = format!("{a}, *{b}, {c} = {}", self.expr(Ty::Str, 2));
                self.declare(&a, Ty::Str);
                self.declare(&b, Ty::Strs);
                self.declare(&c, Ty::Str);
                line(text)
            }
            3 => {
                let text = format!("({a}, {b}), {c} = {}, {}", self.expr(Ty::Pair, 2), self.expr(Ty::Ints, 2));
                self.declare(&a, Ty::Int);
                self.declare(&b, Ty::Str);
                self.declare(&c, Ty::Ints);
                line(text)
            }
            4 => {
                let ty = self.plain();
                match (self.own_variable(ty), self.own_variable(ty)) {
                    (Some(one), Some(other)) => line(format!("{one}, {other} = {other}, {one}")),
                    _ => self.print(),
                }
            }
            _ => {
                let text = format!("[{a}, {b}] = {}", self.expr(Ty::Ints, 2));
                self.declare(&a, Ty::Int);
                self.declare(&b, Ty::Int);
                line(text)
            }
        }
    }

    fn deletion(&mut self) -> Node {
        let ty = self.plain();
        let Some(name) = self.own_variable(ty) else { return self.print() };
        // Most of the time nothing uses it any more.
        if self.random.chance(90) {
            self.variables.retain(|known| known.name != name);
        }
        line(format!("del {name}"))
    }

    pub(super) fn print(&mut self) -> Node {
        let count = self.random.between(1, 3);
        let mut items: Vec<String> = (0..count)
            .map(|_| {
                let ty = self.plain();
                self.expr(ty, 3)
            })
            .collect();
        items.extend(match self.random.below(14) {
            0 => Some("sep='|'".to_owned()),
            1 => Some("end=' '".to_owned()),
            2 => Some("sep=''".to_owned()),
            3 => Some(format!("*{}", self.expr(Ty::Ints, 2))),
            _ => None,
        });
        line(format!("print({})", items.join(", ")))
    }

    pub(super) fn raise(&mut self) -> Node {
        let error = self.error();
        let text = match self.random.below(5) {
            0 => format!("raise {error} from {}", self.error()),
            1 => format!("raise {error} from None"),
            2 => format!("raise {}", self.error_class()),
            _ => format!("raise {error}"),
        };
        line(text)
    }

    /// The name of an exception's class.
    pub(super) fn error_class(&mut self) -> String {
        if !self.errors.is_empty() && self.random.chance(35) {
            return self.random.pick(&self.errors).clone();
        }
        (*self.random.pick(&[
            "ValueError",
            "KeyError",
            "TypeError",
            "RuntimeError",
            "IndexError",
            "ZeroDivisionError",
            "LookupError",
            "ArithmeticError",
            "OSError",
            "NotImplementedError",
        ]))
        .to_owned()
    }

    /// An exception.
    pub(super) fn error(&mut self) -> String {
        let class = self.error_class();
        match self.random.below(5) {
            0 => format!("{class}()"),
            // Two arguments of an `OSError` are an error number, and decide which class it is.
            1 if class != "OSError" => format!("{class}({}, {})", self.expr(Ty::Int, 1), self.expr(Ty::Str, 1)),
            2 => {
                let ty = self.plain();
                format!("{class}({})", self.expr(ty, 1))
            }
            _ => format!("{class}({})", self.expr(Ty::Str, 1)),
        }
    }

    /// The program's own exceptions.
    pub(super) fn error_classes(&mut self) -> Vec<Node> {
        let mut nodes = Vec::new();
        for _ in 0..self.random.between(1, 2) {
            let name = self.fresh("Error");
            let base = match self.errors.first() {
                Some(base) if self.random.chance(40) => base.clone(),
                _ => (*self.random.pick(&["Exception", "ValueError", "KeyError", "RuntimeError"])).to_owned(),
            };
            let body = match self.random.below(4) {
                0 => "def __str__(self):\n    return f'<{len(self.args)}>'",
                1 => "def __init__(self, *args):\n    super().__init__(*args)\n    self.count = len(args)",
                _ => "",
            };
            nodes.push(Node::Block(vec![(
                format!("class {name}({base}):"),
                vec![line(body)].into_iter().filter(|_| !body.is_empty()).collect(),
            )]));
            self.errors.push(name);
        }
        nodes
    }
}
