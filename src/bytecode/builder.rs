//! Builds programs: `lang` emits through this, and tests of the machine write programs by hand with it.
//!
//! A [`ProgramBuilder`] holds what codes share (symbols, globals); a [`CodeBuilder`] assembles one code: it interns
//! constants, resolves labels, keeps the line table, and follows the depth of the evaluation stack, so that exception
//! handlers know how much of it to keep. Instructions that cannot be reached are left out.

use super::instruction::Instruction;
use super::library;
use super::program::{
    AttributeUse, CallSite, Code, CodeId, CodeKind, Constant, Global, GlobalId, Handler, Hint, Home, OWN_MODULES,
    OwnModule, Parameters, Program, Spawned,
};
use crate::base::{FileId, Source, Sources, Symbol};
use indexmap::{IndexMap, IndexSet};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The longest string that may hold names, as `"x y"` does for a named tuple.
const NAMES_LENGTH: usize = 200;

/// Collects codes, symbols and globals into a [`Program`].
#[derive(Default, Debug)]
pub struct ProgramBuilder {
    source: Sources,
    modules: Vec<OwnModule>,
    symbols: IndexSet<Arc<str>>,
    globals: IndexMap<(Symbol, Home), bool>,
    codes: Vec<Option<Code>>,
    attributes: Vec<AttributeUse>,
    every_attribute_anywhere: bool,
    /// The program may store to attributes of functions.
    pub function_attributes: bool,
    /// The members of the library's modules that the program assigns to, as far as it may ([`library::ASSIGNABLE`]).
    pub reassigned: BTreeSet<&'static str>,
    /// What the program is run with, after its name.
    pub arguments: Vec<Arc<str>>,
    /// The module codes that run before the scenario.
    pub startup: Vec<CodeId>,
    /// What a process runs whose memory is new.
    pub spawned: Option<Spawned>,
}

impl ProgramBuilder {
    /// An empty program that was written in `source`.
    pub fn new(source: Arc<Source>) -> Self {
        ProgramBuilder { source: source.into(), ..ProgramBuilder::default() }
    }

    /// Adds a file that belongs to the program.
    pub fn file(&mut self, source: Arc<Source>) -> FileId {
        self.source.add(source)
    }

    /// Says which modules of the author's own there are.
    pub fn own_modules(&mut self, modules: Vec<OwnModule>) {
        self.modules = modules;
    }

    /// The symbol for `name`; the same each time.
    pub fn symbol(&mut self, name: &str) -> Symbol {
        if let Some(index) = self.symbols.get_index_of(name) {
            return Symbol(index as u32);
        }
        Symbol(self.symbols.insert_full(Arc::from(name)).0 as u32)
    }

    /// The scenario's global `name`; the same each time. `bound_once` counts when it is first asked for.
    pub fn global(&mut self, name: &str, bound_once: bool) -> GlobalId {
        self.global_of(name, bound_once, Home::Scenario)
    }

    /// The global `name` of `home`; likewise.
    pub fn global_of(&mut self, name: &str, bound_once: bool, home: Home) -> GlobalId {
        let symbol = self.symbol(name);
        let entry = self.globals.entry((symbol, home));
        let index = entry.index();
        let assignable = matches!(home, Home::Library(module) if library::is_assignable(module, name));
        entry.or_insert(bound_once && !(assignable && self.reassigned.contains(name)));
        GlobalId(index as u32)
    }

    /// Says that the global may be bound again after all.
    pub fn rebind(&mut self, global: GlobalId) {
        if let Some((_, bound_once)) = self.globals.get_index_mut(global.0 as usize) {
            *bound_once = false;
        }
    }

    /// An id for a code that is to be defined later: a class body is known to its methods before it is complete.
    pub fn reserve(&mut self) -> CodeId {
        self.codes.push(None);
        CodeId(self.codes.len() as u32 - 1)
    }

    /// Gives the reserved `id` its code.
    pub fn define(&mut self, id: CodeId, code: Code) {
        self.codes[id.0 as usize] = Some(code);
    }

    /// Adds a code.
    pub fn add(&mut self, code: Code) -> CodeId {
        let id = self.reserve();
        self.define(id, code);
        id
    }

    /// Says how attributes called `name` are stored to; the widest use that was ever said stays.
    pub fn attribute(&mut self, name: Symbol, usage: AttributeUse) {
        if self.attributes.len() <= name.index() {
            self.attributes.resize(name.index() + 1, AttributeUse::Never);
        }
        let known = &mut self.attributes[name.index()];
        *known = match (*known, usage) {
            (AttributeUse::Anywhere, _) | (_, AttributeUse::Anywhere) => AttributeUse::Anywhere,
            (AttributeUse::Init, _) | (_, AttributeUse::Init) => AttributeUse::Init,
            (AttributeUse::Never, AttributeUse::Never) => AttributeUse::Never,
        };
    }

    /// Says that attributes of every name may be stored to anywhere.
    pub fn every_attribute_anywhere(&mut self) {
        self.every_attribute_anywhere = true;
    }

    /// The program, whose scenario is `main`. A code that was reserved and never defined is left empty.
    pub fn finish(mut self, main: CodeId) -> Program {
        let nameless = self.symbol("");
        self.intern_names();
        let globals = self.named_globals();
        let symbols: Vec<Arc<str>> = self.symbols.into_iter().collect();
        self.attributes.resize(symbols.len(), AttributeUse::Never);
        if self.every_attribute_anywhere {
            self.attributes.fill(AttributeUse::Anywhere);
        }
        let empty = || CodeBuilder::new(nameless, "", CodeKind::Function).finish();
        Program {
            source: Arc::new(self.source),
            arguments: self.arguments,
            modules: self.modules,
            codes: self.codes.into_iter().map(|code| code.unwrap_or_else(empty)).collect(),
            startup: self.startup,
            main,
            spawned: self.spawned,
            symbols: symbols.into(),
            globals,
            attributes: self.attributes,
            function_attributes: self.function_attributes,
        }
    }

    /// The globals with their names on the screen: `bank.total` for what the author's own module `bank` calls `total`.
    fn named_globals(&mut self) -> Vec<Global> {
        let all: Vec<_> = self.globals.iter().map(|((name, home), bound_once)| (*name, *home, *bound_once)).collect();
        let mut named = Vec::with_capacity(all.len());
        for (name, home, bound_once) in all {
            let module = match home {
                Home::Own(module) => self.modules.get(usize::from(module.saturating_sub(OWN_MODULES))),
                Home::Scenario | Home::Prelude | Home::Library(_) => None,
            };
            // What the compiler keeps begins with a dot: how far the module is.
            let shown = module.map(|module| match &*self.symbols[name.index()] {
                own if own.starts_with('.') => module.name.to_string(),
                own => format!("{}.{own}", module.name),
            });
            let shown = shown.map_or(name, |shown| self.symbol(&shown));
            named.push(Global { name, shown, bound_once, home });
        }
        named
    }

    /// What could be names in strings become symbols: `getattr(x, "name")` and `f(**{"name": 1})` use them as such.
    fn intern_names(&mut self) {
        let mut texts: Vec<Arc<str>> = Vec::new();
        for constant in self.codes.iter().flatten().flat_map(|code| &code.constants) {
            texts_in(constant, &mut texts);
        }
        for text in texts {
            let words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
            words.filter(|word| is_name(word)).for_each(|word| {
                self.symbol(word);
            });
        }
    }
}

fn texts_in(constant: &Constant, texts: &mut Vec<Arc<str>>) {
    match constant {
        Constant::Str(text) if text.len() <= NAMES_LENGTH => texts.push(text.clone()),
        Constant::Tuple(items) => items.iter().for_each(|item| texts_in(item, texts)),
        _ => {}
    }
}

fn is_name(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(|first| first == '_' || first.is_alphabetic())
        && characters.all(|c| c == '_' || c.is_alphanumeric())
}

/// A place in a code that jumps go to, placed before or after them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Label(u32);

/// A protected stretch of a code, that an exception handler covers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Region(usize);

/// What lies on the frame's stacks at one instruction.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Depth {
    /// Values on the evaluation stack.
    pub stack: u32,
    /// Exceptions being handled.
    pub handled: u32,
}

#[derive(Debug, Default)]
struct LabelState {
    at: Option<u32>,
    depth: Option<Depth>,
}

#[derive(Debug)]
struct RegionState {
    open_since: Option<u32>,
    ranges: Vec<(u32, u32)>,
    depth: Depth,
}

/// Tells constants apart that Python calls equal: `1`, `1.0` and `True`.
#[derive(PartialEq, Eq, Hash, Debug)]
enum ConstantKey {
    Text(Arc<str>),
    Other(String),
}

/// Assembles one code.
#[derive(Debug)]
pub struct CodeBuilder {
    /// The code; its tables other than instructions, handlers and lines may be filled in directly.
    pub code: Code,
    labels: Vec<LabelState>,
    regions: Vec<RegionState>,
    constants: IndexSet<ConstantKey>,
    line: u32,
    depth: Depth,
    reachable: bool,
}

impl CodeBuilder {
    /// An empty code.
    pub fn new(name: Symbol, qualified_name: &str, kind: CodeKind) -> Self {
        let code = Code {
            name,
            qualified_name: Arc::from(qualified_name),
            parameters: Parameters::default(),
            locals: Vec::new(),
            cells: Vec::new(),
            cell_parameters: Vec::new(),
            captures: Vec::new(),
            instructions: Vec::new(),
            constants: Vec::new(),
            call_sites: Vec::new(),
            handlers: Vec::new(),
            lines: Vec::new(),
            hints: Vec::new(),
            free_loads: Vec::new(),
            kind,
            class_body: None,
            has_metaclass: false,
            home: Home::Scenario,
            docstring: None,
            annotated: Vec::new(),
        };
        CodeBuilder {
            code,
            labels: Vec::new(),
            regions: Vec::new(),
            constants: IndexSet::new(),
            line: 0,
            depth: Depth::default(),
            reachable: true,
        }
    }

    /// The instructions from here on belong to `line`.
    pub fn line(&mut self, line: u32) {
        self.line = line;
    }

    /// The line that instructions belong to now.
    pub fn current_line(&self) -> u32 {
        self.line
    }

    /// What lies on the stacks here.
    pub fn depth(&self) -> Depth {
        self.depth
    }

    /// Whether the next instruction can be reached; when not, it is left out.
    pub fn reachable(&self) -> bool {
        self.reachable
    }

    /// The index that the next instruction gets.
    pub fn next_index(&self) -> u32 {
        self.code.instructions.len() as u32
    }

    /// Appends an instruction that is no jump.
    pub fn emit(&mut self, instruction: Instruction) {
        debug_assert!(instruction.target().is_none(), "jumps go through `jump`");
        if !self.reachable {
            return;
        }
        let (pops, pushes) = instruction.stack_effect(&self.code);
        debug_assert!(self.depth.stack >= pops, "{instruction:?} finds {} values", self.depth.stack);
        self.depth.stack = self.depth.stack.saturating_sub(pops) + pushes;
        if instruction == Instruction::EndHandled {
            debug_assert!(self.depth.handled > 0, "nothing is being handled");
            self.depth.handled = self.depth.handled.saturating_sub(1);
        }
        self.push(instruction);
        self.reachable = !instruction.diverts();
    }

    /// Appends `LoadLocal`, `Constant`, … of a constant.
    pub fn constant(&mut self, constant: Constant) {
        let index = self.intern(constant);
        self.emit(Instruction::Constant(index));
    }

    /// The index of a constant; the same each time.
    pub fn intern(&mut self, constant: Constant) -> u32 {
        let key = match &constant {
            Constant::Str(text) => ConstantKey::Text(text.clone()),
            Constant::Float(value) => ConstantKey::Other(format!("float {:x}", value.to_bits())),
            other @ (Constant::None
            | Constant::Ellipsis
            | Constant::Bool(_)
            | Constant::Int(_)
            | Constant::Bytes(_)
            | Constant::Tuple(_)) => ConstantKey::Other(format!("{other:?}")),
        };
        let (index, new) = self.constants.insert_full(key);
        if new {
            self.code.constants.push(constant);
        }
        index as u32
    }

    /// Adds a call site for `CallKeywords`.
    pub fn call_site(&mut self, site: CallSite) -> u32 {
        self.code.call_sites.push(site);
        self.code.call_sites.len() as u32 - 1
    }

    /// Names what the instruction before this place makes.
    pub fn hint(&mut self, hint: Hint) {
        let Some(last) = self.next_index().checked_sub(1).filter(|_| self.reachable) else { return };
        if self.code.hints.last().is_none_or(|&(at, _)| at < last) {
            self.code.hints.push((last, hint));
        }
    }

    /// Marks the load before this place as one of a comprehension's free variables.
    pub fn free_load(&mut self) {
        if self.reachable {
            self.code.free_loads.extend(self.next_index().checked_sub(1));
        }
    }

    /// A new label, to be placed later.
    pub fn label(&mut self) -> Label {
        self.labels.push(LabelState::default());
        Label(self.labels.len() as u32 - 1)
    }

    /// Puts `label` here.
    pub fn place(&mut self, label: Label) {
        let here = self.next_index();
        let (reachable, depth) = (self.reachable, self.depth);
        let state = &mut self.labels[label.0 as usize];
        state.at = Some(here);
        match state.depth {
            Some(known) => {
                debug_assert!(!reachable || known == depth, "{known:?} meets {depth:?} at {here}");
                self.depth = known;
                self.reachable = true;
            }
            None if reachable => state.depth = Some(depth),
            None => {}
        }
    }

    /// A label that is here.
    pub fn here(&mut self) -> Label {
        let label = self.label();
        self.place(label);
        label
    }

    /// Appends a jump to `label`; `jump` makes the instruction from the target.
    pub fn jump(&mut self, jump: impl FnOnce(u32) -> Instruction, label: Label) {
        if !self.reachable {
            return;
        }
        let instruction = jump(label.0);
        let (taken, not_taken) = instruction.jump_effects();
        let base = i64::from(self.depth.stack);
        debug_assert!(base + taken >= 0 && base + not_taken >= 0, "{instruction:?} finds {base} values");
        let target = Depth { stack: (base + taken).max(0) as u32, ..self.depth };
        self.meet(label, target);
        self.depth.stack = (base + not_taken).max(0) as u32;
        self.push(instruction);
        self.reachable = !instruction.diverts();
    }

    fn meet(&mut self, label: Label, depth: Depth) {
        let known = self.labels[label.0 as usize].depth.get_or_insert(depth);
        debug_assert_eq!(*known, depth, "depths differ at a label");
    }

    /// Starts a protected region. Its handler keeps what is on the stacks now, less `above` values.
    pub fn open_region(&mut self, above: u32) -> Region {
        let mut depth = self.depth;
        depth.stack = depth.stack.saturating_sub(above);
        let open_since = Some(self.next_index());
        self.regions.push(RegionState { open_since, ranges: Vec::new(), depth });
        Region(self.regions.len() - 1)
    }

    /// Leaves a region for a while: for the code that runs on the way out of it.
    pub fn pause_region(&mut self, region: Region) {
        let here = self.next_index();
        let state = &mut self.regions[region.0];
        if let Some(start) = state.open_since.take()
            && start < here
        {
            state.ranges.push((start, here));
        }
    }

    /// Goes on with a region that was left.
    pub fn resume_region(&mut self, region: Region) {
        self.regions[region.0].open_since = Some(self.next_index());
    }

    /// Ends a region; its handler is at `label`, which is placed afterwards. Close inner regions before outer ones.
    pub fn close_region(&mut self, region: Region, label: Label) {
        self.pause_region(region);
        let state = &self.regions[region.0];
        let depth = state.depth;
        let handlers = state.ranges.iter().map(|&(start, end)| Handler {
            start,
            end,
            target: label.0,
            stack: depth.stack.min(u32::from(u16::MAX)) as u16,
            handled: depth.handled.min(u32::from(u16::MAX)) as u16,
        });
        self.code.handlers.extend(handlers);
        if !state.ranges.is_empty() {
            self.meet(label, Depth { handled: depth.handled + 1, ..depth });
        }
    }

    /// The code, its labels resolved. It returns `None` where it would run off its end.
    ///
    /// # Panics
    /// When a label that is jumped to was never placed.
    pub fn finish(mut self) -> Code {
        let end_is_target =
            self.labels.iter().any(|label| label.at == Some(self.next_index()) && label.depth.is_some());
        if self.reachable || end_is_target {
            self.reachable = true;
            self.push(Instruction::None);
            self.push(Instruction::Return);
        }
        let labels = &self.labels;
        let place = |label: u32| labels[label as usize].at.unwrap_or_else(|| panic!("label {label} has no place"));
        for instruction in &mut self.code.instructions {
            if let Some(target) = instruction.target_mut() {
                *target = place(*target);
            }
        }
        for handler in &mut self.code.handlers {
            handler.target = place(handler.target);
        }
        self.code
    }

    fn push(&mut self, instruction: Instruction) {
        self.code.lines.push(self.line);
        self.code.instructions.push(instruction);
    }

    /// Appends `MakeFunction`, which takes `defaults` values.
    pub fn make_function(&mut self, id: CodeId, defaults: u32) {
        if self.reachable {
            self.depth.stack = self.depth.stack.saturating_sub(defaults);
            self.emit(Instruction::MakeFunction(id));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bytecode::{BinaryOperator, Comparison};

    /// `total = 0`, `while total < 3: total += 1`, `print(total)`, with a handler around it all.
    #[test]
    fn a_program_written_by_hand() {
        let mut program = ProgramBuilder::new(Arc::new(Source::new("hand.py", "")));
        let (name, print) = (program.symbol("<module>"), program.global("print", true));
        let mut code = CodeBuilder::new(name, "<module>", CodeKind::Module);
        code.code.locals = vec![program.symbol("total")];
        let (end, failed) = (code.label(), code.label());

        code.line(1);
        code.constant(Constant::Int(0.into()));
        code.emit(Instruction::StoreLocal(0));
        let region = code.open_region(0);
        let top = code.here();
        code.line(2);
        code.emit(Instruction::LoadLocal(0));
        code.constant(Constant::Int(3.into()));
        code.emit(Instruction::Compare(Comparison::Less));
        code.jump(Instruction::JumpIfFalse, end);
        code.emit(Instruction::LoadLocal(0));
        code.constant(Constant::Int(1.into()));
        code.emit(Instruction::InPlace(BinaryOperator::Add));
        code.emit(Instruction::StoreLocal(0));
        code.jump(Instruction::Jump, top);
        code.close_region(region, failed);
        code.place(failed);
        code.emit(Instruction::EndHandled);
        code.place(end);
        code.line(3);
        code.emit(Instruction::LoadGlobal(print));
        code.emit(Instruction::LoadLocal(0));
        code.emit(Instruction::Call(1));
        code.emit(Instruction::Pop);

        let main = program.add(code.finish());
        let program = program.finish(main);
        let code = program.code(main);
        assert_eq!(code.instructions[5], Instruction::JumpIfFalse(12));
        assert_eq!(code.instructions[10], Instruction::Jump(2));
        assert_eq!(code.handlers, [Handler { start: 2, end: 11, target: 11, stack: 0, handled: 0 }]);
        assert_eq!(code.instructions.last(), Some(&Instruction::Return));
        assert_eq!([0, 2, 12].map(|at| code.line_of(at)), [1, 2, 3]);
        assert_eq!(program.globals.len(), 1);
    }

    #[test]
    fn equal_constants_of_different_types_stay_apart() {
        let mut code = CodeBuilder::new(Symbol(0), "f", CodeKind::Function);
        let one = code.intern(Constant::Int(1.into()));
        let others = [Constant::Float(1.0), Constant::Bool(true), Constant::Str("1".into()), Constant::Float(-0.0)];
        for (index, constant) in others.into_iter().enumerate() {
            assert_eq!(code.intern(constant), index as u32 + 1);
        }
        assert_eq!(code.intern(Constant::Int(1.into())), one);
        assert_eq!(code.intern(Constant::Float(0.0)), 5);
    }

    #[test]
    fn what_cannot_be_reached_is_left_out() {
        let mut code = CodeBuilder::new(Symbol(0), "f", CodeKind::Function);
        code.emit(Instruction::None);
        code.emit(Instruction::Return);
        code.emit(Instruction::None);
        let nowhere = code.label();
        code.jump(Instruction::Jump, nowhere);
        assert_eq!(code.finish().instructions, [Instruction::None, Instruction::Return]);
    }
}
