//! Loops in which a thread only looks at something: `while not ready: pass`.

use super::callee;
use super::expression::{ExpressionId, Variable};
use super::simulate::{self, Act, Known};
use crate::base::Symbol;
use crate::bytecode::{Code, CodeId, CodeKind, GlobalId, Instruction};
use crate::machine::memory::image::Linked;
use std::collections::BTreeSet;

/// Methods that ask an object for its state, or wait for it for a time.
const ASKING: &[&str] =
    &["acquire", "done", "empty", "full", "is_alive", "is_set", "isAlive", "join", "locked", "qsize", "wait"];

/// A loop whose turns change nothing visible: what it does next depends only on what it looks at. A thread in it goes
/// round forever unless another thread changes that.
#[derive(Debug, Default)]
pub struct Circle {
    /// The instructions that are done on every turn, or may be.
    turn: BTreeSet<u32>,
    /// The variables that it reads.
    pub variables: Vec<Variable>,
    /// The global variables that nothing stores to any more, and whose value it looks at all the same.
    pub bound: Vec<GlobalId>,
    /// It also asks objects, which any thread may change.
    pub asks: bool,
    /// How many local variables it stores to, for what it saw.
    stores: usize,
    /// What it looks at, as a program would write it.
    pub what: Box<str>,
}

impl Circle {
    /// Whether the instruction is part of a turn.
    pub fn contains(&self, at: u32) -> bool {
        self.turn.contains(&at)
    }

    /// How many instructions a turn has at most.
    pub fn len(&self) -> usize {
        self.turn.len()
    }

    /// After how many turns without a change from outside it is certain that no turn will differ: what it saw moves
    /// from one local variable to another at most so often.
    pub fn turns(&self) -> u32 {
        self.stores as u32 + 2
    }
}

/// Whether looking may call code of the program: then nothing is known of what a turn of a loop does.
pub(super) fn is_looking_a_call(image: &Linked) -> bool {
    let calls = |code: &Code| !code.is_hidden() && callee::is_special(image, code) && !is_for_show(image, code);
    image.program.codes.iter().any(calls)
}

/// The loops of a code that only look at something, in a program where looking calls no code of it.
pub(super) fn circles(known: &Known, acts: &[(u32, Act)], image: &Linked, id: CodeId, code: &Code) -> Vec<Circle> {
    if code.is_hidden() {
        return Vec::new();
    }
    let mut ends: Vec<(u32, u32)> = Vec::new();
    for (at, instruction) in (0..).zip(&code.instructions) {
        let Some(start) = instruction.target().filter(|target| *target <= at) else { continue };
        match ends.iter_mut().find(|(known, _)| *known == start) {
            Some((_, end)) => *end = at,
            None => ends.push((start, at)),
        }
    }
    let looker = |(start, end)| {
        let turn = turn(code, start, end);
        let mut look =
            Look { known, acts, image, id, code, circle: Circle::default(), what: Vec::new(), own: Vec::new() };
        turn.iter().try_for_each(|at| look.at(*at))?;
        // What it keeps for itself says little beside what others could change.
        let what = if look.what.is_empty() { look.own } else { look.what }.join(", ").into();
        (!look.circle.variables.is_empty() || look.circle.asks).then_some(Circle { turn, what, ..look.circle })
    };
    ends.into_iter().filter_map(looker).collect()
}

/// Whether the special method is called when its object is shown, and not when it is looked at.
fn is_for_show(image: &Linked, code: &Code) -> bool {
    matches!(image.name(code.name), "__repr__" | "__str__" | "__format__")
}

/// The instructions between the two from which the start can be reached again without leaving.
fn turn(code: &Code, start: u32, end: u32) -> BTreeSet<u32> {
    let follows = |at: u32| {
        let instruction = code.instructions[at as usize];
        let next = (!instruction.diverts()).then_some(at + 1);
        next.into_iter().chain(instruction.target()).filter(move |to| (start..=end).contains(to))
    };
    let mut turn: BTreeSet<u32> = (start..=end).filter(|at| follows(*at).any(|to| to == start)).collect();
    loop {
        let before = turn.len();
        // Backwards: most instructions lead to the one behind them.
        for at in (start..=end).rev() {
            if follows(at).any(|to| turn.contains(&to)) {
                turn.insert(at);
            }
        }
        if turn.len() == before {
            return turn;
        }
    }
}

/// On the way through a turn.
struct Look<'l> {
    known: &'l Known,
    acts: &'l [(u32, Act)],
    image: &'l Linked,
    id: CodeId,
    code: &'l Code,
    circle: Circle,
    what: Vec<String>,
    /// Variables of its own that it looks at.
    own: Vec<String>,
}

impl Look<'_> {
    /// What an instruction looks at; `None` when it may change something.
    fn at(&mut self, at: u32) -> Option<()> {
        use Instruction as I;
        let image = self.image;
        match self.code.instructions[at as usize] {
            I::Constant(_) | I::None | I::Pop | I::Duplicate | I::Swap | I::Vacancy => {}
            I::Compare(_) | I::Unary(_) => {}
            I::Jump(_) | I::JumpIfTrue(_) | I::JumpIfFalse(_) => {}
            I::JumpIfTrueOrPop(_) | I::JumpIfFalseOrPop(_) => {}
            I::StoreLocal(_) => self.circle.stores += 1,
            I::LoadLocal(local) => {
                if !self.leads_on(at) {
                    self.circle.asks = true;
                    self.name(image.name(self.code.locals[usize::from(local)]));
                }
            }
            I::LoadGlobal(global) => {
                let row = &image.program.globals[global.0 as usize];
                if row.bound_once || image.is_never_stored(global) {
                    if !self.leads_on(at) && !self.circle.bound.contains(&global) {
                        self.circle.asks = true;
                        self.circle.bound.push(global);
                        self.what.push(image.name(row.name).to_owned());
                    }
                } else {
                    self.read(simulate::variable(image, global), image.name(row.name));
                }
            }
            I::LoadCell(cell) => {
                let name = self.code.cells[usize::from(cell)];
                if self.known.bindings.is_cell_bound_once(name) {
                    if !self.leads_on(at) {
                        self.circle.asks = true;
                        self.name(image.name(name));
                    }
                } else {
                    self.read(Variable::Cell(name), image.name(name));
                }
            }
            I::LoadAttribute(name) => {
                if self.is_of_a_class(name) {
                    return None; // a property, perhaps
                }
                self.read(Variable::Attribute(name), &self.written(at, name));
                self.circle.asks |= !self.leads_on(at) && !self.is_scalar(Variable::Attribute(name));
            }
            I::LoadMethod(name, _) => {
                let text = image.name(name);
                if self.is_of_a_class(name) || !(text == "sleep" || ASKING.contains(&text)) {
                    return None;
                }
                if text != "sleep" {
                    self.circle.asks = true;
                    self.what.push(format!("{}()", self.written(at, name)));
                }
            }
            I::CallMethod(_) => match self.act(at)? {
                Act::Call(_) | Act::Acquire { .. } | Act::Wait(_) => {} // its name was looked at when it was loaded
                Act::Release(_) | Act::Take(_) | Act::Enter(_) | Act::Exit(_) | Act::Raise | Act::Store(_) => {
                    return None;
                }
            },
            I::Call(_) => match self.act(at)? {
                Act::Call(called) if callee::is_sleep(self.known, image, self.id, called) => {}
                _ => return None,
            },
            _ => return None,
        }
        Some(())
    }

    /// Says what it looks at, unless that is the compiler's own.
    fn name(&mut self, name: &str) {
        if !name.starts_with('.') && !self.own.iter().any(|known| known == name) {
            self.own.push(name.to_owned());
        }
    }

    fn act(&self, at: u32) -> Option<Act> {
        self.acts.binary_search_by_key(&at, |(at, _)| *at).ok().map(|index| self.acts[index].1)
    }

    /// Whether what is loaded there is only the way to an attribute or method.
    fn leads_on(&self, at: u32) -> bool {
        let next = self.code.instructions.get(at as usize + 1);
        let called = |instruction: &Instruction| matches!(instruction, Instruction::Constant(_) | Instruction::Call(_));
        matches!(next, Some(Instruction::LoadAttribute(_) | Instruction::LoadMethod(..)))
            // `sleep(0.1)`: what is called there is looked at when it is called.
            || (matches!(self.code.instructions[at as usize], Instruction::LoadGlobal(_)) && next.is_some_and(called))
    }

    fn read(&mut self, variable: Variable, name: &str) {
        self.circle.asks |= !self.is_scalar(variable);
        if !self.circle.variables.contains(&variable) {
            self.circle.variables.push(variable);
            self.what.push(name.to_owned());
        }
    }

    /// Whether only constants and answers are stored to the variable.
    fn is_scalar(&self, variable: Variable) -> bool {
        let bindings = &self.known.bindings;
        let all = |values: Option<&Vec<ExpressionId>>| {
            values.is_some_and(|values| {
                values.iter().all(|value| callee::is_scalar(self.known, self.image, self.id, *value))
            })
        };
        match variable {
            Variable::Global(global) => all(bindings.globals.get(&global)),
            Variable::Cell(name) => all(bindings.cells.get(&name)),
            Variable::Attribute(name) => bindings.attributes.get(&name).is_some_and(|stored| {
                !bindings.keywords.contains(&name)
                    && stored.iter().all(|(code, value)| {
                        // A default of a class may be a field that is stored to by name.
                        self.image.code(*code).kind != CodeKind::Class
                            && callee::is_scalar(self.known, self.image, *code, *value)
                    })
            }),
        }
    }

    /// Whether classes have something under that name that is no constant.
    fn is_of_a_class(&self, name: Symbol) -> bool {
        let stored = self.known.bindings.attributes.get(&name).into_iter().flatten();
        let mut of_classes = stored.filter(|(code, _)| self.image.code(*code).kind == CodeKind::Class);
        of_classes.any(|(code, value)| !callee::is_scalar(self.known, self.image, *code, *value))
    }

    /// `self.ready`: the attribute, with the name of what has it where that stands right before it.
    fn written(&self, at: u32, name: Symbol) -> String {
        let name = self.image.name(name);
        let before = at.checked_sub(1).map(|at| self.code.instructions[at as usize]);
        match before {
            Some(Instruction::LoadLocal(slot)) => {
                format!("{}.{name}", self.image.name(self.code.locals[usize::from(slot)]))
            }
            Some(Instruction::LoadGlobal(global)) => {
                format!("{}.{name}", self.image.name(self.image.program.globals[global.0 as usize].name))
            }
            Some(Instruction::LoadCell(cell)) => {
                format!("{}.{name}", self.image.name(self.code.cells[usize::from(cell)]))
            }
            Some(Instruction::LoadAttribute(owner)) => format!("{}.{name}", self.written(at - 1, owner)),
            _ => format!(".{name}"),
        }
    }
}
