//! A grammar of Python programs, typed enough that what it draws mostly does something. A seed names a program.
//!
//! What keeps programs small: loops take few turns, a function calls only those defined before it and only if that is
//! cheap (`cost`), and what is stored is cut to size (`bounded`). What keeps them the same everywhere: sets are only
//! looked at in order, no addresses or hashes are shown, and what threads do does not depend on their order.
//!
//! - `random`: where the choices come from
//! - `number`, `text`, `collection`: expressions, by type
//! - `library`: expressions that call modules
//! - `statement`, `flow`: simple statements, and those with blocks
//! - `function`, `generator`, `class`: definitions
//! - `thread`, `pool`: scenes with threads, and with pools of them
//! - `process`, `synchronized`, `spawn`: scenes with processes
//! - `project`, `typed`, `file`, `subclass`: scenes with modules of the program's own, with what is typed, with files, and with
//!   classes that inherit from the library's

mod class;
mod collection;
mod file;
mod flow;
mod function;
mod generator;
mod library;
mod number;
mod pool;
mod process;
mod project;
mod random;
mod spawn;
mod statement;
mod subclass;
mod synchronized;
mod text;
mod thread;
mod typed;

use class::Class;
use function::Function;
use random::Random;

/// A statement.
#[derive(Clone)]
pub(crate) enum Node {
    /// One without blocks; or several lines that only make sense together.
    Line(String),
    /// One of clauses: each its head, and its body.
    Block(Vec<(String, Vec<Node>)>),
}

/// A program.
#[derive(Clone)]
pub(crate) struct Program {
    /// Its files, by path; the first is the one that is run.
    pub(crate) files: Vec<(String, Vec<Node>)>,
    /// What is typed.
    pub(crate) typed: String,
}

impl Program {
    /// The text of each file.
    pub(crate) fn sources(&self) -> Vec<(String, String)> {
        let source = |(path, nodes): &(String, Vec<Node>)| {
            let mut text = String::new();
            write(nodes, 0, &mut text);
            (path.clone(), text)
        };
        self.files.iter().map(source).collect()
    }

    /// All of it, to be shown.
    pub(crate) fn text(&self) -> String {
        let mut sources = self.sources();
        if self.typed.is_empty() && sources.len() == 1 {
            return sources.remove(0).1;
        }
        let parts = sources.into_iter().map(|(path, text)| format!("=== {path}\n{text}"));
        format!("{}=== typed\n{}", parts.collect::<String>(), self.typed)
    }

    /// How long it is; what a reduction brings down.
    pub(crate) fn size(&self) -> usize {
        self.text().len()
    }
}

fn write(nodes: &[Node], depth: usize, text: &mut String) {
    let lines = |lines: &str, depth: usize, text: &mut String| {
        for line in lines.lines() {
            *text += &format!("{:width$}{line}\n", "", width = 4 * depth);
        }
    };
    for node in nodes {
        match node {
            Node::Line(line) => lines(line, depth, text),
            Node::Block(clauses) => {
                for (head, body) in clauses {
                    lines(head, depth, text);
                    if body.is_empty() {
                        lines("pass", depth + 1, text);
                    }
                    write(body, depth + 1, text);
                }
            }
        }
    }
}

/// Puts imports before a module.
fn import_what_is_used(nodes: &mut Vec<Node>) {
    let mut text = String::new();
    write(nodes, 0, &mut text);
    let needed = NOW_AND_THEN.iter().filter(|name| text.contains(&format!("{name}.")));
    let imports: Vec<Node> = MODULES.iter().chain(needed).map(|name| line(format!("import {name}"))).collect();
    nodes.splice(0..0, imports);
}

fn line(text: impl Into<String>) -> Node {
    Node::Line(text.into())
}

fn block(head: impl Into<String>, body: Vec<Node>) -> Node {
    Node::Block(vec![(head.into(), body)])
}

/// What the grammar knows of a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Ty {
    Int,
    Float,
    Bool,
    Str,
    /// A list of integers.
    Ints,
    /// A list of strings.
    Strs,
    /// A tuple of an integer and a string.
    Pair,
    /// A dict from strings to integers.
    Dict,
    /// A set of integers.
    Set,
    /// A list of lists of integers.
    Nested,
    /// An instance of the class with this number.
    Object(usize),
}

/// Types that are shown the same everywhere.
const PLAIN: &[Ty] = &[Ty::Int, Ty::Float, Ty::Bool, Ty::Str, Ty::Ints, Ty::Strs, Ty::Pair, Ty::Dict, Ty::Nested];

struct Variable {
    name: String,
    ty: Ty,
}

/// The grammar, on its way through one program.
struct Grammar {
    random: Random,
    /// The program's other files, by path.
    files: Vec<(String, Vec<Node>)>,
    /// What is typed.
    typed: String,
    /// Its scenes stand behind the main guard, so that processes can be spawned.
    guarded: bool,
    /// The names in reach; those from `own` on are the current function's, and can be assigned to.
    variables: Vec<Variable>,
    own: usize,
    functions: Vec<Function>,
    classes: Vec<Class>,
    /// The program's own exceptions.
    errors: Vec<String>,
    /// Numbers names, so that each is used once.
    names: usize,
    /// What a `return` here gives; `None` outside of functions.
    returns: Option<Ty>,
    /// Whether `break` and `continue` may stand here.
    in_loop: bool,
    /// How often what is drawn now is done when the function is called once.
    weight: u64,
    /// What a call of the function being drawn costs so far.
    cost: u64,
}

/// What every program imports.
const MODULES: &[&str] = &[
    "bisect",
    "collections",
    "concurrent.futures",
    "functools",
    "heapq",
    "itertools",
    "math",
    "operator",
    "queue",
    "sys",
    "threading",
];

/// What a program imports that mentions it.
const NOW_AND_THEN: &[&str] =
    &["csv", "json", "multiprocessing", "multiprocessing.connection", "os", "pathlib", "signal", "tempfile", "time"];

/// The program of a seed.
pub(crate) fn program(seed: u64) -> Program {
    let mut grammar = Grammar {
        random: Random::new(seed),
        files: Vec::new(),
        typed: String::new(),
        guarded: false,
        variables: Vec::new(),
        own: 0,
        functions: Vec::new(),
        classes: Vec::new(),
        errors: Vec::new(),
        names: 0,
        returns: None,
        in_loop: false,
        weight: 1,
        cost: 0,
    };
    grammar.module()
}

impl Grammar {
    fn module(&mut self) -> Program {
        self.guarded = self.random.chance(12);
        let mut nodes = if self.random.chance(20) { self.own_modules() } else { Vec::new() };
        nodes.extend(self.top());
        let mut scenes = Vec::new();
        for _ in 0..self.random.between(3, 6) {
            scenes.extend(self.scene());
        }
        if self.random.chance(15) {
            scenes.push(self.raise());
        } else if self.random.chance(10) {
            let code = self.expr(Ty::Int, 1);
            scenes.push(line(format!("sys.exit({code})")));
        } else {
            scenes.extend(self.statements(2, 2));
        }
        if self.guarded {
            nodes.push(block("if __name__ == '__main__':", scenes));
        } else {
            nodes.extend(scenes);
        }
        let mut files = vec![("main.py".to_owned(), nodes)];
        files.append(&mut self.files);
        for (_, nodes) in &mut files {
            import_what_is_used(nodes);
        }
        Program { files, typed: std::mem::take(&mut self.typed) }
    }

    /// What a module begins with: exceptions, a context manager, variables, and definitions.
    fn top(&mut self) -> Vec<Node> {
        let mut nodes: Vec<Node> = self.error_classes();
        nodes.push(self.guard_class());
        for _ in 0..self.random.between(1, 3) {
            let ty = self.plain();
            nodes.push(self.assign_new(ty));
        }
        for _ in 0..self.random.between(2, 5) {
            nodes.extend(self.definition());
        }
        nodes
    }

    fn definition(&mut self) -> Vec<Node> {
        match self.random.below(10) {
            0..=3 => self.function_definition(),
            4 => self.closure_definition(),
            5 => self.recursive_definition(),
            6 | 7 => vec![self.generator_definition()],
            _ => self.class_definition(),
        }
    }

    /// A part of the program whose exceptions do not end it.
    fn scene(&mut self) -> Vec<Node> {
        let before = self.variables.len();
        let mut nodes = Vec::new();
        let body = match self.random.below(20) {
            0..=2 => self.thread_scene(),
            3 => self.pool_scene(),
            4 => self.generator_scene(),
            5 => self.pipeline_scene(),
            6 => {
                nodes.extend(self.definition());
                self.statements(3, 2)
            }
            7 | 8 => {
                let (definition, call) = self.scene_function();
                nodes.push(definition);
                vec![line(call)]
            }
            9 if !self.classes.is_empty() => self.class_scene(),
            10 | 11 => self.process_scene(),
            12 => self.file_scene(),
            13 => self.subclass_scene(),
            14 => self.synchronized_scene(),
            15 => self.project_scene(),
            16 => self.typed_scene(),
            17 if self.guarded => self.spawn_scene(),
            _ => {
                let count = self.random.between(3, 7) as usize;
                self.statements(count, 3)
            }
        };
        self.variables.truncate(before);
        let shown = *self.random.pick(&[
            "print(type(error).__name__, error)",
            "print(repr(error))",
            "print(type(error).__name__, error.args, error.__cause__, repr(error.__context__))",
        ]);
        nodes.push(Node::Block(vec![
            ("try:".to_owned(), body),
            ("except Exception as error:".to_owned(), vec![line(shown)]),
        ]));
        nodes
    }

    /// A name that was not used before.
    fn fresh(&mut self, stem: &str) -> String {
        self.names += 1;
        format!("{stem}{}", self.names)
    }

    fn declare(&mut self, name: &str, ty: Ty) {
        self.variables.push(Variable { name: name.to_owned(), ty });
    }

    /// A name in reach of that type.
    fn variable(&mut self, ty: Ty) -> Option<String> {
        let names: Vec<&String> =
            self.variables.iter().filter(|known| known.ty == ty).map(|known| &known.name).collect();
        (!names.is_empty()).then(|| (*self.random.pick(&names)).clone())
    }

    /// A name of that type that can be assigned to here.
    fn own_variable(&mut self, ty: Ty) -> Option<String> {
        let own = self.variables[self.own..].iter().filter(|known| known.ty == ty && !known.name.contains('('));
        let names: Vec<&String> = own.map(|known| &known.name).collect();
        (!names.is_empty()).then(|| (*self.random.pick(&names)).clone())
    }

    fn plain(&mut self) -> Ty {
        *self.random.pick(PLAIN)
    }

    /// Draws with `draw` what is done `times` times as often as what stands around it.
    fn repeated<T>(&mut self, times: u64, draw: impl FnOnce(&mut Self) -> T) -> T {
        self.weight *= times;
        let drawn = draw(self);
        self.weight /= times;
        drawn
    }

    /// An expression of a type; now and then of another.
    fn expr(&mut self, ty: Ty, depth: usize) -> String {
        let ty = if self.random.one_in(250) { self.plain() } else { ty };
        if depth == 0 || self.random.chance(20) {
            return self.atom(ty);
        }
        if self.random.chance(12)
            && let Some(call) = self.call(ty, depth - 1)
        {
            return call;
        }
        if self.random.chance(10)
            && let Some(part) = self.of_object(ty, depth - 1)
        {
            return part;
        }
        match self.random.below(24) {
            0 => {
                let (a, condition, b) =
                    (self.expr(ty, depth - 1), self.expr(Ty::Bool, depth - 1), self.expr(ty, depth - 1));
                return format!("({a} if {condition} else {b})");
            }
            1 => {
                let (a, b) = (self.expr(ty, depth - 1), self.expr(ty, depth - 1));
                return format!("({a} {} {b})", self.random.pick(&["and", "or"]));
            }
            2 => {
                let name = self.fresh("p");
                let given = self.expr(Ty::Int, depth - 1);
                self.declare(&name, Ty::Int);
                let body = self.expr(ty, depth - 1);
                self.variables.pop();
                return format!("(lambda {name}: {body})({given})");
            }
            3 | 4 => {
                if let Some(call) = self.of_library(ty, depth - 1) {
                    return call;
                }
            }
            _ => {}
        }
        let depth = depth - 1;
        match ty {
            Ty::Int => self.int(depth),
            Ty::Float => self.float(depth),
            Ty::Bool => self.truth(depth),
            Ty::Str => self.string(depth),
            Ty::Ints => self.ints(depth),
            Ty::Strs => self.strs(depth),
            Ty::Pair => self.pair(depth),
            Ty::Dict => self.dict(depth),
            Ty::Set => self.set(depth),
            Ty::Nested => self.nested(depth),
            Ty::Object(class) => self.instance(class, depth),
        }
    }

    /// A name or a literal.
    fn atom(&mut self, ty: Ty) -> String {
        if self.random.chance(65)
            && let Some(name) = self.variable(ty)
        {
            return name;
        }
        match ty {
            Ty::Int => self.int_literal(),
            Ty::Float => self.float_literal(),
            Ty::Bool => (*self.random.pick(&["True", "False"])).to_owned(),
            Ty::Str => self.string_literal(),
            Ty::Ints => self.listed("[", Ty::Int, 0, "]"),
            Ty::Strs => self.listed("[", Ty::Str, 0, "]"),
            Ty::Pair => format!("({}, {})", self.int_literal(), self.string_literal()),
            Ty::Dict => self.dict_literal(0),
            Ty::Set => self.listed("{7, ", Ty::Int, 0, "}"),
            Ty::Nested => format!("[{}, {}]", self.listed("[", Ty::Int, 0, "]"), self.listed("[", Ty::Int, 0, "]")),
            Ty::Object(class) => self.instance(class, 0),
        }
    }

    /// An expression cut to size, for what is stored: programs must not grow what they keep without end.
    fn bounded(&mut self, ty: Ty, expr: String) -> String {
        let grows = |marks: &[&str]| marks.iter().any(|mark| expr.contains(mark));
        match ty {
            Ty::Int if grows(&["*", "<<", "(", "+"]) => {
                let limit = *self.random.pick(&["97", "1009", "10**9", "(2**63 - 1)", "10**25"]);
                format!("{expr} % {limit}")
            }
            Ty::Str if grows(&["+", "*", "(", "%"]) => format!("({expr})[:{}]", self.random.between(8, 40)),
            Ty::Ints | Ty::Strs | Ty::Nested if grows(&["+", "*", "("]) => {
                format!("({expr})[:{}]", self.random.between(4, 9))
            }
            _ => expr,
        }
    }
}
