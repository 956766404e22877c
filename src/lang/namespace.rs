//! `globals()`, `locals()`, `vars()` and `dir()`: what is bound where they stand, as a new dict. It can be read; what is
//! stored in it changes no variable.

use super::function::Emitter;
use super::scope::{ScopeKind, Scopes, Variable};
use crate::base::diagnostic::Reason;
use crate::bytecode::Instruction;
use ruff_python_ast as ast;
use std::sync::Arc;

impl<'u> Emitter<'u> {
    /// `[] → [dict]`, or for `dir()` the sorted names, if the call is one of these.
    pub(super) fn namespace(&mut self, call: &'u ast::ExprCall) -> bool {
        let Some(name) = call.func.as_name_expr().filter(|name| self.is_builtin(&name.id)) else { return false };
        let of_module = match name.id.as_str() {
            "globals" => true,
            "dir" | "locals" | "vars" if call.arguments.is_empty() => self.scope == Scopes::MODULE,
            _ => return false,
        };
        if !call.arguments.is_empty() {
            self.complain(Reason::Unsupported, call, "`globals()` takes no arguments");
        }
        let sorts = &*name.id == "dir";
        if sorts {
            self.load_library("sorted");
        }
        self.code.emit(Instruction::BuildDict(0));
        if of_module {
            self.module_names(call);
        } else if self.scopes.scope(self.scope).kind == ScopeKind::Function {
            self.local_names(call);
        } else {
            self.complain(Reason::Unsupported, call, format!("`{}()` is supported in functions and modules", name.id));
        }
        if sorts {
            self.code.emit(Instruction::Call(1));
        }
        true
    }

    fn module_names(&mut self, call: &ast::ExprCall) {
        let own: Vec<Arc<str>> = self.scopes.module_names().map(|(name, _)| name.clone()).collect();
        for name in ["__name__", "__file__"].into_iter().map(Arc::from).filter(|name| !own.contains(name)) {
            self.text(&name);
            self.load_name(&name);
            self.code.emit(Instruction::DictInsert(1));
        }
        let temporary = self.temporary(call);
        for name in own {
            let global = self.global_of(&name);
            self.insert_if_bound(&name, Instruction::LoadBound(global), temporary);
        }
    }

    fn local_names(&mut self, call: &ast::ExprCall) {
        let temporary = self.temporary(call);
        for name in self.scopes.local_names(self.scope) {
            match self.scopes.variable(self.scope, &name) {
                Variable::Local(slot) => self.insert_if_bound(&name, Instruction::LoadBoundLocal(slot), temporary),
                Variable::Cell(cell) => {
                    self.text(&name);
                    self.code.emit(Instruction::LoadCell(cell));
                    self.code.emit(Instruction::DictInsert(1));
                }
                Variable::Global { .. } | Variable::ClassName { .. } => {}
            }
        }
    }

    /// `[dict] → [dict]`: `load` gives a value and whether it is bound.
    fn insert_if_bound(&mut self, name: &str, load: Instruction, temporary: u16) {
        let (unbound, end) = (self.code.label(), self.code.label());
        self.code.emit(load);
        self.code.jump(Instruction::JumpIfFalse, unbound);
        self.code.emit(Instruction::StoreLocal(temporary));
        self.text(name);
        self.code.emit(Instruction::LoadLocal(temporary));
        self.code.emit(Instruction::DictInsert(1));
        self.code.jump(Instruction::Jump, end);
        self.code.place(unbound);
        self.code.emit(Instruction::Pop);
        self.code.place(end);
    }
}
