//! Statements with blocks: branches, loops, `try`, `with` and `match`.

use super::{Grammar, Node, Ty, block, line};

impl Grammar {
    pub(super) fn compound(&mut self, depth: usize) -> Node {
        match self.random.below(16) {
            0..=3 => self.branch(depth),
            4..=6 => self.for_loop(depth),
            7 => self.while_loop(depth),
            8..=10 => self.try_statement(depth),
            11 => self.with(depth),
            12 | 13 => self.match_statement(depth),
            14 => self.leave(),
            _ if self.weight < 10 => self.local_function(depth),
            _ => self.branch(depth),
        }
    }

    fn branch(&mut self, depth: usize) -> Node {
        let condition = match self.random.below(8) {
            0 => {
                let name = self.fresh("w");
                let value = self.expr(Ty::Ints, 2);
                self.declare(&name, Ty::Ints);
                format!("({name} := {value})")
            }
            1 => {
                let ty = self.plain();
                self.expr(ty, 2)
            }
            _ => self.expr(Ty::Bool, 2),
        };
        let mut clauses = vec![(format!("if {condition}:"), self.body(depth))];
        if self.random.chance(25) {
            let condition = self.expr(Ty::Bool, 2);
            clauses.push((format!("elif {condition}:"), self.body(depth)));
        }
        if self.random.chance(50) {
            clauses.push(("else:".to_owned(), self.body(depth)));
        }
        Node::Block(clauses)
    }

    /// A statement that leaves something early, under a condition.
    fn leave(&mut self) -> Node {
        let condition = self.expr(Ty::Bool, 2);
        let statement = match self.returns {
            Some(ty) if !self.in_loop || self.random.chance(30) => {
                let value = self.expr(ty, 2);
                format!("return {}", self.bounded(ty, value))
            }
            _ if self.in_loop => (*self.random.pick(&["break", "continue"])).to_owned(),
            _ => return self.print(),
        };
        block(format!("if {condition}:"), vec![line(statement)])
    }

    /// What is inside a loop that takes about so many turns.
    fn turns(&mut self, times: u64, depth: usize) -> Vec<Node> {
        let around = std::mem::replace(&mut self.in_loop, true);
        let mut body = self.repeated(times, |g| g.body(depth));
        if self.random.chance(25) {
            let node = self.leave();
            body.push(node);
        }
        self.in_loop = around;
        body
    }

    fn for_loop(&mut self, depth: usize) -> Node {
        let before = self.variables.len();
        let name = self.fresh("i");
        // Never a name itself: the body may make it longer.
        let head = match self.random.below(9) {
            0 | 1 => {
                self.declare(&name, Ty::Int);
                let step = *self.random.pick(&["", "", ", 2", ", -1"]);
                format!("{name} in range({}, {}{step})", self.random.between(-1, 3), self.random.between(0, 5))
            }
            2 => {
                let source = self.expr(Ty::Str, 2);
                self.declare(&name, Ty::Str);
                format!("{name} in {source}[:4]")
            }
            3 => {
                let source = self.expr(Ty::Dict, 2);
                let key = self.fresh("k");
                self.declare(&key, Ty::Str);
                self.declare(&name, Ty::Int);
                format!("{key}, {name} in list({source}.items())")
            }
            4 => {
                let source = self.expr(Ty::Strs, 2);
                let index = self.fresh("n");
                self.declare(&index, Ty::Int);
                self.declare(&name, Ty::Str);
                format!("{index}, {name} in enumerate({source}[:4], {})", self.random.between(0, 2))
            }
            5 => {
                let (one, two) = (self.expr(Ty::Ints, 2), self.expr(Ty::Str, 2));
                let other = self.fresh("z");
                self.declare(&name, Ty::Int);
                self.declare(&other, Ty::Str);
                format!("{name}, {other} in zip({one}[:3], {two})")
            }
            6 => {
                let source = self.expr(Ty::Ints, 2);
                self.declare(&name, Ty::Int);
                format!("{name} in reversed({source}[:4])")
            }
            7 => {
                let source = self.expr(Ty::Set, 2);
                self.declare(&name, Ty::Int);
                format!("{name} in sorted({source}, key=repr)")
            }
            _ => {
                let source = self.expr(Ty::Ints, 2);
                self.declare(&name, Ty::Int);
                format!("{name} in {source}[:4]")
            }
        };
        let mut clauses = vec![(format!("for {head}:"), self.turns(3, depth))];
        self.variables.truncate(before);
        if self.random.chance(25) {
            clauses.push(("else:".to_owned(), self.body(depth)));
        }
        Node::Block(clauses)
    }

    /// Its count belongs to its head, so that a reduction cannot make it endless.
    fn while_loop(&mut self, depth: usize) -> Node {
        let name = self.fresh("left");
        let turns = self.random.between(1, 4);
        let condition = match self.random.below(3) {
            0 => format!(" and {}", self.expr(Ty::Bool, 1)),
            _ => String::new(),
        };
        let head = format!("while {name} > 0{condition}:\n    {name} -= 1");
        let mut clauses = vec![(format!("{name} = {turns}\n{head}"), self.turns(turns as u64, depth))];
        if self.random.chance(25) {
            clauses.push(("else:".to_owned(), self.body(depth)));
        }
        Node::Block(clauses)
    }

    fn try_statement(&mut self, depth: usize) -> Node {
        let mut body = self.body(depth);
        if self.random.chance(55) {
            let at = self.random.below(body.len() + 1);
            let raise = match self.random.below(3) {
                0 => {
                    let value = self.expr(Ty::Int, 2);
                    line(format!("print({value} // (len({}) - 2))", self.atom(Ty::Ints)))
                }
                _ => self.raise(),
            };
            body.insert(at, raise);
        }
        let mut clauses = vec![("try:".to_owned(), body)];
        let handlers = self.random.below(3);
        for index in 0..handlers {
            let classes = match self.random.below(4) {
                0 => format!("({}, {})", self.error_class(), self.error_class()),
                _ if index + 1 == handlers && self.random.chance(60) => "Exception".to_owned(),
                _ => self.error_class(),
            };
            let name = self.fresh("e");
            let mut handler = vec![line(match self.random.below(5) {
                0 => format!("print(repr({name}), {name}.args)"),
                1 => format!("print(type({name}).__name__, {name}, repr({name}.__cause__), repr({name}.__context__))"),
                _ => format!("print(type({name}).__name__, {name})"),
            })];
            handler.extend(match self.random.below(8) {
                0 => vec![line("raise")],
                1 => vec![line(format!("raise {} from {name}", self.error()))],
                2 => vec![self.raise()],
                3 => vec![self.leave()],
                _ => self.body(depth),
            });
            clauses.push((format!("except {classes} as {name}:"), handler));
        }
        if handlers > 0 && self.random.chance(30) {
            clauses.push(("else:".to_owned(), self.body(depth)));
        }
        if handlers == 0 || self.random.chance(35) {
            let mut last = self.body(depth);
            if self.random.chance(20) {
                last.push(self.leave());
            }
            clauses.push(("finally:".to_owned(), last));
        }
        Node::Block(clauses)
    }

    /// The context manager that `with` statements use.
    pub(super) fn guard_class(&mut self) -> Node {
        let inside = *self.random.pick(&["self", "self.name", "len(self.name)"]);
        let exit =
            *self.random.pick(&["self.swallow", "self.swallow and kind is not None", "kind in (ValueError, KeyError)"]);
        block(
            "class Guard:",
            vec![
                block(
                    "def __init__(self, name, swallow=False):",
                    vec![line("self.name = name\nself.swallow = swallow")],
                ),
                block("def __repr__(self):", vec![line("return f'Guard({self.name!r})'")]),
                block(
                    "def __enter__(self):",
                    vec![line("print('enter', self.name)"), line(format!("return {inside}"))],
                ),
                block(
                    "def __exit__(self, kind, error, trace):",
                    vec![
                        line("print('exit', self.name, kind and kind.__name__, error)"),
                        line(format!("return {exit}")),
                    ],
                ),
            ],
        )
    }

    fn with(&mut self, depth: usize) -> Node {
        let guard = |g: &mut Self| {
            let name = g.string_literal();
            match g.random.below(3) {
                0 => format!("Guard({name})"),
                1 => format!("Guard({name}, True)"),
                _ => format!("Guard({name}, swallow={})", g.expr(Ty::Bool, 1)),
            }
        };
        let first = guard(self);
        let name = self.fresh("g");
        let head = match self.random.below(4) {
            0 => format!("with {first}:"),
            1 => format!("with {first} as {name}, {}:", guard(self)),
            2 => format!("with ({first} as {name}, {} as {name}_2):", guard(self)),
            _ => format!("with {first} as {name}:"),
        };
        let mut body = self.body(depth);
        if head.contains(&format!("as {name}")) {
            body.insert(0, line(format!("print({name})")));
        }
        if self.random.chance(25) {
            body.push(self.raise());
        } else if self.random.chance(30) {
            body.push(self.leave());
        }
        block(head, body)
    }

    fn match_statement(&mut self, depth: usize) -> Node {
        let ty = *self.random.pick(&[Ty::Int, Ty::Str, Ty::Pair, Ty::Ints, Ty::Nested, Ty::Dict, Ty::Float]);
        let subject = self.expr(ty, 2);
        let mut clauses: Vec<(String, Vec<Node>)> = Vec::new();
        for _ in 0..self.random.between(1, 3) {
            let before = self.variables.len();
            let pattern = self.pattern(ty);
            let guard = if self.random.chance(30) { format!(" if {}", self.expr(Ty::Bool, 1)) } else { String::new() };
            let body = self.body(depth);
            clauses.push((format!("case {pattern}{guard}:"), body));
            self.variables.truncate(before);
        }
        if self.random.chance(60) {
            clauses.push(("case _:".to_owned(), self.body(depth)));
        }
        // The cases stand inside of the statement: one block of one clause for each.
        let cases = clauses.into_iter().map(|clause| Node::Block(vec![clause])).collect();
        block(format!("match {subject}:"), cases)
    }

    /// A pattern that can fail, so that others may follow it.
    fn pattern(&mut self, ty: Ty) -> String {
        let capture = |g: &mut Self, stem: &str, ty: Ty| {
            let name = g.fresh(stem);
            g.declare(&name, ty);
            name
        };
        match (ty, self.random.below(6)) {
            (Ty::Int, 0) => format!("{} | {} | -1", self.random.between(0, 9), self.random.between(0, 9)),
            (Ty::Int, 1) => {
                let name = self.fresh("m");
                self.declare(&name, Ty::Int);
                format!("(0 | 1 | 2) as {name}")
            }
            (Ty::Int, 2) => "True | None".to_owned(),
            (Ty::Int, 3) => format!("bool({})", capture(self, "m", Ty::Bool)),
            (Ty::Int, 4) => format!("str() | int({})", "-1 | 0 | 1"),
            (Ty::Float, 0) => "float(0.5 | 1.5 | 0.0)".to_owned(),
            (Ty::Float, 1) => format!("int({})", capture(self, "m", Ty::Int)),
            (Ty::Float, _) => "1.5 | -0.25".to_owned(),
            (Ty::Dict, 0) => format!("{{'a': {}}}", capture(self, "m", Ty::Int)),
            (Ty::Dict, 1) => {
                let (a, rest) = (capture(self, "m", Ty::Int), capture(self, "m", Ty::Dict));
                format!("{{'k': {a}, **{rest}}}")
            }
            (Ty::Dict, 2) => format!("{{'a': 0 | 1 | 2, 'b': {}}}", capture(self, "m", Ty::Int)),
            (Ty::Dict, 3) => "list() | {'ab': _}".to_owned(),
            (Ty::Dict, _) => format!("{{'key': int() as {}}}", capture(self, "m", Ty::Int)),
            (Ty::Int, _) => self.random.between(-2, 9).to_string(),
            (Ty::Str, 0) => "'a' | 'b' | ''".to_owned(),
            (Ty::Str, 1) => "'hello world'".to_owned(),
            (Ty::Str, _) => self.string_literal(),
            (Ty::Pair, 0) => format!("(0, {})", capture(self, "m", Ty::Str)),
            (Ty::Pair, 1) => format!("[{}, 'a' | 'b']", capture(self, "m", Ty::Int)),
            (Ty::Pair, 2) => format!("({}, *_)", capture(self, "m", Ty::Int)),
            (Ty::Pair, _) => {
                let (a, b) = (capture(self, "m", Ty::Int), capture(self, "m", Ty::Str));
                format!("({a}, {b})")
            }
            (Ty::Ints, 0) => "[]".to_owned(),
            (Ty::Ints, 1) => format!("[{}]", capture(self, "m", Ty::Int)),
            (Ty::Ints, 2) => {
                let (a, rest) = (capture(self, "m", Ty::Int), capture(self, "m", Ty::Ints));
                format!("[{a}, *{rest}]")
            }
            (Ty::Ints, 3) => {
                let (rest, b) = (capture(self, "m", Ty::Ints), capture(self, "m", Ty::Int));
                format!("[_, *{rest}, {b}]")
            }
            (Ty::Ints, _) => format!("[{}, 1 | 2, *_]", capture(self, "m", Ty::Int)),
            (_, 0) => "[[], *_]".to_owned(),
            (_, 1) => format!("[[{}, *_], *_]", capture(self, "m", Ty::Int)),
            _ => format!("[{}, _]", capture(self, "m", Ty::Ints)),
        }
    }
}
