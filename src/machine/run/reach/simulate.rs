//! What each value on the evaluation stack was made from.

use super::expression::{Expression, ExpressionId, Variable};
use super::stack::{Stack, Stacks};
use crate::base::Symbol;
use crate::bytecode::{Code, CodeId, CodeKind, Constant, GlobalId, Home, Instruction};
use crate::machine::memory::image::Linked;
use std::collections::{BTreeMap, BTreeSet};

/// What is found out about values.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// What each stands for.
    pub expressions: Expressions,
    /// What is bound to what.
    pub bindings: Bindings,
    /// Words in the program's texts under which the library, or a call, may store attributes.
    pub texts: BTreeSet<String>,
}

/// What an instruction does of interest.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Act {
    /// It takes a lock; `sure`: it has it, or never goes on.
    Acquire { on: ExpressionId, sure: bool },
    /// It releases a lock.
    Release(ExpressionId),
    /// It has a lock's `release` as a value.
    Take(ExpressionId),
    /// It waits before what may be a condition.
    Wait(ExpressionId),
    /// A `with` block begins.
    Enter(ExpressionId),
    /// It ends.
    Exit(ExpressionId),
    /// It calls.
    Call(ExpressionId),
    /// It raises, and may have to make an instance of the exception's class, or of the cause's.
    Raise,
    /// It stores to a variable.
    Store(Variable),
}

/// Every expression of a program, each once.
#[derive(Debug, Default)]
pub(super) struct Expressions {
    list: Vec<Expression>,
    known: BTreeMap<Expression, ExpressionId>,
    exported: BTreeMap<ExpressionId, ExpressionId>,
}

impl Expressions {
    fn add(&mut self, expression: Expression) -> ExpressionId {
        if let Some(known) = self.known.get(&expression) {
            return *known;
        }
        let id = ExpressionId(self.list.len() as u32);
        self.list.push(expression);
        self.known.insert(expression, id);
        let exported = match expression {
            Expression::Local(_) | Expression::Cell(_) => self.add(Expression::Unknown),
            Expression::Attribute(base, name) => {
                let base = self.exported(base);
                self.add(Expression::Attribute(base, name))
            }
            Expression::Result(of) => {
                let of = self.exported(of);
                self.add(Expression::Result(of))
            }
            Expression::Unknown
            | Expression::Plain
            | Expression::Built
            | Expression::Global(_)
            | Expression::Function(_)
            | Expression::Class(_)
            | Expression::Module(_)
            | Expression::Member(..) => id,
        };
        self.exported.insert(id, exported);
        id
    }

    pub(super) fn get(&self, id: ExpressionId) -> Expression {
        self.list[id.0 as usize]
    }

    /// What is left of the expression outside the code that it stands in.
    pub(super) fn exported(&self, id: ExpressionId) -> ExpressionId {
        // One that is just being added stands for itself.
        self.exported.get(&id).copied().unwrap_or(id)
    }

    /// The variable that it begins with.
    pub(super) fn root(&self, mut id: ExpressionId) -> Expression {
        while let Expression::Attribute(base, _) = self.get(id) {
            id = base;
        }
        self.get(id)
    }
}

/// What is stored where.
#[derive(Debug, Default)]
pub(super) struct Bindings {
    /// To globals, from anywhere.
    pub globals: BTreeMap<GlobalId, Vec<ExpressionId>>,
    /// To local variables, which are no parameters.
    pub locals: BTreeMap<(CodeId, u16), Vec<ExpressionId>>,
    /// To cells of a name; a parameter counts as unknown.
    pub cells: BTreeMap<Symbol, Vec<ExpressionId>>,
    /// To attributes of a name, each with the code that does it; methods among them.
    pub attributes: BTreeMap<Symbol, Vec<(CodeId, ExpressionId)>>,
    /// Functions that properties were made of.
    pub properties: BTreeSet<CodeId>,
    /// How many properties of the scenario were made of functions that stand there.
    pub followed: usize,
    /// Names of keywords in calls of the scenario.
    pub keywords: BTreeSet<Symbol>,
    /// Classes that have bases, or a metaclass.
    pub derived: BTreeSet<CodeId>,
}

impl Bindings {
    /// Whether a cell of that name is stored to in one place at most.
    pub(super) fn is_cell_bound_once(&self, name: Symbol) -> bool {
        self.cells.get(&name).is_none_or(|stored| stored.len() <= 1)
    }
}

/// Goes through all codes.
pub(super) fn simulate(image: &Linked) -> (Expressions, Bindings, Vec<Vec<(u32, Act)>>) {
    let (mut expressions, mut bindings) = (Expressions::default(), Bindings::default());
    let mut all = Vec::new();
    for (index, code) in image.program.codes.iter().enumerate() {
        let id = CodeId(index as u32);
        let mut stacks = Stacks::default();
        let before = before(image, code, &mut expressions, &mut stacks);
        let mut walk = Walk { image, id, code, stacks, expressions: &mut expressions, bindings: &mut bindings };
        walk.parameters();
        let acts = (0..).zip(before).filter_map(|(at, stack)| Some((at, walk.act(at, stack?)?)));
        all.push(acts.collect());
    }
    (expressions, bindings, all)
}

/// How far above a handler's own stack its beginning is still looked at: what lies below cannot change in what it covers, and
/// nothing gets so high there but from below.
const NEAR: u32 = 64;

/// The stack before each instruction that can be reached.
fn before(image: &Linked, code: &Code, expressions: &mut Expressions, stacks: &mut Stacks) -> Vec<Option<Stack>> {
    let unknown = expressions.add(Expression::Unknown);
    let mut befores = Befores { known: vec![None; code.instructions.len()], ahead: Vec::new(), unknown };
    befores.meet(stacks, 0, Stack::EMPTY);
    while let Some((at, before)) = befores.next() {
        let instruction = code.instructions[at as usize];
        if let Some(handler) = code.handler_of(at)
            && let above = stacks.depth(before).saturating_sub(u32::from(handler.stack))
            && above <= NEAR
        {
            let kept = stacks.pop(before, above);
            befores.meet(stacks, handler.target, kept);
        }
        match instruction.target() {
            Some(target) => {
                let (jumped, passed) = instruction.jump_effects();
                let there = resized(stacks, before, jumped, unknown);
                befores.meet(stacks, target, there);
                if !instruction.diverts() {
                    let here = resized(stacks, before, passed, unknown);
                    befores.meet(stacks, at + 1, here);
                }
            }
            None if instruction.diverts() => {}
            None => {
                let after = after(image, code, instruction, before, expressions, stacks);
                befores.meet(stacks, at + 1, after);
            }
        }
    }
    befores.known
}

/// What is known of the stack before each instruction, and where to go on.
struct Befores {
    known: Vec<Option<Stack>>,
    ahead: Vec<u32>,
    unknown: ExpressionId,
}

impl Befores {
    fn next(&mut self) -> Option<(u32, Stack)> {
        let at = self.ahead.pop()?;
        self.known[at as usize].map(|stack| (at, stack))
    }

    /// A thread may come to `at` with this stack.
    fn meet(&mut self, stacks: &mut Stacks, at: u32, new: Stack) {
        let Some(known) = self.known.get_mut(at as usize) else { return };
        let met = known.map_or(new, |known| stacks.meet(known, new, self.unknown));
        if *known != Some(met) {
            *known = Some(met);
            self.ahead.push(at);
        }
    }
}

fn resized(stacks: &mut Stacks, stack: Stack, change: i64, unknown: ExpressionId) -> Stack {
    let popped = stacks.pop(stack, u32::try_from(-change).unwrap_or(0));
    (0..change).fold(popped, |stack, _| stacks.push(stack, unknown))
}

/// The stack after an instruction that is no jump.
fn after(
    image: &Linked,
    code: &Code,
    instruction: Instruction,
    before: Stack,
    expressions: &mut Expressions,
    stacks: &mut Stacks,
) -> Stack {
    use Instruction as I;
    let callee = callee(code, instruction, before, stacks);
    let top = stacks.top(before);
    let (pops, pushes) = image.program.stack_effect(code, instruction);
    let stack = stacks.pop(before, pops);
    let made = match (instruction, top) {
        (I::LoadLocal(slot), _) => Expression::Local(slot),
        (I::LoadCell(cell), _) => Expression::Cell(cell),
        (I::LoadGlobal(global), _) => Expression::Global(global),
        (I::Import(module), _) => Expression::Module(module),
        (I::ImportMember(module, name), _) => Expression::Member(module, name),
        (I::MakeFunction(id), _) => Expression::Function(id),
        (I::MakeClass(id, _) | I::MakeClassWith(id, _), _) => Expression::Class(id),
        (I::LoadAttribute(name), Some(object)) => Expression::Attribute(object, name),
        (I::LoadMethod(name, _), Some(object)) => {
            let method = expressions.add(Expression::Attribute(object, name));
            let stack = stacks.push(stack, method);
            return stacks.push(stack, object);
        }
        (I::Duplicate, Some(top)) => {
            let stack = stacks.push(stack, top);
            return stacks.push(stack, top);
        }
        (I::Call(_) | I::CallMethod(_) | I::CallKeywords(_) | I::CallSpread, _) => {
            callee.map_or(Expression::Unknown, Expression::Result)
        }
        (I::Constant(_) | I::None | I::Compare(_) | I::BuildString(_) | I::FormatValue(_), _) => Expression::Plain,
        (I::BuildTuple(_) | I::BuildList(_) | I::BuildSet(_) | I::BuildDict(_), _) => Expression::Built,
        _ => Expression::Unknown,
    };
    let made = expressions.add(made);
    (0..pushes).fold(stack, |stack, _| stacks.push(stack, made))
}

/// What an instruction calls.
fn callee(code: &Code, instruction: Instruction, stack: Stack, stacks: &Stacks) -> Option<ExpressionId> {
    let below = match instruction {
        Instruction::Call(count) => count as usize + 1,
        Instruction::CallMethod(count) => usize::from(count) + 2,
        Instruction::CallKeywords(site) => {
            let site = &code.call_sites[site as usize];
            1 + usize::from(site.method) + usize::from(site.positional) + site.keywords.len()
        }
        Instruction::CallSpread => 3,
        _ => return None,
    };
    stacks.values(stack).nth(below - 1)
}

/// Whether the global is one of a module of the author's own, which others reach as that module's attribute.
pub(super) fn is_own(image: &Linked, global: GlobalId) -> bool {
    matches!(image.program.globals[global.0 as usize].home, Home::Own(_))
}

/// What a store to the global stores to.
pub(super) fn variable(image: &Linked, global: GlobalId) -> Variable {
    if is_own(image, global) {
        Variable::Attribute(image.program.globals[global.0 as usize].name)
    } else {
        Variable::Global(global)
    }
}

/// On the way through one code.
struct Walk<'w> {
    image: &'w Linked,
    id: CodeId,
    code: &'w Code,
    stacks: Stacks,
    expressions: &'w mut Expressions,
    bindings: &'w mut Bindings,
}

impl Walk<'_> {
    fn parameters(&mut self) {
        let unknown = self.expressions.add(Expression::Unknown);
        for (_, cell) in &self.code.cell_parameters {
            self.bindings.cells.entry(self.code.cells[usize::from(*cell)]).or_default().push(unknown);
        }
        if !self.code.is_hidden() {
            let keywords = self.code.call_sites.iter().flat_map(|site| &site.keywords);
            self.bindings.keywords.extend(keywords.copied());
        }
    }

    /// What the instruction does, and what it binds.
    fn act(&mut self, at: u32, stack: Stack) -> Option<Act> {
        use Instruction as I;
        let instruction = self.code.instructions[at as usize];
        let top = self.stacks.top(stack);
        match instruction {
            I::StoreGlobal(global) => {
                let value = self.expressions.exported(top?);
                self.bindings.globals.entry(global).or_default().push(value);
                if is_own(self.image, global) {
                    self.bind(self.image.program.globals[global.0 as usize].name, value);
                }
                Some(Act::Store(variable(self.image, global)))
            }
            I::DeleteGlobal(global) => Some(Act::Store(variable(self.image, global))),
            I::Import(module) => self.import(module),
            I::ImportMember(module, name) => {
                let submodule = self.image.program.submodule(module, self.image.name(name));
                submodule.and_then(|submodule| self.import(submodule))
            }
            I::StoreLocal(slot) => {
                self.bindings.locals.entry((self.id, slot)).or_default().push(top?);
                if self.code.kind == CodeKind::Class {
                    self.bind(self.code.locals[usize::from(slot)], top?);
                }
                None
            }
            I::StoreCell(cell) => {
                let (name, value) = (self.code.cells[usize::from(cell)], self.expressions.exported(top?));
                self.bindings.cells.entry(name).or_default().push(value);
                if self.code.kind == CodeKind::Class {
                    self.bind(name, top?);
                }
                Some(Act::Store(Variable::Cell(name)))
            }
            I::DeleteCell(cell) => Some(Act::Store(Variable::Cell(self.code.cells[usize::from(cell)]))),
            I::StoreAttribute(name) => {
                let value = self.stacks.values(stack).nth(1)?;
                self.bind(name, value);
                Some(Act::Store(Variable::Attribute(name)))
            }
            I::DeleteAttribute(name) => Some(Act::Store(Variable::Attribute(name))),
            I::MakeClass(class, 1..) | I::MakeClassWith(class, _) => {
                self.bindings.derived.insert(class);
                None
            }
            I::EnterWith => Some(Act::Enter(top?)),
            I::ExitWith | I::ExitWithHandled => Some(Act::Exit(top?)),
            I::LoadAttribute(name) if self.releases(name) => Some(Act::Take(top?)),
            // A name that is put together, or handed to `getattr`.
            I::Constant(index) if self.names_release(index) => {
                Some(Act::Take(self.expressions.add(Expression::Unknown)))
            }
            I::Raise | I::RaiseFrom => self.raises_class(instruction, stack).then_some(Act::Raise),
            I::Call(_) | I::CallMethod(_) | I::CallKeywords(_) | I::CallSpread => {
                let callee = callee(self.code, instruction, stack, &self.stacks)?;
                Some(self.call(at, callee, stack))
            }
            _ => None,
        }
    }

    /// Whether what is raised may be a class, or the cause may: not what a call by a class's name has plainly just made.
    fn raises_class(&self, instruction: Instruction, stack: Stack) -> bool {
        let count = if instruction == Instruction::RaiseFrom { 2 } else { 1 };
        self.stacks.values(stack).take(count).any(|value| match self.expressions.get(value) {
            Expression::Plain => false,
            Expression::Result(of) => match self.expressions.get(of) {
                Expression::Global(global) => !self.image.is_never_stored(global),
                _ => true,
            },
            Expression::Global(global) => !self.image.is_never_stored(global),
            Expression::Unknown
            | Expression::Built
            | Expression::Local(_)
            | Expression::Cell(_)
            | Expression::Attribute(..)
            | Expression::Function(_)
            | Expression::Class(_)
            | Expression::Module(_)
            | Expression::Member(..) => true,
        })
    }

    /// The first import of one of the author's own modules runs that one's code.
    fn import(&mut self, module: u16) -> Option<Act> {
        let code = self.image.program.own_module(module)?.code;
        Some(Act::Call(self.expressions.add(Expression::Function(code))))
    }

    fn bind(&mut self, name: Symbol, value: ExpressionId) {
        self.bindings.attributes.entry(name).or_default().push((self.id, value));
    }

    fn releases(&self, name: Symbol) -> bool {
        matches!(self.image.name(name), "release" | "__exit__")
    }

    fn names_release(&self, constant: u32) -> bool {
        let text = match &self.code.constants[constant as usize] {
            Constant::Str(text) => text,
            _ => return false,
        };
        matches!(&**text, "release" | "__exit__")
    }

    fn call(&mut self, at: u32, callee: ExpressionId, stack: Stack) -> Act {
        let arguments = match self.code.instructions[at as usize] {
            Instruction::Call(count) => count,
            Instruction::CallMethod(count) => u32::from(count),
            _ => u32::MAX, // in a way that is not followed
        };
        let name = match self.expressions.get(callee) {
            Expression::Attribute(_, name) | Expression::Member(_, name) => Some(name),
            Expression::Global(global) => Some(self.image.program.globals[global.0 as usize].name),
            Expression::Unknown
            | Expression::Plain
            | Expression::Built
            | Expression::Local(_)
            | Expression::Cell(_)
            | Expression::Function(_)
            | Expression::Class(_)
            | Expression::Module(_)
            | Expression::Result(_) => None,
        };
        let name = name.map_or("", |name| self.image.name(name));
        if matches!(name, "property" | "cached_property") && !self.code.is_hidden() {
            let mut given = self.stacks.values(stack).take(arguments as usize);
            let stands_there = |value| matches!(self.expressions.get(value), Expression::Function(_));
            self.bindings.followed += usize::from(arguments != u32::MAX && given.all(stands_there));
        }
        if matches!(name, "property" | "setter" | "getter" | "deleter" | "cached_property") {
            let functions = self.stacks.values(stack).filter_map(|value| match self.expressions.get(value) {
                Expression::Function(code) => Some(code),
                _ => None,
            });
            self.bindings.properties.extend(functions);
        }
        let Expression::Attribute(on, _) = self.expressions.get(callee) else { return Act::Call(callee) };
        match name {
            "acquire" => Act::Acquire { on, sure: arguments == 0 || arguments == 1 && self.is_true(at - 1) },
            "release" if self.code.is_hidden() => Act::Call(callee), // the library gives back what it took
            "release" | "__exit__" => Act::Release(on),
            "__enter__" => Act::Acquire { on, sure: true },
            "wait" | "wait_for" => Act::Wait(on),
            _ => Act::Call(callee),
        }
    }

    /// Whether the instruction loads `True`.
    fn is_true(&self, at: u32) -> bool {
        match self.code.instructions[at as usize] {
            Instruction::Constant(index) => self.code.constants[index as usize] == Constant::Bool(true),
            _ => false,
        }
    }
}
