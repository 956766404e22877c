//! Functions: their parameters, the calls that fit them, and the shapes that functions are taught with.

use super::{Grammar, Node, Ty, block, line};

/// The most that a call may cost where it stands, in statements.
const COST: u64 = 1500;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    PositionalOnly,
    Both,
    KeywordOnly,
}

#[derive(Clone)]
struct Parameter {
    name: String,
    ty: Ty,
    kind: Kind,
    default: Option<String>,
}

/// A function, or a method without its `self`, that can be called.
#[derive(Clone)]
pub(super) struct Function {
    pub(super) name: String,
    parameters: Vec<Parameter>,
    /// `*args`, integers.
    star: bool,
    /// `**kwargs`, integers.
    stars: bool,
    pub(super) returns: Ty,
    pub(super) cost: u64,
}

impl Function {
    /// Whether it may be called where statements are done that often.
    pub(super) fn cheap(&self, weight: u64) -> bool {
        self.cost * weight < COST
    }
}

/// What is kept while a function is drawn.
pub(super) struct Around {
    variables: usize,
    own: usize,
    returns: Option<Ty>,
    in_loop: bool,
    weight: u64,
    cost: u64,
}

impl Grammar {
    /// Begins to draw a function.
    pub(super) fn enter(&mut self, returns: Option<Ty>) -> Around {
        let around = Around {
            variables: self.variables.len(),
            own: std::mem::replace(&mut self.own, self.variables.len()),
            returns: std::mem::replace(&mut self.returns, returns),
            in_loop: std::mem::replace(&mut self.in_loop, false),
            weight: std::mem::replace(&mut self.weight, 1),
            cost: std::mem::replace(&mut self.cost, 1),
        };
        around
    }

    /// Ends it: what a call costs.
    pub(super) fn leave_function(&mut self, around: Around) -> u64 {
        self.variables.truncate(around.variables);
        self.own = around.own;
        self.returns = around.returns;
        self.in_loop = around.in_loop;
        self.weight = around.weight;
        std::mem::replace(&mut self.cost, around.cost)
    }

    /// Parameters of all kinds, not yet declared.
    pub(super) fn signature(&mut self, name: String, returns: Ty) -> Function {
        let mut parameters = Vec::new();
        let only = self.random.below(2);
        let count = self.random.below(4);
        let keywords = if self.random.chance(30) { self.random.between(1, 2) as usize } else { 0 };
        let mut defaults = false;
        for index in 0..count + keywords {
            let ty = *self.random.pick(&[Ty::Int, Ty::Int, Ty::Int, Ty::Str, Ty::Ints, Ty::Float, Ty::Dict]);
            let kind = match index {
                _ if index >= count => Kind::KeywordOnly,
                _ if index < only && self.random.chance(30) => Kind::PositionalOnly,
                _ => Kind::Both,
            };
            defaults = if index == count { false } else { defaults } || self.random.chance(35);
            let with_default = if kind == Kind::KeywordOnly { self.random.chance(50) } else { defaults };
            let with_default = with_default || (defaults && kind != Kind::KeywordOnly);
            let default = with_default.then(|| match ty {
                Ty::Int => self.int_literal(),
                Ty::Str => self.string_literal(),
                Ty::Float => "1.5".to_owned(),
                Ty::Dict => "{}".to_owned(),
                _ => "[1, 2]".to_owned(),
            });
            parameters.push(Parameter { name: self.fresh("a"), ty, kind, default });
        }
        let (star, stars) = (self.random.chance(20), self.random.chance(15));
        Function { name, parameters, star, stars, returns, cost: 0 }
    }

    /// The parameters as a `def` has them, declared.
    pub(super) fn heading(&mut self, function: &Function) -> Vec<String> {
        let mut texts: Vec<String> = Vec::new();
        let kind_ends = |at: usize, kind: Kind| {
            function.parameters[at].kind == kind && function.parameters.get(at + 1).is_none_or(|next| next.kind != kind)
        };
        let (mut starred, mut index) = (false, 0);
        while index <= function.parameters.len() {
            let next = function.parameters.get(index);
            if !starred && next.is_none_or(|next| next.kind == Kind::KeywordOnly) {
                starred = true;
                if function.star {
                    texts.push("*args".to_owned());
                } else if next.is_some() {
                    texts.push("*".to_owned());
                }
            }
            if let Some(parameter) = next {
                let default = parameter.default.as_ref().map(|default| format!("={default}")).unwrap_or_default();
                texts.push(format!("{}{default}", parameter.name));
                if kind_ends(index, Kind::PositionalOnly) {
                    texts.push("/".to_owned());
                }
                self.declare(&parameter.name, parameter.ty);
            }
            index += 1;
        }
        if function.stars {
            texts.push("**kwargs".to_owned());
            self.declare("kwargs", Ty::Dict);
        }
        if function.star {
            self.declare("list(args)", Ty::Ints);
        }
        texts
    }

    /// Arguments that fit, mostly.
    pub(super) fn arguments(&mut self, function: &Function, depth: usize) -> String {
        let mut texts: Vec<String> = Vec::new();
        let (mut named, mut by_name) = (Vec::new(), false);
        for parameter in &function.parameters {
            let value = self.expr(parameter.ty, depth.min(2));
            let skip = parameter.default.is_some() && self.random.chance(40);
            match parameter.kind {
                _ if self.random.one_in(120) => {}
                Kind::PositionalOnly if skip => by_name = true,
                Kind::PositionalOnly if by_name => {}
                Kind::PositionalOnly => texts.push(value),
                Kind::Both if skip => by_name = true,
                Kind::Both if by_name || self.random.chance(20) => {
                    by_name = true;
                    named.push(format!("{}={value}", parameter.name));
                }
                Kind::Both => texts.push(value),
                Kind::KeywordOnly if skip => {}
                Kind::KeywordOnly => named.push(format!("{}={value}", parameter.name)),
            }
        }
        if function.star && !by_name {
            match self.random.below(3) {
                0 => texts.push(format!("*{}[:3]", self.expr(Ty::Ints, depth.min(1)))),
                1 => texts.extend([self.atom(Ty::Int), self.atom(Ty::Int)]),
                _ => {}
            }
        }
        if function.stars {
            match self.random.below(3) {
                0 => named.push(format!("extra={}", self.atom(Ty::Int))),
                1 => named.push(format!("**{{'k': {}}}", self.atom(Ty::Int))),
                _ => {}
            }
        }
        match self.random.below(150) {
            0 => named.push("unknown=1".to_owned()),
            1 => texts.push("0, 0".to_owned()),
            2 => named.push("**{'x': 1, 'y': 2}".to_owned()),
            _ => {}
        }
        texts.extend(named);
        texts.join(", ")
    }

    /// A call of a function that gives this type, where it is cheap enough.
    pub(super) fn call(&mut self, ty: Ty, depth: usize) -> Option<String> {
        let fits = |function: &&Function| function.returns == ty && function.cheap(self.weight);
        let fitting: Vec<&Function> = self.functions.iter().filter(fits).collect();
        if fitting.is_empty() {
            return None;
        }
        let function = (*self.random.pick(&fitting)).clone();
        self.charge(&function);
        let arguments = self.arguments(&function, depth);
        Some(format!("{}({arguments})", function.name))
    }

    /// Counts what a call costs.
    pub(super) fn charge(&mut self, function: &Function) {
        self.cost += self.weight * function.cost;
    }

    /// What a function does, and returns.
    fn body_of(&mut self, function: &Function, depth: usize) -> Vec<Node> {
        let count = self.random.between(1, 4) as usize;
        let mut body = Vec::new();
        if function.stars {
            body.push(line("print(kwargs)"));
        }
        for _ in 0..count {
            body.push(self.statement(depth));
        }
        let value = self.expr(function.returns, 3);
        body.push(line(format!("return {}", self.bounded(function.returns, value))));
        body
    }

    pub(super) fn function_definition(&mut self) -> Vec<Node> {
        let (name, returns) = (self.fresh("f"), self.plain());
        let mut function = self.signature(name, returns);
        let around = self.enter(Some(returns));
        let parameters = self.heading(&function).join(", ");
        let mut body = self.body_of(&function, 3);
        let numbers = self.module_numbers();
        if let Some(global) = numbers
            && self.random.chance(30)
        {
            body.insert(0, line(format!("global {global}\n{global} += 1")));
        }
        function.cost = self.leave_function(around);
        let mut head = format!("def {}({parameters}):", function.name);
        let mut nodes = Vec::new();
        if self.random.chance(20) {
            let (decorator, definition) = self.decorator();
            head = format!("@{decorator}\n{head}");
            nodes.push(definition);
        }
        nodes.push(block(head, body));
        self.functions.push(function);
        nodes
    }

    /// A module's variable that is a number.
    fn module_numbers(&mut self) -> Option<String> {
        let known = self.variables.iter().find(|known| known.ty == Ty::Int && known.name.starts_with('v'));
        known.map(|known| known.name.clone())
    }

    /// A decorator, with or without arguments: how it is used, and its definition.
    fn decorator(&mut self) -> (String, Node) {
        let name = self.fresh("deco");
        let before = *self
            .random
            .pick(&["print('call', len(args), sorted(kwargs))", "nonlocal count\ncount += 1\nprint('count', count)"]);
        let inner = block("def inner(*args, **kwargs):", vec![line(before), line("return function(*args, **kwargs)")]);
        let body = vec![line("count = 0"), inner, line("return inner")];
        if self.random.chance(50) {
            return (name.clone(), block(format!("def {name}(function):"), body));
        }
        let wrap = block("def wrap(function):", body);
        let definition = block(format!("def {name}(*labels):"), vec![line("print(labels)"), wrap, line("return wrap")]);
        (format!("{name}({})", self.atom(Ty::Int)), definition)
    }

    /// A function that makes functions which share a variable.
    pub(super) fn closure_definition(&mut self) -> Vec<Node> {
        let (maker, step) = (self.fresh("make"), self.fresh("step"));
        let around = self.enter(None);
        self.declare("start", Ty::Int);
        self.declare("seen", Ty::Ints);
        let inner = self.enter(Some(Ty::Int));
        self.declare("n", Ty::Int);
        let mut body = vec![line("nonlocal total"), line("total = (total + n) % 1000"), line("seen.append(n)")];
        body.extend(self.statements(1, 2));
        let value = self.expr(Ty::Int, 2);
        body.push(line(format!("return {} % 1000 + total", value)));
        let cost = self.leave_function(inner);
        self.leave_function(around);
        let step_name = format!("{step}_of_{maker}");
        let parameter =
            Parameter { name: "n".to_owned(), ty: Ty::Int, kind: Kind::Both, default: Some("1".to_owned()) };
        let nodes = vec![
            block(
                format!("def {maker}(start=0):"),
                vec![
                    line("total = start\nseen = []"),
                    block("def step(n=1):", body),
                    line("return step, lambda: (total, seen[-5:])"),
                ],
            ),
            line(format!("{step_name}, look_{maker} = {maker}({})", self.int_literal())),
            line(format!("print(look_{maker}(), {step_name}(2), look_{maker}())")),
        ];
        self.functions.push(Function {
            name: step_name,
            parameters: vec![parameter],
            star: false,
            stars: false,
            returns: Ty::Int,
            cost,
        });
        nodes
    }

    pub(super) fn recursive_definition(&mut self) -> Vec<Node> {
        let name = self.fresh("rec");
        let around = self.enter(Some(Ty::Int));
        self.declare("n", Ty::Int);
        // The end of the recursion belongs to the head, so that a reduction cannot make it endless.
        let head =
            format!("def {name}(depth):\n    if depth <= 0:\n        return {}\n    n = depth", self.atom(Ty::Int));
        let mut body = self.statements(1, 1);
        let value = self.expr(Ty::Int, 2);
        let step = *self.random.pick(&["1", "2", "3"]);
        let twice = if self.random.chance(30) { format!(" - {name}(depth - 2)") } else { String::new() };
        body.push(line(format!("return ({value} % 1000 + {name}(depth - {step}){twice}) % 10007")));
        let cost = self.leave_function(around);
        // Ten calls at the most where it calls itself twice.
        self.functions.push(Function {
            name: format!("{name}_of"),
            parameters: vec![Parameter { name: "n".to_owned(), ty: Ty::Int, kind: Kind::Both, default: None }],
            star: false,
            stars: false,
            returns: Ty::Int,
            cost: cost * 15,
        });
        let outer = block(format!("def {name}_of(n):"), vec![line(format!("return {name}(n % 5)"))]);
        vec![block(head, body), outer]
    }

    /// A function inside of another, called at once.
    pub(super) fn local_function(&mut self, depth: usize) -> Node {
        let (name, returns) = (self.fresh("h"), self.plain());
        let function = self.signature(name, returns);
        let around = self.enter(Some(returns));
        let parameters = self.heading(&function).join(", ");
        let body = self.body_of(&function, depth.min(1));
        let cost = self.leave_function(around);
        self.cost += self.weight * cost;
        let call = self.arguments(&function, 1);
        block(
            "if True:",
            vec![
                block(format!("def {}({parameters}):", function.name), body),
                line(format!("print({}({call}))", function.name)),
            ],
        )
    }

    /// A function that is a whole scene, and the line that calls it.
    pub(super) fn scene_function(&mut self) -> (Node, String) {
        let name = self.fresh("scene");
        let returns = self.plain();
        let around = self.enter(Some(returns));
        let count = self.random.between(3, 7) as usize;
        let mut body = Vec::new();
        for _ in 0..count {
            body.push(self.statement(3));
        }
        let value = self.expr(returns, 3);
        body.push(line(format!("return {value}")));
        self.leave_function(around);
        (block(format!("def {name}():"), body), format!("print({name}())"))
    }
}
